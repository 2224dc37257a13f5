"""What an explorer is: controls, a portable model, a figure, readouts, words. Everything else follows from these."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

from neurolib.checks import did_you_mean
from neurolib.explorer.handed import handed, result_names
from neurolib.explorer.language import translate
from neurolib.explorer.laws import check_laws
from neurolib.explorer.parts import Challenge, Prediction, Sweep
from neurolib.explorer.scene import Scene
from neurolib.explorer.tables import write_tables
from neurolib.explorer.typography import fill
from neurolib.explorer.words import Words, read_words
from neurolib.portable.answers import answers

OK, DONE, OTHERS = "ok", "done", "others"


@dataclass(frozen=True)
class Explorer:
    """One figure that a reader explores, wired by name.

    ``controls``, ``curves`` and ``readouts`` are given by name. ``compute`` is the model, a portable function
    ``model(c, y, r)``: it reads the controls' numbers in ``c``, fills the arrays in ``y``, sets the readouts in ``r``
    (``nan`` where it sets none) and answers ``"ok"``, or with the word for what is wrong, and then nothing is drawn.
    ``say(c, r)`` is an outcome whose word names the sentence that describes the result. ``figure`` draws the figure with
    matplotlib; ``neurolib.explorer.figure`` has the artists that move.

    The texts are those of the TOML file beside the module, or ``words``; a word without its text, or a text
    without its word, is an error. ``presets`` are settings by name; ``cells`` are the model cells that it runs.

    ``main`` names the one or two controls that the story needs (otherwise the first), ``shows`` at most three readouts that
    stand by the figure (otherwise the first ones); the others are a click away. ``story`` has the settings of each step, in
    order; its sentences stand in the words. ``scene`` is the picture above the figure; ``time`` names the curve along which
    the play head runs, or the control that it moves. ``overlay`` names the curve over which a reader's recording is laid.

    ``started`` has the settings that stand in place of the defaults; ``copy`` is the explorer's place among those of its name
    on a page, of which each has names, links and progress of its own.
    """

    chapter: str
    controls: dict
    readouts: dict
    compute: Callable
    say: Callable
    figure: Callable
    curves: dict = field(default_factory=dict)
    presets: dict = field(default_factory=dict)
    sweep: Sweep | None = None
    challenge: Challenge | None = None
    prediction: Prediction | None = None
    cells: tuple = ()
    main: tuple = ()
    shows: tuple = ()
    story: dict = field(default_factory=dict)
    scene: Scene | None = None
    time: str = ""
    overlay: str = ""
    words: Words | None = None
    name: str = ""
    started: dict = field(default_factory=dict)
    copy: int = 1

    # How Jupyter shows an explorer: ``neurolib.show`` puts its own function here.
    shown_by: ClassVar[Callable | None] = None

    def __repr__(self):
        return f"<Explorer {self.name}: {self.title}>"

    def __post_init__(self):
        module = self.compute.__module__
        self._set("name", self.name or module.rpartition(".")[2])
        if self.scene:
            self._set("scene", self.scene.within(Path(sys.modules[module].__file__).parent / "scenes"))
        if self.words is None:
            self._set("words", read_words(Path(sys.modules[module].__file__).with_suffix(".toml")))
        for table in ("controls", "curves", "readouts"):
            self._set(table, self._named(table))
        names = [item.name for item in (*self.controls, *self.curves, *self.readouts)] + (
            [*self.sweep.numbers, *self.sweep.arrays] if self.sweep else []
        )
        if len(set(names)) < len(names):
            raise ValueError(f"explorer {self.name}: a name occurs twice in {names}")
        self._set("main", self.main or (self.controls[0].name,))
        guess = self.prediction and self.prediction.guess
        for what, chosen, parts, most in (
            ("main", self.main, self.controls, 2),
            ("shows", self.shows, self.readouts, 3),
            ("the prediction's guess", (guess.of,) if guess else (), [part for part in self.readouts if part.label], 1),
            ("time", (self.time,) if self.time else (), (*self.curves, *self.controls), 1),
            ("overlay", (self.overlay,) if self.overlay else (), self.curves, 1),
        ):
            self._known(what, chosen, parts, most)
        for values in [*self.presets.values(), *self.story.values(), *([self.prediction.setting] if self.prediction else [])]:
            self.settings(values)

    def _set(self, name, value):
        object.__setattr__(self, name, value)

    def _known(self, what, names, parts, most):
        known = [part.name for part in parts]
        if len(names) > most or not set(names) <= set(known):
            raise ValueError(f"explorer {self.name}: {what} = {names!r} has to be at most {most} of {', '.join(known)}")

    def _named(self, table):
        """The parts of one kind, each with its name and its label; those that have them already as they are."""
        parts = getattr(self, table)
        if isinstance(parts, tuple):
            return parts
        labels = getattr(self.words, table)
        silent = [name for name, part in parts.items() if not getattr(part, "shown", True) and name not in labels]
        self.words.same(table, labels, [name for name in parts if name not in silent])
        named = [replace(part, name=name, label=labels.get(name, "")) for name, part in parts.items()]
        for place, part in enumerate(named):
            if getattr(part, "kind", "") == "choice":
                options = self.words.options.get(part.name, {})
                self.words.same(f"options.{part.name}", options, part.options)
                named[place] = replace(part, labels=tuple(options[option] for option in part.options))
        return tuple(named)

    title = property(lambda self: self.words.title)
    caption = property(lambda self: self.words.caption)

    def check_words(self):
        """Raise ``ValueError`` unless the words that the functions can answer with and the keys of the texts are the same.

        And unless the scene's moves have their parts and values.
        """
        words = self.words
        faults = answers(self.compute) + (answers(self.sweep.step) if self.sweep else [])
        words.same("faults", words.faults, [word for word in dict.fromkeys(faults) if word != OK])
        words.same("say", words.say, answers(self.say))
        words.same("presets", words.presets, self.presets)
        words.same("story", words.story, self.story)
        words.same("scene", words.scene, self.scene.texts() if self.scene else [])
        if self.scene:
            self.scene.check(self)
        words.same("options", words.options, [c.name for c in self.controls if c.kind == "choice"])
        if self.challenge:
            others = [OTHERS] if self.challenge.only else []
            kept = ["hints"] if "hints" in words.challenge else []
            words.same("challenge", words.challenge, ["goal", *answers(self.challenge.check), *others, *kept])
        if self.prediction:
            options = words.prediction.get("options", {})
            words.same("prediction", words.prediction, ["question", "options", "reasons"])
            words.same("prediction.options", options, answers(self.prediction.answer))
            reasons = words.prediction["reasons"]
            words.same("prediction.reasons", reasons, [option for option in reasons if option in options])
        check_laws(self)

    @property
    def identifier(self):
        """What it is called on a page, where there may be another of its name."""
        return self.name if self.copy == 1 else f"{self.name}-{self.copy}"

    @property
    def call(self):
        """The Python that gives this explorer."""
        given = "".join(f", {name}={repr(float(value)).removesuffix('.0')}" for name, value in self.started.items())
        return f'explore("{self.name}"{given})'

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
                raise ValueError(f"{name} is not a control of {self.name}: {did_you_mean(name, known)}its controls are "
                                 f"{', '.join(known)}")
        return self.defaults | {name: known[name].number(value) for name, value in values.items()}

    def starting_at(self, **values):
        """This explorer with other defaults."""
        settings = self.settings(values)
        controls = tuple(c.with_default(settings[c.name]) for c in self.controls)
        return replace(self, controls=controls, started=self.started | {name: settings[name] for name in values})

    def evaluate(self, settings):
        """Run the model: ``(word, results)``, where results hold every curve and readout by name.

        ``settings`` has a number for each control, in any order. The word is ``"ok"``, or says what is wrong; then only the
        readouts that its sentence names have a meaning.
        """
        settings = {control.name: settings[control.name] for control in self.controls}
        c, y, r, arrays = handed(self, settings)
        word = self.compute(c, y, r)
        for number in range(self.sweep.count if self.sweep else 0):
            if word != OK:
                break
            word = self.sweep.step(c, y, r, float(number))
        if word == OK and self.sweep and self.sweep.moment:
            self.sweep.moment(c, y, r)
        numbers = {readout.name: float(field_of(r, readout.name)) for readout in self.readouts}
        return word, {curve.name: arrays[curve.name] for curve in self.curves} | numbers

    def model(self, **values):
        """The curves (arrays) and readouts (floats), by name, for these values of the controls.

        Controls that are not named have their defaults. The page shows the same numbers. Raises ``ValueError`` for an
        unknown control, a value out of its range, or a combination for which the model has no answer.
        """
        settings = self.settings(values)
        word, results = self.evaluate(settings)
        if word != OK:
            named = ", ".join(f"{name} = {value:g}" for name, value in settings.items())
            raise ValueError(f"{fill(translate(self.words.faults[word]), settings | results)} ({named})")
        return results

    def save(self, folder=".", **values):
        """Write the curves for these values of the controls as CSV files, one for each thing they are drawn against.

        The files are those of the page: a spreadsheet, pandas and Python's ``csv`` read them, and every row holds the value of
        each control. Returns their paths. Raises ``ValueError`` as :meth:`model` does.
        """
        return write_tables(self, folder, self.settings(values), self.model(**values))

    def outcome(self, function, settings, results):
        """What ``say``, ``check`` or ``answer`` finds: its word, and the number ``off`` that it leaves (else ``nan``)."""
        numbers = {readout.name: results[readout.name] for readout in self.readouts}
        r = SimpleNamespace(**numbers, off=float("nan"))
        return function(SimpleNamespace(**settings), r), r.off

    def sentence(self, settings, word, results):
        """The sentence, in English, that describes a result: a fault's, or the one that ``say`` names."""
        if word != OK:
            return self.words.faults[word]
        return self.words.say[self.outcome(self.say, settings, results)[0]]

    def verdict(self, settings, results):
        """``(word, off)`` of the challenge."""
        defaults = self.defaults
        moved = [name for name, value in settings.items() if value != defaults[name]]
        others = len(set(moved) - set(self.challenge.only)) if self.challenge.only else 0
        return (OTHERS, float(others)) if others else self.outcome(self.challenge.check, settings, results)

    def headline(self):
        """The readouts that stand by the figure."""
        shown = [readout for readout in self.readouts if readout.shown]
        return [readout for readout in shown if readout.name in self.shows] if self.shows else shown[:3]

    def story_numbers(self):
        """The numbers of each step's setting, by its name."""
        return {step: self.settings(values) for step, values in self.story.items()}

    def portable_functions(self):
        """The functions that the page needs, by what it calls them."""
        parts = {"compute": self.compute, "say": self.say}
        if self.sweep:
            parts["step"] = self.sweep.step
            parts |= {"moment": self.sweep.moment} if self.sweep.moment else {}
        if self.challenge:
            parts["check"] = self.challenge.check
        if self.prediction:
            parts["answer"] = self.prediction.answer
        return parts

    def fields(self, part):
        """The names that the arguments ``c``, ``y`` and ``r`` of a function have, for the compiler to hold it to."""
        kept = self.sweep.arrays if self.sweep else ()
        numbers = result_names(self) if part in ("compute", "step", "moment") else [*(r.name for r in self.readouts), "off"]
        return {"c": [c.name for c in self.controls], "y": [*(c.name for c in self.curves), *kept], "r": numbers}

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.shown_by(self) if self.shown_by else {"text/plain": repr(self)}


def field_of(r, name):
    """A field of a record or of an object."""
    return r[name] if hasattr(r, "dtype") else getattr(r, name)
