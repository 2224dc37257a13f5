"""Synapses: conductances in time that are what their formulas say, and runs that obey the equation with them in it."""

import math
import pickle

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from neurolib.cell import Cell
from neurolib.cells import squid_axon, thalamic_relay
from neurolib.channels import leak
from neurolib.export import load, save, to_pandas
from neurolib.protocols import NOTHING, per_area, pulse, ramp, sampled, step, union
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp, resume, voltage_clamp
from neurolib.synapses import Synapse, alpha, double_exponential

PASSIVE = Cell("passive", 1.5, (leak("L", 0.1, -70.0),), 20.0)
T = np.linspace(0.0, 60.0, 20011)
GLUTAMATE = Synapse(alpha(0.6, 1.5, onset=2.0), 0.0, "glutamate")
GABA = Synapse(double_exponential(0.3, 0.5, 6.0, onset=4.0), -75.0, "GABA")


def test_conductances_are_their_formulas():
    s = T - 3.0
    wanted = np.where(s >= 0.0, 0.2 * s / 2.0 * np.exp(1.0 - s / 2.0), 0.0)
    assert np.abs(alpha(0.2, 2.0, onset=3.0)(T) - wanted).max() < 1e-4 * 0.2
    assert alpha(0.2, 2.0, onset=3.0)(5.0) == pytest.approx(0.2, rel=1e-9)
    for rise, decay in ((0.5, 6.0), (1.0, 1.5), (0.05, 40.0)):
        shape = np.exp(-T / decay) - np.exp(-T / rise)
        top = math.log(decay / rise) * rise * decay / (decay - rise)
        norm = math.exp(-top / decay) - math.exp(-top / rise)
        g = double_exponential(0.2, rise, decay)
        assert np.abs(g(T) - 0.2 * shape / norm).max() < 1e-4 * 0.2
        assert g(T).max() == pytest.approx(0.2, rel=1e-3) and T[g(T).argmax()] == pytest.approx(top, abs=0.02 * decay)


def test_a_constant_conductance_charges_a_passive_cell_as_the_formula_says():
    """V goes to (g_L E_L + g E)/(g_L + g) with the time constant C/(g_L + g)."""
    trace = current_clamp(PASSIVE, NOTHING, 30.0, sample_every=0.1, synapses=Synapse(step(0.3), 10.0))
    end = (0.1 * -70.0 + 0.3 * 10.0) / 0.4
    assert np.allclose(trace.V, end + (-70.0 - end) * np.exp(-0.4 / 1.5 * trace.time), atol=1e-9)


@pytest.mark.parametrize("cell", [squid_axon, thalamic_relay], ids=lambda cell: cell.name)
def test_a_run_with_synapses_is_the_solution_of_the_equations_to_second_order(cell):
    """Each halving of the step takes a quarter of the error; the conductances have few edges, at which steps end anyway."""
    stimulus = ramp(0.0, 1.0, 10.0, 1.0)
    synapses = Synapse(pulse(0.3, 4.0) + ramp(0.0, 0.1, 8.0)), Synapse(ramp(0.0, 0.2, 8.0), -75.0)

    def end(dt):
        return current_clamp(cell, stimulus, 8.0, dt, sample_every=8.0, synapses=synapses).V[-1]

    exact = solved(cell, stimulus, synapses, 8.0)
    errors = [abs(end(dt) - exact) for dt in (0.02, 0.01, 0.005)]
    assert errors[0] / errors[1] > 3.5 and errors[1] / errors[2] > 3.5
    assert abs(exact - current_clamp(cell, stimulus, 8.0).V[-1]) > 1.0


def test_a_run_with_alpha_functions_is_the_solution_of_the_equations():
    found = current_clamp(squid_axon, NOTHING, 8.0, 0.005, sample_every=8.0, synapses=(GLUTAMATE, GABA)).V[-1]
    assert found == pytest.approx(solved(squid_axon, NOTHING, (GLUTAMATE, GABA), 8.0), abs=0.005)


def solved(cell, stimulus, synapses, t_end):
    """V at the end of a run by SciPy, in pieces between the edges of what drives it."""
    rest = find_rest(cell)

    def rate(t, y):
        out = np.empty(len(y))
        I_syn = sum(synapse.current(t, y[0]) for synapse in synapses)
        cell.kernel.derivative(y, rest.parameters, float(stimulus(t) - I_syn), out)
        return out

    edges = union(stimulus, *(synapse.conductance for synapse in synapses))
    y, t = rest.state, 0.0
    pieces = [edge for edge in edges if 0.0 < edge < t_end] if len(edges) < 20 else []
    for stop in [*pieces, t_end]:
        y = solve_ivp(rate, (t, stop), y, "LSODA", rtol=1e-10, atol=1e-12, max_step=0.02).y[:, -1]
        t = stop
    return y[0]


def test_synapses_add_up_and_none_is_none():
    plain = current_clamp(squid_axon, pulse(10.0, 1.0), 10.0)
    for none in ((), Synapse(NOTHING), Synapse(alpha(0.0, 2.0))):
        trace = current_clamp(squid_axon, pulse(10.0, 1.0), 10.0, synapses=none)
        assert np.allclose(trace.V, plain.V, atol=0.01) and not np.any(trace.I_syn)
    half = Synapse(alpha(0.3, 1.5, onset=2.0), 0.0)
    twice = current_clamp(squid_axon, duration=10.0, synapses=[half, half])
    once = current_clamp(squid_axon, duration=10.0, synapses=GLUTAMATE)
    assert np.allclose(twice.V, once.V, atol=1e-6) and once.V.max() > 0.0
    arrived = sum(alpha(0.1, 1.0).shifted(t) for t in (0.0, 3.0, 3.5))
    given = sampled(T, arrived(T))
    assert np.abs(Synapse(given, 0.0).current(T, -65.0) - Synapse(arrived, 0.0).current(T, -65.0)).max() < 0.01


def test_the_currents_of_a_trace_balance():
    trace = current_clamp(squid_axon, pulse(3.0, 1.0), 20.0, synapses=(GLUTAMATE, GABA))
    assert np.allclose(trace.I_syn, GLUTAMATE.current(trace.time, trace.V) + GABA.current(trace.time, trace.V))
    slope = np.gradient(trace.V, trace.time)
    quiet = (trace.time > 8.0) & (trace.time < 19.0)
    assert np.abs(slope - trace.dVdt)[quiet].max() < 0.01 < np.abs(trace.dVdt[quiet]).max()
    held = voltage_clamp(squid_axon, step(-75.0), 20.0, synapses=(GLUTAMATE, GABA))
    alone = voltage_clamp(squid_axon, step(-75.0), 20.0)
    assert np.allclose(held.I_stim - alone.I_stim, held.I_syn) and held.I_syn.min() < -40.0
    assert np.allclose(held.I_syn, GLUTAMATE.current(held.time, -75.0))  # GABA reverses there


def test_a_trace_with_synapses_goes_on_travels_and_is_kept(tmp_path):
    whole = current_clamp(squid_axon, NOTHING, 12.0, synapses=(GLUTAMATE, GABA))
    first = current_clamp(squid_axon, NOTHING, 5.0, synapses=(GLUTAMATE, GABA))
    assert np.allclose(resume(first, 7.0).V, whole.V[500:], atol=1e-6)
    assert not np.any(resume(first, 7.0, synapses=()).I_syn)
    save(whole, tmp_path / "run.npz")
    for again in (pickle.loads(pickle.dumps(whole)), load(tmp_path / "run.npz", squid_axon)):
        assert again.synapses == whole.synapses and np.array_equal(again.dVdt, whole.dVdt)
    assert np.array_equal(to_pandas(whole)["I_syn"], whole.I_syn)
    assert "I_syn" not in to_pandas(current_clamp(squid_axon, NOTHING, 1.0))


def test_microsiemens_into_an_area():
    """1 nS into 1000 µm² is 0.1 mS/cm²; with the driving force in mV the two give the same current."""
    assert per_area(1e-3, 1000.0) == pytest.approx(0.1)
    assert per_area(1e-3 * 65.0, 1000.0) == pytest.approx(per_area(1e-3, 1000.0) * 65.0)


BAD = {
    r"conductance = 0.1: a waveform of neurolib.protocols is wanted, in mS/cm²": lambda: Synapse(0.1),
    r"conductance = a pulse of -1 .*: it falls below 0 mS/cm²": lambda: Synapse(pulse(-1.0, 1.0)),
    r"conductance = a ramp from 1 to -1 .*: it falls below 0": lambda: Synapse(ramp(1.0, -1.0, 2.0)),
    r"E_rev = 300.0 mV": lambda: Synapse(pulse(1.0, 1.0), 300.0),
    r"peak = -0.1 mS/cm²": lambda: alpha(-0.1, 1.0),
    r"tau = 0.0 ms": lambda: alpha(0.1, 0.0),
    r"rise = 3.0 ms: rise has to be above 0 and below 2": lambda: double_exponential(0.1, 3.0, 2.0),
    r"synapses = 'a waveform': a Synapse or several are wanted, such as Synapse\(alpha":
        lambda: current_clamp(squid_axon, synapses="a waveform"),
    r"synapses = \[.*\]: a Synapse or several": lambda: voltage_clamp(squid_axon, step(0.0), 5.0, synapses=[alpha(0.1, 1.0)]),
}


@pytest.mark.parametrize("said", BAD)
def test_what_is_no_synapse_is_named(said):
    with pytest.raises(ValueError, match=said):
        BAD[said]()
