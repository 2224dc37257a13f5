"""MyST-NB rounds the corners of cells by rules that look at whatever is put anywhere into a page.

``:has(> *)`` holds of any element, so a browser asks for it again at every element that a figure adds while it is moved: a
quarter of a frame. Upstream (myst-nb) should ask for children that are not the only one. This file writes its rules so, and
may go then.
"""

import re
from pathlib import Path

RULE = re.compile(r"div\.cell:has\(> \*:nth-child\(2\)\) ([\w.]+:(?:first|last)-child)")


def without_has(css):
    """The same rules, for what is in a cell of several children or is one of them."""
    return RULE.sub(r"div.cell > \1:not(:only-child), div.cell > :not(:only-child) \1", css)


def write_again(app, exception):
    if exception or app.builder.format != "html":
        return
    for sheet in (Path(app.outdir) / "_static").glob("mystnb.*.css"):
        sheet.write_text(without_has(sheet.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app):
    app.connect("build-finished", write_again)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
