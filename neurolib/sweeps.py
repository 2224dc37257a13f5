"""One cell over many parameters and stimuli: every combination, on all cores or on a Dask cluster."""

import itertools
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from neurolib.cell import require_cell
from neurolib.checks import require_array, require_positive
from neurolib.lockstep import block_size, fits, in_blocks, on_one_clock, run_block
from neurolib.protocols import NOTHING, Waveform, require_waveform
from neurolib.rest import find_rest
from neurolib.simulate import LeftRange, Trace, current_clamp, prepare

QUIET = 2.0  # s: a sweep that is over by then shows no progress
MANY = 64  # runs from which a sweep goes in lockstep where it can


@dataclass(frozen=True, eq=False)
class Sweep:
    """What was measured: ``values``, an array with an axis for each of ``axes`` (and those of one measurement).

    ``axes``: by name, "stimulus" and the parameters that were varied, in order.
    """

    axes: dict
    values: np.ndarray


def sweep(cell, measure, stimuli=NOTHING, duration=50.0, *, otherwise=None, workers=None, progress=None, client=None,
          lockstep=None, dt=None, sample_every=None, **parameters):
    """Run ``cell`` with every combination of ``stimuli`` and ``parameters``; a :class:`Sweep` of what ``measure`` finds.

    ``measure``: a function of a :class:`~neurolib.simulate.Trace`, for example ``lambda trace: len(spikes(trace))``. What
    it returns, a number or arrays of one shape, makes up ``values``; anything else is kept as an array of objects.
    ``stimuli``: a waveform or a sequence of them. ``parameters``: by name, a number or a sequence of numbers.
    ``otherwise``: what stands for a run in which V leaves its range or that has no rest; unless given it is an error.

    On ``workers`` threads, as many as there are cores unless given: compiled kernels run at the same time. Or on a Dask
    cluster, with ``client`` a ``dask.distributed.Client``. ``progress``: whether to show on the terminal how far it is;
    after 2 s unless given. ``lockstep``: whether the runs advance together, several times faster and with V within 0.01 mV
    of single runs (see :mod:`neurolib.lockstep`); unless given, from :data:`MANY` runs on where they can. False: what single
    runs give, to the last bit. Other arguments and errors as in :func:`~neurolib.simulate.current_clamp`::

        found = sweep(squid_axon, lambda trace: len(spikes(trace)), [step(a) for a in (5, 10, 20)], 100.0,
                      g_bar_K=np.linspace(20, 50, 7))
        found.values                    # 3 × 7
    """
    require_cell(cell)
    if not callable(measure):
        raise ValueError(f"measure = {measure!r}: a function of a trace is wanted, such as lambda trace: trace.V.max()")
    several = [stimuli] if isinstance(stimuli, Waveform) or not isinstance(stimuli, (list, tuple)) else list(stimuli)
    axes = {"stimulus": [require_waveform("stimuli", stimulus) for stimulus in several]}
    axes |= {name: require_array(name, values) for name, values in parameters.items()}
    if not several:
        raise ValueError("stimuli: none; give a waveform or a sequence of them")
    for name in parameters:
        cell.index(name)
    points = list(itertools.product(*axes.values()))
    run = partial(_run, cell, measure, tuple(parameters), duration, otherwise, dt, sample_every)
    workers = None if workers is None else int(require_positive("workers", workers))
    bar = _Bar(len(points), progress)
    if client is not None:
        results = client.gather(client.map(run, points, pure=False))
    elif _together(lockstep, cell, axes, len(points)):
        results = _in_lockstep(cell, measure, tuple(parameters), duration, otherwise, dt, sample_every, points, workers, bar)
    else:
        results = [run(points[0])]  # compiles, before the threads would all wait for it
        bar.show(1)
        count = os.cpu_count() or 1 if workers is None else workers
        with ThreadPoolExecutor(count) as pool:
            for done, result in enumerate(pool.map(run, points[1:]), 2):
                results.append(result)
                bar.show(done)
    bar.end()
    return Sweep(axes, _stack(results, [len(axis) for axis in axes.values()]))


def _together(wanted, cell, axes, count):
    """Whether a sweep goes in lockstep; ``ValueError`` if it has to and cannot."""
    varied = [name for name, values in axes.items() if name != "stimulus" and len(values) > 1]
    can = fits(cell, varied, axes["stimulus"])
    if wanted and not can:
        raise ValueError(f"lockstep = {wanted!r}: these runs of {cell.name} cannot go in lockstep: that takes Numba, a cell "
                         "without a pool, gates that do not depend on what varies, and stimuli that change at much the "
                         "same times")
    return can and (count >= MANY if wanted is None else bool(wanted))


def _in_lockstep(cell, measure, names, duration, otherwise, dt, sample_every, points, workers, bar):
    """What :func:`_run` gives for every one of ``points``, in lockstep."""
    changes = [dict(zip(names, map(float, point[1:]), strict=True)) for point in points]
    prepared = [prepare(cell, duration, dt, sample_every, change) for change in changes]
    _, times, step = prepared[0]

    def failed(error, k):
        if otherwise is None:
            error.add_note(f"in the sweep at {points[k][0].description}, {changes[k]}")
            raise error
        return otherwise

    rests = {}
    for k, change in enumerate(changes):
        key = tuple(change.items())
        try:
            rests[key] = rests[key] if key in rests else find_rest(cell, **change).state
        except ValueError as error:
            rests[key] = None
            failed(error, k)

    def run(first, last):
        here = [k for k in range(first, last) if rests[tuple(changes[k].items())] is not None]
        found = dict.fromkeys(range(first, last), otherwise)
        if here:
            starts = [rests[tuple(changes[k].items())] for k in here]
            samples, marks, _ = run_block(cell, starts, [prepared[k][0] for k in here],
                                          on_one_clock([points[k][0] for k in here], 0.0), 0.0, float(duration), step, times)
            for k, sampled, left in zip(here, samples, marks[3], strict=True):
                stimulus = points[k][0]
                if left >= 0.0:
                    found[k] = failed(LeftRange(f"V left -250 to 250 mV at {left:.4g} ms under {stimulus.description}"), k)
                else:
                    found[k] = measure(Trace(cell, prepared[k][0], times, sampled, stimulus))
        return list(found.values())

    results = []
    for block in in_blocks(run, len(points), block_size(cell, len(times)), workers):
        results += block
        bar.show(len(results))
    return results


def _run(cell, measure, names, duration, otherwise, dt, sample_every, point):
    changes = dict(zip(names, map(float, point[1:]), strict=True))
    try:
        return measure(current_clamp(cell, point[0], duration, dt, sample_every, **changes))
    except (LeftRange, ValueError) as error:
        if otherwise is not None and (isinstance(error, LeftRange) or "has no rest between" in str(error)):
            return otherwise
        error.add_note(f"in the sweep at {point[0].description}, {changes}")
        raise


def _stack(results, shape):
    """The results as one array of ``shape``, and of theirs if it is the same for all; else of objects."""
    shapes = {np.shape(result) if isinstance(result, (float, int, np.ndarray, np.number)) else None for result in results}
    if len(shapes) == 1 and None not in shapes:
        return np.array(results).reshape(*shape, *shapes.pop())
    held = np.empty(len(results), dtype=object)
    held[:] = results
    return held.reshape(shape)


class _Bar:
    """How far a sweep is, on the terminal, once it has taken a while."""

    def __init__(self, count, wanted):
        self.count, self.wanted, self.start, self.shown = count, wanted, time.monotonic(), 0.0

    def show(self, done):
        now = time.monotonic()
        late = self.wanted or (self.wanted is None and now - self.start > QUIET)
        if late and (now - self.shown > 0.2 or done == self.count):
            self.shown = now
            left = (now - self.start) * (self.count - done) / done
            filled = "█" * (30 * done // self.count)
            print(f"\r{filled:░<30} {done} of {self.count}, {left:.0f} s left ", end="", file=sys.stderr, flush=True)

    def end(self):
        if self.shown:
            print(file=sys.stderr)
