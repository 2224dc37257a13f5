"""Write the portable source of a cell's kernels from its frozen data.

One full time step of length h is a symmetric composition: gates h/2, calcium h/2, voltage h, calcium h/2, gates h/2,
each stage exact or exponential with the others held. That is second order, and V, gates and calcium are synchronous at
the end of every step: half gate steps on both sides of a voltage step are the sequential exponential Euler scheme. The
gates' rates at the end of a step serve the start of the next, so a step evaluates them once.
"""

from neurolib.channels.channel import FLOOR
from neurolib.channels.gating import arguments_of
from neurolib.kernel.template import CORE
from neurolib.kernel.uses import CABLE, SEARCHES
from neurolib.portable import python_function

SECANT = "1e-4"  # mV: step for the slope of a current that is not a straight line in V


class Writer:
    """Fragments of source for one cell; each method gives a list of lines."""

    def __init__(self, cell):
        self.cell = cell
        self.parameters = {name: name for name in cell.parameter_names}
        self.functions = {}

    def call(self, role, function, V="V"):
        """An expression that calls ``function`` with the variables that its arguments name."""
        known = self.parameters | {"V": V} | ({"Ca": "Ca"} if self.cell.pool else {})
        missing = [name for name in arguments_of(function) if name not in known]
        if missing:
            raise ValueError(f"{python_function(function).__name__} of cell {self.cell.name} takes "
                             f"{', '.join(missing)}, which is not one of {', '.join(known)}")
        self.functions[role] = function
        return f"{role}({', '.join(known[name] for name in arguments_of(function))})"

    def load(self):
        """Read the parameter array into locals."""
        return [f"{name} = p[{i}]" for i, name in enumerate(self.cell.parameter_names)]

    def speeds(self):
        """Each gate's φ: its rate multiplier times its temperature factor."""
        lines = []
        for name, _, gate in self.cell.moving_gates:
            factor = ""
            if gate.q10 != 1.0:
                reference = float(gate.temperature_celsius)
                factor = f" * math.pow({gate.q10!r}, (temperature_celsius - {reference!r}) / 10.0)"
            lines.append(f"{name}_speed = rate_{name}{factor}")
        return lines

    def gate_terms(self, name, channel, gate):
        """Lines that leave the gate's steady state in ``<name>_inf`` and its rate of approach in ``<name>_k``."""
        if gate.inf is not None:
            return [f"{name}_inf = {self.call(f'{name}_inf_of', gate.inf)}",
                    f"{name}_k = 1.0 / {self.call(f'{name}_tau_of', gate.tau)}"]
        return [f"{name}_inf = {self.call(f'{name}_alpha_of', gate.alpha)}",
                f"{name}_k = {name}_inf + {self.call(f'{name}_beta_of', gate.beta)}",
                f"{name}_inf = {name}_inf / {name}_k"]

    def rates(self, decay=True):
        """Steady states of all gates at V and Ca and, with ``decay``, how far a gate goes in ``half``."""
        lines = []
        for name, channel, gate in self.cell.moving_gates:
            lines += self.gate_terms(name, channel, gate)
            if decay:
                lines.append(f"{name}_gain = 1.0 - math.exp(-half * {name}_speed * {name}_k)")
        return lines

    def gates_half(self):
        """Move every gate half a step, exactly for the rates at hand."""
        # In this form a gate that is steady, or frozen, stays as it is to the last bit.
        return [f"{n} = {n} + ({n}_inf - {n}) * {n}_gain" for n, _, _ in self.cell.moving_gates]

    def open_product(self, channel, V="V"):
        """The channel's conductance: g_bar times its gates, each to its power."""
        factors = [f"g_bar_{channel.name}"]
        for gate in channel.gates:
            name = f"{gate.name}_{channel.name}"
            if gate.instantaneous:
                name = self.call(f"{name}_inf_of", gate.inf, V)
                factors.append(f"math.pow({name}, {float(gate.power)})" if gate.power > 1 else name)
            else:
                factors += [name] * gate.power
        return " * ".join(factors)

    def drive(self, channel, V="V"):
        """What the conductance is multiplied by: V − E_rev, or the channel's own function."""
        if channel.drive is not None:
            return self.call(f"{channel.name}_drive_of", channel.drive, V)
        if channel.reversal is not None:
            return f"({V} - {self.call(f'{channel.name}_reversal_of', channel.reversal, V)})"
        return f"({V} - {channel.reversal_name})"

    def curved(self, channel):
        """Whether the current is other than a straight line in V at fixed gates."""
        if any(gate.instantaneous for gate in channel.gates) or channel.drive is not None:
            return True
        return channel.reversal is not None and "V" in arguments_of(channel.reversal)

    def total_current(self, into="I_ion"):
        """Sum of the currents of all channels."""
        return [f"{into} = {' + '.join(f'{self.open_product(c)} * {self.drive(c)}' for c in self.cell.channels)}"]

    def current_and_slope(self):
        """Lines that leave Σ I in ``I_ion`` and dΣI/dV in ``slope``."""
        lines, currents, slopes = [], [], []
        if any(self.curved(channel) for channel in self.cell.channels):
            lines.append(f"V_near = V + {SECANT}")
        for channel in self.cell.channels:
            name = channel.name
            if self.curved(channel):
                lines.append(f"I_{name} = {self.open_product(channel)} * {self.drive(channel)}")
                near = f"{self.open_product(channel, 'V_near')} * {self.drive(channel, 'V_near')}"
                lines.append(f"slope_{name} = ({near} - I_{name}) / {SECANT}")
                currents.append(f"I_{name}")
                slopes.append(f"slope_{name}")
            else:
                lines.append(f"g_{name} = {self.open_product(channel)}")
                currents.append(f"g_{name} * {self.drive(channel)}")
                slopes.append(f"g_{name}")
        return [*lines, f"I_ion = {' + '.join(currents)}", f"slope = {' + '.join(slopes)}"]

    def voltage_step(self):
        """A step of V, exponential with the slope of the current: exact for ohmic channels at fixed gates."""
        return [*self.current_and_slope(), "V = V + h * (I_stim - I_ion) / C_m * exprel(-h * slope / C_m)"]

    def calcium_current(self):
        """Sum of the currents that carry calcium, as an expression."""
        carriers = [c for c in self.cell.channels if c.carries_calcium]
        return " + ".join(f"{self.open_product(c)} * {self.drive(c)}" for c in carriers) or "0.0"

    def influx(self):
        """Calcium that the current brings, mM/ms, as an expression."""
        if self.cell.pool.rectified:
            return f"max(0.0, -Ca_gain * ({self.calcium_current()}))"
        return f"-Ca_gain * ({self.calcium_current()})"

    def calcium_flow(self):
        """dCa/dt."""
        return [f"Ca_flow = {self.influx()} + (Ca_rest - Ca) / Ca_tau"]

    def calcium_half(self):
        """Half a step of calcium, exponential with the slope of its own flow."""
        if not self.cell.pool:
            return []
        return [
            "Ca_here = Ca",
            "Ca = Ca_here * 1.0001",
            *self.calcium_flow(),
            "Ca_near = Ca_flow",
            "Ca = Ca_here",
            *self.calcium_flow(),
            "Ca = Ca + half * Ca_flow * exprel(half * (Ca_near - Ca_flow) / (0.0001 * Ca_here))",
            f"if Ca < {FLOOR!r}:",
            f"    Ca = {FLOOR!r}",
        ]

    def steady_calcium(self):
        """Calcium at which influx and removal balance at fixed V, by bisection; the flow falls as calcium rises."""
        if not self.cell.pool:
            return []
        gates = [*self.rates(False), *self.gates_steady()]
        return [
            "Ca = Ca_rest", *gates, *self.calcium_flow(),
            "Ca_low = Ca_rest", "Ca_high = Ca_rest + Ca_tau * Ca_flow",
            "if Ca_flow < 0.0:",
            f"    Ca_low = {FLOOR!r}",
            "    Ca_high = Ca_rest",
            "for halving in range(200):",
            "    Ca = 0.5 * (Ca_low + Ca_high)",
            "    if Ca <= Ca_low or Ca >= Ca_high:",
            "        break",
            *indent([*gates, *self.calcium_flow()]),
            "    if Ca_flow > 0.0:",
            "        Ca_low = Ca",
            "    else:",
            "        Ca_high = Ca",
        ]  # fmt: skip

    def gates_steady(self):
        """Put every gate at its steady state."""
        return [f"{name} = {name}_inf" for name, _, _ in self.cell.moving_gates]

    def steady(self):
        """Calcium and gates at which nothing but V can change."""
        return [*self.steady_calcium(), *self.rates(False), *self.gates_steady()]

    def derivatives(self):
        """The time derivatives of the states, into ``out``."""
        lines = [*self.rates(False), *self.total_current(), "out[0] = (I_stim - I_ion) / C_m"]
        for i, (name, _, _) in enumerate(self.cell.moving_gates, 1):
            lines.append(f"out[{i}] = {name}_speed * {name}_k * ({name}_inf - {name})")
        if self.cell.pool:
            lines += [*self.calcium_flow(), f"out[{len(self.cell.state_names) - 1}] = Ca_flow"]
        return lines

    def state_from(self, array, index="{i}"):
        """Read the states from ``array``, where state i stands at ``index``."""
        return [f"{name} = {array}[{index.format(i=i)}]" for i, name in enumerate(self.cell.state_names)]

    def state_to(self, array, index="{i}"):
        """Write the states to ``array``, state i at ``index``."""
        return [f"{array}[{index.format(i=i)}] = {name}" for i, name in enumerate(self.cell.state_names)]

    def channel_table(self):
        """Conductance and current of every channel at sample i."""
        lines = []
        for k, channel in enumerate(self.cell.channels):
            lines += [f"conductances[{k} * n + i] = {self.open_product(channel)}",
                      f"currents[{k} * n + i] = conductances[{k} * n + i] * {self.drive(channel)}"]
        return lines


def indent(lines, by=1):
    """``lines`` moved ``by`` levels to the right."""
    return ["    " * by + line for line in lines]


def write_source(cell):
    """Portable source of the cell's kernels, and the functions that it calls, by the names it calls them."""
    w = Writer(cell)
    defaults = [f"p[{i}] = {value!r}" for i, value in enumerate(cell.default_values.values())]
    exact = "1" if not cell.pool else "0"
    blocks = {
        "DEFAULTS": defaults, "LOAD": w.load(), "SPEEDS": w.speeds(), "STATE": w.state_from("state"),
        "STORE": w.state_to("state"), "SAMPLE": w.state_to("samples", "{i} * n_times + taken"),
        "SAMPLED": w.state_from("samples", "{i} * n + i"), "RATES": w.rates(), "GATES": w.gates_half(),
        "CALCIUM": w.calcium_half(), "VOLTAGE": w.voltage_step(), "STEADY": w.steady(), "CURRENT": w.total_current(),
        "AT_SITE": w.state_from("states", "{i} * n + c"), "TO_SITE": w.state_to("states", "{i} * n + c"),
        "PROBED": w.state_to("probed", "{i} * taken_max + taken"), "SLOPE": w.current_and_slope(),
        "DERIVATIVES": w.derivatives(), "TABLE": w.channel_table(),
    }  # fmt: skip
    source = []
    template = (CORE + SEARCHES + CABLE).format(name=cell.name, exact=exact, states=len(cell.state_names))
    for line in template.splitlines():
        marker = line.strip()
        if marker.startswith("@@"):
            depth = (len(line) - len(line.lstrip())) // 4
            source += indent(blocks[marker[2:]] or ["pass"], depth)
        else:
            source.append(line)
    return "\n".join(source) + "\n", w.functions
