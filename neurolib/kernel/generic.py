"""A cell that is data: its channels, gates and rates stand in one flat array, so that nothing is compiled for it.

In place of what :mod:`neurolib.kernel.write` writes for one cell. :func:`neurolib.kernel.build.generic_kernel` puts
:mod:`neurolib.kernel.scheme` and its neighbours below it, so the scheme is that of every cell. A state is V, the gates that
move, in the order of the channels, and Ca. The parameter array ``p`` has room for 12 channels and 48 gates, some to work in,
and as many terms of curves as there are: :mod:`neurolib.bench.pack` fills it and calls :func:`prepare`. Since ``p`` holds the
room to work in, one array serves one run at a time.

A curve is a sum of terms. Those of gates that move stand first, sorted by their form, so that a step goes through them
without asking what each is. A term may be a product, whose factors stand behind all terms.
"""

from neurolib.electrochemistry import nernst
from neurolib.portable import exprel, inlined, math, portable, zeros

# The membrane; then where the terms of each form end that are always there, and the others: on one side of a split, products.
C_M, TEMPERATURE, CHANNELS, MOVING, AT_ONCE, PUMP = 0, 1, 2, 3, 4, 5
CA_REST, CA_TAU, CA_GAIN, CA_OUT, CA_RECTIFIED, POOL_HERE, CA_GATED, CARRIERS = 6, 7, 8, 9, 10, 11, 12, 13
EXPS_END, SIGMOIDS_END, LINEARS_END, BELLS_END, MIXED_END = 14, 15, 16, 17, 18
PLAINS, OTHERS = 19, 20
# A channel: its record begins at FIRST_CHANNEL + k * CHANNEL_SIZE. GATES: places in ``p`` of up to four gates to their powers.
FIRST_CHANNEL, CHANNEL_SIZE = 24, 16
G, DRIVE, E_REV, VALENCE_OF, INSIDE, OUTSIDE, FOLLOWS, GATES = 0, 1, 2, 3, 4, 5, 6, 7
ONCE_FROM, ONCE_END, HILL_HALF, HILL_POWER, CARRIES = 11, 12, 13, 14, 15
OHMIC, NERNST, CONSTANT_FIELD = 0, 1, 2
# Gate j, at each of these + j: first the gates that move, then those at once, whose terms have their places here.
POWER, BY_CURVE, PHI, SPEED, Q10, REFERENCE, CA_SCALE, CA_POWER = 216, 264, 312, 360, 408, 456, 504, 552
TERMS_FROM, TERMS_END, INF, K, GAIN = 600, 648, 696, 744, 792
# Two values of each gate: α or the steady state, then β or τ; the constant part of each, and room for the sum.
BASE, VALUE = 840, 936
# Places of the channels that carry calcium, of those that are straight lines in V alone, and of the others.
CARRIER, PLAIN, OTHER = 1032, 1044, 1056
# Each gate to its power, and then the 1 that stands for a gate that a channel does not have.
POWERED, NO_GATE = 1068, 1116
# A term: which value it adds to, five numbers, from which V on and up to which, and its form; of a product, its exponent and
# where its factors begin and end, each in the form of a term.
FIRST_TERM, TERM_SIZE = 1117, 9
TARGET, RATE, MIDPOINT, SCALE, MIDPOINT_2, SCALE_2, LOW, HIGH, FORM = 0, 1, 2, 3, 4, 5, 6, 7, 8
EXP, SIGMOID, EXP_LINEAR, BELL, CONSTANT, PRODUCT = 0, 1, 2, 3, 4, 5
EXPONENT, FACTORS_FROM, FACTORS_END = RATE, MIDPOINT, SCALE


@portable
def prepare(p):
    """Fill in what follows from the rest of ``p``: φ of every gate, Nernst potentials that stay, what depends on Ca."""
    T = p[TEMPERATURE]
    for j in range(int(p[MOVING])):
        p[PHI + j] = p[SPEED + j] * math.pow(p[Q10 + j], (T - p[REFERENCE + j]) / 10.0)
    p[CA_GATED], p[NO_GATE] = 0.0, 1.0
    carriers, plains, others = 0, 0, 0
    for k in range(int(p[CHANNELS])):
        c = FIRST_CHANNEL + k * CHANNEL_SIZE
        if p[c + DRIVE] == NERNST and p[c + FOLLOWS] == 0.0:
            p[c + E_REV] = nernst(p[c + VALENCE_OF], p[c + INSIDE], p[c + OUTSIDE], T)
        if p[c + DRIVE] != CONSTANT_FIELD and p[c + FOLLOWS] + p[c + ONCE_END] + p[c + HILL_POWER] == 0.0:
            p[PLAIN + plains] = c
            plains = plains + 1
        else:
            p[OTHER + others] = c
            others = others + 1
        if p[c + CARRIES] == 1.0:
            p[CARRIER + carriers] = c
            carriers = carriers + 1
            for i in range(4):
                if p[c + GATES + i] < NO_GATE and p[CA_POWER + int(p[c + GATES + i]) - POWERED] != 0.0:
                    p[CA_GATED] = 1.0
    p[CARRIERS], p[PLAINS], p[OTHERS] = carriers, plains, others


@inlined
def simple_term(V, p, c):
    """The term at ``c``, by its form, with x = (V − midpoint)/scale.

    r eˣ; r/(1 + e⁻ˣ); r x/(1 − e⁻ˣ); r/(eˣ + e^((V − midpoint_2)/scale_2)); r.
    """
    form = p[c + FORM]
    if form == CONSTANT:
        return p[c + RATE]
    x = (V - p[c + MIDPOINT]) / p[c + SCALE]
    if form == EXP:
        return p[c + RATE] * math.exp(x)
    if form == SIGMOID:
        return p[c + RATE] / (1.0 + math.exp(-x))
    if form == EXP_LINEAR:
        return p[c + RATE] / exprel(-x)
    return p[c + RATE] / (math.exp(x) + math.exp((V - p[c + MIDPOINT_2]) / p[c + SCALE_2]))


@inlined
def term(V, p, c):
    """The same of any term: a product to its exponent, and 0 where V lies on the other side of a split."""
    if V < p[c + LOW] or V >= p[c + HIGH]:
        return 0.0
    if p[c + FORM] != PRODUCT:
        return simple_term(V, p, c)
    product = 1.0
    for factor in range(int(p[c + FACTORS_FROM]), int(p[c + FACTORS_END]), 9):
        product = product * simple_term(V, p, factor)
    return math.pow(product, p[c + EXPONENT])


@inlined
def steady_at_once(V, p, j):
    """Steady state at V of gate j, which follows V at once."""
    value = p[BASE + 2 * j]
    for c in range(int(p[TERMS_FROM + j]), int(p[TERMS_END + j]), 9):
        value = value + term(V, p, c)
    return value


@portable
def take(array, n, i):
    """V, gates and Ca from place ``i`` of ``n``: state j stands at ``array[j * n + i]``, and the array holds no more."""
    count = int(math.floor(len(array) / n + 0.5)) - 2
    gates = zeros(count)
    for j in range(count):
        gates[j] = array[(j + 1) * n + i]
    return array[i], gates, array[(count + 1) * n + i]


@portable
def put(array, n, i, V, gates, Ca):
    """Write V, gates and Ca to where ``take`` finds them."""
    count = len(gates)
    array[i] = V
    for j in range(count):
        array[(j + 1) * n + i] = gates[j]
    array[(count + 1) * n + i] = Ca


@portable
def speeds(p):
    """φ of every gate, which :func:`prepare` has put into ``p``."""
    return p


@inlined
def values(V, p):
    """Both values of every gate that moves, at V."""
    exps, sigmoids, linears = int(p[EXPS_END]), int(p[SIGMOIDS_END]), int(p[LINEARS_END])
    bells, mixed = int(p[BELLS_END]), int(p[MIXED_END])
    for i in range(2 * int(p[MOVING])):
        p[VALUE + i] = p[BASE + i]
    for c in range(FIRST_TERM, exps, 9):
        at = VALUE + int(p[c])
        p[at] = p[at] + p[c + RATE] * math.exp((V - p[c + MIDPOINT]) / p[c + SCALE])
    for c in range(exps, sigmoids, 9):
        at = VALUE + int(p[c])
        p[at] = p[at] + p[c + RATE] / (1.0 + math.exp(-(V - p[c + MIDPOINT]) / p[c + SCALE]))
    for c in range(sigmoids, linears, 9):
        at = VALUE + int(p[c])
        p[at] = p[at] + p[c + RATE] / exprel(-(V - p[c + MIDPOINT]) / p[c + SCALE])
    for c in range(linears, bells, 9):
        at = VALUE + int(p[c])
        both = math.exp((V - p[c + MIDPOINT]) / p[c + SCALE]) + math.exp((V - p[c + MIDPOINT_2]) / p[c + SCALE_2])
        p[at] = p[at] + p[c + RATE] / both
    for c in range(bells, mixed, 9):
        at = VALUE + int(p[c])
        p[at] = p[at] + term(V, p, c)


@inlined
def rates(V, Ca, p):
    """Steady states of all gates at V and Ca, and the rates at which they approach them, 1/ms at φ = 1; into ``p``."""
    values(V, p)
    for j in range(int(p[MOVING])):
        forward = p[VALUE + 2 * j]
        backward = p[VALUE + 2 * j + 1]
        if p[CA_POWER + j] != 0.0:
            forward = forward * math.pow(Ca / p[CA_SCALE + j], p[CA_POWER + j])
        if p[BY_CURVE + j] == 1.0:
            p[INF + j] = forward
            p[K + j] = 1.0 / backward
        else:
            p[INF + j] = forward / (forward + backward)
            p[K + j] = forward + backward
    return p


@portable
def steady_gates(rate):
    """Every gate at its steady state, in an array of their own."""
    count = int(rate[MOVING])
    gates = zeros(count)
    for j in range(count):
        gates[j] = rate[INF + j]
    return gates


@inlined
def gains(rate, speed, half):
    """How far every gate goes in ``half`` ms, as a part of its way; into ``p``, which all three arrays are."""
    for j in range(int(rate[MOVING])):
        rate[GAIN + j] = 1.0 - math.exp(-half * speed[PHI + j] * rate[K + j])
    return rate


@inlined
def move_gates(gates, rate, gain):
    """The gates after that, exact for the rates at hand, in the same array."""
    for j in range(len(gates)):
        gates[j] = gates[j] + (rate[INF + j] - gates[j]) * gain[GAIN + j]
    return gates


@portable
def gate_flows(gates, rate, speed):
    """dx/dt of every gate, 1/ms."""
    flows = zeros(len(gates))
    for j in range(len(gates)):
        flows[j] = speed[PHI + j] * rate[K + j] * (rate[INF + j] - gates[j])
    return flows


@portable
def gate_curves(p, Ca, V, n, inf, tau):
    """Steady state and time constant (ms) of gate j at ``V[i]`` and Ca, to ``inf[j * n + i]`` and ``tau[j * n + i]``.

    First the gates that move, then those at once, whose time constant is 0.
    """
    moving = int(p[MOVING])
    for i in range(n):
        rates(V[i], Ca, p)
        for j in range(moving):
            inf[j * n + i] = p[INF + j]
            tau[j * n + i] = 1.0 / (p[PHI + j] * p[K + j])
        for j in range(moving, moving + int(p[AT_ONCE])):
            inf[j * n + i] = steady_at_once(V[i], p, j)
            tau[j * n + i] = 0.0
