"""What a model is handed: its controls ``c``, its curves ``y`` and its readouts ``r``, each with named fields.

Under Numba these are a tuple with names, another one of arrays, and a record: forms that it compiles to the same code as
plain arguments and keeps in its cache. In plain Python any object with attributes does.
"""

import math
import sys
from collections import namedtuple
from types import SimpleNamespace

import numpy as np


def handed(explorer, settings):
    """``(c, y, r, arrays)`` for these settings; ``arrays`` are those of ``y`` by name."""
    arrays = {curve.name: np.zeros(curve.size) for curve in explorer.curves}
    if explorer.sweep:
        arrays |= {name: np.zeros(size) for name, size in explorer.sweep.arrays.items()}
    names = result_names(explorer)
    if not hasattr(explorer.compute, "py_func"):  # plain Python
        numbers = SimpleNamespace(**dict.fromkeys(names, math.nan))
        return SimpleNamespace(**settings), SimpleNamespace(**arrays), numbers, arrays
    record = np.full(1, math.nan, dtype=[(name, float) for name in names] or [("nothing", float)])
    return named(explorer, "Controls", settings), named(explorer, "Curves", arrays), record[0], arrays


def result_names(explorer):
    """The fields of ``r``: readouts, then what a sweep keeps."""
    return [readout.name for readout in explorer.readouts] + list(explorer.sweep.numbers if explorer.sweep else ())


def named(explorer, kind, values):
    """``values`` as a tuple with names. Its class is put into the model's module: Numba's cache looks for it there."""
    module = sys.modules[explorer.compute.__module__]
    name = f"{explorer.name}_{kind}"
    cls = vars(module).get(name)
    if cls is None or cls._fields != tuple(values):
        cls = namedtuple(name, values, module=module.__name__)
        setattr(module, name, cls)
    return cls._make(float(v) if np.ndim(v) == 0 else v for v in values.values())
