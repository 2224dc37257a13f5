"""The cell of counted channels: a large one is the axon of the equations, a small one has the noise of its channels."""

import numpy as np
import pytest
from scipy.linalg import expm

from neurolib import chance, markov
from neurolib.cells import squid_axon
from neurolib.channels import sodium_states as states
from neurolib.explorers import explore
from neurolib.explorers.channel_noise import put_potassium
from neurolib.protocols import step
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp


def test_a_large_cell_is_the_axon_of_the_equations():
    """2.6 million channels under 10 µA/cm²: as many spikes, as high and at the same times, but for steps of 0.02 ms."""
    run = explore("channel_noise").model(area=30_000, I=10)
    trace = current_clamp(squid_axon, step(10.0), 100.0)
    from scipy.signal import find_peaks  # here, as its import takes long, and only one of the workers needs it

    found, expected = (find_peaks(V, height=0.0)[0] for V in (run["V"], trace.V))
    assert len(found) == len(expected) == run["spikes"]
    np.testing.assert_allclose(run["V"][found], trace.V[expected], atol=1.5)  # samples 0.1 ms apart, and noise
    np.testing.assert_allclose(run["t"][found], trace.time[expected], atol=0.6)  # 0.1 ms each, which adds up
    quiet = explore("channel_noise").model(area=30_000)
    assert abs(np.nanmean(quiet["V"]) - find_rest(squid_axon).V) < 0.1 and quiet["spikes"] == 0


def test_short_hops_go_where_the_exponential_of_the_rates_does():
    """A million channels at −20 mV for 1 ms in steps of 0.02 ms: to 1 % of the exact numbers, chance and steps together."""
    Q = states.generator(states.INDEPENDENT, -20.0)
    off, counts = (Q - np.diag(np.diag(Q))).ravel().copy(), np.round(1e6 * states.steady_state(states.INDEPENDENT, -80.0))
    expected = counts @ expm(Q)
    seeds = np.zeros(2)
    chance.sow(seeds, 5)
    for number in range(50):
        markov.hop(seeds, counts, off, 8, 0.02, number % 2)
    large = expected > 1e4
    np.testing.assert_allclose(counts[large], expected[large], rtol=0.01)
    assert counts.min() >= 0 and abs(counts.sum() - expected.sum()) < 1e-6


def test_five_states_are_n4():
    q, p = np.zeros(25), np.zeros(5)
    put_potassium(-65.0, q)
    markov.settle(q, 5, p)
    n = squid_axon.channel("K").gates[0].steady_state(V=-65.0)
    np.testing.assert_allclose(p, [(1 - n) ** 4, 4 * n * (1 - n) ** 3, 6 * n**2 * (1 - n) ** 2, 4 * n**3 * (1 - n), n**4])


def test_the_smaller_the_cell_the_more_its_voltage_trembles():
    """Far from firing the standard deviation of V goes as the square root of one over the area."""
    spread = {a: np.nanstd([explore("channel_noise").model(area=a, seed=s)["V"] for s in range(1, 9)]) for a in (3000, 30_000)}
    assert spread[3000] / spread[30_000] == pytest.approx(np.sqrt(10), rel=0.25)  # 8 runs of some 15 correlation times


def test_most_of_the_noise_that_fires_a_small_cell_is_potassiums():
    """Spikes a second on 30 µm² without chance in one kind: within three standard errors of 30 draws of what the page says.

    The page's numbers are those of 60 runs of 400 ms of another program, which moves the quiet kind by the law of the mean.
    """

    def rate(**quiet):
        found = [explore("channel_noise").model(area=30, seed=s, **quiet)["spikes"] for s in range(1, 31)]
        return 10 * np.mean(found), 30 * np.std(found) / np.sqrt(30)

    for quiet, expected in (({}, 27), ({"one_Na": 7}, 27), ({"one_Na": 0.1}, 25), ({"one_K": 0.1}, 4)):
        found, error = rate(**quiet)
        assert abs(found - expected) < error + 0.5
