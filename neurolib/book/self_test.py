r"""``{self-test}``: questions in the forms of an examination, answered on the page; the bank of questions has them, too.

    ```{self-test}
    ? Term: equilibrium potential
    = The voltage at which the net flux of an ion is zero.
    ? One of five: potassium outside is doubled. What does $E_\mathrm{K}$ do?
    - It becomes zero | Only with equal concentrations.
    + It rises by 18.5 mV | So much for each doubling.
    ```

``?`` begins a question, its form before the colon; ``=`` is an answer in words; ``+`` and ``-`` begin the choices, as in
:mod:`neurolib.book.check`. Learning platforms show no formulas of the book: a symbol with its index is all there may be.
"""

import re
from typing import NamedTuple

from docutils import nodes

from neurolib.book.bank import Question
from neurolib.book.check import Check, answers, raw
from neurolib.book.languages.editions import pages
from neurolib.explorer.language import _, translate

BLOCK = re.compile(r"^```\{self-test\}\n(.*?)^```$", re.M | re.S)
ASKED = re.compile(r"\? ([^：:]+(?:：|: ))(.+)")
SYMBOL = re.compile(r"\$(\w+?)(?:_(?:\\(?:mathrm|text)\{(\w+)\}|(\w|\\infty)))?\$")
PLACE, LETTERS, LONGEST = "self-test", "ABCDEFGH", 40


class Item(NamedTuple):
    """A question: its form, what it asks, the choices (none where it is answered in words), the answer in words."""

    form: str
    asks: str
    choices: list
    answer: str


def items(lines):
    """The questions of a self-test. Raises ``ValueError`` where a line or a question has not the form."""
    groups = []
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("?"):
            groups.append([line])
        elif not groups:
            raise ValueError(f"{line!r} stands before the first question, which begins with ?")
        else:
            groups[-1].append(line)
    return [item(*group) for group in groups]


def item(first, *rest):
    asked = ASKED.fullmatch(first)
    if asked is None:
        raise ValueError(f"{first!r}: a question of a self-test is “? form: what it asks”")
    written(" ".join((first, *rest)))
    if len(rest) == 1 and rest[0].startswith("= "):
        return Item(*asked.groups(), [], rest[0].removeprefix("= "))
    found, typed = answers(rest)
    if typed:
        raise ValueError(f"{first!r}: the choices of a self-test are no numbers with a tolerance")
    return Item(*asked.groups(), found, "")


def written(text):
    """A text as explorers write theirs: E_K for the formula. ``ValueError`` for other formulas, and for roles."""

    def symbol(match):
        index = match[2] or (match[3] or "").replace(r"\infty", "∞")
        return f"{match[1]}_{index}" if index else match[1]

    plain = SYMBOL.sub(symbol, text)
    if re.search(r"[$\\{}*`]", plain):
        raise ValueError(f"{text!r}: platforms read a self-test, so it has plain words and symbols such as $E_\\mathrm{{K}}$")
    return plain


def self_tests(folder):
    """The questions of every page of an edition, for the bank."""
    found = []
    for page in pages(folder):
        blocks = BLOCK.findall((folder / f"{page}.md").read_text(encoding="utf-8"))
        asked = items("".join(blocks).splitlines())
        found += [for_the_bank(page, number, one) for number, one in enumerate(asked, 1)]
    return found


def for_the_bank(page, number, one):
    choices = dict(zip(LETTERS, one.choices, strict=False))
    right = next((letter for letter, choice in choices.items() if choice.right), "")
    asks = written(one.form + one.asks)
    return Question(
        name=f"{page.rpartition('/')[2]}-{number}",
        page=page,
        title=asks if len(asks) <= LONGEST else f"{asks[:LONGEST]}…",
        asks=asks,
        options={letter: written(choice.text) for letter, choice in choices.items()},
        right=right,
        reason=written(choices[right].said if right else one.answer),
        place=PLACE,
        value=None,
        said={letter: written(choice.said) for letter, choice in choices.items()},
    )


def as_boxes(lines):
    """A self-test where this directive is not known: a box of the questions, and a closed one of the answers."""
    asked, answered = [], []
    for number, one in enumerate(items(lines), 1):
        choices = dict(zip(LETTERS, one.choices, strict=False))
        told = [f"{letter}. {choice.text}" for letter, choice in choices.items()]
        right = [f"{letter}. {choice.said}".strip() for letter, choice in choices.items() if choice.right]
        asked.append(f"{number}. **{one.form.strip()}** {'  '.join((one.asks, *told))}")
        answered.append(f"{number}. {one.answer or right[0]}")
    boxes = (_("Test yourself"), "note", asked), (_("An answer"), "dropdown", answered)
    opened = [(f"```{{admonition}} {translate(title)}", f":class: {kind}", *said, "```", "") for title, kind, said in boxes]
    return [line for box in opened for line in box]


class SelfTest(Check):
    required_arguments = 0

    def run(self):
        try:
            asked = items(self.content)
        except ValueError as error:
            raise self.error(str(error)) from error
        box = nodes.admonition("", classes=[PLACE], ids=[PLACE])
        box += nodes.title("", translate(_("Test yourself")))
        for number, one in enumerate(asked, 1):
            label = [raw(f'<p class="check-label">{number}. <span>{one.form}</span>'), self.told(one.asks), raw("</p>")]
            answered = self.lettered(one) if one.choices else self.in_words(one)
            box += [raw('<div class="check">'), *label, *answered, raw("</div>")]
        return [box]

    def lettered(self, one):
        body = []
        for letter, choice in zip(LETTERS, one.choices, strict=False):
            opening = f'<details data-right="{str(choice.right).lower()}"><summary><span>{letter}. '
            body += [raw(opening), self.told(choice.text), raw("</span></summary>"), *self.said(choice), raw("</details>")]
        return body

    def in_words(self, one):
        told = translate(_("An answer"))
        return [raw(f'<details><summary>{told}</summary><p class="check-said">'), self.told(one.answer), raw("</p></details>")]


def setup(app):
    app.add_directive("self-test", SelfTest)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
