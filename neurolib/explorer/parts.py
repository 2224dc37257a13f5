"""The parts of an explorer besides its controls: curves, readouts, a sweep, a challenge, a prediction.

Names and labels come from the explorer: a part stands in its declaration under its name, and its label in its words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Curve:
    """An array that the model fills: its length and unit (``gaps=True``: ``nan`` where nothing is drawn)."""

    size: int
    unit: str = ""
    gaps: bool = False
    name: str = ""
    label: str = ""


@dataclass(frozen=True)
class Readout:
    """A number that the model sets, as the reader sees it.

    ``digits``: decimals; ``None``, for numbers of any size: three significant digits. ``shown=False``: a number for figure
    and sentences alone. ``optional=True``: it stays ``nan``, and a dash for the reader, in states
    that have no such number, as a run without a spike has no width of one.
    """

    unit: str = ""
    digits: int | None = 1
    shown: bool = True
    optional: bool = False
    name: str = ""
    label: str = ""


@dataclass(frozen=True)
class Sweep:
    """A long computation in ``count`` steps, so that the page can draw between them and stop.

    ``step(c, y, r, number)`` is a portable function that is called after the model, for ``number`` = 0, 1, …: it adds its
    part to the curves (what is still to come is ``nan``) and sets readouts anew; its answer is a word, as the model's is.
    A step should take 10 ms at the most. What it keeps from the model and from one step to the next, besides curves and
    readouts, has names of its own: ``numbers`` are further fields of ``r``, ``arrays`` (with their sizes) of ``y``.

    Where the control ``view`` only chooses which moment of the finished computation is shown, ``moment(c, y, r)`` shows it:
    it is called after the steps, and alone when nothing but that control moves.
    """

    count: int
    step: Callable
    numbers: tuple = ()
    arrays: dict = field(default_factory=dict)
    moment: Callable | None = None
    view: str = ""


@dataclass(frozen=True)
class Challenge:
    """A goal that the reader reaches with the controls, checked by the model.

    ``check(c, r)`` is an outcome: its word is ``"done"`` when the goal is met, otherwise it says what is still wrong, and
    ``r.off`` is a number for its sentence. ``only`` names the controls that the goal leaves to the reader: where others are
    moved, the word is ``"others"`` and ``off`` their number. ``solution`` is a setting that meets it, for the tests.
    """

    check: Callable
    only: tuple = ()
    solution: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    """A value that the reader sets into the figure before seeing it: a dashed mark, dragged or moved by a slider.

    ``of`` names the readout whose value at the prediction's setting is asked for; a guess no further off than ``near``, in
    the readout's unit, counts as right. The figure holds the mark, ``fig.guess``, in a panel whose vertical axis is that value.
    """

    of: str
    near: float


@dataclass(frozen=True)
class Prediction:
    """A question that the reader answers before the page shows the answer.

    The reader picks an option, or, where there is a ``guess``, sets a mark; then the controls go to ``setting`` and the model
    runs. ``answer(c, r)`` is an outcome that gives the word of the right option there.
    """

    answer: Callable
    setting: dict
    guess: Guess | None = None
