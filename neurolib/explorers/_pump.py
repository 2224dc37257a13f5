"""The pump and the leaks beside it: what explorers of the pump share, with ``scenes/pump.svg``."""

from neurolib.explorer import moves
from neurolib.explorer.parts import Curve
from neurolib.explorers._doors import IONS, open_doors
from neurolib.homeostasis import PumpLeak
from neurolib.portable import portable
from neurolib.pump_leak import I_MAX, K_OUT, PUMP, PUMP_K, PUMP_NA, leak_Cl, leak_K, leak_Na, pump_current

HALF = 12  # units of the drawing: half the width of a door that is wide open
RATE = 0.25  # turns that are shown each second for one of the model's
EACH = 5.0  # mM for a dot inside
TURN = float(PumpLeak().pump_cycles)  # µA/cm²: the pump of the default cell


@portable
def put_pump(y, i, q, V, Na, K, Cl, turn):
    """Enter pump and leaks at sample ``i``: ``turns`` in units of ``turn`` (µA/cm²), currents as charges for one of these."""
    y.turns[i] = q[PUMP] * pump_current(q[I_MAX], q[K_OUT], Na) / turn
    y.I_pump[i] = (q[PUMP_NA] - q[PUMP_K]) * y.turns[i]
    y.I_Na[i] = leak_Na(q, V, Na) / turn
    y.I_K[i] = leak_K(q, V, K) / turn
    y.I_Cl[i] = leak_Cl(q, V, Cl) / turn


def pump_curves(size):
    """The curves that it fills."""
    return {name: Curve(size) for name in ("turns", "I_pump", "I_Na", "I_K", "I_Cl")}


def turning(flows=None):
    """The pump as quick as its turns; through the leaks so many ions as the model says for each turn."""
    flows = flows or [*leaking("Na", "I_Na"), *leaking("K", "I_K"), *leaking("Cl", "I_Cl", -1)]
    return [moves.cycle("pump", "turns", RATE), *flows]


def leaking(ion, value, z=1):
    """Ions that go through their leak: an outward current takes those of charge ``z`` = 1 out, those of -1 in."""
    return [moves.flow(f"{ion}_out", value, z * RATE), moves.flow(f"{ion}_in", value, -z * RATE)]


def currents(most):
    """An arrow for each current, outward upwards."""
    return [moves.arrow(f"I_{name}", f"I_{name}", most, 40) for name in ("pump", *IONS)]


def dots_inside(ions=IONS):
    """Dots inside for the concentrations that the curves named after the ions hold."""
    return [moves.crowd(f"{ion}_inside", ion, EACH, most=50, radius=2.8) for ion in ions]


def leaks():
    """The doors of the three leaks."""
    return open_doors(HALF)
