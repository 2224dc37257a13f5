"""Peaks, upstrokes, widths and times that the spike explorers tell are those of a run in ten times finer steps and samples."""

import numpy as np
import pytest

from neurolib.cells import mammalian_neuron, mammalian_sk, squid_axon, thalamic_relay, ventricular_cell
from neurolib.explorer.handed import handed
from neurolib.explorers import calcium_spike, explore, refractory_period, voltage_clamp
from neurolib.protocols import Waveform, pulse
from neurolib.simulate import current_clamp
from neurolib.spikes import spike_times, spikes


def fine_run(cell, stimulus, end, **parameters):
    return current_clamp(cell, stimulus, end, dt=0.001, sample_every=0.001, **parameters)


def own_upstroke(trace):
    """Steepest rise by the cell's own currents, mV/ms."""
    return float((-trace.I_ion / trace.parameters[trace.cell.index("C_m")]).max())


@pytest.mark.parametrize(
    ("cell", "blocked", "fine", "stimulus", "parameters"),
    [
        ("neuron", {}, mammalian_neuron, (40.0, 1.0), {}),
        ("ventricle", {}, ventricular_cell, (25.0, 2.0), {}),
        ("ventricle", {"block_Ca": 100}, ventricular_cell, (25.0, 2.0), {"g_bar_s": 0.0}),
        ("relay", {}, thalamic_relay, (0.3, 400.0), {}),
    ],
)
def test_upstrokes_of_calcium_spike(cell, blocked, fine, stimulus, parameters):
    trace = fine_run(fine, pulse(*stimulus), 60.0, **parameters)
    assert explore("calcium_spike").model(cell=cell, **blocked)["upstroke"] == pytest.approx(own_upstroke(trace), rel=0.001)


def test_rebound_tells_the_steepest_of_its_spikes():
    """Eight spikes after inhibition; the first is the steepest, and samples every 0.25 ms would name another."""
    p, state, rows = np.zeros(calcium_spike.PARAMETERS), np.zeros(calcium_spike.STATES), np.zeros(9)
    rebound = float(calcium_spike.REBOUND)
    calcium_spike.set_up(rebound, 0.0, 0.0, p)
    calcium_spike.put_stimulus(rebound, 1.0, calcium_spike.begin(rebound, p, state), rows)
    times = np.arange(300_001) * 0.001
    samples = np.zeros(calcium_spike.STATES * len(times))
    assert calcium_spike.run(rebound, state, p, rows, times, len(times), samples, 0.001) == 8
    currents, own = np.zeros(calcium_spike.CHANNELS * len(times)), np.zeros(len(times))
    calcium_spike.currents_of(rebound, p, samples, len(times), currents, own)
    assert explore("calcium_spike").model(cell="rebound")["upstroke"] == pytest.approx(own.max(), rel=0.001)


@pytest.mark.parametrize(("temperature", "amplitude"), [(6.3, 10), (18.5, 40)])
def test_peak_and_trough_of_action_potential(temperature, amplitude):
    values = {"temperature_celsius": temperature, "amplitude": amplitude}
    c = explore("action_potential").defaults | values
    trace = fine_run(squid_axon, pulse(c["amplitude"], 1.0), 25.0, temperature_celsius=c["temperature_celsius"])
    found = explore("action_potential").model(**values)
    assert found["V_peak"] == pytest.approx(trace.V.max(), abs=0.05)  # 0.1 mV is shown
    assert found["t_peak"] == pytest.approx(trace.time[trace.V.argmax()], abs=0.005)
    assert found["V_trough"] == pytest.approx(trace.V.min(), abs=0.05)
    assert found["upstroke"] == pytest.approx(own_upstroke(trace), rel=0.01)


@pytest.mark.parametrize("V_step", [-45, -20, 0, 40, 60])
def test_peak_of_the_clamped_sodium_current(V_step):
    axon, found = voltage_clamp, explore("voltage_clamp").model(V_step=V_step)
    p, state, command = np.zeros(axon.PARAMETERS), np.zeros(axon.STATES), np.array([0.0, V_step, 0.0])
    axon.defaults(p)
    axon.steady_state(axon.HOLDING, p, state)
    times = np.arange(12_001) * 0.001
    samples = np.zeros(axon.STATES * len(times))
    axon.clamp(state, p, command, 1, 0.0, 12.0, times, len(times), samples, 0.01)
    _V, m, h, _n = samples.reshape(axon.STATES, -1)
    I = 0.001 * p[axon.P_NA] * m**3 * h * (V_step - p[axon.P_ENA])
    peak = 1 + np.argmax(np.abs(I[1:]))
    assert found["I_peak"] == pytest.approx(I[peak], rel=0.001)
    assert found["t_peak"] == pytest.approx(times[peak], abs=0.005)  # 0.01 ms is shown


def test_relative_refractory_period_ends_where_a_fine_search_says():
    axon, found = refractory_period, explore("refractory_period").model()
    p, resting, start = np.zeros(axon.PARAMETERS), np.zeros(axon.STATES), np.zeros(axon.STATES)
    controls = handed(explore("refractory_period"), explore("refractory_period").defaults)[0]
    axon.set_up(p, resting, controls)

    def thresholds(times):
        limits = []
        for time in times:
            axon.put_state(time, controls, p, resting, start)
            limits.append(axon.threshold(start, p))
        return np.array(limits)

    at_rest = axon.threshold(resting, p)
    times = np.arange(16.0, 17.2, 0.02)
    falls = times[np.flatnonzero(thresholds(times) < at_rest)[0]]
    assert found["recovered"] == pytest.approx(falls, abs=0.04)  # 0.1 ms is shown; thresholds are good to 0.07 %
    assert found["lowest"] == pytest.approx(thresholds(np.arange(18.0, 28.0, 0.1)).min() / at_rest, abs=0.003)


@pytest.mark.parametrize("temperature", [6.3, 16.0])
def test_rest_of_firing_rate_loses_stability_where_an_eigenvalue_does(temperature):
    lost = explore("firing_rate").model(temperature_celsius=temperature)["lost"]
    kernel, p = squid_axon.kernel, squid_axon.parameters(temperature_celsius=temperature)

    def growth(I):
        state, n = np.zeros(4), 4
        kernel.rest(p, I, state)
        jacobian = np.zeros((n, n))
        for j in range(n):
            ends = np.zeros((2, n))
            for row, sign in zip(ends, (-1.0, 1.0), strict=True):
                moved = state.copy()
                moved[j] += sign * 1e-6
                kernel.derivative(moved, p, I, row)
            jacobian[:, j] = (ends[1] - ends[0]) / 2e-6
        return np.linalg.eigvals(jacobian).real.max()

    assert growth(lost - 0.02) < 0.0 < growth(lost + 0.02)


def test_rhythm_of_firing_rate_lasts_above_its_foot_and_not_below():
    foot = explore("firing_rate").model()["foot"]
    for I, lasts in ((foot + 0.02, True), (foot - 0.02, False)):
        trace = current_clamp(squid_axon, Waveform(((0.0, 8.0, 0.0), (100.0, I, 0.0))), 1500.0, sample_every=0.1)
        assert (spike_times(trace.time, trace.V)[-1] > 1450.0) == lasts


def test_calcium_after_a_spike():
    trace = fine_run(mammalian_sk, pulse(40.0, 1.0), 60.0)
    found = explore("calcium_signal").model(protocol="pulse")
    assert found["Ca_peak"] == pytest.approx(1e3 * trace.calcium.max(), rel=0.001)
    assert len(spikes(trace)) == found["count"] == 1
