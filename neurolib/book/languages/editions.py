"""The editions of the book in several languages: each page links to the same page of the others.

The book's folder holds the first edition. Every folder in it with a ``_config.yml`` of its own is another, built into the
folder of that name beside the first one's pages. Links are relative, so that they work from disk too.
"""

import posixpath
from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale

from neurolib.explorer.language import book_language

TEMPLATE = "edition-link.html"


def editions(folder):
    """The editions by language, as ``{language: folder}``, of the book that has ``folder`` for one of its editions."""
    outer = folder.parent if (folder.parent / "_config.yml").is_file() else folder
    inner = sorted(config.parent for config in outer.glob("*/_config.yml"))
    return {book_language(place): place for place in (outer, *inner)}


@lru_cache
def pages(folder):
    """The pages that an edition's table of contents lists, its first page first."""
    toc = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(chapter["file"] for part in toc.get("parts", []) for chapter in part["chapters"])]


def language_tag(language):
    """A locale name as HTML wants it: ``zh_CN`` becomes ``zh-CN``."""
    return language.replace("_", "-")


def links(folder, page, generated=False):
    """Where ``page`` of the edition in ``folder`` is in each edition: language, name, address, and whether it is there.

    An edition that lacks the page is linked at its first page. ``generated`` pages, such as the search, are in all.
    """
    every = editions(folder)
    outer = next(iter(every.values()))
    here = posixpath.dirname(posixpath.join(folder.relative_to(outer).as_posix(), page))
    for language, place in every.items():
        there = generated or place == folder or page in pages(place)
        target = posixpath.join(place.relative_to(outer).as_posix(), page if there else pages(place)[0])
        yield {
            "tag": language_tag(language),
            "name": Locale.parse(language).language_name,
            "href": posixpath.relpath(f"{target}.html", here or "."),
            "own": place == folder,
            "there": there,
        }


def show_button(app, config):
    """Put the links to the other editions in front of the buttons at the top of each page."""
    config.templates_path.append(str(Path(__file__).parent))
    config.html_theme_options.setdefault("article_header_end", [TEMPLATE, "article-header-buttons.html"])


def add_links(app, pagename, templatename, context, doctree):
    found = list(links(Path(app.srcdir), pagename, generated=pagename not in app.env.found_docs))
    context["edition_links"] = [link for link in found if not link["own"]]
    alternates = [f'<link rel="alternate" hreflang="{link["tag"]}" href="{link["href"]}">' for link in found if link["there"]]
    context["metatags"] = context.get("metatags", "") + "".join(f"\n    {line}" for line in alternates)


def setup(app):
    app.setup_extension("neurolib.book.languages.theme")
    app.connect("config-inited", show_button)
    app.connect("html-page-context", add_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
