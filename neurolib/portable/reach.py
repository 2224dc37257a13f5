"""What a function finds outside itself, and in turn what that finds: a fingerprint of all that its compiled code depends on.

Numba looks at the file of one function when it asks whether compiled code is still good, and not at what the function calls.
"""

import dataclasses
import dis
import hashlib
import sys
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from weakref import WeakKeyDictionary

import numpy as np

PACKAGE = Path(__file__).parent.parent
KERNELS = "neurolib_cell_"  # modules that the library writes, each named for all that is in it
MISSING = object()
_pieces = WeakKeyDictionary()  # of the library's own functions, which stay as they are while a process lasts


def plain(function):
    """The Python function behind a compiled one, or the function itself."""
    return getattr(function, "py_func", function)


def of_library(function):
    """Whether a function stands in the library's own files, or in a module that the library wrote."""
    code = getattr(plain(function), "__code__", None)
    module = getattr(plain(function), "__module__", None) or ""
    return code is not None and (module.startswith(("neurolib.", KERNELS)) or PACKAGE in Path(code.co_filename).parents)


def used(function):
    """``(holder, name, value)`` of all that a function finds outside itself: globals, attributes of modules, closures."""
    function = plain(function)
    code, names = function.__code__, []
    for cell in function.__closure__ or ():
        names.append((cell, None, held(cell, None)))
    loaded = dict.fromkeys(one.argval for one in dis.get_instructions(code) if one.opname in ("LOAD_GLOBAL", "LOAD_NAME"))
    for name in loaded:  # and not an attribute that is called like a global
        if name in function.__globals__:
            names.append((function.__globals__, name, function.__globals__[name]))
    seen = set()
    for _, _, value in names:  # which grows: a module may be reached through others, as in package.module.constant
        if isinstance(value, ModuleType) and value.__name__ not in seen:
            seen.add(value.__name__)
            names += [(vars(value), name, vars(value)[name]) for name in code.co_names if name in vars(value)]
    return names


def held(holder, name):
    """What ``holder``, a namespace or a closure's cell, holds now."""
    if isinstance(holder, dict):
        return holder.get(name, MISSING)
    try:
        return holder.cell_contents
    except ValueError:  # an empty cell
        return MISSING


def follows(value):
    """Whether to look into a function: one marked portable, one compiled, or one that is no installed package's."""
    if hasattr(value, "py_func") or getattr(value, "portable", False):
        return True
    module = sys.modules.get(plain(value).__module__)
    return "site-packages" not in (getattr(module, "__file__", None) or "site-packages" if module else "")


def fingerprint(value):
    """A value, or what a function does, as text: for a function of its code, how it is compiled, and all that it reaches.

    Two notebooks may each define a rate function of the same name; their cells must not share compiled code.
    """
    if not isinstance(plain(value), FunctionType):
        return _of_value(value)
    digest, reached, places = hashlib.sha256(), [value], {plain(value): 0}
    for one in reached:  # which grows, in an order that is the functions' own
        text, called = _piece(one)
        for other in called:
            if plain(other) not in places:
                places[plain(other)] = len(reached)
                reached.append(other)
        digest.update(repr((text, [places[plain(other)] for other in called])).encode())
    return digest.hexdigest()


def _piece(function):
    """One function by itself as text, and the functions that it uses, in order."""
    key = plain(function)
    if key in _pieces:
        return _pieces[key]
    code, compiler = key.__code__, getattr(getattr(function, "_compiler", None), "pipeline_class", None)
    options = sorted(getattr(function, "targetoptions", {}).items())
    parts, called = [key.__module__, key.__qualname__, _of_code(code), repr(options), repr(compiler)], []
    if follows(function):
        for name, value in _leaves([*enumerate(key.__defaults__ or ()), *((n, v) for _, n, v in used(key))]):
            if isinstance(plain(value), FunctionType):
                parts.append(f"{name} is a function")
                called.append(value)
            else:
                parts.append(f"{name} is {_of_value(value)}")
    piece = repr(parts), called
    if of_library(key):
        _pieces[key] = piece
    return piece


def _leaves(named):
    """Values by name, in place of each tuple and each record what is in it: that may be a function, too."""
    for name, value in named:
        if isinstance(value, tuple):
            yield from _leaves((f"{name}[{i}]", part) for i, part in enumerate(value))
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            yield from _leaves((f"{name}.{one.name}", getattr(value, one.name)) for one in dataclasses.fields(value))
        else:
            yield name, value


def _of_code(code):
    inside = [_of_code(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts]
    return repr((code.co_code.hex(), code.co_names, code.co_varnames, inside))


def _of_value(value):
    if isinstance(value, np.ndarray):
        return repr((value.dtype.str, value.shape, value.tobytes().hex()))
    if isinstance(value, ModuleType):
        return value.__name__
    # Of a class what a call of it takes; of what has no better description, its address: never mistaken for another.
    return repr((value, getattr(value, "_fields", None))) if isinstance(value, type) else repr(value)
