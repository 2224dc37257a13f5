"""An explorer's curves as tables: each holds a curve that others are drawn against, a *base*, and those others beside it.

A table is a file of its own, so that no columns of unequal length stand side by side. Every row ends with the value of each
control, in columns that do not vary: a spreadsheet, pandas and Python's ``csv`` read this as they read any table, and tables of
several states can be put below one another without losing which rows are which.
"""

import csv
import io
import math
from pathlib import Path

from neurolib.explorer import figure as artists
from neurolib.explorer import format as formats
from neurolib.explorer.language import translate
from neurolib.explorer.typography import plain, significant, with_unit

BOM = "\ufeff"  # without it some spreadsheets misread µ and ²
MARKS = 6  # a curve of no more points is a mark in the figure


def artists_of(explorer):
    """What moves in the figure: the bindings of its artists."""
    with artists.style(), formats.drawn_in(formats.WIDE):
        return [artist.moving for artist in explorer.figure().findobj(lambda artist: hasattr(artist, "moving"))]


def bases(explorer, drawn):
    """The base of each curve, by name: what the figure draws it against; what it does not draw goes with its like in length."""
    sizes = {curve.name: curve.size for curve in explorer.curves}
    pairs = [(b["y"], b["x"]) for b in drawn if b["kind"] in ("curve", "point") and b["y"] in sizes and b["x"] in sizes]
    against = {y for y, _x in pairs}
    found = {}
    for y, x in pairs:
        if x not in against and (y not in found or x == explorer.time):  # a plane of two that run with time is no base
            found[y] = x
    for name, size in sizes.items():
        if name not in found and name not in found.values():
            like = [base for base in (explorer.time, *sizes) if base in found.values() and sizes[base] == size]
            found[name] = like[0] if like else name
    return {name: found.get(name, name) for name in sizes}


def tables(explorer, drawn=None):
    """The names of the curves of each table, by its base: first that of the play head, last what only marks the figure.

    ``drawn``: the bindings of a drawing, where there is one.
    """
    found = bases(explorer, drawn or artists_of(explorer))
    sizes = {curve.name: curve.size for curve in explorer.curves}
    order = sorted(dict.fromkeys(found.values()), key=lambda base: (base != explorer.time, sizes[base] <= MARKS))
    return {base: [base, *(name for name in found if found[name] == base and name != base)] for base in order}


def file_name(explorer, base, settings, several):
    """A file's name tells the explorer, the table, and the controls that are not at their defaults."""
    changed = [f"{name}={significant(settings[name])}" for name, value in explorer.defaults.items() if settings[name] != value]
    return f"{' '.join([explorer.identifier, *([base] if several else []), *changed])[:120]}.csv"


def csv_text(explorer, names, settings, results):
    """A table as CSV, full precision; nothing stands where a curve has no value."""
    units = {curve.name: curve.unit for curve in explorer.curves}
    kept = [control.text(settings[control.name]) if control.kind != "slider" else settings[control.name]
            for control in explorer.controls]  # fmt: skip
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\r\n")
    heads = [(name, units[name]) for name in names] + [(control.name, control.unit) for control in explorer.controls]
    writer.writerow([*(with_unit(name, unit and f"({translate(unit)})") for name, unit in heads), "explorer"])
    for values in zip(*(results[name] for name in names), strict=True):
        numbers = ["" if math.isnan(value) else float(value) for value in values]
        writer.writerow([*numbers, *(plain(one) if isinstance(one, str) else one for one in kept), explorer.identifier])
    return BOM + rows.getvalue()


def write_tables(explorer, folder, settings, results):
    """Write every table into ``folder``, as the page does; returns their paths."""
    found = tables(explorer)
    Path(folder).mkdir(parents=True, exist_ok=True)
    paths = []
    for base, names in found.items():
        paths.append(Path(folder) / file_name(explorer, base, settings, len(found) > 1))
        paths[-1].write_text(csv_text(explorer, names, settings, results), encoding="utf-8", newline="")
    return paths
