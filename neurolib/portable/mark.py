"""Portable functions: one Python source that runs in CPython, under Numba and, compiled, in the reader's browser."""

import importlib
import sys
from typing import NamedTuple

import numpy as np

from neurolib.portable.cache import keep, numba
from neurolib.portable.fresh import Fresh
from neurolib.portable.reach import of_library


def portable(function):
    """Mark ``function`` as portable and hand it to Numba where Numba is installed.

    A portable function uses a small subset of Python: numbers, arrays from the caller or from :func:`zeros`, named fields
    of its arguments, ``for i in range(...)``, ``while``, ``if``, ``math.*``, calls to other portable functions, positional
    arguments. It gives back numbers, or a word.
    ``neurolib.portable.compiler`` holds it to that subset and compiles it, with all that it uses, to JavaScript.

    The plain function stays within reach as ``function.py_func`` (see :func:`python_function`). What is compiled of the
    library's own files is kept on disk. A function from a notebook or a file of the reader's is not: it is compiled anew
    when a constant or a function that it uses has changed (:mod:`neurolib.portable.fresh`).
    """
    return _marked(function)


def inlined(function):
    """Mark a function of the library as portable, and have Numba write it into each function that calls it.

    For what a loop calls at every step and LLVM finds too large to inline by itself: a call passes seven numbers for each
    array and counts its owners, which can take longer than the work. It costs compiling, so it is of use where it is measured.
    """
    return _marked(function, forceinline=True)


def _marked(function, **options):
    function.portable = True
    if numba is None:
        return function
    dispatcher = numba.njit(error_model="numpy", nogil=True, **options)(function)  # nogil: threads run at the same time
    if of_library(function):
        return keep(dispatcher)
    dispatcher.__class__ = Fresh
    return dispatcher


def outcome(function):
    """Mark ``function`` as one that reads numbers by name and answers with a word, such as ``"balance"``.

    The page compiles it like a portable function; here it stays plain Python, since it runs once for each result. It may
    leave one number for the sentence that the word stands for, as ``r.off``. A division by 0 is an error here and infinite
    in the page: ask first.
    """
    function.portable = True
    return function


def python_function(function):
    """The plain Python function behind a portable one, with or without Numba."""
    return getattr(function, "py_func", function)


def is_portable(thing):
    """Whether ``thing`` is a function marked with :func:`portable`."""
    return getattr(python_function(thing), "portable", False) is True


def is_compiled(thing):
    """Whether ``thing`` is what :func:`portable` returned: a function for Numba, or any marked one where there is none."""
    return is_portable(thing) and (numba is None or hasattr(thing, "py_func"))


class Named(NamedTuple):
    """Where a function of the library stands; so it travels between processes, and is the same function there."""

    module: str
    name: str


def by_name(value):
    """The :class:`Named` of a portable function of the library; any other value, also a reader's function, as it is."""
    if not is_portable(value) or not of_library(value):
        return value
    plain = python_function(value)
    held = getattr(sys.modules.get(plain.__module__), plain.__qualname__, None) is value
    return Named(plain.__module__, plain.__qualname__) if held else value


def found(value):
    """The function behind a :class:`Named`; any other value as it is."""
    return getattr(importlib.import_module(value.module), value.name) if isinstance(value, Named) else value


@portable
def zeros(n):
    """A new array of ``n`` numbers, each 0."""
    return np.zeros(n)
