"""The page for lecturers: its course map, lectures as lists of states, the lecturer's own list.

``{lecture}`` takes a line for each state, written as in :mod:`neurolib.book.states`,

    goldman?K_out=50 | depolarised | 3 | Ten times the potassium | What is said meanwhile.

with the word that the explorer's ``say`` has to find there, the minutes, a title and what to say. The page shows the sentence
that this word stands for, as the figure will; another word stops the build. ``goldman | ask | …`` is the explorer's
prediction, unanswered. ``{course-map}`` counts the book; ``{my-lecture}`` is a list of one's own.
"""

import html
import json
from functools import lru_cache
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from neurolib.book.chapters import MINUTES, chapters, minutes_text
from neurolib.book.front import Lines
from neurolib.book.states import fragment, parsed, raw, state_link
from neurolib.explorer.declaration import OK
from neurolib.explorer.language import _, translate
from neurolib.explorer.typography import fill, plain, symbols_html
from neurolib.explorers import all_explorers, explore
from neurolib.show.script import smaller, text_of
from neurolib.show.static import SCRIPT_TEXT, pair

SCRIPT, ASK = "lecture.js", "ask"
TEXT = {
    "stage": _("Show on the stage"),
    "take": _("Take into my lecture"),
    "taken": _("Taken: your lecture has {count} states now."),
    "none": _("No state yet. In the menu of any figure, at its title, choose “Keep for my lecture”."),
    "title": _("Title"),
    "up": _("Up: {title}"),
    "down": _("Down: {title}"),
    "away": _("Take away: {title}"),
    "link": _("Copy as a link"),
    "file": _("Save as a file"),
    "open": _("Open a file"),
    "empty": _("Empty the list"),
    "sure": _("Take all states out of your lecture?"),
    "copied": _("Copied."),
    "came": _("A lecture came with this link; it has {count} states. It is not kept unless you take it."),
    "nothing": _("There is no lecture in “{what}”: no state in it is one of this book."),
    "next": _("Next"),
    "previous": _("Previous"),
    "leave": _("Leave the stage"),
    "keys": _("Page down and page up go through the list, the arrows through the steps of the figure; Esc ends."),
    "print": _("Print the sheet alone"),
}


class course_map(nodes.General, nodes.Element):
    """The place of the course map."""


class own_lecture(nodes.General, nodes.Element):
    """The place of the lecturer's own list."""


def opened(name):
    """The defaults as a state of their own: a link that sets nothing leaves the prediction unanswered."""
    first = explore(name).controls[0]
    return f"{first.name}={first.number(first.default):.12g}"


@lru_cache
def outcome(name, values):
    """``(word, results, settings)`` of an explorer at values given as pairs."""
    explorer = explore(name)
    settings = explorer.settings(dict(values))
    word, results = explorer.evaluate(settings)
    return (explorer.outcome(explorer.say, settings, results)[0] if word == OK else word), results, settings


def sentence(name, values):
    """What the figure says at these values, in the reader's language."""
    explorer = explore(name)
    word, results, settings = outcome(name, tuple(values.items()))
    return fill(translate((explorer.words.say | explorer.words.faults)[word]), settings | results)


def set_text(name, values):
    """The values that are given, with the names of their controls."""
    controls = {control.name: control for control in explore(name).controls}
    pairs = [pair(translate(controls[key].label), controls[key].text(value)) for key, value in values.items()]
    return translate(SCRIPT_TEXT["separator"]).join(pairs)


class Lecture(Lines):
    form = ("explorer?control=value", "word", "minutes", "title", "what to say")

    def check(self, written, word, minutes, _title, _said):
        name, values = parsed(written)
        if not minutes.isdigit():
            raise ValueError(f"{minutes!r} is no number of minutes")
        if word == ASK:
            if values or not explore(name).prediction:
                raise ValueError(f"{written!r} asks nothing: it has settings, or no prediction")
            return
        found = outcome(name, tuple(values.items()))[0]
        if found != word:
            raise ValueError(f"{written!r}: the figure says {found!r} there, not {word!r}")

    def run(self):
        return super().run()[0]  # the pieces of the list, side by side in their section

    def place(self, _rawsource, lines):
        total = sum(int(line[2]) for line in lines)
        count = translate(_("{count} states, {minutes} min")).format(count=len(lines), minutes=total)
        body = [raw(f'<p class="lecture-count">{count}</p><ol class="lecture">')]
        for written, word, minutes, title, told in lines:
            name, values = parsed(written)
            state = "" if word == ASK else fragment(name, values) or opened(name)
            said = explore(name).words.prediction["question"] if word == ASK else None
            shown = translate(said) if said else sentence(name, values)
            time = translate(MINUTES).format(minutes=minutes)
            attributes = {"data-name": name, "data-state": state, "data-title": title}
            opening = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
            link = state_link("", raw(symbols_html(title)), name=name, state=state)
            settings = f'<span class="lecture-set">{symbols_html(set_text(name, values))}</span>' if values else ""
            body += [raw(f'<li{opening}><p class="lecture-title">'), link]
            body.append(raw(f' <span class="lecture-time">{time}</span></p>'))
            body.append(raw(f'<p class="lecture-figure">{settings} <q data-word="{word}">{symbols_html(shown)}</q></p><p>'))
            body += [*self.parse_inline(told)[0], raw("</p></li>")]
        return [*body, raw("</ol>")]


class CourseMap(SphinxDirective):
    def run(self):
        return [course_map()]


class MyLecture(SphinxDirective):
    def run(self):
        return [own_lecture()]


def map_html(app, address):
    """Each page with its number, its minutes and its explorers."""
    head = [translate(text) for text in (_("Number"), _("Title"), _("Time"), _("Explorers"))]
    rows, total = [], 0
    for page, chapter in chapters(app).items():
        if not chapter.number:
            continue
        total += chapter.minutes
        links = "".join(
            f'<li><a href="{address(page)}#explorer-{name}">{symbols_html(translate(explore(name).title))}</a></li>'
            for name in chapter.explorers
        )
        cells = str(chapter.number), f'<a href="{address(page)}">{html.escape(chapter.title)}</a>', minutes_text(chapter)
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + f"<td><ul>{links}</ul></td></tr>")
    hours = translate(_("All pages: about {hours} hours of a student's time.")).format(hours=round(total / 60))
    return (
        '<table class="table course-map"><thead><tr>' + "".join(f'<th scope="col">{name}</th>' for name in head)
        + f"</tr></thead><tbody>{''.join(rows)}</tbody></table><p>{hours}</p>"
    )  # fmt: skip


def own_html(address):
    book = {e.name: [plain(translate(e.title)), address(f"chapters/{e.chapter}")] for e in all_explorers()}
    data = {"book": book, "text": {key: translate(text) for key, text in TEXT.items()}}
    kept = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    without = translate(_("The list needs JavaScript, which did not run here."))
    return f'<div class="lecture-own"><script type="application/json">{kept}</script><p>{without}</p></div>'


def fill_places(app, doctree, docname):
    def address(page):
        return app.builder.get_relative_uri(docname, page)

    for place in list(doctree.findall(course_map)):
        place.replace_self(raw(map_html(app, address)))
    for place in list(doctree.findall(own_lecture)):
        place.replace_self(raw(own_html(address)))


def write_script(app):
    """Write the script to a folder of its own that Sphinx copies to ``_static``."""
    folder = Path(app.doctreedir).parent / ".lecture-assets"
    folder.mkdir(parents=True, exist_ok=True)
    code = smaller(f'(() => {{\n"use strict";\n{text_of(("text", "lecture"))}\n}})();\n')
    (folder / SCRIPT).write_text(code + "\n", encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def add_script(app, pagename, templatename, context, doctree):
    if 'class="lecture-own"' in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app):
    for place in (course_map, own_lecture):
        app.add_node(place)
    for name, directive in (("lecture", Lecture), ("course-map", CourseMap), ("my-lecture", MyLecture)):
        app.add_directive(name, directive)
    app.connect("builder-inited", write_script)
    app.connect("doctree-resolved", fill_places)
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
