"""The plane of Morris and Lecar against SciPy, which solves the equations as they are written here once more."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from neurolib.cells import morris_lecar
from neurolib.explorers import explore
from neurolib.fates import REST, RHYTHM, fate
from neurolib.phase_plane import (
    NAMES,
    PHI,
    eigenvalue,
    fixed_points,
    jacobian,
    rest_again,
    rest_lost,
    still_V,
    velocity,
)  # fmt: skip

G_CA, V3, V4 = (4.4, 4.0), (2.0, 12.0), (30.0, 17.4)
CASES = [(0, 0.0), (0, 90.0), (0, 100.0), (0, 213.0), (0, 250.0), (1, 0.0), (1, 30.0), (1, 39.9), (1, 41.0), (1, 110.0)]


def field(V, w, I, kind, phi):
    """dV/dt and dw/dt; also for complex numbers."""
    m, steady = 0.5 * (1 + np.tanh((V + 1.2) / 18)), 0.5 * (1 + np.tanh((V - V3[kind]) / V4[kind]))
    current = G_CA[kind] * m * (V - 120) + 8 * w * (V + 84) + 2 * (V + 60)
    return np.array([(I - current) / 20, phi * np.cosh((V - V3[kind]) / (2 * V4[kind])) * (steady - w)])


def derivatives(V, w, kind, phi, h=1e-30):
    """The Jacobian by complex steps: exact to rounding."""
    return np.array([field(V + 1j * h, w, 0, kind, phi).imag / h, field(V, w + 1j * h, 0, kind, phi).imag / h]).T


def gate(V, kind):
    return 0.5 * (1 + np.tanh((V - V3[kind]) / V4[kind]))


def steady(V, kind):
    return -20 * field(V, gate(V, kind), 0.0, kind, 1.0)[0]


def run(start, I, kind, t_end, t_eval=None):

    def rises(_t, y):
        return y[0]

    rises.direction = 1
    return solve_ivp(lambda _t, y: field(*y, I, kind, PHI[kind]), (0, t_end), start, method="DOP853", rtol=1e-11, atol=1e-12,
                     t_eval=t_eval, events=rises)  # fmt: skip


def test_the_field_is_that_of_the_cell():
    out = np.empty(2)
    for V, w, I in [(-60.0, 0.01, 0.0), (-20.0, 0.3, 90.0), (30.0, 0.5, 100.0)]:
        morris_lecar.kernel.derivative(np.array([V, w]), morris_lecar.parameters(), I, out)
        assert velocity(V, w, I, 0, PHI[0]) == pytest.approx(out, rel=1e-12)
        for kind in (0, 1):
            assert velocity(V, w, I, kind, 0.05) == pytest.approx(field(V, w, I, kind, 0.05), rel=1e-12)
            assert field(V, still_V(V, I, kind), I, kind, 0.05)[0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("kind, I", CASES)
def test_fixed_points_and_eigenvalues(kind, I):
    grid = np.linspace(-89.95, 59.95, 1500)  # steps of 0.1 mV
    turns = np.flatnonzero(np.diff(np.sign(steady(grid, kind) - I)))
    expected = [brentq(lambda V: steady(V, kind) - I, grid[i], grid[i + 1], xtol=1e-13) for i in turns]
    found = np.empty(3)
    assert fixed_points(I, kind, found) == len(expected)
    assert found[: len(expected)] == pytest.approx(expected, abs=1e-8) and np.isnan(found[len(expected) :]).all()
    for V in expected:
        exact = derivatives(V, gate(V, kind), kind, PHI[kind])
        assert jacobian(V, kind, PHI[kind]) == pytest.approx(exact.ravel(), rel=1e-10)
        values = np.linalg.eigvals(exact)
        largest = values[np.argmax(values.real)]
        assert eigenvalue(V, kind, PHI[kind]) == pytest.approx((largest.real, abs(largest.imag)), rel=1e-8, abs=1e-12)


def test_currents_of_the_bifurcations():
    """Hopf: the trace is 0; saddle-node: the steady current turns over, and so the determinant is 0."""
    def trace(V, kind):
        return np.trace(derivatives(V, gate(V, kind), kind, PHI[kind]))

    for kind, found in ((0, rest_lost), (0, rest_again), (1, rest_again)):
        V = brentq(trace, *((-28, -20) if found is rest_lost else (5, 11)), (kind,), xtol=1e-13)
        assert found(kind, PHI[kind]) == pytest.approx((V, steady(V, kind)), rel=1e-9)
    V, I = rest_lost(1, PHI[1])
    fold = brentq(lambda V: steady(V + 1e-30j, 1).imag, -35, -20, xtol=1e-13)
    assert (V, I) == pytest.approx((fold, steady(fold, 1)), rel=1e-9)
    assert np.linalg.det(derivatives(V, gate(V, 1), 1, PHI[1])) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("kind, I", [(0, 90.0), (0, 100.0), (0, 200.0), (1, 40.5), (1, 60.0), (1, 105.0)])
def test_rates(kind, I):
    found = np.empty(3)
    count = fixed_points(I, kind, found)
    ends, rate, swing, *_ = fate(-60.0, 0.01, I, kind, PHI[kind], found, count)
    times = run((-60.0, 0.01), I, kind, 2000).t_events[0]
    assert ends == RHYTHM and rate == pytest.approx(1000 / (times[-1] - times[-2]), rel=5e-4) and swing > 60


def test_the_path_that_is_drawn():
    r = explore("phase_plane").model()
    exact = run((-60.0, 0.01), 100.0, 0, 600.0, r["t"]).y
    steepest = np.abs(np.gradient(exact[0], r["t"])).max()
    assert np.abs(r["V"] - exact[0]).max() < 5e-3 * steepest and np.abs(r["w"] - exact[1]).max() < 1e-4  # 5 µs late at most


def test_the_ends_of_the_rhythm():
    """At the foot of type II a rhythm lasts that 0.05 µA/cm² below does not; that of type I begins at the fold."""
    two, one = (explore("phase_plane").model(membrane=name, phi=phi) for name, phi in zip(NAMES, PHI, strict=True))
    for I, lasts in ((two["foot"] + 0.05, True), (two["foot"] - 0.05, False)):
        times = run((20.0, 0.1), I, 0, 3000).t_events[0]
        assert (len(times) > 0 and times[-1] > 2700) == lasts
    assert 0 < one["foot"] - one["lost"] < 0.05 and 0.9 < np.nanmin(one["f"]) < 1.1 and np.nanmin(two["f"]) > 7


def fires_from(V, w, I, kind):
    """Whether V passes 0 mV upwards, within 1500 ms."""
    return len(run((V, w), I, kind, 1500).t_events[0]) > 0


def test_the_loop_between_rest_and_rhythm():
    setting = {"I": 90, "V_0": -20, "w_0": 0.15}
    r = explore("phase_plane").model(**setting)
    V_0, w_0 = r["V_rest"], gate(r["V_rest"], 0)
    for i in range(0, 320, 60):
        V, w = r["border_V"][i] - V_0, r["border_w"][i] - w_0
        assert fires_from(V_0 + 1.01 * V, w_0 + 1.01 * w, 90.0, 0) and not fires_from(V_0 + 0.99 * V, w_0 + 0.99 * w, 90.0, 0)


def test_the_line_of_the_saddle_is_the_threshold():
    r = explore("phase_plane").model(membrane="type_one", phi=PHI[1], I=30)
    (saddle,) = r["saddle_V"][np.isfinite(r["saddle_V"])]
    below = (r["border_w"] > -0.2) & (r["border_w"] < 0.1) & np.isfinite(r["border_V"])
    for i in np.flatnonzero(below)[::25]:
        V, w = r["border_V"][i], r["border_w"][i]
        assert fires_from(V + 0.2, w, 30.0, 1) and not fires_from(V - 0.2, w, 30.0, 1), (V, w, saddle)


def test_a_fate_at_rest():
    found = np.empty(3)
    count = fixed_points(30.0, 1, found)
    ends, rate, _swing, spikes, V, _w = fate(-16.0, 0.01, 30.0, 1, PHI[1], found, count)
    assert (ends, rate, spikes) == (REST, 0.0, 1) and pytest.approx(run((-16.0, 0.01), 30.0, 1, 2000).y[0][-1], abs=0.03) == V
