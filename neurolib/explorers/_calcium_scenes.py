"""The scenes of the two calcium explorers, whose modules are long: channels that let calcium in, and what it does there."""

from neurolib.explorer import moves
from neurolib.explorer.scene import Scene
from neurolib.portable import math, portable

SPIKE_ARROW = 20.0  # µA/cm²: beyond it the arrows of `calcium_spike` grow no longer


@portable
def clear_inward(y, size):
    """No inward currents yet."""
    for i in range(size):
        y.I_Na[i] = math.nan
        y.I_Ca[i] = math.nan
        y.Ca[i] = math.nan


@portable
def put_inward(y, size, currents, sodium, calcium, pool):
    """The currents, µA/cm², of channels number ``sodium`` and ``calcium``, and the calcium, µM, of state ``pool``; -1: none."""
    for i in range(size):
        y.I_Na[i] = currents[sodium * size + i] if sodium >= 0 else math.nan
        y.I_Ca[i] = currents[calcium * size + i] if calcium >= 0 else math.nan
        y.Ca[i] = 1e3 * y.history[pool * size + i] if pool >= 0 else math.nan


def signal_scene():
    """A calcium channel, the shell of calcium below it, three SK channels that it opens, and both currents."""
    doors = [moves.turn(f"SK_{place}", "SK_open", (0, 1), (0, -84)) for place in (1, 2, 3)]
    currents = [moves.arrow(name, name, 22, 48) for name in ("I_Ca", "I_SK")]
    calcium = moves.crowd("Ca", "Ca", each=0.4, most=96), moves.write("Ca_now", "Ca", 2)
    others = moves.show("SK", "g_SK", (0, 0.005)), moves.write("V", "V", 0)
    return Scene("calcium_shell.svg", (*doors, *currents, *calcium, *others), at=75)


def spike_scene():
    """A sodium and a calcium channel, where the cell has them, what blocks them, their currents, calcium below them."""
    ways = (("Na_in", "Na", -1.5), ("Na_out", "Na", 1.5), ("Ca_in", "Ca", -0.75))  # of ions: calcium carries two charges
    flows = [moves.flow(path, f"I_{ion}", rate, seconds=0.7) for path, ion, rate in ways]
    arrows = [moves.arrow(f"I_{ion}", f"I_{ion}", SPIKE_ARROW, 48) for ion in ("Na", "Ca")]
    blocks = [moves.show(f"block_{ion}", f"block_{ion}", (0, 100)) for ion in ("Na", "Ca")]
    there = moves.show("Na_there", "cell", (3, 4), (1, 0)), moves.show("Ca_there", "cell")  # by their order: see KINDS
    others = moves.crowd("Ca", "Ca", each=0.7, most=96), moves.write("V", "V", 0)
    return Scene("calcium_spike.svg", (*flows, *arrows, *blocks, *there, *others), at=52)
