"""The cell whose water follows its ions: against SciPy with water that flows, and against balances that must hold."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from neurolib.explorers import explore
from neurolib.homeostasis import PumpLeak

F, RT = 96485.33212, 8.314462618 * 310.15
CELL = PumpLeak()


def ghk(P, V, inside, outside, z=1):
    u = z * 1e-3 * V * F / RT
    return P * z * F * u * (inside - outside * np.exp(-u)) / -np.expm1(-u)


def followed(times, pump=1.0, salt=300.0, sucrose=0.0, urea=0.0):
    """w and V: three amounts, and a volume that water fills in a third of a second; SciPy's implicit solver."""
    Na_out, Cl_out = 145.0 + (salt - 300.0) / 2, 110.0 + (salt - 300.0) / 2
    X = CELL.Na + CELL.K - CELL.Cl
    A = 300.0 - CELL.Na - CELL.K - CELL.Cl
    outside = salt + sucrose + urea

    def voltage(Na, K, w):
        I_p = pump * CELL.I_max * (1 + 2 / 5.0) ** -2 * (1 + 10 / Na) ** -3

        def net(V):
            Cl = Na + K - X / w
            return ghk(1e-6, V, K, 5.0) + ghk(4e-8, V, Na, Na_out) + ghk(4.5e-7, V, Cl, Cl_out, -1) + I_p

        return brentq(net, -200.0, 100.0, xtol=1e-12), I_p

    def slope(_t, y):
        Na, K, U, w = y
        V, I_p = voltage(Na / w, K / w, w)
        water = (2 * (Na + K) - X + A + U) / w - outside
        leak_Na, leak_K = ghk(4e-8, V, Na / w, Na_out), ghk(1e-6, V, K / w, 5.0)
        return [-3000 / F * (leak_Na + 3 * I_p), -3000 / F * (leak_K - 2 * I_p), 3000 * 4e-6 * (urea - U / w), water / 100.0]

    run = solve_ivp(slope, (0, times[-1]), [CELL.Na, CELL.K, 0.0, 1.0], "BDF", times, rtol=1e-7, atol=1e-9)
    Na, K, _U, w = run.y
    return w, [voltage(a / x, b / x, x)[0] for a, b, x in zip(Na, K, w, strict=True)]


KEPT = {"pump": 0.0, "salt": 150.0, "sucrose": 165.0}  # an organ on its way


@pytest.mark.parametrize("setting", [{"pump": 0.0}, {"pump": 30.0, "salt": 180.0}, {"salt": 220.0, "urea": 150.0}, KEPT])
def test_volume_and_voltage_in_time(setting):
    """From 10 min on, when the reference's water has long flowed: to 0.1 % and 0.02 mV."""
    ours = explore("cell_volume").model(**setting)
    late = np.flatnonzero(ours["t"] > 600.0)[::8]
    w, V = followed(ours["t"][late], **setting | {"pump": setting.get("pump", 100.0) / 100.0})
    assert ours["w"][late] == pytest.approx(w, rel=1e-3) and ours["V"][late] == pytest.approx(V, abs=0.02)


def test_the_end_without_a_pump_is_donnans():
    """All ions in balance at one V, and as many particles inside as outside: solved for the ratio of cations alone."""
    for salt, sucrose in ((150.0, 165.0), (170.0, 100.0)):
        end = explore("cell_volume").model(pump=0, salt=salt, sucrose=sucrose)
        cations, Cl = 150.0 + (salt - 300.0) / 2, 110.0 + (salt - 300.0) / 2
        X, A = CELL.Na + CELL.K - CELL.Cl, 300.0 - CELL.Na - CELL.K - CELL.Cl

        def lack(r, cations=cations, Cl=Cl, outside=salt + sucrose, share=A / X):
            return cations * r + Cl / r + (cations * r - Cl / r) * share - outside

        r = brentq(lack, 0.7, 10.0)
        assert end["w_end"] == pytest.approx(X / (cations * r - Cl / r), rel=2e-3)
        assert end["V_end"] == pytest.approx(-1e3 * RT / F * np.log(r), abs=0.1)


def test_the_cell_at_rest_is_the_one_of_fixed_volume():
    rest = explore("cell_volume").model()
    assert np.allclose(rest["w"], 1.0, rtol=0, atol=1e-9) and np.allclose(rest["V"], CELL.V, rtol=0, atol=1e-9)
