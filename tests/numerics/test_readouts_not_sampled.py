"""Times and extremes that sentences and readouts give come from the run: they are those of a run sampled far more finely."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from neurolib.explorer.handed import handed
from neurolib.explorers import charging, chloride_reversal, explore, pump_rundown
from neurolib.ischaemia import REST, ischaemia_run, stop_pump
from neurolib.pump_leak import PARAMETERS, pump_leak_run


@pytest.mark.parametrize("values", [{}, {"pump": 10, "diameter": 1}, {"poison": "DNP", "diameter": 500, "shape": "cylinder"}])
def test_pump_rundown_passes_the_level(values):
    explorer = explore("pump_rundown")
    q, state = np.zeros(len(PARAMETERS)), np.zeros(4)
    pump_rundown.set_up(q, state, handed(explorer, explorer.settings(values))[0])
    t = np.geomspace(1.0, 864000.0, 20 * pump_rundown.SIZE)
    out = np.zeros((4, len(t)))
    pump_leak_run(q, state, 0.0, t, len(t), out.ravel(), np.zeros(2))
    i = np.flatnonzero(out[0] >= -50.0)[0]
    expected = t[i - 1] + (t[i] - t[i - 1]) * (-50.0 - out[0, i - 1]) / (out[0, i] - out[0, i - 1])
    assert explorer.model(**values)["seconds"] == pytest.approx(expected, rel=1e-5)  # V is curved within a fine sample


@pytest.mark.parametrize("values", [{}, {"P_K": 100, "C_m": 0.5}, {"K_in": 50, "K_out": 150}])
def test_charging_comes_63_per_cent_of_its_way(values):
    explorer = explore("charging")
    c = handed(explorer, explorer.settings(values))[0]
    result = explorer.model(**values)
    level = (1 - np.exp(-1)) * result["E_K"]
    passes = lambda t, V: V[0] - level  # noqa: E731
    run = solve_ivp(lambda t, V: [charging.slope(c, V[0])], (0, 100), [0.0], events=passes, rtol=1e-10, atol=1e-10)
    assert result["t_63"] == pytest.approx(run.t_events[0][0], abs=0.001)  # 0.01 ms is shown


@pytest.mark.parametrize("values", [{}, {"kcc2": 0.1}, {"g_excitation": 0.5, "lead": 8.5}, {"lead": -4, "kcc2": 0.5}])
def test_gaba_and_glutamate_reach_their_extremes(values):
    explorer = explore("chloride_reversal")
    c, result = handed(explorer, explorer.settings(values))[0], explorer.model(**values)

    def run(g_GABA, g_excitation, until=chloride_reversal.T_END):
        def slope(t, V):
            I = g_GABA * np.exp(-max(t, 0.0) / 10.0) * (result["E_GABA"] - V) * (t > 0)
            I = I + g_excitation * np.exp(-max(t - c.lead, 0.0) / 3.0) * (0.0 - V) * (t > c.lead)
            return I + 0.1 * (c.V_rest - V)

        t = np.linspace(chloride_reversal.T_START, until, 20001)
        return t, solve_ivp(slope, t[[0, -1]], [c.V_rest], t_eval=t, max_step=0.05, rtol=1e-8, atol=1e-8).y[0]

    t, V = run(c.g_GABA, 0.0)
    moved = V - c.V_rest
    assert result["by_GABA"] == pytest.approx(moved[np.argmax(np.abs(moved))], abs=0.01)  # 0.1 mV is shown
    for name, g_GABA in (("alone", 0.0), ("both", c.g_GABA)):
        t, V = run(g_GABA, c.g_excitation, c.lead + chloride_reversal.PEAK_WITHIN)
        assert result[name] == pytest.approx(V[t >= c.lead].max(), abs=0.01)


def test_marks_of_ischaemia_are_those_of_fine_samples():
    """The neuron fires at 4.5 s and is blocked at 9.1 s; samples every 0.05 ms say when."""
    times = np.arange(1, 200_001) * 0.05
    out, marks = np.zeros(6 * len(times)), np.array([np.nan, np.nan, np.nan, 0.0])
    ischaemia_run(np.array(REST), 0.0, 0.0, 0.0, 0.0, times, len(times), out, 0.5, marks)
    V = out[: len(times)]
    assert marks[0] == pytest.approx(times[np.flatnonzero(V >= -20.0)[0]], abs=0.051)
    assert marks[1] == pytest.approx(times[np.flatnonzero(V < -40.0)[-1]], abs=0.051)
    assert marks[2] == times[-1]
    assert marks[3] == pytest.approx(np.trapezoid(np.r_[REST[0], V], np.r_[0.0, times]), rel=1e-4)  # spikes, by trapezia


def test_ischaemia_tells_the_first_spike():
    for pump in (0.0, 0.15):
        found = stop_pump(15.0, pump=pump, sample_every=5e-5).first_spike()
        assert explore("ischaemia").model(pump=pump)["first"] == pytest.approx(found, abs=0.005)
