"""Where a trajectory of the plane of V and w ends, a rest or a rhythm, and the border between starts of different fates.

Units and arguments are those of :mod:`neurolib.phase_plane`; ``fixed_points`` fills ``found`` and returns ``count``.
"""

from neurolib.phase_plane import is_stable, jacobian, step_along, trace_and_determinant, w_steady
from neurolib.portable import math, portable

REST, RHYTHM, UNDECIDED = 0, 1, 2
DT, T_LONG = 0.25, 3000.0  # ms: a step, and how long a fate is waited for
V_MOST, W_LEAST, W_MOST = 90.0, -0.5, 1.5  # a border that leaves this part of the plane has no more to tell
NUDGE = 0.2  # mV, from a fixed point


@portable
def rest_at(V, w, kind, phi, found, count):
    """The voltage of the stable fixed point to which (V, w) has come, to 0.02 mV and 1e-4; nan if it has come to none."""
    for i in range(count):
        if math.fabs(V - found[i]) < 0.02 and is_stable(found[i], kind, phi) == 1.0:
            if math.fabs(w - w_steady(found[i], kind)) < 1e-4:
                return found[i]
    return math.nan


@portable
def fate(V, w, I, kind, phi, found, count):
    """(fate, rate in Hz, swing in mV, spikes, V, w) of the trajectory that starts at (V, w).

    A turn begins where V rises through the highest fixed point; in a rhythm two turns after each other are of one length and
    one swing, to 5 parts in ten thousand. Spikes are upward passages of 0 mV. V and w are those at the end.
    """
    middle = found[count - 1]
    turns = 0
    spikes = 0
    begun = 0.0
    length = 0.0
    swing = 0.0
    highest = V
    lowest = V
    for i in range(int(T_LONG / DT)):
        V_before = V
        V, w = step_along(V, w, I, kind, phi, DT)
        if V_before < 0.0 and V >= 0.0:
            spikes = spikes + 1
        highest = max(highest, V)
        lowest = min(lowest, V)
        if V_before < middle and V >= middle:
            t = DT * (i + (middle - V_before) / (V - V_before))
            new_length, new_swing = t - begun, highest - lowest
            change = max(math.fabs(new_length / length - 1.0), math.fabs(new_swing / swing - 1.0)) if turns >= 2 else 1.0
            length = new_length
            swing = new_swing
            if change < 5e-4:
                return RHYTHM, 1000.0 / length, swing, spikes, V, w
            begun = t
            highest = V
            lowest = V
            turns = turns + 1
        if math.isfinite(rest_at(V, w, kind, phi, found, count)):
            return REST, 0.0, 0.0, spikes, V, w
    return UNDECIDED, 0.0, highest - lowest, spikes, V, w


@portable
def inside(V, w):
    """1 in the part of the plane in which a border is followed, otherwise 0."""
    return 1.0 if math.fabs(V) < V_MOST and w > W_LEAST and w < W_MOST else 0.0


@portable
def put_branch(saddle, side, I, kind, phi, first, n, border_V, border_w):
    """n points, a millisecond apart, of one half of the line on which trajectories run into the saddle: backwards from it.

    To smaller V where ``side`` is −1, to larger where it is 1. What starts on one side of this line turns one way, what starts
    on the other side the other way.
    """
    a, b, _c, _d = jacobian(saddle, kind, phi)
    trace, determinant = trace_and_determinant(saddle, kind, phi)
    slow = 0.5 * trace - math.sqrt(0.25 * trace * trace - determinant)
    V = saddle
    w = w_steady(saddle, kind)
    for i in range(n):
        border_V[first + i] = V if inside(V, w) == 1.0 else math.nan
        border_w[first + i] = w
        if i == 0:
            V = V + side * NUDGE
            w = w + side * NUDGE * (slow - a) / b
        for _step in range(int(1.0 / DT)):
            if inside(V, w) == 1.0:
                V, w = step_along(V, w, I, kind, phi, -DT)


@portable
def put_loop(V_rest, I, kind, phi, n, border_V, border_w):
    """n points of the loop around a stable focus on which trajectories neither come to rest nor leave; returns its length, ms.

    Backwards in time trajectories near the focus wind out onto it. nan, and no points, where they do not within 3000 ms.
    """
    V = V_rest + NUDGE
    w = w_steady(V_rest, kind)
    turns = 0
    begun = 0.0
    last = 0.0
    period = math.nan
    for i in range(int(T_LONG / DT)):
        V_before = V
        w_before = w
        V, w = step_along(V, w, I, kind, phi, -DT)
        if inside(V, w) == 0.0:
            return math.nan
        if V_before < V_rest and V >= V_rest:
            part = (V_rest - V_before) / (V - V_before)
            t, here = DT * (i + part), w_before + part * (w - w_before)
            if turns >= 2 and math.fabs(here - last) < 1e-6:
                period = t - begun
                break
            begun = t
            last = here
            turns = turns + 1
    if math.isnan(period):
        return period
    steps = int(period / (DT * (n - 1))) + 1
    for i in range(n):
        border_V[i] = V
        border_w[i] = w
        for _step in range(steps):
            V, w = step_along(V, w, I, kind, phi, -period / ((n - 1) * steps))
    return period
