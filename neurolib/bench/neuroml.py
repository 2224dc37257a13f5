"""Membranes and channels as NeuroML 2, and back, as far as its standard types have their forms; the rest is named."""

import re
from xml.etree import ElementTree

from neurolib.bench.description import MOST_POWER, check_membrane
from neurolib.checks import require_whole
from neurolib.constants import VALENCE
from neurolib.electrochemistry import nernst

SPACE = "http://www.neuroml.org/schema/neuroml2"
SCHEMA = f"{SPACE} https://raw.github.com/NeuroML/NeuroML2/development/Schemas/NeuroML2/NeuroML_v2.3.xsd"
RATES = {"exp": "HHExpRate", "sigmoid": "HHSigmoidRate", "exp_linear": "HHExpLinearRate"}
VARIABLES = {"exp": "HHExpVariable", "sigmoid": "HHSigmoidVariable", "exp_linear": "HHExpLinearVariable"}
FORMS = {name: form for table in (RATES, VARIABLES) for form, name in table.items()}
PARTS = {"forwardRate": "alpha", "reverseRate": "beta", "steadyState": "inf", "timeCourse": "tau"}
GATES = {"gateHHrates": ("alpha", "beta"), "gateHHtauInf": ("inf", "tau"), "gateHHInstantaneous": ("inf",)}
UNITS = {
    "per_ms": 1.0, "per_s": 1e-3, "Hz": 1e-3, "ms": 1.0, "s": 1e3, "us": 1e-3, "mV": 1.0, "V": 1e3, "degC": 1.0, "": 1.0,
    "mS_per_cm2": 1.0, "S_per_cm2": 1e3, "S_per_m2": 0.1, "uF_per_cm2": 1.0, "F_per_m2": 100.0,
}  # fmt: skip
QUANTITY = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(\w*)\s*")
CHANNELS = "ionChannel", "ionChannelHH", "ionChannelPassive"
SAID = {"notes", "annotation", "property"}


def to_neuroml(membrane, name="bench"):
    """NeuroML 2 of ``membrane``: its channels, a cell of one compartment and a network at its temperature; a text.

    Reversal potentials by Nernst become numbers. Raises ``ValueError`` that names the part for what NeuroML's standard types
    have no form for: constant fields, calcium, a pump, and curves other than exp, sigmoid and exp_linear, constant as τ.
    """
    membrane = check_membrane(membrane)
    for part in ("pool", "pump"):
        if membrane[part]:
            raise ValueError(f"membrane: {part}: NeuroML's standard types have no form for it: export NMODL, or take it out")
    root = ElementTree.Element("neuroml", {"xmlns": SPACE, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                                           "xsi:schemaLocation": SCHEMA, "id": name})  # fmt: skip
    for channel in membrane["channels"]:
        _put_channel(root, channel)
    _put_cell(root, membrane, name)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _put_channel(root, channel):
    place = f"channel {channel['name']}"
    if channel["drive"]["form"] == "constant_field":
        raise ValueError(f"{place}, drive: a constant field has no form in NeuroML's standard channels: export NMODL, or make "
                         "it ohmic")
    if channel["calcium"] or channel["carries_calcium"]:
        raise ValueError(f"{place}, calcium: NeuroML's standard channels have no form for it: export NMODL")
    element = ElementTree.SubElement(root, "ionChannelHH", {"id": channel["name"], "conductance": "10pS"})
    for gate in channel["gates"]:
        _put_gate(element, f"{place}, gate {gate['name']}", gate)


def _put_gate(channel, place, gate):
    if gate["calcium"]:
        raise ValueError(f"{place}, calcium: NeuroML's standard gates have no form for it: export NMODL")
    if gate["speed"] != 1.0 and gate["q10"] != 1.0:
        raise ValueError(f"{place}: speed and q10 at once: NeuroML has one of them: make one of them 1")
    kind = "gateHHrates" if "alpha" in gate else "gateHHtauInf" if gate["tau"] else "gateHHInstantaneous"
    element = ElementTree.SubElement(channel, kind, {"id": gate["name"], "instances": str(gate["power"])})
    if gate["speed"] != 1.0:
        ElementTree.SubElement(element, "q10Settings", {"type": "q10Fixed", "fixedQ10": repr(gate["speed"])})
    elif gate["q10"] != 1.0:
        ElementTree.SubElement(element, "q10Settings", {"type": "q10ExpTemp", "q10Factor": repr(gate["q10"]),
                                                        "experimentalTemp": f"{gate['reference']!r}degC"})  # fmt: skip
    for part, role in PARTS.items():
        if gate.get(role):
            ElementTree.SubElement(element, part, _curve(f"{place}, {role}", role, gate[role]))


def _curve(place, role, curve):
    form = curve["form"]
    if role == "tau" and form == "constant":
        return {"type": "fixedTimeCourse", "tau": f"{curve['rate']!r}ms"}
    table, unit = (VARIABLES, "") if role == "inf" else (RATES, "per_ms")
    if role == "tau" or form not in table:
        raise ValueError(f"{place}: form {form}: NeuroML's standard types have no form for it here: export NMODL, or choose "
                         f"{'constant' if role == 'tau' else ', '.join(table)}")
    return {"type": table[form], "rate": f"{curve['rate']!r}{unit}", "midpoint": f"{curve['midpoint']!r}mV",
            "scale": f"{curve['scale']!r}mV"}  # fmt: skip


def _put_cell(root, membrane, name):
    cell = ElementTree.SubElement(root, "cell", {"id": f"{name}_cell"})
    segment = ElementTree.SubElement(ElementTree.SubElement(cell, "morphology", {"id": "one"}), "segment", {"id": "0"})
    for end, x in (("proximal", "0"), ("distal", "17.841241161527712")):  # a cylinder of 1e-5 cm²
        ElementTree.SubElement(segment, end, {"x": x, "y": "0", "z": "0", "diameter": "17.841241161527712"})
    physics = ElementTree.SubElement(cell, "biophysicalProperties", {"id": "membrane"})
    properties = ElementTree.SubElement(physics, "membraneProperties")
    for channel in membrane["channels"]:
        drive = channel["drive"]
        ion = drive.get("ion")
        E = drive["E"] if ion is None else nernst(VALENCE[ion], *membrane["ions"][ion][::-1], membrane["temperature"])
        ElementTree.SubElement(properties, "channelDensity", {
            "id": f"{channel['name']}_all", "ionChannel": channel["name"], "erev": f"{E!r}mV",
            "condDensity": f"{channel['g'] * channel['scale']!r}mS_per_cm2", "ion": ion.lower() if ion else "non_specific",
        })  # fmt: skip
    for part, value in (("spikeThresh", "0mV"), ("specificCapacitance", f"{membrane['C_m']!r}uF_per_cm2"),
                        ("initMembPotential", "-65mV")):
        ElementTree.SubElement(properties, part, {"value": value})
    inside = ElementTree.SubElement(physics, "intracellularProperties")
    ElementTree.SubElement(inside, "resistivity", {"value": "0.1kohm_cm"})
    network = ElementTree.SubElement(root, "network", {"id": f"{name}_network", "type": "networkWithTemperature",
                                                       "temperature": f"{membrane['temperature']!r}degC"})  # fmt: skip
    ElementTree.SubElement(network, "population", {"id": "cells", "component": f"{name}_cell", "size": "1"})


def from_neuroml(text):
    """The membrane in a NeuroML 2 text that has a cell; channels alone have 1 mS/cm² and reverse at 0 mV.

    Raises ``ValueError`` that names the part for what has no form here.
    """
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError(f"NeuroML: the text is no XML: {error}") from None
    kinds = "channelDensity", "specificCapacitance", "network"
    parts = {kind: [element for element in root.iter() if _kind(element) == kind] for kind in kinds}
    channels = {element.get("id"): _channel(element) for element in root.iter() if _kind(element) in CHANNELS}
    if not channels:
        raise ValueError(f"NeuroML: {', '.join(sorted({_kind(e) for e in root})) or 'an empty file'}: a file with ionChannel, "
                         "ionChannelHH or ionChannelPassive is wanted")
    for element in root.iter():
        if _kind(element).startswith("channelDensity") and _kind(element) != "channelDensity":
            raise ValueError(f"NeuroML: {_kind(element)} {element.get('id')}: only channelDensity is supported")
        if _kind(element) == "channelPopulation" or _kind(element) == "ComponentType":
            raise ValueError(f"NeuroML: {_kind(element)}: it is not supported")
    described = []
    for density in parts["channelDensity"]:
        name, own = density.get("ionChannel"), density.get("id")
        if name not in channels:
            raise ValueError(f"NeuroML: channelDensity {own}: its channel {name} is not in the file")
        channel = channels[name]
        name = own if name in [other["name"] for other in described] else name
        drive = {"form": "ohmic", "E": _quantity(density, "erev")}
        described.append(channel | {"name": _named(name), "g": _quantity(density, "condDensity"), "drive": drive})
    capacitance = [_quantity(element, "value") for element in parts["specificCapacitance"]]
    temperature = [_quantity(element, "temperature") for element in parts["network"] if element.get("temperature")]
    return check_membrane({"C_m": capacitance[0] if capacitance else 1.0, "temperature": temperature[0] if temperature else 6.3,
                           "channels": described or list(channels.values())})  # fmt: skip


def _kind(element):
    return element.tag.split("}")[-1]


def _named(name):
    return re.sub(r"^(?=\d)", "_", re.sub(r"\W", "_", name or "X"))[:24]


def _quantity(element, name):
    match = QUANTITY.fullmatch(element.get(name) or "")
    if not match or match[2] not in UNITS:
        raise ValueError(f"NeuroML: {_kind(element)} {element.get('id', '')}: {name} = {element.get(name)!r}: a number is "
                         f"wanted with one of the units {', '.join(filter(None, UNITS))}")
    return float(match[1]) * UNITS[match[2]]


def _instances(place, text):
    return require_whole(f"{place}: instances", int(text) if text.isdecimal() else text, 1, MOST_POWER)


def _channel(element):
    name = element.get("id")
    gates = []
    for child in element:
        if _kind(child) in SAID:
            continue
        kind = child.get("type") if _kind(child) == "gate" else _kind(child)
        if kind not in GATES:
            raise ValueError(f"NeuroML: channel {name}: {kind or _kind(child)} {child.get('id', '')}: it is not supported: "
                             f"{', '.join(GATES)} are")
        gates.append(_gate(f"NeuroML: channel {name}, gate {child.get('id')}", child, GATES[kind]))
    return {"name": _named(name), "g": 1.0, "drive": {"form": "ohmic", "E": 0.0}, "gates": gates}


def _gate(place, element, roles):
    gate = {"name": _named(element.get("id")), "power": _instances(place, element.get("instances", "1"))}
    if roles == ("inf",):
        gate["tau"] = None
    for child in element:
        kind, form = _kind(child), child.get("type")
        if kind in SAID:
            continue
        if kind == "q10Settings" and form == "q10ExpTemp":
            gate |= {"q10": _quantity(child, "q10Factor"), "reference": _quantity(child, "experimentalTemp")}
        elif kind == "q10Settings" and form == "q10Fixed":
            gate["speed"] = _quantity(child, "fixedQ10")
        elif PARTS.get(kind) not in roles:
            raise ValueError(f"{place}: {kind} {form or ''}: it is not supported")
        elif form == "fixedTimeCourse":
            gate[PARTS[kind]] = {"form": "constant", "rate": _quantity(child, "tau")}
        elif form in FORMS:
            gate[PARTS[kind]] = {"form": FORMS[form]} | {name: _quantity(child, name) for name in ("rate", "midpoint", "scale")}
        else:
            raise ValueError(f"{place}: {kind} {form or ''}: it is not supported: fixedTimeCourse, {', '.join(FORMS)} are")
    return gate
