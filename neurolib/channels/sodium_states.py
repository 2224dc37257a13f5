"""The sodium channel of the squid axon as a scheme of states, in two ways.

``INDEPENDENT`` (8 states, 6.3 °C) is m³h read as a machine: three gates m and one gate h that move by themselves, with the
rates of Hodgkin & Huxley 1952. State k has k gates m open, state 4 + k the same with h shut; number 3 conducts.

``COUPLED`` (9 states, 5 °C) is the scheme that Vandenberg & Bezanilla 1991 (Biophys J 60:1511-1533) fitted to single-channel,
macroscopic and gating currents of the cut-open axon in solutions without divalent ions: five closed states in a row and the
open one, number 5; inactivation from the fourth closed state (to number 6) and from the open one (to number 8)::

    0 ⇄ 1 ⇄ 2 ⇄ 3 ⇄ 4 ⇄ 5
                ⇅       ⇅
                6 ⇄ 7 ⇄ 8

Each of its rates is A e^{z δ V/24 mV}; round the loop the products of the rates are equal both ways, g i = f j.
"""

import numpy as np

from neurolib.channels.squid import alpha_h, alpha_m, beta_h, beta_m
from neurolib.checks import require
from neurolib.markov import link, settle
from neurolib.portable import math, portable

INDEPENDENT, COUPLED = 0, 1
MOST_STATES = 9
GAMMA = 0.014  # nS, one open channel: Vandenberg & Bezanilla 1991, Biophys J 60:1499-1510
E_NA = 50.0  # mV


@portable
def coupled_rate(A, charge, V):
    """A e^{z δ V/24}, 1/ms, V in mV."""
    return A * math.exp(charge * V / 24.0)


@portable
def number_of_states(scheme):
    """How many states the scheme has."""
    return 8 if scheme == INDEPENDENT else 9


@portable
def open_state(scheme):
    """The number of the state that conducts."""
    return 3 if scheme == INDEPENDENT else 5


@portable
def put_independent(V, Q):
    """The rates of m³h at V mV, 1/ms, into ``Q``, 8 × 8."""
    opening, shutting, freeing, blocking = alpha_m(V), beta_m(V), alpha_h(V), beta_h(V)
    for row in range(0, 8, 4):
        for k in range(3):
            link(Q, 8, row + k, row + k + 1, (3.0 - k) * opening, (k + 1.0) * shutting)
    for k in range(4):
        link(Q, 8, k, 4 + k, blocking, freeing)


@portable
def put_coupled(V, Q):
    """The rates of Vandenberg & Bezanilla at V mV, 1/ms, into ``Q``, 9 × 9."""
    y, z = coupled_rate(16.609, 1.5 * 0.22, V), coupled_rate(0.971, -1.5 * 0.78, V)
    a, b = coupled_rate(5.75, 0.42 * 0.99, V), coupled_rate(4.325, -0.42 * 0.01, V)
    c, d = coupled_rate(15.669, 1.91 * 0.75, V), coupled_rate(1.361, -1.91 * 0.25, V)
    f, i = coupled_rate(0.432, 0.91 * 0.001, V), coupled_rate(0.004, -0.91 * 0.999, V)
    g = coupled_rate(0.77, 0.91 * 0.001, V)
    for k in range(3):
        link(Q, 9, k, k + 1, y, z)
    link(Q, 9, 3, 4, a, b)
    link(Q, 9, 4, 5, c, d)
    link(Q, 9, 6, 7, a, b)
    link(Q, 9, 7, 8, c, d)
    link(Q, 9, 3, 6, g, g * i / f)
    link(Q, 9, 5, 8, f, i)


@portable
def put_rates(scheme, V, Q):
    """The rates of a scheme at V mV, 1/ms; ``Q`` has to come with zeros."""
    if scheme == INDEPENDENT:
        put_independent(V, Q)
    else:
        put_coupled(V, Q)


@portable
def unit_current(V):
    """The current of one open channel, γ (V − E_Na), pA: inward negative."""
    return GAMMA * (V - E_NA)


def rates_of(scheme, V):
    """The number of states of a scheme, and its rates at V mV, checked."""
    if scheme not in (INDEPENDENT, COUPLED):
        raise ValueError(f"scheme = {scheme!r}: scheme has to be INDEPENDENT (0) or COUPLED (1)")
    n = number_of_states(scheme)
    Q = np.zeros(n * n)
    put_rates(scheme, require("V", V, unit="mV"), Q)
    return n, Q


def generator(scheme, V):
    """The matrix G of a scheme at V mV, 1/ms, with dp/dt = p G; a NumPy array of n × n whose rows sum to 0.

    Raises ``ValueError`` for a scheme that is neither, or a V that is no finite number.
    """
    n, Q = rates_of(scheme, V)
    Q = Q.reshape(n, n)
    return Q - np.diag(Q.sum(axis=1))


def steady_state(scheme, V):
    """The probabilities of the states after a long time at V mV, an array. Raises as :func:`generator`."""
    n, Q = rates_of(scheme, V)
    p = np.zeros(n)
    settle(Q, n, p)
    return p
