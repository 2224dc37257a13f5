"""Formulas set when the book is built, so that a page carries them drawn and loads no MathJax.

MathJax itself sets them, in V8, from the package that carries it. Each formula becomes an SVG drawing for the eye and
MathML for the ear.

Upstream (Sphinx) should offer a renderer that sets formulas at build time with MathJax itself, with MathML for screen readers.
The file may go when ``sphinx.ext.imgmath`` or a kept extension does.
"""

import atexit
import re
from functools import cache
from importlib.metadata import distribution

from docutils import nodes
from py_mini_racer import MiniRacer
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from neurolib.explorer.language import _, translate

logger = logging.getLogger(__name__)
RENDERER = "typeset"
PACKAGE = "sphinx-mathjax-offline"
PARTS = ("startup.js", "core.js", "adaptors/liteDOM.js", "input/tex-full.js", "output/svg.js", "output/svg/fonts/tex.js")
HIDDEN = '<svg aria-hidden="true"'  # MathML says it
# MathJax expects a browser's console, and a loader that has nothing left to load.
BEFORE = "var global = globalThis, console = {log() {}, warn() {}, error() {}};" \
    "var MathJax = {loader: {load: []}, startup: {typeset: false, ready() {}}};"  # fmt: skip
AFTER = """
var adaptor = MathJax._.adaptors.liteAdaptor.liteAdaptor();
MathJax._.handlers.html_ts.RegisterHTMLHandler(adaptor);
var font = new MathJax._.output.svg.fonts.tex_ts.TeXFont();
var formulas = MathJax._.mathjax.mathjax.document("", {
  InputJax: new MathJax._.input.tex_ts.TeX({
    packages: ["base", "ams", "textmacros"],
    formatError(_, error) { throw error; },
  }),
  OutputJax: new MathJax._.output.svg_ts.SVG({ fontCache: "none", font }),
});
var serial = new MathJax._.core.MmlTree.SerializedMmlVisitor.SerializedMmlVisitor();
var typeset = (tex, display) => {
  try {
    return [
      adaptor.innerHTML(formulas.convert(tex, { display, em: 16, ex: 8, containerWidth: 1e6 })),
      serial.visitTree(formulas.convert(tex, { display, end: 20 })),
    ];
  } catch (error) {
    return [null, error.message];
  }
};
"""


@cache
def mathjax():
    """A V8 that holds MathJax with TeX input and SVG output."""
    folder = next(f for f in distribution(PACKAGE).files if f.name == "core.js").locate().parent
    engine = MiniRacer()
    atexit.register(engine.close)  # else its threads keep the interpreter from ending
    for part in (BEFORE, *((folder / name).read_text(encoding="utf-8") for name in PARTS), AFTER):
        engine.eval(part + ";0")
    return engine


@cache
def typeset(tex, display=False):
    """HTML of a formula; raises ValueError with MathJax's own words where the TeX is wrong."""
    drawing, spoken = mathjax().call("typeset", tex, display)
    if drawing is None:
        raise ValueError(f"{tex!r}: {spoken}")
    drawing = re.sub(r' (data-[\w-]+|role|focusable|xmlns)="[^"]*"', "", drawing).replace('<path d=""></path>', "")
    spoken = re.sub(r">\s+<", "><", spoken)
    return f'{drawing.replace("<svg", HIDDEN, 1)}<span class="formula-spoken">{spoken}</span>'


def formula(node):
    """HTML of a docutils node of mathematics; wrong TeX is a warning with its place, which stops the build."""
    tex, display = node.astext(), isinstance(node, nodes.math_block)
    if display and not node["nowrap"] and r"\\" in tex:  # lines without an environment of their own
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    try:
        return typeset(tex, display)
    except ValueError as error:
        logger.warning("%s", error, location=node)
        return ""


def visit_inline(translator, node):
    opening = translator.starttag(node, "span", "", CLASS="formula notranslate")
    after = node.get("punctuation", "")
    together = ('<span class="formula-held">', f"{translator.encode(after)}</span>") if after else ("", "")
    translator.body += [together[0], opening, formula(node), "</span>", together[1]]
    raise nodes.SkipNode


def visit_block(translator, node):
    # On a phone a long formula scrolls: the keyboard has to reach it.
    translator.body.append(translator.starttag(node, "div", CLASS="formula notranslate", tabindex="0"))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, translate(_("Link to this equation")))
        translator.body.append("</span>")
    translator.body += [formula(node), "</div>\n"]
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer(RENDERER, (visit_inline, None), (visit_block, None))
    app.setup_extension("neurolib.book.repairs.line_breaks")
    app.connect("config-inited", lambda app, config: setattr(config, "html_math_renderer", RENDERER))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
