"""The scripts of a page: a core and its tools, the same for all pages, and the compiled models of its explorers.

What a page needs to answer its reader is the core and the models. The tools (scene, grips, guesses, play head, cursor, sound,
files, stage) follow in a script of their own, so that nobody waits for them; the scripts work in whatever order they arrive.
What is asked for rarely has scripts of its own (:mod:`neurolib.show.extras`), which the tools bring and give a ``kit``.
"""

import re
from functools import lru_cache
from pathlib import Path

try:
    import minify
except ImportError:  # no build of it for this machine: the scripts are the same, but larger
    minify = None

from neurolib.portable.compiler import PRELUDE, Unit

FOLDER = Path(__file__).with_name("js")
STYLE = Path(__file__).with_name("explorer.css")
# In this order each part finds what it uses.
CORE = (
    "text", "phrases", "numbers", "curve", "figure", "positions", "explorer", "controls", "glide", "progress", "hold",
    "story", "prediction", "link", "equip",
)  # fmt: skip
TOOLS = (
    "bring", "svg", "changes", "scene", "files", "copy", "takeaway", "compare", "handles", "guess", "sound", "cursor", "play",
    "challenge", "stage", "calm", "apart", "clear",
)  # fmt: skip
EXTRAS = ("slide", "qr", "recording")
EXPORTS = "start, equip, at"
TOP_LEVEL = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


def smaller(text, kind="application/javascript"):
    """The script, with short names, or the styles, without comments."""
    return minify.string(kind, text) if minify else text


def text_of(parts):
    return "\n".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in parts)


def names_in(parts, users):
    """The names at the top of one text that another uses."""
    return ", ".join(name for name in TOP_LEVEL.findall(parts) if re.search(rf"\b{name}\b", users))


def used(parts, users):
    """The names of some parts that others use."""
    return names_in(text_of(parts), text_of(users))


def shared():
    """The names of the core that the tools use, or the extras."""
    return used(CORE, (*TOOLS, *EXTRAS))


def kit():
    return f"const kit = {{ {used((*CORE, *TOOLS), EXTRAS)} }};"


@lru_cache
def core():
    """``neurolib.js``: what every page with an explorer loads first."""
    run = f"const parts = {{ {shared()} }};\nequip();\nstart();\nreturn {{ {EXPORTS} }};"
    return smaller(f'var neurolib = (() => {{\n"use strict";\n{text_of(CORE)}\n{run}\n}})();\n') + "\n"


@lru_cache
def tools():
    """``neurolib-tools.js``: what follows."""
    given = f'(parts) => {{\n"use strict";\nconst {{ {shared()} }} = parts;\n{text_of(TOOLS)}\n{kit()}\nembed();\n}}'
    return smaller(f"globalThis.neurolibTools = {given};\nglobalThis.neurolib?.equip();\n") + "\n"


def enclosed(parts, *files):
    """A script by itself, of parts of the runtime and of other files."""
    text = "\n".join([text_of(parts), *(file.read_text(encoding="utf-8") for file in files)])
    return smaller(f'(() => {{\n"use strict";\n{text}\n}})();\n') + "\n"


@lru_cache
def check():
    """``check.js``: of a page whose exercises check what a reader types or taps."""
    return enclosed(("numbers", "check"))


@lru_cache
def live_script():
    """The module of the live widget: core and tools without a page."""
    return smaller(f"{text_of((*CORE, *TOOLS, 'live'))}\n{kit()}\nexport default {{ render }};\n")


def models_script(explorers):
    """The models of these explorers, compiled; it works whether it arrives before the core or after it."""
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
    return smaller(f'(() => {{\n"use strict";\n{compiled}{models}globalThis.neurolib?.start();\n}})();\n')
