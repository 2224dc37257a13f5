"""Portable functions: one Python source that runs in CPython, under Numba and, compiled, in the reader's browser.

:mod:`neurolib.portable.mark` marks them, :mod:`neurolib.portable.subset` holds them to the part of Python that means the
same in JavaScript, and :mod:`neurolib.portable.compiler` translates them when a book is built. Its
:mod:`~neurolib.portable.math` has the same bits in all three.
"""

from neurolib.portable import math
from neurolib.portable.mark import inlined, is_portable, outcome, portable, python_function, zeros
from neurolib.portable.math import exprel

__all__ = ["exprel", "inlined", "is_portable", "math", "outcome", "portable", "python_function", "zeros"]
