"""The relay cell that fires by itself, written anew from its sources and integrated by SciPy."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from neurolib.explorers import explore

F, R, T = 96485.33212, 8.314462618, 34 + 273.15


def rates(V):
    """Opening and closing rates of m, h and n, after Traub and Miles, from V_T = −52 mV; at 36 °C."""
    v = V + 52.0
    m = 0.32 * (13 - v) / math.expm1((13 - v) / 4), 0.28 * (v - 40) / math.expm1((v - 40) / 5)
    h = 0.128 * math.exp((17 - v) / 18), 4 / (1 + math.exp((40 - v) / 5))
    n = 0.032 * (15 - v) / math.expm1((15 - v) / 5), 0.5 * math.exp((10 - v) / 40)
    return m, h, n


def slow_gates(V):
    """Steady state and time constant (ms, at 34 °C) of m and h of the T-type channels and of r of I_h."""
    v, fast = V - 1.0, 2.5 ** ((34 - 24) / 10)
    m = 1 / (1 + math.exp(-(v + 57) / 6.2)), 0.612 + 1 / (math.exp(-(v + 132) / 16.7) + math.exp((v + 16.8) / 18.2))
    h_tau = math.exp((v + 467) / 66.6) if v < -80 else 28 + math.exp(-(v + 22) / 10.5)
    h = 1 / (1 + math.exp((v + 81) / 4)), h_tau
    r = 1 / (1 + math.exp((V + 75) / 5.5)), 1 / (math.exp(-14.59 - 0.086 * V) + math.exp(-1.87 + 0.0701 * V))
    return (m[0], m[1] / fast), (h[0], h[1] / fast), (r[0], r[1] / 3 ** ((34 - 36) / 10))


def slope(t, x, c, left):
    """ẋ of V (mV), m, h, n, m_T, h_T, r and calcium (mM); ``left``: the share of the chosen current that is there."""
    V, m, h, n, m_T, h_T, r, Ca = x.tolist()
    there = {"H": 1.0, "T": 1.0, "Na": 1.0} | {c["cut"]: left}
    u = V * F / (R * T) * 1e-3
    I_T = 1.7e-4 * m_T**2 * h_T * 4 * F * u * (Ca - 2.0 * math.exp(-2 * u)) / -math.expm1(-2 * u) * there["T"]
    I_Na, I_K = 10 * m**3 * h * (V - 50) * there["Na"], 10 * n**4 * (V + 100)
    leaks = 0.01 * (V + 70) + c["g_KL"] * (V + 100) + 0.02 * r * (V + 43) * there["H"]
    gates = [3**-0.2 * (a * (1 - x) - b * x) for (a, b), x in zip(rates(V), (m, h, n), strict=True)]
    slow = [(inf - x) / tau for (inf, tau), x in zip(slow_gates(V), (m_T, h_T, r), strict=True)]
    fills = max(0.0, -I_T * 10 / (2 * F * 0.1)) + (2.4e-4 - Ca) / 5.0
    return [(c["I"] - I_Na - I_K - I_T - leaks) / 0.88, *gates, *slow, fills]


def run(x, first, last, c, left):
    """The state at ``last`` ms, and when V rises through −50 mV on the way there."""

    def up(_t, x, *_others):
        return x[0] + 50.0

    up.direction = 1.0
    found = solve_ivp(slope, (first, last), x, "LSODA", args=(c, left), events=up, rtol=1e-6, atol=1e-8)
    return found.y[:, -1], found.t_events[0]


SETTINGS = [{}, {"cut": "H"}, {"cut": "T"}, {"cut": "Na"}, {"cut": "H", "block": 50}, {"g_KL": 0.012}, {"I": -0.05}]


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_the_rhythm_by_scipy(setting):
    """From gates and calcium at their steady values at −65 mV; rates to the 0.5 % of the explorer's step."""
    c = {"cut": "none", "block": 100, "g_KL": 0.01, "I": 0.0} | setting
    gates = [a / (a + b) for a, b in rates(-65.0)] + [inf for inf, _tau in slow_gates(-65.0)]
    x = np.array([-65.0, *gates, 2.4e-4])
    for _ in range(50):  # calcium with its own current
        x[7] += 5.0 * slope(0.0, x, c, 1.0)[7]
    x, earlier = run(x, 0, 1600, c, 1.0)
    x, later = run(x, 1600, 4000, c, 1.0 - 0.01 * c["block"])
    t, result = np.array([*earlier, *later]), explore("pacemaker").model(**setting)
    bursts = t[np.append(True, np.diff(t) > 40)]
    before, after = bursts[(bursts > 400) & (bursts < 1600)], bursts[bursts > 2000]
    assert result["before"] == pytest.approx(1e3 * (len(before) - 1) / np.ptp(before), rel=0.005)
    if len(after) == 0:
        assert result["after"] == 0.0 and result["V_end"] == pytest.approx(x[0], abs=0.01)
        return
    assert result["after"] == pytest.approx(1e3 * (len(after) - 1) / np.ptp(after), rel=0.005)
    assert result["size"] == pytest.approx(np.sum(t >= after[0]) / len(after), rel=0.05)  # the last burst may be cut short
