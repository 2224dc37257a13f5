"""Thresholds of pulses, ramps and an anode's end against SciPy, which solves Hodgkin and Huxley's equations anew."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
from scipy.special import exprel

from neurolib.explorers import explore
from neurolib.strength_duration import lapicque, weiss


def gates_of(V):
    alpha = np.array([1 / exprel(-(V + 40) / 10), 0.07 * np.exp(-(V + 65) / 20), 0.1 / exprel(-(V + 55) / 10)])
    beta = np.array([4 * np.exp(-(V + 65) / 18), 1 / (1 + np.exp(-(V + 35) / 10)), 0.125 * np.exp(-(V + 65) / 80)])
    return alpha, beta


def field(V, gates, I, speed):
    m, h, n = gates
    alpha, beta = gates_of(V)
    current = 120 * m**3 * h * (V - 50) + 36 * n**4 * (V + 77) + 0.3 * (V + 54.387)
    return np.array([I - current, *speed * (alpha * (1 - gates) - beta * gates)])


def rest():
    def steady(V):
        alpha, beta = gates_of(V)
        return alpha / (alpha + beta)

    at = brentq(lambda V: field(V, steady(V), 0, 1.0)[0], -70, -60, xtol=1e-13)
    return np.array([at, *steady(at)])


def fires(way, duration, strength, temperature):
    """Whether V passes 0 mV upwards; in two parts, so that no solver steps over the end of the stimulus."""
    speed = 3.0 ** ((temperature - 6.3) / 10)
    state = rest()

    def passes(_t, y):
        return y[0]

    passes.direction = 1
    for length, of in ((duration, strength), (30.0, 0.0)):
        def current(t, of=of):
            return of * t / duration if way == "ramp" else -of if way == "anode" else of

        run = solve_ivp(lambda t, y, current=current: field(y[0], y[1:], current(t), speed), (0, length), state, method="LSODA",
                        rtol=1e-8, atol=1e-9, events=passes)  # fmt: skip
        if len(run.t_events[0]):
            return True
        state = run.y[:, -1]
    return False


CASES = [("pulse", 0.2, 6.3), ("pulse", 1, 6.3), ("pulse", 1, 18.5), ("pulse", 20, 6.3), ("ramp", 1, 6.3), ("ramp", 20, 6.3),
         ("anode", 1, 12), ("anode", 20, 6.3)]  # fmt: skip


@pytest.mark.parametrize("way, duration, temperature", CASES)
def test_what_is_needed(way, duration, temperature):
    """To 0.4 per cent: the model's steps of 0.03 ms cost up to 0.3."""
    needed = explore("strength_duration").model(way=way, duration=duration, temperature_celsius=temperature)["needed"]
    assert fires(way, duration, 1.004 * needed, temperature) and not fires(way, duration, 0.996 * needed, temperature)


def test_rheobase_and_chronaxie():
    r = explore("strength_duration").model()
    rheobase, chronaxie = r["rheobase"], r["chronaxie"]
    assert fires("pulse", 60, 1.004 * rheobase, 6.3) and not fires("pulse", 60, 0.996 * rheobase, 6.3)
    assert fires("pulse", 1.005 * chronaxie, 2 * rheobase, 6.3) and not fires("pulse", 0.995 * chronaxie, 2 * rheobase, 6.3)


def test_a_warm_axon_is_fired_by_no_anode():
    warm = explore("strength_duration").model(way="anode", duration=20, temperature_celsius=18.5)
    assert np.isnan(warm["needed"]) and not any(fires("anode", 20, strength, 18.5) for strength in (3, 10, 23))


def test_the_two_laws():
    """Twice the rheobase at the chronaxie; Weiss: the charge grows along a line; Lapicque: a leaky capacitance, solved."""
    for law in (weiss, lapicque):
        assert law(1.5, 2.2, 1.5) == pytest.approx(4.4, rel=1e-15) and law(1e9, 2.2, 1.5) == pytest.approx(2.2, rel=1e-8)
    d = np.array([0.1, 1.0, 3.0])
    charge = [t * weiss(t, 2.2, 1.5) for t in d]
    assert np.diff(charge) / np.diff(d) == pytest.approx(2.2, rel=1e-12)
    tau = 1.5 / np.log(2)
    for t in d:  # charged to the voltage (1, where the conductance is 1) that the rheobase reaches in the end
        I = lapicque(t, 1.0, 1.5)
        end = solve_ivp(lambda _t, V, I=I: (I - V) / tau, (0, t), [0.0], rtol=1e-11, atol=1e-12).y[0, -1]
        assert end == pytest.approx(1.0, rel=1e-9)
