"""What a membrane is made of, as plain data: its fields and forms, checked, with errors that name the place.

A membrane is a dict::

    {"C_m": 1.0, "temperature": 6.3,                    # µF/cm², °C
     "ions": {"Ca": [10.0, 1e-4]},                      # [outside, inside] in mM, of those of VALENCE that are needed
     "pool": None,                                      # or {"rest": mM, "tau": ms, "gain": mM/ms per µA/cm², "rectified"}
     "pump": 0.0,                                       # µA/cm², a constant outward current
     "channels": [{"name": "Na", "g": 120.0, "scale": 1.0,
                   "drive": {"form": "ohmic", "E": 50.0},
                   "calcium": None, "carries_calcium": False,
                   "gates": [{"name": "m", "power": 3, "q10": 3.0, "reference": 6.3, "speed": 1.0, "calcium": None,
                              "alpha": {"form": "exp_linear", "rate": 1.0, "midpoint": -40.0, "scale": 10.0},
                              "beta": {"form": "exp", "rate": 4.0, "midpoint": -65.0, "scale": -18.0}}]}]}

I = g · scale · Π gate^power · Hill · (V − E), in µA/cm², outward positive; ``g`` in mS/cm², with a constant field in cm/s. A
drive is ``ohmic`` with ``E`` in mV, or ``nernst`` or ``constant_field`` with an ``ion``; calcium inside is the pool's where
there is one. ``calcium`` of a channel, {"half": mM, "power": n}, is its Hill factor Caⁿ/(Caⁿ + halfⁿ), at once.

A gate has ``alpha`` and ``beta`` (1/ms), or ``inf`` and ``tau`` (ms); ``tau`` None follows ``inf`` at once. Its φ is
speed · q10^((T − reference)/10). ``calcium`` of a gate, {"scale": mM, "power": n}, multiplies α by (Ca/scale)ⁿ.

Curves, with x = (V − midpoint)/scale: ``constant`` r; ``exp`` r eˣ; ``sigmoid`` r/(1 + e⁻ˣ); ``exp_linear`` r x/(1 − e⁻ˣ)
(NeuroML's HHExpRate, HHSigmoidRate and HHExpLinearRate); ``bell`` base + amplitude/(eˣ + e^((V − midpoint_2)/scale_2));
``sum`` of ``terms``; ``product`` of ``factors``, each exp, sigmoid or exp_linear, to the power of ``exponent``; ``split`` at
V = ``at`` into ``below`` and ``above``.
"""

from neurolib.checks import (
    did_you_mean,
    require,
    require_non_negative,
    require_one_of,
    require_positive,
    require_temperature,
    require_whole,
)
from neurolib.constants import VALENCE

MOST_CHANNELS, MOST_GATES, MOST_POWER, MOST_TERMS = 12, 4, 8, 4
FORMS = {
    "constant": ("rate",),
    "exp": ("rate", "midpoint", "scale"),
    "sigmoid": ("rate", "midpoint", "scale"),
    "exp_linear": ("rate", "midpoint", "scale"),
    "bell": ("base", "amplitude", "midpoint", "scale", "midpoint_2", "scale_2"),
}
FACTORS = "exp", "sigmoid", "exp_linear"
COMPOUND = "split", "sum", "product"
DRIVES = "ohmic", "nernst", "constant_field"


def check_membrane(membrane):
    """``membrane`` with every field present and every number a float; a new dict.

    Raises ``ValueError`` that names the place, such as "channel Na, gate m, alpha", what is there and what is wanted.
    """
    given = fields("membrane", membrane, ("C_m", "temperature", "channels"), ions={}, pool=None, pump=0.0)
    ions = {name: _sides(name, sides) for name, sides in fields("ions", given["ions"], (), **dict.fromkeys(VALENCE)).items()
            if sides is not None}  # fmt: skip
    channels = _listed("channels", given["channels"], MOST_CHANNELS)
    checked = {
        "C_m": require_positive("membrane: C_m", given["C_m"], "µF/cm²"),
        "temperature": require_temperature(given["temperature"], "membrane: temperature"),
        "ions": ions,
        "pool": None if given["pool"] is None else _pool(given["pool"]),
        "pump": require("membrane: pump", given["pump"], unit="µA/cm²"),
        "channels": [_channel(f"channel {number}", channel) for number, channel in enumerate(channels, 1)],
    }
    _different("channels", checked["channels"])
    for channel in checked["channels"]:
        _fits(f"channel {channel['name']}", channel, checked)
    return checked


def _pool(pool):
    pool = fields("pool", pool, ("rest", "tau", "gain"), rectified=True)
    numbers = {name: require_positive(f"pool: {name}", pool[name]) for name in ("rest", "tau", "gain")}
    return numbers | {"rectified": _truth("pool: rectified", pool["rectified"])}


def _sides(ion, sides):
    if not isinstance(sides, (list, tuple)) or len(sides) != 2:
        raise ValueError(f"ions, {ion}: {sides!r}: two numbers are wanted, outside and inside, in mM")
    names = f"ions, {ion} outside", f"ions, {ion} inside"
    return [require_positive(name, value, "mM") for name, value in zip(names, sides, strict=True)]


def _channel(place, channel):
    name = channel.get("name") if isinstance(channel, dict) else None
    place = f"channel {name}" if isinstance(name, str) and name else place
    given = fields(place, channel, ("name", "g", "drive"), scale=1.0, calcium=None, carries_calcium=False, gates=[], source="")
    gates = _listed(f"{place}, gates", given["gates"], MOST_GATES)
    checked = {
        "name": _name(place, given["name"]),
        "g": require_non_negative(f"{place}: g", given["g"]),
        "scale": require_non_negative(f"{place}: scale", given["scale"]),
        "drive": _drive(f"{place}, drive", given["drive"]),
        "calcium": _calcium(f"{place}, calcium", given["calcium"], "half"),
        "carries_calcium": _truth(f"{place}: carries_calcium", given["carries_calcium"]),
        "gates": [_gate(f"{place}, gate {number}", place, gate) for number, gate in enumerate(gates, 1)],
    }
    _different(f"{place}, gates", checked["gates"])
    return checked | ({"source": str(given["source"])} if given["source"] else {})


def _drive(place, drive):
    form = require_one_of(f"{place}: form", fields(place, drive, ("form",), E=None, ion=None)["form"], DRIVES)
    if form == "ohmic":
        return {"form": form, "E": require(f"{place}: E", fields(place, drive, ("form", "E"))["E"], -250.0, 250.0, "mV")}
    return {"form": form, "ion": require_one_of(f"{place}: ion", fields(place, drive, ("form", "ion"))["ion"], VALENCE)}


def _calcium(place, calcium, size):
    if calcium is None:
        return None
    calcium = fields(place, calcium, (size, "power"))
    return {size: require_positive(f"{place}: {size}", calcium[size], "mM"),
            "power": require(f"{place}: power", calcium["power"], 0.0, MOST_POWER, open_low=True)}


def _gate(place, channel, gate):
    name = gate.get("name") if isinstance(gate, dict) else None
    place = f"{channel}, gate {name}" if isinstance(name, str) and name else place
    by_curve = isinstance(gate, dict) and "inf" in gate
    roles = ("inf",) if by_curve else ("alpha", "beta")
    optional = {"power": 1, "q10": 1.0, "reference": 6.3, "speed": 1.0, "calcium": None} | ({"tau": None} if by_curve else {})
    given = fields(place, gate, ("name", *roles), **optional)
    checked = {
        "name": _name(place, given["name"]), "power": require_whole(f"{place}: power", given["power"], 1, MOST_POWER),
        "q10": require_positive(f"{place}: q10", given["q10"]),
        "reference": require_temperature(given["reference"], f"{place}: reference"),
        "speed": require_non_negative(f"{place}: speed", given["speed"]),
        "calcium": _calcium(f"{place}, calcium", given["calcium"], "scale"),
    }  # fmt: skip
    if by_curve and checked["calcium"]:
        raise ValueError(f"{place}, calcium: it multiplies α, and this gate has a steady state: give alpha and beta, or a Hill "
                         "factor to the channel")
    checked |= {role: check_curve(f"{place}, {role}", given[role]) for role in roles}
    if by_curve:
        checked["tau"] = None if given["tau"] is None else check_curve(f"{place}, tau", given["tau"])
    return checked


def check_curve(place, curve, forms=(*FORMS, *COMPOUND)):
    """A curve with every number a float; ``forms``: those that may stand here."""
    form = curve.get("form") if isinstance(curve, dict) else None
    require_one_of(f"{place}: form", form, forms)
    if form == "sum":
        terms = _listed(f"{place}, terms", fields(place, curve, ("form", "terms"))["terms"], MOST_TERMS, least=1)
        inner = (*FORMS, "product")
        return {"form": form, "terms": [check_curve(f"{place}, term {i}", term, inner) for i, term in enumerate(terms, 1)]}
    if form == "product":
        given = fields(place, curve, ("form", "factors"), exponent=1.0)
        factors = _listed(f"{place}, factors", given["factors"], MOST_TERMS, least=1)
        return {"form": form, "factors": [_factor(f"{place}, factor {i}", factor) for i, factor in enumerate(factors, 1)],
                "exponent": require(f"{place}: exponent", given["exponent"], 0.0, MOST_POWER, open_low=True)}  # fmt: skip
    if form == "split":
        given = fields(place, curve, ("form", "at", "below", "above"))
        inner, at = (*FORMS, "sum", "product"), require(f"{place}: at", given["at"], unit="mV")
        sides = {side: check_curve(f"{place}, {side}", given[side], inner) for side in ("below", "above")}
        return {"form": form, "at": at} | sides
    optional = {"base": 0.0} if "base" in FORMS[form] else {}
    given = fields(place, curve, ("form", *(name for name in FORMS[form] if name not in optional)), **optional)
    checked = {"form": form} | {name: require(f"{place}: {name}", given[name]) for name in FORMS[form]}
    for name, value in checked.items():
        if name.startswith("scale") and value == 0.0:
            raise ValueError(f"{place}: {name} = 0.0 mV: any other number is wanted; its sign says which way the curve goes")
    return checked


def _factor(place, factor):
    """A factor, which is nowhere below 0: a product may have a broken exponent."""
    checked = check_curve(place, factor, FACTORS)
    return checked | {"rate": require_non_negative(f"{place}: rate", checked["rate"])}


def fields(place, thing, needed, **optional):
    """The fields of ``thing`` by name, with those that may be left out; ``ValueError`` for one missing or not known."""
    if not isinstance(thing, dict):
        raise ValueError(f"{place}: {thing!r}: named fields are wanted: {', '.join((*needed, *optional))}")
    for name in thing:
        if name not in needed and name not in optional:
            raise ValueError(f"{place}: {name}: {did_you_mean(name, (*needed, *optional))}the fields here are "
                             f"{', '.join((*needed, *optional))}")
    missing = [name for name in needed if name not in thing]
    if missing:
        raise ValueError(f"{place}: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing")
    return optional | thing


def _listed(place, things, most, least=0):
    if not isinstance(things, (list, tuple)) or not least <= len(things) <= most:
        count = f"{len(things)} are given" if isinstance(things, (list, tuple)) else f"{things!r}"
        raise ValueError(f"{place}: {count}: a list of {least} to {most} is wanted")
    return things


def _name(place, name):
    if not isinstance(name, str) or not name.isidentifier() or len(name) > 24:
        raise ValueError(f"{place}: name = {name!r}: up to 24 letters, digits and underscores are wanted, no digit first")
    return name


def _truth(place, value):
    if not isinstance(value, bool):
        raise ValueError(f"{place} = {value!r}: true or false is wanted")
    return value


def _different(place, things):
    names = [thing["name"] for thing in things]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{place}: two are called {name}: each needs a name of its own")


def _fits(place, channel, membrane):
    """``ValueError`` where a channel needs an ion or a pool that the membrane does not have."""
    ion = channel["drive"].get("ion")
    if ion is not None and ion not in membrane["ions"]:
        raise ValueError(f"{place}, drive: the membrane's ions have no {ion}: give its concentrations outside and inside")
    if channel["carries_calcium"] and membrane["pool"] is None:
        raise ValueError(f"{place}: it carries calcium, and the membrane has no pool to carry it to: add a pool")
    needs = channel["calcium"] is not None or any(gate["calcium"] for gate in channel["gates"])
    if (needs or membrane["pool"]) and "Ca" not in membrane["ions"]:
        raise ValueError(f"{place}: it needs calcium, and the membrane's ions have no Ca: give its concentrations outside and "
                         "inside")
