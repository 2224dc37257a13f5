"""A fit finds the truth that it was given, within the errors that it states."""

import numpy as np
import pytest

from neurolib.cells import mammalian_neuron, squid_axon
from neurolib.fitting import fit
from neurolib.protocols import pulse, step
from neurolib.recordings import Recording
from neurolib.simulate import current_clamp

STIMULUS = pulse(10.0, 1.0, 1.0) + step(3.0, 20.0)
TRUTH = {"g_bar_Na": 105.0, "g_bar_K": 32.0, "rate_n": 0.9}
FREE = {"g_bar_Na": (40.0, 200.0), "g_bar_K": (10.0, 80.0), "rate_n": (0.5, 2.0)}
TRACE = current_clamp(squid_axon, STIMULUS, 40.0, sample_every=0.05, **TRUTH)


def recorded(deviation, seed=0, keep=slice(None)):
    V = TRACE.V + np.random.default_rng(seed).normal(0.0, deviation, len(TRACE.V))
    return Recording(TRACE.time[keep], V[keep])


def test_without_noise_it_finds_the_truth():
    found = fit(squid_axon, TRACE, FREE, STIMULUS)
    assert found.converged and found.deviation < 1e-5
    assert all(found.values[name] == pytest.approx(value, rel=1e-6) for name, value in TRUTH.items())


def test_with_noise_the_truth_is_within_the_errors_and_as_often_as_they_say():
    off = []
    for seed in range(30):
        found = fit(squid_axon, recorded(0.5, seed), FREE, STIMULUS)
        assert found.deviation == pytest.approx(0.5, rel=4.0 / np.sqrt(2.0 * len(TRACE.V)))
        off.append([(found.values[name] - value) / found.errors[name] for name, value in TRUTH.items()])
    off = np.array(off)
    assert np.abs(off).max() < 4.5  # 1 in 150 000 for one number, of 90
    assert np.all(np.abs(off.mean(axis=0)) < 4.0 / np.sqrt(30.0))  # no bias
    assert np.all(np.abs(off.std(axis=0) - 1.0) < 4.0 / np.sqrt(60.0))  # errors of the right size
    # both conductances raised together change little: the correlation says so
    assert found.correlation[0, 1] > 0.9 and np.allclose(np.diag(found.correlation), 1.0)


def test_uneven_samples_outliers_and_fixed_parameters():
    keep = np.sort(np.random.default_rng(2).choice(len(TRACE.time), 300, replace=False))
    free = {"g_bar_K": (10.0, 80.0, 50.0), "rate_n": (0.5, 2.0)}
    found = fit(squid_axon, recorded(0.0, keep=keep), free, STIMULUS, g_bar_Na=105.0)
    assert found.values["g_bar_K"] == pytest.approx(32.0, rel=1e-6)
    spoilt = recorded(0.1)
    spoilt.V[100:800:50] += 40.0
    plain, soft = (fit(squid_axon, spoilt, FREE, STIMULUS, loss=loss).values["g_bar_K"] for loss in ("linear", "soft_l1"))
    assert abs(soft - 32.0) < 0.1 < abs(plain - 32.0)


def test_a_passive_response_gives_capacitance_and_leak_of_any_cell():
    stimulus = pulse(-1.0, 30.0, 5.0)
    trace = current_clamp(mammalian_neuron, stimulus, 60.0, sample_every=0.1, C_m=1.3, g_bar_KL=0.06)
    noisy = Recording(trace.time, trace.V + np.random.default_rng(1).normal(0.0, 0.2, len(trace.V)))
    found = fit(mammalian_neuron, noisy, {"C_m": (0.5, 3.0), "g_bar_KL": (0.02, 0.3)}, stimulus)
    for name, value in (("C_m", 1.3), ("g_bar_KL", 0.06)):
        assert abs(found.values[name] - value) < 4.0 * found.errors[name] < 0.1 * value


@pytest.mark.parametrize(("call", "said"), [
    (lambda: fit(squid_axon, TRACE, ["g_bar_Na"], STIMULUS), r"free = \['g_bar_Na'\]: bounds by name"),
    (lambda: fit(squid_axon, TRACE, {"g_Na": (1, 2)}, STIMULUS), r"did you mean 'g_bar_Na'"),
    (lambda: fit(squid_axon, TRACE, {"g_bar_Na": 100.0}, STIMULUS), r"free: g_bar_Na = 100.0: two bounds"),
    (lambda: fit(squid_axon, TRACE, {"g_bar_Na": (200.0, 40.0)}, STIMULUS), r"free: g_bar_Na = 40.0.*above 200"),
    (lambda: fit(squid_axon, TRACE, {"g_bar_Na": (-1.0, 40.0)}, STIMULUS), r"g_bar_Na = -1.0.*at least 0"),
    (lambda: fit(squid_axon, TRACE, {"g_bar_Na": (40.0, 90.0, 95.0)}, STIMULUS), r"g_bar_Na = 95.0.*between 40 and 90"),
    (lambda: fit(squid_axon, TRACE, FREE, 10.0), r"stimulus = 10.0: a waveform"),
    (lambda: fit(squid_axon, Recording([0.0, 1.0], [0.0, 1.0]), FREE, STIMULUS), r"2 samples for 3 free parameters"),
    (lambda: fit(squid_axon, Recording(TRACE.time - 9.0, TRACE.V), FREE, STIMULUS), r"time\[0\] = -9.0 ms"),
    (lambda: fit(squid_axon, TRACE, {"rate_m": (0.5, 2.0)}, pulse(-5000.0, 9.0)), r"squid_axon does not run with"),
])  # fmt: skip
def test_what_cannot_be_fitted_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
