"""The passive cable against quadrature and differential equations of SciPy, the special functions, and NEURON."""

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.linalg import eigh_tridiagonal
from scipy.special import erf, erfc

from neurolib import passive_cable as cable
from neurolib.explorers import explore

LENGTHS, PIECES = (0.2, 1.7, 6.0), 400
TIMES = (0.02, 0.2, 1.0, 3.0)


def compartments(L, X_in, clamp):
    """V at the middles of pieces of a sealed cable at ``TIMES``: the exact solution of so many differential equations."""
    dX = L / PIECES
    diagonal, drive = np.full(PIECES, -2.0), np.zeros(PIECES)
    diagonal[[0, -1]] = -1.0
    if clamp:  # the end X = 0 is half a piece away from the first middle
        diagonal[0], drive[0] = -3.0, 2.0 / dX**2
    else:  # into the piece around X_in and its neighbour, so that their middle of gravity is there
        low = min(max(int(np.floor(X_in / dX - 0.5)), 0), PIECES - 2)
        share = min(max(X_in / dX - 0.5 - low, 0.0), 1.0)
        drive[low], drive[low + 1] = (1.0 - share) / dX, share / dX
    values, vectors = eigh_tridiagonal(diagonal / dX**2 - 1.0, np.full(PIECES - 1, 1.0 / dX**2))
    start = vectors.T @ drive
    return [vectors @ (np.expm1(values * T) / values * start) for T in TIMES], (np.arange(PIECES) + 0.5) * dX


@pytest.mark.parametrize("L", LENGTHS)
def test_steps_of_current_and_of_voltage_against_compartments(L):
    """To the error of the compartments: half a piece where current enters at a point, otherwise its square."""
    for X_in in (0.0, 0.4 * L):
        found, X = compartments(L, X_in, clamp=False)
        for T, V in zip(TIMES, found, strict=True):
            exact = [cable.current_step(x, X_in, L, T) for x in X]
            assert exact == pytest.approx(V, abs=0.5 * L / PIECES)
    found, X = compartments(L, 0.0, clamp=True)
    for T, V in zip(TIMES, found, strict=True):
        assert [cable.clamp_step(x, L, T) for x in X] == pytest.approx(V, abs=(L / PIECES) ** 2 / T)


def test_both_forms_are_one_solution():
    """Images and series, each where the other is used: they are different sums."""
    early, late = python_twice()
    for L in (0.5, 1.0, 3.0):
        for part in (0.15, 0.3):
            for X in (0.0, 0.3 * L, L):
                T = part * L * L
                for name, arguments in (("current_step", (X, 0.4 * L, L, T)), ("clamp_step", (X, L, T))):
                    assert early[name](*arguments) == pytest.approx(late[name](*arguments), abs=2e-9)


def python_twice():
    """The two functions in plain Python, once with images alone and once with the series alone."""
    found = []
    for limit in (1e9, 0.0):
        made = {}
        for name in ("current_step", "clamp_step"):
            function = getattr(cable, name)
            plain = getattr(function, "py_func", function)
            made[name] = type(plain)(plain.__code__, plain.__globals__ | {"EARLY": limit}, name)
        found.append(made)
    return found


def test_the_error_function_and_the_cosine():
    x = np.linspace(-6.0, 20.0, 521)
    assert [cable.erfc(float(v)) for v in x] == pytest.approx(erfc(x), rel=5e-13, abs=0)  # with SciPy's own
    halves = np.linspace(-1.0, 1.0, 201)
    assert [cable.cosine(float(v) + 8.0) for v in halves] == pytest.approx(np.cos(np.pi * halves), abs=4e-15)


def test_charge_that_an_infinite_cable_takes():
    """Where current enters a cable without ends V is erf(√T) of what it comes to; Hodgkin & Rushton 1946, Jack et al. 1975."""
    for T in (0.01, 0.25, 1.0, 4.0):
        assert cable.spread(0.0, T, -1.0) == pytest.approx(erf(np.sqrt(T)), rel=1e-12)
        flow, _error = quad(lambda s: np.exp(-s - 0.49 / (4 * s)) / np.sqrt(np.pi * s), 0, T)  # Green's function, X = 0.7
        assert cable.spread(0.7, T, -1.0) == pytest.approx(flow, abs=1e-8)


def test_half_of_the_voltage_travels_at_two_length_constants_in_a_time_constant():
    """Far out in a long cable: Jack, Noble & Tsien 1975."""
    explorer = explore("cable_spread")
    setting = {"diameter": 0.5, "R_m": 2.0, "R_i": 400.0}
    near, far = (explorer.model(place=place, **setting) for place in (400.0, 500.0))
    assert (far["t_half"] - near["t_half"]) / (100.0 / near["lam"]) == pytest.approx(0.5 * near["tau"], rel=0.01)


def test_the_steady_state_is_that_of_its_boundary_value_problem():
    for L in LENGTHS:
        end = solve_ivp(lambda _X, y: [y[1], y[0]], (L, 0.0), [1.0, 0.0], rtol=1e-11, atol=1e-13)
        assert cable.steady_current(0.0, 0.0, L) == pytest.approx(-end.y[0, -1] / end.y[1, -1], rel=1e-9)
        assert cable.steady_current(L, 0.0, L) == pytest.approx(-1.0 / end.y[1, -1], rel=1e-9)


def test_the_explorer_against_neuron():
    """1 mm of dendrite in 401 compartments: λ, input resistance, and V in time at the electrode and away from it."""
    h = pytest.importorskip("neuron").h
    h.load_file("stdrun.hoc")
    for setting in ({}, {"diameter": 0.7, "R_m": 4.0, "R_i": 250.0, "site": 300.0, "place": 800.0}):
        ours = explore("cable_spread").model(**setting)
        at = {"diameter": 2.0, "R_m": 10.0, "R_i": 150.0, "site": 0.0, "place": 500.0} | setting
        section = h.Section(name="dendrite")
        section.L, section.diam, section.nseg, section.Ra, section.cm = 1000.0, at["diameter"], 401, at["R_i"], 1.0
        section.insert("pas")
        section.g_pas, section.e_pas = 1e-3 / at["R_m"], 0.0
        clamp = h.IClamp(section(at["site"] / 1000.0))
        clamp.delay, clamp.dur, clamp.amp = 0.0, 1e9, 1e-3
        solver = h.CVode()
        solver.active(1)
        solver.atol(1e-10)
        solver.rtol(1e-9)
        V, at_times = [h.Vector() for _ in range(2)], h.Vector(ours["t"])
        for vector, x in zip(V, (at["site"], at["place"]), strict=True):
            vector.record(section(x / 1000.0)._ref_v, at_times)
        h.finitialize(0.0)
        h.continuerun(61.0)
        solver.active(0)
        scale = 100.0 / (1e-3 * ours["R_in"])  # % of what 1 pA makes at the electrode in the end
        close = 2.0 * 100.0 * (1000.0 / 401 / ours["lam"]) ** 2  # %: the square of a compartment, as its scheme promises
        for found, name in zip(V, ("V_site", "V_place"), strict=True):
            assert scale * np.array(found.to_python())[1:] == pytest.approx(ours[name][1:], abs=close)
