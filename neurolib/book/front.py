"""The front page's own directives: questions answered with one tap, and a card for each chapter.

``{questions}`` takes the names of explorers, one a line, and asks their predictions; ``{chapter-cards}`` a page, an explorer's
curve and a question a line, as in ``chapters/resting-potential/goldman | goldman.V_line | What decides between three ions?``.
"""

import html
import re
import xml.etree.ElementTree as ET

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from neurolib.book.bank import question
from neurolib.book.chapters import chapters, minutes_text
from neurolib.checks import did_you_mean
from neurolib.explorer.drawing import SVG, draw
from neurolib.explorer.language import _, translate
from neurolib.explorer.typography import spaced, symbols_html
from neurolib.explorers import explore

STROKE = re.compile(r"(stroke(?:-dasharray)?): ([^;]+)")


class questions(nodes.General, nodes.Element):
    """The place of the questions, by the names of their explorers."""


class cards(nodes.General, nodes.Element):
    """The place of the cards: page, curve and question of each."""


def fields(lines):
    """What stands between the strokes of each line that is not empty."""
    return [[part.strip() for part in line.split("|")] for line in lines if line.strip()]


class Lines(SphinxDirective):
    """A directive whose lines are data for a place that is filled when every page has been read."""

    has_content = True
    place = None
    form = ()

    def run(self):
        found = fields(self.content)
        for line in found:
            if len(line) != len(self.form):
                raise self.error(f"{' | '.join(line)!r}: a line of {self.name} is {' | '.join(self.form)}")
            try:
                self.check(*line)
            except ValueError as error:
                raise self.error(str(error)) from error
        return [self.place("", lines=found)]


class Questions(Lines):
    place = questions
    form = ("explorer",)

    def check(self, name):
        if not explore(name).prediction:
            raise ValueError(f"{name!r} asks no question: it has no prediction")


class ChapterCards(Lines):
    place = cards
    form = ("page", "explorer.curve", "question")

    def check(self, page, curve, question):
        explorer, _dot, name = curve.partition(".")
        names = [one.name for one in explore(explorer).curves]
        if name not in names:
            raise ValueError(f"{curve!r} is no curve of {explorer}: {did_you_mean(name, names)}there are {', '.join(names)}")
        if page not in self.env.found_docs:
            raise ValueError(f"{page!r} is not a page of the book")


def question_html(name, address):
    """A prediction: each answer, tapped, unfolds what there is to say to it. Works without a script."""
    asked = question(explore(name))
    reason, leads = symbols_html(asked.reason), translate(_("See it in the figure"))
    answers, link = [], f'<a href="{address}">{leads} ›</a>'
    for word, option in asked.options.items():
        right = word == asked.right
        verdict = translate(_("Yes.") if right else _("No."))
        told = f"<p><b>{verdict}</b>{spaced(verdict)}{reason if right else ''} {link}</p>"
        answers.append(
            f'<details name="ask-{name}" data-right="{str(right).lower()}">'
            f"<summary>{symbols_html(option)}</summary>{told}</details>"
        )
    return f'<div class="front-question"><p class="front-asks">{symbols_html(asked.asks)}</p>{"".join(answers)}</div>'


def thumbnail(name, curve):
    """The panel of an explorer's figure that holds this curve, without axes and words; the line draws itself."""
    explorer = explore(name)
    settings = explorer.settings({})
    _word, results = explorer.evaluate(settings)
    drawing = draw(explorer, settings | results)
    main = next(binding for binding in drawing.moving if binding["kind"] == "curve" and binding["y"] == curve)
    ids = {b["id"]: b["y"] == curve for b in drawing.moving if b["kind"] == "curve" and b["panel"] == main["panel"]}
    lines = []
    for group in ET.fromstring(drawing.svg).iter(f"{{{SVG}}}g"):
        for path in group.findall(f"{{{SVG}}}path") if group.get("id") in ids else []:
            style = "; ".join(": ".join(pair) for pair in STROKE.findall(path.get("style", "")))
            kind = ' class="front-line" pathLength="1"' if ids[group.get("id")] else ""
            style = re.sub(r"; stroke-dasharray.*", "", style) if kind else style
            lines.append(f'<path{kind} style="{style}" d="{path.get("d")}"/>')
    axes = drawing.panels[main["panel"]]
    left, right, top, bottom = axes["x"]["from"], axes["x"]["to"], axes["y"]["to"], axes["y"]["from"]
    box = f"{left:.1f} {top - 4:.1f} {right - left:.1f} {bottom - top + 8:.1f}"
    return f'<svg viewBox="{box}" preserveAspectRatio="none" aria-hidden="true">{"".join(lines)}</svg>'


def card_html(chapter, question, curve, address):
    """A chapter: its question, a curve of it, how long it takes, what its reader has done."""
    told = [minutes_text(chapter)]
    if chapter.explorers:
        text = _("1 explorer") if len(chapter.explorers) == 1 else _("{count} explorers")
        told.append(translate(text).format(count=len(chapter.explorers)))
    return (
        f'<a class="front-card" href="{address}">{thumbnail(*curve.split("."))}'
        f'<span class="front-number">{chapter.number}</span><b>{symbols_html(question)}</b>'
        f'<span class="front-title">{html.escape(chapter.title)}</span>'
        f'<span class="front-told">{" · ".join(told)} <span data-explorers="{" ".join(chapter.explorers)}"></span></span></a>'
    )


def fill_places(app, doctree, docname):
    def address(page):
        return app.builder.get_relative_uri(docname, page)

    for place in list(doctree.findall(questions)):
        pages = {name: address(f"chapters/{explore(name).chapter}") for (name,) in place["lines"]}
        asked = [question_html(name, f"{page}#explorer-{name}") for name, page in pages.items()]
        place.replace_self(nodes.raw("", f'<div class="front-questions">{"".join(asked)}</div>', format="html"))
    for place in list(doctree.findall(cards)):
        shown = [card_html(chapters(app)[page], asks, curve, address(page)) for page, curve, asks in place["lines"]]
        place.replace_self(nodes.raw("", f'<div class="front-cards">{"".join(shown)}</div>', format="html"))


def setup(app):
    for place in (questions, cards):
        app.add_node(place)
    app.add_directive("questions", Questions)
    app.add_directive("chapter-cards", ChapterCards)
    app.connect("doctree-resolved", fill_places)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
