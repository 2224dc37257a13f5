"""What the tests of the built book share: the book itself, a server, a browser, and a page that must stay silent."""

import gc
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import settings
from install_browsers import CHROMIUM_OPTIONS, find
from serving import Quiet, serving

ROOT = Path(__file__).parent.parent
# How many cases hypothesis draws. No deadline: the first call of a portable function compiles it.
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=10_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_finish():
    """Collect garbage seldom, and never go through what has been imported: it took a twentieth of `make quick`."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def book():
    """The folder of the built HTML: ``BOOK_HTML``, or a book built once for this run of the tests."""
    if "BOOK_HTML" in os.environ:
        return Path(os.environ["BOOK_HTML"]).resolve()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"neurolib-book-{run}"
    folder.mkdir(exist_ok=True)
    import fcntl  # (not on Windows, where `python -m neurolib.book test` names a book)

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "built").exists():
            command = [sys.executable, "-m", "neurolib.book", "build", "--into", folder]
            subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
            (folder / "built").touch()
    return folder / "_build" / "html"


@pytest.fixture(scope="session")
def serve(book):
    """Serve the book: ``with serve(headers) as address``, where ``headers(path)`` are sent with the file at ``path``."""

    def serve_book(headers=lambda path: {}):
        class Handler(Quiet):
            def end_headers(self):
                for name, value in headers(Path(self.translate_path(self.path))).items():
                    self.send_header(name, value)
                super().end_headers()

        return serving(book, Handler)

    return serve_book


@pytest.fixture(scope="session")
def served(serve):
    """Address of the book on a local server."""
    with serve() as address:
        yield address


@pytest.fixture(params=["http", "file"])
def address(request, book, served):
    """Where the book is read: from a server, and from disk."""
    return served if request.param == "http" else book.as_uri()


@pytest.fixture(scope="session")
def kept():
    """``kept(question, answer)``: what another program answers, asked once. It stays while the question is the same.

    It lies among what is built, of which a clean checkout has nothing: there everything is asked.
    """

    def ask(question, answer):
        folder = ROOT / "_build" / "answers"
        file = folder / f"{hashlib.sha256(repr(question).encode()).hexdigest()}.json"
        if not file.exists():
            written = file.with_suffix(f".{os.getpid()}")
            text = json.dumps(answer())
            folder.mkdir(parents=True, exist_ok=True)
            written.write_text(text, encoding="utf-8")
            written.replace(file)
        return json.loads(file.read_text(encoding="utf-8"))

    return ask


@pytest.fixture(scope="session")
def playwright():
    with pytest.importorskip("playwright.sync_api").sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path=find("chromium"), args=CHROMIUM_OPTIONS)
    yield browser
    browser.close()


# What a browser does that keeps nothing for this page: to mention its storage is an error.
REFUSE_STORAGE = """["localStorage", "sessionStorage"].forEach((name) => Object.defineProperty(window, name, {
  configurable: true, get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
}));"""

# Back to the state of a page just opened, but for predictions and progress.
AFRESH = """() => {
  document.querySelectorAll("details.explorer-more").forEach((details) => { details.open = false; });
  document.querySelectorAll('[data-tool="hold"][aria-pressed="true"]').forEach((button) => button.click());
  for (const { neurolib: explorer } of document.querySelectorAll(".explorer-equipped")) {
    const moved = JSON.stringify(explorer.values) !== JSON.stringify(explorer.defaults());
    if (moved) explorer.set(explorer.defaults());
  }
}"""


@pytest.fixture(scope="session")
def kept_pages(chromium):
    """Pages that tests which leave no trace use one after the other: to load a page takes longer than to test it."""
    pages = {}
    yield pages
    for page, _complaints in pages.values():
        page.context.close()


@pytest.fixture
def open_page(chromium, address, kept_pages):
    """Open a page of the book; its console has to stay empty, and no other host may be asked for anything."""
    opened = []

    def new_page(name, without=(), storage=True, query="", **options):
        complaints = []
        # Nothing moves by itself, unless a test is about that: a picture that moves costs more than most tests.
        context = chromium.new_context(**({"viewport": {"width": 1400, "height": 1000}, "reduced_motion": "reduce"} | options))
        context.set_default_timeout(8000)
        if not storage:
            context.add_init_script(REFUSE_STORAGE)
        page = context.new_page()
        for script in without:
            page.route(f"**/{script}*", lambda route: route.fulfill(body="", content_type="text/javascript"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("console", lambda m: complaints.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else complaints.append(r.url))
        # What Chromium itself gives up, on leaving a page or with scripts off, is no failure of the book's.
        if options.get("java_script_enabled", True):
            page.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else complaints.append(r.url))
        page.goto(f"{address}/{name}.html" + (f"?q={quote(query)}" if query else ""))
        page.wait_for_selector("html:not(.arriving)", state="attached")  # where it stands, it stays
        return page, complaints

    def open_page(name, keep=False, **options):
        if not keep:
            opened.append(new_page(name, **options))
            return opened[-1][0]
        key = (address, name)
        if key not in kept_pages:
            for other in [other for other in kept_pages if other[1] != name]:
                kept_pages.pop(other)[0].context.close()
            kept_pages[key] = new_page(name, **options)
        else:
            kept_pages[key][0].evaluate(AFRESH)
        return kept_pages[key][0]

    yield open_page
    for page, complaints in opened:
        page.context.close()
        assert complaints == []
    for _page, complaints in kept_pages.values():
        found, complaints[:] = list(complaints), []
        assert found == []
