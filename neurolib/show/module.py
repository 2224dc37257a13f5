"""An explorer for the page of another: an ES module in anywidget's form, ``export default { render }``, or a plain script.

Everything is in it (figure, styles, runtime, model), since those who load such modules load one file. The values of controls,
by name, are the model's; what the reader moves goes back to it.
"""

import json
from functools import lru_cache
from html import escape

from neurolib.show.script import CORE, STYLE, TOOLS, models_script, smaller, text_of
from neurolib.show.standalone import LINE, stepwise
from neurolib.show.static import page_html
from neurolib.show.still import still

HERE = [part for part in CORE if part not in ("link", "equip")]  # in another's page the address is not the explorer's
NAME = "neurolibModule"
SHOW = """(name, render) => {
  for (const el of document.querySelectorAll(`[data-neurolib="${name}"]`)) {
    const [values, still] = [JSON.parse(el.dataset.values), [...el.childNodes]];
    render({ model: { get: (key) => values[key], set: (key, value) => (values[key] = value), on() {} }, el });
    for (const node of still) node.remove();
  }
}"""
# In a shadow tree nothing of a site's styles is left but what is inherited.
APART = ".neurolib-page { all: initial; display: block; }\n"
DARK = 'html[data-theme="dark"]'


@lru_cache
def runtime():
    """A function of the page, the styles and the address that gives ``render``."""
    later = f"const early = tools.length;\n{text_of(TOOLS)}\nconst afterwards = tools.splice(early);"
    text = "\n".join([text_of(HERE), later, text_of(["abroad"])])
    return smaller(f'var {NAME} = (PAGE, STYLES, ADDRESS) => {{\n"use strict";\n{text}\nreturn render;\n}};\n')


@lru_cache
def styles():
    text = STYLE.read_text(encoding="utf-8").replace(DARK, '.neurolib-page[data-theme="dark"]')
    return smaller(APART + text, "text/css")


def module_js(explorer, address="", piece=None):
    """The module; ``address`` is where the explorer stands alone on the web, ``piece`` its ``page_html`` if at hand."""
    return f"{models_script([explorer])}\n{runtime()}\nexport default {{ render: {render(explorer, address, piece)} }};\n"


def script_js(explorer):
    """A script that brings to life what ``place_html`` writes; it works from disk, where modules are refused."""
    return f"{models_script([explorer])}\n{runtime()}\n({SHOW})({json.dumps(explorer.name)}, {render(explorer)});\n"


def place_html(explorer, values):
    """The place of an explorer that starts at ``values``: until its script comes, and without it, a picture."""
    settings = explorer.settings(values)
    given = escape(json.dumps({name: settings[name] for name in values}))
    return f'<div data-neurolib="{explorer.name}" data-values="{given}">{still(explorer, **values)["text/html"]}</div>'


def render(explorer, address="", piece=None):
    """JavaScript that gives ``render``."""
    page = LINE.sub(stepwise, piece or page_html(explorer))
    given = ", ".join(json.dumps(text, ensure_ascii=False) for text in (page, styles(), address))
    return f"{NAME}({given})"
