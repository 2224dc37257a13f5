"""The figure stays in sight: on every screen, whichever control is being moved, the whole figure is there with it."""

import contextlib

import pytest
from playwright.sync_api import TimeoutError
from test_explorers import EVERY, open_explorer, settle

from neurolib.explorers import explore

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

# In each of these states: words of the figure that lie on each other or are cut, once those that can have given way.
CROWDED = """async ([name, states]) => {
  const explorer = document.querySelector(`[data-explorer="${name}"]`).neurolib, found = [];
  const seen = (text) => text.textContent.trim() && text.checkVisibility({ visibilityProperty: true });
  for (const [state, values, step] of states) {
    explorer.set({ ...explorer.defaults(), ...values }, "", step);
    // (of a sweep, the beginning)
    for (let frame = 0; explorer.busy && frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    explorer.part();
    const frame = explorer.svg.getBoundingClientRect(), unit = frame.width / explorer.svg.viewBox.baseVal.width;
    const words = [...explorer.svg.querySelectorAll("text")].filter(seen)
      .map((text) => [text.textContent.trim(), text.getBoundingClientRect()]);
    for (const [word, box] of words) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`${state}: ${word} is cut`);
      for (const [other, its] of words) {
        if (its === box) break;
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (across > 1.5 * unit && down > 3 * unit) found.push(`${state}: ${word} on ${other}`);
      }
    }
  }
  explorer.set(explorer.defaults());
  return found;
}"""


def states(name):
    """The defaults, every preset, every step of the story, both ends of the main controls."""
    explorer = explore(name)
    ends = [(c.name, float(end)) for c in explorer.controls if c.name in explorer.main for end in (c.min, c.max)]
    return [
        ("the defaults", {}, ""),
        *((f"preset {key}", dict(values), "") for key, values in explorer.presets.items()),
        *((f"step {key}", dict(values), key) for key, values in explorer.story_numbers().items()),
        *((f"{control} = {end}", {control: end}, "") for control, end in ends),
    ]


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
    crowded = page.evaluate(CROWDED, [name, states(name)])
    found = {"words": crowded} if crowded else {}
    settle(page)
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


@pytest.mark.parametrize("width, height, staged", [(844, 390, False), (1400, 900, False), (1920, 1080, True)])
def test_the_goal_is_never_under_the_figure(chromium, served, width, height, staged):
    """Below figure and controls where these stand side by side; on the stage beside the figure, on one screen with it."""
    page = chromium.new_page(viewport={"width": width, "height": height})
    page.goto(f"{served}/chapters/resting-potential/pump.html")
    page.wait_for_function("!document.querySelector('.explorer:not(.explorer-equipped)')")
    goals = page.locator(".explorer-goal")
    assert goals.count() > 1
    for goal in goals.all():
        goal.evaluate("""(goal, staged) => {
          const root = goal.closest(".explorer");
          root.neurolib.unseal?.();
          root.classList.toggle("explorer-staged", staged);
        }""", staged)
        # The page below is laid out while one looks.
        page.wait_for_function("""([goal, staged]) => {
          if (!staged) goal.scrollIntoView({ block: "center", behavior: "instant" });
          const { left, top, bottom } = goal.getBoundingClientRect();
          return goal.contains(document.elementFromPoint(left + 3, (top + bottom) / 2));
        }""", arg=[goal.element_handle(), staged], timeout=5000)
        goal.evaluate("(goal) => goal.closest('.explorer').classList.remove('explorer-staged')")
    page.close()
