"""Doors in a membrane and the circuit beside them: what explorers of leaks share, with ``scenes/doors.svg``."""

from neurolib.electrochemistry import ghk_current
from neurolib.explorer import moves
from neurolib.explorer.parts import Readout
from neurolib.portable import math, portable

IONS = ("Na", "K", "Cl")
HALF = 16  # units of the drawing: half the width of a door that is wide open
NEAR = 0.01  # mV from its Nernst potential, where current over distance is next to 0/0


@portable
def opening(P, largest):
    """How wide a door stands, 0 to 1: a round one, whose area goes with the permeability."""
    return math.sqrt(P / largest)


@portable
def chord(P, z, V, E, c_in, c_out, temperature_celsius):
    """Chord conductance of a leak, I/(V − E), mS/cm² (P in cm/s); at E the slope of its current."""
    at = V if math.fabs(V - E) > NEAR else E + NEAR
    return ghk_current(P, z, at, c_in, c_out, temperature_celsius) / (at - E)


@portable
def current_and_chord(P, z, V, E, c_in, c_out, temperature_celsius):
    """Current (µA/cm², outward positive) and chord conductance (mS/cm²) of a leak of permeability P, cm/s."""
    return ghk_current(P, z, V, c_in, c_out, temperature_celsius), chord(P, z, V, E, c_in, c_out, temperature_celsius)


@portable
def put_circuit(r, most):
    """The conductances set so far become their shares of all; currents, where one is above ``most``, shrink together."""
    g = r.g_Na + r.g_K + r.g_Cl
    r.g_Na = r.g_Na / g
    r.g_K = r.g_K / g
    r.g_Cl = r.g_Cl / g
    largest = max(math.fabs(r.I_Na), math.fabs(r.I_K), math.fabs(r.I_Cl))
    if largest > most:
        r.I_Na = r.I_Na * most / largest
        r.I_K = r.I_K * most / largest
        r.I_Cl = r.I_Cl * most / largest


def door_readouts():
    """The readouts that open the doors."""
    return {f"door_{ion}": Readout(shown=False) for ion in IONS}


def circuit_readouts():
    """Those of the circuit: the current of each branch and the share of its conductance."""
    names = {f"I_{ion}": Readout("µA/cm²", shown=False) for ion in IONS}
    return names | {f"g_{ion}": Readout(shown=False) for ion in IONS}


def open_doors(half=HALF):
    """The two walls of each door apart."""
    sides = (("left", -half), ("right", half))
    return [moves.shift(f"{ion}_{side}", f"door_{ion}", (0, 1), (by, 0)) for ion in IONS for side, by in sides]


def circuit(most, batteries):
    """Three branches: conductance, battery (upside down where E is above 0), current; ``batteries``: the value of each."""
    cells = [moves.scale(f"E_{ion}", value, (-100, 100), (1, -1)) for ion, value in zip(IONS, batteries, strict=True)]
    levels = [moves.fill(f"g_{ion}", f"g_{ion}", (0, 1)) for ion in IONS]
    return [*cells, *levels, *(moves.arrow(f"I_{ion}", f"I_{ion}", most, 36) for ion in IONS)]
