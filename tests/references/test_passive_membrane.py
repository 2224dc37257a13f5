"""The passive cell behind a pipette: the matrix exponential of its equations, and NEURON's electrodes."""

import numpy as np
import pytest
from scipy.linalg import expm

from neurolib.explorers import explore

SETTINGS = [
    {"C_p": 0.5},
    {"g_L": 0.5, "area": 2000, "R_s": 50, "C_p": 20},
    {"C_m": 4, "area": 40000, "C_p": 5, "I": -40},
    {"clamp": "voltage"},
    {"clamp": "voltage", "C_m": 2, "area": 30000, "R_s": 30, "V_c": -15},
]


def after(A, b, x, t):
    """The solution of ẋ = A x + b that begins at ``x``, t ms later."""
    goal = -np.linalg.solve(A, b)
    return goal + expm(A * t) @ (x - goal)


@pytest.mark.parametrize("values", SETTINGS)
def test_a_step_by_the_matrix_exponential(values):
    explorer = explore("passive_membrane")
    r, c = explorer.model(**values), explorer.settings(values)
    C, G, G_s = c["C_m"] * c["area"] * 1e-2, c["g_L"] * c["area"] * 1e-2, 1e3 / c["R_s"]  # pF, nS
    if c["clamp"]:
        A, drive = np.array([[-(G + G_s) / C]]), np.array([G_s * c["V_c"] / C])
    else:
        A = np.array([[-(G + G_s) / C, G_s / C], [G_s / c["C_p"], -G_s / c["C_p"]]])
        drive = np.array([0.0, c["I"] / c["C_p"]])
    rest = np.zeros(len(A))
    top = after(A, drive, rest, 40.0)
    for i in [*range(3, 92, 8), 91, *range(93, 182, 8)]:  # 92 is the edge itself, where the command already is off
        t = r["t"][i]
        x = after(A, drive, rest, t) if i < 92 else after(A, 0 * drive, top, t - 40.0)
        before = x[1] if not c["clamp"] else c["V_c"] * (i < 92)
        assert (r["V"][i] + 70, r["V_amp"][i] + 70) == pytest.approx((x[0], before), abs=1e-9)
        assert r["I_in"][i] == pytest.approx(r["I_C"][i] + r["I_leak"][i], abs=1e-9)
    assert np.isnan(r["t_63"]) == (abs(r["V"][91] + 70) < (1 - np.exp(-1)) * abs(r["reach"]))
    if not np.isnan(r["t_63"]):
        assert after(A, drive, rest, r["t_63"])[0] == pytest.approx((1 - np.exp(-1)) * r["reach"], abs=1e-9)


@pytest.mark.parametrize("values", [{"clamp": "voltage", "R_s": 20, "V_c": 10}, {"g_L": 0.05, "area": 5000, "I": 20}])
def test_a_step_by_neuron(values):
    h = pytest.importorskip("neuron").h
    h.load_file("stdrun.hoc")
    explorer = explore("passive_membrane")
    r, c = explorer.model(**values), explorer.settings(values)
    section = h.Section(name="ball")
    section.L = section.diam = np.sqrt(c["area"] / np.pi)
    section.cm = c["C_m"]
    section.insert("pas")
    section(0.5).pas.g, section(0.5).pas.e = c["g_L"] * 1e-3, -70.0
    electrode = h.SEClamp(section(0.5)) if c["clamp"] else h.IClamp(section(0.5))
    if c["clamp"]:
        electrode.rs, electrode.dur1, electrode.amp1 = c["R_s"], 40.0, -70.0 + c["V_c"]
        electrode.dur2, electrode.amp2 = 40.0, -70.0
    else:
        electrode.delay, electrode.dur, electrode.amp = 0.0, 40.0, c["I"] * 1e-3
    t, V = h.Vector().record(h._ref_t), h.Vector().record(section(0.5)._ref_v)
    h.dt, h.secondorder, h.steps_per_ms = 0.005, 2, 200
    h.finitialize(-70.0)
    h.continuerun(75.0)
    h.secondorder = 0
    for at in (1.0, 5.0, 20.0, 39.0, 45.0, 60.0):
        assert np.interp(at, r["t"], r["V"]) == pytest.approx(np.interp(at, t, V), abs=0.02)  # samples of the curve


def test_the_numbers_of_a_round_cell():
    """0.1 mS/cm² and 1 µF/cm² on 10,000 µm²: 10 nS, 100 pF, and their quotient."""
    r = explore("passive_membrane").model()
    assert (r["R_in"], r["C"], r["tau"], r["t_63"]) == pytest.approx((100, 100, 10, 10), rel=1e-9)
    assert r["error"] == pytest.approx(100e-12 * 10e6 * 1e3, rel=1e-9)  # V from A and Ω
