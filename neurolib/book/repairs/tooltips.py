"""Tooltips of glossary terms: an entry with several terms shows them all, and its text, whichever of them a link names.

sphinx_tippy gives a term only what stands next to it, so that of several terms the last alone would have the text, and a
reader of a translation would see the English term without the one of the page.

Upstream (sphinx-tippy) should take the whole entry of a glossary, with all its terms. The file may go when it does.
"""

import sphinx_tippy


def whole_entries(tips, body):
    """``tips``, by the ids of the terms in the soup ``body``, with every term's tip that of its whole entry."""
    terms = []
    for part in body.select("dl.glossary > dt, dl.glossary > dd"):
        if part.name == "dt":
            terms.append(part["id"])
            continue
        *firsts, last = terms
        entry = "".join(tips[term] for term in firsts) + tips[last]
        tips |= dict.fromkeys(terms, entry)
        terms = []
    return tips


def show_whole_entries(app):
    single = sphinx_tippy.create_id_to_tip_html
    if getattr(single, "whole", False):  # one process builds several books
        return

    def create(config, body):
        return whole_entries(single(config, body), body)

    create.whole = True
    sphinx_tippy.create_id_to_tip_html = create


def setup(app):
    app.connect("builder-inited", show_whole_entries)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
