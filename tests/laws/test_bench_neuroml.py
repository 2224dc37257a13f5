"""NeuroML 2 of the bench: what goes out comes back with the same numbers; what has no form there or here is named."""

import copy
import re

import numpy as np
import pytest

from neurolib.bench import run
from neurolib.bench.catalogue import membranes
from neurolib.bench.neuroml import to_neuroml
from neurolib.bench.neuroml_in import from_neuroml
from neurolib.bench.xml import number

MEMBRANES = membranes()
PULSE = {"clamp": "current", "kind": "pulse", "base": 0.0, "duration": 20.0, "onset": 5.0, "width": 1.0, "amplitude": 30.0}
# A channel as files in the field have it: other units, the gate's type as an attribute, an instantaneous gate.
CHANNEL = """<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="file"><notes>text</notes>
<ionChannel id="kdr-1" type="ionChannelHH" conductance="1pS" species="k"><notes>text</notes>
  <gate id="n" type="gateHHrates" instances="4"><q10Settings type="q10Fixed" fixedQ10="2"/>
    <forwardRate type="HHExpLinearRate" rate="100 per_s" midpoint="-0.055V" scale="10mV"/>
    <reverseRate type="HHExpRate" rate="1.25e-1per_ms" midpoint="-65 mV" scale="-80mV"/></gate>
  <gateHHInstantaneous id="q" instances="1"><steadyState type="HHSigmoidVariable" rate="1" midpoint="-20mV" scale="5mV"/>
  </gateHHInstantaneous>
</ionChannel></neuroml>"""


@pytest.mark.parametrize("name", ["squid_axon", "squid_axon_split_leak", "mammalian_neuron"])
def test_there_and_back(name):
    membrane = from_neuroml(to_neuroml(MEMBRANES[name]))
    there, back = (run({"membrane": m, "protocol": PULSE}) for m in (MEMBRANES[name], membrane))
    assert np.array_equal(there.trace.V, back.trace.V)
    assert there.trace.V.max() > 20.0


def test_a_reversal_potential_by_nernst_becomes_a_number():
    membrane = MEMBRANES["squid_axon"] | {"channels": [
        MEMBRANES["squid_axon"]["channels"][1] | {"drive": {"form": "nernst", "ion": "K"}, "scale": 0.5}]}  # fmt: skip
    (channel,) = from_neuroml(to_neuroml(membrane))["channels"]
    assert channel["drive"]["E"] == pytest.approx(24.08 * np.log(10.0 / 400.0), abs=0.01)
    assert channel["g"] == pytest.approx(18.0)


def test_a_channel_of_the_field():
    (channel,) = from_neuroml(CHANNEL)["channels"]
    n, q = channel["gates"]
    assert (channel["name"], channel["g"], n["speed"], n["power"]) == ("kdr_1", 1.0, 2.0, 4)
    assert n["alpha"] == {"form": "exp_linear", "rate": pytest.approx(0.1), "midpoint": -55.0, "scale": 10.0}
    assert q["tau"] is None


def with_channel(cell, **changes):
    """A cell of the catalogue, its last channel changed."""
    membrane = copy.deepcopy(MEMBRANES[cell])
    membrane["channels"][-1] |= changes
    return membrane


def test_what_neuroml_has_no_form_for_is_named():
    ohmic = {"form": "ohmic", "E": -20.0}
    wrong = {
        "channel KL, drive: NeuroML has constant fields for calcium alone": MEMBRANES["mammalian_rectifying_leak"],
        "membrane: pump: NeuroML": MEMBRANES["squid_axon"] | {"pump": 0.1},
        "channel T, drive: in NeuroML every current": with_channel("thalamic_relay", carries_calcium=False),
        "channel T, drive: its current may leave": with_channel("thalamic_relay", drive=ohmic, g=0.1),
    }
    for says, membrane in wrong.items():
        with pytest.raises(ValueError, match=f"^{says}"):
            to_neuroml(membrane)
    membrane = wrong["channel T, drive: its current may leave"]
    assert "<channelDensity id=\"T_all\"" in to_neuroml(membrane | {"pool": membrane["pool"] | {"rectified": False}})
    renamed = with_channel("squid_axon", name="bench_cell")
    assert 'id="bench0_cell"' in to_neuroml(renamed)


def test_numbers_are_written_as_in_the_page():
    for value, text in ((1.0, "1"), (-0.1, "-0.1"), (1e-6, "0.000001"), (1.5e-7, "1.5e-7"), (1e21, "1e+21"), (0.0, "0")):
        assert number(value) == text


def with_density(cell, more="", head=""):
    """CHANNEL with a cell around its density."""
    return CHANNEL.replace("</neuroml>", f"""{head}<cell id="c"><morphology><segment id="0"/></morphology>
        <biophysicalProperties><membraneProperties>{cell}<specificCapacitance value="1uF_per_cm2"/></membraneProperties>
        </biophysicalProperties></cell>
        {more}</neuroml>""")


DENSITY = '<channelDensity id="d" ionChannel="kdr-1" condDensity="36mS_per_cm2" erev="-77mV" segmentGroup="all"/>'


def test_names_and_temperatures_of_the_field():
    """A dash becomes an underscore, and two names that would be one then are two; gates say how warm they were measured."""
    other = CHANNEL[CHANNEL.index("<ionChannel ") : CHANNEL.index("</neuroml>")].replace("kdr-1", "kdr_1")
    warm = 'type="q10ExpTemp" q10Factor="3" experimentalTemp="22degC"'
    text = with_density(DENSITY + DENSITY.replace("kdr-1", "kdr_1"), head=other).replace('type="q10Fixed" fixedQ10="2"', warm)
    membrane = from_neuroml(text)
    assert [channel["name"] for channel in membrane["channels"]] == ["kdr_1", "kdr_1_2"]
    assert membrane["temperature"] == 22.0 and membrane["channels"][1]["drive"] == {"form": "ohmic", "E": -77.0}
    network = '<network id="n" type="networkWithTemperature" temperature="30degC"/>'
    assert from_neuroml(text.replace("</neuroml>", f"{network}</neuroml>"))["temperature"] == 30.0
    with pytest.raises(ValueError, match=r"^NeuroML: temperature: 30, 31: one value is wanted"):
        from_neuroml(text.replace("</neuroml>", f"{network}{network.replace('30', '31')}</neuroml>"))
    with pytest.raises(ValueError, match=r"^NeuroML: experimentalTemp, in a file without a network's temperature: 22, 23"):
        from_neuroml(text.replace("22degC", "23degC", 1))


def test_what_has_no_form_here_is_named():
    wrong = {
        "NeuroML: the text is no XML": "<neuroml",
        "NeuroML: cell": "<neuroml><cell/></neuroml>",
        "NeuroML: channel kdr-1: gateKS": CHANNEL.replace('type="gateHHrates"', 'type="gateKS"'),
        "NeuroML: channel kdr-1, gate n: forwardRate own_rate": CHANNEL.replace("HHExpLinearRate", "own_rate"),
        "NeuroML: forwardRate : scale = '10mm'": CHANNEL.replace('scale="10mV"', 'scale="10mm"'),
        "NeuroML: forwardRate : scale = '10per_s'": CHANNEL.replace('scale="10mV"', 'scale="10per_s"'),
        "NeuroML: steadyState : rate = '1per_ms': a number is wanted without a unit": CHANNEL.replace(
            'rate="1"', 'rate="1per_ms"'),
        "channel kdr_1, gate n: alpha is missing": re.sub("<forwardRate.*", "", CHANNEL),
        "NeuroML: cells c, e: one cell": with_density(DENSITY, '<cell id="e"/>'),
        "NeuroML: cell c: 2 segments": with_density(DENSITY).replace('<segment id="0"/>', '<segment id="0"/><segment id="1"/>'),
        "NeuroML: channelDensityGHK d": with_density(DENSITY.replace("channelDensity ", "channelDensityGHK ")),
        "NeuroML: channelDensity d: its channel Na": with_density(DENSITY.replace("kdr-1", "Na")),
        "NeuroML: specificCapacitance: 1, 2": with_density(DENSITY + '<specificCapacitance value="2uF_per_cm2"/>'),
        "NeuroML: ComponentType own": with_density(DENSITY, '<ComponentType name="own"/>'),
        "NeuroML: include other": with_density(DENSITY, '<include href="other"/>'),
        "NeuroML: channel kdr-1: two have this id": with_density(
            DENSITY, CHANNEL[CHANNEL.index("<ionChannel ") : CHANNEL.index("</neuroml>")]),
    }  # fmt: skip
    for says, text in wrong.items():
        with pytest.raises(ValueError, match=f"^{says}"):
            from_neuroml(text)
