"""A membrane as NeuroML 2; what its standard types lack is written as types of our own, in the same file, or refused by name.

The page writes the same text: ``show/bench/neuroml_out.js``. :mod:`neurolib.bench.neuroml_in` reads.
"""

from neurolib.bench.lems import curve_type, hill_type, speed_type
from neurolib.bench.pack import NO_CALCIUM
from neurolib.bench.run import beginning, checked_cell
from neurolib.bench.xml import computed, element, number, written
from neurolib.channels.gating import require_identifier
from neurolib.kernel import generic as at

SPACE = "http://www.neuroml.org/schema/neuroml2"
SCHEMA = f"{SPACE} https://raw.github.com/NeuroML/NeuroML2/development/Schemas/NeuroML2/NeuroML_v2.3.1.xsd"
RATES = {"exp": "HHExpRate", "sigmoid": "HHSigmoidRate", "exp_linear": "HHExpLinearRate"}
VARIABLES = {"exp": "HHExpVariable", "sigmoid": "HHSigmoidVariable", "exp_linear": "HHExpLinearVariable"}
DENSITIES = "channelDensity", "channelDensityNernst", "channelDensityGHK"  # in the order of the schema
PARTS = {"forwardRate": "alpha", "reverseRate": "beta", "timeCourse": "tau", "steadyState": "inf"}
SIDE = "17.841241161527712"  # µm: length and diameter of a cylinder whose side is 1e-5 cm²
OPEN_TO_CALCIUM = "opened_by_calcium_at_once"  # the gate that stands for a Hill factor; no gate of a membrane is called so long
ALWAYS_INWARD = 60.0  # mV: where the current into a pool reverses beyond, the pool never tells that it is rectified


def to_neuroml(membrane, name="bench"):
    """NeuroML 2 of ``membrane``: its channels, a cell of one compartment and a network at its temperature; a text.

    The cell begins at its rest, as :func:`neurolib.bench.run` does. Reversal potentials by Nernst become numbers, but for that
    of a calcium that moves. Curves that NeuroML's standard types lack become types of our own in the same file. Raises
    ``ValueError`` that names the part for a pump, for constant fields of other ions than calcium, and for currents of calcium
    that NeuroML's pools would take otherwise, and for a ``name`` that is no identifier.
    """
    require_identifier("name", name)
    cell = checked_cell(membrane)
    membrane = cell.membrane
    if membrane["pump"]:
        raise ValueError("membrane: pump: NeuroML has no constant current in a membrane: export NMODL, or make it 0")
    while any(channel["name"].startswith(f"{name}_") for channel in membrane["channels"]):
        name += "0"  # so that no two things have one name
    types = Types(name)
    channels = [_channel(channel, types) for channel in membrane["channels"]]
    state, _ = beginning(cell, 0.0)
    physics, pool = _physics(membrane, cell.packed, state, name)
    segment = element("segment", {"id": "0"}, *(element(end, {"x": x, "y": "0", "z": "0", "diameter": SIDE})
                                               for end, x in (("proximal", "0"), ("distal", SIDE))))  # fmt: skip
    network = element("network", {"id": f"{name}_network", "type": "networkWithTemperature",
                                  "temperature": f"{number(membrane['temperature'])}degC"},
                      element("population", {"id": "cells", "component": f"{name}_cell", "size": "1"}))  # fmt: skip
    root = element("neuroml", {"xmlns": SPACE, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                               "xsi:schemaLocation": SCHEMA, "id": name},
                   *channels, pool, element("cell", {"id": f"{name}_cell"}, element("morphology", {"id": "one"}, segment),
                                            physics), network, *types.made)  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written(root)}'


class Types:
    """The types of our own that a file needs, with names by number."""

    def __init__(self, name):
        self.name, self.made, self.speed = name, [], None

    def add(self, make, *given):
        """The name of a new type."""
        name = f"{self.name}_type_{len(self.made) + 1}"
        self.made.append(make(name, *given))
        return name

    def of_speed(self):
        """The name of the type of a gate that has a speed and a Q10; one for all."""
        self.speed = self.speed or self.add(speed_type)
        return self.speed


def _channel(channel, types):
    place = f"channel {channel['name']}"
    gates = [_gate(f"{place}, gate {gate['name']}", gate, types) for gate in channel["gates"]]
    if channel["calcium"]:
        steady = element("steadyState", {"type": types.add(hill_type, place, channel["calcium"])})
        gates.append(element("gateHHInstantaneous", {"id": OPEN_TO_CALCIUM, "instances": "1"}, steady))
    if len({kind for kind, _, _ in gates}) > 1:  # the schema has gates of one kind in a channel, or such that say theirs
        gates = [element("gate", {"id": about["id"], "type": kind, "instances": about["instances"]}, *parts)
                 for kind, about, parts in gates]  # fmt: skip
    return element("ionChannelHH", {"id": channel["name"], "conductance": "10pS"}, *gates)


def _gate(place, gate, types):
    kind = "gateHHrates" if "alpha" in gate else "gateHHtauInf" if gate["tau"] else "gateHHInstantaneous"
    curves = [element(part, _curve(place, role, gate, types)) for part, role in PARTS.items() if gate.get(role)]
    settings = _speed(gate, types) if kind != "gateHHInstantaneous" else None
    return element(kind, {"id": gate["name"], "instances": str(gate["power"])}, settings, *curves)


def _speed(gate, types):
    fixed = {"fixedQ10": number(gate["speed"])}
    warm = {"q10Factor": number(gate["q10"]), "experimentalTemp": f"{number(gate['reference'])}degC"}
    if gate["q10"] == 1.0:
        return element("q10Settings", {"type": "q10Fixed"} | fixed) if gate["speed"] != 1.0 else None
    if gate["speed"] == 1.0:
        return element("q10Settings", {"type": "q10ExpTemp"} | warm)
    return element("q10Settings", {"type": types.of_speed()} | fixed | warm)


def _curve(place, role, gate, types):
    curve, calcium = gate[role], gate["calcium"] if role == "alpha" else None
    if role == "tau" and curve["form"] == "constant":
        return {"type": "fixedTimeCourse", "tau": f"{number(curve['rate'])}ms"}
    table, unit = (VARIABLES, "") if role == "inf" else (RATES, "per_ms")
    if role == "tau" or curve["form"] not in table or calcium:
        return {"type": types.add(curve_type, place, role, curve, calcium)}
    return {"type": table[curve["form"]], "rate": f"{number(curve['rate'])}{unit}",
            "midpoint": f"{number(curve['midpoint'])}mV", "scale": f"{number(curve['scale'])}mV"}  # fmt: skip


def _physics(membrane, p, state, name):
    """The cell's biophysical properties, and its pool of calcium, or None where nothing asks for calcium."""
    densities = [_density(channel, membrane["pool"], p[at.FIRST_CHANNEL + k * at.CHANNEL_SIZE :])
                 for k, channel in enumerate(membrane["channels"])]  # fmt: skip
    densities.sort(key=lambda density: DENSITIES.index(density[0]))
    begins = {"spikeThresh": "0mV", "specificCapacitance": f"{number(membrane['C_m'])}uF_per_cm2",
              "initMembPotential": f"{computed(state[0])}mV"}  # fmt: skip
    properties = element("membraneProperties", {}, *densities,
                         *(element(part, {"value": value}) for part, value in begins.items()))  # fmt: skip
    species = model = None
    if membrane["pool"] or _asks_for_calcium(membrane):
        pool = membrane["pool"] or {"rest": membrane["ions"]["Ca"][1], "tau": 1.0, "gain": 0.0}
        model = element("fixedFactorConcentrationModel", {
            "id": f"{name}_pool", "ion": "ca", "restingConc": f"{number(pool['rest'])}mM",
            "decayConstant": f"{number(pool['tau'])}ms", "rho": f"{computed(1e-6 * pool['gain'])}mol_per_cm_per_uA_per_ms",
        })  # fmt: skip
        outside = membrane["ions"].get("Ca", (0.0, NO_CALCIUM))[0]
        species = element("species", {"id": "ca", "ion": "ca", "concentrationModel": f"{name}_pool",
                                      "initialConcentration": f"{computed(state[-1])}mM",
                                      "initialExtConcentration": f"{number(outside)}mM"})  # fmt: skip
    inside = element("intracellularProperties", {}, species, element("resistivity", {"value": "0.1kohm_cm"}))
    return element("biophysicalProperties", {"id": "membrane"}, properties, inside), model


def _asks_for_calcium(membrane):
    channels = membrane["channels"]
    by_gate = any(gate["calcium"] for channel in channels for gate in channel["gates"])
    return by_gate or any(channel["calcium"] or channel["drive"]["form"] == "constant_field" for channel in channels)


def _density(channel, pool, record):
    """What lets the current of ``channel`` through the membrane; ``record``: its own in the kernel's array."""
    place, drive, carries = f"channel {channel['name']}", channel["drive"], channel["carries_calcium"]
    ion, follows = drive.get("ion"), drive.get("ion") == "Ca" and pool is not None
    if drive["form"] == "constant_field" and ion != "Ca":
        raise ValueError(f"{place}, drive: NeuroML has constant fields for calcium alone: export NMODL, or make it ohmic")
    if follows and not carries:
        raise ValueError(f"{place}, drive: in NeuroML every current that calcium drives fills the pool, and this one does not: "
                         "export NMODL, or let it carry calcium")
    if carries and pool["rectified"] and record[at.E_REV] < ALWAYS_INWARD and not follows:
        raise ValueError(f"{place}, drive: its current may leave the cell, which a rectified pool does not notice, and "
                         "NeuroML's does: export NMODL, or make the pool not rectified")
    about = {"id": f"{channel['name']}_all", "ionChannel": channel["name"]}
    if drive["form"] == "constant_field":
        return element("channelDensityGHK", about | {"permeability": f"{number(record[at.G])}cm_per_s", "ion": "ca"})
    about["condDensity"] = f"{number(record[at.G])}mS_per_cm2"
    if follows:
        return element("channelDensityNernst", about | {"ion": "ca"})
    name = "ca" if carries else ion.lower() if ion and ion != "Ca" else "non_specific"
    erev = number(record[at.E_REV]) if drive["form"] == "ohmic" else computed(record[at.E_REV])
    return element("channelDensity", about | {"erev": f"{erev}mV", "ion": name})
