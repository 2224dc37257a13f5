"""The ``math`` of portable functions: the same bits in CPython, under Numba and in every reader's browser.

``math.exp`` of Python and ``Math.exp`` of a browser are whatever the machine's library makes of them; they differ in the last
bit from one to the next, and a run that fires late or not at all for a bit shows other numbers. The functions here are made of
additions, multiplications, divisions and square roots alone, which IEEE 754 rounds in one way only. Authors write
``from neurolib.portable import math`` and go on as ever. Where Python's raise an error, these give what a browser gives:
``inf`` beyond the largest double, ``nan`` where there is no answer.

Largest errors, in units in the last place: exp 1.1, expm1 and exprel 2, log 0.8, cosh 1.5, tanh 3, and of pow one for each
factor of a whole power, otherwise 1.1 and 2 for each unit of y ln x.
"""

import math
from math import ceil, e, fabs, floor, inf, isfinite, isinf, isnan, nan, pi, sqrt

import numpy as np

from neurolib.portable.cache import numba
from neurolib.portable.mark import portable

__all__ = [
    "ceil", "cosh", "e", "exp", "expm1", "exprel", "fabs", "floor", "inf", "isfinite", "isinf", "isnan", "log", "nan", "pi",
    "pow", "sqrt", "tanh",
]  # fmt: skip

STEPS = 64  # of an octave: eˣ = 2^(k/64) eʳ, where r is at most ln 2 / 128 in size
PER_STEP = 92.33248261689366  # 64/ln 2
STEP_HIGH = 0.010830424696223417  # ln 2 / 64: its first 36 bits, so that it times k is exact,
STEP_LOW = 2.572804622327669e-14  # and the others
LN2_HIGH, LN2_LOW = 0.6931471805598903, 5.497923018708371e-14  # likewise, ln 2
WHOLE = 6755399441055744.0  # 1.5 · 2⁵²: a number to which this is added has no bits left for a fraction
LARGEST, SMALLEST = 709.0, -708.0  # e to powers between these is a normal number
NORMAL, HUGE = 2.2250738585072014e-308, 8.98846567431158e307  # the smallest normal number; 2¹⁰²³
TWO_TO_54, SQRT2 = 18014398509481984.0, 1.4142135623730951

# (eʳ − 1 − r)/r² for |r| ≤ ln 2 / 128, to 2e-18 of r²: minimax, by Remez' exchange.
A2, A3, A4, A5 = 0.49999999999939804, 0.16666666666658067, 0.041666728003956974, 0.008333342095819709
# (eʳ − 1 − r − r²/2)/r³ for the same r, so that eʳ − 1 is good where it is small.
C3, C4, C5, C6 = 0.16666666666658067, 0.041666666666655916, 0.008333342095802183, 0.0013888899841995811
# (ln((1 + s)/(1 − s)) − 2 s)/s³ in powers of s², for s from 0 to 3 − √8, likewise.
B0, B1, B2, B3 = 0.666666666666671, 0.399999999995178, 0.28571428729876336, 0.22222199018967598
B4, B5, B6 = 0.18183575739880875, 0.15313047495892762, 0.14811766463493337


def roots_of_two():
    """2^(j/64) for j from 0 to 63, and by what part of itself each of these doubles is too small; from whole numbers."""
    one = 1 << 160
    step = 2 * one
    for _ in range(6):
        step = math.isqrt(step * one)
    exact = [one]
    for _ in range(STEPS - 1):
        exact.append(exact[-1] * step >> 160)
    near = [float(whole) / float(one) for whole in exact]
    return near, [float(whole - int(root * 2.0**52) * (one >> 52)) / float(whole)
                  for whole, root in zip(exact, near, strict=True)]


ROOTS, MISSING = roots_of_two()


def root_of_two(k):
    """2^(k/64), for a whole number k: the double nearest to a number from 1 to 2, times a power of two."""
    return math.ldexp(ROOTS[int(k) & 63], int(k) >> 6)


def root_missing(k):
    """What :func:`root_of_two` lacks, as a part of it."""
    return MISSING[int(k) & 63]


def exponent(x):
    """The whole number k with 2ᵏ ≤ x < 2ᵏ⁺¹, of a normal number x above 0."""
    return math.frexp(x)[1] - 1.0


if numba is not None:  # the same by the bits of a double
    ROOT_BITS, PARTS = np.array(ROOTS).view(np.int64), np.array(MISSING)

    @numba.extending.overload(root_of_two)
    def root_of_two_by_bits(k):
        return lambda k: np.int64(ROOT_BITS[np.int64(k) & 63] + ((np.int64(k) >> 6) << 52)).view(np.float64)

    @numba.extending.overload(root_missing)
    def root_missing_from_array(k):
        return lambda k: PARTS[np.int64(k) & 63]

    @numba.extending.overload(exponent)
    def exponent_by_bits(x):
        return lambda x: float((np.float64(x).view(np.int64) >> 52) - 1023)


BY_HAND = (root_of_two, root_missing, exponent)  # the page compiler finds these in its prelude
root_of_two.portable = root_missing.portable = exponent.portable = True


@portable
def exp(x):
    """eˣ = 2^(k/64) eʳ; ``inf`` from x = 709 on, 0 up to −708."""
    if not (x > SMALLEST and x < LARGEST):
        return math.inf if x > 0.0 else 0.0 if x < 0.0 else x
    k = x * PER_STEP + WHOLE - WHOLE
    r = x - k * STEP_HIGH - k * STEP_LOW
    z = r * r
    root = root_of_two(k)
    return root + root * (r + z * (A2 + A3 * r + z * (A4 + A5 * r)))


@portable
def expm1(x):
    """eˣ − 1 = (2^(k/64) − 1) + 2^(k/64) (eʳ − 1); as :func:`exp`."""
    if not (x > SMALLEST and x < LARGEST):
        return math.inf if x > 0.0 else -1.0 if x < 0.0 else x
    k = x * PER_STEP + WHOLE - WHOLE
    r = x - k * STEP_HIGH - k * STEP_LOW
    z = r * r
    root = root_of_two(k)
    return (root - 1.0) + root * (root_missing(k) + (r + z * (0.5 + r * (C3 + C4 * r + z * (C5 + C6 * r)))))


@portable
def exprel(x):
    """Relative exponential (eˣ − 1)/x, continuous at x = 0, where it is 1.

    Voltage-dependent rates of the form u/(e^u − 1) are ``1 / exprel(u)``: exact at every voltage,
    with no special case and no epsilon. Agrees with ``scipy.special.exprel`` to two units in the last place.
    """
    if x == 0.0:
        return 1.0
    if x > 709.0:  # eˣ is beyond a double soon after this
        return math.inf
    return expm1(x) / x


@portable
def log(x):
    """ln x = k ln 2 + ln m, with m from √½ to √2 and ln m = 2 artanh((m − 1)/(m + 1)); −inf at 0, ``nan`` below."""
    k = 0.0
    if not (x >= NORMAL and x < HUGE):
        if x == 0.0:
            return -math.inf
        if not (x > 0.0 and x < math.inf):
            return x if x > 0.0 else math.nan
        k = 1.0 if x >= HUGE else -54.0
        x = x * (0.5 if x >= HUGE else TWO_TO_54)
    whole = exponent(x)
    m = x * root_of_two(-64.0 * whole)
    k = k + whole
    if m > SQRT2:
        m = 0.5 * m
        k = k + 1.0
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    y = z * z
    series = z * (B0 + B1 * z + y * (B2 + B3 * z) + y * y * (B4 + B5 * z + y * B6))
    half = 0.5 * f * f
    return k * LN2_HIGH - (half - (s * (half + series) + k * LN2_LOW) - f)


@portable
def pow(x, y):
    """xʸ: whole powers up to 64 by multiplication, others as e^(y ln x); ``nan`` for those of a number below 0."""
    if abs(y) <= 64.0 and y == math.floor(y):
        product = 1.0
        factor = x
        left = abs(y)
        while left >= 1.0:
            if left > 2.0 * math.floor(0.5 * left):
                product = product * factor
            factor = factor * factor
            left = math.floor(0.5 * left)
        return product if y >= 0.0 else 1.0 / product
    return exp(y * log(x))


@portable
def tanh(x):
    """(e²ˣ − 1)/(e²ˣ + 1)."""
    t = expm1(2.0 * abs(x))
    size = 1.0 - 2.0 / (t + 2.0) if t > 2.0 else t / (t + 2.0)
    return size if x >= 0.0 else -size


@portable
def cosh(x):
    """(eˣ + e⁻ˣ)/2."""
    growing = exp(abs(x))
    return 0.5 * (growing + 1.0 / growing)
