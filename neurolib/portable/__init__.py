"""Portable functions: one Python source that runs in CPython, under Numba and, compiled, in the reader's browser.

:mod:`neurolib.portable.mark` marks them, :mod:`neurolib.portable.subset` holds them to the part of Python that means the
same in JavaScript, and :mod:`neurolib.portable.compiler` translates them when a book is built.
"""

from neurolib.portable.mark import exprel, is_portable, outcome, portable, python_function, zeros

__all__ = ["exprel", "is_portable", "outcome", "portable", "python_function", "zeros"]
