"""Compiled functions of a reader's own that notice when what they use has changed.

Numba takes the value that a global name has when it compiles, and its cache on disk looks at one function's own file. So a
constant or a helper that is changed in another notebook cell or file would go on with its old value, in silence. The
library's own files change with the process and are kept on disk (:mod:`neurolib.portable.cache`); a function from anywhere
else is not, and is compiled anew when anything that it uses is not what it was.
"""

import sys
from pathlib import Path
from types import FunctionType, ModuleType

import numpy as np

from neurolib.portable.cache import PACKAGE, numba

KERNELS = "neurolib_cell_"  # modules that the library writes, each named for all that is in it
MISSING = object()
CPUDispatcher = object if numba is None else numba.core.registry.CPUDispatcher


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
        names.append((cell, None, _held(cell, None)))
    for name in code.co_names:
        if name in function.__globals__:
            names.append((function.__globals__, name, function.__globals__[name]))
    seen = set()
    for _, _, value in names:  # which grows: a module may be reached through others, as in package.module.constant
        if isinstance(value, ModuleType) and value.__name__ not in seen:
            seen.add(value.__name__)
            names += [(vars(value), name, vars(value)[name]) for name in code.co_names if name in vars(value)]
    return names


def all_used(function):
    """:func:`used` by a function and, in turn, by the functions of the reader's that it calls."""
    found, waiting, seen = [], [function], set()
    while waiting:
        one = plain(waiting.pop())
        if one not in seen:
            seen.add(one)
            here = used(one)
            found += here
            waiting += [v for _, _, v in here if isinstance(plain(v), FunctionType) and not of_library(v) and _follows(v)]
    return found


def fingerprint(value, seen=()):
    """A value, or what a function does, as text: its code, and in turn that of all that it uses.

    Two notebooks may each define a rate function of the same name; their cells must not share compiled code.
    """
    if isinstance(value, np.ndarray):
        return repr((value.dtype.str, value.shape, value.tobytes().hex()))
    if isinstance(value, ModuleType):
        return value.__name__
    function = plain(value)
    if not isinstance(function, FunctionType):
        return repr(value)  # of what has no better description, its address: never mistaken for another
    if function in seen:
        return function.__name__
    code = function.__code__
    parts = [function.__module__ or "", function.__qualname__, code.co_code.hex(), repr(code.co_names),
             repr([constant for constant in code.co_consts if not hasattr(constant, "co_code")])]
    if not _follows(value):
        return " ".join(parts)
    parts += [fingerprint(part, (*seen, function)) for part in function.__defaults__ or ()]
    return " ".join([*parts, *(fingerprint(part, (*seen, function)) for _, _, part in used(function))])


class Fresh(CPUDispatcher):
    """A compiled function of the reader's: when called, first compiled anew if anything that it uses has changed."""

    looked = None

    def __call__(self, *arguments):
        self.refresh()
        return super().__call__(*arguments)

    def refresh(self):
        """Compile anew what was compiled, if anything that it uses is not what it was; callees first."""
        if self.looked is not None and all(_held(h, n) is v and _content(v) == c for h, n, v, c in self.looked):
            return
        first, found = self.looked is None, all_used(self)
        self.looked = [(holder, name, value, _content(value)) for holder, name, value in found]
        for _, _, value, _ in self.looked:
            if isinstance(value, Fresh) and value is not self:
                value.refresh()
        if self.overloads and not first:
            self.recompile()


def refresh(function):
    """Bring a function of the reader's up to date; any other is left as it is."""
    if isinstance(function, Fresh):
        function.refresh()


def _held(holder, name):
    """What ``holder``, a namespace or a closure's cell, holds now."""
    if isinstance(holder, dict):
        return holder.get(name, MISSING)
    try:
        return holder.cell_contents
    except ValueError:  # an empty cell
        return MISSING


def _content(value):
    """What can change within ``value`` while it stays the same thing: the numbers of an array."""
    return value.tobytes() if isinstance(value, np.ndarray) else None


def _follows(value):
    """Whether to look into a function: one marked portable, one compiled, or one that is no installed package's."""
    if hasattr(value, "py_func") or getattr(value, "portable", False):
        return True
    module = sys.modules.get(plain(value).__module__)
    return "site-packages" not in (getattr(module, "__file__", None) or "site-packages" if module else "")
