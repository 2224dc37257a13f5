"""A membrane that is data as a cell that the library can clamp, search and fit."""

import json
from dataclasses import dataclass

from neurolib.bench.description import check_membrane
from neurolib.bench.pack import pack_checked, split_gates
from neurolib.cell import Cell
from neurolib.kernel import generic as at
from neurolib.kernel.build import generic_kernel


@dataclass(frozen=True)
class DataGate:
    """A gate as far as the library asks for it: how much faster it moves when it is warm."""

    name: str
    power: int
    q10: float
    reference: float

    def speed(self, temperature_celsius):
        """φ = q10 ** ((T − reference)/10)."""
        return self.q10 ** ((temperature_celsius - self.reference) / 10.0)


@dataclass(frozen=True)
class DataChannel:
    """A channel as far as the library asks for it: ``drive`` is what it has in place of V − E, a form's name, or None."""

    name: str
    gates: tuple
    drive: str | None


class DataCell(Cell):
    """A :class:`~neurolib.cell.Cell` of a membrane that is data; ``ValueError`` as in :func:`check_membrane`.

    It goes wherever a cell goes in :mod:`neurolib.simulate`, :mod:`neurolib.rest`, :mod:`neurolib.excitability`,
    :mod:`neurolib.spikes` and :mod:`neurolib.fitting`; but not into a cable or a run with synapses. Its parameters by name:
    ``C_m``, ``temperature_celsius``, ``pump``, ``g_bar_<channel>``, ``E_<channel>`` where the drive is ohmic,
    ``rate_<gate>_<channel>``, and with a pool ``Ca_rest``, ``Ca_tau``, ``Ca_gain``. Ca is always its last state.
    """

    written = False

    def __init__(self, membrane, name="bench"):
        membrane = check_membrane(membrane)
        packed = pack_checked(membrane)
        moving, _ = split_gates(membrane)
        gates = [(channel, DataGate(gate["name"], gate["power"], gate["q10"], gate["reference"])) for channel, gate in moving]
        channels = tuple(
            DataChannel(channel["name"], tuple(gate for owner, gate in gates if owner is channel),
                        "constant_field" if channel["drive"]["form"] == "constant_field" else None)
            for channel in membrane["channels"]
        )  # fmt: skip
        values = {
            "name": name, "C_m": membrane["C_m"], "channels": channels, "temperature_celsius": membrane["temperature"],
            "pool": None, "source": json.dumps(membrane), "membrane": membrane, "packed": packed,
            "moving_gates": tuple((f"{gate.name}_{channel['name']}", channel, gate) for channel, gate in gates),
        }  # fmt: skip
        for field, value in values.items():
            object.__setattr__(self, field, value)
        states = ("V", *(name for name, _, _ in self.moving_gates), "Ca")
        object.__setattr__(self, "state_names", states)
        object.__setattr__(self, "places", self._places())

    def _places(self):
        places = {"C_m": at.C_M, "temperature_celsius": at.TEMPERATURE, "pump": at.PUMP}
        for k, channel in enumerate(self.membrane["channels"]):
            start = at.FIRST_CHANNEL + k * at.CHANNEL_SIZE
            places[f"g_bar_{channel['name']}"] = start + at.G
            if channel["drive"]["form"] == "ohmic":
                places[f"E_{channel['name']}"] = start + at.E_REV
        places |= {f"rate_{name}": at.SPEED + j for j, (name, _, _) in enumerate(self.moving_gates)}
        if self.membrane["pool"]:
            places |= {"Ca_rest": at.CA_REST, "Ca_tau": at.CA_TAU, "Ca_gain": at.CA_GAIN}
        return places

    @property
    def default_values(self):
        """Parameters by name, with the membrane's own values."""
        return {name: float(self.packed[place]) for name, place in self.places.items()}

    @property
    def parameter_names(self):
        """Names of the parameters."""
        return tuple(self.places)

    def index(self, parameter):
        """Where ``parameter`` stands in a parameter array, by its name as :meth:`parameter_name` takes it."""
        return self.places[self.parameter_name(parameter)]

    def parameters(self, **changes):
        """A new parameter array of :mod:`neurolib.kernel.generic`, with changes by name."""
        p = self.packed.copy()
        for name, value in changes.items():
            p[self.index(name)] = self._checked(name, value)
        generic_kernel().module.prepare(p)
        return p

    def with_(self, **changes):
        """Refused: ``ValueError``. A membrane that is data is changed there: ``DataCell({**cell.membrane, "C_m": 2.0})``."""
        raise ValueError(f"cell {self.name}: it is data: change its membrane, as in DataCell({{**cell.membrane, 'C_m': 2.0}}), "
                         "or a parameter by name for a run")

    @property
    def kernel(self):
        """The generic :class:`~neurolib.kernel.build.Kernel`."""
        return generic_kernel()
