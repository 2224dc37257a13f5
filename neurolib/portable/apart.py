"""Portable functions whose arrays lie apart in memory, so that a loop over them becomes vector instructions."""

from neurolib.portable.cache import keep, numba

if numba is not None:
    from numba.core.compiler import CompilerBase, DefaultPassBuilder

    class Apart(CompilerBase):
        """Numba's own compiler, told what it assumes for the loops that it makes itself: no two arguments share memory."""

        def define_pipelines(self):
            self.state.flags.noalias = True
            return [DefaultPassBuilder.define_nopython_pipeline(self.state)]


def apart(function):
    """Mark a function of the library as portable, and promise that no two of the arrays that it is given overlap.

    Without the promise LLVM takes a lookup by a computed place and a store in one loop as they come, one after the other.
    Only what a kernel of the library calls with arrays of its own may be marked so.
    """
    function.portable = True
    if numba is None:
        return function
    return keep(numba.njit(error_model="numpy", nogil=True, pipeline_class=Apart)(function))
