"""What a first mistake is told: what was given, what is wanted, and how it is written."""

import numpy as np
import pytest

from neurolib import cells
from neurolib.cable import Cable, Electrode, squid_cable
from neurolib.cells import mammalian_bk, squid_axon
from neurolib.checks import did_you_mean
from neurolib.constants import MAMMAL
from neurolib.excitability import firing_rates, shortest_interval, threshold_current
from neurolib.explorers import explore
from neurolib.potentials import equilibrium_potential, goldman_potential
from neurolib.protocols import pulse
from neurolib.rest import find_rest
from neurolib.simulate import current_clamp, voltage_clamp

FIRST = {
    "a number": (lambda: current_clamp(squid_axon, 10.0), r"stimulus = 10.0: a waveform.*step\(10\).*pulse\(10, 1.0\)"),
    "a function": (lambda: current_clamp(squid_axon, lambda t: 10.0), r"stimulus = <function.*sampled\(t, \[f\(x\)"),
    "an array": (lambda: current_clamp(squid_axon, np.ones(500)), r"stimulus = an array of shape \(500,\).*sampled\(times"),
    "a list": (lambda: current_clamp(squid_axon, [0.0, 10.0]), r"stimulus = \[0.0, 10.0\].*sampled\(times, values\)"),
    "a word": (lambda: current_clamp(squid_axon, "pulse"), r"stimulus = 'pulse'.*make one by step, pulse"),
    "a level to clamp to": (lambda: voltage_clamp(squid_axon, -20, 5.0), r"command = -20: .*mV.*step\(-20\)"),
    "a number to add": (lambda: threshold_current(squid_axon, 1.0, conditioning=5.0), r"conditioning = 5.0: .*step\(5\)"),
    "a cell by name": (lambda: current_clamp("mammalian_bk", pulse(1.0, 1.0)), r"cell = 'mammalian_bk'.*import mammalian_bk"),
    "a cell by name, to rest": (lambda: find_rest("squid"), r"cell = 'squid'.*from neurolib.cells import"),
    "a cable by name": (lambda: Cable("squid_axon"), r"cell = 'squid_axon'"),
    "no cell": (lambda: firing_rates(None, [1.0]), r"cell = None: a Cell is wanted"),
    "one electrode": (lambda: squid_cable(10.0).stimulate(Electrode()), r"electrodes = Electrode\(.*\(Electrode\("),
    "a waveform for a cable": (lambda: squid_cable(10.0).stimulate([pulse(1.0, 1.0)]), r"a sequence of Electrode is wanted"),
    "a dict of ions": (lambda: goldman_potential({"K_in": 140}, 1, 1, 1, 37.0), r"ions = \{'K_in': 140\}: an Ions.*MAMMAL"),
    "ions by name": (lambda: goldman_potential("mammal", 1, 1, 1, 37.0), r"ions = 'mammal': an Ions"),
    "two values for one": (lambda: find_rest(squid_axon, g_bar_Na=[60, 120]), r"g_bar_Na = \[60, 120\].*one number, at least"),
    "a word for a number": (lambda: pulse("10", 1.0), r"amplitude = '10': amplitude has to be one finite number"),
    "a gate above 1": (lambda: current_clamp(squid_axon, start=[-65.0, 1.2, 0.6, 0.3]), r"start: gate m_Na = 1.2: .* 0 and 1"),
    "a gate below 0": (lambda: current_clamp(squid_axon, start=[-65.0, 0.1, -0.6, 0.3]), r"start: gate h_Na = -0.6"),
    "volts": (lambda: current_clamp(squid_axon, start=[-650.0, 0.1, 0.6, 0.3]), r"start: V = -650.0 mV"),
    "too short a start": (lambda: firing_rates(squid_axon, [5.0], start=[-65.0]), r"start = \[-65.0\]: .* V, m_Na, h_Na, n_K"),
    "a start of nan": (lambda: firing_rates(squid_axon, [5.0], start=[np.nan] * 4), r"start = .*all finite"),
    "a start without calcium": (
        lambda: current_clamp(mammalian_bk, start=[*find_rest(mammalian_bk).state[:-1], 0.0]), r"start: Ca = 0.0 mM"),
    "another cell's rest": (
        lambda: current_clamp(squid_axon, start=find_rest(mammalian_bk)), r"start: it is of mammalian_bk.*squid_axon"),
    "low above high": (lambda: shortest_interval(squid_axon, 20.0, low=60.0, high=1.0), r"low = 60.0 ms: .*below 1 ms"),
    "no second pulse": (lambda: shortest_interval(squid_axon, np.nan), r"second = nan"),
    "no level": (lambda: firing_rates(squid_axon, [5.0], level=np.nan), r"level = nan"),
    "a short name": (lambda: find_rest(squid_axon, g_Na=60.0), r"parameter = 'g_Na': did you mean 'g_bar_Na'\? "),
    "a wrong case": (lambda: find_rest(squid_axon, e_na=60.0), r"did you mean 'E_Na'"),
    "a short word": (lambda: find_rest(squid_axon, temperature=20.0), r"did you mean 'temperature_celsius'"),
    "a slip": (lambda: current_clamp(squid_axon, temprature_celsius=20.0), r"did you mean 'temperature_celsius'"),
    "a state": (lambda: current_clamp(squid_axon)["v"], r"state = 'v': did you mean 'V'"),
    "a channel": (lambda: current_clamp(mammalian_bk).current("bk"), r"channel = 'bk': did you mean 'BK'"),
    "a channel of a cell": (lambda: mammalian_bk.channel("CaT"), r"channel = 'CaT': did you mean 'CaL'"),
    "a gate": (lambda: squid_axon.channel("Na").gate("M"), r"gate = 'M': did you mean 'm'"),
    "an argument": (lambda: current_clamp(squid_axon, duratoin=20.0), r"duratoin = 20.0: did you mean 'duration'"),
    "a field of a cell": (lambda: squid_axon.with_(Cm=2.0), r"field of Cell = 'Cm': did you mean 'C_m'"),
    "a field of a channel": (lambda: squid_axon.channel("Na").with_(gbar=2.0), r"field of Channel .*did you mean 'g_bar'"),
    "an explorer": (lambda: explore("nerst"), r"'nerst' is not an explorer: did you mean 'nernst'"),
    "a control": (lambda: explore("nernst").model(Vm=-70), r"Vm is not a control of nernst: did you mean 'V_m'"),
    "an ion": (lambda: equilibrium_potential("na", 10.0, 100.0, 20.0), r"ion = 'na': did you mean 'Na'"),
    "an ion inside": (lambda: MAMMAL.inside("ca"), r"ion = 'ca': did you mean 'Ca'"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "said"), FIRST.values(), ids=FIRST)
def test_a_first_mistake_is_told_what_is_wanted(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_a_cell_that_is_not_there_is_guessed():
    with pytest.raises(AttributeError, match="no cell 'squid_axn': did you mean 'squid_axon'"):
        _ = cells.squid_axn
    assert not hasattr(cells, "__wrapped__")


def test_what_is_meant_is_guessed_from_few_letters_and_not_from_none():
    names = squid_axon.parameter_names
    assert [did_you_mean(name, names) for name in ("", "xyz", 7, None, [])] == [""] * 5
    assert did_you_mean("gNa", names) == "did you mean 'g_bar_Na'? " and "'rate_h_Na'" in did_you_mean("rateh", names)


def test_what_a_message_shows_works():
    import neurolib.protocols as p

    t = np.linspace(0.0, 50.0, 5001)
    for stimulus in (p.step(10), p.pulse(10, 1.0), p.sampled(t, [np.sin(x) for x in t])):
        assert current_clamp(squid_axon, stimulus, 1.0).V[-1] > -65.0
    assert voltage_clamp(squid_axon, p.step(-20), 5.0).V[-1] == -20.0
    assert len(squid_cable(10.0).stimulate((Electrode(position=0.0, amplitude=1000.0),), 0.5).V) == 50


def test_a_run_starts_from_a_rest_or_from_where_another_ended():
    rest = find_rest(squid_axon, 5.0)
    by_array, by_rest = (current_clamp(squid_axon, pulse(1.0, 1.0), 5.0, start=start) for start in (rest.state, rest))
    assert np.array_equal(by_array.samples, by_rest.samples) and by_rest.V[0] == rest.V
    whole = current_clamp(squid_axon, pulse(20.0, 0.5), 10.0)
    half = current_clamp(squid_axon, pulse(20.0, 0.5), 5.0)
    assert np.allclose(current_clamp(squid_axon, duration=5.0, start=half).samples, whole.samples[:, 500:], atol=1e-9)
    assert np.array_equal(rest.state, find_rest(squid_axon, 5.0).state)  # not written over
    assert firing_rates(squid_axon, [7.0], start=whole)[0] >= 0.0
