"""A drug that finds its site in a sodium channel only while the channel is inactivated: the guarded receptor.

Of all channels the part b holds the drug, and neither conducts nor recovers until it has left::

    db/dt = k D (1 − h) (1 − b) − b/τ

The factor 1 − h is the guard: the part of the free channels whose site can be reached. The drug leaves after τ on average,
at any voltage. So the site itself has one affinity, K = 1/(k τ); that it seems to change with the voltage is the guard's
doing. In the modulated receptor of Hille (1977) each state of the channel has an affinity of its own.

Source of the scheme: Starmer, Grant & Strauss 1984, Biophys J 46:15-27. D in µM, times in ms.
"""

from neurolib.portable import math, portable

K_ON = 0.001  # 1/(µM ms), 10⁶/(M s): of the order of quick local anaesthetics; a choice made here


@portable
def bound_after(b, D, guard, stay, duration):
    """The part of the channels that holds the drug after ``duration`` ms with a steady ``guard`` = 1 − h.

    ``stay`` is τ, the mean time for which a channel keeps the drug.
    """
    binding = K_ON * D * guard
    rate = binding + 1.0 / stay
    return binding / rate + (b - binding / rate) * math.exp(-rate * duration)


@portable
def bound_at_last(D, guard, stay):
    """What that comes to after a long time: D g/(D g + K), with K = 1/(k τ)."""
    return D * guard / (D * guard + 1.0 / (K_ON * stay))
