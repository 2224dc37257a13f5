"""A myelinated nerve fibre: nodes of Ranvier joined by internodes; and the same axon bare, with a node's membrane all along.

The node is that of :mod:`neurolib.frog_node`, the fibre the frog's of Hodgkin (1964), The Conduction of the Nervous Impulse:
14 µm across, its axon 10 µm, the sheath between with 13 pF/cm and 32 MΩ·cm, axoplasm of 110 Ω·cm. Nodes of 2.5 µm stand
100 outer diameters apart, and are points, as in Goldman & Albus (1968), Biophys J 8:596. The sheath is a coaxial cable:
where a part of its thickness is lost, c = 2πε/ln(D/d) and its resistance follow, with the axon's own membrane in series.

With internodes in proportion to the diameter, nodes of one length and a sheath of one shape, every capacitance and every
conductance of a fibre is in proportion to its diameter. So all fibres conduct alike from node to node, and their velocity
is in proportion to the diameter (Rushton 1951, J Physiol 115:101). A bare axon's is to the square root.

Per compartment: pF, µS, nA; mV from the node's rest at −70 mV, ms.
"""

from neurolib.frog_node import C_M, GATES, H, M, N, P, node_current, node_rates, speeds, steady_gates
from neurolib.passive_cable import length_constant
from neurolib.portable import math, portable, zeros

NODES, PIECES = 21, 6  # nodes, and pieces of an internode
COMPARTMENTS = NODES + (NODES - 1) * PIECES
OUTER, AXON, NODE, PER_DIAMETER = 14.0, 10.0, 2.5, 100.0  # µm; internodes are so many outer diameters long
SHEATH_CAPACITY, SHEATH_RESISTANCE = 13.0, 32.0  # pF/cm, MΩ·cm
AXOLEMMA, R_I = 1.0, 110.0  # µF/cm²; Ω·cm
FIRST_LOST = 9  # the first internode that loses myelin, counted from 0
BARE, BARE_AXON, BARE_PIECE = 60, 1.0, 0.25  # compartments of the bare axon, its diameter (µm), their length in its λ
G_REST = 30.4  # mS/cm², of a node at rest: only for the length of those compartments
STEP, SHOCK, SHOCK_TIME = 0.005, 3.0, 0.1  # ms; nA into the first compartment, for so many ms
PARTS = 4  # of a fibre: for each compartment node membrane (cm² · 1000), capacitance, leak, conductance to the next one
LEVEL = 30.0  # mV from rest: V rises through it as an impulse passes


@portable
def sheath_capacity(lost):
    """Capacitance of the internode, pF/cm, with the share ``lost`` of the sheath's thickness gone: its layers in series."""
    axolemma = 1e6 * AXOLEMMA * math.pi * 1e-4 * AXON
    layers = math.log(1.0 + (OUTER / AXON - 1.0) * (1.0 - lost)) / (SHEATH_CAPACITY * math.log(OUTER / AXON))
    return 1.0 / (1.0 / axolemma + layers)


@portable
def axial(diameter, length):
    """Conductance of the inside over a length, µS; both in µm."""
    return 1e6 * math.pi * 1e-8 * diameter * diameter / (4.0 * R_I * 1e-4 * length)


@portable
def put_myelinated(lost, damaged, parts):
    """Fill ``parts`` (4 numbers for each of 141 compartments) with the fibre whose ``damaged`` internodes lost this share."""
    piece = PER_DIAMETER * OUTER / PIECES
    slow = SHEATH_CAPACITY * SHEATH_RESISTANCE  # pF·MΩ = µs: the time constant of each layer, and so of any number of them
    for i in range(COMPARTMENTS):
        internode = math.floor(i / (PIECES + 1) + 1e-9)
        place = i - internode * (PIECES + 1)
        to_next = 0.5 * piece if place == 0 or place == PIECES else piece  # between node and middle, or two middles
        gone = lost if internode >= FIRST_LOST and internode < FIRST_LOST + damaged else 0.0
        node = 1e3 * math.pi * 1e-8 * AXON * NODE if place == 0 else 0.0
        capacity = sheath_capacity(gone) * 1e-4 * piece
        parts[PARTS * i] = node
        parts[PARTS * i + 1] = node * 1e3 * C_M if place == 0 else capacity
        parts[PARTS * i + 2] = 0.0 if place == 0 else capacity / slow
        parts[PARTS * i + 3] = axial(AXON, to_next)


@portable
def bare_piece():
    """Length of a compartment of the bare axon, µm."""
    return BARE_PIECE * length_constant(BARE_AXON, 1.0 / G_REST, R_I)


@portable
def put_bare(parts):
    """Fill ``parts`` with the bare axon."""
    for i in range(BARE):
        parts[PARTS * i] = 1e3 * math.pi * 1e-8 * BARE_AXON * bare_piece()
        parts[PARTS * i + 1] = parts[PARTS * i] * 1e3 * C_M
        parts[PARTS * i + 2] = 0.0
        parts[PARTS * i + 3] = axial(BARE_AXON, bare_piece())


@portable
def put_rest(rest, speed, n, V, gates):
    """``n`` compartments at rest."""
    for i in range(n):
        V[i] = rest
        steady_gates(rest, speed, gates, GATES * i)


@portable
def move_node(i, V, gates, speed, rate):
    """Move the gates of compartment ``i`` by a step, from the middle of the last one to the middle of this one."""
    node_rates(V, speed, rate)
    for j in range(GATES):
        total = rate[2 * j] + rate[2 * j + 1]
        steady = rate[2 * j] / total
        gates[GATES * i + j] = steady + (gates[GATES * i + j] - steady) * math.exp(-STEP * total)


@portable
def advance(V, gates, parts, n, rest, temperature_celsius, start, steps, passage):
    """Move a fibre of ``n`` compartments on by ``steps`` steps of 5 µs from step number ``start``.

    Gates stand between the steps of V, whose own are Crank-Nicolson over the tridiagonal system: second order. ``passage``:
    where V rises through ``LEVEL`` for the first time, the time; -1 before. Sealed ends.
    """
    speed, rate, diagonal, right = zeros(10), zeros(2 * GATES), zeros(n), zeros(n)
    speeds(temperature_celsius, speed)
    for step in range(start, start + steps):
        for i in range(n):
            v, area, here = V[i], parts[PARTS * i], parts[PARTS * i + 3]
            current = parts[PARTS * i + 2] * (v - rest)
            slope = parts[PARTS * i + 2]
            if area > 0.0:
                move_node(i, v, gates, speed, rate)
                m, h, k, p = gates[GATES * i + M], gates[GATES * i + H], gates[GATES * i + N], gates[GATES * i + P]
                ionic = node_current(v, m, h, k, p, speed, temperature_celsius)
                current = current + area * ionic
                slope = slope + area * (node_current(v + 0.01, m, h, k, p, speed, temperature_celsius) - ionic) / 0.01
            if i == 0 and step * STEP < SHOCK_TIME:
                current = current - SHOCK
            joined, flow = 0.0, 0.0
            if i > 0:
                joined = joined + parts[PARTS * i - 1]
                flow = flow + parts[PARTS * i - 1] * (V[i - 1] - v)
            if i < n - 1:
                joined = joined + here
                flow = flow + here * (V[i + 1] - v)
            diagonal[i] = 1e-3 * parts[PARTS * i + 1] / STEP + 0.5 * (slope + joined)
            right[i] = flow - current
        solve(parts, n, diagonal, right)
        for i in range(n):
            if passage[i] < 0.0 and V[i] < LEVEL and V[i] + right[i] >= LEVEL:
                passage[i] = STEP * (step + (LEVEL - V[i]) / right[i])
            V[i] = V[i] + right[i]


@portable
def solve(parts, n, diagonal, right):
    """Solve the tridiagonal system of a step in place: ``right`` becomes what V moves by."""
    for i in range(1, n):
        factor = -0.5 * parts[PARTS * i - 1] / diagonal[i - 1]
        diagonal[i] = diagonal[i] + 0.5 * parts[PARTS * i - 1] * factor
        right[i] = right[i] - factor * right[i - 1]
    for back in range(n):
        c = n - 1 - back
        if back > 0:
            right[c] = right[c] + 0.5 * parts[PARTS * c + 3] * right[c + 1]
        right[c] = right[c] / diagonal[c]
