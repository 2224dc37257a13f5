"""The elementary functions of :mod:`neurolib.portable.math`: their errors are those that the module states, everywhere."""

import math
import random
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import portable_cases as cases
import pytest

from neurolib import cells
from neurolib.explorers import all_explorers
from neurolib.portable import math as own
from neurolib.portable import python_function

RANGES = [(-700.0, 700.0), (-40.0, 40.0), (-1.0, 1.0), (-0.03, 0.03), (-1e-9, 1e-9)]
EXACT = Context(prec=60)  # digits: forty and more are left where two numbers that are nearly alike are subtracted


def exp(x):
    return EXACT.exp(x)


def expm1(x):
    return exp(x) - 1


def exprel(x):
    return EXACT.divide(expm1(x), x)


def cosh(x):
    return EXACT.divide(exp(x) + exp(-x), 2)


def tanh(x):
    return EXACT.divide(expm1(2 * x), exp(2 * x) + 1)


LOG = 0.8  # units in the last place, as the module states them; so are these
STATED = {"exp": (exp, 1.1), "expm1": (expm1, 2.0), "exprel": (exprel, 2.0), "cosh": (cosh, 1.5), "tanh": (tanh, 3.0)}


def units(value, expected):
    """How far a double is from a decimal, in units of the decimal's last place as a double."""
    return abs(EXACT.subtract(Decimal(value), expected)) / Decimal(math.ulp(float(expected)))


@pytest.mark.parametrize("name", STATED)
def test_errors_are_as_stated(name):
    exact, bound = STATED[name]
    chance = random.Random(name)
    with localcontext(EXACT):
        for low, high in RANGES:
            for _ in range(600):
                x = chance.uniform(low, high)
                assert units(getattr(own, name)(x), exact(Decimal(x))) <= bound, x


def test_log_and_pow():
    chance = random.Random("log")
    with localcontext(EXACT):
        for _ in range(2000):
            x = 10.0 ** chance.uniform(-307.0, 308.0) if chance.random() < 0.5 else chance.uniform(0.3, 3.0)
            assert units(own.log(x), EXACT.ln(Decimal(x))) <= LOG, x
            base, y = chance.uniform(0.1, 1000.0), chance.uniform(-8.0, 8.0)
            exponent = Decimal(y) * EXACT.ln(Decimal(base))
            assert units(own.pow(base, y), exp(exponent)) <= 1.1 + 2.0 * abs(float(exponent)), (base, y)
            n = float(chance.randint(-8, 8))
            assert units(own.pow(base, n), Decimal(base) ** int(n)) <= abs(n), (base, n)


def test_ends_and_what_is_no_number():
    inf, nan = math.inf, math.nan
    assert [own.exp(x) for x in (0.0, 709.0, inf, -708.0, -inf)] == [1.0, inf, inf, 0.0, 0.0]
    assert [own.expm1(x) for x in (0.0, 709.0, -708.0, -inf)] == [0.0, inf, -1.0, -1.0]
    assert [own.log(x) for x in (1.0, 0.0, inf)] == [0.0, -inf, inf]
    assert own.log(5e-324) == math.log(5e-324) and own.log(1.7e308) == math.log(1.7e308)
    assert [own.pow(x, y) for x, y in ((0.0, 0.5), (0.0, -0.5), (-2.0, 3.0), (7.0, 0.0))] == [0.0, inf, -8.0, 1.0]
    assert [own.tanh(x) for x in (inf, -inf, 0.0)] == [1.0, -1.0, 0.0] and own.cosh(inf) == inf
    for value in (own.exp(nan), own.expm1(nan), own.log(nan), own.log(-1.0), own.pow(-2.0, 0.5), own.tanh(nan), own.cosh(nan)):
        assert math.isnan(value)


def test_the_library_uses_these_and_no_others():
    parts = [part for explorer in all_explorers() for part in explorer.portable_functions().values()]
    kernels = [cells.squid_axon.kernel.integrate, cells.thalamic_relay.kernel.rest]
    for function in [*cases.portable_functions().values(), *parts, *kernels]:
        plain = python_function(function)
        assert plain.__globals__.get("math") is not math or plain.__module__ == own.__name__, plain


def test_the_root_of_two_to_the_last_bit():
    for k in range(64):
        exact = Fraction(own.ROOTS[k]) * (1 + Fraction(own.MISSING[k]))
        assert abs(exact**64 / Fraction(2) ** k - 1) < Fraction(1, 2**98)
        assert abs(own.MISSING[k]) <= 2.0**-53
