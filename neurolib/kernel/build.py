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
import inspect
import linecache
import os
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType, ModuleType

from neurolib.kernel import (
    cable,
    calcium,
    generic,
    generic_currents,
    lockstep,
    no_calcium,
    reference,
    reference_lockstep,
    scheme,
    searches,
    synaptic,
)
from neurolib.kernel.write import write_functions, write_lockstep
from neurolib.portable import cache, portable
from neurolib.portable.fresh import refresh
from neurolib.portable.mark import is_compiled
from neurolib.portable.reach import fingerprint

BUILDING = threading.RLock()  # early releases of Python 3.11 fail when two threads parse at once
IN_ONE_MODULE = {
    part.__name__
    for part in (reference, reference_lockstep, calcium, no_calcium, generic, generic_currents, scheme, searches, cable)
}


@dataclass(frozen=True, eq=False)
class Kernel:
    """The portable functions of one cell; arrays are flat and of floats.

    See :mod:`neurolib.kernel.scheme`, :mod:`neurolib.kernel.searches` and :mod:`neurolib.kernel.cable`.
    """

    defaults: FunctionType | None
    steady_state: FunctionType
    steady_current: FunctionType
    rest: FunctionType
    derivative: FunctionType
    integrate: FunctionType
    clamp: FunctionType
    cable: FunctionType | None
    channel_currents: FunctionType
    fires: FunctionType
    threshold: FunctionType
    frequencies: FunctionType
    module: ModuleType


def kernel_of(cell):
    """The kernels of ``cell``, compiled on their first call, and anew when a function of the reader's has changed."""
    with BUILDING:
        return _kernel(cell, _readers_functions(cell))


def lockstep_of(cell):
    """The module of ``cell`` for many runs at once: :mod:`neurolib.kernel.lockstep`. A cell without a pool has one."""
    with BUILDING:
        return _lockstep(cell, _readers_functions(cell))


def synaptic_of(cell):
    """The module of ``cell`` for runs with synapses: :mod:`neurolib.kernel.synaptic`."""
    with BUILDING:
        return _synaptic(cell, _readers_functions(cell))


def _readers_functions(cell):
    """What the reader's functions are at present."""
    for function in cell.readers_functions:
        refresh(function)
    return tuple(fingerprint(function) for function in cell.readers_functions)


@lru_cache(maxsize=256)
def _lockstep(cell, _readers):
    return _module("cell_lockstep", cell.name, *compose_lockstep(cell))


@lru_cache(maxsize=256)
def _synaptic(cell, _readers):
    own, functions = write_functions(cell)
    parts = calcium if cell.pool else no_calcium, scheme, synaptic
    return _module("cell_synaptic", cell.name, *_composed(cell.name, own, functions, parts))


def _module(kind, name, source, functions, shared):
    """Import a cell's source as a module whose name says what it was made of."""
    digest = hashlib.sha256(source.encode())
    for called, value in sorted((functions | shared).items()):
        digest.update(f"{called} {fingerprint(value)}".encode())
    return import_source(f"neurolib_{kind}_{name}_{digest.hexdigest()[:16]}", source, functions)


@lru_cache(maxsize=256)
def _kernel(cell, _readers):
    return _of_module(_module("cell", cell.name, *compose(cell)))


def _of_module(module):
    functions = {field: getattr(module, field, None) for field in Kernel.__dataclass_fields__ if field != "module"}
    return Kernel(**functions, module=module)


@lru_cache
def generic_kernel():
    """The kernels of a cell that is data, for any parameter array of :mod:`neurolib.kernel.generic`; no ``defaults``."""
    with BUILDING:
        parts = generic, generic_currents, scheme, searches
        return _of_module(_module("cell", "generic", *_composed("a cell that is data", "", {}, parts)))


def compose(cell):
    """Source of the cell's module; the functions that it finds there, by name; and what it imports, by name."""
    own, functions = write_functions(cell)
    return _composed(cell.name, own, functions, (calcium if cell.pool else no_calcium, scheme, searches, cable))


def compose_lockstep(cell):
    """The same for its module of many runs at once."""
    own, functions = write_functions(cell)
    return _composed(cell.name, own + write_lockstep(cell), functions, (lockstep,))


def _composed(name, own, functions, parts):
    functions = {role: f if is_compiled(f) else portable(f) for role, f in functions.items()}
    parts = [text_of(part) for part in parts]
    says = f'"""Kernels of {name}, written by {__name__}. Do not edit: change the cell."""\n'
    imports = sorted({"from neurolib.portable import math", *(line for lines, _, _ in parts for line in lines)})
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
    path = _written(name, source)
    module = ModuleType(name)
    module.__file__ = str(path or f"<{name}>")
    module.__dict__.update(functions)
    sys.modules[name] = module
    if path is None:  # where the page compiler looks for the source of what has no file
        linecache.cache[module.__file__] = len(source), None, source.splitlines(keepends=True), module.__file__
    exec(compile(source, module.__file__, "exec"), module.__dict__)
    return module


def _written(name, source):
    """The file of a generated module, beside Numba's cache; None where it cannot be written."""
    if cache.FOLDER is None:
        return None
    path = cache.FOLDER / "cells" / f"{name}.py"
    try:
        if not path.exists() or path.read_text(encoding="utf-8") != source:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8") as file:
                file.write(source)
            os.replace(file.name, path)
    except OSError:  # a full disk, or another user's file
        return None
    return path
