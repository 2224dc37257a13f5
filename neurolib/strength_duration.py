"""Two laws of how strong a stimulus has to be, for how long it lasts: those of Weiss and of Lapicque.

Both are drawn through the rheobase, the threshold of a pulse without end (any unit), and the chronaxie, the duration (ms) at
which twice the rheobase is needed.
"""

from neurolib.portable import math, portable

LN_2 = 0.6931471805599453


@portable
def weiss(duration, rheobase, chronaxie):
    """I = I_rh (1 + c/d): the charge I d grows along a straight line. Weiss 1901, Arch Ital Biol 35:413-446."""
    return rheobase * (1.0 + chronaxie / duration)


@portable
def lapicque(duration, rheobase, chronaxie):
    """I = I_rh/(1 − 2^(−d/c)): a capacitance with a leak, charged to a fixed voltage; its time constant is c/ln 2.

    Lapicque 1907, J Physiol Pathol Gen 9:620-635.
    """
    return -rheobase / math.expm1(-LN_2 * duration / chronaxie)
