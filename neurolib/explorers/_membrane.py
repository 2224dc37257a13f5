"""What the scenes of several explorers share: gates that turn, currents through a channel, curves of what a channel does."""

from neurolib.cells import squid_axon
from neurolib.explorer import moves
from neurolib.explorer.parts import Curve
from neurolib.explorer.scene import Scene
from neurolib.portable import portable, zeros
from neurolib.protocols import put_row
from neurolib.squid_clamp import H, M, clamp, sodium_current

LENGTH = 50  # of the arrow of the largest current
STATES = len(squid_axon.state_names)
DOTS = 18.0  # a second, at the largest current
DIVALENT = {"CaL"}  # channels whose ions carry two charges


def gates(**curves):
    """The doors m (three) and n (four), and the ball h at the inner mouth, by the curves or readouts that they follow."""
    numbers = {"m": 3, "n": 4}
    doors = [(f"{gate}_{place}", gate) for gate in curves if gate in numbers for place in range(1, numbers[gate] + 1)]
    balls = [moves.turn("h", curves["h"], (0, 1), (0, -110))] if "h" in curves else []
    return (*(moves.turn(part, curves[gate], (0, 1), (0, -84)) for part, gate in doors), *balls)


def ionic_current(ion, value, most):
    """An arrow, up when the current is outward, and ions that cross one way or the other."""
    ways = (("in", -DOTS / most), ("out", DOTS / most))
    flows = [moves.flow(f"{ion}_{way}", value, rate, seconds=0.7) for way, rate in ways]
    return moves.arrow(f"I_{ion}", value, most, LENGTH), *flows


def clamp_rig(current, replaced, most, at):
    """An axon with a wire that reads V and one that carries the amplifier's current, by the curve of that name, two of its
    channels with what blocks them, and the part of the sodium outside that is ``replaced``."""
    currents = *ionic_current("Na", "I_Na", most), *ionic_current("K", "I_K", most), moves.arrow("I", current, most, LENGTH)
    plugs = moves.show("TTX", "ttx", (0, 100)), moves.show("TEA", "tea", (0, 100))
    bath = moves.count("sodium", replaced, (100, 0)), moves.count("choline", replaced, (0, 100))
    values = moves.write("command", "command", 0), moves.write("V", "V", 0)
    return Scene("clamp.svg", (*gates(m="m", h="h", n="n"), *currents, *plugs, *bath, *values), at=at)


def channel_gates(names):
    """One gate for each channel of a row, by the curve ``open_NAME``: it stands for all the gates of that channel."""
    return [moves.turn(f"{name}_gate", f"open_{name}", (0, 1), (0, -84)) for name in names]


def ions(names, dots, inward=()):
    """Ions that cross through the channels of a row, ``dots`` a second for each µA/cm² that single charges carry."""
    ways = [(name, "in", -dots) if name in inward else (name, "out", dots) for name in names]
    each = {name: 0.5 if name in DIVALENT else 1.0 for name in names}
    return [moves.flow(f"{name}_{way}", f"I_{name}", rate * each[name], seconds=0.7) for name, way, rate in ways]


@portable
def put_channel(row, g, size, head, conductances, currents, opened, I):
    """The open part and the current of one channel of a cell whose maximal conductances are all 1: that times ``g``.

    The first ``head`` points are as the first sample. A row below 0, of a channel that the cell lacks: nothing.
    """
    for i in range(head + size):
        k = row * size + max(i - head, 0)
        opened[i] = conductances[k] if row >= 0 else 0.0
        I[i] = g * currents[k] if row >= 0 else 0.0


@portable
def put_moment(y, i, at, V, m, h):
    """Point i of a clamp experiment on one clock: time (ms), V (mV), gates, sodium current (µA/cm²)."""
    y.clock[i] = at
    y.V_clock[i] = V
    y.m_clock[i] = m
    y.h_clock[i] = h
    y.I_clock[i] = sodium_current(V, m, h)


@portable
def put_test(y, first, n, at, duration, V, p, state):
    """The test step to V mV that begins at the time ``at``, n points of it, from number ``first`` on."""
    row, times, samples = zeros(3), zeros(n), zeros(STATES * n)
    for i in range(n):
        times[i] = duration * i / (n - 1)
    put_row(row, 0, 0.0, V, 0.0)
    clamp(state, p, row, 1, 0.0, duration, times, n, samples, 0.01)
    for i in range(n):
        put_moment(y, first + i, at + times[i], V, samples[M * n + i], samples[H * n + i])


def clock_curves(size):
    """The curves that these fill, for a declaration."""
    units = {"clock": "ms", "V_clock": "mV", "m_clock": "", "h_clock": "", "I_clock": "µA/cm²"}
    return {name: Curve(size, unit) for name, unit in units.items()}


def clock_scene(at):
    """One sodium channel with its gates and current, and ten more, of which the share h is free of inactivation."""
    share = moves.count("free", "h_clock", (0, 1)), moves.count("shut", "h_clock", (1, 0)), moves.write("share", "h_clock", 2)
    channel = *gates(m="m_clock", h="h_clock"), *ionic_current("Na", "I_clock", 2450)
    return Scene("sodium_channels.svg", (*channel, *share, moves.write("V", "V_clock", 0)), at=at)
