"""The book on the web: under a path of a host, from a fork, at an address that it does not have."""

import contextlib
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from urllib.parse import urlsplit

import pytest
from launch import EDITIONS, ROOT, buttons, pages, pages_of
from serving import Quiet, serving
from test_links import broken, page_at

from neurolib.book.publish import ask_registry, pages_address

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
BINDER, HUB = "https://mybinder.org", "https://binder.example.edu.cn"
FORK = {
    "BOOK_REPOSITORY": "https://github.com/someone/their-neuron",
    "BOOK_BRANCH": "lesson",
    "BOOK_ADDRESS": "https://example.org/some/sub/path",
}


def build(folder, **environment):
    """A book of two pages without cells, with the settings of the whole one; the Chinese edition has a hub of its own."""
    shutil.copy(ROOT / "references.bib", folder)
    shutil.copytree(ROOT / "assets", folder / "assets")
    header = (ROOT / "intro.md").read_text(encoding="utf-8").partition("# ")[0]
    for edition, hub in (("", BINDER), ("zh", HUB)):
        (folder / edition).mkdir(exist_ok=True)
        config = (ROOT / edition / "_config.yml").read_text(encoding="utf-8")
        (folder / edition / "_config.yml").write_text(config.replace(BINDER, hub), encoding="utf-8")
        toc = "format: jb-book\nroot: intro\nchapters:\n- file: more\n"
        (folder / edition / "_toc.yml").write_text(toc, encoding="utf-8")
        for name in ("intro", "more"):
            (folder / edition / f"{name}.md").write_text(f"{header}# A page\n\nWith words.\n", encoding="utf-8")
    command = [sys.executable, "-m", "neurolib.book", "build"]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def fork(tmp_path_factory):
    return build(tmp_path_factory.mktemp("fork"), **FORK)


class Served(Quiet):
    """A host that has the book under a path, and shows the book's own page for what is missing, as GitHub's does."""

    prefix = "/"

    def translate_path(self, path):
        inside = path.startswith(self.prefix)
        return super().translate_path(f"/{path.removeprefix(self.prefix)}" if inside else "/nothing-here")

    def send_error(self, code, message=None, explain=None):
        page = (self.book / "404.html").read_bytes() if self.path.startswith(self.prefix) else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture
def host():
    """Serve a book under a path."""
    with contextlib.ExitStack() as open_ones:

        def serve(book, prefix):
            handler = type("Here", (Served,), {"prefix": prefix, "book": book})
            return open_ones.enter_context(serving(book, handler))

        yield serve


def listen(page):
    """What goes wrong on a page: errors, warnings, and requests that fail; the missing page itself may."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("response", lambda r: complaints.append(r.url) if r.status >= 400 else None)
    return complaints


def test_buttons_of_a_fork_lead_to_the_fork(fork):
    assert set(buttons(fork, "intro")) == {"https://mybinder.org/v2/gh/someone/their-neuron/lesson?urlpath=lab/tree/intro.md"}
    text = (fork / "intro.html").read_text(encoding="utf-8")
    assert 'href="https://github.com/someone/their-neuron"' in text
    assert "github.com/electrical-neuron" not in text
    assert page_at(fork / "intro.html").canonical == f"{FORK['BOOK_ADDRESS']}/intro.html"


def test_each_edition_has_its_own_place_to_launch(fork):
    """Both lead to the fork's pages; the hub is that of the edition's settings."""
    text = (fork / "zh" / "intro.html").read_text(encoding="utf-8")
    assert f'href="{HUB}/v2/gh/someone/their-neuron/lesson?urlpath=lab/tree/zh/intro.md"' in text
    assert BINDER not in text and HUB not in (fork / "intro.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/Someone/Neuron", "https://someone.github.io/Neuron/"),
        ("https://github.com/someone/someone.github.io", "https://someone.github.io/"),
    ],
)
def test_address_of_a_repositorys_pages(repository, address):
    assert pages_address(repository) == address


def test_the_registry_is_asked_whether_a_doi_exists():
    assert ask_registry(None, "https://doi.org/10.1113/x") == "https://doi.org/api/handles/10.1113/x"
    assert ask_registry(None, "https://example.org/10.1113/x") == "https://example.org/10.1113/x"


@pytest.mark.parametrize("edition", EDITIONS)
def test_sitemap_lists_every_page(book, edition):
    start = page_at(book / edition / "intro.html").canonical.removesuffix("intro.html")
    listed = [place.text for place in xml.parse(book / edition / "sitemap.xml").iterfind("s:url/s:loc", NAMES)]
    assert sorted(listed) == sorted(f"{start}{page}.html" for page in pages_of(edition))


@pytest.mark.parametrize("name", pages())
def test_card_of_a_page(book, name):
    """What another site shows of a page that is linked there: title, words, and a picture that exists."""
    text = (book / f"{name}.html").read_text(encoding="utf-8")
    for property in ("og:title", "og:description", "og:image", "og:url", "og:image:alt"):
        assert text.count(f'property="{property}" content="') == 1, property
    picture = text.partition('property="og:image" content="')[2].partition('"')[0]
    start = page_at(book / "intro.html").canonical.removesuffix("intro.html")
    assert (book / picture.removeprefix(start)).read_bytes().startswith(b"\x89PNG")


def test_missing_address_at_any_depth(chromium, host, fork):
    """Asked for what is not there, the book shows a whole page, with its styles and a way back, under any path."""
    prefix = urlsplit(FORK["BOOK_ADDRESS"]).path + "/"
    assert list(broken(fork, FORK["BOOK_ADDRESS"] + "/", fork / "404.html")) == []
    address = host(fork, prefix)
    page = chromium.new_page()
    complaints = listen(page)
    asked = f"{address}{prefix}chapters/of/old/page.html"
    assert page.goto(asked).status == 404
    page.wait_for_load_state("load")
    assert page.locator("article h1").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.bd-main')).display") == "flex"  # the styles are there
    assert [c for c in complaints if c != asked and "404" not in c] == []
    page.locator("article ul a").first.click()
    page.wait_for_url(f"{address}{prefix}intro.html")
    page.context.close()


def test_explorers_work_under_a_path(chromium, host, book):
    address = host(book, "/some/sub/path/")
    page = chromium.new_page()
    complaints = listen(page)
    page.goto(f"{address}/some/sub/path/chapters/resting-potential/goldman.html")
    page.wait_for_selector("[data-explorer].explorer-equipped")
    curves = "[...document.querySelectorAll('[data-explorer] svg path')].map((path) => path.getAttribute('d')).join()"
    page.evaluate("document.querySelectorAll('[data-sealed]').forEach((root) => root.removeAttribute('data-sealed'))")
    before = page.evaluate(curves)
    page.locator("[data-explorer] .explorer-control input[type=range]:enabled").first.press("PageUp")
    page.wait_for_function(f"(before) => {curves} !== before", arg=before)
    assert complaints == []
    page.context.close()
