"""Curves that NeuroML's standard types lack, as types of their own in LEMS, the language of NeuroML's types."""

from neurolib.bench.xml import element, number

# What each role gives: the type that it extends, the name and the dimension of its value, and what gives it its unit.
ROLES = {
    "alpha": ("baseVoltageDepRate", "r", "per_time", "/ MS"),
    "beta": ("baseVoltageDepRate", "r", "per_time", "/ MS"),
    "inf": ("baseVoltageDepVariable", "x", "none", ""),
    "tau": ("baseVoltageDepTime", "t", "time", "* MS"),
}


def signed(value):
    """A number that may stand anywhere: there is no sign but between two."""
    return number(value) if value >= 0.0 else f"(0 - {number(-value)})"


def along(midpoint, scale):
    """(V − midpoint)/scale."""
    low = f"V - {number(midpoint)}" if midpoint >= 0.0 else f"V + {number(-midpoint)}"
    high = f"{number(midpoint)} - V" if midpoint >= 0.0 else f"0 - {number(-midpoint)} - V"
    return f"({low}) / {number(scale)}" if scale > 0.0 else f"({high}) / {number(-scale)}"


def expression(curve, rises):
    """A curve that is not split, as an expression in V; to ``rises`` goes the x of each x/(1 − e⁻ˣ) in it, called U1, U2 …"""
    form = curve["form"]
    if form == "sum":
        return " + ".join(expression(term, rises) for term in curve["terms"])
    if form == "product":
        return f"({' * '.join(f'({expression(factor, rises)})' for factor in curve['factors'])})^{number(curve['exponent'])}"
    if form == "constant":
        return signed(curve["rate"])
    x = along(curve["midpoint"], curve["scale"])
    if form == "bell":
        other = along(curve["midpoint_2"], curve["scale_2"])
        return f"{signed(curve['base'])} + {signed(curve['amplitude'])} / (exp({x}) + exp({other}))"
    if form == "exp":
        return f"{signed(curve['rate'])} * exp({x})"
    if form == "sigmoid":
        return f"{signed(curve['rate'])} / (1 + exp({along(curve['midpoint'], -curve['scale'])}))"
    rises.append(x)
    return f"{signed(curve['rate'])} * U{len(rises)}"


def curve_type(name, place, role, curve, calcium=None):
    """The ``ComponentType`` of a curve; ``calcium``: what it is multiplied by, (Ca/scale) to a power."""
    base, value, dimension, unit = ROLES[role]
    rises = []

    def valued(part):
        factor = f" * (caConc / MM / {number(calcium['scale'])})^{number(calcium['power'])}" if calcium else ""
        return f"({expression(part, rises)}){factor} {unit}".strip()

    if curve["form"] == "split":
        cases = [("V .lt. AT", valued(curve["below"])), ("V .geq. AT", valued(curve["above"]))]
        last = conditional(value, dimension, cases, value)
        at = constant("AT", "none", number(curve["at"]))
    else:
        last, at = derived(value, dimension, valued(curve), value), None
    return _type(name, f"{place}, {role}", base, calcium, [at], last, rises)


def hill_type(name, place, calcium):
    """The ``ComponentType`` of a Hill factor, the steady state of a gate at once."""
    value = f"1 / (1 + ({number(calcium['half'])} * MM / caConc)^{number(calcium['power'])})"
    return _type(name, f"{place}, calcium", ROLES["inf"][0], calcium, [], derived("x", "none", value, "x"), [])


def speed_type(name):
    """The ``ComponentType`` of a gate's speed: fixedQ10 times what a Q10 makes of the temperature."""
    value = "fixedQ10 * q10Factor^((temperature - experimentalTemp) / TENDEGREES)"
    parameters = {"fixedQ10": "none", "q10Factor": "none", "experimentalTemp": "temperature"}
    return element("ComponentType", {"name": name, "extends": "baseQ10Settings"},
                   *(element("Parameter", {"name": of, "dimension": dimension}) for of, dimension in parameters.items()),
                   constant("TENDEGREES", "temperature", "10K"),
                   element("Dynamics", {}, derived("q10", "none", value, "q10")))  # fmt: skip


def _type(name, place, base, calcium, constants, last, rises):
    base = base.replace("Voltage", "VoltageConc") if calcium else base
    derivations = [derived("V", "none", "v / MV")]
    derivations += [derived(f"X{i}", "none", x) for i, x in enumerate(rises, 1)]
    risen = [conditional(f"U{i}", "none", [(f"X{i} .neq. 0", f"X{i} / (1 - exp(0 - X{i}))"), (f"X{i} .eq. 0", "1")])
             for i in range(1, len(rises) + 1)]  # fmt: skip
    (derivations if last[0] == "DerivedVariable" else risen).append(last)
    return element("ComponentType", {"name": name, "extends": base, "description": place},
                   constant("MS", "time", "1ms"), constant("MV", "voltage", "1mV"),
                   constant("MM", "concentration", "1mM") if calcium else None, *constants,
                   element("Dynamics", {}, *derivations, *risen))  # fmt: skip


def constant(name, dimension, value):
    return element("Constant", {"name": name, "dimension": dimension, "value": value})


def derived(name, dimension, value, exposure=None):
    shown = {"exposure": exposure} if exposure else {}
    return element("DerivedVariable", {"name": name, "dimension": dimension, **shown, "value": value})


def conditional(name, dimension, cases, exposure=None):
    shown = {"exposure": exposure} if exposure else {}
    return element("ConditionalDerivedVariable", {"name": name, "dimension": dimension, **shown},
                   *(element("Case", {"condition": condition, "value": value}) for condition, value in cases))  # fmt: skip
