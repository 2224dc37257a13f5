"""A cell whose water follows its ions: pump and leak with a volume that osmosis sets.

Water crosses a membrane in seconds, ions in minutes to hours. So the volume is always the one at which the water inside and
outside holds as many particles per litre (van 't Hoff):

    w = (Na' + K' + Cl' + A + U') / Π,  Cl' = Na' + K' − X

Amounts (with a dash) are counted per litre of the cell at its start, in mM; w is the volume in units of that at the start,
Π the osmolarity outside, A and X the particles and the charge of the anions that cannot leave, U' a solute without charge
that crosses slowly, such as urea. The membrane keeps its area. Leaks, pump and V are those of :mod:`neurolib.pump_leak`, at
concentrations Na'/w …; the charge on the membrane, a part in a million, is left out (C_m = 0). Tosteson & Hoffman (1960),
J Gen Physiol 44:169; Kay (2017), Front Cell Dev Biol 5:41.
"""

from neurolib.portable import math, portable
from neurolib.pump_leak import AREA_TO_VOLUME, largest_ion_step, pump_leak_flows, settled_voltage

NA, K, UREA = 0, 1, 2  # places of the state: amounts, mM of the volume at the start
FIXED, PARTICLES, OSMOLARITY, UREA_OUT, P_UREA = range(5)  # of the waters' parameters: X, A, Π, mM; urea outside, mM; cm/s
PARAMETERS_OF_WATER = 5


@portable
def volume(state, water):
    """w, by osmotic balance."""
    Cl = state[NA] + state[K] - water[FIXED]
    return (state[NA] + state[K] + Cl + water[PARTICLES] + state[UREA]) / water[OSMOLARITY]


@portable
def voltage(q, state, water, guess):
    """V at which leaks and pump cancel, mV."""
    w = volume(state, water)
    return settled_voltage(q, state[NA] / w, state[K] / w, water[FIXED] / w, guess)


@portable
def flows_at(q, Na, K_now, urea, water, at, guess, flows):
    """Fill ``flows`` with dNa'/dt and dK'/dt, mM/s, at these amounts; returns V. ``at``: 3 numbers to work in."""
    at[NA] = Na
    at[K] = K_now
    at[UREA] = urea
    w = volume(at, water)
    V = voltage(q, at, water, guess)
    pump_leak_flows(q, V, Na / w, K_now / w, flows)
    return V


@portable
def move_urea(q, state, water, h):
    """Let urea cross for h s, at the volume that the cell has: exactly, if that did not change."""
    w = volume(state, water)
    left = math.exp(-h * q[AREA_TO_VOLUME] * water[P_UREA] / w)
    state[UREA] = water[UREA_OUT] * w + (state[UREA] - water[UREA_OUT] * w) * left


@portable
def volume_run(q, state, water, t_start, t_end, V, at, flows):
    """Move ``state`` from ``t_start`` to ``t_end`` s; returns V there. Fourth-order Runge-Kutta for ions between half steps of
    urea, second order together. ``V``: where to look for it; ``at`` and ``flows``: 3 and 2 numbers to work in."""
    span = t_end - t_start
    w = volume(state, water)
    limit = 1.6 * w * largest_ion_step(q)  # the larger the cell, the slower its concentrations change
    if math.fabs(state[UREA] - water[UREA_OUT] * w) > 1e-3:
        limit = min(limit, 0.1 * w / (q[AREA_TO_VOLUME] * max(water[P_UREA], 1e-12)))
    steps = int(max(1.0, math.ceil(span / limit - 1e-9)))
    h = span / steps
    for _step in range(steps):
        move_urea(q, state, water, 0.5 * h)
        Na, K_now, urea = state[NA], state[K], state[UREA]
        V = flows_at(q, Na, K_now, urea, water, at, V, flows)
        Na_1, K_1 = flows[0], flows[1]
        V = flows_at(q, Na + 0.5 * h * Na_1, K_now + 0.5 * h * K_1, urea, water, at, V, flows)
        Na_2, K_2 = flows[0], flows[1]
        V = flows_at(q, Na + 0.5 * h * Na_2, K_now + 0.5 * h * K_2, urea, water, at, V, flows)
        Na_3, K_3 = flows[0], flows[1]
        V = flows_at(q, Na + h * Na_3, K_now + h * K_3, urea, water, at, V, flows)
        state[NA] = Na + h / 6.0 * (Na_1 + 2.0 * Na_2 + 2.0 * Na_3 + flows[0])
        state[K] = K_now + h / 6.0 * (K_1 + 2.0 * K_2 + 2.0 * K_3 + flows[1])
        move_urea(q, state, water, 0.5 * h)
    return voltage(q, state, water, V)
