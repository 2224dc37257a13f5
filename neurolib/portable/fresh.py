"""Compiled functions of a reader's own that notice when what they use has changed.

Numba takes the value that a global name has when it compiles, and its cache on disk looks at one function's own file. So a
constant or a helper that is changed in another notebook cell or file would go on with its old value, in silence. The
library's own files change with the process and are kept on disk (:mod:`neurolib.portable.cache`); a function from anywhere
else is not, and is compiled anew when anything that it uses is not what it was.
"""

from types import FunctionType

import numpy as np

from neurolib.portable.cache import numba
from neurolib.portable.reach import follows, held, of_library, plain, used

CPUDispatcher = object if numba is None else numba.core.registry.CPUDispatcher


def all_used(function):
    """:func:`used` by a function and, in turn, by the functions of the reader's that it calls."""
    found, waiting, seen = [], [function], set()
    while waiting:
        one = plain(waiting.pop())
        if one not in seen:
            seen.add(one)
            here = used(one)
            found += here
            waiting += [v for _, _, v in here if isinstance(plain(v), FunctionType) and not of_library(v) and follows(v)]
    return found


class Fresh(CPUDispatcher):
    """A compiled function of the reader's: when called, first compiled anew if anything that it uses has changed."""

    looked = None

    def __call__(self, *arguments):
        self.refresh()
        return super().__call__(*arguments)

    def refresh(self):
        """Compile anew what was compiled, if anything that it uses is not what it was; callees first."""
        if self.looked is not None and all(held(h, n) is v and _content(v) == c for h, n, v, c in self.looked):
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


def _content(value):
    """What can change within ``value`` while it stays the same thing: the numbers of an array."""
    return value.tobytes() if isinstance(value, np.ndarray) else None
