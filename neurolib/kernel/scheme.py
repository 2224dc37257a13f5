"""How a cell is solved: its rest, its run in time, its run under a voltage clamp.

One full time step of length h is a symmetric composition: gates h/2, calcium h/2, voltage h, calcium h/2, gates h/2,
each stage exact or exponential with the others held. That is second order, and V, gates and calcium are synchronous at
the end of every step: half gate steps on both sides of a voltage step are the sequential exponential Euler scheme. The
gates' rates at the end of a step serve the start of the next, so a step evaluates them once.

Text of the module of every cell (see :mod:`neurolib.kernel.build`); imported as it is, it works on the cell of
:mod:`neurolib.kernel.reference`. A stimulus has the form of :mod:`neurolib.kernel.rows`.
"""

from neurolib.kernel.calcium import POOL, calcium_flow, move_calcium, steady_calcium
from neurolib.kernel.reference import (
    C_M,
    current,
    current_and_slope,
    gains,
    gate_flows,
    move_gates,
    put,
    put_currents,
    rates,
    speeds,
    steady_gates,
    take,
)
from neurolib.kernel.rows import line_at, next_stop, row_at, steps_in
from neurolib.portable import exprel, math, portable


@portable
def steady_current(V, p, state):
    """Fill ``state`` with V and the gates and calcium that are steady at V; returns the sum of the currents, µA/cm²."""
    Ca = steady_calcium(V, p)
    gates = steady_gates(rates(V, Ca, p))
    put(state, 1, 0, V, gates, Ca)
    return current(V, gates, Ca, p)


@portable
def steady_state(V, p, state):
    """Fill ``state`` as :func:`steady_current` does."""
    steady_current(V, p, state)


@portable
def rest(p, I_stim, state):
    """Lowest voltage at which the steady current rises through ``I_stim``; fills ``state``, returns V.

    Scans upwards from -200 mV by 1 mV, then halves the interval until no double is left between its ends.
    Returns nan if there is no such voltage below 200 mV; ``state`` then has no meaning.
    """
    low = -200.0
    I_low = steady_current(low, p, state) - I_stim
    high = low
    I_high = I_low
    while high < 200.0:
        low = high
        I_low = I_high
        high = low + 1.0
        I_high = steady_current(high, p, state) - I_stim
        if I_low <= 0.0 and I_high > 0.0:
            break
    if not (I_low <= 0.0 and I_high > 0.0):
        return math.nan
    for _halving in range(100):
        V = 0.5 * (low + high)
        if V <= low or V >= high:
            break
        if steady_current(V, p, state) - I_stim > 0.0:
            high = V
        else:
            low = V
    if steady_current(high, p, state) + steady_current(low, p, state) < 2.0 * I_stim:
        low = high
    steady_current(low, p, state)
    return low


@portable
def derivative(state, p, I_stim, out):
    """Fill ``out`` with the time derivatives of the states, per ms."""
    V, gates, Ca = take(state, 1, 0)
    rate = rates(V, Ca, p)
    flow = (I_stim - current(V, gates, Ca, p)) / p[C_M]
    put(out, 1, 0, flow, gate_flows(gates, rate, speeds(p)), calcium_flow(V, gates, Ca, p))


@portable
def put_samples(t, times, n_times, taken, samples, V, gates, Ca):
    """Write the state to every sample that is due at ``t``; returns how many have been ``taken`` by then."""
    while taken < n_times and times[taken] <= t:
        put(samples, n_times, taken, V, gates, Ca)
        taken = taken + 1
    return taken


@portable
def integrate(state, p, stimulus, rows, t_start, t_end, times, n_times, samples, crossings, capacity, level, dt):
    """Run the cell from ``state`` at ``t_start`` to ``t_end``; leave the last state in ``state``.

    Before the first row of the stimulus the current is 0.
    Sample i of state j at ``times[i]`` goes to ``samples[j * n_times + i]``. Upward crossings of ``level`` are written
    to ``crossings``; the run stops early when ``capacity`` of them have been found. Steps are at most ``dt`` and end on
    every sample time and every row of the stimulus. Returns (t_failed, count): ``t_failed`` is -1, or the time
    at which V left -250 to 250 mV.
    """
    V, gates, Ca = take(state, 1, 0)
    C_m = p[C_M]
    speed = speeds(p)
    rate = rates(V, Ca, p)
    gain = gains(rate, speed, 0.0)
    t = t_start
    taken = 0
    row = 0
    count = 0
    t_failed = -1.0
    h = 0.0
    half = 0.0
    running = 1
    while running == 1:
        taken = put_samples(t, times, n_times, taken, samples, V, gates, Ca)
        if t >= t_end:
            break
        row = row_at(t, stimulus, rows, row)
        I_start, I_slope = line_at(t, stimulus, row, 0.0)
        t_next = next_stop(t_end, times, n_times, taken, stimulus, rows, row)
        steps = steps_in(t_next - t, dt)
        if abs((t_next - t) / steps - h) > 1e-9 * h:
            h = (t_next - t) / steps
            half = 0.5 * h
            gain = gains(rate, speed, half)
        for step in range(steps):
            gates = move_gates(gates, rate, gain)
            Ca = move_calcium(V, gates, Ca, p, half)
            I_stim = I_start + I_slope * (step + 0.5) * h
            I_ion, slope = current_and_slope(V, gates, Ca, p)
            V_before = V
            V = V + h * (I_stim - I_ion) / C_m * exprel(-h * slope / C_m)
            Ca = move_calcium(V, gates, Ca, p, half)
            rate = rates(V, Ca, p)
            gain = gains(rate, speed, half)
            gates = move_gates(gates, rate, gain)
            if V_before < level and V >= level:
                crossings[count] = t + h * (step + (level - V_before) / (V - V_before))
                count = count + 1
                if count >= capacity:
                    running = 0
                    break
            if not (V >= -250.0 and V <= 250.0):
                t_failed = t + h * (step + 1.0)
                running = 0
                break
        t = t_next
    put(state, 1, 0, V, gates, Ca)
    return t_failed, count


@portable
def clamp(state, p, command, rows, t_start, t_end, times, n_times, samples, dt):
    """Hold V at ``command`` and let the gates follow; samples as in :func:`integrate`.

    At a constant V, and without a calcium pool, the gates are exact exponentials and ``dt`` plays no part.
    Before the first row V is that of ``state``. A sample at the time of a jump is taken before it.
    """
    V, gates, Ca = take(state, 1, 0)
    speed = speeds(p)
    t = t_start
    taken = 0
    row = 0
    running = 1
    while running == 1:
        taken = put_samples(t, times, n_times, taken, samples, V, gates, Ca)
        if t >= t_end:
            break
        row = row_at(t, command, rows, row)
        V_start, V_slope = line_at(t, command, row, V)
        t_next = next_stop(t_end, times, n_times, taken, command, rows, row)
        steps = 1
        if V_slope != 0.0 or POOL == 1:
            steps = steps_in(t_next - t, dt)
        half = 0.5 * (t_next - t) / steps
        for step in range(steps):
            V = V_start + V_slope * (2 * step + 1) * half
            Ca = move_calcium(V, gates, Ca, p, half)
            rate = rates(V, Ca, p)
            gain = gains(rate, speed, half)
            gates = move_gates(move_gates(gates, rate, gain), rate, gain)
            Ca = move_calcium(V, gates, Ca, p, half)
        V = V_start + V_slope * (t_next - t)
        t = t_next
    put(state, 1, 0, V, gates, Ca)
    return 0


@portable
def channel_currents(p, samples, n, conductances, currents):
    """Conductance and current of channel k at sample i, at ``[k * n + i]``, from the samples of ``integrate``."""
    for i in range(n):
        V, gates, Ca = take(samples, n, i)
        put_currents(V, gates, Ca, p, i, n, conductances, currents)
