"""Membranes and channels from NeuroML 2, as far as its standard types have forms here; any other part is named."""

import re
from xml.etree import ElementTree

from neurolib.bench.description import MOST_POWER, check_membrane
from neurolib.bench.neuroml import PARTS, RATES, VARIABLES
from neurolib.checks import require_whole

FORMS = {name: form for table in (RATES, VARIABLES) for form, name in table.items()}
GATES = {"gateHHrates": ("alpha", "beta"), "gateHHtauInf": ("inf", "tau"), "gateHHInstantaneous": ("inf",)}
UNITS = {
    "per_time": {"per_ms": 1.0, "per_s": 1e-3, "Hz": 1e-3}, "time": {"ms": 1.0, "s": 1e3}, "none": {"": 1.0},
    "voltage": {"mV": 1.0, "V": 1e3}, "temperature": {"degC": 1.0},
    "conductance density": {"mS_per_cm2": 1.0, "S_per_cm2": 1e3, "S_per_m2": 0.1},
    "capacitance": {"uF_per_cm2": 1.0, "F_per_m2": 100.0},
}  # fmt: skip
QUANTITY = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(\w*)\s*")
CHANNELS = "ionChannel", "ionChannelHH", "ionChannelPassive"
SAID = {"notes", "annotation", "property"}
# What a cell's membrane and its inside may hold; where it begins, and what lies along it, does not matter to one compartment.
MEMBRANE = {"channelDensity", "specificCapacitance", "spikeThresh", "initMembPotential", *SAID}
INSIDE = {"resistivity", *SAID}
REFUSED = "channelPopulation", "ComponentType", "include", "cell2CaPools", "ionChannelKS", "ionChannelVShift"
ORDINARY = 6.3  # °C, where nothing in the file says


def from_neuroml(text):
    """The membrane in a NeuroML 2 text that has a cell of one segment; channels alone have 1 mS/cm² and reverse at 0 mV.

    The temperature is that of the network, or else that at which the gates were measured. Raises ``ValueError`` that names the
    part for what has no form here.
    """
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError(f"NeuroML: the text is no XML: {error}") from None
    for element in root.iter():
        if _kind(element) in REFUSED:
            told = element.get("id") or element.get("name") or element.get("href") or ""
            raise ValueError(f"NeuroML: {_kind(element)} {told}: it is not supported")
    described = [_channel(element) for element in _all(root, *CHANNELS)]
    if not described:
        raise ValueError(f"NeuroML: {', '.join(sorted({_kind(e) for e in root})) or 'an empty file'}: a file with ionChannel, "
                         "ionChannelHH or ionChannelPassive is wanted")
    channels = dict(described)
    if len(channels) < len(described):
        twice = next(name for name, _ in described if [other for other, _ in described].count(name) > 1)
        raise ValueError(f"NeuroML: channel {twice}: two have this id")
    _one_compartment(root)
    placed = [_placed(density, channels) for density in _all(root, "channelDensity")]
    C_m = _one("specificCapacitance", [_quantity(e, "value", "capacitance") for e in _all(root, "specificCapacitance")], 1.0)
    own = [gate["reference"] for channel in channels.values() for gate in channel["gates"] if gate.get("q10", 1.0) != 1.0]
    networks = [_quantity(e, "temperature", "temperature") for e in _all(root, "network") if e.get("temperature")]
    temperature = _one("temperature", networks, None)
    if temperature is None:
        temperature = _one("experimentalTemp, in a file without a network's temperature", own, ORDINARY)
    found = [channel | {"name": name} for (name, channel) in _called(placed or list(channels.items()))]
    return check_membrane({"C_m": C_m, "temperature": temperature, "channels": found})


def _all(root, *kinds):
    return [element for element in root.iter() if _kind(element) in kinds]


def _one(what, values, otherwise):
    """The one value that ``values`` have, or ``otherwise`` where there are none."""
    if len(set(values)) > 1:
        raise ValueError(f"NeuroML: {what}: {', '.join(f'{value:g}' for value in sorted(set(values)))}: one value is wanted")
    return values[0] if values else otherwise


def _one_compartment(root):
    """``ValueError`` for more cells than one, more segments than one, and for what a membrane here does not have."""
    cells = _all(root, "cell")
    if len(cells) > 1:
        raise ValueError(f"NeuroML: cells {', '.join(str(cell.get('id')) for cell in cells)}: one cell is wanted")
    segments = _all(root, "segment")
    if len(segments) > 1:
        raise ValueError(f"NeuroML: cell {cells[0].get('id') if cells else ''}: {len(segments)} segments: a cell of one "
                         "segment is wanted")
    for place, known in (("membraneProperties", MEMBRANE), ("intracellularProperties", INSIDE)):
        for holder in _all(root, place):
            for part in holder:
                if _kind(part) not in known:
                    raise ValueError(f"NeuroML: {_kind(part)} {part.get('id', '')}: it is not supported: "
                                     f"{', '.join(sorted(known - SAID))} are")


def _placed(density, channels):
    """The name and the channel that a channelDensity puts into the membrane."""
    name, own = density.get("ionChannel"), density.get("id")
    if name not in channels:
        raise ValueError(f"NeuroML: channelDensity {own}: its channel {name} is not in the file")
    drive = {"form": "ohmic", "E": _quantity(density, "erev", "voltage")}
    return name, channels[name] | {"g": _quantity(density, "condDensity", "conductance density"), "drive": drive}


def _called(channels):
    """Channels with names as they are here, each its own: letters, digits and underscores."""
    taken = []
    for name, channel in channels:
        wanted, number = _named(name), 2
        while wanted in taken:
            wanted, number = f"{_named(name)[:21]}_{number}", number + 1
        taken.append(wanted)
        yield wanted, channel


def _kind(element):
    return element.tag.split("}")[-1]


def _named(name):
    return re.sub(r"^(?=\d)", "_", re.sub(r"\W", "_", name or "X"))[:24]


def _quantity(element, name, dimension):
    match, units = QUANTITY.fullmatch(element.get(name) or ""), UNITS[dimension]
    if not match or match[2] not in units:
        wanted = f"with one of the units {', '.join(units)}" if dimension != "none" else "without a unit"
        raise ValueError(f"NeuroML: {_kind(element)} {element.get('id', '')}: {name} = {element.get(name)!r}: a number is "
                         f"wanted {wanted}")
    return float(match[1]) * units[match[2]]


def _instances(place, text):
    return require_whole(f"{place}: instances", int(text) if text.isdecimal() else text, 1, MOST_POWER)


def _channel(element):
    """The id of a channel, and its description."""
    name, gates = element.get("id"), []
    for child in element:
        if _kind(child) in SAID:
            continue
        kind = child.get("type") if _kind(child) == "gate" else _kind(child)
        if kind not in GATES:
            raise ValueError(f"NeuroML: channel {name}: {kind or _kind(child)} {child.get('id', '')}: it is not supported: "
                             f"{', '.join(GATES)} are")
        gates.append((child.get("id"), _gate(f"NeuroML: channel {name}, gate {child.get('id')}", child, GATES[kind])))
    own = [gate | {"name": called} for called, gate in _called(gates)]
    return name, {"g": 1.0, "drive": {"form": "ohmic", "E": 0.0}, "gates": own}


def _gate(place, element, roles):
    gate = {"power": _instances(place, element.get("instances", "1"))}
    if roles == ("inf",):
        gate["tau"] = None
    for child in element:
        kind, form = _kind(child), child.get("type")
        if kind in SAID:
            continue
        if kind == "q10Settings" and form == "q10ExpTemp":
            gate |= {"q10": _quantity(child, "q10Factor", "none"),
                     "reference": _quantity(child, "experimentalTemp", "temperature")}  # fmt: skip
        elif kind == "q10Settings" and form == "q10Fixed":
            gate["speed"] = _quantity(child, "fixedQ10", "none")
        elif PARTS.get(kind) not in roles:
            raise ValueError(f"{place}: {kind} {form or ''}: it is not supported")
        else:
            gate[PARTS[kind]] = _curve(place, child, kind, form)
    return gate


def _curve(place, element, kind, form):
    if form == "fixedTimeCourse" and kind == "timeCourse":
        return {"form": "constant", "rate": _quantity(element, "tau", "time")}
    if kind == "timeCourse" or form not in FORMS:
        raise ValueError(f"{place}: {kind} {form or ''}: it is not supported: fixedTimeCourse, {', '.join(FORMS)} are")
    rate = _quantity(element, "rate", "none" if kind == "steadyState" else "per_time")
    return {"form": FORMS[form], "rate": rate} | {name: _quantity(element, name, "voltage") for name in ("midpoint", "scale")}
