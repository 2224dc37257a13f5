"""What the electrode does, as plain data: its fields, checked, and the rows of each of its runs.

A protocol is a dict with ``clamp`` ("current", values in µA/cm², or "voltage", mV), ``kind``, ``base`` (what is held before
and after) and ``duration`` (ms of a run), and the fields of its kind:

- ``pulse``: onset, width, amplitude; ``pair``: the same, interval (from start to start) and second (amplitude);
  ``train``: the same, period and count;
- ``ramp``: onset, width, start, amplitude (its end);
- ``sine``: onset, width, amplitude (the level of its peaks; base is its middle), frequency (Hz); in straight pieces, 64 a
  period, or in a long one fewer, but no less than 16;
- ``noise``: onset, width, amplitude (its mean), sd, tau (ms), seed: an Ornstein-Uhlenbeck process, held for 0.5 ms at a time;
- ``table``: rows of [time, value], each held until the next;
- ``family``: onset, width, first, last, count (runs), pre, pre_width (a prepulse, if longer than 0) and tail (what follows).
"""

import math

from neurolib.bench.description import fields
from neurolib.checks import require, require_one_of, require_positive, require_whole
from neurolib.protocols import Waveform

LONGEST, MOST_RUNS, MOST_PULSES, MOST_ROWS = 10000.0, 15, 500, 20000
NOISE_STEP, SINE_PIECES, LEAST_PIECES = 0.5, 64, 16  # ms; pieces of a period of a sine, and the fewest that are still one
KINDS = {
    "pulse": ("onset", "width", "amplitude"),
    "pair": ("onset", "width", "amplitude", "interval", "second"),
    "train": ("onset", "width", "amplitude", "period", "count"),
    "ramp": ("onset", "width", "start", "amplitude"),
    "sine": ("onset", "width", "amplitude", "frequency"),
    "noise": ("onset", "width", "amplitude", "sd", "tau", "seed"),
    "table": ("rows",),
    "family": ("onset", "width", "first", "last", "count", "pre", "pre_width", "tail"),
}
LEVELS = "base", "amplitude", "second", "start", "first", "last", "pre", "tail"
ABOVE_0 = "width", "interval", "period", "frequency", "tau"
WHOLE = {"count": 1, "seed": 0}


def check_protocol(protocol):
    """``protocol`` with every number a float, in a new dict; ``ValueError`` that names the field and what is wanted."""
    shared = ("clamp", "kind", "base", "duration")
    given = protocol if isinstance(protocol, dict) else fields("protocol", protocol, shared)
    kind = require_one_of("protocol: kind", given.get("kind"), KINDS)
    clamp = require_one_of("protocol: clamp", given.get("clamp"), ("current", "voltage"))
    given = fields("protocol", protocol, (*shared, *KINDS[kind]))
    checked = {"clamp": clamp, "kind": kind}
    for name in (*shared[2:], *KINDS[kind]):
        place, value = f"protocol: {name}", given[name]
        if name in LEVELS:
            limits = (-1e5, 1e5, "µA/cm²") if clamp == "current" else (-240.0, 240.0, "mV")
            checked[name] = require(place, value, *limits)
        elif name == "duration":
            checked[name] = require(place, value, 0.5, LONGEST, "ms")
        elif name in ABOVE_0:
            checked[name] = require_positive(place, value, "Hz" if name == "frequency" else "ms")
        elif name == "rows":
            checked[name] = _table(value, checked)
        elif name in WHOLE:
            most = 1_000_000 if name == "seed" else MOST_RUNS if kind == "family" else MOST_PULSES
            checked[name] = require_whole(place, value, WHOLE[name], most)
        else:
            checked[name] = require(place, value, 0.0)
    if kind == "sine" and checked["width"] * checked["frequency"] / 1000.0 * LEAST_PIECES > MOST_ROWS:
        raise ValueError(f"protocol: width = {checked['width']:g} ms at frequency = {checked['frequency']:g} Hz: a sine has at "
                         f"most {MOST_ROWS // LEAST_PIECES} periods here: make its width or its frequency smaller")
    return checked


def _table(rows, checked):
    if not isinstance(rows, (list, tuple)) or not 0 < len(rows) <= MOST_ROWS:
        raise ValueError(f"protocol: rows: a list of [time, value] is wanted, 1 to {MOST_ROWS}")
    low, high = (-1e5, 1e5) if checked["clamp"] == "current" else (-240.0, 240.0)
    table = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, (list, tuple)) or len(row) != 2:
            raise ValueError(f"protocol: row {number} = {row!r}: [time, value] is wanted")
        t = require(f"protocol: row {number}: time", row[0], table[-1][0] if table else 0.0, unit="ms")
        table.append([t, require(f"protocol: row {number}: value", row[1], low, high)])
    return table


def uniform(seed):
    """Numbers between 0 and 1 from a whole ``seed``, the same in the page: the upper 24 of 32 bits of a congruence."""
    state = (seed * 747796405 + 2891336453) % 2**32
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield ((state >> 8) + 0.5) / 2**24


def _noise(protocol):
    numbers = uniform(protocol["seed"])

    def normal():
        u, v = next(numbers), next(numbers)
        return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)

    onset, width, sd = protocol["onset"], protocol["width"], protocol["sd"]
    steps = max(1, min(MOST_ROWS, math.floor(width / NOISE_STEP + 0.5)))
    step = width / steps
    keep = math.exp(-step / protocol["tau"])
    spread, off = sd * math.sqrt(1.0 - keep * keep), sd * normal()
    for i in range(steps):
        yield onset + i * step, protocol["amplitude"] + off, 0.0
        off = off * keep + spread * normal()
    yield onset + width, protocol["base"], 0.0


def _sine(protocol):
    base, onset, width = protocol["base"], protocol["onset"], protocol["width"]
    size = protocol["amplitude"] - base
    pieces = max(1, min(MOST_ROWS, math.ceil(width * protocol["frequency"] * SINE_PIECES / 1000.0)))
    step = width / pieces
    values = [base + size * math.sin(2.0 * math.pi * protocol["frequency"] / 1000.0 * i * step) for i in range(pieces + 1)]
    for i in range(pieces):
        yield onset + i * step, values[i], (values[i + 1] - values[i]) / step
    yield onset + width, base, 0.0


def _rows(protocol, level):
    """Rows of (time, value, slope) of one run at ``level``; of rows at one time the last counts."""
    kind, base = protocol["kind"], protocol["base"]
    if kind == "table":
        return [(t, value, 0.0) for t, value in protocol["rows"]]
    onset, width = protocol["onset"], protocol["width"]
    end = (onset + width, base, 0.0)
    if kind == "pair":
        second = onset + protocol["interval"]
        between = [end] if width < protocol["interval"] else []
        return [(onset, level, 0.0), *between, (second, protocol["second"], 0.0), (second + width, base, 0.0)]
    if kind == "train":
        rows = []
        for i in range(protocol["count"]):
            t = onset + i * protocol["period"]
            rows.append((t, level, 0.0))
            if width < protocol["period"] or i == protocol["count"] - 1:
                rows.append((t + width, base, 0.0))
        return rows
    if kind == "ramp":
        return [(onset, protocol["start"], (level - protocol["start"]) / width), end]
    if kind in ("sine", "noise"):
        return list((_sine if kind == "sine" else _noise)(protocol))
    if kind == "family":
        first = max(onset - protocol["pre_width"], 0.0)
        before = [(first, protocol["pre"], 0.0)] if protocol["pre_width"] > 0.0 else []
        return [*before, (onset, level, 0.0), (onset + width, protocol["tail"], 0.0)]
    return [(onset, level, 0.0), end]


def runs_of(protocol):
    """One (level, waveform) for each run of a protocol; a family has several. ``ValueError`` as in :func:`check_protocol`."""
    return runs_of_checked(check_protocol(protocol))


def runs_of_checked(protocol):
    """The same of a protocol that :func:`check_protocol` has given."""
    levels = [protocol.get("amplitude", protocol["base"])]
    if protocol["kind"] == "family":
        first, last, count = protocol["first"], protocol["last"], protocol["count"]
        levels = [last] if count == 1 else [first + (last - first) * i / (count - 1) for i in range(count)]
    return [(level, _waveform(protocol, level)) for level in levels]


def _waveform(protocol, level):
    rows = {0.0: (0.0, protocol["base"], 0.0)} | {row[0]: row for row in _rows(protocol, level)}
    unit = "µA/cm²" if protocol["clamp"] == "current" else "mV"
    return Waveform(tuple(sorted(rows.values())), f"a {protocol['kind']} of {level:g} {unit} from {protocol['base']:g}")
