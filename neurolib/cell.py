"""A cell as frozen data: a capacitance, channels, a temperature and perhaps a pool of calcium."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from neurolib.channels import CalciumPool, Channel
from neurolib.channels.gating import require_identifier
from neurolib.checks import require, require_non_negative, require_one_of, require_positive, require_temperature, with_changes
from neurolib.portable.reach import of_library


@dataclass(frozen=True)
class Cell:
    """C_m dV/dt = I_stim − Σ I_channel: one patch of membrane.

    ``C_m`` in µF/cm², ``channels`` a tuple of :class:`~neurolib.channels.Channel`. What can be changed without a new
    cell is a parameter, a number in the array that its kernels take; :attr:`parameter_names` lists them:

    - ``C_m``, ``temperature_celsius``; ``g_bar_<channel>``; ``E_<ion>`` or ``E_<channel>``; constants of channels;
    - ``rate_<gate>_<channel>``: how many times faster than normal the gate moves; 1 normally, 0 freezes it;
    - with a pool: ``Ca_rest``, ``Ca_tau``, ``Ca_gain``, ``Ca_out``.

    The state is V, then the gates as ``<gate>_<channel>`` in the order of the channels, then ``Ca``.
    """

    name: str
    C_m: float
    channels: tuple[Channel, ...]
    temperature_celsius: float
    pool: CalciumPool | None = None
    source: str = ""
    written = True  # its kernels are written for it, see neurolib.kernel.write

    def __post_init__(self):
        require_identifier("cell name", self.name)
        require_positive("C_m", self.C_m, "µF/cm²")
        require_temperature(self.temperature_celsius)
        object.__setattr__(self, "channels", tuple(self.channels))
        names = [channel.name for channel in self.channels]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"channels = {names}: a cell has channels, each with a name of its own")
        if self.pool is None and any(channel.carries_calcium for channel in self.channels):
            raise ValueError(f"cell {self.name}: a channel that carries calcium needs a pool to carry it to")
        _ = self.default_values

    @cached_property
    def moving_gates(self):
        """``(name, channel, gate)`` of every gate that is a state, in order."""
        return tuple(
            (f"{gate.name}_{channel.name}", channel, gate)
            for channel in self.channels
            for gate in channel.gates
            if not gate.instantaneous
        )

    @cached_property
    def state_names(self):
        """Names of the states, in the order of a state array."""
        return ("V", *(name for name, _, _ in self.moving_gates), *(("Ca",) if self.pool else ()))

    @cached_property
    def default_values(self):
        """Parameters by name, with their default values, in the order of a parameter array."""
        values = {"C_m": float(self.C_m), "temperature_celsius": float(self.temperature_celsius)}
        for channel in self.channels:
            values[f"g_bar_{channel.name}"] = float(channel.g_bar)
        shared = [(c.reversal_name, c.E_rev, c.name) for c in self.channels if c.E_rev is not None]
        shared += [(name, value, c.name) for c in self.channels for name, value in c.constants.items()]
        for name, value, channel in shared:
            require_identifier("parameter name", name)
            if values.setdefault(name, float(value)) != float(value):
                raise ValueError(f"{name} = {value!r} in channel {channel}: another channel of {self.name} has "
                                 f"{values[name]!r}, and they share it")
        for name, _, _ in self.moving_gates:
            values[f"rate_{name}"] = 1.0
        if self.pool:
            pool = self.pool
            values |= {"Ca_rest": pool.rest, "Ca_tau": pool.tau, "Ca_gain": pool.gain, "Ca_out": pool.Ca_out}
        return values

    @property
    def parameter_names(self):
        """Names of the parameters, in the order of a parameter array."""
        return tuple(self.default_values)

    def parameter_name(self, name):
        """The full name of a parameter; a gate's rate may leave out the channel: ``rate_h``. ``ValueError`` for any other."""
        return self._full_name(name, self.parameter_names, "parameter")

    def index(self, parameter):
        """Where ``parameter`` stands in a parameter array, by its name as :meth:`parameter_name` takes it."""
        return self.parameter_names.index(self.parameter_name(parameter))

    def values_of(self, p):
        """Parameters by name, as they stand in the parameter array ``p``."""
        return {name: float(p[self.index(name)]) for name in self.parameter_names}

    def state_index(self, state):
        """Where ``state`` stands in a state array. A gate may leave out the channel where that is clear: ``m``."""
        return self.state_names.index(self._full_name(state, self.state_names, "state"))

    def parameters(self, **changes):
        """The parameter array, with changes by name, for example ``cell.parameters(g_bar_Na=60.0)``.

        Raises ``ValueError`` for an unknown name and for a value out of range.
        """
        values = np.array(list(self.default_values.values()))
        for name, value in changes.items():
            values[self.index(name)] = self._checked(name, value)
        return values

    def channel(self, name):
        """The channel called ``name``."""
        require_one_of("channel", name, [channel.name for channel in self.channels])
        return next(channel for channel in self.channels if channel.name == name)

    def with_channel(self, *channels, name=None):
        """A cell with ``channels`` added, or put in the place of those of the same name."""
        new = {channel.name: channel for channel in self.channels} | {channel.name: channel for channel in channels}
        return self.with_(name=name or self.name, channels=tuple(new.values()))

    def with_(self, **changes):
        """A copy with some fields changed, for example ``cell.with_(temperature_celsius=18.5)``."""
        return with_changes(self, changes)

    @cached_property
    def readers_functions(self):
        """The functions of channels that are not the library's own, and may change while the cell stays."""
        gates = [gate for channel in self.channels for gate in channel.gates]
        functions = [function for gate in gates for function in gate.functions.values()]
        functions += [f for channel in self.channels for f in (channel.reversal, channel.drive) if f is not None]
        return tuple(function for function in functions if not of_library(function))

    @property
    def kernel(self):
        """The cell's compiled :class:`~neurolib.kernel.build.Kernel`."""
        from neurolib.kernel.build import kernel_of

        return kernel_of(self)

    def _full_name(self, name, names, what):
        if name in names:
            return name
        longer = [full for full in names if full.startswith(f"{name}_")]
        if len(longer) == 1 and (what == "state" or name.startswith("rate_")):
            return longer[0]
        require_one_of(what, name, names)

    @staticmethod
    def _checked(name, value):
        if name == "temperature_celsius":
            return require_temperature(value)
        if name == "C_m" or name in ("Ca_rest", "Ca_tau", "Ca_gain", "Ca_out"):
            return require_positive(name, value)
        if name.startswith(("g_bar_", "rate_")):
            return require_non_negative(name, value)
        return require(name, value)


def require_cell(cell):
    """``cell`` if it is a :class:`Cell`; ``ValueError`` that shows where to find one."""
    if isinstance(cell, Cell):
        return cell
    name = cell if isinstance(cell, str) and cell.isidentifier() else "squid_axon"
    raise ValueError(f"cell = {cell!r}: a Cell is wanted, not its name or anything else: from neurolib.cells import {name}")
