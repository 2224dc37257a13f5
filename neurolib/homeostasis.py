"""A cell that keeps its ions, or loses them: pump and leak, Donnan equilibrium, and what the rest costs."""

import math
from dataclasses import dataclass, fields

import numpy as np

from neurolib import pump_leak
from neurolib.checks import require, require_array, require_non_negative, require_positive, require_temperature, with_changes
from neurolib.constants import FARADAY
from neurolib.electrochemistry import mullins_noda, thermal_voltage

AVOGADRO = 6.02214076e23


def sphere(diameter):
    """Area over volume of a sphere, 6/d, in 1/cm, of ``diameter`` µm."""
    return 6e4 / require_positive("diameter", diameter, "µm")


def cylinder(diameter):
    """Area over volume of a long cylinder, 4/d, in 1/cm, of ``diameter`` µm."""
    return 4e4 / require_positive("diameter", diameter, "µm")


@dataclass(frozen=True)
class PumpLeak:
    """A cell with leaks of K⁺, Na⁺ and Cl⁻ and a sodium pump; the equations are in :mod:`neurolib.pump_leak`.

    Concentrations inside ``Na``, ``K``, ``Cl`` and outside in mM, permeabilities in cm/s, ``area_to_volume`` in 1/cm
    (a sphere of 20 µm; see :func:`sphere` and :func:`cylinder`). ``pump``: fraction of the pump that works, 0 without
    ATP. ``pump_Na`` : ``pump_K`` ions moved per cycle. Left out, ``Cl`` is passive and ``I_max`` balances the leaks, so
    that the cell starts in a steady state at its Mullins-Noda voltage. These numbers are choices made here.
    Raises ``ValueError`` for negative permeabilities, concentrations not above zero, or a temperature outside 0-50 °C.
    """

    Na: float = 15.0
    K: float = 140.0
    Cl: float | None = None
    Na_out: float = 145.0
    K_out: float = 5.0
    Cl_out: float = 110.0
    P_K: float = 1e-6
    P_Na: float = 4e-8
    P_Cl: float = 4.5e-7
    I_max: float | None = None
    pump: float = 1.0
    pump_Na: float = 3.0
    pump_K: float = 2.0
    area_to_volume: float = 3000.0
    C_m: float = 1.0
    temperature_celsius: float = 37.0

    def __post_init__(self):
        for name in ("Na", "K", "Na_out", "K_out", "Cl_out"):
            require_positive(name, getattr(self, name), "mM")
        for name in ("P_K", "P_Na", "P_Cl"):
            require_non_negative(name, getattr(self, name), "cm/s")
        for name in ("pump", "pump_Na", "pump_K"):
            require_non_negative(name, getattr(self, name))
        require_positive("area_to_volume", self.area_to_volume, "1/cm")
        require_positive("C_m", self.C_m, "µF/cm²")
        require_temperature(self.temperature_celsius)
        if self.P_K + self.P_Na + self.P_Cl <= 0.0:
            raise ValueError("P_K = P_Na = P_Cl = 0 cm/s: at least one has to be above 0, or V is undefined")
        V = self._balanced_voltage() if self.Cl is None or self.I_max is None else 0.0
        if self.Cl is None:
            object.__setattr__(self, "Cl", self.Cl_out * math.exp(V / thermal_voltage(self.temperature_celsius)))
        if self.I_max is None:
            cycles = pump_leak.pump_current(1.0, self.K_out, self.Na)
            leak = pump_leak.leak_Na(self._array(0.0), V, self.Na)
            object.__setattr__(self, "I_max", max(0.0, -leak / (self.pump_Na * cycles)))
        require_positive("Cl", self.Cl, "mM")

    @property
    def V(self):
        """Voltage at which leaks and pump carry no net current at these concentrations, mV."""
        q = self._array(self.I_max)
        per_mV = pump_leak.charge_per_voltage(q)
        V = -70.0
        for _ in range(3):  # the charge on the membrane is a part in a million: Cl stays what it is
            V = pump_leak.settled_voltage(q, self.Na, self.K, self.Na + self.K - self.Cl - per_mV * V, V)
        return V

    @property
    def pump_cycles(self):
        """Cycles of the pump as a current, µA/cm²; one cycle splits one ATP."""
        return self.pump * pump_leak.pump_current(self.I_max, self.K_out, self.Na)

    @property
    def fixed_charge(self):
        """X = Na + K − Cl, mM: the charge of the anions that cannot leave."""
        return self.Na + self.K - self.Cl

    def with_(self, **changes):
        """A copy with some fields changed: ``cell.with_(pump=0.0)`` is the cell at the moment its pump stops."""
        return with_changes(self, changes)

    def run(self, times):
        """Follow the ions to each of ``times`` (s, ascending, from 0): an :class:`IonHistory`."""
        times = require_array("times", times, "s")
        if times[0] < 0.0 or np.any(np.diff(times) <= 0.0):
            raise ValueError("times: they have to be 0 s or later, and each later than the one before")
        state = np.array([self.V, self.Na, self.K, self.Cl])
        out = np.empty(4 * len(times))
        pump_leak.pump_leak_run(self._array(self.I_max), state, 0.0, times, len(times), out, np.empty(2))
        return IonHistory(times, *out.reshape(4, -1))

    def settled(self):
        """The cell after 40 time constants of its slowest leak: its steady state, if it has one at these parameters."""
        slowest = min(P for P in (self.P_K, self.P_Na, self.P_Cl) if P > 0.0)
        end = self.run([40.0 / (self.area_to_volume * slowest)])
        return self.with_(Na=end.Na[0], K=end.K[0], Cl=end.Cl[0])

    def time_to(self, level):
        """Time in s at which V first rises through ``level`` mV; nan if it does not within 1.2e8/(A/Vol) s."""
        if self.V >= require("level", level, -200.0, 200.0, "mV"):
            return 0.0
        # Ions move in proportion to area over volume: in units of its inverse every cell takes the same time.
        times = np.linspace(0.0, 1.2e8 / self.area_to_volume, 20001)[1:]
        history = self.run(times)
        above = np.flatnonzero(history.V >= level)
        if not len(above):
            return math.nan
        i = int(above[0])
        if i == 0:
            return float(times[0])
        return float(np.interp(level, history.V[i - 1 : i + 1], times[i - 1 : i + 1]))

    def donnan(self):
        """The cell at the end without a pump: E_K = E_Na = E_Cl = V, from (Na_o + K_o) e⁻ᵘ − Cl_o eᵘ = X, u = VF/RT."""
        cations = self.Na_out + self.K_out
        ratio = (self.fixed_charge + math.sqrt(self.fixed_charge**2 + 4.0 * cations * self.Cl_out)) / (2.0 * cations)
        return self.with_(Na=self.Na_out * ratio, K=self.K_out * ratio, Cl=self.Cl_out / ratio, pump=0.0)

    def _balanced_voltage(self):
        return mullins_noda(self.pump_Na / max(self.pump_K, 1e-12), self.P_K, self.P_Na, self.K, self.K_out, self.Na,
                            self.Na_out, self.temperature_celsius)

    def _array(self, I_max):
        known = {field.name: getattr(self, field.name) for field in fields(self)} | {"I_max": I_max}
        return np.array([known[name] for name in pump_leak.PARAMETERS], dtype=float)


@dataclass(frozen=True, eq=False)
class IonHistory:
    """V (mV) and the concentrations inside (mM) at ``time`` (s); arrays of one length."""

    time: np.ndarray
    V: np.ndarray
    Na: np.ndarray
    K: np.ndarray
    Cl: np.ndarray


@dataclass(frozen=True)
class RestingEnergy:
    """What a rest costs: ``pump_current`` in nA (net outward) and ``ATP_per_s``, one ATP per net charge moved."""

    pump_current: float
    ATP_per_s: float


def resting_energy(R_in, E_Na, E_K, V):
    """Cost of the rest of a cell of input resistance ``R_in`` (MΩ), by Attwell & Laughlin 2001.

    A 3:2 pump that carries the net current I_p has to balance g_Na (E_Na − V) = 3 I_p and g_K (V − E_K) = 2 I_p, with
    g_Na + g_K = 1/R_in, so I_p = 1/R_in / (3/(E_Na − V) + 2/(V − E_K)), and it splits I_p/e ATP per second.
    Attwell & Laughlin (2001) J Cereb Blood Flow Metab 21:1133-1145 give 3.42e8 per second for 200 MΩ, 50, −100, −70 mV.
    Raises ``ValueError`` unless E_K < V < E_Na and R_in is above 0. Voltages in mV.
    """
    require_positive("R_in", R_in, "MΩ")
    require("V", V, E_K, E_Na, "mV", open_low=True, open_high=True)
    current = 1.0 / R_in / (3.0 / (E_Na - V) + 2.0 / (V - E_K))
    return RestingEnergy(current, current * 1e-9 * AVOGADRO / FARADAY)


def permeability_ratio(V, concentration, E_Na, E_K, temperature_celsius, r=1.5):
    """P_Na/P_K at which a cell rests at ``V``, by Mullins & Noda, given E_Na and E_K (mV).

    ``concentration``: Na⁺ outside and K⁺ inside, taken as equal, mM (it cancels). ``r``: Na⁺ per K⁺ pumped; 1 without a
    pump.
    """
    RT_F = thermal_voltage(require_temperature(temperature_celsius))
    K_out, Na_in = concentration * math.exp(E_K / RT_F), concentration * math.exp(-E_Na / RT_F)
    inside = math.exp(V / RT_F)
    return r * (K_out - concentration * inside) / (Na_in * inside - concentration)
