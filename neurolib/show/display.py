"""How an explorer shows itself: as HTML while a book is built, as a live widget in a notebook."""

import os

STATIC = "NEUROLIB_STATIC"


def mimebundle(explorer):
    """What Jupyter shows for an explorer. A book build makes no widget, so that its pages carry no kernel machinery."""
    if os.environ.get(STATIC):
        from neurolib.show.static import page_html

        return {"text/html": page_html(explorer), "text/plain": repr(explorer)}
    from neurolib.show.live import live

    return live(explorer)._repr_mimebundle_()
