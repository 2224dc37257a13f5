"""An explorer as an ES module in anywidget's form, ``export default { render }``: for MyST sites, notebooks, any page.

Everything is in it (figure, styles, runtime, model), since those who load such modules load one file. The values of controls,
by name, are the model's; what the reader moves goes back to it.
"""

import json
from functools import lru_cache

from neurolib.show.script import CORE, STYLE, TOOLS, models_script, smaller, text_of
from neurolib.show.standalone import LINE, stepwise
from neurolib.show.static import page_html

HERE = [part for part in CORE if part not in ("link", "equip")]  # in another's page the address is not the explorer's
NAME = "neurolibModule"
DARK = 'html[data-theme="dark"]'


@lru_cache
def runtime():
    """A function of the page, the styles and the address that gives ``render``."""
    later = f"const early = tools.length;\n{text_of(TOOLS)}\nconst afterwards = tools.splice(early);"
    text = "\n".join([text_of(HERE), later, text_of(["abroad"])])
    return smaller(f'var {NAME} = (PAGE, STYLES, ADDRESS) => {{\n"use strict";\n{text}\nreturn render;\n}};\n')


@lru_cache
def styles():
    return smaller(STYLE.read_text(encoding="utf-8").replace(DARK, '.neurolib-page[data-theme="dark"]'), "text/css")


def module_js(explorer, address="", piece=None):
    """The module; ``address`` is where the explorer stands alone on the web, ``piece`` its ``page_html`` if at hand."""
    page = LINE.sub(stepwise, piece or page_html(explorer))
    given = ", ".join(json.dumps(text, ensure_ascii=False) for text in (page, styles(), address))
    return f"{models_script([explorer])}\n{runtime()}\nexport default {{ render: {NAME}({given}) }};\n"
