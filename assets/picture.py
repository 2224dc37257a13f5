"""The moving picture at the head of the README: an explorer at work, filmed frame by frame in Chromium.

``make picture`` writes ``assets/explorer.webp``. Each frame is set, not caught, so that every run films the same.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from neurolib.explorers import explore
from neurolib.show.standalone import standalone_html

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent / "tests"))
from install_browsers import find  # noqa: E402 (the tests' own way to a browser)

NAME, CONTROL = "action_potential", "amplitude"
PULSES = [4 + 0.5 * step for step in range(14)]  # µA/cm²: at first below the threshold, then above it
MOMENTS = [0.5 * step for step in range(33)]  # ms
SIZE, FRAME, PAUSE, MOST = (820, 620), 100, 1200, 300_000  # px, ms, ms, bytes
# The lesson around the figure, and the numbers of the reading line.
ASIDE = ".explorer-prediction, .explorer-steps, .explorer-story, .explorer-cursor :not(line) { display: none !important }"

FILM = """async ([name, step, value]) => {
  const explorer = document.querySelector(`[data-explorer="${name}"]`).neurolib;
  if (step === "pulse") explorer.set({ amplitude: value });
  else explorer.seek(value, true);
  explorer.root.querySelectorAll("[data-tool=head]").forEach((head) => head.blur());
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def frames(page):
    """The pulse grows until the axon fires; then time runs over what it did."""
    steps = [("moment", MOMENTS[0])]
    steps += [("pulse", value) for value in PULSES] + [("moment", value) for value in MOMENTS]
    box = page.locator(".explorer").bounding_box()
    box["height"] = page.locator(".explorer-more").bounding_box()["y"] - box["y"]
    for step, value in steps:
        page.evaluate(FILM, [NAME, step, value])
        yield Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "explorer.html"
        file.write_text(standalone_html(explore(NAME, **{CONTROL: PULSES[0]})), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=dict(zip(("width", "height"), SIZE, strict=True)), color_scheme="light")
        page.goto(file.as_uri())
        page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.unseal()", NAME)
        page.add_style_tag(content=ASIDE)
        first, *others = frames(page)
        browser.close()
    times = [PAUSE] + [FRAME] * (len(others) - 1) + [PAUSE]
    target = FOLDER / "explorer.webp"
    first.save(target, save_all=True, append_images=others, duration=times, loop=0, lossless=True, method=6, minimize_size=True)
    if target.stat().st_size > MOST:
        raise SystemExit(f"{target}: {target.stat().st_size} bytes, more than {MOST}")


if __name__ == "__main__":
    main()
