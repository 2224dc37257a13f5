"""Write what a cell has of its own: portable functions that read its parameters and states, its rates, its currents.

How these are put together to a scheme is the same for all cells: :mod:`neurolib.kernel.scheme`. A state is V, a tuple of
gates and Ca, which is 0 in a cell without a pool. :mod:`neurolib.kernel.reference` is an example of what is written.
"""

import re

from neurolib.channels.gating import arguments_of
from neurolib.portable import python_function

SECANT = "1e-4"  # mV: step for the slope of a current that is not a straight line in V


class Writer:
    """Source of one cell's functions; what these call gathers in ``functions``, by the names they call it."""

    def __init__(self, cell):
        self.cell = cell
        self.gates = [name for name, _, _ in cell.moving_gates]
        self.carriers = [channel for channel in cell.channels if channel.carries_calcium]
        self.functions = {}

    def function(self, head, says, body, *results):
        """A portable function; where it takes ``p`` and ``gates``, its body may use parameters and gates by name."""
        arguments = re.findall(r"\w+", head)[1:]
        words = set(re.findall(r"\w+", " ".join([*body, *results])))
        lines = []
        if "p" in arguments:
            own = {*arguments, *(line.split(" = ")[0] for line in body)}
            for i, name in enumerate(self.cell.parameter_names):
                if name in words and name in own:
                    raise ValueError(f"parameter {name} of cell {self.cell.name}: its kernels use this name for something else")
                lines += [f"{name} = p[{i}]"] if name in words else []
        if "gates" in arguments:
            lines += [f"{name} = gates[{i}]" for i, name in enumerate(self.gates) if name in words]
        lines += [*body, *([f"return {', '.join(results)}"] if results else [])]
        return "\n".join(["", "", "@portable", f"def {head}:", *("    " + line for line in [f'"""{says}"""', *lines])])

    def call(self, role, function, **at):
        """An expression that calls ``function`` with the variables that its arguments name; ``at``: others in their place."""
        known = {name: name for name in self.cell.parameter_names} | {"V": "V"} | ({"Ca": "Ca"} if self.cell.pool else {}) | at
        missing = [name for name in arguments_of(function) if name not in known]
        if missing:
            raise ValueError(f"{python_function(function).__name__} of cell {self.cell.name} takes "
                             f"{', '.join(missing)}, which is not one of {', '.join(known)}")
        self.functions[role] = function
        return f"{role}({', '.join(known[name] for name in arguments_of(function))})"

    def constants(self):
        """Sizes and places that the scheme needs to know."""
        cell = self.cell
        lines = [f"STATES = {len(cell.state_names)}", f"C_M = {cell.index('C_m')}"]
        if cell.pool:
            lines += [f"CA_{name.upper()} = {cell.index(f'Ca_{name}')}" for name in ("rest", "tau", "gain")]
            gated = any("Ca" in arguments_of(f) for c in self.carriers for g in c.gates for f in g.functions.values())
            lines += [f"CA_RECTIFIED = {int(cell.pool.rectified)}", f"CA_GATED = {int(gated)}"]
        return "\n".join(lines)

    def defaults(self):
        lines = [f"p[{i}] = {value!r}" for i, value in enumerate(self.cell.default_values.values())]
        return self.function("defaults(p)", "Fill ``p`` with the cell's parameters.", lines)

    def take(self):
        last = f"array[{place(len(self.gates) + 1)}]" if self.cell.pool else "0.0"
        gates = [f"array[{place(j)}]" for j in range(1, len(self.gates) + 1)]
        says = "V, gates and Ca from place ``i`` of ``n``: state j stands at ``array[j * n + i]``."
        return self.function("take(array, n, i)", says, [], "array[i]", as_tuple(gates), last)

    def put(self):
        values = [f"gates[{j}]" for j in range(len(self.gates))] + (["Ca"] if self.cell.pool else [])
        lines = ["array[i] = V", *(f"array[{place(j)}] = {value}" for j, value in enumerate(values, 1))]
        return self.function("put(array, n, i, V, gates, Ca)", "Write V, gates and Ca to where ``take`` finds them.", lines)

    def speeds(self):
        speeds = []
        for name, _, gate in self.cell.moving_gates:
            speeds.append(f"rate_{name}")
            if gate.q10 != 1.0:
                reference = float(gate.temperature_celsius)
                speeds[-1] += f" * math.pow({gate.q10!r}, (temperature_celsius - {reference!r}) / 10.0)"
        return self.function("speeds(p)", "φ of every gate: its rate multiplier times its temperature factor.", [],
                             as_tuple(speeds))

    def rates(self):
        lines = []
        for name, _, gate in self.cell.moving_gates:
            if gate.inf is not None:
                lines += [f"{name}_inf = {self.call(f'{name}_inf_of', gate.inf)}",
                          f"{name}_k = 1.0 / {self.call(f'{name}_tau_of', gate.tau)}"]
            else:
                lines += [f"{name}_inf = {self.call(f'{name}_alpha_of', gate.alpha)}",
                          f"{name}_k = {name}_inf + {self.call(f'{name}_beta_of', gate.beta)}",
                          f"{name}_inf = {name}_inf / {name}_k"]
        says = "Steady states of all gates at V and Ca, then the rates at which they approach them, 1/ms at φ = 1."
        return self.function("rates(V, Ca, p)", says, lines, as_tuple([f"{n}_{k}" for k in ("inf", "k") for n in self.gates]))

    def of_gates(self, head, says, expression):
        """A function that gives a number for each gate: ``expression``, of its place and that of its rate of approach."""
        n = len(self.gates)
        return self.function(head, says, [], as_tuple([expression.format(i=i, k=n + i) for i in range(n)]))

    def open_product(self, channel, **at):
        """The channel's conductance: g_bar times its gates, each to its power."""
        factors = [f"g_bar_{channel.name}"]
        for gate in channel.gates:
            name = f"{gate.name}_{channel.name}"
            if gate.instantaneous:
                name = self.call(f"{name}_inf_of", gate.inf, **at)
                factors.append(f"math.pow({name}, {float(gate.power)})" if gate.power > 1 else name)
            else:
                factors += [name] * gate.power
        return " * ".join(factors)

    def drive(self, channel, **at):
        """What the conductance is multiplied by: V − E_rev, or the channel's own function."""
        if channel.drive is not None:
            return self.call(f"{channel.name}_drive_of", channel.drive, **at)
        E_rev = channel.reversal_name if channel.reversal is None else None
        return f"({at.get('V', 'V')} - {E_rev or self.call(f'{channel.name}_reversal_of', channel.reversal, **at)})"

    def product(self, channel, **at):
        """The channel's current."""
        return f"{self.open_product(channel, **at)} * {self.drive(channel, **at)}"

    def sum_of(self, channels, **at):
        """The sum of the currents of ``channels``."""
        return " + ".join(self.product(channel, **at) for channel in channels) or "0.0"

    def curved(self, channel):
        """Whether the current is other than a straight line in V at fixed gates."""
        if any(gate.instantaneous for gate in channel.gates) or channel.drive is not None:
            return True
        return channel.reversal is not None and "V" in arguments_of(channel.reversal)

    def current(self):
        head, says = "current(V, gates, Ca, p)", "Sum of the currents of all channels, µA/cm²."
        if not any(map(self.curved, self.cell.channels)):  # the slope costs nothing
            return self.function(head, says, [], "current_and_slope(V, gates, Ca, p)[0]")
        lines = [f"I_{channel.name} = {self.product(channel)}" for channel in self.cell.channels]
        return self.function(head, says, lines, " + ".join(f"I_{channel.name}" for channel in self.cell.channels))

    def current_and_slope(self):
        lines, currents, slopes = [], [], []
        if any(map(self.curved, self.cell.channels)):
            lines.append(f"V_near = V + {SECANT}")
        for channel in self.cell.channels:
            name = channel.name
            if self.curved(channel):
                lines += [f"I_{name} = {self.product(channel)}", f"near_{name} = {self.product(channel, V='V_near')}"]
                currents.append(f"I_{name}")
                slopes.append(f"(near_{name} - I_{name}) / {SECANT}")
            else:
                lines.append(f"g_{name} = {self.open_product(channel)}")
                currents.append(f"g_{name} * {self.drive(channel)}")
                slopes.append(f"g_{name}")
        return self.function("current_and_slope(V, gates, Ca, p)", "Σ I and dΣI/dV at fixed gates.", lines,
                             " + ".join(currents), " + ".join(slopes))

    def calcium_current(self):
        return self.function("calcium_current(V, gates, Ca, p)", "Sum of the currents that carry calcium, µA/cm².", [],
                             self.sum_of(self.carriers))

    def calcium_currents(self):
        lines = [f"I_Ca = {self.sum_of(self.carriers)}", f"I_near = {self.sum_of(self.carriers, Ca='Ca_near')}"]
        says = "The same at Ca and at ``Ca_near``: together, so that what they share is computed once."
        return self.function("calcium_currents(V, gates, Ca, Ca_near, p)", says, lines, "I_Ca", "I_near")

    def put_currents(self):
        lines = []
        for k, channel in enumerate(self.cell.channels):
            at = place(k, "sample", "samples")
            lines += [f"conductances[{at}] = {self.open_product(channel)}",
                      f"currents[{at}] = conductances[{at}] * {self.drive(channel)}"]
        return self.function("put_currents(V, gates, Ca, p, sample, samples, conductances, currents)",
                             "Conductance and current of every channel at ``sample`` of ``samples``.", lines)


def place(j, i="i", n="n"):
    """Where state or channel j stands in an array of i of n."""
    return i if j == 0 else f"{n} + {i}" if j == 1 else f"{j} * {n} + {i}"


def as_tuple(expressions):
    """Source of a tuple, of any length."""
    return f"({', '.join(expressions)}{',' if len(expressions) == 1 else ''})"


def write_functions(cell):
    """Source of the functions that ``cell`` has of its own, and what they call, by the names they call it."""
    w = Writer(cell)
    parts = [
        w.constants(), w.defaults(), w.take(), w.put(), w.speeds(), w.rates(),
        w.of_gates("steady_gates(rate)", "Every gate at its steady state.", "rate[{i}]"),
        w.of_gates("gains(rate, speed, half)", "How far every gate goes in ``half`` ms, as a part of its way.",
                   "1.0 - math.exp(-half * speed[{i}] * rate[{k}])"),
        # In this form a gate that is steady, or frozen, stays as it is to the last bit.
        w.of_gates("move_gates(gates, rate, gain)", "The gates after that, exact for the rates at hand.",
                   "gates[{i}] + (rate[{i}] - gates[{i}]) * gain[{i}]"),
        w.of_gates("gate_flows(gates, rate, speed)", "dx/dt of every gate, 1/ms.",
                   "speed[{i}] * rate[{k}] * (rate[{i}] - gates[{i}])"),
        w.current(), w.current_and_slope(), w.put_currents(),
        *([w.calcium_current(), w.calcium_currents()] if cell.pool else []),
    ]  # fmt: skip
    return "\n".join(parts) + "\n", w.functions


def write_lockstep(cell):
    """Source of what :mod:`neurolib.kernel.lockstep` needs besides: the parameters of one run of many, and a mean of gates."""
    w = Writer(cell)
    parameters = [f"P[{place(j)}]" for j in range(len(cell.parameter_names))]
    return "\n".join([
        w.function("parameters_of(P, n, i)", "The parameters of run ``i`` of ``n``: parameter j stands at ``P[j * n + i]``.",
                   [], as_tuple(parameters)),
        w.of_gates("between(here, there, f)",
                   "For every gate the value that is the part ``f`` of the way from ``here`` to ``there``.",
                   "here[{i}] + (there[{i}] - here[{i}]) * f"),
    ]) + "\n"
