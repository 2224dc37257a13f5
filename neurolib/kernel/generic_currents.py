"""The currents and the calcium of a cell that is data.

The second part of :mod:`neurolib.kernel.generic`, whose array it works on.
"""

from neurolib.channels.channel import FLOOR
from neurolib.electrochemistry import ghk_current, nernst
from neurolib.kernel.generic import (
    CA_GAIN,
    CA_GATED,
    CA_RECTIFIED,
    CA_REST,
    CA_TAU,
    CARRIER,
    CARRIERS,
    CHANNEL_SIZE,
    CHANNELS,
    CONSTANT_FIELD,
    DRIVE,
    E_REV,
    FIRST_CHANNEL,
    FOLLOWS,
    GATES,
    HILL_HALF,
    HILL_POWER,
    INSIDE,
    ONCE_END,
    ONCE_FROM,
    OTHER,
    OTHERS,
    OUTSIDE,
    PLAIN,
    PLAINS,
    POOL_HERE,
    POWER,
    POWERED,
    PUMP,
    TEMPERATURE,
    VALENCE_OF,
    G,
    rates,
    steady_at_once,
    steady_gates,
)
from neurolib.portable import exprel, inlined, math, portable

SECANT = 1e-4  # mV: step for the slope of a current that is not a straight line in V
POOL = 1  # a clamp takes steps


@inlined
def raise_gates(gates, p):
    """Every gate that moves to its power, into ``p``."""
    for j in range(len(gates)):
        x = gates[j]
        power = p[POWER + j]
        if power == 1.0:
            p[POWERED + j] = x
        elif power == 2.0:
            p[POWERED + j] = x * x
        elif power == 3.0:
            p[POWERED + j] = x * x * x
        elif power == 4.0:
            p[POWERED + j] = x * x * x * x
        else:
            p[POWERED + j] = math.pow(x, power)


@inlined
def gated(p, c):
    """g of the channel at ``c`` times its gates that move, after :func:`raise_gates`."""
    first = p[c + G] * p[int(p[c + GATES])] * p[int(p[c + GATES + 1])]
    return first * p[int(p[c + GATES + 2])] * p[int(p[c + GATES + 3])]


@inlined
def hill(Ca, p, c):
    """Hill factor of the channel at ``c``: Caⁿ/(Caⁿ + halfⁿ), or 1 where it has none."""
    if p[c + HILL_POWER] == 0.0:
        return 1.0
    return 1.0 / (1.0 + math.pow(p[c + HILL_HALF] / Ca, p[c + HILL_POWER]))


@inlined
def at_once(V, p, c):
    """Product of the gates at once of the channel at ``c``."""
    product = 1.0
    for j in range(int(p[c + ONCE_FROM]), int(p[c + ONCE_END])):
        product = product * math.pow(steady_at_once(V, p, j), p[POWER + j])
    return product


@inlined
def drive(V, Ca, p, c):
    """What the conductance at ``c`` is multiplied by: V − E in mV, or the constant-field current per permeability."""
    inside = Ca if p[c + FOLLOWS] == 1.0 else p[c + INSIDE]
    if p[c + DRIVE] == CONSTANT_FIELD:
        return ghk_current(1.0, p[c + VALENCE_OF], V, inside, p[c + OUTSIDE], p[TEMPERATURE])
    if p[c + FOLLOWS] == 1.0:
        return V - nernst(p[c + VALENCE_OF], Ca, p[c + OUTSIDE], p[TEMPERATURE])
    return V - p[c + E_REV]


@inlined
def plain_current(V, p):
    """Σ I and Σ g of the channels that are straight lines in V alone, after :func:`raise_gates`."""
    total = p[PUMP]
    slope = 0.0
    for i in range(int(p[PLAINS])):
        c = int(p[PLAIN + i])
        g = gated(p, c)
        total = total + g * (V - p[c + E_REV])
        slope = slope + g
    return total, slope


@inlined
def current(V, gates, Ca, p):
    """Sum of the currents of all channels and of the pump, µA/cm²."""
    raise_gates(gates, p)
    total = plain_current(V, p)[0]
    for i in range(int(p[OTHERS])):
        c = int(p[OTHER + i])
        total = total + gated(p, c) * hill(Ca, p, c) * at_once(V, p, c) * drive(V, Ca, p, c)
    return total


@inlined
def current_and_slope(V, gates, Ca, p):
    """Σ I and dΣI/dV at fixed gates."""
    raise_gates(gates, p)
    total, slope = plain_current(V, p)
    for i in range(int(p[OTHERS])):
        c = int(p[OTHER + i])
        g = gated(p, c) * hill(Ca, p, c)
        if p[c + DRIVE] == CONSTANT_FIELD or p[c + ONCE_END] > 0.0:
            I = g * at_once(V, p, c) * drive(V, Ca, p, c)
            total = total + I
            slope = slope + (g * at_once(V + SECANT, p, c) * drive(V + SECANT, Ca, p, c) - I) / SECANT
        else:
            total = total + g * drive(V, Ca, p, c)
            slope = slope + g
    return total, slope


@portable
def put_currents(V, gates, Ca, p, sample, samples, conductances, currents):
    """Conductance and current of every channel at ``sample`` of ``samples``."""
    raise_gates(gates, p)
    for k in range(int(p[CHANNELS])):
        c = FIRST_CHANNEL + k * CHANNEL_SIZE
        conductances[k * samples + sample] = gated(p, c) * hill(Ca, p, c) * at_once(V, p, c)
        currents[k * samples + sample] = conductances[k * samples + sample] * drive(V, Ca, p, c)


@inlined
def calcium_currents(V, gates, Ca, Ca_near, p):
    """Sum of the currents that carry calcium at Ca and at ``Ca_near``, µA/cm²: together for what they share."""
    raise_gates(gates, p)
    I_Ca = 0.0
    I_near = 0.0
    for i in range(int(p[CARRIERS])):
        c = int(p[CARRIER + i])
        g = gated(p, c) * at_once(V, p, c)
        I_Ca = I_Ca + g * hill(Ca, p, c) * drive(V, Ca, p, c)
        I_near = I_near + g * hill(Ca_near, p, c) * drive(V, Ca_near, p, c)
    return I_Ca, I_near


@inlined
def calcium_current(V, gates, Ca, p):
    """Sum of the currents that carry calcium, µA/cm²."""
    raise_gates(gates, p)
    total = 0.0
    for i in range(int(p[CARRIERS])):
        c = int(p[CARRIER + i])
        total = total + gated(p, c) * hill(Ca, p, c) * at_once(V, p, c) * drive(V, Ca, p, c)
    return total


@inlined
def balance(I_Ca, Ca, p):
    """dCa/dt = −gain · I_Ca + (rest − Ca)/tau, mM/ms; the first term is at least 0 in a rectified pool.

    Without a pool the gain is 0 and Ca stays at rest.
    """
    influx = -p[CA_GAIN] * I_Ca
    if p[CA_RECTIFIED] == 1.0:
        influx = max(0.0, influx)
    return influx + (p[CA_REST] - Ca) / p[CA_TAU]


@portable
def calcium_flow(V, gates, Ca, p):
    """dCa/dt, mM/ms."""
    return balance(calcium_current(V, gates, Ca, p), Ca, p)


@inlined
def move_calcium(V, gates, Ca, p, half):
    """Calcium after ``half`` ms, exponential with the slope of its own flow."""
    if p[POOL_HERE] == 0.0:
        return Ca
    Ca_near = Ca * 1.0001
    I_Ca, I_near = calcium_currents(V, gates, Ca, Ca_near, p)
    flow = balance(I_Ca, Ca, p)
    near = balance(I_near, Ca_near, p)
    return max(FLOOR, Ca + half * flow * exprel(half * (near - flow) / (0.0001 * Ca)))


@portable
def steady_calcium(V, p):
    """Calcium at which influx and removal balance at fixed V, by bisection; the flow falls as calcium rises."""
    Ca = p[CA_REST]
    if p[POOL_HERE] == 0.0:
        return Ca
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
        if p[CA_GATED] == 1.0:
            gates = steady_gates(rates(V, Ca, p))
        if calcium_flow(V, gates, Ca, p) > 0.0:
            low = Ca
        else:
            high = Ca
    return Ca
