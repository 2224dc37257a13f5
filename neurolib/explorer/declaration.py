"""What an explorer is: controls, a portable model, a figure, readouts. Everything else follows from these."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np

from neurolib.explorer.language import translate
from neurolib.explorer.typography import fill


@dataclass(frozen=True)
class Curve:
    """An array that the model fills: its length, unit and meaning (``gaps=True``: ``nan`` where nothing is drawn)."""

    name: str
    size: int
    unit: str
    label: str
    gaps: bool = False


@dataclass(frozen=True)
class Readout:
    """A number that the model returns, as the reader sees it.

    ``digits``: decimals; ``None``, for numbers of any size: three significant digits. ``shown=False``: a number for the
    figure alone. ``optional=True``: it is ``nan``, and a dash for the reader, in states
    that have no such number, as a run without a spike has no width of one.
    """

    name: str
    label: str
    unit: str
    digits: int | None = 1
    shown: bool = True
    optional: bool = False


@dataclass(frozen=True)
class Sweep:
    """A long computation in ``count`` steps, so that the page can draw between them and stop.

    ``step`` is a portable function of the controls' numbers, the number of the step (0, 1, …), the curves and the
    scratch arrays, in this order. It adds its part to the curves (what is still to come is ``nan``) and returns
    ``(fault, *readouts)``, which take the place of those before. A step should take 10 ms at the most.
    """

    count: int
    step: Callable


@dataclass(frozen=True)
class Challenge:
    """A goal that the reader reaches with the controls, checked by the model.

    ``check`` is a portable function of the number of controls that differ from their defaults, then the controls'
    numbers, then the readouts; it returns ``(verdict, off)``: the place in ``verdicts`` of the sentence to show, of which
    the first says that the goal is met and the others what is still wrong, and a number, the field ``{off}`` in them.
    """

    goal: str
    check: Callable
    verdicts: tuple


@dataclass(frozen=True)
class Prediction:
    """A question that the reader answers before the page shows the answer.

    The reader picks one of ``options``; then the controls go to ``setting`` and the model runs. ``answer`` is a portable
    function of the controls' numbers and the readouts there, and gives the place of the right option. ``reasons`` says why,
    one sentence for each option that can be right.
    """

    question: str
    setting: dict
    options: tuple
    answer: Callable
    reasons: tuple


@dataclass(frozen=True)
class Explorer:
    """One figure that a reader explores.

    ``compute`` is the model: a portable function of the controls' numbers, in order, then of one array for each curve,
    which it fills, then of the ``scratch`` arrays (by name, their sizes) that it needs to work in. It returns
    ``(fault, *readouts)``. A fault of 0 means that all is well; fault k is the k-th sentence of ``faults``, and then
    nothing is drawn. ``say`` is a portable function of the controls' numbers and the readouts that gives the place, in
    ``sentences``, of the sentence that describes the result.

    ``figure`` draws the figure with matplotlib; ``neurolib.explorer.figure`` has the artists that move.
    """

    name: str
    title: str
    chapter: str
    caption: str
    controls: tuple
    compute: Callable
    readouts: tuple
    figure: Callable
    sentences: tuple
    say: Callable
    curves: tuple = ()
    scratch: dict = field(default_factory=dict)
    faults: tuple = ()
    presets: dict = field(default_factory=dict)
    sweep: Sweep | None = None
    challenge: Challenge | None = None
    prediction: Prediction | None = None

    # How Jupyter shows an explorer: ``neurolib.show`` puts its own function here.
    shown_by: ClassVar[Callable | None] = None

    def __repr__(self):
        return f"<Explorer {self.name}: {self.title}>"

    def __post_init__(self):
        names = [item.name for item in (*self.controls, *self.curves, *self.readouts)]
        if len(set(names)) < len(names):
            raise ValueError(f"explorer {self.name}: a name occurs twice in {names}")
        for values in [*self.presets.values(), *([self.prediction.setting] if self.prediction else [])]:
            self.settings(values)

    @property
    def defaults(self):
        """The value of each control before the reader moves any."""
        return {control.name: control.number(control.default) for control in self.controls}

    def settings(self, values):
        """Every control's number, with ``values`` in place of the defaults.

        Raises ``ValueError`` naming the control, the value and what is allowed.
        """
        known = {control.name: control for control in self.controls}
        for name in values:
            if name not in known:
                raise ValueError(f"{name} is not a control of {self.name}: its controls are {', '.join(known)}")
        return self.defaults | {name: known[name].number(value) for name, value in values.items()}

    def starting_at(self, **values):
        """This explorer with other defaults."""
        settings = self.settings(values)
        controls = tuple(c.with_default(settings[c.name]) for c in self.controls)
        return replace(self, controls=controls)

    def evaluate(self, settings):
        """Run the model: ``(fault, results)``, where results hold every curve and readout by name."""
        arrays = {curve.name: np.zeros(curve.size) for curve in self.curves}
        scratch = [np.zeros(size) for size in self.scratch.values()]
        fault, *numbers = self.compute(*settings.values(), *arrays.values(), *scratch)
        for number in range(self.sweep.count if self.sweep and not fault else 0):
            fault, *numbers = self.sweep.step(*settings.values(), float(number), *arrays.values(), *scratch)
            if fault:
                break
        return int(fault), arrays | dict(zip((r.name for r in self.readouts), map(float, numbers), strict=True))

    def model(self, **values):
        """The curves (arrays) and readouts (floats), by name, for these values of the controls.

        Controls that are not named have their defaults. The page shows the same numbers. Raises ``ValueError`` for an
        unknown control, a value out of its range, or a combination for which the model has no answer.
        """
        settings = self.settings(values)
        fault, results = self.evaluate(settings)
        if fault:
            named = ", ".join(f"{name} = {value:g}" for name, value in settings.items())
            raise ValueError(f"{fill(translate(self.faults[fault - 1]), settings | results)} ({named})")
        return results

    def sentence(self, settings, fault, results):
        """The sentence, in English, that describes a result: a fault's, or the one that ``say`` picks."""
        numbers = [results[readout.name] for readout in self.readouts]
        if fault:
            return self.faults[fault - 1]
        return self.sentences[int(self.say(*settings.values(), *numbers))]

    def portable_functions(self):
        """The functions that the page needs, by what it calls them."""
        parts = {"compute": self.compute, "say": self.say}
        if self.sweep:
            parts["step"] = self.sweep.step
        if self.challenge:
            parts["check"] = self.challenge.check
        if self.prediction:
            parts["answer"] = self.prediction.answer
        return parts

    def describe(self):
        """A plain description, for listings: name, chapter, controls, outputs."""
        controls = []
        for control in self.controls:
            default = control.number(control.default)
            entry = {"name": control.name, "kind": control.kind, "min": control.min, "max": control.max}
            entry |= {"step": control.step, "default": default, "unit": control.unit}
            if control.kind == "slider":
                entry["scale"] = control.scale
            if control.kind == "choice":
                entry["options"] = list(control.options)
            controls.append(entry)
        outputs = [
            {"name": c.name, "kind": "curve", "size": c.size, "unit": c.unit, "gaps": c.gaps} for c in self.curves
        ]
        outputs += [
            {"name": r.name, "kind": "number", "unit": r.unit, "optional": r.optional} for r in self.readouts
        ]
        return {"name": self.name, "chapter": self.chapter, "controls": controls, "outputs": outputs}

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.shown_by(self) if self.shown_by else {"text/plain": repr(self)}
