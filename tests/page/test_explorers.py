"""Every explorer on its built page: keyboard, numbers, figure. A new explorer is covered as soon as it exists."""

import math

import numpy as np
import pytest

from neurolib.explorer.declaration import OK
from neurolib.explorers import all_explorers, explore


def only(wanted):
    """The explorers for which ``wanted`` holds."""
    chosen = [explorer.name for explorer in all_explorers() if wanted(explorer)]
    return pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in chosen])


# One worker takes all the tests of an explorer, and keeps its page open.
EVERY = only(lambda explorer: True)
# What the shared script does without a look at the explorer: with sliders alone, with a choice, with a sweep.
KINDS = only(lambda explorer: explorer.name in ("goldman", "leak_block", "firing_rate"))
# What does not depend on where the page is read from is tested where it is harder: from disk.
FROM_DISK = pytest.mark.parametrize("address", ["file"], indirect=True)

STATE = """name => {
  const root = document.querySelector(`[data-explorer="${name}"]`);
  const {values, results, fault} = root.neurolib;
  const text = (v) => (v.length === undefined ? String(v) : [...v].map(String));
  const plain = Object.fromEntries(Object.entries(results).map(([k, v]) => [k, text(v)]));
  return {values, results: plain, fault};
}"""
FIGURE = """name => [...document.querySelectorAll(`[data-explorer="${name}"] [data-kind]`)]
  .filter(g => g.style.visibility !== "hidden" && g.closest("svg").getClientRects().length)
  .map(g => g.dataset.kind + " " + [...g.querySelectorAll("path, use, text")]
    .map(e => ["d", "x", "y"].map(a => e.getAttribute(a)).join(" ") + e.textContent).join(" "))"""


# Past the predictions that wait, with every control in sight.
OPEN = """name => {
  const root = document.querySelector(`[data-explorer="${name}"]`);
  root.removeAttribute("data-sealed");
  root.querySelectorAll("details.explorer-others").forEach((details) => { details.open = true; });
}"""


def open_explorer(open_page, name, keep=True, sealed=False, **options):
    """The page of an explorer, its prediction set aside (unless ``sealed``) and its controls unfolded.

    ``keep=False`` for a test that needs a page as it was loaded, or leaves it changed.
    """
    page = open_page(f"chapters/{explore(name).chapter}", keep=keep, **options)
    page.wait_for_selector(f'[data-explorer="{name}"].explorer-equipped')
    if not sealed:
        page.evaluate(OPEN, name)
    return page


def settle(page):
    """Wait until the page has drawn, a sweep to its end."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function("() => [...document.querySelectorAll('.explorer-equipped')].every(root => !root.neurolib.busy)")


def check_state(page, name):
    """The page's numbers are those of the library, and nothing that is drawn is empty or not a number."""
    settle(page)
    state = page.evaluate(STATE, name)
    word, results = explore(name).evaluate(state["values"])
    assert state["fault"] == (None if word == OK else word), state["values"]
    if word == OK:
        for key, expected in results.items():
            shown = np.array(state["results"][key], dtype=float)
            size = np.nanmax(np.abs(expected), initial=0.0) if np.ndim(expected) else abs(expected)
            np.testing.assert_allclose(
                shown, expected, rtol=1e-9, atol=1e-9 * np.nan_to_num(size), err_msg=f"{key} at {state['values']}"
            )
    figure = page.evaluate(FIGURE, name)
    for artist in figure:
        assert "NaN" not in artist and "Infinity" not in artist and "undefined" not in artist, artist
        assert not artist.startswith("curve null") and artist.split()[1:] != [], artist
    assert "NaN" not in page.inner_text(f'[data-explorer="{name}"]')
    return figure


def input_of(page, name, control):
    return page.locator(f'[data-explorer="{name}"] [data-control="{control.name}"][data-role="{control.kind}"]')


def bring_into_use(page, name, control):
    """Set the choice that a control depends on."""
    if control.only_if:
        other, value = control.only_if[:2]
        page.locator(f'[data-explorer="{name}"] select[data-control="{other}"]').select_option(str(value))


@EVERY
@FROM_DISK
def test_page_shows_the_defaults_first(open_page, name, address):
    page = open_explorer(open_page, name, keep=False)
    state = page.evaluate(STATE, name)
    assert state["values"] == explore(name).defaults
    assert state["fault"] is None
    assert check_state(page, name), "nothing moves in this figure"


@EVERY
@FROM_DISK
def test_every_control_by_keyboard(open_page, name, address):
    """Home, End and an arrow move each control to its ends and between; the figure follows, its numbers are right."""
    page = open_explorer(open_page, name)
    check_state(page, name)
    for control in explore(name).controls:
        bring_into_use(page, name, control)
        element = input_of(page, name, control)
        element.focus()
        figures = [page.evaluate(FIGURE, name)]
        if control.kind == "toggle":
            page.keyboard.press("Space")
            figures.append(check_state(page, name))
        else:
            for key, value in (
                ("Home", control.min),
                ("End", control.max),
                ("ArrowUp" if control.kind == "choice" else "ArrowLeft", None),
            ):
                page.keyboard.press(key)
                figures.append(check_state(page, name))
                if value is not None:
                    assert page.evaluate(STATE, name)["values"][control.name] == pytest.approx(value, rel=1e-12)
        assert any(figure != figures[0] for figure in figures), f"{control.name} changes nothing in the figure"
        page.locator(f'[data-explorer="{name}"] button[type=reset]').click()
        assert page.evaluate(STATE, name)["values"] == explore(name).defaults


@EVERY
@FROM_DISK
def test_typed_numbers_are_held_to_the_range(open_page, name, address):
    page = open_explorer(open_page, name)
    for control in explore(name).controls:
        if control.kind != "slider":
            continue
        bring_into_use(page, name, control)
        typed = page.locator(f'[data-explorer="{name}"] [data-control="{control.name}"][data-role="number"]')
        note = page.locator(f'[data-explorer="{name}"] [data-note="{control.name}"]')
        typed.fill(str(control.max + 1e6))
        typed.press("Enter")
        assert page.evaluate(STATE, name)["values"][control.name] == control.max
        assert note.inner_text() != "", f"{control.name}: nothing says that the number was held to the range"
        # A comma, the page's own minus, an exponent, a space and the unit, as in −6,5000e+01 mV.
        written = f"{control.min + 0.37 * (control.max - control.min):.4e}"
        inside = float(written)
        typed.fill(f"{written.replace('.', ',').replace('-', '−')} {control.unit}")
        typed.press("Enter")
        assert page.evaluate(STATE, name)["values"][control.name] == pytest.approx(inside, rel=1e-12)
        assert note.inner_text() == ""
        check_state(page, name)
        typed.fill("")
        typed.press("Enter")
        assert page.evaluate(STATE, name)["values"][control.name] == pytest.approx(inside, rel=1e-12)
        assert note.inner_text() != ""
        page.locator(f'[data-explorer="{name}"] button[type=reset]').click()


@only(lambda explorer: explorer.presets)
@FROM_DISK
def test_presets(open_page, name, address):
    page = open_explorer(open_page, name)
    for preset, values in explore(name).presets.items():
        page.locator(f'[data-explorer="{name}"] select[data-presets]').select_option(preset)
        assert page.evaluate(STATE, name)["values"] == explore(name).settings(values)
        check_state(page, name)


@EVERY
@FROM_DISK
def test_slider_positions_are_the_same_in_python_and_in_the_page(open_page, name, address):
    page = open_explorer(open_page, name)
    for control in explore(name).controls:
        if control.kind == "slider":
            spec = {key: getattr(control, key) for key in ("min", "max", "scale", "positions", "smallest")}
            shown = page.evaluate("c => Array.from({length: c.positions + 1}, (_, i) => neurolib.at(c, i))", spec)
            assert shown == [control.at(position) for position in range(control.positions + 1)]
            assert shown[0] == control.min and shown[-1] == control.max
            assert shown == sorted(shown)


@EVERY
@FROM_DISK
def test_without_javascript_the_figure_and_its_numbers_are_there(open_page, name, address):
    page = open_page(f"chapters/{explore(name).chapter}", java_script_enabled=False)
    root = page.locator(f'[data-explorer="{name}"]')
    assert root.locator("svg.explorer-figure:visible").count() == 1
    assert root.locator(".explorer-without").is_visible()
    results = explore(name).model()
    for readout in explore(name).readouts:
        if readout.shown:
            shown, number = root.locator(f'data[data-readout="{readout.name}"]').get_attribute("value"), results[readout.name]
            assert shown == "" if math.isnan(number) else math.isclose(float(shown), number, rel_tol=1e-12)


@EVERY
@FROM_DISK
def test_no_sideways_scrolling(open_page, name, address):
    page = open_explorer(open_page, name, keep=False)
    inside = """name => {
      const root = document.querySelector(`[data-explorer="${name}"]`).getBoundingClientRect();
      return [...document.querySelectorAll(`[data-explorer="${name}"] :is(input, select, button, label, svg, data)`)]
        .map(e => [e.getBoundingClientRect(), e])
        .filter(([r]) => r.width && (r.left < root.left - 1 || r.right > root.right + 1))
        .map(([, e]) => e.outerHTML.slice(0, 80)); }"""
    for width in (1400, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(inside, name) == []
