"""Tables of the bench: what its sliders cover, the fields of its protocols, the forms of its curves."""

from neurolib.bench.description import FACTORS
from neurolib.bench.neuroml_in import FORMS, UNITS
from neurolib.explorer.language import _

# By the name of the quantity: its unit, what a slider covers, and between what a typed number has to lie.
QUANTITIES = {
    "g": {"unit": "mS/cm²", "min": 0, "smallest": 0.001, "max": 1000, "scale": "log", "least": 0, "most": 1e6},
    "permeability": {"unit": "cm/s", "min": 0, "smallest": 1e-6, "max": 0.01, "scale": "log", "least": 0, "most": 1e3},
    "times": {"fallback": 1, "unit": "×", "min": 0, "max": 3, "step": 0.05, "least": 0, "most": 1000},
    "E": {"unit": "mV", "min": -150, "max": 150, "step": 1, "least": -250, "most": 250},
    "midpoint": {"unit": "mV", "min": -150, "max": 100, "step": 0.5, "least": -500, "most": 500},
    "slope": {"unit": "mV", "min": -60, "max": 60, "step": 0.5, "least": -1e4, "most": 1e4, "nonzero": True},
    "rate": {"unit": "ms⁻¹", "min": 1e-5, "max": 1e4, "scale": "log", "least": 0, "most": 1e9},
    "share": {"unit": "", "min": 0, "max": 1, "step": 0.01, "least": 0, "most": 1},
    "factor": {"unit": "", "min": 1e-5, "max": 1e4, "scale": "log", "least": 0, "most": 1e9},
    "exponent": {"fallback": 1, "unit": "", "min": 0.1, "max": 8, "step": 0.05, "least": 0.01, "most": 8},
    "tau": {"unit": "ms", "min": 0.001, "max": 10000, "scale": "log", "least": 1e-6, "most": 1e6},
    "zerotau": {"unit": "ms", "min": 0, "smallest": 0.001, "max": 10000, "scale": "log", "least": 0, "most": 1e6},
    "power": {"fallback": 1, "unit": "", "min": 1, "max": 8, "step": 1, "least": 1, "most": 8, "whole": True},
    "hill": {"fallback": 1, "unit": "", "min": 1, "max": 8, "step": 1, "least": 0.1, "most": 8},
    "q10": {"fallback": 1, "unit": "", "min": 0.5, "max": 5, "step": 0.05, "least": 0.1, "most": 20},
    "temperature": {"fallback": 6.3, "unit": "°C", "min": 0, "max": 45, "step": 0.1, "least": 0, "most": 50},
    "C_m": {"unit": "µF/cm²", "min": 0.1, "max": 100, "scale": "log", "least": 1e-3, "most": 1e4},
    "concentration": {"unit": _("mM"), "min": 1e-5, "max": 1000, "scale": "log", "least": 1e-9, "most": 1e4},
    "gain": {"unit": _("mM cm²/(µA ms)"), "min": 1e-6, "max": 1, "scale": "log", "least": 1e-9, "most": 1e3},
    "pump": {"unit": "µA/cm²", "min": -5, "max": 5, "step": 0.05, "least": -1e3, "most": 1e3},
    "current": {"unit": "µA/cm²", "min": -50, "max": 150, "step": 0.5, "least": -1e5, "most": 1e5},
    "voltage": {"unit": "mV", "min": -150, "max": 100, "step": 1, "least": -240, "most": 240},
    "sd": {"unit": "µA/cm²", "min": 0, "max": 50, "step": 0.5, "least": 0, "most": 1e4},
    "time": {"unit": "ms", "min": 0, "max": 100, "step": 0.1, "least": 0, "most": 10000},
    "width": {"unit": "ms", "min": 0.01, "max": 1000, "scale": "log", "least": 0.001, "most": 10000},
    "duration": {"unit": "ms", "min": 1, "max": 10000, "scale": "log", "least": 0.5, "most": 10000},
    "frequency": {"unit": "Hz", "min": 0.1, "max": 1000, "scale": "log", "least": 0.01, "most": 10000},
    "count": {"unit": "", "min": 1, "max": 15, "step": 1, "least": 1, "most": 15, "whole": True},
    "pulses": {"unit": "", "min": 1, "max": 50, "step": 1, "least": 1, "most": 500, "whole": True},
    "seed": {"unit": "", "min": 1, "max": 100, "step": 1, "least": 0, "most": 1e6, "whole": True},
    "half": {"unit": _("mM"), "min": 1e-5, "max": 1, "scale": "log", "least": 1e-9, "most": 1e3},
}
# The fields of a kind of protocol beyond base and duration, with their quantities; "level" is that of the clamp.
KIND_FIELDS = {
    "pulse": {"onset": "time", "width": "width", "amplitude": "level"},
    "pair": {"onset": "time", "width": "width", "amplitude": "level", "interval": "width", "second": "level"},
    "train": {"onset": "time", "width": "width", "amplitude": "level", "period": "width", "count": "pulses"},
    "ramp": {"onset": "time", "width": "width", "start": "level", "amplitude": "level"},
    "sine": {"onset": "time", "width": "width", "amplitude": "level", "frequency": "frequency"},
    "noise": {"onset": "time", "width": "width", "amplitude": "level", "sd": "sd", "tau": "tau", "seed": "seed"},
    "family": {
        "onset": "time",
        "width": "width",
        "first": "level",
        "last": "level",
        "count": "count",
        "pre": "level",
        "pre_width": "zerotau",
        "tail": "level",
    },
    "table": {},
}
LEVELS = {
    "current": {
        "base": 0.0, "amplitude": 10.0, "second": 10.0, "start": 0.0, "first": 0.0, "last": 10.0, "pre": 0.0, "tail": 0.0,
    },
    "voltage": {
        "base": -65.0, "amplitude": 0.0, "second": 0.0, "start": -100.0, "first": -60.0, "last": 60.0, "pre": -65.0,
        "tail": -65.0,
    },
}  # fmt: skip
OTHERS = {"onset": 5.0, "interval": 10.0, "period": 20.0, "count": 5, "frequency": 50.0, "sd": 3.0, "tau": 5.0, "seed": 1}
# How long a pulse, or what takes its place, and the run last, ms.
LASTING = {
    "current": {
        "pulse": (1.0, 50.0), "pair": (1.0, 50.0), "train": (1.0, 120.0), "ramp": (100.0, 150.0), "sine": (200.0, 250.0),
        "noise": (200.0, 250.0), "family": (20.0, 50.0), "table": (None, 50.0),
    },
    "voltage": {
        "pulse": (10.0, 20.0), "pair": (5.0, 30.0), "train": (10.0, 120.0), "ramp": (100.0, 120.0), "sine": (100.0, 120.0),
        "noise": (100.0, 120.0), "family": (10.0, 20.0), "table": (None, 20.0),
    },
}  # fmt: skip
ROWS = {"current": [[5.0, 10.0], [10.0, 0.0], [20.0, 10.0], [25.0, 0.0]], "voltage": [[5.0, 0.0], [15.0, -65.0]]}


def start(clamp, kind):
    """What a protocol starts with when its kind is chosen for the first time."""
    width, duration = LASTING[clamp][kind]
    found = LEVELS[clamp] | OTHERS | {"pre_width": 0.0, "width": width, "duration": duration, "rows": ROWS[clamp]}
    if kind == "family" and clamp == "voltage":
        found["count"] = 9
    return {name: found[name] for name in ("base", "duration", *KIND_FIELDS[kind], *(["rows"] if kind == "table" else []))}


KIND_DEFAULTS = {clamp: {kind: start(clamp, kind) for kind in KIND_FIELDS} for clamp in LASTING}
RATES = ["exp", "sigmoid", "exp_linear", "constant"]
# The forms to choose from, by the role of a curve, or by what a part of a curve is.
ROLE_FORMS = {
    "alpha": [*RATES, "sum", "product"],
    "beta": [*RATES, "sum", "product"],
    "inf": ["sigmoid", "product"],
    "tau": ["constant", "bell", "sigmoid", "exp", "sum", "product"],
    "term": ["constant", "bell", "sigmoid", "exp", "exp_linear", "product"],
    "factor": [*FACTORS],
    "side": ["constant", "bell", "sigmoid", "exp", "exp_linear", "sum", "product"],
}
NAMES = {
    "ORDINARY": {"K": [5.0, 140.0], "Na": [145.0, 15.0], "Cl": [110.0, 10.0], "Ca": [2.0, 1e-4]},  # mM outside, inside
    "FRESH_POOL": {"pool": {"rest": 2.4e-4, "tau": 80.0, "gain": 5.18e-5, "rectified": True}},  # 1 µm below the membrane
    "ION_NAMES": {"Na": "Na⁺", "K": "K⁺", "Cl": "Cl⁻", "Ca": "Ca²⁺"},
    # Of NeuroML: its units in ours by dimension, the types that have a form here, a reversal potential (mV) by species.
    "UNITS": UNITS,
    "RATE_TYPES": FORMS,
    "REVERSAL": {"na": 50, "k": -77, "ca": 120, "cl": -70},
}
