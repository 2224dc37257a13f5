"""Controls: what a reader can set, each a number with its range. Name and label come from the explorer and its words."""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from neurolib.checks import as_number
from neurolib.explorer.language import _, translate
from neurolib.explorer.typography import significant, with_unit


class Control:
    """What all controls share."""

    def with_default(self, number):
        """This control, starting at ``number``."""
        return replace(self, default=number)


@dataclass(frozen=True)
class Slider(Control):
    """A number between ``min`` and ``max``.

    A linear slider moves by ``step``. One with ``scale="log"`` has ``positions`` steps of equal ratio, each rounded to
    three significant digits; with ``min=0`` it needs ``smallest``, the least value above zero, and its first position
    is 0 itself. The reader can also type any number of the range. ``only_if=("ion", 4)`` makes the slider count
    only while the control ``ion`` has the value 4, or one of those that follow it.
    """

    min: float
    max: float
    default: float
    unit: str = ""
    step: float | None = None
    scale: str = "linear"
    positions: int = 200
    smallest: float = 0.0
    only_if: tuple | None = None
    name: str = ""
    label: str = ""
    kind = "slider"

    def __post_init__(self):
        if self.scale == "linear":
            object.__setattr__(self, "step", self.step or (self.max - self.min) / self.positions)
            object.__setattr__(self, "positions", round((self.max - self.min) / self.step))
        elif self.scale != "log" or not max(self.min, self.smallest) > 0:
            raise ValueError(
                f"a slider's scale is 'linear', or 'log' with a positive min or smallest, not {self.scale!r}"
            )
        if not self.min <= self.default <= self.max:
            raise ValueError(f"a slider's default {self.default} is not between {self.min} and {self.max}")

    @property
    def first(self):
        """The position from which a log scale counts: 1 where position 0 is the value 0."""
        return 1 if self.smallest else 0

    def at(self, position):
        """The value at a position of the handle, 0 … ``positions``."""
        if self.scale == "linear":
            return float(f"{self.min + position / self.positions * (self.max - self.min):.12g}")
        if position < self.first:
            return 0.0
        low = self.smallest or self.min
        share = (position - self.first) / (self.positions - self.first)
        return min(max(float(f"{low * (self.max / low) ** share:.2e}"), self.min), self.max)

    def position(self, value):
        """The position of the handle nearest to ``value``."""
        if self.scale == "linear":
            return round(self.positions * (value - self.min) / (self.max - self.min))
        low = self.smallest or self.min
        if value < low:
            return 0
        return self.first + round((self.positions - self.first) * math.log(value / low) / math.log(self.max / low))

    def number(self, value):
        """``value`` as a float, or a ``ValueError`` that says what is allowed."""
        allowed = f"a number from {self.min:g} to {self.max:g}{' ' + self.unit if self.unit else ''}"
        return checked(self, value, allowed, lambda number: self.min <= number <= self.max)

    def text(self, value):
        """``value`` as a reader sees it, with its unit."""
        return with_unit(significant(value), translate(self.unit))


@dataclass(frozen=True)
class Choice(Control):
    """One of several options, each a name; its number is the place of the option among them, from 0.

    ``labels``, what the reader sees of each, come from the explorer's words. ``brings`` has, for an option, the settings of
    other controls that the page takes along when the reader chooses it.
    """

    options: tuple
    default: str
    brings: dict = field(default_factory=dict)
    unit: str = ""
    only_if: tuple | None = None
    name: str = ""
    label: str = ""
    labels: tuple = ()
    kind = "choice"

    @property
    def min(self):
        return 0

    @property
    def max(self):
        return len(self.options) - 1

    step = 1

    def number(self, value):
        if isinstance(value, str) and value in self.options:
            return float(self.options.index(value))
        allowed = f"one of {', '.join(self.options)} (or their place, 0 to {self.max})"
        return checked(self, value, allowed, lambda number: number in range(len(self.options)))

    def text(self, value):
        return translate(self.labels[int(value)])


@dataclass(frozen=True)
class Toggle(Control):
    """Off (0) or on (1)."""

    default: bool = False
    unit: str = ""
    only_if: tuple | None = None
    name: str = ""
    label: str = ""
    kind = "toggle"
    min, max, step = 0, 1, 1

    def number(self, value):
        number = int(value) if isinstance(value, bool | np.bool_) else value
        return checked(self, number, "False or True", lambda number: number in (0, 1))

    def text(self, value):
        return translate(_("on") if value else _("off"))


def checked(control, value, allowed, within):
    number = as_number(value)
    if not (math.isfinite(number) and within(number)):
        raise ValueError(f"{control.name} = {value!r} is not allowed: {control.name} is {allowed}")
    return number
