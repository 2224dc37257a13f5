"""Compile a cell: write its portable source to a file named for its content, and import it.

A file, so that Numba can keep the compiled code from one process to the next and the page compiler can read the
source. The functions that a cell calls are put into the module's namespace before it is run, so channels may come from
anywhere, a notebook included.
"""

import hashlib
import importlib.util
import os
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FunctionType, ModuleType

from neurolib.kernel.write import write_source
from neurolib.portable import is_portable, mark, portable, python_function


@dataclass(frozen=True, eq=False)
class Kernel:
    """The portable functions of one cell; arrays are flat and of floats. See :mod:`neurolib.kernel.template`."""

    defaults: FunctionType
    steady_state: FunctionType
    steady_current: FunctionType
    rest: FunctionType
    derivative: FunctionType
    integrate: FunctionType
    clamp: FunctionType
    cable: FunctionType
    channel_currents: FunctionType
    fires: FunctionType
    threshold: FunctionType
    frequencies: FunctionType
    module: ModuleType


@lru_cache(maxsize=256)
def kernel_of(cell):
    """The kernels of ``cell``, compiled on their first call."""
    source, functions = write_source(cell)
    functions = {role: f if is_portable(f) else portable(f) for role, f in functions.items()}
    digest = hashlib.sha256(source.encode())
    for role, function in sorted(functions.items()):
        digest.update(f"{role} {fingerprint(function)}".encode())
    name = f"neurolib_cell_{cell.name}_{digest.hexdigest()[:16]}"
    module = import_source(name, source, functions)
    return Kernel(**{field: getattr(module, field) for field in Kernel.__dataclass_fields__ if field != "module"},
                  module=module)


def import_source(name, source, functions):
    """Import ``source`` as module ``name``, with ``functions`` in its namespace."""
    path = cells_folder() / f"{name}.py"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8") as file:
            file.write(source)
        os.replace(file.name, path)
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    module.__dict__.update(functions)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=1)
def cells_folder():
    """Where the generated modules live: beside Numba's cache, or in a folder of this process's own."""
    numba = mark.numba
    candidates = [Path(numba.config.CACHE_DIR) / "cells"] if numba is not None and numba.config.CACHE_DIR else []
    for folder in candidates:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            pass
    return Path(tempfile.mkdtemp(prefix="neurolib-cells-"))


def fingerprint(function, seen=()):
    """What a function does, as text: its code, and in turn that of the functions and numbers that it uses.

    Two notebooks may each define a rate function of the same name; their cells must not share compiled code.
    """
    plain = python_function(function)
    if plain in seen:
        return plain.__name__
    code = plain.__code__
    closure = [cell.cell_contents for cell in plain.__closure__ or ()]
    parts = [plain.__name__, code.co_code.hex(), repr([c for c in code.co_consts if not hasattr(c, "co_code")])]
    for value in [plain.__globals__.get(name) for name in code.co_names] + closure:
        if is_portable(value) or isinstance(value, FunctionType):
            parts.append(fingerprint(value, (*seen, plain)))
        elif isinstance(value, (int, float, tuple)):
            parts.append(repr(value))
    return " ".join(parts)
