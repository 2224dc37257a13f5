"""Find the parameters of a cell from a recording, by least squares."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from neurolib.cell import require_cell
from neurolib.checks import require
from neurolib.protocols import NOTHING, require_waveform
from neurolib.recordings import as_recording
from neurolib.rest import find_rest
from neurolib.simulate import LeftRange, Trace, inject, step_size

BEYOND = 1e3  # mV: how far off a run counts that leaves its range or has no rest


@dataclass(frozen=True, eq=False)
class Fit:
    """The parameters nearest to a recording: ``values`` and their standard ``errors``, by name; the run, as ``trace``.

    ``deviation``: root mean square of what the model leaves over, mV. ``correlation``: of the errors of the parameters,
    a matrix in the order of ``values``; near ±1 the recording does not tell two of them apart. ``converged``: whether
    the search came to an end by itself.
    """

    values: dict
    errors: dict
    correlation: np.ndarray
    deviation: float
    trace: Trace
    converged: bool


def fit(cell, recording, free, stimulus=NOTHING, *, loss="linear", dt=None, **fixed):
    """Fit parameters of ``cell`` to the voltage of a ``recording`` under ``stimulus``; a :class:`Fit`.

    ``recording``: a :class:`~neurolib.recordings.Recording` (or a trace) whose time 0 is that of the stimulus.
    ``free``: what may change, by name, with its bounds: ``{"g_bar_Na": (40.0, 200.0), "rate_n": (0.5, 2.0)}``. A third
    number is where to start; unless given that is the cell's own value, or the middle if that is out of bounds.
    ``fixed``: other parameters by name. ``stimulus`` in µA/cm²: for nA see :func:`~neurolib.protocols.per_area`.

    Minimises Σ (V_model − V)² over the samples, from the rest of each trial, with SciPy's trust region and derivatives by
    central differences. ``loss``: SciPy's, such as "soft_l1" for a recording with outliers. Errors come from the
    curvature, (JᵀJ)⁻¹ s²: they hold for noise that is independent from sample to sample and a model that can be true;
    of filtered noise they are too small. The search is local, and a spike too many or too few is a wall: begin where
    the model fires as the recording does, with a short stretch, or below threshold.

    Raises ``ValueError`` for arguments out of range, fewer samples than parameters, and a start from which the model does
    not run.
    """
    require_cell(cell)
    require_waveform("stimulus", stimulus)
    recording = as_recording(recording)
    time, V = np.ascontiguousarray(recording.time), recording.V
    require("time[0]", float(time[0]), 0.0, unit="ms")
    names, low, high, start = _bounds(cell, free)
    if len(time) <= len(names):
        raise ValueError(f"recording: {len(time)} samples for {len(names)} free parameters; there have to be more")

    def run(x):
        rest = find_rest(cell, **fixed, **dict(zip(names, x.tolist(), strict=True)))
        step = step_size(cell, rest.parameters, float(time[-1]), dt)
        return inject(cell, rest.parameters, rest.state.copy(), stimulus, time, 0.0, float(time[-1]), step)

    def left_over(x):
        try:
            return run(x).V - V
        except LeftRange:
            return np.full_like(V, BEYOND)
        except ValueError as error:
            if "has no rest between" not in str(error):
                raise
            return np.full_like(V, BEYOND)

    if np.all(left_over(start) == BEYOND):
        tried = dict(zip(names, start.tolist(), strict=True))
        raise ValueError(f"free: {cell.name} does not run with {tried}; start elsewhere")
    found = least_squares(left_over, start, "3-point", (low, high), x_scale=high - low, diff_step=1e-5, loss=loss,
                          xtol=1e-10, ftol=1e-10)
    residual = left_over(found.x)
    variance = float(residual @ residual) / (len(V) - len(names))
    covariance = np.linalg.pinv(found.jac.T @ found.jac) * variance
    errors = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = covariance / np.outer(errors, errors)
    return Fit(dict(zip(names, found.x.tolist(), strict=True)), dict(zip(names, errors.tolist(), strict=True)), correlation,
               float(np.sqrt(np.mean(residual**2))), run(found.x), bool(found.status > 0))


def _bounds(cell, free):
    """Names, lower and upper bounds and starts of the free parameters, checked."""
    if not isinstance(free, dict) or not free:
        raise ValueError(f'free = {free!r}: bounds by name are wanted, such as {{"g_bar_Na": (40.0, 200.0)}}')
    rows = []
    for name, bounds in free.items():
        own = float(cell.parameters()[cell.index(name)])
        if not isinstance(bounds, (tuple, list)) or len(bounds) not in (2, 3):
            raise ValueError(f"free: {name} = {bounds!r}: two bounds are wanted, and perhaps where to start")
        low, high = require(f"free: {name}", bounds[0]), require(f"free: {name}", bounds[1])
        cell.parameters(**{name: low})
        cell.parameters(**{name: high})
        start = bounds[2] if len(bounds) == 3 else own if low <= own <= high else 0.5 * (low + high)
        rows.append((low, require(f"free: {name}", high, low, open_low=True), require(f"free: {name}", start, low, high)))
    return tuple(free), *np.array(rows).T
