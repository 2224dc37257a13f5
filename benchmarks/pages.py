"""The built pages in Chromium: slider to painted frame, navigation to first answer on a slow processor, weight.

"painted" is the first task after the frame in which the explorer updated; a sweep has its first frame and its end.
The first answer is to a slider that moves the moment its explorer is ready.
"""

import contextlib
import functools
import gzip
import http.server
import re
import shutil
import statistics
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from neurolib.explorers import all_explorers

BOOK = Path(__file__).parents[1] / "_build" / "html"
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
MOVES = "async (name) => {" + PAINTED + """
  const explorer = document.querySelector(`[data-explorer="${name}"]`).neurolib;
  const idle = () => new Promise((done) => { const look = () => (explorer.busy ? setTimeout(look, 4) : done()); look(); });
  const frames = [], ends = [], scripts = [];
  const sliders = explorer.spec.controls.filter((control) => control.kind === "slider" && !control.only_if);
  for (let move = 0; move < 40; move++) {
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
  return { frames, ends, scripts };
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


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=BOOK))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


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


def latencies(browser, address):
    rows = []
    for explorer in all_explorers():
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{address}/chapters/{explorer.chapter}.html")
        page.wait_for_selector(f'[data-explorer="{explorer.name}"].explorer-ready')
        page.wait_for_timeout(500)
        times = page.evaluate(MOVES, explorer.name)
        rows.append((explorer.name, *spread(times["frames"]), statistics.median(times["scripts"]),
                     statistics.median(times["ends"]) if explorer.sweep else None))  # fmt: skip
        page.close()
    return rows


def first_answers(browser, address):
    """ms from navigation to the first slider's painted answer, the processor slowed four times."""
    rows = []
    for chapter in sorted({explorer.chapter for explorer in all_explorers()}):
        times = []
        for _ in range(5):
            context = browser.new_context()
            page = context.new_page()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.add_init_script(f"({FIRST})()")
            page.wait_for_timeout(1500)  # a new window loads pages of the browser's own
            page.goto(f"{address}/chapters/{chapter}.html", wait_until="commit")
            page.wait_for_function("window.firstAnswer !== undefined")
            times.append(page.evaluate("window.firstAnswer"))
            context.close()
        rows.append((chapter, statistics.median(times)))
    return rows


def show():
    """Print everything about the pages."""
    if not BOOK.exists():
        print("pages: no built book; run `make book` first")
        return
    for name, value, unit in weights():
        print(f"  {name:44} {value:8.1f} {unit}")
    server = serve()
    address = f"http://127.0.0.1:{server.server_port}"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        print("\nslider to painted frame: median and 95th percentile, script alone, whole sweep (ms)")
        for name, median, high, script, sweep in latencies(browser, address):
            print(f"  {name:24} {median:7.1f} {high:7.1f} {script:7.1f} {'' if sweep is None else f'{sweep:7.0f}'}")
        print("\nnavigation to first answer, processor slowed 4 times (ms)")
        for name, value in first_answers(browser, address):
            print(f"  {name:44} {value:7.0f}")
        browser.close()
    server.shutdown()
