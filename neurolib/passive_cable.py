"""The passive cable: how a step of current or voltage spreads along a cylinder, exactly.

A cylinder of passive membrane obeys λ² ∂²V/∂x² = τ ∂V/∂t + V, with V counted from rest. In the cable's own units, X = x/λ
and T = t/τ, nothing else is left, and a step has a solution in closed form: Hodgkin & Rushton (1946), Proc R Soc Lond B
133:444; Rall (1959), Exp Neurol 1:491 and (1969), Biophys J 9:1483. Both ends are sealed.

Early, before much has come back from an end, the step is a sum of error functions, one for each image of the electrode
behind the ends; late, a steady state less a few terms that die away. Each form is exact; each is used where it is short.
"""

from neurolib.portable import math, portable

EARLY = 0.3  # of L²: until then images, and four of them leave less than 1e-9; later the terms of a series
IMAGES = 4
FAR, FARTHER = 6.0, 37.0  # erfc of the one and e to minus the other are nothing
SETTLED = 40.0  # a term that has died away by e to this is left out
SERIES_END = 2.0  # of an argument: the error function's power series below, a continued fraction above


@portable
def length_constant(diameter, R_m, R_i):
    """λ = √(d R_m / 4 R_i), µm: ``diameter`` in µm, ``R_m`` in kΩ·cm², ``R_i`` in Ω·cm.

    The distance over which a steady voltage falls to 1/e in a long cable. Hodgkin & Rushton (1946).
    """
    return 1e4 * math.sqrt(1e-4 * diameter * 1e3 * R_m / (4.0 * R_i))


@portable
def long_cable_resistance(diameter, R_m, R_i):
    """R_∞ = (2/π) √(R_m R_i) d^(−3/2), MΩ: the input resistance of a cable that goes on for ever from its end.

    Units as of :func:`length_constant`. Rall (1959).
    """
    d = 1e-4 * diameter
    return 1e-6 * 2.0 / math.pi * math.sqrt(1e3 * R_m * R_i / (d * d * d))


@portable
def erfc(x):
    """The complementary error function, 1 − erf(x), to 2e-13 of itself for x up to 20 (below −6 it is 2)."""
    if x < 0.0:
        return 2.0 - erfc_above(-x)
    return erfc_above(x)


@portable
def erfc_above(x):
    """``erfc`` for x ≥ 0: by a power series of erf, or by Laplace's continued fraction."""
    if x < SERIES_END:
        term = x
        total = x
        n = 0.0
        while term > 1e-18 * total and term > 0.0:
            n = n + 1.0
            term = term * 2.0 * x * x / (2.0 * n + 1.0)
            total = total + term
        return 1.0 - 2.0 / math.sqrt(math.pi) * math.exp(-x * x) * total
    below = x
    for k in range(60):
        below = x + 0.5 * (60.0 - k) / below
    return math.exp(-x * x) / (math.sqrt(math.pi) * below)


@portable
def spread(X, T, sign):
    """A step from the end of a cable that goes on for ever: ½ [e^(−X) erfc(X/2√T − √T) + sign e^X erfc(X/2√T + √T)].

    ``sign`` 1: the end is held at 1 from T = 0 on. −1: a current flows into it that takes it to 1 in the end. Hodgkin &
    Rushton (1946).
    """
    root = math.sqrt(T)
    back = math.exp(X) * erfc(0.5 * X / root + root) if X < 300.0 else 0.0  # e^X erfc stays below e^(−X²/4T)
    return 0.5 * (math.exp(-X) * erfc(0.5 * X / root - root) + sign * back)


@portable
def reach(T):
    """The X beyond which :func:`spread` has come to less than 1e-16."""
    return min(2.0 * math.sqrt(T) * (FAR + math.sqrt(T)), FARTHER)


@portable
def steady_current(X, X_in, L):
    """V(X)/(I R_∞) in the end, for a current at ``X_in`` into a cable from 0 to L with both ends sealed. Rall (1959)."""
    low, high = min(X, X_in), max(X, X_in)
    return math.cosh(low) * math.cosh(L - high) / (math.exp(L) - math.exp(-L)) * 2.0


@portable
def current_step(X, X_in, L, T):
    """V(X, T)/(I R_∞) while a step of current flows into a sealed cable at ``X_in``.

    Late: V_∞ − (1/L) e^(−T) − (2/L) Σ cos(nπX/L) cos(nπX_in/L) e^(−(1 + (nπ/L)²)T) / (1 + (nπ/L)²). Rall (1969).
    """
    if T <= 0.0:
        return 0.0
    V = 0.0
    if T < EARLY * L * L:
        near, far = math.fabs(X - X_in), X + X_in
        V = 0.5 * (spread(near, T, -1.0) + spread(far, T, -1.0))
        k = 1
        while k <= IMAGES and 2.0 * k * L - far < reach(T):
            V = V + 0.5 * (spread(2.0 * k * L - near, T, -1.0) + spread(2.0 * k * L + near, T, -1.0))
            V = V + 0.5 * (spread(2.0 * k * L - far, T, -1.0) + spread(2.0 * k * L + far, T, -1.0))
            k = k + 1
        return V
    V = steady_current(X, X_in, L) - math.exp(-T) / L
    n = 1
    rate = 1.0 + math.pi * math.pi / (L * L)
    while rate * T < SETTLED:
        waves = cosine(n * X / L) * cosine(n * X_in / L)
        V = V - 2.0 / L * waves * math.exp(-rate * T) / rate
        n = n + 1
        rate = 1.0 + n * n * math.pi * math.pi / (L * L)
    return V


@portable
def clamp_step(X, L, T):
    """V(X, T)/V_0 from the moment at which the end X = 0 is held at V_0; the other end, at L, is sealed.

    Late: cosh(L − X)/cosh L − (2/L) Σ β sin(βX) e^(−(1 + β²)T) / (1 + β²), β = (n + ½)π/L. In the middle of a cable an
    electrode makes two of them, which know nothing of each other.
    """
    if X <= 0.0:
        return 1.0
    if T <= 0.0:
        return 0.0
    V = 0.0
    if T < EARLY * L * L:
        sign = 1.0
        k = 0
        while k < IMAGES and 2.0 * k * L + X < reach(T):
            V = V + sign * (spread(2.0 * k * L + X, T, 1.0) + spread(2.0 * (k + 1.0) * L - X, T, 1.0))
            sign = -sign
            k = k + 1
        return V
    V = math.cosh(L - X) / math.cosh(L)
    n = 0.5
    beta = n * math.pi / L
    while (1.0 + beta * beta) * T < SETTLED:
        V = V - 2.0 / L * beta * cosine(0.5 - n * X / L) * math.exp(-(1.0 + beta * beta) * T) / (1.0 + beta * beta)
        n = n + 1.0
        beta = n * math.pi / L
    return V


@portable
def cosine(halves):
    """cos(π · halves), by its power series on a quarter of a turn: the same bits everywhere."""
    turns = math.fabs(halves)
    turns = turns - 2.0 * math.floor(0.5 * turns)
    turns = min(turns, 2.0 - turns)
    sign = 1.0
    if turns > 0.5:
        turns = 1.0 - turns
        sign = -1.0
    squared = math.pi * math.pi * turns * turns
    term, total = 1.0, 1.0
    for k in range(1, 12):
        term = -term * squared / (2.0 * k * (2.0 * k - 1.0))
        total = total + term
    return sign * total
