"""A channel as frozen data: a maximal conductance, what drives its current, and gates. And a pool of calcium."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from neurolib.channels.gating import Gate, require_identifier
from neurolib.checks import did_you_mean, require_non_negative, require_positive, with_changes
from neurolib.constants import FARADAY
from neurolib.portable.mark import by_name, found


@dataclass(frozen=True)
class Channel:
    """I = g_bar · (product of gates, each to its power) · (V − E_rev), in µA/cm², outward positive.

    ``g_bar`` in mS/cm². What drives the current is one of

    - ``E_rev``, a number in mV. Channels with the same ``ion`` share it as the cell's parameter ``E_<ion>``; without an
      ion the parameter is ``E_<name>``.
    - ``reversal``, a portable function for the reversal potential in mV, of ``Ca`` and parameters (a Nernst potential).
    - ``drive``, a portable function that stands in place of V − E_rev (a constant-field current, a rectifier); the
      unit of ``g_bar`` is then whatever makes the product µA/cm².

    Arguments of these functions are found by name, as for :class:`~neurolib.channels.gating.Gate`. ``constants`` are further
    parameters that they use, by name. ``carries_calcium``: whether the current fills the cell's pool of calcium.
    """

    name: str
    g_bar: float
    gates: tuple[Gate, ...] = ()
    E_rev: float | None = None
    ion: str | None = None
    reversal: Callable | None = None
    drive: Callable | None = None
    constants: Mapping[str, float] = field(default_factory=dict, hash=False)
    carries_calcium: bool = False
    source: str = ""

    def __post_init__(self):
        require_identifier("channel name", self.name)
        require_non_negative(f"g_bar of {self.name}", self.g_bar, "mS/cm²")
        if sum(option is not None for option in (self.E_rev, self.reversal, self.drive)) != 1:
            raise ValueError(f"channel {self.name}: give one of E_rev, reversal and drive")
        for field_name, function in (("reversal", self.reversal), ("drive", self.drive)):
            if function is not None and not callable(function):
                raise TypeError(f"channel {self.name}: {field_name} = {function!r}: a function is wanted (a number is E_rev)")
        names = [gate.name for gate in self.gates]
        if len(set(names)) < len(names):
            raise ValueError(f"channel {self.name}: two gates of the same name among {', '.join(names)}")
        object.__setattr__(self, "gates", tuple(self.gates))
        object.__setattr__(self, "constants", MappingProxyType(dict(self.constants)))

    def __getstate__(self):
        return {name: by_name(value) for name, value in (vars(self) | {"constants": dict(self.constants)}).items()}

    def __setstate__(self, state):
        vars(self).update({name: found(value) for name, value in state.items()})
        object.__setattr__(self, "constants", MappingProxyType(self.constants))

    @property
    def reversal_name(self):
        """Name of the parameter that holds E_rev, where E_rev is a number."""
        return f"E_{self.ion or self.name}"

    def gate(self, name):
        """The gate called ``name``."""
        gates = {gate.name: gate for gate in self.gates}
        if name not in gates:
            raise ValueError(f"gate = {name!r}: {did_you_mean(name, gates)}channel {self.name} has "
                             f"{', '.join(gates) or 'no gates'}")
        return gates[name]

    def with_(self, **changes):
        """A copy with some fields changed, for example ``channel.with_(g_bar=60.0)``."""
        return with_changes(self, changes)


def leak(name, g_bar, E_rev, ion=None):
    """An ohmic leak I = g_bar (V − E_rev): always open, the idealisation of a K2P or NALCN channel."""
    return Channel(name, g_bar, (), E_rev, ion)


@dataclass(frozen=True)
class CalciumPool:
    """Free calcium under the membrane: dCa/dt = −gain · I_Ca + (rest − Ca)/tau, in mM and ms.

    ``gain`` in mM per ms per µA/cm²; :meth:`shell` finds it from the depth of a shell. ``rectified``: an outward
    calcium current takes no calcium out (the first term is max(0, −gain · I_Ca)). ``Ca_out`` in mM. Calcium never falls
    below :data:`FLOOR`, so that its Nernst potential stays finite.
    """

    rest: float
    tau: float
    gain: float
    Ca_out: float = 2.0
    rectified: bool = True

    def __post_init__(self):
        for name in ("rest", "tau", "gain", "Ca_out"):
            require_positive(f"{name} of the calcium pool", getattr(self, name))

    @classmethod
    def shell(cls, depth, tau, rest=2.4e-4, Ca_out=2.0):
        """A shell of ``depth`` µm below the membrane: gain = 10/(2 F depth) mM cm²/(µA ms)."""
        return cls(rest, tau, shell_gain(require_positive("depth", depth, "µm")), Ca_out)


FLOOR = 1e-9  # mM


def shell_gain(depth):
    """Rise of calcium per charge in a shell of ``depth`` µm, mM per ms per µA/cm²: 10/(2 F depth)."""
    return 10.0 / (2.0 * FARADAY * depth)
