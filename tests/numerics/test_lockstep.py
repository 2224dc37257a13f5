"""Runs in lockstep give what each gives alone, to the accuracy that is stated."""

import numpy as np
import pytest
from test_kernels import REFERENCE

from neurolib import excitability
from neurolib.cell import Cell
from neurolib.cells import mammalian_neuron, squid_axon, thalamic_relay
from neurolib.channels import Channel, leak
from neurolib.channels.calcium import L_TYPE
from neurolib.channels.gating import Gate
from neurolib.excitability import firing_rates
from neurolib.kernel import lockstep, reference_lockstep
from neurolib.kernel.write import write_lockstep
from neurolib.lockstep import fits
from neurolib.portable import exprel, portable
from neurolib.protocols import noise, pulse, ramp, step
from neurolib.simulate import LeftRange
from neurolib.spikes import spike_times
from neurolib.sweeps import sweep

STIMULI = [pulse(a, 30.0, 1.0) + ramp(0.0, 4.0, 20.0, 5.003) for a in np.linspace(-10.0, 40.0, 9)]


def whole(trace):
    return trace.samples


def both(cell, measure, *args, **options):
    return [sweep(cell, measure, *args, lockstep=way, **options).values for way in (True, False)]


@pytest.mark.parametrize("cell", [squid_axon, mammalian_neuron], ids=lambda cell: cell.name)
def test_states_and_spikes_are_those_of_single_runs(cell):
    together, alone = both(cell, whole, STIMULI, 40.0, sample_every=0.05, C_m=[0.8, 1.0, 1.3])
    assert together.shape == alone.shape and not np.array_equal(together, alone)
    assert np.abs(together[:, :, 0] - alone[:, :, 0]).max() < 0.01  # mV
    assert np.abs(together[:, :, 1:] - alone[:, :, 1:]).max() < 1e-4  # gates
    firing = [step(a) for a in np.linspace(10.0, 40.0, 7)]
    times = both(cell, spike_times, firing, 100.0, C_m=[0.8, 1.0, 1.3])
    assert sum(len(found) for found in times[1].flat) > 100
    for a, b in zip(times[0].flat, times[1].flat, strict=True):
        assert len(a) == len(b) and np.all(np.abs(a - b) < 1e-4)  # ms


def test_firing_rates_are_those_of_single_runs(monkeypatch):
    amplitudes = np.append(np.linspace(0.0, 100.0, 40), 1e5)  # the last one leaves its range
    for options in ({"discard": 0.0, "duration": 100.0}, {"discard": 50.0, "duration": 150.0, "g_bar_K": 30.0}):
        together = firing_rates(squid_axon, amplitudes, **options)
        with monkeypatch.context() as alone:
            alone.setattr(excitability, "TOGETHER", len(amplitudes) + 1)
            single = firing_rates(squid_axon, amplitudes, **options)
        assert np.array_equal(together > 0.0, single > 0.0) and not np.array_equal(together, single)
        assert np.allclose(together, single, rtol=1e-5, atol=0.0)


def test_a_run_that_leaves_its_range_is_named_or_stood_for_and_does_not_touch_its_neighbours():
    stimuli = [pulse(10.0, 5.0), pulse(-3000.0, 5.0), pulse(20.0, 5.0)]
    with pytest.raises(LeftRange) as caught:
        sweep(squid_axon, whole, stimuli, 8.0, lockstep=True)
    assert caught.value.__notes__ == ["in the sweep at a pulse of -3000 for 5 ms at 0 ms, {}"]
    together, alone = both(squid_axon, lambda trace: trace.V.max(), stimuli, 8.0, otherwise=np.nan)
    assert np.isnan(together[1]) and np.allclose(together, alone, atol=1e-3, equal_nan=True)


@portable
def pulled_inf(V, E_pull):
    return 1.0 / (1.0 + (V - E_pull) * (V - E_pull))


@portable
def pulled_tau(V):
    return 1.0


def test_what_cannot_go_in_lockstep_goes_alone_or_is_refused():
    pulled = Channel("X", 0.1, (Gate("x", 1, inf=pulled_inf, tau=pulled_tau),), E_rev=-77.0, constants={"E_pull": -60.0})
    cell = Cell("pulled", 1.0, (pulled, leak("L", 0.3, -65.0)), 20.0)
    assert fits(cell, ["g_bar_X", "C_m"], STIMULI) and not fits(cell, ["E_pull"]) and not fits(cell, ["rate_x"])
    assert not fits(squid_axon, ["temperature_celsius"]) and not fits(thalamic_relay, [])
    assert not fits(squid_axon, [], [noise(1.0, 10.0, seed, every=0.1, onset=0.01 * seed) for seed in range(8)])
    with pytest.raises(ValueError, match="lockstep = True: these runs of squid_axon cannot"):
        sweep(squid_axon, whole, [step(5.0)], 5.0, lockstep=True, temperature_celsius=[6.3, 10.0])
    many = sweep(squid_axon, lambda trace: trace.V[-1], [step(5.0)], 1.0, temperature_celsius=np.linspace(5.0, 15.0, 70))
    assert many.values.shape == (1, 70)


def test_the_text_is_the_one_that_is_written():
    written = write_lockstep(REFERENCE)
    for name in ("parameters_of", "between"):
        mine = getattr(reference_lockstep, name).py_func
        scope = {"portable": lambda f: f}
        exec(written, scope)
        for part in ("co_code", "co_consts", "co_names", "co_varnames"):  # among the constants is the docstring
            assert getattr(mine.__code__, part) == getattr(scope[name].__code__, part), (name, part)
    assert L_TYPE in REFERENCE.channels


def test_the_short_series_is_the_function():
    for low, high, error in ((-10.0, 1.0, 1e-12), (-36.0, -10.0, 1e-9), (-1000.0, -36.0, 1e-13)):
        assert max(abs(lockstep.exprel_below(v) / exprel(v) - 1.0) for v in np.linspace(low, high, 1001)) < error
