"""In place of :mod:`neurolib.kernel.calcium` for a cell without a pool: its Ca is 0 and stays 0."""

from neurolib.portable import portable

POOL = 0


@portable
def calcium_flow(V, gates, Ca, p):
    """dCa/dt, mM/ms."""
    return 0.0


@portable
def move_calcium(V, gates, Ca, p, half):
    """Calcium after ``half`` ms."""
    return Ca


@portable
def steady_calcium(V, p):
    """Calcium that is steady at V."""
    return 0.0
