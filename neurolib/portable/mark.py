"""Portable functions: one Python source that runs in CPython, under Numba and, compiled, in the reader's browser."""

import hashlib
import importlib
import math
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

try:
    import numba
except ImportError:  # the library is slower without Numba, and otherwise the same
    numba = None


PACKAGE = Path(__file__).parent.parent
ABOVE = {"explorer", "explorers", "show", "book"}  # folders whose functions nothing of the library calls


def sources_digest(files):
    """Fingerprint of what ``files`` hold."""
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def library_digest():
    """Fingerprint of the library and of this package: of all that an explorer's functions can call."""
    files = PACKAGE.rglob("*.py")
    return sources_digest(path for path in files if path.relative_to(PACKAGE).parts[0] not in ABOVE)


# Numba's cache looks at the file of a function alone, so an edit of another function that it calls would go unnoticed.
# A cache folder named for the state of the library cannot go stale. (Explorers call the library and nothing calls them.)
if numba is not None and "NUMBA_CACHE_DIR" not in os.environ:
    _cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "neurolib" / library_digest()
    try:
        _cache.mkdir(parents=True, exist_ok=True)
    except OSError:  # a read-only home: a folder of this process's own
        _cache = Path(tempfile.mkdtemp(prefix="neurolib-"))
    numba.config.CACHE_DIR = str(_cache)


def portable(function):
    """Mark ``function`` as portable and hand it to Numba where Numba is installed.

    A portable function uses a small subset of Python: numbers, arrays that the caller allocates,
    ``for i in range(...)``, ``while``, ``if``, ``math.*``, calls to other portable functions, positional arguments.
    ``neurolib.portable.compiler`` holds it to that subset and compiles it, with all that it uses, to JavaScript.

    The plain function stays within reach as ``function.py_func`` (see :func:`python_function`).
    """
    function.portable = True
    if numba is None:
        return function
    return numba.njit(error_model="numpy", cache=True)(function)


def python_function(function):
    """The plain Python function behind a portable one, with or without Numba."""
    return getattr(function, "py_func", function)


def is_portable(thing):
    """Whether ``thing`` is a function marked with :func:`portable`."""
    return getattr(python_function(thing), "portable", False) is True


class Named(NamedTuple):
    """Where a portable function stands; so it travels between processes, and is the same function there."""

    module: str
    name: str


def by_name(value):
    """The :class:`Named` of a portable function that a module holds by its name; any other value as it is."""
    if not is_portable(value):
        return value
    plain = python_function(value)
    holder = sys.modules.get(plain.__module__)
    held = plain.__module__ != "__main__" and getattr(holder, plain.__qualname__, None) is value
    return Named(plain.__module__, plain.__qualname__) if held else value


def found(value):
    """The function behind a :class:`Named`; any other value as it is."""
    return getattr(importlib.import_module(value.module), value.name) if isinstance(value, Named) else value


@portable
def exprel(x):
    """Relative exponential (eˣ − 1)/x, continuous at x = 0, where it is 1.

    Voltage-dependent rates of the form u/(e^u − 1) are ``1 / exprel(u)``: exact at every voltage,
    with no special case and no epsilon. Agrees with ``scipy.special.exprel`` to two units in the last place.
    """
    if x == 0.0:
        return 1.0
    if x > 709.0:  # eˣ is beyond a double soon after this
        return math.inf
    return math.expm1(x) / x
