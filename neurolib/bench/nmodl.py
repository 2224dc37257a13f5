"""A membrane as NMODL files for NEURON: one mechanism for each channel, one for the pool of calcium, and a cell in Python."""

from neurolib.bench.description import check_membrane
from neurolib.bench.pack import NO_CALCIUM
from neurolib.constants import CELSIUS_ZERO, FARADAY, GAS_CONSTANT, VALENCE
from neurolib.electrochemistry import nernst

POOL, PUMP = "calcium_pool", "constant_pump"  # no channel's mechanism: those begin with bench_
RISE = """FUNCTION rise(x) {  : x/(1 - exp(-x))
    if (fabs(x) < 1e-5) { rise = 1 + x/2 + x*x/12 } else { rise = x/(1 - exp(-x)) }
}
"""


def nmodl(membrane):
    """Texts by file name: ``<mechanism>.mod`` for each, and ``cell.py`` that uses them.

    Mechanisms are ``bench_<channel>`` for each channel, ``calcium_pool`` and ``constant_pump``. Compile with ``nrnivmodl`` in
    their folder. Currents are in mA/cm², conductances in S/cm², as NEURON has them. Raises ``ValueError`` as
    :func:`~neurolib.bench.description.check_membrane`.
    """
    membrane = check_membrane(membrane)
    texts = {f"bench_{channel['name']}": channel_file(channel, membrane) for channel in membrane["channels"]}
    if membrane["pool"]:
        texts[POOL] = pool_file(membrane["pool"])
    if membrane["pump"]:
        texts[PUMP] = _mechanism(PUMP, ["NONSPECIFIC_CURRENT i"], [f"I = {membrane['pump']!r}"], ["i"],
                                 breakpoint=["i = 1e-3*I"])
    return {f"{name}.mod": text for name, text in texts.items()} | {"cell.py": cell_file(membrane, texts)}


def expression(curve):
    """A curve that is not split, as an expression in v."""
    form = curve["form"]
    if form == "sum":
        return " + ".join(expression(term) for term in curve["terms"])
    if form == "product":
        return f"({'*'.join(expression(factor) for factor in curve['factors'])})^{curve['exponent']!r}"
    if form == "constant":
        return repr(curve["rate"])
    x = f"(v - ({curve['midpoint']!r}))/({curve['scale']!r})"
    if form == "bell":
        other = f"exp((v - ({curve['midpoint_2']!r}))/({curve['scale_2']!r}))"
        return f"{curve['base']!r} + {curve['amplitude']!r}/(exp({x}) + {other})"
    shape = {"exp": f"exp({x})", "sigmoid": f"1/(1 + exp(-{x}))", "exp_linear": f"rise({x})"}[form]
    return f"{curve['rate']!r}*{shape}"


def curve_function(name, curve):
    """A FUNCTION of v for any curve."""
    if curve["form"] != "split":
        return f"FUNCTION {name}(v) {{\n    {name} = {expression(curve)}\n}}\n"
    below, above = (f"{name} = {expression(curve[side])}" for side in ("below", "above"))
    return f"FUNCTION {name}(v) {{\n    if (v < {curve['at']!r}) {{ {below} }} else {{ {above} }}\n}}\n"


def channel_file(channel, membrane):
    """The mechanism of one channel."""
    drive, functions, rates, states, factors = channel["drive"], [RISE], [], [], []
    for gate in channel["gates"]:
        x = f"x_{gate['name']}"
        roles = {role: gate[role] for role in ("alpha", "beta", "inf", "tau") if gate.get(role)}
        functions += [curve_function(f"{role}_{gate['name']}", curve) for role, curve in roles.items()]
        if "inf" in gate and gate["tau"] is None:
            x = f"inf_{gate['name']}(v)"
        else:
            states.append(gate["name"])
            rates += _rates(gate)
        factors += [x] * gate["power"]
    follows = drive.get("ion") == "Ca"
    reads = follows or channel["calcium"] or any(gate["calcium"] for gate in channel["gates"])
    current = "ica" if channel["carries_calcium"] else "i"
    head = [] if channel["carries_calcium"] else ["NONSPECIFIC_CURRENT i"]
    if reads or channel["carries_calcium"]:
        names = ["cai", *(["cao"] if follows else [])] if reads else []
        head.append("USEION ca" + f" READ {', '.join(names)}" * bool(names) + " WRITE ica" * channel["carries_calcium"])
    if channel["calcium"]:
        factors.append(f"1/(1 + ({channel['calcium']['half']!r}/cai)^{channel['calcium']['power']!r})")
    parameters, force = [f"g_bar = {channel['g'] * channel['scale']!r}"], "(v - e)"
    if drive["form"] == "ohmic":
        parameters.append(f"e = {drive['E']!r}")
    else:
        z, (outside, inside) = VALENCE[drive["ion"]], membrane["ions"][drive["ion"]]
        if drive["form"] == "constant_field":
            sides = ("cai", "cao") if follows else (repr(inside), repr(outside))
            functions.append(f"FUNCTION field(v, inside, outside) {{\n    LOCAL u\n    u = {z}*v/{_thermal()}\n"
                             f"    field = {z}*{FARADAY!r}*(inside*rise(u) - outside*rise(-u))\n}}\n")
            force = f"field(v, {', '.join(sides)})"
        elif follows:
            force = f"(v - {_thermal()}/{z}*log(cao/cai))"
        else:
            E = nernst(z, inside, outside, membrane["temperature"])
            parameters.append(f"e = {E!r}")
    product = "*".join(["g_bar", *factors])
    return _mechanism(f"bench_{channel['name']}", head, parameters, [current] * (current == "i"), states, rates, functions,
                      [f"{current} = 1e-3*{product}*{force}"], assigned=["cai", "cao"] if follows else ["cai"] if reads else [],
                      carries=channel["carries_calcium"])


def _thermal():
    return f"({1000.0 * GAS_CONSTANT / FARADAY!r}*(celsius + {CELSIUS_ZERO!r}))"


def _rates(gate):
    """The steady state of a gate that moves, ``to_<gate>``, and its rate of approach, ``k_<gate>``, as assignments."""
    name = gate["name"]
    phi = f"{gate['speed']!r}*{gate['q10']!r}^((celsius - {gate['reference']!r})/10)"
    if "inf" in gate:
        return [f"to_{name} = inf_{name}(v)", f"k_{name} = {phi}/tau_{name}(v)"]
    calcium = f"*(cai/{gate['calcium']['scale']!r})^{gate['calcium']['power']!r}" if gate["calcium"] else ""
    return [f"k_{name} = alpha_{name}(v){calcium}", f"to_{name} = k_{name}/(k_{name} + beta_{name}(v))",
            f"k_{name} = {phi}*(k_{name} + beta_{name}(v))"]


def pool_file(pool):
    """The mechanism of the pool of calcium."""
    influx = "-1e3*gain*ica"
    lines = [f"influx = {influx}", *(["if (influx < 0) { influx = 0 }"] if pool["rectified"] else [])]
    parameters = [f"{name} = {pool[name]!r}" for name in ("rest", "tau", "gain")] + [f"start = {pool['rest']!r}"]
    return "\n".join([
        "TITLE a pool of calcium under the membrane, mM", "", "NEURON {", f"    SUFFIX {POOL}",
        "    USEION ca READ ica WRITE cai", "    RANGE rest, tau, gain, start", "}", "", "UNITSOFF", "",
        "PARAMETER {", *(f"    {line}" for line in parameters), "}", "", "ASSIGNED { ica influx }", "",
        "STATE { cai }", "", "INITIAL { cai = start }", "", "BREAKPOINT { SOLVE change METHOD derivimplicit }", "",
        "DERIVATIVE change {", *(f"    {line}" for line in lines), "    cai' = influx + (rest - cai)/tau", "}", "",
        "UNITSON", "",
    ])  # fmt: skip


def _mechanism(name, head, parameters, ranges=(), states=(), rates=(), functions=(), breakpoint=(), assigned=(), carries=False):
    names = [parameter.split(" ")[0] for parameter in parameters]
    own = [f"{part}_{x}" for x in states for part in ("to", "k")]
    variables = ["v", "celsius", *assigned, *ranges, *(["ica"] if carries else []), *own]
    lines = [f"TITLE {name}: written by neurolib's bench", "", "NEURON {", f"    SUFFIX {name}",
             *(f"    {line}" for line in head), f"    RANGE {', '.join([*names, *ranges, *own])}", "}", "", "UNITSOFF", "",
             "PARAMETER {", *(f"    {line}" for line in parameters), "}", "", f"ASSIGNED {{ {' '.join(variables)} }}", ""]
    if states:
        begin = [f"    x_{x} = to_{x}" for x in states]
        lines += [f"STATE {{ {' '.join(f'x_{x}' for x in states)} }}", "", "INITIAL {", "    rates()", *begin, "}", ""]
    solve = ["    SOLVE change METHOD cnexp"] if states else []
    lines += ["BREAKPOINT {", *solve, *(f"    {line}" for line in breakpoint), "}", ""]
    if states:
        lines += ["DERIVATIVE change {", "    rates()", *(f"    x_{x}' = k_{x}*(to_{x} - x_{x})" for x in states), "}", "",
                  "PROCEDURE rates() {", *(f"    {line}" for line in rates), "}", ""]
    lines += [*functions, "UNITSON", ""]
    return "\n".join(lines)


def cell_file(membrane, mechanisms):
    """Python for NEURON: one compartment of 1e-5 cm² with all mechanisms."""
    outside, inside = membrane["ions"].get("Ca", (1.0, NO_CALCIUM))
    inside = membrane["pool"]["rest"] if membrane["pool"] else inside
    inserts = "\n".join(f'    soma.insert("{name}")' for name in mechanisms)
    return f'''"""The cell for NEURON: compile the .mod files beside this with nrnivmodl, then `from cell import cell`."""

from neuron import h


def cell():
    """One compartment of 1e-5 cm²: 1 µA/cm² is 0.01 nA."""
    soma = h.Section(name="soma")
    soma.L = soma.diam = (1000.0 / h.PI) ** 0.5
    soma.cm = {membrane["C_m"]!r}
{inserts}
    h.celsius = {membrane["temperature"]!r}
    if h.ismembrane("ca_ion", sec=soma):  # NEURON takes the second pair where nothing writes cai, and else the first
        h.cai0_ca_ion, h.cao0_ca_ion = {inside!r}, {outside!r}
        soma.cai, soma.cao = {inside!r}, {outside!r}
    return soma
'''
