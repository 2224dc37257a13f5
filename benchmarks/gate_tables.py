"""Gate tables in place of rates, to see what they would gain and cost: x_inf and the gain of half a step, by table."""

import numpy as np

from neurolib import cells
from neurolib.channels import squid
from neurolib.portable import exprel, portable
from neurolib.rest import find_rest
from neurolib.spikes import spike_times

LOW, SPACING = -150.0, 0.1
SIZE = 2501


@portable
def run_with_tables(state, table, amplitude, on, steps, dt, out):
    """The library's scheme for the squid axon at 6.3 °C with its six gate functions by linear interpolation."""
    V = state[0]
    m = state[1]
    h = state[2]
    n = state[3]
    for i in range(steps):
        for side in range(2):
            x = (V - LOW) / SPACING
            k = int(x)
            f = x - k
            k = 6 * k
            m = m + (table[k] + f * (table[k + 6] - table[k]) - m) * (table[k + 1] + f * (table[k + 7] - table[k + 1]))
            h = h + (table[k + 2] + f * (table[k + 8] - table[k + 2]) - h) * (
                table[k + 3] + f * (table[k + 9] - table[k + 3])
            )
            n = n + (table[k + 4] + f * (table[k + 10] - table[k + 4]) - n) * (
                table[k + 5] + f * (table[k + 11] - table[k + 5])
            )
            if side == 0:
                I_stim = 0.0
                if i < on:
                    I_stim = amplitude
                g_Na = 120.0 * m * m * m * h
                g_K = 36.0 * n * n * n * n
                I = g_Na * (V - 50.0) + g_K * (V + 77.0) + 0.3 * (V + 54.387) - I_stim
                V = V - dt * I * exprel(-dt * (g_Na + g_K + 0.3))
        out[i] = V


def table_of(dt):
    """The six functions at every spacing from ``LOW`` mV, gate by gate: x_inf and 1 − exp(−dt/2 tau_x)."""
    rows = []
    for V in LOW + SPACING * np.arange(SIZE):
        row = []
        for gate in (squid.M, squid.H, squid.N):
            row += [gate.steady_state(V=V), 1.0 - np.exp(-0.5 * dt / gate.time_constant(V=V))]
        rows.append(row)
    return np.array(rows).ravel()


def measure(best, direct, dt=0.01, steps=5000):
    """Time of a run (ms), its times and V, and the largest shift of a spike against ``direct`` rates (ms)."""
    start, table, V = find_rest(cells.squid_axon).state, table_of(dt), np.empty(steps)
    times = dt * np.arange(1, steps + 1)

    def run():
        run_with_tables(start.copy(), table, 10.0, round(1.0 / dt), steps, dt, V)
        return times, V

    elapsed, trace = best(run, 40)
    shift = np.abs(spike_times(*trace) - spike_times(*direct())).max()
    return elapsed, trace, float(shift)
