"""The built pages in Chromium: slider to painted frame, navigation to first answer on a slow processor, weight.

"painted" is the first task after the frame in which the explorer updated; a sweep has its first frame and its end.
The first answer is to a slider that moves the moment its explorer is ready. With the pages of another build in ``BESIDE``,
``_build/html`` of an older commit, both are measured in turn, and what is shown is its figure, this build's and their ratio.
"""

import contextlib
import functools
import gzip
import http.server
import os
import re
import shutil
import statistics
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from neurolib.explorers import all_explorers

BOOK = Path(__file__).parents[1] / "_build" / "html"
BESIDE = os.environ.get("BESIDE")
SLOWED = 4  # times, as a phone is slower than a desk
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAINTED = """
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  }));
"""
MOVES = "async ([name, count]) => {" + PAINTED + """
  const explorer = document.querySelector(`[data-explorer="${name}"]`).neurolib;
  const idle = () => new Promise((done) => { const look = () => (explorer.busy ? setTimeout(look, 4) : done()); look(); });
  const frames = [], ends = [], scripts = [], tasks = [0];
  const watcher = new PerformanceObserver((list) => list.getEntries().forEach((task) => tasks.push(task.duration)));
  watcher.observe({ type: "longtask" });
  const sliders = explorer.spec.controls.filter((control) => control.kind === "slider" && !control.only_if);
  for (let move = 0; move < count; move++) {
    const control = sliders[move % sliders.length];
    const input = explorer.input(control, "slider");
    await idle();
    await new Promise((done) => setTimeout(done, Math.random() * 17));
    input.value = Math.round(control.positions * (0.3 + 0.4 * Math.random()));
    const start = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await painted();
    frames.push(performance.now() - start);
    await idle();
    ends.push(performance.now() - start);
    const before = performance.now();
    explorer.update();
    scripts.push(performance.now() - before);
    await idle();
  }
  return { frames, ends, scripts, longest: Math.max(...tasks) };
}"""
FIRST = "() => {" + PAINTED + """
  const watcher = new MutationObserver(() => {
    const explorer = document.querySelector(".explorer-ready")?.neurolib;
    if (!explorer) return;
    watcher.disconnect();
    const control = explorer.spec.controls.find((c) => c.kind === "slider" && !c.only_if);
    const input = explorer.input(control, "slider");
    input.value = Math.round(0.4 * control.positions);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    painted().then(() => { window.firstAnswer = performance.now(); });
  });
  watcher.observe(document, { subtree: true, attributeFilter: ["class"] });
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def copyfile(self, source, outputfile):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # a page that is left wants no more of a file
            super().copyfile(source, outputfile)


def serve(book):
    """The address of a built book, served for as long as this process runs."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=book))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def spread(values):
    """Median and 95th percentile."""
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


def gzipped(data):
    return len(gzip.compress(data, 9)) / 1000


def page_file(explorer):
    return BOOK / "chapters" / f"{explorer.chapter}.html"


def weights():
    """Rows of gzipped kB: the scripts of each page, each explorer's piece of its page."""
    runtime = gzipped((BOOK / "_static" / "neurolib.js").read_bytes())
    rows = [("core", runtime, "kB"), ("tools", gzipped((BOOK / "_static" / "neurolib-tools.js").read_bytes()), "kB")]
    for models in sorted((BOOK / "_static").glob("models-*.js")):
        rows.append((f"core and {models.stem}", runtime + gzipped(models.read_bytes()), "kB"))
    for explorer in all_explorers():
        html = page_file(explorer).read_text(encoding="utf-8")
        piece = re.search(
            rf'<div class="explorer" data-explorer="{explorer.name}".*?</script>', html, re.DOTALL
        ).group()
        rows.append((f"{explorer.name}, gzipped", gzipped(piece.encode()), "kB"))
    return rows


@contextlib.contextmanager
def slowed_page(browser, rate):
    """A new page in a window of its own, on a processor slowed ``rate`` times."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    try:
        yield page
    finally:
        context.close()


def moves(browser, address, explorer, rate, count):
    """The times of ``count`` moves of an explorer's sliders, ms."""
    with slowed_page(browser, rate) as page:
        page.goto(f"{address}/chapters/{explorer.chapter}.html")
        page.wait_for_selector(f'[data-explorer="{explorer.name}"].explorer-ready')
        page.wait_for_timeout(500 * rate)
        return page.evaluate(MOVES, [explorer.name, count])


def holds(book, explorer):
    """Whether a built book has the explorer: an older one may not."""
    page = book / "chapters" / f"{explorer.chapter}.html"
    return page.exists() and f'data-explorer="{explorer.name}"' in page.read_text(encoding="utf-8")


def show_frames(browser, books, rate, count):
    for explorer in all_explorers():
        held = [address for book, address in books.items() if holds(book, explorer)]
        *older, here = [moves(browser, address, explorer, rate, count) for address in held]
        median, high = spread(here["frames"])
        times = median, high, statistics.median(here["scripts"]), here["longest"]
        sweep = f"{statistics.median(here['ends']):7.0f}" if explorer.sweep else " " * 7
        before = beside([statistics.median(one["frames"]) for one in older], median)
        print(f"  {explorer.name:24} {' '.join(f'{time:7.1f}' for time in times)} {sweep}{before}")


def beside(older, here):
    return "".join(f"   {value:7.1f} before: {here / value:.2f}" for value in older)


def first_answer(browser, address, chapter):
    """ms from navigation to the first slider's painted answer, the processor slowed."""
    with slowed_page(browser, SLOWED) as page:
        page.add_init_script(f"({FIRST})()")
        page.wait_for_timeout(1500)  # a new window loads pages of the browser's own
        page.goto(f"{address}/chapters/{chapter}.html", wait_until="commit")
        page.wait_for_function("window.firstAnswer !== undefined")
        return page.evaluate("window.firstAnswer")


def show_first_answers(browser, books):
    for chapter in sorted({explorer.chapter for explorer in all_explorers()}):
        there = [address for book, address in books.items() if (book / "chapters" / f"{chapter}.html").exists()]
        times = [[first_answer(browser, address, chapter) for address in there] for _ in range(5)]
        *older, here = map(statistics.median, zip(*times, strict=True))
        print(f"  {chapter:44} {here:7.0f}{beside(older, here)}")


def show():
    """Print everything about the pages."""
    if not BOOK.exists():
        print("pages: no built book; run `make book` first")
        return
    for name, value, unit in weights():
        print(f"  {name:44} {value:8.1f} {unit}")
    books = {Path(book): serve(book) for book in [*filter(None, [BESIDE]), BOOK]}
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        for rate, count in ((1, 40), (SLOWED, 20)):
            print(f"\nslider to painted frame{f', processor slowed {rate} times' if rate > 1 else ''}:"
                  " median and 95th percentile, script alone, longest task, whole sweep (ms)")  # fmt: skip
            show_frames(browser, books, rate, count)
        print(f"\nnavigation to first answer, processor slowed {SLOWED} times (ms)")
        show_first_answers(browser, books)
        browser.close()
