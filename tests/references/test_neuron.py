"""Against NEURON, where it is installed: ten random stimuli and temperatures, in one run."""

import numpy as np
import pytest

from neurolib import cells
from neurolib.protocols import pulse
from neurolib.simulate import current_clamp
from neurolib.spikes import index_of_maximum, vertex

neuron = pytest.importorskip("neuron")


def neuron_peak(h, amplitude, duration, temperature_celsius):
    """Peak time and voltage by CVODE at tight tolerance, with exact rates and the same leak."""
    section = h.Section(name="patch")
    section.L = section.diam = 20.0
    section.insert("hh")
    section(0.5).hh.el = -54.387
    h.usetable_hh = 0
    h.celsius = temperature_celsius
    area = section(0.5).area() * 1e-8
    clamp = h.IClamp(section(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1.0, duration, amplitude * area * 1e3
    solver = h.CVode()
    solver.active(1)
    solver.atol(1e-10)
    solver.rtol(1e-10)
    t, V = h.Vector().record(h._ref_t), h.Vector().record(section(0.5)._ref_v)
    rest = current_clamp(cells.squid_axon, duration=1.0, temperature_celsius=temperature_celsius)
    h.finitialize(float(rest.V[0]))
    h.continuerun(15.0)
    solver.active(0)
    t, V = np.array(t), np.array(V)
    after = t > 1.0
    t, V = t[after] - 1.0, V[after]
    keep = np.append(True, np.diff(t) > 1e-9)
    t, V = np.ascontiguousarray(t[keep]), np.ascontiguousarray(V[keep])
    return vertex(t, V, index_of_maximum(V, 0, len(V)), len(V))


def test_peak_of_ten_random_spikes():
    neuron.h.load_file("stdrun.hoc")
    random = np.random.default_rng(1952)
    for _ in range(10):
        amplitude, duration, temperature = random.uniform(10, 60), random.uniform(1.0, 2.0), random.uniform(3.0, 14.0)
        trace = current_clamp(cells.squid_axon, pulse(amplitude, duration), 14.0, dt=0.01,
                              temperature_celsius=temperature)
        V = np.ascontiguousarray(trace.V)
        t_peak, peak = vertex(trace.time, V, index_of_maximum(V, 0, len(V)), len(V))
        t_neuron, V_neuron = neuron_peak(neuron.h, amplitude, duration, temperature)
        assert peak == pytest.approx(V_neuron, abs=0.02)
        assert t_peak == pytest.approx(t_neuron, abs=0.005)
