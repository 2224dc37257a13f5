"""An explorer where no widget can be shown: its figure as a picture, the sentence below it, and the values it is for.

A picture in an ``<img>`` is what most places leave as it is: a notebook that is not trusted, Markdown, a page offline.
"""

import re
from base64 import b64encode
from html import escape

from neurolib.explorer.drawing import draw
from neurolib.explorer.language import translate
from neurolib.explorer.typography import fill, plain, symbols_html
from neurolib.show.script import STYLE
from neurolib.show.static import state_text

COLOUR = re.compile(r"var\((--nl-\w+)\)")
PAPER = '<rect width="100%" height="100%" fill="var(--nl-paper)"/>'
TYPE = "<style>text{fill:var(--nl-ink)}.symbol{font-style:italic}.index{font-size:.78em}</style>"


def still(explorer, **values):
    """``{"text/html": ..., "text/plain": ...}`` of the explorer at ``values`` (otherwise the defaults)."""
    settings = explorer.settings(values)
    word, results = explorer.evaluate(settings)
    shown = settings | results
    sentence = fill(translate(explorer.sentence(settings, word, results)), shown)
    return bundle(explorer, draw(explorer, shown).svg, sentence, settings)


def bundle(explorer, svg, sentence, settings):
    """The same of what has been drawn."""
    title = plain(translate(explorer.title))
    html = (
        f'<figure><img src="{address(svg)}" alt="{escape(title)}" style="max-width: 100%">'
        f"<figcaption>{symbols_html(sentence)}<br><small>{symbols_html(state_text(explorer, settings))}</small>"
        "</figcaption></figure>"
    )
    return {"text/html": html, "text/plain": f"{title}\n{plain(sentence)}"}


def address(svg):
    """A drawing as a picture that stands alone, colours and type written out, in an address."""
    first = svg.index(">") + 1
    alone = f'{svg[:first].replace("<svg", """<svg font-family="sans-serif" """, 1)}{TYPE}{PAPER}{svg[first:]}'
    light = dict(reversed(re.findall(r"(--nl-\w+): (#\w+)", STYLE.read_text(encoding="utf-8"))))  # the first that stands there
    alone = COLOUR.sub(lambda match: light[match[1]], alone)
    return f"data:image/svg+xml;base64,{b64encode(alone.encode()).decode()}"
