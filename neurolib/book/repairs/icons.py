"""The theme's icons are glyphs of fonts that hold thousands: the book keeps those that its pages show.

Upstream (pydata-sphinx-theme) should ship the icons that its templates use, or let a book name them. The file may go when the
fonts in a built page weigh less than 50 kB without it.
"""

import re
from pathlib import Path

import pydata_sphinx_theme
from fontTools import subset

FONTS = Path(pydata_sphinx_theme.__file__).parent.joinpath(
    "theme", "pydata_sphinx_theme", "static", "vendor", "fontawesome", "webfonts"
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
ICON = re.compile(r"\.fa-([\w-]+):{1,2}before")
GLYPH = re.compile(r'"(?:\\([0-9a-f]{1,5})|([\ue000-\uf8ff]))\s*"')


def glyphs(styles, pages):
    """Code points that ``pages`` (HTML and scripts) name by class, or ``styles`` (CSS) use of their own accord."""
    named, shown = {}, set()
    for selector, body in RULE.findall(styles):
        points = {int(number, 16) if number else ord(letter) for number, letter in GLYPH.findall(body)}
        icons = ICON.findall(selector)
        named |= {icon: points for icon in icons}
        shown |= points if not icons else set()
    for icon in set(re.findall(r"\bfa-([\w-]+)", pages)):
        shown |= named.get(icon, set())
    return shown


def keep_shown_icons(app, exception):
    """After the build: write each font of icons again, with what is shown."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for unused in (static / "scripts").glob("fontawesome.js*"):  # the same icons as a script, which no page loads
        unused.unlink()
    files = [*Path(app.outdir).rglob("*.html"), *(static / "scripts").glob("*.js")]
    pages = "\n".join(file.read_text(encoding="utf-8") for file in sorted(files))
    styles = "\n".join(file.read_text(encoding="utf-8") for file in sorted(static.rglob("*.css")))
    points = glyphs(styles, pages)
    for original in sorted(FONTS.iterdir()):
        options = subset.Options(flavor="woff2" if original.suffix == ".woff2" else None, notdef_outline=True)
        font = subset.load_font(original, options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=points)
        subsetter.subset(font)
        subset.save_font(font, static / "vendor" / "fontawesome" / "webfonts" / original.name, options)


def setup(app):
    app.connect("build-finished", keep_shown_icons)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
