"""Where a cell rests, exactly, and whether that rest is stable."""

from dataclasses import dataclass

import numpy as np

from neurolib.cell import Cell, require_cell
from neurolib.checks import require


@dataclass(frozen=True, eq=False)
class Rest:
    """A steady state: ``V`` (mV), ``state`` in the order of ``cell.state_names``, and its ``eigenvalues`` (1/ms)."""

    cell: Cell
    parameters: np.ndarray
    state: np.ndarray
    eigenvalues: np.ndarray

    @property
    def V(self):
        """Resting voltage, mV."""
        return float(self.state[0])

    @property
    def stable(self):
        """Whether small disturbances die out: every eigenvalue has a negative real part."""
        return bool(np.all(self.eigenvalues.real < 0.0))

    def __getitem__(self, name):
        return float(self.state[self.cell.state_index(name)])

    @property
    def slope_conductance(self):
        """dI/dV of the steady current at rest, mS/cm²."""
        step = 1e-4
        spare = np.empty_like(self.state)
        I = [self.cell.kernel.steady_current(self.V + dV, self.parameters, spare) for dV in (-step, step)]
        return (I[1] - I[0]) / (2.0 * step)


def find_rest(cell, I_stim=0.0, **changes):
    """The rest of ``cell`` under a constant current ``I_stim`` (µA/cm²): the lowest steady voltage.

    Solves Σ I_steady(V) = I_stim to the last bit, with every gate and calcium at its own steady state. ``changes``:
    parameters by name. The rest may be unstable: see :attr:`Rest.stable`.
    Raises ``ValueError`` if there is no rest between −200 and 200 mV, or for arguments out of range.
    """
    p = require_cell(cell).parameters(**changes)
    state = np.empty(len(cell.state_names))
    V = cell.kernel.rest(p, require("I_stim", I_stim, unit="µA/cm²"), state)
    if not np.isfinite(V):
        raise ValueError(f"I_stim = {I_stim!r} µA/cm² with {changes or 'no changes'}: {cell.name} has no rest between "
                         "-200 and 200 mV")
    return Rest(cell, p, state, np.linalg.eigvals(jacobian(cell, p, state, I_stim)))


def jacobian(cell, p, state, I_stim=0.0):
    """Derivatives of the states' rates of change with respect to the states, by central differences; 1/ms and so on."""
    n = len(state)
    result = np.empty((n, n))
    for j in range(n):
        step = 1e-5 * max(abs(state[j]), 1e-3 if cell.state_names[j] != "Ca" else 1e-6)
        sides = []
        for sign in (1.0, -1.0):
            moved, out = state.copy(), np.empty(n)
            moved[j] += sign * step
            cell.kernel.derivative(moved, p, float(I_stim), out)
            sides.append(out)
        result[:, j] = (sides[0] - sides[1]) / (2.0 * step)
    return result


def hopf_current(cell, low, high, **changes):
    """Current in (``low``, ``high``) at which the rest changes between stable and unstable, by bisection; µA/cm².

    Raises ``ValueError`` if the rest is equally stable, or unstable, at both ends.
    """
    at_low = find_rest(cell, low, **changes).stable
    if at_low == find_rest(cell, high, **changes).stable:
        raise ValueError(f"low = {low!r}, high = {high!r} µA/cm²: the rest is {'' if at_low else 'un'}stable at both")
    while abs(high - low) > 1e-7 * max(1.0, abs(high)):
        middle = 0.5 * (low + high)
        if find_rest(cell, middle, **changes).stable == at_low:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
