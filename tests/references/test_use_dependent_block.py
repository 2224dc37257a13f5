"""Use-dependent block: cell and drug together against SciPy, the rates written here again; the guard alone against its law."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import exprel

from neurolib.cells import mammalian_neuron
from neurolib.explorers import explore
from neurolib.guarded_block import K_ON, bound_after, bound_at_last
from neurolib.rest import find_rest

G_NA, G_K, E_NA, E_K, G_L, E_L, V_T = 50.0, 5.0, 50.0, -100.0, 0.1, -70.0, -55.0


def slope(_t, state, I, D, stay):
    """Traub & Miles' sodium and potassium currents as Pospischil et al. 2008 have them, a leak, and the drug's part b."""
    V, m, h, n, b = state
    v = V - V_T
    a_m, b_m = 0.32 * 4 / exprel(-(v - 13) / 4), 0.28 * 5 / exprel((v - 40) / 5)
    a_h, b_h = 0.128 * np.exp(-(v - 17) / 18), 4 / (1 + np.exp(-(v - 40) / 5))
    a_n, b_n = 0.032 * 5 / exprel(-(v - 15) / 5), 0.5 * np.exp(-(v - 10) / 40)
    currents = (1 - b) * G_NA * m**3 * h * (V - E_NA) + G_K * n**4 * (V - E_K) + G_L * (V - E_L)
    binding = K_ON * D * (1 - h) * (1 - b)
    return [I - currents, a_m * (1 - m) - b_m * m, a_h * (1 - h) - b_h * h, a_n * (1 - n) - b_n * n, binding - b / stay]


def test_cell_and_drug_are_solved_together():
    """Forty pulses of 100 Hz: the same spikes and peak, and the drug's part, from 0 to 0.9, to half a hundredth."""
    D, stay, amplitude = 100.0, 500.0, 58.0
    state = np.append(find_rest(mammalian_neuron).state, 0.0)
    state[4] = bound_at_last(D, 1 - state[2], stay)
    bound, peaks = [state[4]], []
    tight = {"method": "LSODA", "rtol": 1e-8, "atol": 1e-9}
    for _ in range(40):
        peak = -100.0
        for I, duration in ((amplitude, 0.5), (0.0, 9.5)):
            run = solve_ivp(slope, (0, duration), state, args=(I, D, stay), **tight)
            state, peak = run.y[:, -1], max(peak, run.y[0].max())
        bound.append(state[4])
        peaks.append(peak)
    result = explore("use_dependent_block").model(f=100, D=D, stay=stay, amplitude=amplitude)
    np.testing.assert_allclose(result["held"] / 100, bound, atol=0.005)
    assert result["spikes"] == sum(peak > 0 for peak in peaks) and 10 < result["spikes"] < 20
    assert result["peak"] == pytest.approx(peaks[0], abs=0.2)  # 1 mV is shown


def test_the_guard_lets_the_drug_in_as_its_law_says():
    D, guard, stay = 30.0, 0.4, 200.0
    run = solve_ivp(lambda _t, b: K_ON * D * guard * (1 - b) - b / stay, (0, 90), [0.2], rtol=1e-10, atol=1e-12)
    assert bound_after(0.2, D, guard, stay, 90.0) == pytest.approx(run.y[0, -1], rel=1e-7)
    assert bound_after(0.2, D, guard, stay, 1e6) == pytest.approx(bound_at_last(D, guard, stay), rel=1e-12)
    assert bound_at_last(1 / (K_ON * stay), 1.0, stay) == pytest.approx(0.5)
    assert bound_after(0.7, 0.0, guard, stay, stay) == pytest.approx(0.7 / np.e)


def test_slow_trains_are_spared_and_the_drug_leaves_in_between():
    """At 1 Hz the part that is caught at a spike has fallen by e^(−990/500) when the next comes, 990 ms later."""
    slow = explore("use_dependent_block").model(f=1)
    quick = explore("use_dependent_block").model(f=100)
    assert slow["spikes"] == 40 and quick["spikes"] < 20 and abs(slow["peak"] - quick["peak"]) < 1e-9
    caught = quick["held"][1] - quick["held"][0]
    assert slow["held"][1] - slow["held"][0] == pytest.approx(caught * np.exp(-990 / 500), rel=0.02)
