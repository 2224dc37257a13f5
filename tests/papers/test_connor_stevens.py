"""The Connor-Stevens neuron, built on the bench from its published numbers, is the one of its equations, and of type I."""

from math import exp

import numpy as np
import pytest
from bench_cells import CONNOR_STEVENS
from scipy.integrate import solve_ivp

from neurolib.bench import DataCell, read_link, run, to_link
from neurolib.excitability import firing_rates
from neurolib.rest import find_rest
from neurolib.spikes import spikes

PULSE = {"clamp": "current", "kind": "pulse", "base": 0.0, "onset": 10.0, "width": 140.0, "duration": 150.0, "amplitude": 12.0}
CELL = DataCell(CONNOR_STEVENS)


def equations(_t, y, I):
    """As they are printed."""
    V, m, h, n, a, b = y
    alpha_m, beta_m = 0.38 * (V + 29.7) / (1 - exp(-0.1 * (V + 29.7))), 15.2 * exp(-0.0556 * (V + 54.7))
    alpha_h, beta_h = 0.266 * exp(-0.05 * (V + 48)), 3.8 / (1 + exp(-0.1 * (V + 18)))
    alpha_n, beta_n = 0.02 * (V + 45.7) / (1 - exp(-0.1 * (V + 45.7))), 0.25 * exp(-0.0125 * (V + 55.7))
    a_inf = (0.0761 * exp(0.0314 * (V + 94.22)) / (1 + exp(0.0346 * (V + 1.17)))) ** (1 / 3)
    tau_a = 0.3632 + 1.158 / (1 + exp(0.0497 * (V + 55.96)))
    b_inf = (1 / (1 + exp(0.0688 * (V + 53.3)))) ** 4
    tau_b = 1.24 + 2.678 / (1 + exp(0.0624 * (V + 50)))
    I_ion = 0.3 * (V + 17) + 120 * m**3 * h * (V - 55) + 20 * n**4 * (V + 72) + 47.7 * a**3 * b * (V + 75)
    return [I - I_ion, alpha_m * (1 - m) - beta_m * m, alpha_h * (1 - h) - beta_h * h, alpha_n * (1 - n) - beta_n * n,
            (a_inf - a) / tau_a, (b_inf - b) / tau_b]  # fmt: skip


def lsoda(state, start, end, I):
    return solve_ivp(equations, (start, end), state, "LSODA", np.arange(start, end, 0.02), args=(I,), rtol=1e-8, atol=1e-9)


def test_its_spikes_are_those_of_its_equations():
    result = run(read_link(to_link({"membrane": CONNOR_STEVENS, "protocol": PULSE})))
    assert result.rest.stable and np.abs(equations(0.0, result.rest.state[:6], 0.0)).max() < 1e-9
    other = lsoda(result.rest.state[:6], 10.0, 150.0, 12.0)
    ours, theirs = result.spikes()[0], spikes(other.t, other.y[0], level=0.0)
    assert len(ours) == len(theirs) > 5
    for own, their in zip(ours, theirs, strict=True):
        # The scheme's error at its step of 0.01 ms grows from spike to spike; peaks lie between samples, 0.02 ms apart.
        assert own.t_peak == pytest.approx(their.t_peak, abs=0.005 * (1 + ours.index(own)))
        assert own.peak == pytest.approx(their.peak, abs=0.05)


def test_the_a_current_makes_it_fire_as_slowly_as_one_likes():
    """With it the rate begins near zero; without it, the rate jumps."""
    rates = firing_rates(CELL, [8.1, 8.2, 8.4, 12.0], 500.0, 3000.0)
    assert rates[0] == 0.0 and 0.0 < rates[1] < 5.0 and rates[1] < rates[2] < 10.0
    one = lsoda(find_rest(CELL).state[:6], 0.0, 130.0, 12.0)
    intervals = np.diff([spike.t_peak for spike in spikes(one.t, one.y[0], level=0.0)])
    assert rates[3] == pytest.approx(1000.0 / intervals[-1], rel=1e-3)
    without = firing_rates(CELL, np.arange(-9.0, -5.0, 0.25), 300.0, 800.0, g_bar_A=0.0)
    assert without[0] == 0.0 and without[-1] > 100.0
    assert without[without > 0.0].min() > 80.0
