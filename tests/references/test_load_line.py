"""Crossings of the axon's curves with the line of a stimulus, by SciPy's brentq and solvers from equations written anew."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, minimize_scalar
from scipy.special import exprel

from neurolib.explorers import explore

RT_F = 8.314462618 * 279.45 / 96485.33212 * 1e3
SETTINGS = [
    {},
    {"K_out": 5, "V_0": -60},
    {"law": "goldman", "K_out": 16, "ttx": 40},
    {"law": "goldman", "V_0": -20, "tea": 30},
    {"I": 2, "g_load": 0.5, "ttx": 80},
    {"K_out": 20, "V_0": -45},
    {"g_load": 100, "V_0": 0, "I": -1},
    {"ttx": 100},
]


def rates(V):
    alpha = np.array([1 / exprel(-(V + 40) / 10), 0.07 * np.exp(-(V + 65) / 20), 0.1 / exprel(-(V + 55) / 10)])
    beta = np.array([4 * np.exp(-(V + 65) / 18), 1 / (1 + np.exp(-(V + 35) / 10)), 0.125 * np.exp(-(V + 65) / 80)])
    return alpha, beta


def steady(V):
    alpha, beta = rates(V)
    return alpha / (alpha + beta)


def constant_field(V, inside, outside):
    u = V / RT_F
    return inside / exprel(-u) - outside / exprel(u)


class Axon:
    def __init__(self, c):
        self.c, self.E_K = c, -77 + RT_F * np.log(c["K_out"] / 10)
        self.matched = 12 / constant_field(-65, 400, 400 * np.exp(-77 / RT_F))
        part = 104.387 / 127
        self.E_L = part * self.E_K + (1 - part) * 50
        self.rest = self.roots(lambda V: self.current(V, *steady(V)))[0]
        self.h, self.n = steady(self.rest)[1:]

    def drive(self, V):
        if self.c["law"] == 0:
            return V - self.E_K
        return self.matched * constant_field(V, 400, 400 * np.exp(self.E_K / RT_F))

    def current(self, V, m, h, n):
        Na = 120 * (1 - self.c["ttx"] / 100) * m**3 * h * (V - 50)
        return Na + 36 * (1 - self.c["tea"] / 100) * n**4 * self.drive(V) + 0.3 * (V - self.E_L)

    def at_once(self, V):
        return self.current(V, steady(V)[0], self.h, self.n)

    def load(self, V):
        return self.c["I"] - self.c["g_load"] * (V - self.rest)

    def roots(self, of):
        V = np.linspace(-130, 90, 5001)
        values = [of(v) for v in V]
        return [brentq(of, V[i], V[i + 1], xtol=1e-12) for i in range(5000) if values[i] * values[i + 1] < 0]


@pytest.mark.parametrize("values", SETTINGS)
def test_curves_and_crossings(values):
    explorer = explore("steady_currents")
    r, axon = explorer.model(**values), Axon(explorer.settings(values))
    assert r["V_rest"] == pytest.approx(axon.rest, abs=1e-8)
    for k in range(0, 301, 30):
        V = r["V_axis"][k]
        assert r["at_once"][k] == pytest.approx(axon.at_once(V), rel=1e-9, abs=1e-8)
        assert r["steady"][k] == pytest.approx(axon.current(V, *steady(V)), rel=1e-9, abs=1e-8)
    found = axon.roots(lambda V: axon.at_once(V) - axon.load(V))
    ours = sorted(V for V in (*r["stable_V"], *r["open_V"]) if np.isfinite(V))
    assert ours == pytest.approx(found, abs=1e-8) and r["count"] == len(found)
    for V in found:  # stable where a small push dies away
        after = solve_ivp(lambda _t, x: axon.load(x[0]) - axon.at_once(x[0]), (0, 0.05), [V + 1e-4], rtol=1e-12, atol=1e-14)
        assert (abs(after.y[0, -1] - V) < 1e-4) == (min(abs(r["stable_V"][~np.isnan(r["stable_V"])] - V)) < 1e-6)


@pytest.mark.parametrize("values", SETTINGS)
def test_what_a_start_leads_to(values):
    explorer = explore("steady_currents")
    r, c = explorer.model(**values), explorer.settings(values)
    axon = Axon(c)

    def whole(_t, x):
        alpha, beta = rates(x[0])
        return np.array([axon.load(x[0]) - axon.current(*x), *(alpha * (1 - x[1:]) - beta * x[1:])])

    start = np.array([c["V_0"], *steady(axon.rest)])
    run = solve_ivp(whole, (0, 8), start, method="LSODA", rtol=1e-9, atol=1e-10, t_eval=r["t"])
    held = solve_ivp(lambda _t, x: axon.load(x[0]) - axon.at_once(x[0]), (0, 8), start[:1], method="LSODA", rtol=1e-9,
                     atol=1e-10, t_eval=r["t"])  # fmt: skip
    assert r["V"] == pytest.approx(run.y[0], abs=0.02)
    speed = np.array([axon.load(V) - axon.at_once(V) for V in held.y[0]])  # up to 3000 mV/ms
    assert np.all(abs(r["held"] - held.y[0]) < 0.02 + 2e-4 * abs(speed))  # 0.2 µs early or late


def test_the_hump_is_the_rheobase_of_an_axon_whose_slow_gates_stand_still():
    axon = Axon(explore("steady_currents").settings({}))
    top = minimize_scalar(lambda V: -axon.at_once(V), bounds=(-65, -62), method="bounded", options={"xatol": 1e-9})
    assert explore("steady_currents").model()["hump"] == pytest.approx(-top.fun, abs=0.002)
    for I, goes in ((0.99, False), (1.01, True)):
        def slope(_t, x, I=I):
            return -I * top.fun - axon.at_once(x[0])

        assert (solve_ivp(slope, (0, 2000), [axon.rest], method="LSODA").y[0, -1] > 0) == goes


def test_goldmans_current_agrees_with_the_ohmic_one_where_it_is_matched():
    """At −65 mV and 10 mM; it has the same reversal, and outward it is the larger one."""
    ohmic, goldman = (explore("steady_currents").model(law=law) for law in ("ohmic", "goldman"))
    assert goldman["V_rest"] == pytest.approx(ohmic["V_rest"], abs=0.01)
    assert np.all(goldman["at_once"][60:] > ohmic["at_once"][60:])
