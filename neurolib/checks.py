"""Bounds on named quantities: one error message for every layer of the library."""

import difflib
import importlib
import math
from dataclasses import fields, replace
from numbers import Real

import numpy as np


def as_number(value):
    """``value`` as a float; ``nan`` for what is no number: text, a truth value, a list or array, nothing at all."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:  # a whole number beyond a float
        return math.nan


def require(name, value, low=-math.inf, high=math.inf, unit="", *, open_low=False, open_high=False):
    """Return ``value`` as a float if it is finite and within the bounds; raise ``ValueError`` otherwise.

    The message names the quantity, the value and the range that is allowed.
    ``open_low`` and ``open_high`` leave the bound itself out.
    """
    number = as_number(value)
    below = number <= low if open_low else number < low
    above = number >= high if open_high else number > high
    if below or above or not math.isfinite(number):
        wanted = _range(low, high, open_low, open_high)
        if not isinstance(value, Real):
            wanted = "one finite number" if wanted == "a finite number" else f"one number, {wanted}"
        raise ValueError(f"{name} = {value!r}{_spaced(unit)}: {name} has to be {wanted}{_spaced(unit)}")
    return number


def require_whole(name, value, low=-math.inf, high=math.inf):
    """Return ``value`` as an ``int`` if it is a whole number within the bounds, 3 or 3.0; ``ValueError`` otherwise."""
    number = as_number(value)
    if not (number.is_integer() and low <= number <= high):
        bounds = "" if math.isinf(low) and math.isinf(high) else f", {_range(low, high, False, False)}"
        raise ValueError(f"{name} = {value!r}: {name} has to be a whole number{bounds}")
    return int(value)


def require_positive(name, value, unit=""):
    """A finite number above zero."""
    return require(name, value, 0.0, unit=unit, open_low=True)


def require_non_negative(name, value, unit=""):
    """A finite number, zero or above."""
    return require(name, value, 0.0, unit=unit)


def require_temperature(value, name="temperature_celsius"):
    """A temperature of liquid water, 0 to 50 °C."""
    return require(name, value, 0.0, 50.0, "°C")


def require_one_of(name, value, allowed):
    """``value`` if it is one of the names in ``allowed``; ``ValueError`` that lists them and says which is meant."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} = {value!r}: {did_you_mean(value, allowed)}{name} has to be one of "
                         f"{', '.join(map(str, allowed))}")
    return value


def did_you_mean(value, allowed):
    """"did you mean …? ", with the name in ``allowed`` that is most like ``value``; empty if none is.

    First a name that ``value`` shortens, such as g_bar_Na for gNa, then one that differs by a few letters.
    """
    bare = {str(name).lower().replace("_", ""): str(name) for name in allowed}
    given = str(value).lower().replace("_", "")
    longer = [name for name in bare if given and name[0] == given[0] and _shortens(given, name)]
    near = sorted(longer, key=len) or difflib.get_close_matches(given, bare, 1)
    return f"did you mean {bare[near[0]]!r}? " if near else ""


def with_changes(thing, changes):
    """A copy of a frozen dataclass with ``changes`` of its fields; ``ValueError`` for a name that is none of them."""
    for name in changes:
        require_one_of(f"field of {type(thing).__name__}", name, [field.name for field in fields(thing) if field.init])
    return replace(thing, **changes)


def _shortens(short, name):
    """Whether the letters of ``short`` stand in ``name`` in their order."""
    letters = iter(name)
    return all(letter in letters for letter in short)


def optional_package(name, purpose):
    """The package called ``name``; ``ImportError`` that says what it is needed for where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise ImportError(f"{name} is needed {purpose}, and is not installed here: pip install {name}") from None


def as_numbers(values):
    """``values``, a number or any array of numbers, as a float array; a single ``nan`` for anything else."""
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        return np.array(math.nan)
    return array.astype(float) if array.dtype.kind in "iuf" else np.array(math.nan)


def require_array(name, values, unit=""):
    """``values`` as a one-dimensional float array of finite numbers, with at least one element."""
    array = np.atleast_1d(as_numbers(values))
    if array.ndim != 1 or array.size == 0 or not np.all(np.isfinite(array)):
        raise ValueError(f"{name} = {values!r}{_spaced(unit)}: {name} has to be a number or a one-dimensional sequence "
                         "of finite numbers")
    return array


def _spaced(unit):
    return f" {unit}" if unit else ""


def _range(low, high, open_low, open_high):
    if math.isinf(low) and math.isinf(high):
        return "a finite number"
    if math.isinf(high):
        return f"{'above' if open_low else 'at least'} {low:g}"
    if math.isinf(low):
        return f"{'below' if open_high else 'at most'} {high:g}"
    if open_low or open_high:
        return f"{'above' if open_low else 'from'} {low:g} and {'below' if open_high else 'at most'} {high:g}"
    return f"between {low:g} and {high:g}"
