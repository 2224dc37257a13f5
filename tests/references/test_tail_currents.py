"""Tails and their subtraction against SciPy, which solves the gates of Hodgkin and Huxley anew, and against NEURON."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
from scipy.special import exprel

from neurolib.explorers import explore

HOLD, TAU, RT_F = -80.0, 0.02, 8.314462618 * 279.45 / 96485.33212 * 1e3
SETTINGS = [
    {},
    {"V_test": 20, "replaced": 95, "ratio": 0.16},
    {"channels": "potassium", "duration": 8, "V_test": -100, "record": "raw"},
    {"channels": "both", "duration": 1.5, "V_pre": 30, "record": "raw", "g_L": 3},
    {"channels": "both", "V_sub": -65, "V_pre": 40, "duration": 0.3},
]


def rates(V):
    alpha = np.array([1 / exprel(-(V + 40) / 10), 0.07 * np.exp(-(V + 65) / 20), 0.1 / exprel(-(V + 55) / 10)])
    beta = np.array([4 * np.exp(-(V + 65) / 18), 1 / (1 + np.exp(-(V + 35) / 10)), 0.125 * np.exp(-(V + 65) / 80)])
    return alpha, beta


def moved(gates, V, t):
    alpha, beta = rates(V)
    run = solve_ivp(lambda _t, x: alpha * (1 - x) - beta * x, (0, t), gates, method="DOP853", rtol=1e-11, atol=1e-13)
    return run.y[:, -1]


class Rig:
    """The clamped membrane of a setting: currents in µA/cm², the capacitance 1 µF/cm²."""

    def __init__(self, c):
        self.g_Na, self.g_K = 120.0 * (c["channels"] != 1), 36.0 * (c["channels"] != 0)
        part = c["replaced"] / 100
        self.E_Na = 50 + RT_F * np.log(1 - part + part * c["ratio"])
        self.c = c

    def ionic(self, V, gates, leak=True):
        m, h, n = gates
        gated = self.g_Na * m**3 * h * (V - self.E_Na) + self.g_K * n**4 * (V + 77)
        return gated + leak * self.c["g_L"] * (V + 54.387)

    def prepared(self, V_0, V_pre):
        alpha, beta = rates(V_0)
        return moved(alpha / (alpha + beta), V_pre, self.c["duration"])

    def run(self, t, V_0, V_pre, V):
        """t ms after the test step, less the current at V_0."""
        alpha, beta = rates(V_0)
        charge = ((V - V_pre) * np.exp(-t / TAU) + (V_pre - V_0) * np.exp(-(t + self.c["duration"]) / TAU)) / TAU
        still = self.ionic(V_0, alpha / (alpha + beta))
        return self.ionic(V, moved(self.prepared(V_0, V_pre), V, t)) + charge - still, still

    def recorded(self, t, V):
        own, still = self.run(t, HOLD, self.c["V_pre"], V)
        if self.c["record"] == 1:
            return 1e-3 * (own + still)
        small = self.c["V_sub"]
        quarter, _still = self.run(t, small, small + (self.c["V_pre"] - HOLD) / 4, small + (V - HOLD) / 4)
        return 1e-3 * (own - 4 * quarter)


@pytest.mark.parametrize("values", SETTINGS)
def test_the_record(values):
    explorer = explore("tail_currents")
    r, c = explorer.model(**values), explorer.settings(values)
    rig = Rig(c)
    for i in (26, 27, 30, 40, 60, 86):
        assert r["I"][i] == pytest.approx(rig.recorded(r["t"][i], c["V_test"]), abs=1e-8)


@pytest.mark.parametrize("values", SETTINGS)
def test_where_tails_reverse(values):
    """By the first instant of SciPy's tails at two voltages, the charge apart, and their root."""
    explorer = explore("tail_currents")
    r, c = explorer.model(**values), explorer.settings(values)
    rig, moment = Rig(c), 1e-7

    def at_once(V):
        raw = rig.recorded(moment, V)
        if c["record"] == 1:
            raw -= 1e-3 * ((V - c["V_pre"]) + (c["V_pre"] - HOLD) * np.exp(-c["duration"] / TAU)) * np.exp(-moment / TAU) / TAU
        return raw

    assert r["I_0"] == pytest.approx(at_once(c["V_test"]), abs=1e-4)
    assert r["E_rev"] == pytest.approx(brentq(at_once, -110, 90), abs=0.01)
    assert r["g_open"] == pytest.approx(1e3 * (at_once(70) - at_once(-110)) / 180, rel=1e-4)


def test_steady_curves_and_peaks():
    r, K = explore("tail_currents").model(), explore("tail_currents").model(channels="potassium", duration=12)
    rig = Rig(explore("tail_currents").settings({}))
    alpha, beta = rates(HOLD)
    for k in (12, 22, 30):
        V = r["V_axis"][k]
        course = solve_ivp(lambda _t, x, V=V: rates(V)[0] * (1 - x) - rates(V)[1] * x, (0, 3), alpha / (alpha + beta),
                           method="DOP853", rtol=1e-10, atol=1e-12, t_eval=np.linspace(0, 3, 3001)).y  # fmt: skip
        peak = max(rig.ionic(V, course[:, i], leak=False) / (V - 50) for i in range(3001)) * (V - 50) * 1e-3
        assert r["I_peak"][k] == pytest.approx(peak, rel=0.006)  # the largest of 41 samples
        n = rates(V)[0][2] / sum(rate[2] for rate in rates(V))
        assert K["I_steady"][k] == pytest.approx(0.036 * n**4 * (V + 77), rel=1e-12)
    assert np.interp(0, K["V_axis"], K["I_first"] - K["I_steady"]) == pytest.approx(0, abs=0.05)  # both at the prepulse


def test_tails_by_neuron():
    h = pytest.importorskip("neuron").h
    h.load_file("stdrun.hoc")
    axon = h.Section(name="axon")
    axon.L = axon.diam = 10
    axon.insert("hh")
    axon.ena, axon.ek, axon(0.5).hh.gkbar = 50, -77, 0
    clamp = h.SEClamp(axon(0.5))
    clamp.rs, clamp.dur1, clamp.amp1, clamp.dur2, clamp.amp2, clamp.dur3, clamp.amp3 = 1e-5, 20, -80, 0.7, 0, 5, -40
    t, I = h.Vector().record(h._ref_t), h.Vector().record(axon(0.5)._ref_ina)
    h.celsius, h.dt, h.steps_per_ms = 6.3, 0.002, 500
    h.finitialize(-80)
    h.continuerun(23)
    r = explore("tail_currents").model()
    for at in (0.05, 0.2, 0.5, 1.5):
        ours, theirs = np.interp(at, r["t"], r["I_Na"]), np.interp(20.7 + at, t, I)
        assert ours == pytest.approx(theirs, rel=0.01)  # mA/cm², a step of 0.002 ms
