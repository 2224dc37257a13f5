"""NeuroML 2 of the bench: what goes out comes back with the same numbers; what has no form there or here is named."""

import re

import numpy as np
import pytest

from neurolib.bench import run
from neurolib.bench.catalogue import membranes
from neurolib.bench.neuroml import from_neuroml, to_neuroml

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


def test_what_has_no_form_is_named():
    names = {"mammalian_rectifying_leak": "channel KL, drive: a constant field", "mammalian_bk": "membrane: pool",
             "mammalian_m_current": "channel M, gate p, tau: form bell"}  # fmt: skip
    for name, says in names.items():
        with pytest.raises(ValueError, match=f"^{says}"):
            to_neuroml(MEMBRANES[name])
    wrong = {
        "NeuroML: the text is no XML": "<neuroml",
        "NeuroML: cell": "<neuroml><cell/></neuroml>",
        "NeuroML: channel kdr-1: gateKS": CHANNEL.replace('type="gateHHrates"', 'type="gateKS"'),
        "NeuroML: channel kdr-1, gate n: forwardRate own_rate": CHANNEL.replace("HHExpLinearRate", "own_rate"),
        "NeuroML: forwardRate : scale = '10mm'": CHANNEL.replace('scale="10mV"', 'scale="10mm"'),
        "channel kdr_1, gate n: alpha is missing": re.sub("<forwardRate.*", "", CHANNEL),
    }
    for says, text in wrong.items():
        with pytest.raises(ValueError, match=f"^{says}"):
            from_neuroml(text)
