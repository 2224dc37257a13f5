"""What :func:`neurolib.kernel.write.write_lockstep` writes for the cell of :mod:`neurolib.kernel.reference`."""

from neurolib.portable import portable


@portable
def parameters_of(P, n, i):
    """The parameters of run ``i`` of ``n``: parameter j stands at ``P[j * n + i]``."""
    return (
        P[i], P[n + i], P[2 * n + i], P[3 * n + i], P[4 * n + i], P[5 * n + i], P[6 * n + i], P[7 * n + i], P[8 * n + i],
        P[9 * n + i], P[10 * n + i],
    )  # fmt: skip


@portable
def between(here, there, f):
    """For every gate the value that is the part ``f`` of the way from ``here`` to ``there``."""
    return (here[0] + (there[0] - here[0]) * f, here[1] + (there[1] - here[1]) * f)
