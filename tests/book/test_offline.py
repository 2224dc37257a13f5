"""The book where there is no network: kept in the browser, whole and of one edition; and as a ZIP file."""

import functools
import http.server
import json
import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from launch import EDITIONS, pages
from playwright.sync_api import expect
from serving import Quiet
from test_links import broken, page_at
from test_pages import POLICY

from neurolib.book.offline.copies import ARCHIVE, NOT_READ, WORKER, ZIP, is_page, write_copies

PREFIX = "/some/folder"
CACHES = "caches.keys()"
# What a page is answered when it asks for these files, as texts.
ASKED = "(names) => Promise.all(names.map((name) => fetch(name, { cache: 'no-store' }).then((answer) => answer.text())))"
CALM = "async () => { const one = await navigator.serviceWorker.getRegistration(); return one.active && !one.installing; }"


class Network:
    """A host that has a book in a folder, under a policy; it remembers what it was asked for, and can be cut off."""

    def __init__(self, book):
        self.book, self.asked, self.port = book, [], 0
        self.mend()

    def mend(self):
        network = self

        class Handler(Quiet):
            def do_GET(self):
                del self.headers["If-Modified-Since"]  # the books change places, not the times of their files
                super().do_GET()

            def translate_path(self, path):
                network.asked.append(path.removeprefix(f"{PREFIX}/"))
                self.directory = str(network.book)
                return super().translate_path(path.removeprefix(PREFIX))

            def end_headers(self):
                self.send_header("Content-Security-Policy", POLICY)
                super().end_headers()

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        threading.Thread(target=functools.partial(self.server.serve_forever, 0.05), daemon=True).start()

    def cut(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}{PREFIX}/"


@pytest.fixture
def network():
    networks = []

    def new(book):
        networks.append(Network(book))
        return networks[-1]

    yield new
    for one in networks:
        one.cut()


@pytest.fixture
def tab(chromium):
    """Pages of one browser, whose complaints are kept."""
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1400, "height": 1000})
    context.complaints = []
    context.on("console", lambda m: context.complaints.append(m.text) if m.type in ("error", "warning") else None)
    context.on("weberror", lambda error: context.complaints.append(str(error.error)))
    yield context
    context.close()


def foot(page):
    texts = json.loads(page.locator(".book-offline").get_attribute("data-texts"))
    return texts, page.locator(".book-offline-told"), page.locator(".book-offline button")


def keep(page):
    """Press the button, and wait until the book is kept."""
    texts, told, button = foot(page)
    expect(button).to_have_text(texts["keep"])
    button.click()
    expect(told).to_have_text(texts["kept"], timeout=60_000)


def text_of(book, name):
    return (book / name).read_text(encoding="utf-8")


def test_the_kept_book_opens_without_a_network(tab, book, network):
    """Nothing is fetched unasked; when it is kept, every page of every edition is there, and works, with the server gone."""
    here = network(book)
    page = tab.new_page()
    page.goto(f"{here.address}zh/intro.html")
    texts, _told, button = foot(page)
    expect(button).to_be_visible()
    assert page.evaluate(CACHES) == [] and not [name for name in here.asked if name.endswith((".bin", WORKER))]
    size = round(next((book / ARCHIVE).parent.glob("*.bin")).stat().st_size / 1e6)
    assert f"{size} MB" in texts["keep"] and size <= 8
    keep(page)
    here.asked.clear()
    page.evaluate(ASKED, [f"{here.address}another-project/"])  # what stands beside the book is not the book's to answer
    assert here.asked == ["another-project/"] and [text for text in tab.complaints if "404" not in text] == []
    tab.complaints.clear()
    here.cut()
    opened = page.goto(f"{here.address}chapters/resting-potential/goldman.html")
    assert opened.status == 200 and opened.headers["content-security-policy"] == POLICY
    page.wait_for_selector('[data-explorer="goldman"].explorer-equipped')
    root = page.locator('[data-explorer="goldman"]')
    before = root.evaluate("root => JSON.stringify(root.neurolib.results)")
    root.evaluate("root => root.neurolib.set({ ...root.neurolib.values, K_out: 20 })")
    changed = "([root, before]) => JSON.stringify(root.neurolib.results) !== before"
    page.wait_for_function(changed, arg=[root.element_handle(), before])
    every = [f"{name}.html" for name in pages()]
    assert page.evaluate(ASKED, [f"../../{name}" for name in every]) == [text_of(book, name) for name in every]
    page.goto(f"{here.address}zh/search.html?q=静息电位")
    page.wait_for_selector("#search-results li a")
    for address, shown in (("", "intro.html"), ("zh/", "zh/intro.html"), ("zh", "zh/intro.html")):
        page.goto(here.address + address)
        page.wait_for_url(here.address + shown)
        expect(foot(page)[1]).to_have_text(foot(page)[0]["kept"])
    assert tab.complaints == []
    lost = page.goto(f"{here.address}zh/chapters/nowhere.html")  # (the book's own page, whose address is on the web)
    assert lost.status == 404 and lost.text() == text_of(book, "404.html")


def test_where_it_cannot_work_it_is_not_offered(tab, served):
    """Not in a frame; in one that forbids nearly all the mention of a worker is an error already."""
    page = tab.new_page()
    page.goto(f"{served}/chapters/notation.html")
    expect(foot(page)[2]).to_be_visible()
    page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), { src: 'glossary.html' }))")
    page.wait_for_function("frames[0]?.document.querySelector('.book-offline a')?.checkVisibility()")
    page.frames[1].wait_for_load_state("load")
    expect(page.frames[1].locator(".book-offline button")).to_be_hidden()
    page.set_content(f'<iframe sandbox="allow-scripts" src="{served}/chapters/notation.html"></iframe>')
    frame = page.frames[1]
    frame.wait_for_load_state("load")
    expect(frame.locator(".book-offline a")).to_be_attached()
    expect(frame.locator(".book-offline button")).to_be_hidden()
    assert frame.evaluate("(() => { try { return Boolean(navigator.serviceWorker); } catch { return false; } })()") is False
    assert [text for text in tab.complaints if "font" not in text and "ERR_FAILED" not in text] == []  # (fonts are refused)


def part_of(book, folder, mark):
    """A small book of one edition: the first page in two languages and one more, with a mark in each of its files."""
    for name in ("intro.html", "404.html", "chapters/glossary.html", "zh/intro.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text_of(book, name).replace("</title>", f" {mark}</title>"), encoding="utf-8")
    heavy = shutil.ignore_patterns("explorers", "*.map", "locales", "offline", "questions", "search-texts.js")
    for inside in ("_static", "zh/_static"):
        shutil.copytree(book / inside, folder / inside, ignore=heavy)
    for style in folder.rglob("neurolib.css"):
        style.write_text(style.read_text(encoding="utf-8") + f"/* {mark} */", encoding="utf-8")
    write_copies(folder)
    return folder


def test_a_new_edition_takes_the_place_of_the_old_one_whole(tab, book, network, tmp_path):
    one, other, cut = (part_of(book, tmp_path / mark, mark) for mark in ("one", "other", "cut"))
    archive = next((cut / ARCHIVE).parent.glob("*.bin"))
    archive.write_bytes(archive.read_bytes()[:-1000])  # a connection that broke
    names = ["intro.html", "chapters/glossary.html", "zh/intro.html", "_static/neurolib.css?v=1", "zh/_static/neurolib.css"]

    def edition(page):
        answers = page.evaluate(ASKED, names)
        told = [[text_of(folder, name.partition("?")[0]) for name in names] for folder in (one, other)]
        return ["one", "other"][told.index(answers)]

    here = network(one)
    page = tab.new_page()
    page.goto(f"{here.address}intro.html")
    keep(page)
    here.book = cut
    page.reload()
    while not [name for name in here.asked if name.endswith(archive.name)]:
        page.wait_for_timeout(50)
    page.wait_for_function(CALM)
    assert edition(page) == "one" and len(page.evaluate(CACHES)) == 1
    here.book = other
    page.reload()
    second = tab.new_page()
    second.goto(f"{here.address}intro.html")
    texts, told, button = foot(page)
    expect(told).to_have_text(texts["newer"], timeout=20_000)
    assert edition(page) == edition(second) == "one" and page.title().endswith(" one")
    here.cut()
    with second.expect_navigation():  # it begins again when the other page's reader asks for the new edition
        button.click()
    expect(told).to_have_text(texts["kept"])
    expect(page).to_have_title(page.title().replace(" one", " other"))
    assert edition(page) == edition(second) == "other" and len(page.evaluate(CACHES)) == 1
    button.click()
    expect(button).to_have_text(texts["keep"])
    assert page.evaluate(CACHES) == [] and page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    here.mend()
    here.asked.clear()
    page.reload()
    assert "intro.html" in here.asked
    keep(page)  # and once more, after all
    assert tab.complaints == []


@pytest.fixture(scope="module")
def unpacked(book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("a stick")
    with zipfile.ZipFile(book / ZIP) as archive:
        archive.extractall(folder)
    return folder / Path(ZIP).stem


def test_the_zip_holds_the_book(book, unpacked):
    assert (book / ZIP).stat().st_size <= 15_000_000
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert {f"{name}.html" for name in pages()} | {"index.html", "zh/index.html", "README.txt"} <= held
    assert not [name for name in held if NOT_READ.search(name)]
    address = page_at(book / "intro.html").canonical.removesuffix("intro.html")
    for name in filter(is_page, held):
        outside = [link for link in broken(unpacked, address, unpacked / name) if not link.startswith(address)]
        assert outside == [], name
        assert f'href="{address}{ZIP}"' in text_of(unpacked, name) or name.endswith("index.html"), name  # the newest one


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_unpacked_zip_works_from_disk_and_from_a_folder_of_a_server(tab, network, unpacked, edition):
    """No worker is offered there: a folder on a disk is a copy already."""
    for address in (unpacked.as_uri() + "/", network(unpacked).address):
        page = tab.new_page()
        page.goto(f"{address}{edition}index.html")
        page.wait_for_url(f"{address}{edition}intro.html")
        page.click('a[href="chapters/resting-potential/goldman.html"]')
        page.wait_for_selector('[data-explorer="goldman"].explorer-equipped')
        expect(page.locator(".book-offline a")).to_be_visible()
        expect(page.locator(".book-offline button")).to_be_hidden()
    assert tab.complaints == []


def test_the_same_book_gives_the_same_copies(book, tmp_path):
    """Times and the order on the disk leave no trace; the seconds that cells took make no other edition."""
    one, other = (part_of(book, tmp_path / name, "same") for name in ("one", "other"))
    written = [ZIP, WORKER, *(path.relative_to(one).as_posix() for path in (one / ARCHIVE).parent.glob("*.bin"))]
    assert len(written) == 3 and all((one / name).read_bytes() == (other / name).read_bytes() for name in written)
    for folder, seconds in ((one, "12.3"), (other, "9.87654321")):
        (folder / "chapters" / "status.html").write_text(f"{seconds} seconds", encoding="utf-8")
        write_copies(folder)
    assert (one / WORKER).read_bytes() == (other / WORKER).read_bytes()
    assert (one / ZIP).read_bytes() != (other / ZIP).read_bytes()
