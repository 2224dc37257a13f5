"""The rows of a stimulus or a voltage command, and how a run is divided between them.

An array of rows (time, value, slope), three numbers each: from ``time`` on, until the next row, the value is
``value + slope * (t - time)``.
"""

from neurolib.portable import math, portable


@portable
def row_at(t, stimulus, rows, row):
    """Number of rows that have begun at ``t``, where at least ``row`` have."""
    while row < rows and stimulus[3 * row] <= t:
        row = row + 1
    return row


@portable
def line_at(t, stimulus, row, before):
    """Value at ``t`` and slope after ``row`` rows have begun; ``before`` and 0 where none has."""
    if row == 0:
        return before, 0.0
    slope = stimulus[3 * row - 1]
    return stimulus[3 * row - 2] + slope * (t - stimulus[3 * row - 3]), slope


@portable
def next_stop(t_end, times, n_times, taken, stimulus, rows, row):
    """Where a run has to stop next: a sample's time, a row or the end, whichever comes first."""
    t_next = t_end
    if taken < n_times:
        t_next = min(t_next, times[taken])
    if row < rows:
        t_next = min(t_next, stimulus[3 * row])
    return t_next


@portable
def steps_in(duration, dt):
    """Number of equal steps of at most ``dt`` in ``duration``, at least one."""
    return max(1, math.ceil(duration / dt - 1e-9))
