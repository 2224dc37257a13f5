"""``{check}``: a question of an exercise that the page itself checks; each answer that is foreseen has something said to it.

    ```{check} (a) The length constant
    + 577 ± 6 µm | Half as thick would be 408 µm.
    - 1155 ± 10 µm | That is λ of a fibre four times as thick.
    ```

The line after the name is the label. ``+`` begins what is right, ``-`` what a wrong answer shows. Where every answer is a
number with its tolerance (and a unit), the reader types one; otherwise the answers are tapped, which works without a script.
Where there is one, it keeps in the browser what was answered, for the page of the reader's work.
"""

import html
import re
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from neurolib.book.coursework.items import check_key
from neurolib.book.states import raw
from neurolib.explorer.language import _, translate
from neurolib.explorer.typography import spaced
from neurolib.show.script import check

FORM = "a line of check is “+ answer | what is said of it”, or begins with - where it is wrong"
LINE = re.compile(r"([+-]) (.+?)(?: \| (.+))?")
NUMBER = re.compile(r"([−-]?\d+(?:\.\d+)?(?:e-?\d+)?) ± (\d+(?:\.\d+)?(?:e-?\d+)?)(?: ?([^\d\s].*))?")
SCRIPT, OPENING = "check.js", '<div class="check" data-check="'  # the script of a page that has such a question
# What is said to a number that is not foreseen, and to what is none.
OTHERWISE = {
    "other": _("Not that. Think again, or look at the solution."),
    "unread": _("This is not read as a number. Write it as in 12.5 or 3e-4."),
}


class Answer(NamedTuple):
    """A foreseen answer: its text, whether it is right, what is said of it; a number has a value, a tolerance, a unit."""

    text: str
    right: bool
    said: str
    value: float | None = None
    near: float | None = None
    unit: str = ""


def answer(line):
    match = LINE.fullmatch(line.strip())
    if match is None:
        raise ValueError(f"{line!r}: {FORM}")
    sign, text, said = match.groups()
    number = NUMBER.fullmatch(text)
    if number is None:
        return Answer(text, sign == "+", said or "")
    return Answer(text, sign == "+", said or "", float(number[1].replace("−", "-")), float(number[2]), number[3] or "")


def answers(lines):
    """The foreseen answers, and whether they are numbers.

    Raises ``ValueError`` where a line has not the form, none or (in a choice) more than one is right, some are numbers and some
    are not, units differ, or a number would be both right and wrong.
    """
    found = [answer(line) for line in lines if line.strip()]
    right = [one for one in found if one.right]
    numbers = [one for one in found if one.value is not None]
    if not right or (len(right) > 1 and not numbers):
        raise ValueError(f"{len(right)} of the answers begin with +: one is right")
    if numbers and len(numbers) < len(found):
        other = next(one for one in found if one not in numbers)
        raise ValueError(f"{other.text!r} is no “number ± number unit”, as the other answers are")
    if len({one.unit for one in numbers}) > 1:
        raise ValueError(f"the units differ: {', '.join(sorted({one.unit or 'none' for one in numbers}))}")
    for place, one in enumerate(numbers):
        for other in numbers[:place]:
            if abs(one.value - other.value) <= one.near + other.near:
                raise ValueError(f"{one.text!r} and {other.text!r} overlap: what lies in both has two answers")
    return found, bool(numbers)


class Check(SphinxDirective):
    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        try:
            found, typed = answers(self.content)
        except ValueError as error:
            raise self.error(str(error)) from error
        key = check_key(self.env.docname, found, self.env.new_serialno)
        body = self.typed(found, f"check-{self.env.new_serialno('check')}") if typed else self.tapped(found)
        opening = raw(f'{OPENING}{key}">')
        opening["check"] = (key, self.arguments[0])
        return [opening, *body, raw("</div>")]

    def told(self, text):
        """A text with its mathematics."""
        inline = nodes.inline()
        inline += self.parse_inline(text)[0]
        return inline

    def tapped(self, found):
        body = [raw('<p class="check-label">'), self.told(self.arguments[0]), raw("</p>")]
        for one in found:
            opening = f'<details data-right="{str(one.right).lower()}"><summary>'
            body += [raw(opening), self.told(one.text), raw("</summary>"), *self.said(one), raw("</details>")]
        return body

    def said(self, one, attributes=""):
        verdict = translate(_("Yes.") if one.right else _("No."))
        return [raw(f'<p class="check-said"{attributes}><b>{verdict}</b>{spaced(verdict)}'), self.told(one.said), raw("</p>")]

    def typed(self, found, name):
        unit = html.escape(found[0].unit)
        opening = f'<form data-unit="{unit}"><label class="check-label" for="{name}">'
        body = [raw(opening), self.told(self.arguments[0]), raw("</label>")]
        field = f'<input id="{name}" type="text" autocomplete="off" spellcheck="false" size="8">'
        button = translate(_("Check"))
        body.append(raw(f'<p class="check-row">{field} <span>{unit}</span> <button>{button}</button></p>'))
        for one in found:
            right = str(one.right).lower()
            body += self.said(one, f' data-value="{one.value:.10g}" data-near="{one.near:g}" data-right="{right}" hidden')
        body += [raw(f'<p class="check-said" data-{kind} hidden>{translate(text)}</p>') for kind, text in OTHERWISE.items()]
        return [*body, raw('<p class="check-status" role="status"></p></form>')]


def write_script(app):
    """Write the script to a folder of its own that Sphinx copies to ``_static``."""
    folder = Path(app.doctreedir).parent / ".check-assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SCRIPT).write_text(check(), encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def add_script(app, pagename, templatename, context, doctree):
    if OPENING in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app):
    app.add_directive("check", Check)
    app.connect("builder-inited", write_script)
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
