"""The figure stays in sight: on every screen, whichever control is being moved, the whole figure is there with it."""

import contextlib

import pytest
from playwright.sync_api import TimeoutError
from test_explorers import EVERY, open_explorer, settle

SCREENS = {
    "held in the hand": [(360, 640), (375, 667), (390, 844), (844, 390)],
    "on a table": [(768, 1024), (1400, 900), (1920, 1080)],
}
SMALLEST_TEXT = {"phone": 11.0, "desktop": 14.0}
FROM_DISK = pytest.mark.parametrize("address", ["file"], indirect=True)

# For each control, brought into sight as scrolling or the keyboard does it: what of figure, sentence and control is not seen.
MISSING = """name => {
  const root = document.querySelector(`[data-explorer="${name}"]`);
  const explorer = root.neurolib;
  document.documentElement.style.scrollBehavior = "auto"; // no waiting for a page on its way
  root.querySelectorAll("details.explorer-others").forEach((details) => { details.open = true; });
  const inside = (box) => box.top >= -1 && box.bottom <= innerHeight + 1 && box.left >= -1 && box.right <= innerWidth + 1;
  const seen = (x, y, element) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element));
  };
  const missing = [];
  for (const control of explorer.spec.controls) {
    const input = explorer.input(control, control.kind);
    for (const way of ["scroll", "focus"]) {
      window.scrollTo(0, way === "scroll" ? document.body.scrollHeight : 0);
      if (way === "scroll") input.scrollIntoView({ block: "nearest" });
      else if (!input.disabled) input.focus();
      else continue;
      const figure = explorer.svg.getBoundingClientRect(), hand = input.getBoundingClientRect();
      const sentence = explorer.shown.getBoundingClientRect();
      const first = { top: sentence.top, bottom: sentence.top + 20, left: sentence.left, right: sentence.right };
      const view = root.querySelector(".explorer-view");
      const said = [];
      if (!inside(figure)) said.push(`figure ${Math.round(figure.top)} to ${Math.round(figure.bottom)} of ${innerHeight}`);
      else for (const [u, v] of [[0.02, 0.02], [0.98, 0.02], [0.5, 0.5], [0.02, 0.98], [0.98, 0.98]]) {
        const [x, y] = [figure.left + u * figure.width, figure.top + v * figure.height];
        if (!seen(x, y, view)) said.push(`figure covered at ${u}, ${v}`);
      }
      if (!inside(first)) said.push("sentence");
      if (!inside(hand)) said.push(`control ${Math.round(hand.top)} to ${Math.round(hand.bottom)}`);
      else if (!seen((hand.left + hand.right) / 2, (hand.top + hand.bottom) / 2, input)) said.push("control covered");
      if (said.length) missing.push(`${control.name} by ${way}: ${said.join(", ")}`);
    }
  }
  return missing;
}"""
SIZES = """name => {
  const svg = document.querySelector(`[data-explorer="${name}"]`).neurolib.svg;
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
}"""


def unseal(page, name):
    """Ask to be shown without a guess, where a prediction waits, and wait for what is said."""
    page.evaluate("name => document.querySelector(`[data-explorer='${name}'] [data-tool=waive]`)?.click()", name)
    page.wait_for_function("name => !document.querySelector(`[data-explorer='${name}'] .explorer-body`).inert", arg=name)
    settle(page)


@EVERY
@FROM_DISK
@pytest.mark.parametrize("kind", SCREENS)
def test_the_whole_figure_is_there_with_every_control(open_page, name, address, kind):
    small = kind == "held in the hand"
    first = dict(zip(("width", "height"), SCREENS[kind][0], strict=True))
    page = open_explorer(open_page, name, keep=False, sealed=True, viewport=first, has_touch=small, is_mobile=small)
    unseal(page, name)
    found = {}
    for width, height in SCREENS[kind]:
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        with contextlib.suppress(TimeoutError):  # the page comes to rest
            page.wait_for_function(f"name => ({MISSING})(name).length === 0", arg=name, timeout=3000)
        missing, text = page.evaluate(MISSING, name), min(page.evaluate(SIZES, name))
        if text < SMALLEST_TEXT["desktop" if width >= 1400 else "phone"] - 0.05:
            missing.append(f"text of {text:.2f} px")
        if missing:
            found[f"{width} × {height}"] = missing
    assert found == {}
