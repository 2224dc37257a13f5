"""A cell with synapses: conductances that are given in time, beside those of its channels.

Text of a module of its own for each cell (see :mod:`neurolib.kernel.build`), so that a run without synapses pays nothing for
them; imported as it is, it works on the cell of :mod:`neurolib.kernel.reference`.
"""

from neurolib.kernel.calcium import move_calcium
from neurolib.kernel.reference import C_M, current_and_slope, gains, move_gates, put, rates, speeds, take
from neurolib.kernel.rows import line_at, next_stop, row_at, steps_in
from neurolib.kernel.scheme import put_samples
from neurolib.portable import exprel, portable


@portable
def integrate_open(state, p, stimulus, opened, rows, t_start, t_end, times, n_times, samples, dt):
    """Run the cell as :func:`neurolib.kernel.scheme.integrate` does, with the conductance ``opened`` (mS/cm2) in it.

    ``opened`` has the rows of ``stimulus``, at the same times. Its current is ``opened * V``: what its reversal potential adds
    is part of ``stimulus``. Conductance and stimulus are taken at the middle of a step. Returns -1, or the time at which V left
    -250 to 250 mV.
    """
    V, gates, Ca = take(state, 1, 0)
    C_m = p[C_M]
    speed = speeds(p)
    rate = rates(V, Ca, p)
    gain = gains(rate, speed, 0.0)
    t = t_start
    taken = 0
    row = 0
    h = 0.0
    half = 0.0
    t_failed = -1.0
    while t_failed < 0.0:
        taken = put_samples(t, times, n_times, taken, samples, V, gates, Ca)
        if t >= t_end:
            break
        row = row_at(t, stimulus, rows, row)
        I_start, I_slope = line_at(t, stimulus, row, 0.0)
        g_start, g_slope = line_at(t, opened, row, 0.0)
        t_next = next_stop(t_end, times, n_times, taken, stimulus, rows, row)
        steps = steps_in(t_next - t, dt)
        if abs((t_next - t) / steps - h) > 1e-9 * h:
            h = (t_next - t) / steps
            half = 0.5 * h
            gain = gains(rate, speed, half)
        for step in range(steps):
            gates = move_gates(gates, rate, gain)
            Ca = move_calcium(V, gates, Ca, p, half)
            middle = (step + 0.5) * h
            g = g_start + g_slope * middle
            I_ion, slope = current_and_slope(V, gates, Ca, p)
            V = V + h * (I_start + I_slope * middle - I_ion - g * V) / C_m * exprel(-h * (slope + g) / C_m)
            Ca = move_calcium(V, gates, Ca, p, half)
            rate = rates(V, Ca, p)
            gain = gains(rate, speed, half)
            gates = move_gates(gates, rate, gain)
            if not (V >= -250.0 and V <= 250.0):
                t_failed = t + h * (step + 1.0)
                break
        t = t_next
    put(state, 1, 0, V, gates, Ca)
    return t_failed
