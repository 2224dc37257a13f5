"""Channels one by one: against SciPy, against the equations of Hodgkin and Huxley, and the laws of chance."""

import json

import numpy as np
import pytest
from py_mini_racer import MiniRacer
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.special import gammaln
from scipy.stats import binom, chisquare, kstest

from neurolib import chance, markov
from neurolib.cells import squid_axon
from neurolib.channels import sodium_states as states
from neurolib.channels.sodium_states import generator
from neurolib.channels.sodium_states import steady_state as settled
from neurolib.explorers import explore
from neurolib.explorers.single_channel import COARSE, DT, STRIDE
from neurolib.portable.compiler import compile_portable
from neurolib.protocols import levels
from neurolib.simulate import voltage_clamp

SCHEMES = pytest.mark.parametrize("scheme", [states.INDEPENDENT, states.COUPLED])


def draws(n, p, count=20_000):
    seeds = np.zeros(2)
    chance.sow(seeds, 7)
    return np.array([chance.binomial(seeds, float(n), p) for _ in range(count)])


def test_the_generator_is_that_of_whole_numbers_in_python_and_in_javascript():
    """Python's whole numbers are exact: they say what the doubles have to be."""
    seeds = np.zeros(2)
    chance.sow(seeds, 3)
    here = [chance.uniform(seeds) for _ in range(1000)]
    first, second, expected = 4, 5, []
    for _ in range(1000 + chance.WARM_UP):
        first, second = first * 40014 % 2147483563, second * 40692 % 2147483399
        mixed = first - second
        expected.append((mixed if mixed >= 1 else mixed + 2147483562) / 2147483563)
    assert here == expected[chance.WARM_UP :]
    script, (sow, uniform) = compile_portable([chance.sow, chance.uniform])
    engine = MiniRacer()
    engine.eval(script.replace("const ", "var "))
    engine.eval(f"const s = zeros(2); {sow}(s, 3)")
    assert json.loads(engine.eval(f"JSON.stringify(Array.from({{length: 1000}}, () => {uniform}(s)))")) == here
    assert kstest(here, "uniform").pvalue > 0.01


@pytest.mark.parametrize("n, p", [(1, 0.3), (8, 0.02), (40, 0.5), (64, 0.9), (300, 0.2), (10_000, 0.001), (10_000, 0.37)])
def test_numbers_of_channels_are_binomial(n, p):
    drawn = draws(n, p)
    edges = np.unique(binom.ppf(np.linspace(0, 1, 21)[1:-1], n, p))
    expected = np.diff(np.r_[0.0, binom.cdf(edges, n, p), 1.0]) * len(drawn)
    found = np.histogram(drawn, np.r_[-0.5, edges + 0.5, n + 1.5])[0]
    used = expected > 0
    assert found[~used].sum() == 0 and drawn.min() >= 0 and drawn.max() <= n
    assert used.sum() == 1 or chisquare(found[used], expected[used]).pvalue > 0.002


def test_logarithms_of_factorials():
    k = np.r_[np.arange(30), 1000, 10_000].astype(float)
    np.testing.assert_allclose([chance.log_factorial(x) for x in k], gammaln(k + 1), atol=1e-10, rtol=1e-14)


@SCHEMES
@pytest.mark.parametrize("V", [-100.0, -20.0, 20.0])
def test_propagation_is_the_exponential_of_the_rates(scheme, V):
    n, Q = states.number_of_states(scheme), generator(scheme, V)
    P = np.zeros(n * n)
    markov.propagate((Q - np.diag(np.diag(Q))).ravel().copy(), n, 0.3, P)
    np.testing.assert_allclose(P.reshape(n, n), expm(0.3 * Q), atol=1e-13)
    p = settled(scheme, V)
    assert p.min() > 0 and p.sum() == pytest.approx(1, abs=1e-14)
    np.testing.assert_allclose(p @ Q, 0, atol=1e-13)
    flux = p[:, None] * Q
    np.testing.assert_allclose(flux, flux.T, atol=1e-13)  # in balance on every way, so round the loop too


def test_eight_states_are_m3h():
    """The probability to be open is m³h of the book's axon, and that is a solution of SciPy's for the eight states."""
    trace = voltage_clamp(squid_axon, levels([-100.0, -20.0], [5.0]), 13.0, holding=-100.0, dt=0.001)
    after = trace.time >= 5.0
    t, m3h = trace.time[after] - 5.0, (trace["m"] ** 3 * trace["h"])[after]
    Q = generator(states.INDEPENDENT, -20.0)
    start, tight = settled(states.INDEPENDENT, -100.0), {"method": "DOP853", "rtol": 1e-10, "atol": 1e-13}
    run = solve_ivp(lambda _t, p: p @ Q, (0, 8.001), start, t_eval=t, **tight)
    np.testing.assert_allclose(run.y[3], m3h, atol=2e-6)
    result = explore("single_channel").model()
    np.testing.assert_allclose(result["I_theory"] / result["i"], np.interp(result["t"], t, m3h), atol=1e-5)
    assert result["p_peak"] == pytest.approx(100 * m3h.max(), rel=1e-4)
    assert result["t_peak"] == pytest.approx(t[m3h.argmax()], abs=2e-3)


@SCHEMES
def test_openings_last_as_the_rates_say_and_channels_wander_as_theory(scheme):
    """Dwell times of channels that are followed event by event are exponential; the walks have the probabilities of expm."""
    n, is_open, Q = states.number_of_states(scheme), states.open_state(scheme), generator(scheme, -20.0)
    off, p = (Q - np.diag(np.diag(Q))).ravel().copy(), settled(scheme, -100.0)
    seeds, times, visited = np.zeros(2), np.zeros(1000), np.zeros(1000)
    chance.sow(seeds, 11)
    lasted, at_1_ms = [], np.zeros(n)
    for _ in range(8000):
        count = markov.walk(seeds, off, n, markov.choose(seeds, p, 0, n, 1.0), 40.0, times, visited, 1000)
        spent = np.diff(times[:count])
        lasted.append(spent[(visited[: count - 1] == is_open) & (times[: count - 1] < 20.0)])
        at_1_ms[int(visited[np.searchsorted(times[:count], 1.0) - 1])] += 1
    lasted, rate = np.concatenate(lasted), -Q[is_open, is_open]
    assert kstest(lasted * rate, "expon").pvalue > 0.01
    expected = p @ expm(Q) * 8000
    assert chisquare(at_1_ms, expected * at_1_ms.sum() / expected.sum()).pvalue > 0.01
    assert explore("single_channel").model(scheme=scheme)["open_time"] == pytest.approx(1 / rate, rel=1e-12)


MANY = {"N": 10_000, "scheme": "coupled", "V_step": 20}


@pytest.mark.parametrize("settings", [{"N": 1}, {"scheme": "coupled", "V_step": 10}, MANY])
def test_repeats_have_the_mean_and_variance_of_theory(settings):
    """Over many seeds: the mean i p and the variance i² p (1 − p) of each channel, within their standard errors."""
    explorer = explore("single_channel")
    runs = [explorer.model(**settings, seed=seed) for seed in range(1, 21)]
    scheme = int(explorer.settings(settings)["scheme"])
    start, Q = settled(scheme, -100.0), generator(scheme, explorer.settings(settings)["V_step"])
    p = np.array([(start @ expm(Q * STRIDE * DT * k))[states.open_state(scheme)] for k in range(COARSE)])
    i, N, count = runs[0]["i"], runs[0]["channels"], 20 * 200
    error = np.sqrt(p * (1 - p) / N / count)
    assert (abs(np.mean([run["mean"] for run in runs], axis=0) / i - p) < 4.5 * error + 1e-12).all()
    variance = np.mean([run["variance"] for run in runs], axis=0) / i**2
    peak = p > 0.1
    fourth = np.sqrt(2 / count + (1 - 6 * p * (1 - p)) / (N * p * (1 - p)) / count)
    assert (abs(variance / (p * (1 - p)) - 1)[peak] < 4.5 * fourth[peak]).all()


def test_the_noise_gives_channel_and_number_where_the_parabola_bends():
    runs = [explore("single_channel").model(scheme="coupled", V_step=10, N=1000, seed=seed) for seed in range(1, 13)]
    assert np.mean([run["i_fit"] / run["i"] for run in runs]) == pytest.approx(1, abs=0.05)  # each is off by some 6%
    assert np.mean([run["N_fit"] for run in runs]) == pytest.approx(1000, rel=0.08)  # each by some 9%
    fitted = runs[0]
    A = np.c_[fitted["mean"], fitted["mean"] ** 2]
    slope, bend = np.linalg.lstsq(A, fitted["variance"], rcond=None)[0]
    assert fitted["i_fit"] == pytest.approx(slope, rel=1e-9) and fitted["N_fit"] == pytest.approx(-1000 / bend, rel=1e-9)
