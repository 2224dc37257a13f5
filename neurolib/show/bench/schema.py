"""What an experiment is made of, as a schema by which the page's script looks through links and files.

A string is a number of that quantity (any finite one where it is empty); ``["name"]`` a text; ``["list", most, of]`` a list;
``["pair", [of, of]]`` two things; ``["by", field, schemas]`` what the field's value says; ``["has", field, [with, without]]``
which of the two; a dict its fields, of which those that begin with ``?`` may be absent.
"""

from neurolib.bench.description import FACTORS, FORMS, MOST_CHANNELS, MOST_GATES, MOST_TERMS
from neurolib.bench.pack import DRIVE_CODES, FORM_CODES
from neurolib.constants import VALENCE
from neurolib.show.bench.tables import KIND_DEFAULTS, KIND_FIELDS, NAMES, QUANTITIES, ROLE_FORMS

ALONG_X = {"rate": "", "midpoint": "", "scale": "slope"}
SIMPLE = {
    "constant": {"rate": ""},
    "exp": ALONG_X,
    "sigmoid": ALONG_X,
    "exp_linear": ALONG_X,
    "bell": {"?base": "", "amplitude": "", "midpoint": "", "scale": "slope", "midpoint_2": "", "scale_2": "slope"},
}
FACTOR = ALONG_X | {"rate": "factor"}
PRODUCT = {"factors": ["list", MOST_TERMS, ["by", "form", dict.fromkeys(FACTORS, FACTOR)]], "?exponent": "exponent"}
TERM = SIMPLE | {"product": PRODUCT}
SUM = TERM | {"sum": {"terms": ["list", MOST_TERMS, ["by", "form", TERM]]}}
SPLIT = {"split": {"at": "", "below": ["by", "form", SUM], "above": ["by", "form", SUM]}}
CURVE = ["by", "form", SUM | SPLIT]
GATE = {
    "name": ["name"], "?power": "power", "?q10": "q10", "?reference": "temperature", "?speed": "times",
    "?calcium": {"scale": "half", "power": "hill"},
}  # fmt: skip
OF_ION = ["by", "ion", {"K": {}, "Na": {}, "Cl": {}, "Ca": {}}]
CHANNEL = {
    "name": ["name"],
    "g": "g",
    "?scale": "times",
    "drive": ["by", "form", {"ohmic": {"E": "E"}, "nernst": OF_ION, "constant_field": OF_ION}],
    "?calcium": {"half": "half", "power": "hill"},
    "?gates": [
        "list",
        MOST_GATES,
        ["has", "inf", [GATE | {"inf": CURVE, "?tau": CURVE}, GATE | {"alpha": CURVE, "beta": CURVE}]],
    ],
}
SIDES = ["pair", ["concentration", "concentration"]]
MEMBRANE = {
    "C_m": "C_m",
    "temperature": "temperature",
    "?pump": "pump",
    "?ions": {f"?{ion}": SIDES for ion in ("K", "Na", "Cl", "Ca")},
    "?pool": {"rest": "concentration", "tau": "tau", "gain": "gain"},
    "channels": ["list", MOST_CHANNELS, CHANNEL],
}


def kinds(level):
    """The kinds of protocol under one clamp, whose levels are of the quantity ``level``."""
    made = {}
    for kind, fields in KIND_FIELDS.items():
        made[kind] = {"base": level, "duration": "duration"} | {
            name: level if of == "level" else of for name, of in fields.items()
        }
    made["table"]["rows"] = ["list", 2000, ["pair", ["time", level]]]
    return ["by", "kind", made]


SCHEMA = {
    "membrane": MEMBRANE,
    "protocol": ["by", "clamp", {"current": kinds("current"), "voltage": kinds("voltage")}],
    "?view": {"?panels": ["list", 20, ["name"]]},
}
# Every table that the script is given, by its name there.
TABLES = {
    "QUANTITIES": QUANTITIES, "KIND_FIELDS": KIND_FIELDS, "KIND_DEFAULTS": KIND_DEFAULTS, "ROLE_FORMS": ROLE_FORMS,
    "SCHEMA": SCHEMA,
    "VALENCES": VALENCE,
    "CURVE_CODES": FORM_CODES,
    "CURVE_NUMBERS": FORMS,
    "DRIVE_CODES": DRIVE_CODES,
    **NAMES,
}  # fmt: skip
