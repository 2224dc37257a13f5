"""How an explorer shows itself: as HTML while a book is built, as a live widget in a notebook, else as a picture."""

import os
import sys
from collections import Counter
from dataclasses import replace

from neurolib.show.still import still

STATIC = "NEUROLIB_STATIC"
on_this_page = Counter()  # explorers shown so far, by name: a page of a book is a process


def mimebundle(explorer):
    """What Jupyter shows for an explorer.

    A book build makes no widget, so that its pages carry no kernel machinery. A widget comes with a picture, which is shown
    wherever widgets are not known; where none can be made, or nobody could move it, the picture is all.
    """
    if os.environ.get(STATIC):
        from neurolib.show.static import page_html

        on_this_page[explorer.name] += 1
        copy = replace(explorer, copy=on_this_page[explorer.name])
        return {"text/html": page_html(copy), "text/plain": repr(explorer)}
    if not watched():
        return still(explorer)
    try:
        from neurolib.show.live import live
    except ImportError:  # neither ipywidgets nor anywidget is needed for the rest of the library
        return still(explorer)
    return live(explorer)._repr_mimebundle_()


def watched():
    """Whether somebody may sit at this notebook: who runs one unattended (nbconvert, papermill) takes no input.

    Voilà runs it in that way, too, and then shows it to a reader.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if not hasattr(shell, "kernel"):
        return shell is None  # IPython in a terminal shows no widgets; what is none of IPython's decides for itself
    try:
        asked = shell.kernel.get_parent()["content"].get("allow_stdin", True)
    except (AttributeError, KeyError, TypeError):  # a kernel of another kind
        return True
    return asked or any(name.startswith("VOILA") for name in os.environ)
