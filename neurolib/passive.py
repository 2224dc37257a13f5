"""A passive membrane, round and without branches: its resistance, its capacitance, and how it answers a step.

Currents are in pA, resistances in MΩ, capacitances in pF, voltages in mV, times in ms; the area is in µm².
"""

from neurolib.portable import math, portable

PER_AREA = 0.01  # nS for each mS/cm² and µm², and pF for each µF/cm² and µm²


@portable
def input_resistance(g, area):
    """R_in = 1/(g A), MΩ, of a membrane with ``g`` mS/cm² on ``area`` µm²."""
    return 1e3 / (g * area * PER_AREA)


@portable
def capacitance(C_m, area):
    """C = C_m A, pF, of a membrane with ``C_m`` µF/cm² on ``area`` µm²."""
    return C_m * area * PER_AREA


@portable
def time_constants(R_in, C, R_s, C_p):
    """The two time constants, ms, the slower first, of a cell that gets a current through a pipette.

    The cell is R_in (MΩ) beside C (pF), the pipette R_s with C_p to the bath before it, the source of current ideal. With
    V̇ C = (V_p − V)/R_s − V/R_in and V̇_p C_p = I − (V_p − V)/R_s they have the product R_in C R_s C_p and the sum
    R_in C + R_s C_p + R_in C_p. Without C_p the faster is 0 and the slower R_in C.
    """
    total = (R_in * C + R_s * C_p + R_in * C_p) * 1e-3
    product = R_in * C * R_s * C_p * 1e-6
    slow = 0.5 * (total + math.sqrt(total * total - 4.0 * product))
    return slow, product / slow


@portable
def clamped_time_constant(R_in, C, R_s):
    """τ = C R_s R_in/(R_s + R_in), ms, of a cell under voltage clamp through a pipette of R_s MΩ."""
    return C * R_s * R_in / (R_s + R_in) * 1e-3


@portable
def left_over(t, tau):
    """e^{−t/τ} for t ≥ 0; 0 for a time constant of 0, which is over at once."""
    return math.exp(-t / tau) if tau > 0.0 else 0.0


@portable
def gone(t, slow, fast):
    """Share of its way that V has gone t ms after a step, of two time constants in a row (``fast`` may be 0); 0 before."""
    if t < 0.0:
        return 0.0
    return 1.0 - (slow * left_over(t, slow) - fast * left_over(t, fast)) / (slow - fast)


@portable
def pace(t, slow, fast):
    """The slope of :func:`gone`, 1/ms; 0 before the step."""
    if t < 0.0:
        return 0.0
    return (left_over(t, slow) - left_over(t, fast)) / (slow - fast)


@portable
def time_of(share, slow, fast, latest):
    """When :func:`gone` reaches ``share``, ms, by halving; nan if not before ``latest``."""
    if gone(latest, slow, fast) < share:
        return math.nan
    early = 0.0
    late = latest
    for _ in range(60):
        middle = 0.5 * (early + late)
        if gone(middle, slow, fast) < share:
            early = middle
        else:
            late = middle
    return late
