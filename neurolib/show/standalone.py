"""An explorer as one HTML document that stands alone: figure, styles, runtime and model in it, nothing asked for."""

import html
import re

from neurolib.explorer.language import language, translate
from neurolib.explorer.typography import plain
from neurolib.show import extras
from neurolib.show.script import FOLDER, STYLE, core, models_script, smaller, tools
from neurolib.show.static import page_html

# The book's pages have a switch for the colours; a document that stands alone follows the reader's system.
COLOURS = """const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => (document.documentElement.dataset.theme = dark.matches ? "dark" : "light");
dark.addEventListener("change", follow);
follow();"""
AROUND = """body { margin: 0 auto; padding: 0.5rem; max-width: 68rem; font: 16px/1.5 system-ui, sans-serif; }
html[data-theme="dark"] body { background: #14181c; }"""


LINE = re.compile(r' d="(M [-\d. ]+(?: [ML] [-\d. ]+){20,})"')  # of a curve, as the figure draws it
PART = re.compile(r"([ML]) (-?[\d.]+) (-?[\d.]+)")


def stepwise(match):
    """A curve's line by its steps, which take a third less than its places."""
    at, written = (0, 0), []
    for command, *place in PART.findall(match[1]):
        place = tuple(round(100 * float(part)) for part in place)
        steps = place if command == "M" else [to - from_ for to, from_ in zip(place, at, strict=True)]
        numbers = (f"{step / 100:.2f}".rstrip("0").rstrip(".") for step in steps)
        written.append(("M" if command == "M" else "l") + " ".join(numbers))
        at = place
    return f' d="{"".join(written)}"'


def standalone_html(explorer, extra="", piece=None):
    """The document; ``extra`` is a script at its end, ``piece`` the explorer's ``page_html`` where that is at hand."""
    # What a browser or a frame forbids to keep is kept while the document is open.
    storage = (FOLDER / "storage.js").read_text(encoding="utf-8")
    # The tools ask what extras there are, so these come before them.
    scripts = [core(), models_script([explorer]), extras.alone(explorer), tools(), extra]
    inline = "".join("<script>" + text.replace("</", "<\\/") + "</script>\n" for text in scripts if text)
    title = html.escape(plain(translate(explorer.title)))
    return f"""<!doctype html>
<html lang="{language().replace("_", "-")}" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{AROUND}
{smaller(STYLE.read_text(encoding="utf-8"), "text/css")}</style>
<script data-state></script>
<script>{storage}{COLOURS}</script>
</head>
<body data-alone>
{LINE.sub(stepwise, piece or page_html(explorer))}
{inline}</body>
</html>
"""
