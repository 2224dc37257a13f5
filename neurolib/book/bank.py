"""The book's short questions as data: what each prediction asks, its options, the right one as the model finds it, and why.

One source for the front page and for the files that learning platforms read; these have the self-tests' questions as well
(:mod:`neurolib.book.self_test`).
"""

from typing import NamedTuple

from neurolib.book.states import fragment
from neurolib.explorer.language import translate
from neurolib.explorer.typography import fill
from neurolib.explorers import all_explorers


class Value(NamedTuple):
    """A number that may be asked for: a readout's name and unit, what the model has, and how near is right."""

    label: str
    unit: str
    value: float
    near: float


class Question(NamedTuple):
    """A question in the language of the edition, symbols as the explorers write them; ``right`` is a key of ``options``.

    Without options it is answered in words, and ``reason`` is an answer. ``place`` is an anchor of the page.
    """

    name: str
    page: str
    title: str
    asks: str
    options: dict
    right: str
    reason: str
    place: str
    value: Value | None
    said: dict = {}  # what there is to say to an option


def question(explorer):
    """The question of an explorer's prediction."""
    words, prediction = explorer.words.prediction, explorer.prediction
    settings = explorer.settings(prediction.setting)
    _word, results = explorer.evaluate(settings)
    right, _off = explorer.outcome(prediction.answer, settings, results)
    state = fragment(explorer.name, settings)
    return Question(
        name=explorer.name,
        page=f"chapters/{explorer.chapter}",
        title=translate(explorer.title),
        asks=translate(words["question"]),
        options={word: translate(option) for word, option in words["options"].items()},
        right=right,
        reason=fill(translate(words["reasons"][right]), settings | results),
        place=f"explorer-{explorer.name}{'?' if state else ''}{state}",
        value=asked_value(explorer, results) if prediction.guess else None,
    )


def asked_value(explorer, results):
    guess = explorer.prediction.guess
    readout = next(readout for readout in explorer.readouts if readout.name == guess.of)
    return Value(translate(readout.label), translate(readout.unit), float(results[guess.of]), guess.near)


def questions():
    """Those of all explorers that ask one, in the order of the book's explorers."""
    return [question(explorer) for explorer in all_explorers() if explorer.prediction]
