"""The one script of the book: the page's drawing code and every explorer's model, compiled."""

from pathlib import Path

from neurolib.page.compiler import Unit, PRELUDE

PAGE = Path(__file__).with_name("page.js")


def page_script(explorers):
    """``neurolib.js`` for these explorers."""
    unit = Unit()
    entries = []
    for explorer in explorers:
        parts = [f"{part}: {unit.add(function)}" for part, function in explorer.portable_functions().items()]
        entries.append(f'neurolib.models["{explorer.name}"] = {{ {", ".join(parts)} }};\n')
    compiled = PRELUDE + "".join(unit.code) + "".join(entries)
    start = 'if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", neurolib.start);\nelse neurolib.start();\n'
    return f'{PAGE.read_text(encoding="utf-8")}\n(() => {{\n"use strict";\n{compiled}}})();\n{start}'
