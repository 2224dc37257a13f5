"""The book on the web: whose repository its buttons lead to, its address, and what search engines and lost readers need.

The repository's address stands in ``_config.yml``, for all editions. Whoever publishes the book from another repository, as
a fork does, says so in the environment; ``.github/workflows/publish.yml`` does it by itself:

- ``BOOK_REPOSITORY``, such as ``https://github.com/someone/electrical-neuron``, and ``BOOK_BRANCH``;
- ``BOOK_ADDRESS``, where the first edition will be; without it, GitHub's address for the pages of that repository.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from neurolib.book.card import CARD, write_card
from neurolib.book.languages import editions
from neurolib.explorer.language import _, translate

REPOSITORY, BRANCH, ADDRESS = "BOOK_REPOSITORY", "BOOK_BRANCH", "BOOK_ADDRESS"
LOST = "404"


def pages_address(repository):
    """Where GitHub puts the pages of a repository: ``https://owner.github.io/name/``."""
    owner, name = urlsplit(repository).path.strip("/").split("/")
    home = f"{owner.lower()}.github.io"
    return f"https://{home}/" if name.lower() == home else f"https://{home}/{name}/"


def settle_addresses(app, config):
    """Before anything is read: what follows from the repository."""
    first = next(iter(editions.editions(Path(app.srcdir)).values()))
    own = settings(first)["repository"]
    repository = os.environ.get(REPOSITORY) or own["url"]
    branch = os.environ.get(BRANCH) or own["branch"]
    known = {"repository_url": repository, "repository_branch": branch, "use_repository_button": True}
    config.html_theme_options |= known
    inside = Path(app.srcdir).relative_to(first).as_posix()
    book = (os.environ.get(ADDRESS) or pages_address(repository)).rstrip("/") + "/"
    config.html_baseurl = book + ("" if inside == "." else f"{inside}/")
    config.sitemap_url_scheme = "{link}"
    config.sitemap_excludes = [f"{page}.html" for page in ("search", "genindex", LOST)]
    config.sitemap_locales = [None]  # the pages themselves name their other editions
    config.ogp_site_url = config.html_baseurl
    config.ogp_site_name = config.project = config.html_title
    config.ogp_image = f"_static/{CARD}"
    config.ogp_image_alt = translate(_("The voltage of a nerve fibre during an action potential."))
    config.ogp_custom_meta_tags = ('<meta name="twitter:card" content="summary_large_image" />',)
    config.notfound_urls_prefix = urlsplit(config.html_baseurl).path
    config.notfound_context = {"title": translate(_("Page not found")), "body": lost_text(first, urlsplit(book).path)}


def settings(folder):
    """The ``_config.yml`` of the edition in ``folder``."""
    return yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))


def lost_text(first, prefix):
    """What a reader finds at an address that the book does not have, in this edition's language."""
    beginnings = [
        f'<li><a href="{prefix}{(place / editions.pages(place)[0]).relative_to(first).as_posix()}.html" '
        f'lang="{editions.language_tag(language)}">{settings(place)["title"]}</a></li>'
        for language, place in editions.editions(first).items()
    ]
    heading, text = translate(_("Page not found")), translate(_("The book has no page at this address. It begins here:"))
    return f"<h1>{heading}</h1>\n<p>{text}</p>\n<ul>{''.join(beginnings)}</ul>"


def keep_lost_page_whole(app, pagename, templatename, context, doctree):
    """The page for missing addresses is shown at any depth: its links begin at the root, and it has no other edition."""
    if pagename == LOST:
        root = urlsplit(app.config.html_baseurl).path
        context["content_root"], context["pageurl"] = root, None
        for link in context["edition_links"]:
            link["href"] = os.path.normpath(f"{root}{link['href']}")
        lines = context["metatags"].splitlines()
        context["metatags"] = "\n".join(line for line in lines if 'rel="alternate"' not in line)


def ask_registry(app, uri):
    """In a check of links: whether a DOI is registered. Its publisher may turn programs away."""
    return uri.replace("https://doi.org/", "https://doi.org/api/handles/", 1)


def draw_card(app, exception):
    if not exception and app.builder.format == "html":
        write_card(Path(app.outdir) / "_static" / CARD)


def setup(app):
    for extension in ("sphinx_sitemap", "sphinxext.opengraph", "notfound.extension"):
        app.setup_extension(extension)
    app.connect("config-inited", settle_addresses)
    app.connect("html-page-context", keep_lost_page_whole, priority=900)
    app.connect("linkcheck-process-uri", ask_registry)
    app.connect("build-finished", draw_card)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
