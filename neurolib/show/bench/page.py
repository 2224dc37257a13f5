"""The bench as HTML: its frame, a figure for readers without JavaScript, and the data that its script needs."""

import html
import json
from pathlib import Path

from neurolib.explorer.language import language, translate
from neurolib.show.bench.catalogue import FIRST, catalogue
from neurolib.show.bench.lessons import lessons
from neurolib.show.bench.picture import picture
from neurolib.show.bench.schema import TABLES
from neurolib.show.bench.script import STYLE, bench_script, open_script
from neurolib.show.bench.tables import QUANTITIES
from neurolib.show.bench.texts import TEXT
from neurolib.show.extras import TEXTS
from neurolib.show.script import FOLDER as COMMON
from neurolib.show.script import STYLE as EXPLORER_STYLE
from neurolib.show.script import smaller
from neurolib.show.standalone import AROUND, COLOURS
from neurolib.show.static import SCRIPT_TEXT

FRAME = Path(__file__).with_name("bench.html")
SHARED = "lost", "clamped", "notANumber", "working", "release", "copied", "noPicture", "separator", "play", "pause", "hint"
OF_TABLES = "empty", "single", "commas", "word"  # what may be wrong with one


def data():
    """What the script needs to know, as plain data."""
    texts = {key: SCRIPT_TEXT[key] for key in SHARED} | {key: TEXTS["recording"][key] for key in OF_TABLES} | TEXT
    return {
        "text": {key: translate(text) for key, text in texts.items()} | {"space": "" if language().startswith("zh") else " "},
        "catalogue": catalogue(),
        "first": FIRST,
        "lessons": lessons(),
        "tables": TABLES | {"QUANTITIES": {name: of | {"unit": translate(of["unit"])} for name, of in QUANTITIES.items()}},
    }


def page_html():
    """The bench as a piece of an HTML page."""
    spec = json.dumps(data(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    told = {key: html.escape(translate(text)) for key, text in TEXT.items()}
    frame = FRAME.read_text(encoding="utf-8")
    for key in ("title", "without", "picture", "figure"):
        frame = frame.replace("{{" + key + "}}", told[key] if key in told else picture())
    return frame.replace("{{spec}}", spec)


def standalone_html():
    """The bench as one HTML document that stands alone."""
    storage = (COMMON / "storage.js").read_text(encoding="utf-8")
    inline = (open_script() + bench_script()).replace("</", "<\\/")
    styles = "".join(style.read_text(encoding="utf-8") for style in (EXPLORER_STYLE, STYLE))
    return f"""<!doctype html>
<html lang="{language().replace("_", "-")}" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(translate(TEXT["title"]))}</title>
<style>{AROUND}
{smaller(styles, "text/css")}</style>
<script>{storage}{COLOURS}</script>
</head>
<body data-alone>
{page_html()}
<script>{inline}</script>
</body>
</html>
"""
