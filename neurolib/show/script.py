"""The one script of the book: the page's own code and every explorer's model, compiled."""

from functools import lru_cache
from pathlib import Path

from rjsmin import jsmin

from neurolib.portable.compiler import PRELUDE, Unit

FOLDER = Path(__file__).with_name("js")
# In this order each part finds what it uses.
PARTS = ("text", "figure", "positions", "explorer", "link", "lessons", "compare", "cursor", "takeaway", "live")
EXPORTS = "models, draw, start, render, fixed, significant, fill, at, positionOf, csv, pythonCall"


@lru_cache
def own_script():
    """The hand-written part: plain JavaScript that defines ``neurolib``."""
    parts = "\n".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)
    return jsmin(f'const neurolib = (() => {{\n"use strict";\n{parts}\nreturn {{ {EXPORTS} }};\n}})();\n') + "\n"


def page_script(explorers):
    """``neurolib.js`` for these explorers."""
    unit = Unit()
    entries = []
    for explorer in explorers:
        parts = [f"{part}: {unit.add(function)}" for part, function in explorer.portable_functions().items()]
        entries.append(f'neurolib.models["{explorer.name}"] = {{ {", ".join(parts)} }};\n')
    # In order of length, since functions that are alike (the kernels of two cells) compress better side by side.
    compiled = PRELUDE + "".join(sorted(unit.code, key=len)) + "".join(entries)
    # The page loads the script with `async`: explorers start while the rest of the page is still being read.
    return f'{own_script()}(() => {{\n"use strict";\n{compiled}}})();\nneurolib.start();\n'
