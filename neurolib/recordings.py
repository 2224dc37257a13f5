"""Recordings from anywhere: a voltage against time, checked, and readers of CSV, ABF and NWB files."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from neurolib.checks import as_numbers, optional_package, require_one_of

UNITS = {"s": 1e3, "ms": 1.0, "us": 1e-3, "µs": 1e-3, "V": 1e3, "mV": 1.0, "uV": 1e-3, "µV": 1e-3}  # in ms and mV
CURRENTS = {"A": 1e9, "mA": 1e6, "uA": 1e3, "µA": 1e3, "nA": 1.0, "pA": 1e-3}  # in nA

LARGEST = {"time": 1e13, "V": 1e5, "current": 1e9}  # beyond these it is another unit, or no recording


@dataclass(frozen=True, eq=False)
class Recording:
    """A voltage ``V`` (mV) against ``time`` (ms), and perhaps the injected ``current`` (nA).

    Any sequences of numbers: lists, NumPy arrays, columns of a table. The times rise and need not be even.
    Raises ``ValueError`` for other shapes, lengths that differ, values that are not finite (or beyond :data:`LARGEST`)
    and times that do not rise.
    """

    time: np.ndarray
    V: np.ndarray
    current: np.ndarray | None = None

    def __post_init__(self):
        for name, unit in (("time", "ms"), ("V", "mV"), ("current", "nA")):
            values = getattr(self, name)
            if values is not None or name != "current":
                object.__setattr__(self, name, _samples(name, values, unit))
                if len(getattr(self, name)) != len(self.time):
                    raise ValueError(f"{name}: {len(getattr(self, name))} values for {len(self.time)} times; there have to "
                                     "be as many")
        if len(self.time) < 2:
            raise ValueError(f"time: {len(self.time)} sample; a recording has at least two")
        back = np.flatnonzero(np.diff(self.time) <= 0.0)
        if len(back):
            i = int(back[0]) + 1
            raise ValueError(f"time[{i}] = {self.time[i]:g} ms comes after time[{i - 1}] = {self.time[i - 1]:g} ms: times "
                             "have to rise; sort the samples, and keep one of each time")

    def slope(self, window=0.1):
        """Slope of V over ``window`` ms around each sample, by linear interpolation, mV/ms; an array."""
        left = np.maximum(self.time - 0.5 * window, self.time[0])
        right = np.minimum(self.time + 0.5 * window, self.time[-1])
        rise, run = (np.interp(right, self.time, f) - np.interp(left, self.time, f) for f in (self.V, self.time))
        return np.divide(rise, run, out=np.full_like(run, np.nan), where=run > 0.0)  # nan where time has no room for it


def as_recording(time, V=None):
    """A trace or a recording as it is, or the :class:`Recording` of ``time`` (ms) and ``V`` (mV)."""
    is_one = hasattr(time, "time") and hasattr(time, "V")
    if is_one and V is None:
        return time
    if is_one or V is None:
        raise ValueError(f"V = {V!r} after {type(time).__name__}: give one trace or recording, as in spikes(trace, level=0.0), "
                         "or times and voltages, as in spikes(time, V)")
    return Recording(time, V)


def excursions(time, V, level, hysteresis, dead_time):
    """Where V goes above ``level``: indices of the last sample below it, and of the first after it has come back.

    V comes back when it is below ``level − hysteresis``, and what leaves again within ``dead_time`` ms had not come
    back. The second index is ``len(V)`` where V stays. An excursion that is under way at the first sample is left out.
    """
    side = np.where(V >= level, 1, np.where(V < level - hysteresis, -1, 0))
    side[0] = side[0] or -1
    side = side[np.maximum.accumulate(np.where(side != 0, np.arange(len(V)), 0))]
    edges = np.diff(side)
    up, down = np.flatnonzero(edges > 0), np.flatnonzero(edges < 0) + 1
    if side[0] > 0:
        up = np.append(-1, up)
    down = np.append(down, len(V))[: len(up)]
    apart = time[up[1:]] - time[down[:-1]] >= dead_time
    up, down = up[np.append(True, apart)[: len(up)]], down[np.append(apart, True)[: len(down)]]
    return up[up >= 0], down[up >= 0]


def read_csv(path, time=0, V=1, current=None, *, delimiter=None, decimal=None, time_unit=None, V_unit=None,
             current_unit=None):
    """The :class:`Recording` in columns of a text file.

    ``time``, ``V``, ``current``: each a column, by its number from 0 or by its name in the header; lines before the
    numbers are the header, and there may be none. ``delimiter``: a tab, semicolon, comma or space, whichever is there
    unless given. ``decimal``: a comma if numbers are written so and another mark is between them, else a point. Units:
    s, ms, µs; V, mV, µV; A to pA. Unless given, what the column's name says in brackets, such as "Vm [V]"; else
    ms, mV and nA; but where no unit is given and all voltages lie within 1 mV of 0, they may be volts, and it asks.
    Raises ``ValueError`` for what cannot be read so, and says where.
    """
    lines = Path(path).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    first = next((i for i, line in enumerate(lines) if _is_data(line)), None)
    if first is None:
        raise ValueError(f"{path}: no line of numbers")
    sample = lines[first]
    if delimiter is None:
        delimiter = next((mark for mark in "\t;" if mark in sample), None)
        if delimiter is None and "," in sample and not re.search(r"\d,\d+\s+[-+\d]", sample):
            delimiter = ","
    if decimal is None:
        decimal = "," if delimiter != "," and "," in sample and "." not in sample else "."
    above = next((line for line in reversed(lines[:first]) if line.strip()), "").lstrip("# ")
    names = [name.strip().strip('"') for name in above.split(delimiter)] if above else []
    width = len(sample.split(delimiter))
    if len(names) != width:
        if delimiter == "," and len(names) and 2 * len(names) == width:
            raise ValueError(f"{path}: {width} numbers under {len(names)} names; if commas are decimal marks too, the "
                             "columns need another mark between them")
        names = []
    scales, columns = [], []
    for what, column, unit, known in (("time", time, time_unit, UNITS), ("V", V, V_unit, UNITS),
                                      ("current", current, current_unit, CURRENTS)):
        if column is None:
            continue
        if isinstance(column, str):
            column = names.index(require_one_of(what, column, names))
        elif not 0 <= column < width:
            raise ValueError(f"{what} = {column!r}: {path} has columns 0 to {width - 1}")
        said = re.search(r"[(\[]\s*(\w+)\s*[)\]]", names[column]) if names else None
        if unit is None and said and said[1] in known:
            unit = said[1]
        scales.append(known[require_one_of(f"{what}_unit", unit, known)] if unit else None)
        columns.append(column)
    data = [line.replace(decimal, ".") if decimal != "." else line for line in lines[first:]]
    try:
        table = np.loadtxt(data, delimiter=delimiter, usecols=columns, ndmin=2, quotechar='"')
    except ValueError as error:
        raise ValueError(f"{path}, after line {first}: {error}") from None
    if scales[1] is None and np.all(np.abs(table[:, 1]) < 1.0):
        raise ValueError(f"V_unit = None: all voltages of {path} lie within 1 mV of 0, as they would in volts; say 'mV' or 'V'")
    return Recording(*(table * [1.0 if scale is None else scale for scale in scales]).T)


def read_abf(path, sweep=0, channel=0):
    """The :class:`Recording` of one sweep of an Axon binary file (ABF 1 or 2); needs pyABF."""
    abf = optional_package("pyabf", "to read ABF files").ABF(str(path))
    for name, value, count in (("sweep", sweep, abf.sweepCount), ("channel", channel, abf.channelCount)):
        if value not in range(count):
            raise ValueError(f"{name} = {value!r}: {path} has 0 to {count - 1}")
    abf.setSweep(sweep, channel)
    scale = UNITS[require_one_of(f"unit of channel {channel}", abf.sweepUnitsY, [u for u in UNITS if u.endswith("V")])]
    current = abf.sweepC * CURRENTS[abf.sweepUnitsC] if abf.sweepUnitsC in CURRENTS else None
    if current is not None and not np.all(np.isfinite(current)):  # a command that the file does not hold
        current = None
    return Recording(1e3 * abf.sweepX, scale * abf.sweepY, current)


def read_nwb(path, series=None):
    """The :class:`Recording` of one current-clamp series of a Neurodata Without Borders file; needs pynwb.

    ``series``: its name under "acquisition"; it may be left out where there is one. A stimulus whose name or sweep
    number is the same gives the ``current``.
    """
    pynwb = optional_package("pynwb", "to read NWB files")
    with pynwb.NWBHDF5IO(str(path), "r") as file:
        nwb = file.read()
        found = {name: s for name, s in nwb.acquisition.items() if isinstance(s, pynwb.icephys.CurrentClampSeries)}
        if series is None and len(found) == 1:
            (series,) = found
        recorded = found[require_one_of("series", series, list(found))]
        same = [s for name, s in nwb.stimulus.items() if isinstance(s, pynwb.icephys.CurrentClampStimulusSeries)
                and (name == series or (s.sweep_number is not None and s.sweep_number == recorded.sweep_number))]
        V = _values(recorded)
        current = 1e9 * _values(same[0]) if len(same) == 1 and len(same[0].data) == len(V) else None
        time = recorded.timestamps
        time = np.asarray(time) if time is not None else (recorded.starting_time or 0.0) + np.arange(len(V)) / recorded.rate
        return Recording(1e3 * time, 1e3 * V, current)


def _values(series):
    """What a series of an NWB file holds, in volts or amperes."""
    return np.asarray(series.data, dtype=float) * series.conversion + (series.offset or 0.0)


def _is_data(line):
    """Whether a line begins with a number, written with a point or a comma."""
    return re.match(r'\s*"?[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?"?\s*([,;\t ]|$)', line) is not None


def _samples(name, values, unit):
    if np.ma.isMaskedArray(values):
        values = np.ma.filled(values.astype(float), np.nan)
    array = as_numbers(values)
    if array.ndim == 0:
        raise ValueError(f"{name} = {values!r}: {name} has to be a sequence of numbers, in {unit}")
    if array.ndim != 1:
        raise ValueError(f"{name} has the shape {array.shape}: one dimension is wanted, such as {name}[:, 0] or {name}.ravel()")
    bad = np.flatnonzero(~(np.abs(array) <= LARGEST[name]))
    if len(bad):
        raise ValueError(f"{name}[{bad[0]}] = {array[bad[0]]} {unit}: every sample has to be a number within ±"
                         f"{LARGEST[name]:g} {unit}, and {len(bad)} of {len(array)} are not; leave them out, or mend the unit")
    return np.ascontiguousarray(array)
