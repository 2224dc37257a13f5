"""Many runs of one cell in lockstep: for sweeps, whose runs are alike, several times faster than one after the other.

Gates come from tables of 0.05 mV (:mod:`neurolib.kernel.lockstep`): against a single run of the same step V is within
0.01 mV and a spike within 0.0001 ms after 100 ms of firing, as tests hold it to. Runs go in blocks of :data:`BLOCK`, each
on a core, with some 2.5 MB of tables for a cell with three gates, and their samples.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from neurolib.channels.gating import arguments_of
from neurolib.kernel.build import lockstep_of
from neurolib.portable.cache import numba
from neurolib.protocols import union

BLOCK = 500  # runs
LARGEST_BLOCK = 64e6  # bytes of samples that a block may hold
MOST_ROWS = 4  # times as many rows as one stimulus has: beyond it, steps of one run would be cut by the edges of others


def fits(cell, varied, stimuli=()):
    """Whether runs of ``cell`` that differ in the parameters ``varied`` and in ``stimuli`` can go in lockstep.

    They can, with Numba, for a cell without a pool whose kernels are written for it, if no gate depends on what differs, and
    if the stimuli change at much the same times.
    """
    if numba is None or cell.pool is not None or not cell.written:
        return False
    of_gates = {name for _, _, gate in cell.moving_gates for f in gate.functions.values() for name in arguments_of(f)}
    names = {cell.parameter_name(name) for name in varied}
    if names & (of_gates | {"temperature_celsius", *(f"rate_{name}" for name, _, _ in cell.moving_gates)}):
        return False
    return not stimuli or len(union(*stimuli)) <= MOST_ROWS * max(1, *(len(stimulus.rows) for stimulus in stimuli))


def block_size(cell, n_times):
    """How many runs go together when each is sampled ``n_times`` times."""
    return int(min(BLOCK, max(1, LARGEST_BLOCK // (8 * len(cell.state_names) * max(1, n_times)))))


def on_one_clock(stimuli, t_start):
    """(edges, values, slopes) of ``stimuli``: when any changes from ``t_start`` on; a row for each edge, a column for each."""
    edges = np.union1d(t_start, union(*stimuli))
    edges = edges[edges >= t_start]
    rows = np.array([stimulus.on(edges) for stimulus in stimuli]).reshape(len(stimuli), len(edges), 3)
    return edges, np.ascontiguousarray(rows[:, :, 1].T), np.ascontiguousarray(rows[:, :, 2].T)


def run_block(cell, starts, parameters, stimuli, t_start, t_end, dt, times=(), level=np.inf):
    """Run ``cell`` once for each of ``starts``, a list of states, with its ``parameters`` and its stimulus.

    ``stimuli`` as :func:`on_one_clock` gives them. Returns (samples, marks, states): the states of run c at ``times`` as
    ``samples[c]``; as rows of ``marks`` for each run the number of upward crossings of ``level`` mV, the first, the last, and
    the time at which V left its range, or −1; and the states at ``t_end``.
    """
    module, n, width = lockstep_of(cell), len(starts), len(cell.state_names)
    edges, values, slopes = stimuli
    clock = np.column_stack((edges, np.zeros((len(edges), 2)))).ravel()
    states, P = np.array(starts).T.ravel(), np.array(parameters).T.ravel()
    times, marks = np.asarray(times, dtype=float), np.empty(4 * n)
    samples = np.full(n * width * len(times), np.nan)
    tables = [np.empty(width * module.SIZE) for _ in range(3)]
    module.together(states, P, n, clock, len(edges), values.ravel(), slopes.ravel(), float(t_start), float(t_end), times,
                    len(times), samples, level, marks, dt, *tables, np.empty(n))
    return samples.reshape(n, width, -1), marks.reshape(4, n), states.reshape(width, n).T


def in_blocks(run, count, size, workers=None):
    """``run(first, last)`` for every block of at most ``size`` of ``count`` runs, on all cores; what they return, in order.

    No more than two blocks a core are under way or waiting to be taken, so that memory stays what it is.
    """
    cores = workers or os.cpu_count() or 1
    size = min(size, -(-count // cores))
    bounds = [(first, min(first + size, count)) for first in range(0, count, size)]
    with ThreadPoolExecutor(cores) as pool:
        waiting = []
        for bound in bounds:
            waiting.append(pool.submit(run, *bound))
            if len(waiting) > cores:
                yield waiting.pop(0).result()
        for result in waiting:
            yield result.result()
