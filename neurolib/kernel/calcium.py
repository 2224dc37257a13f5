"""The calcium of a cell with a pool: how it flows, half a step of it, and where it is steady.

Text of the module of every such cell (see :mod:`neurolib.kernel.build`); imported as it is, it works on the cell of
:mod:`neurolib.kernel.reference`.
"""

from neurolib.channels.channel import FLOOR
from neurolib.kernel.reference import (
    CA_GAIN,
    CA_GATED,
    CA_RECTIFIED,
    CA_REST,
    CA_TAU,
    calcium_current,
    calcium_currents,
    rates,
    steady_gates,
)
from neurolib.portable import exprel, portable

POOL = 1


@portable
def balance(I_Ca, Ca, p):
    """dCa/dt = −gain · I_Ca + (rest − Ca)/tau, mM/ms; the first term is at least 0 in a rectified pool."""
    influx = -p[CA_GAIN] * I_Ca
    if CA_RECTIFIED == 1:
        influx = max(0.0, influx)
    return influx + (p[CA_REST] - Ca) / p[CA_TAU]


@portable
def calcium_flow(V, gates, Ca, p):
    """dCa/dt, mM/ms."""
    return balance(calcium_current(V, gates, Ca, p), Ca, p)


@portable
def move_calcium(V, gates, Ca, p, half):
    """Calcium after ``half`` ms, exponential with the slope of its own flow."""
    Ca_near = Ca * 1.0001
    I_Ca, I_near = calcium_currents(V, gates, Ca, Ca_near, p)
    flow = balance(I_Ca, Ca, p)
    near = balance(I_near, Ca_near, p)
    moved = Ca + half * flow * exprel(half * (near - flow) / (0.0001 * Ca))
    if moved < FLOOR:
        return FLOOR
    return moved


@portable
def steady_calcium(V, p):
    """Calcium at which influx and removal balance at fixed V, by bisection; the flow falls as calcium rises."""
    Ca = p[CA_REST]
    gates = steady_gates(rates(V, Ca, p))
    flow = calcium_flow(V, gates, Ca, p)
    low = Ca
    high = Ca + p[CA_TAU] * flow
    if flow < 0.0:
        low = FLOOR
        high = Ca
    for _halving in range(200):
        Ca = 0.5 * (low + high)
        if Ca <= low or Ca >= high:
            break
        if CA_GATED == 1:
            gates = steady_gates(rates(V, Ca, p))
        if calcium_flow(V, gates, Ca, p) > 0.0:
            low = Ca
        else:
            high = Ca
    return Ca
