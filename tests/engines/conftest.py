"""A tab of each engine, kept open for all tests of a worker; and the book served so that a page tells what went wrong in it."""

import pytest
from drivers import Playwright, open_tab
from serving import Quiet, serving

# Goes into the head of every page that is served: neither protocol lets WebKit's console be read.
LISTEN = b"""<script>window.complaints = [];
addEventListener("error", (event) => complaints.push(String(event.message ?? event.target.src)), true);
addEventListener("unhandledrejection", (event) => complaints.push(String(event.reason)));
for (const kind of ["error", "warn"]) console[kind] = (...words) => complaints.push(words.join(" "));</script>"""
# A browser that keeps nothing for the page and gives it no clipboard.
REFUSE = b"""<script>for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
  configurable: true, get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });
Object.defineProperty(navigator, "clipboard", { get: () => undefined });</script>"""
# A screen of a given size in any window: `/screen?390x844/chapters/…`.
SCREEN = b"""<!DOCTYPE html><meta charset="utf-8"><title>A screen</title><style>body { margin: 0 } iframe { border: 0 }</style>
<script>const [size, ...path] = location.search.slice(1).split("/");
const [width, height] = size.split("x");
document.write(`<iframe width="${width}" height="${height}" src="/${path.join("/")}"></iframe>`);</script>"""


class Pages(Quiet):
    """The files of the book; what is asked of a page stands behind its ``?``."""

    def do_GET(self):
        path, _, asked = self.path.partition("?")
        if path == "/favicon.ico":
            self.answer(b"")
        elif path == "/screen":
            self.answer(SCREEN)
        elif path.endswith(".html"):
            with open(self.translate_path(path), "rb") as file:
                page = file.read()
            self.answer(page.replace(b"<head>", b"<head>" + LISTEN + (REFUSE if asked == "refuse" else b""), 1))
        else:
            super().do_GET()

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="package")
def telling(book):
    """Address of the book, on a server whose pages tell what went wrong."""
    with serving(book, Pages) as address:
        yield address


@pytest.fixture(scope="package")
def tabs(playwright, chromium):
    """Tabs by the names of the engines, each opened when it is first asked for; closed while Playwright is there."""
    opened = {}

    def tab(name):
        if name not in opened:
            opened[name] = Playwright(chromium) if name == "chromium" else open_tab(name, lambda: playwright)
        return opened[name]

    yield tab
    for one in opened.values():
        one.close()
