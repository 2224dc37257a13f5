"""Compile a cell: write its portable source to a file named for its content, and import it.

The source is what the cell has of its own (:mod:`neurolib.kernel.write`) and the text of the modules that are the same
for all cells: :mod:`neurolib.kernel.scheme` and its neighbours. Text, since Numba keeps nothing that calls functions it was
given as arguments.

A file, so that Numba can keep the compiled code from one process to the next and the page compiler can read the
source. The functions that a cell calls are put into the module's namespace before it is run, so channels may come from
anywhere, a notebook included.
"""

import ast
import hashlib
import importlib.util
import inspect
import os
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from numbers import Number
from pathlib import Path
from types import FunctionType, ModuleType

import numpy as np

from neurolib.kernel import cable, calcium, no_calcium, reference, scheme, searches
from neurolib.kernel.write import write_functions
from neurolib.portable import is_portable, mark, portable, python_function

IN_ONE_MODULE = {part.__name__ for part in (reference, calcium, no_calcium, scheme, searches, cable)}


@dataclass(frozen=True, eq=False)
class Kernel:
    """The portable functions of one cell; arrays are flat and of floats.

    See :mod:`neurolib.kernel.scheme`, :mod:`neurolib.kernel.searches` and :mod:`neurolib.kernel.cable`.
    """

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
    source, functions, shared = compose(cell)
    digest = hashlib.sha256(source.encode())
    for name, value in sorted((functions | shared).items()):
        digest.update(f"{name} {fingerprint(value)}".encode())
    name = f"neurolib_cell_{cell.name}_{digest.hexdigest()[:16]}"
    module = import_source(name, source, functions)
    return Kernel(**{field: getattr(module, field) for field in Kernel.__dataclass_fields__ if field != "module"},
                  module=module)


def compose(cell):
    """Source of the cell's module; the functions that it finds there, by name; and what it imports, by name."""
    own, functions = write_functions(cell)
    functions = {role: f if is_portable(f) else portable(f) for role, f in functions.items()}
    parts = [text_of(part) for part in (calcium if cell.pool else no_calcium, scheme, searches, cable)]
    says = f'"""Kernels of {cell.name}, written by {__name__}. Do not edit: change the cell."""\n'
    imports = sorted({"import math", *(line for lines, _, _ in parts for line in lines)})
    source = "\n".join([says, *imports, "", own, *(text for _, _, text in parts)])
    return source, functions, {name: value for _, shared, _ in parts for name, value in shared.items()}


@lru_cache
def text_of(part):
    """What a module imports from outside of :data:`IN_ONE_MODULE`, as lines and by name, and its text after the imports."""
    text = inspect.getsource(part)
    imports = [node for node in ast.parse(text).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    outside = [node for node in imports if getattr(node, "module", None) not in IN_ONE_MODULE]
    names = {alias.name: getattr(part, alias.name) for node in outside for alias in node.names}
    return [ast.unparse(node) for node in outside], names, "".join(text.splitlines(keepends=True)[imports[-1].end_lineno :])


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


def fingerprint(value, seen=()):
    """A number, or what a function does, as text: its code, and in turn the functions and numbers that it uses.

    Two notebooks may each define a rate function of the same name; their cells must not share compiled code.
    """
    if isinstance(value, (Number, tuple)):
        return repr(value)
    if isinstance(value, np.ndarray):
        return repr((value.dtype.str, value.tolist()))
    plain = python_function(value)
    if not isinstance(plain, FunctionType):
        return ""
    if plain in seen:
        return plain.__name__
    code = plain.__code__
    constants = [constant for constant in code.co_consts if not hasattr(constant, "co_code")]
    parts = [plain.__name__, code.co_code.hex(), repr(code.co_names), repr(constants)]
    closure = [cell.cell_contents for cell in plain.__closure__ or ()]
    used = [plain.__globals__.get(name) for name in code.co_names] + closure
    return " ".join([*parts, *(fingerprint(part, (*seen, plain)) for part in used)])
