"""The scripts of a page: the runtime, which is the same for all, and the compiled models of its explorers."""

from functools import lru_cache
from pathlib import Path

from rjsmin import jsmin

from neurolib.portable.compiler import PRELUDE, Unit

FOLDER = Path(__file__).with_name("js")
STYLE = Path(__file__).with_name("explorer.css")
# In this order each part finds what it uses.
PARTS = (
    "text", "numbers", "figure", "positions", "explorer", "controls", "glide", "progress", "takeaway", "compare", "handles",
    "cursor", "scene", "play", "story", "guess", "prediction", "challenge", "link", "stage", "live",
)  # fmt: skip
EXPORTS = "models, draw, sceneOf, start, embed, render, fixed, significant, fill, parsed, at, positionOf, csv, pythonCall"


@lru_cache
def own_script():
    """The hand-written part: plain JavaScript that defines ``neurolib``."""
    parts = "\n".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)
    return jsmin(f'var neurolib = (() => {{\n"use strict";\n{parts}\nreturn {{ {EXPORTS} }};\n}})();\n') + "\n"


@lru_cache
def runtime():
    """``neurolib.js``: what every page with an explorer loads."""
    return own_script() + "neurolib.start();\nneurolib.embed();\n"


def models_script(explorers):
    """The models of these explorers, compiled; it works whether it arrives before the runtime or after it."""
    unit = Unit()
    entries = []
    for explorer in explorers:
        explorer.check_words()
        parts = explorer.portable_functions().items()
        named = ", ".join(f"{part}: {unit.add(function, explorer.fields(part))}" for part, function in parts)
        entries.append(f'models["{explorer.name}"] = {{ {named} }};\n')
    # In order of length, since functions that are alike (the kernels of two cells) compress better side by side.
    compiled = PRELUDE + "".join(sorted(unit.code, key=len))
    models = "const models = (globalThis.neurolibModels ??= {});\n" + "".join(entries)
    return f'(() => {{\n"use strict";\n{compiled}{models}globalThis.neurolib?.start();\n}})();\n'
