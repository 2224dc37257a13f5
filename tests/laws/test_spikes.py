"""Spikes are read off whatever holds a voltage against time."""


from neurolib.cells import squid_axon
from neurolib.protocols import pulse, step
from neurolib.simulate import Trace, current_clamp
from neurolib.spikes import spikes


def test_a_trace_without_a_spike_has_none():
    assert spikes(current_clamp(squid_axon, pulse(1.0, 1.0))) == ()
    assert spikes(current_clamp(squid_axon, duration=5.0), level=-80.0) == ()


def test_currents_are_added_up_once_for_all_spikes(monkeypatch):
    trace, asked = current_clamp(squid_axon, step(10.0), 300.0), []
    I_ion = Trace.I_ion.fget
    monkeypatch.setattr(Trace, "I_ion", property(lambda self: asked.append(1) or I_ion(self)))
    assert len(spikes(trace)) == 21 and len(asked) <= 2
