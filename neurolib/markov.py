"""Channels as Markov schemes: a few states, and rates between them that depend on the voltage alone.

A scheme is a flat array ``Q`` of n × n rates, 1/ms: Q[i n + j] from state i to state j; its diagonal is not used. The
probabilities p of the states obey dp_j/dt = Σ_i p_i Q_ij − p_j Σ_i Q_ji (Colquhoun & Hawkes 1981, Proc R Soc Lond B
211:205-235).
"""

from neurolib.chance import binomial, scatter, uniform, waiting_time
from neurolib.portable import math, portable, zeros

TERMS = 11  # of the series; what follows is below 1e-14
STEP = 0.25  # mean number of events for which the series is used; beyond, the matrix is squared


@portable
def link(Q, n, i, j, forward, backward):
    """Set the rates between two states, 1/ms."""
    Q[i * n + j] = forward
    Q[j * n + i] = backward


@portable
def leaving(Q, n, i):
    """The rate at which state i is left, 1/ms: its mean dwell time is one over it."""
    total = 0.0
    for j in range(n):
        if j != i:
            total = total + Q[i * n + j]
    return total


@portable
def multiply(A, B, n, C):
    """C = A B, for n × n matrices in flat arrays."""
    for i in range(n):
        for j in range(n):
            total = 0.0
            for k in range(n):
                total = total + A[i * n + k] * B[k * n + j]
            C[i * n + j] = total


@portable
def propagate(Q, n, duration, P):
    """P = e^{Q t}: P[i n + j] is the chance to be in state j a time t (ms) after state i.

    By uniformisation, Σ e^{−x} x^k/k! U^k with U a matrix of probabilities, where nothing is subtracted; then by squaring.
    """
    fastest = 0.0
    for i in range(n):
        fastest = max(fastest, leaving(Q, n, i))
    events = fastest * duration
    halvings = 0
    while events > STEP:
        events = 0.5 * events
        halvings = halvings + 1
    U, power, product = zeros(n * n), zeros(n * n), zeros(n * n)
    weight = math.exp(-events)
    for i in range(n):
        for j in range(n):
            U[i * n + j] = Q[i * n + j] / fastest if j != i else 1.0 - leaving(Q, n, i) / fastest
            power[i * n + j] = 1.0 if j == i else 0.0
            P[i * n + j] = weight * power[i * n + j]
    for k in range(1, TERMS):
        multiply(power, U, n, product)
        weight = weight * events / k
        for i in range(n * n):
            power[i] = product[i]
            P[i] = P[i] + weight * power[i]
    for _k in range(halvings):
        multiply(P, P, n, product)
        for i in range(n * n):
            P[i] = product[i]


@portable
def settle(Q, n, p):
    """The probabilities in the steady state, by Grassmann, Taksar and Heyman's elimination, which subtracts nothing."""
    A = zeros(n * n)
    for i in range(n * n):
        A[i] = Q[i]
    for back in range(1, n):
        last = n - back
        out = 0.0
        for j in range(last):
            out = out + A[last * n + j]
        for i in range(last):
            A[i * n + last] = A[i * n + last] / out
            for j in range(last):
                if j != i:
                    A[i * n + j] = A[i * n + j] + A[i * n + last] * A[last * n + j]
    p[0] = 1.0
    total = 1.0
    for j in range(1, n):
        p[j] = 0.0
        for i in range(j):
            p[j] = p[j] + p[i] * A[i * n + j]
        total = total + p[j]
    for j in range(n):
        p[j] = p[j] / total


@portable
def advance(p, P, n, after):
    """The probabilities one step later, after = p P; ``p`` takes them over."""
    for j in range(n):
        after[j] = 0.0
        for i in range(n):
            after[j] = after[j] + p[i] * P[i * n + j]
    for j in range(n):
        p[j] = after[j]


@portable
def move(seeds, counts, P, n, after):
    """Move numbers of channels by one step, each state's by a multinomial draw; exact at the samples, whatever the step."""
    for j in range(n):
        after[j] = 0.0
    for i in range(n):
        scatter(seeds, counts[i], P, i * n, n, after)
    for j in range(n):
        counts[j] = after[j]


@portable
def exchange(seeds, counts, i, j, forward, backward, duration):
    """Let numbers of channels go to and fro between two states for some time (ms), as if there were no others: exact."""
    gone = (1.0 - math.exp(-(forward + backward) * duration)) / (forward + backward)
    there = binomial(seeds, counts[i], forward * gone)
    back = binomial(seeds, counts[j], backward * gone)
    counts[i] = counts[i] - there + back
    counts[j] = counts[j] + there - back


@portable
def hop(seeds, counts, Q, n, duration, backwards):
    """Move numbers of channels by a short time (ms), way by way: for rates that change with each step.

    Steps that go through the ways in turn from the first and from the last (``backwards`` = 1) are together right to second
    order in their length.
    """
    for m in range(n * n):
        k = n * n - 1 - m if backwards == 1 else m
        i = int(math.floor(k / n))
        j = k - i * n
        if j > i and Q[k] > 0.0:
            exchange(seeds, counts, i, j, Q[k], Q[j * n + i], duration)

@portable
def choose(seeds, weights, first, size, total):
    """The place, from 0, that a draw picks among ``weights[first]`` …, whose sum is ``total``."""
    left = uniform(seeds) * total
    for j in range(size - 1):
        left = left - weights[first + j]
        if left < 0.0:
            return j
    return size - 1


@portable
def walk(seeds, Q, n, start, duration, times, visited, most):
    """One channel, event by event: ``times[k]`` (ms) is when it enters the state ``visited[k]``; returns how many.

    Exact: in each state an exponential time, then a choice by the rates. ``Q`` has nothing on its diagonal here.
    """
    times[0] = 0.0
    visited[0] = start
    count = 1
    state = start
    t = waiting_time(seeds, leaving(Q, n, state))
    while t < duration and count < most:
        state = choose(seeds, Q, state * n, n, leaving(Q, n, state))
        times[count] = t
        visited[count] = state
        count = count + 1
        t = t + waiting_time(seeds, leaving(Q, n, state))
    return count
