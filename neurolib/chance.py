"""Chance that can be repeated: random numbers with the same bits in Python, under Numba and in every browser.

Every step is exact in doubles, so that a seed gives the same channels everywhere. The draws of numbers of channels are exact
samples of the binomial law, not normal or Poisson approximations.

Sources: L'Ecuyer (1988) Commun ACM 31:742-774 (the generator); Hörmann (1993) J Stat Comput Simul 46:101-110 (BTRS).
"""

from neurolib.portable import math, portable

M_1, A_1 = 2147483563.0, 40014.0
M_2, A_2 = 2147483399.0, 40692.0
WARM_UP = 16  # draws thrown away, so that neighbouring seeds have parted
FEW = 10.0  # expected successes below which counting one by one is quicker
LOG_FACTORIALS = (
    0.0, 0.0, 0.6931471805599453, 1.791759469228055, 3.1780538303479458, 4.787491742782046, 6.579251212010101,
    8.525161361065415, 10.60460290274525, 12.801827480081469,
)  # fmt: skip
HALF_LOG_TWO_PI = 0.9189385332046728


@portable
def times_modulo(a, x, m):
    """a x modulo m, for whole numbers whose product is below 2⁵³: exact."""
    product = a * x
    return product - m * math.floor(product / m)


@portable
def uniform(seeds):
    """A number between 0 and 1, neither of them; ``seeds`` (two numbers) move on. Period 2.3e18."""
    seeds[0] = times_modulo(A_1, seeds[0], M_1)
    seeds[1] = times_modulo(A_2, seeds[1], M_2)
    mixed = seeds[0] - seeds[1]
    if mixed < 1.0:
        mixed = mixed + M_1 - 1.0
    return mixed / M_1


@portable
def sow(seeds, number):
    """Begin the series that belongs to a whole number from 0 to 2³⁰."""
    seeds[0] = number + 1.0
    seeds[1] = number + 2.0
    for _i in range(WARM_UP):
        uniform(seeds)


@portable
def waiting_time(seeds, rate):
    """How long until an event of this rate: exponential with the mean 1/rate."""
    return -math.log(uniform(seeds)) / rate


@portable
def log_factorial(k):
    """ln k! for whole k from 0: a table, and from 10 on Stirling's series, to 1e-10."""
    if k < 10.0:
        return LOG_FACTORIALS[int(k)] if k >= 0.0 else math.nan
    correction = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / k / k) / k / k) / k
    return (k + 0.5) * math.log(k) - k + HALF_LOG_TWO_PI + correction


@portable
def counted(seeds, n, p):
    """Binomial number by inversion, 0 < p ≤ 1/2: the probability of 0, 1, 2, … is taken off until a draw is used up.

    Most draws of rare events end at once, since (1 − p)^n is at least 1 − n p.
    """
    left = uniform(seeds)
    if left <= 1.0 - n * p:
        return 0.0
    odds = p / (1.0 - p)
    chance = math.exp(n * math.log(1.0 - p))
    k = 0.0
    while left > chance and k < n:
        left = left - chance
        k = k + 1.0
        chance = chance * odds * (n - k + 1.0) / k
    return k


@portable
def rejected(seeds, n, p):
    """Binomial number by Hörmann's transformed rejection with squeeze, p ≤ 1/2 and n p ≥ 10."""
    spread = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    alpha = (2.83 + 5.1 / b) * spread
    odds = math.log(p / (1.0 - p))
    mode = math.floor((n + 1.0) * p)
    height = log_factorial(mode) + log_factorial(n - mode)
    while 1.0 > 0.0:
        u = uniform(seeds) - 0.5
        v = uniform(seeds)
        room = 0.5 - math.fabs(u)
        k = math.floor((2.0 * a / room + b) * u + n * p + 0.5)
        if room >= 0.07 and v <= 0.92 - 4.2 / b:
            return k
        if k >= 0.0 and k <= n:
            bound = height - log_factorial(k) - log_factorial(n - k) + (k - mode) * odds
            if math.log(v * alpha / (a / (room * room) + b)) <= bound:
                return k
    return mode


@portable
def binomial(seeds, n, p):
    """How many of n channels do what each does with the probability p: an exact draw, 0 to n."""
    if n <= 0.0 or p <= 0.0:
        return 0.0
    if p >= 1.0:
        return n
    rarer = min(p, 1.0 - p)
    k = counted(seeds, n, rarer) if n * rarer < FEW else rejected(seeds, n, rarer)
    return k if p <= 0.5 else n - k


@portable
def scatter(seeds, n, weights, first, size, counts):
    """Add n channels to ``counts`` at random, each by ``weights[first]`` …, which sum to 1: a multinomial draw."""
    left = n
    rest = 1.0
    for j in range(size):
        if left > 0.0:
            share = weights[first + j]
            some = left if j == size - 1 else binomial(seeds, left, share / rest)
            counts[j] = counts[j] + some
            left = left - some
            rest = max(rest - share, 1e-300)
