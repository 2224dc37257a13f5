"""Many runs of one cell at the same time, all at the same step, with the gates' rates from tables.

The scheme is that of :mod:`neurolib.kernel.scheme`. What is different is what a step costs. Steady states and gains of the
gates are looked up by voltage, on a straight line between neighbours; and the half steps of the gates at the end of one
step and at the start of the next, which have the same rates, are one whole step, except where a state is recorded. The
runs may differ in all parameters on which no gate depends, in their start and in the size of their stimulus.

Text of a module of its own for each cell (see :mod:`neurolib.kernel.build`); imported as it is, it works on the cell of
:mod:`neurolib.kernel.reference`, whose calcium stands still here: cells with a pool have no such module.
"""

from neurolib.kernel.reference import (
    C_M,
    STATES,
    current_and_slope,
    gains,
    move_gates,
    put,
    rates,
    speeds,
    steady_gates,
    take,
)
from neurolib.kernel.reference_lockstep import between, parameters_of
from neurolib.kernel.rows import next_stop, row_at, steps_in
from neurolib.portable import portable
from neurolib.portable.apart import apart

LOW = -251.0  # mV: where the tables begin
PER_MV = 20.0  # places in a millivolt
SIZE = 10042  # to 251 mV


@portable
def exprel_below(x):
    """(eˣ − 1)/x as ``exprel``, without a call or a branch, for x up to 1: its series for x/32, doubled five times.

    Within 1e-12, and 1e-9 where x is below −10; for x < −36 it is −1/x, whatever eˣ.
    """
    y = max(x, -36.0) / 32.0
    tail = 1.0 / 5040.0 + y * (1.0 / 40320.0 + y * (1.0 / 362880.0 + y * (1.0 / 3628800.0)))
    e = 1.0 + y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0 + y * (1.0 / 720.0 + y * tail)))))
    e = e * (1.0 + 0.5 * y * e)
    e = e * (1.0 + y * e)
    e = e * (1.0 + 2.0 * y * e)
    e = e * (1.0 + 4.0 * y * e)
    e = e * (1.0 + 8.0 * y * e)
    return -1.0 / x if x < -36.0 else e


@portable
def centre(table):
    """Lower what bends upwards by a twelfth of its second difference: chords then err to both sides, by nothing on average."""
    for j in range(STATES):
        before = table[j * SIZE]
        for k in range(j * SIZE + 1, (j + 1) * SIZE - 1):
            here = table[k]
            table[k] = here - (table[k + 1] - 2.0 * here + before) / 12.0
            before = here


@portable
def fill(p, h, steady, halves, wholes):
    """Steady states of the gates at every place of the tables, and how far they go in ``h``/2 and in ``h`` ms."""
    speed = speeds(p)
    for k in range(SIZE):
        V = LOW + k / PER_MV
        rate = rates(V, 0.0, p)
        put(steady, SIZE, k, V, steady_gates(rate), 0.0)
        put(halves, SIZE, k, V, gains(rate, speed, 0.5 * h), 0.0)
        put(wholes, SIZE, k, V, gains(rate, speed, h), 0.0)
    centre(steady)
    centre(halves)
    centre(wholes)


@portable
def moved(V, gates, steady, gained):
    """The gates after the time that the table ``gained`` is for, at a constant V."""
    x = (V - LOW) * PER_MV
    k = int(x)
    f = x - k
    _V, here, _Ca = take(steady, SIZE, k)
    _V, there, _Ca = take(steady, SIZE, k + 1)
    _V, gain, _Ca = take(gained, SIZE, k)
    _V, next_gain, _Ca = take(gained, SIZE, k + 1)
    return move_gates(gates, between(here, there, f), between(gain, next_gain, f))


@apart
def settle(states, n, steady, halves):
    """Half a step of the gates alone, in all runs."""
    for c in range(n):
        V, gates, Ca = take(states, n, c)
        put(states, n, c, V, moved(V, gates, steady, halves), Ca)


@apart
def advance(states, P, n, values, slopes, at, since, h, steady, gained, before):
    """A step of gates, for which ``gained`` is, and one of voltage, of ``h`` ms, in all runs; ``before``: V until then."""
    for c in range(n):
        V, gates, Ca = take(states, n, c)
        p = parameters_of(P, n, c)
        gates = moved(V, gates, steady, gained)
        I_ion, slope = current_and_slope(V, gates, Ca, p)
        I_stim = values[at + c] + slopes[at + c] * since
        part = h / p[C_M]
        before[c] = V
        put(states, n, c, V + part * (I_stim - I_ion) * exprel_below(-part * slope), gates, Ca)


@portable
def note(states, n, t, h, before, level, marks):
    """Mark what crossed ``level`` or left its range in the step of ``h`` ms from ``t`` on; what left goes on from 0 mV."""
    for c in range(n):
        V = states[c]
        if before[c] < level and V >= level and marks[3 * n + c] < 0.0:
            moment = t + h * (level - before[c]) / (V - before[c])
            if marks[c] == 0.0:
                marks[n + c] = moment
            marks[c] = marks[c] + 1.0
            marks[2 * n + c] = moment
        if not (V >= -250.0 and V <= 250.0):
            if marks[3 * n + c] < 0.0:
                marks[3 * n + c] = t + h
            states[c] = 0.0


@portable
def together(
    states, P, n, clock, rows, values, slopes, t_start, t_end, times, n_times, samples, level, marks, dt, steady, halves,
    wholes, before,
):  # fmt: skip
    """Run the cell ``n`` times from ``states`` at ``t_start`` to ``t_end``, in steps of at most ``dt``.

    State j, or parameter j, of run c at ``[j * n + c]``. Stimuli change at the same times: ``clock`` has ``rows`` rows
    in the form of :mod:`neurolib.kernel.rows`, of which the times count; from row i on run c has ``values[i * n + c]``,
    and ``slopes[i * n + c]`` per ms. State j of run c at ``times[i]`` goes to ``samples[(c * STATES + j) * n_times + i]``.
    ``marks``, four numbers a run at ``[k * n + c]``: how many upward crossings of ``level``, the first and the last of
    them, and when V left -250 to 250 mV, after which nothing counts, or -1. Room for tables, STATES * SIZE each: ``steady``,
    ``halves``, ``wholes``; and for ``n`` numbers, ``before``.
    """
    t = t_start
    taken = 0
    row = 0
    h = 0.0
    for c in range(n):
        marks[c] = 0.0
        marks[3 * n + c] = -1.0
    running = 1
    while running == 1:
        if taken < n_times and times[taken] <= t:
            for c in range(n):
                V, gates, Ca = take(states, n, c)
                put(samples, n_times, c * STATES * n_times + taken, V, gates, Ca)
            taken = taken + 1
        if t >= t_end:
            break
        row = row_at(t, clock, rows, row)
        t_next = next_stop(t_end, times, n_times, taken, clock, rows, row)
        steps = steps_in(t_next - t, dt)
        if abs((t_next - t) / steps - h) > 1e-9 * h:
            h = (t_next - t) / steps
            fill(parameters_of(P, n, 0), h, steady, halves, wholes)
        at = (row - 1) * n
        since = t - clock[3 * row - 3]
        for step in range(steps):
            if step == 0:
                advance(states, P, n, values, slopes, at, since + 0.5 * h, h, steady, halves, before)
            else:
                advance(states, P, n, values, slopes, at, since + (step + 0.5) * h, h, steady, wholes, before)
            note(states, n, t + step * h, h, before, level, marks)
        settle(states, n, steady, halves)
        t = t_next
    return 0
