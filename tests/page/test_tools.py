"""What every explorer gives its reader: links, files, comparison, reading, lessons, print."""

import codecs
import csv
import io
import json
import math
import re

import numpy as np
import pytest
from playwright.sync_api import expect
from test_explorers import EVERY, FIGURE, KINDS, STATE, input_of, only, open_explorer, settle

from neurolib.explorer.declaration import DONE, OK
from neurolib.explorers import explore
from neurolib.show.static import readout_text

# These hold wherever the book is read from, and reading it from disk is the harder case.
pytestmark = pytest.mark.parametrize("address", ["file"], indirect=True)


def root(page, name):
    return page.locator(f'[data-explorer="{name}"]')


def tool(page, name, which):
    for fold in ("more", "menu"):
        root(page, name).locator(f"details.explorer-{fold}").evaluate("details => (details.open = true)")
    return root(page, name).locator(f'[data-tool="{which}"]')


def move_a_control(page, name):
    """Move the first slider or choice that is in use; returns it."""
    control = next(c for c in explore(name).controls if c.kind != "toggle" and not c.only_if)
    input_of(page, name, control).focus()
    page.keyboard.press("End" if control.number(control.default) != control.max else "Home")
    settle(page)
    return control


@EVERY
def test_the_address_carries_the_state(open_page, name):
    page = open_explorer(open_page, name, keep=False)
    move_a_control(page, name)
    page.wait_for_timeout(500)
    link = page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.link()", name)
    assert page.url == link
    values = page.evaluate(STATE, name)["values"]
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector(f'[data-explorer="{name}"].explorer-equipped')
    settle(page)
    assert page.evaluate(STATE, name)["values"] == values


@KINDS
def test_a_wrong_link_gives_the_defaults_and_says_so(open_page, name):
    explorer = explore(name)
    control = explorer.controls[0].name
    page = open_explorer(open_page, name, keep=False)
    message = root(page, name).locator(".explorer-message")
    for part in ("nonsense=1", f"{control}=1e9", f"{control}=NaN", f"{control}=", control, "%3Cb%3E=1", "%E0%A4%A=1"):
        page.evaluate("hash => { location.hash = hash; }", f"explorer-{name}?{part}")
        page.wait_for_function(
            "name => document.querySelector(`[data-explorer='${name}'] .explorer-message`).textContent", arg=name
        )
        assert page.evaluate(STATE, name)["values"] == explorer.defaults
        page.evaluate("hash => { location.hash = hash; }", f"explorer-{name}?")
        page.wait_for_function(
            "name => !document.querySelector(`[data-explorer='${name}'] .explorer-message`).textContent", arg=name
        )
    page.evaluate("hash => { location.hash = hash; }", f"explorer-{name}?nonsense=1")
    page.reload()
    page.wait_for_selector(f'[data-explorer="{name}"].explorer-equipped')
    settle(page)
    assert page.evaluate(STATE, name)["values"] == explorer.defaults
    assert message.inner_text() != ""


@only(lambda explorer: explorer.curves)
def test_csv_holds_the_curves_in_full(open_page, name, tmp_path):
    """The files are those that Python saves: the same names, the same cells, numbers in full. The first table of each explorer,
    and every table of some."""
    page = open_explorer(open_page, name)
    settle(page)
    saved = explore(name).save(tmp_path)
    for number, path in enumerate(saved if name in ("voltage_clamp", "inactivation_curve") else saved[:1]):
        if len(saved) > 1:
            tool(page, name, "table").select_option(index=number)
        with page.expect_download() as download:
            tool(page, name, "csv").click()
        content = download.value.path().read_bytes()
        assert content.startswith(codecs.BOM_UTF8), "some spreadsheets would misread µ and ²"
        assert download.value.suggested_filename == path.name
        ours, theirs = (list(csv.reader(io.StringIO(text.decode("utf-8-sig")))) for text in (content, path.read_bytes()))
        assert ours[0] == theirs[0] and len(ours) == len(theirs)
        for head, cells, expected in zip(ours[0], zip(*ours[1:], strict=True), zip(*theirs[1:], strict=True), strict=True):
            try:
                values, numbers = ([float(cell) if cell else math.nan for cell in row] for row in (cells, expected))
            except ValueError:
                assert cells == expected, head
                continue
            scale = np.nanmax(np.abs(numbers), initial=0.0)
            np.testing.assert_allclose(values, numbers, rtol=1e-9, atol=1e-9 * scale, err_msg=head)


@EVERY
def test_svg_and_png_stand_alone(open_page, name):
    page = open_explorer(open_page, name)
    with page.expect_download() as download:
        tool(page, name, "svg").click()
    svg = download.value.path().read_text(encoding="utf-8")
    assert "var(" not in svg and "<script" not in svg and re.search(r'(href|src)="(?!#)', svg) is None
    with page.expect_download() as download:
        tool(page, name, "png").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


@EVERY
def test_the_python_call_gives_the_same_numbers(open_page, name):
    page = open_explorer(open_page, name)
    move_a_control(page, name)
    page.wait_for_timeout(300)
    code = root(page, name).locator("code.explorer-python").text_content()
    namespace = {}
    state = page.evaluate(STATE, name)
    if state["fault"]:
        with pytest.raises(ValueError, match="="):
            exec(code, namespace)
        return
    exec(code, namespace)
    for key, expected in namespace["result"].items():
        shown = np.array(state["results"][key], dtype=float)
        size = np.max(np.abs(np.nan_to_num(expected)), initial=0.0)
        np.testing.assert_allclose(shown, expected, rtol=1e-9, atol=1e-9 * size, err_msg=key)


@EVERY
def test_hold_and_compare(open_page, name):
    page = open_explorer(open_page, name)
    hold = tool(page, name, "hold")
    hold.click()
    ghosts = root(page, name).locator(".explorer-ghost")
    held = ghosts.evaluate_all("all => all.map(g => g.innerHTML)")
    assert held
    control = move_a_control(page, name)
    assert ghosts.evaluate_all("all => all.map(g => g.innerHTML)") == held
    values = page.evaluate(STATE, name)["values"]
    moved = [key for key, value in explore(name).defaults.items() if values[key] != value]
    brought = control.brings.get(control.options[int(values[control.name])], {}) if control.kind == "choice" else {}
    assert control.name in moved and set(moved) <= {control.name, *brought}
    assert root(page, name).locator(".explorer-changed").count() == len(moved)
    reset = root(page, name).locator(f'[data-reset="{control.name}"]')
    assert control.label.split("_")[0].split()[0] in reset.get_attribute("aria-label")
    for key in moved:
        root(page, name).locator(f'[data-reset="{key}"]').click()
    settle(page)
    assert page.evaluate(STATE, name)["values"] == explore(name).defaults
    assert root(page, name).locator(".explorer-changed").count() == 0
    hold.click()
    assert ghosts.count() == 0


@KINDS
def test_the_held_copy_is_there_when_the_phone_is_turned(open_page, name):
    page = open_explorer(open_page, name, keep=False, viewport={"width": 390, "height": 844})
    tool(page, name, "hold").click()
    upright = root(page, name).locator("svg.explorer-figure:visible").get_attribute("data-format")
    page.set_viewport_size({"width": 844, "height": 390})
    turned = root(page, name).locator("svg.explorer-figure:visible")
    expect(turned).not_to_have_attribute("data-format", upright)
    assert turned.locator(".explorer-ghost").count() > 0
    tool(page, name, "hold").click()
    assert root(page, name).locator(".explorer-ghost").count() == 0


@EVERY
def test_reading_values_by_keyboard_and_pointer(open_page, name):
    page = open_explorer(open_page, name)
    sliders = tool(page, name, "cursor")
    long_curves = [c for c in explore(name).curves if c.size > 4]
    assert sliders.count() > 0 or not long_curves
    for i in range(sliders.count()):
        sliders.nth(i).focus()
        for _ in range(3):
            page.keyboard.press("PageUp")
        reading = root(page, name).locator(".explorer-reading").nth(i).inner_text()
        assert re.search(r"[\d−]", reading) and "NaN" not in reading
        assert sliders.nth(i).get_attribute("aria-valuetext")
        assert root(page, name).locator(".explorer-cursor line").count() > 0
    if sliders.count():
        page.keyboard.press("Tab")
        box = root(page, name).locator("svg.explorer-figure:visible").bounding_box()
        for share in (0.15, 0.5, 0.8):
            page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + share * box["height"])
            texts = root(page, name).locator(".explorer-cursor text").all_text_contents()
            assert not any("NaN" in text for text in texts)


@EVERY
def test_names_values_and_announcements(open_page, name):
    page = open_explorer(open_page, name)
    inputs = root(page, name).locator("form :is(input, select), .explorer-lesson input")
    for i in range(inputs.count()):
        label = inputs.nth(i).evaluate("e => e.getAttribute('aria-label') || [...e.labels].map(l => l.textContent).join(' ')")
        assert label.strip()
    for control in explore(name).controls:
        if control.kind == "slider" and control.unit:
            assert control.unit in input_of(page, name, control).get_attribute("aria-valuetext")
    for control in explore(name).controls:
        before = root(page, name).locator(".explorer-sentence").text_content()
        input_of(page, name, control).focus()
        page.keyboard.press("Space" if control.kind == "toggle" else "End")
        settle(page)
        if root(page, name).locator(".explorer-sentence").text_content() != before:
            break
    page.wait_for_timeout(900)
    spoken = root(page, name).locator(".explorer-view .explorer-spoken").text_content()
    assert spoken and spoken == root(page, name).locator(".explorer-sentence").evaluate("e => e.textContent")


@KINDS
def test_print_shows_the_present_state(open_page, name):
    page = open_explorer(open_page, name, keep=False)
    control = move_a_control(page, name)
    page.wait_for_timeout(300)
    page.emulate_media(media="print")
    expect(root(page, name).locator("form")).to_be_hidden()
    shown = root(page, name).locator(".explorer-values")
    expect(shown).to_be_visible()
    value = page.evaluate(STATE, name)["values"][control.name]
    assert control.text(value).split(" ")[0] in shown.inner_text()


# Of these, what is on the page but for the options of a question.
PRINTED = """all => all
  .filter((one) => one.getClientRects().length && getComputedStyle(one).visibility === "visible")
  .filter((one) => !one.closest(".explorer-choices"))
  .map((one) => one.outerHTML.slice(0, 80))"""


@only(lambda explorer: explorer.prediction)
def test_nothing_on_paper_waits_for_a_hand(open_page, name):
    """Before the answer too: the options of a prediction are asked, its slider and its mark are not there."""
    page = open_explorer(open_page, name, keep=False, sealed=True)
    page.emulate_media(media="print")
    operated = root(page, name).locator("input, select, textarea, button, .explorer-guess-grip, [data-y=guess]")
    hands = operated.evaluate_all(PRINTED)
    assert hands == []


@only(lambda explorer: explorer.challenge)
def test_a_challenge_answers_as_its_check_does(open_page, name):
    explorer = explore(name)
    page = open_explorer(open_page, name)
    box = root(page, name).locator(".explorer-challenge")
    for _ in range(2):
        move_a_control(page, name)
        settle(page)
        state = page.evaluate(STATE, name)
        word, results = explorer.evaluate(state["values"])
        if word != OK or state["values"] == explorer.defaults:
            continue
        verdict, _off = explorer.verdict(state["values"], results)
        assert box.locator(".explorer-verdict").inner_text() != ""
        assert box.evaluate("e => e.classList.contains('explorer-met')") == (verdict == DONE)


# Where a value stands on the vertical axis of the guess, on the screen.
PLACE_OF_VALUE = """([name, value]) => {
  const { svg, drawing } = document.querySelector(`[data-explorer="${name}"]`).neurolib;
  const { x, y } = drawing.panels[drawing.moving.find((binding) => binding.y === "guess").panel];
  const place = new DOMPoint((x.from + x.to) / 2, y.scale === "log"
    ? y.from + (y.to - y.from) * Math.log(value / y.low) / Math.log(y.high / y.low)
    : y.from + (y.to - y.from) * (value - y.low) / (y.high - y.low)).matrixTransform(svg.getScreenCTM());
  return [place.x, place.y];
}"""


@only(lambda explorer: explorer.prediction and explorer.prediction.guess)
def test_a_guess_and_the_truth_stand_together(open_page, name):
    """Set by keyboard and by pointer; the verdict says how far off, and the mark goes with the faint lines."""
    explorer = explore(name)
    guess = explorer.prediction.guess
    page = open_explorer(open_page, name, keep=False, sealed=True)
    slider, settle_for = (root(page, name).locator(f'[data-tool="{which}"]') for which in ("guess", "guessed"))
    mark = root(page, name).locator('svg.explorer-figure:visible [data-y="guess"]').first
    seen = "mark => mark.checkVisibility({ visibilityProperty: true })"  # a line has no height, which Playwright takes for none
    truth = explorer.evaluate(explorer.settings(explorer.prediction.setting))[1][guess.of]
    verdict = root(page, name).locator(".explorer-prediction .explorer-verdict")
    slider.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") and mark.evaluate(seen)
    settle_for.click()
    expect(verdict).not_to_be_empty()
    settle(page)
    assert verdict.get_attribute("data-right") == "false" and mark.evaluate(seen)
    readout = next(readout for readout in explorer.readouts if readout.name == guess.of)
    assert readout_text(truth, readout) in verdict.inner_text().replace("\u00a0", " ")
    tool(page, name, "hold").click()
    assert not mark.evaluate(seen)
    root(page, name).locator('.explorer-prediction [data-tool="again"]').click()
    _x, y = page.evaluate(PLACE_OF_VALUE, [name, truth])
    page.evaluate("y => scrollBy({ top: y - innerHeight / 2, behavior: \"instant\" })", y)
    page.mouse.click(*page.evaluate(PLACE_OF_VALUE, [name, truth]))
    settle_for.click()
    expect(verdict).not_to_be_empty()
    assert verdict.get_attribute("data-right") == "true"
    root(page, name).locator('.explorer-prediction [data-tool="again"]').click()
    assert mark.evaluate(seen)
    last = explorer.controls[-1]
    page.wait_for_function("() => !location.hash.includes('?')")  # the address may have held just this state a moment ago
    page.evaluate("hash => { location.hash = hash; }", f"explorer-{name}?{last.name}={last.max}")
    expect(root(page, name)).not_to_have_attribute("data-sealed", "")
    settle(page)
    assert not mark.evaluate(seen), "a link that opens the figure has no guess in it"


# What a reader sees of the figure and around it while a prediction waits.
SEEN = """name => {
  const root = document.querySelector(`[data-explorer="${name}"]`);
  const visible = (e) => e.checkVisibility({ visibilityProperty: true }) && getComputedStyle(e).display !== "none";
  return {
    artists: [...root.querySelectorAll("[data-kind], .still")].filter(visible).map((e) => e.id),
    given: [...root.querySelectorAll("[data-given]")].map((e) => e.id),
    around: [".explorer-sentence", ".explorer-readouts", ".explorer-story", "form", ".explorer-more", ".explorer-grip"]
      .filter((part) => [...root.querySelectorAll(part)].some(visible)),
  };
}"""


# Where it is drawn: an animation may have written a style anew, with other punctuation.
COPIED = """all => all.map((ghost) => {
  for (const part of [ghost, ...ghost.querySelectorAll("[style]")]) part.removeAttribute("style");
  return ghost.outerHTML;
})"""


@only(lambda explorer: explorer.prediction)
def test_a_prediction_waits_for_its_answer(open_page, name):
    explorer = explore(name)
    page = open_explorer(open_page, name, keep=False, sealed=True)
    settle(page)
    ghosts = root(page, name).locator(".explorer-ghost")
    page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.hold()", name)
    before = ghosts.evaluate_all(COPIED)
    page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.release()", name)
    box = root(page, name).locator(".explorer-prediction")
    settings = explorer.settings(explorer.prediction.setting)
    _word, results = explorer.evaluate(settings)
    right, _off = explorer.outcome(explorer.prediction.answer, settings, results)
    wrong = next(option for option in explorer.words.prediction["options"] if option != right)
    for picked in (wrong, right):
        seen = page.evaluate(SEEN, name)
        assert set(seen["artists"]) <= set(seen["given"]) and seen["around"] == []
        assert "data-sealed" in root(page, name).evaluate("e => e.outerHTML.slice(0, 400)")
        box.locator(f'[data-option="{picked}"]').click()
        verdict = box.locator(".explorer-verdict")
        expect(verdict).not_to_be_empty()
        settle(page)
        assert verdict.get_attribute("data-right") == json.dumps(picked == right)
        assert "NaN" not in verdict.inner_text() and "{" not in verdict.inner_text()
        assert page.evaluate(STATE, name)["values"] == settings
        assert page.evaluate(SEEN, name)["around"] != []
        assert ghosts.evaluate_all(COPIED) == before != [], "what was before stays as a faint copy, with what a sweep draws"
        done = box.locator(".explorer-done")
        expect(done).to_contain_text("✓" if picked == right else "answered")
        if picked == wrong:
            expect(done).not_to_contain_text("✓")
            box.locator('[data-tool="again"]').click()
    page.goto(f"{page.url.split('#')[0]}?once-more")
    page.wait_for_selector(f'[data-explorer="{name}"].explorer-equipped')
    expect(box.locator(".explorer-done"), "progress is kept in the browser").not_to_be_empty()
    page.once("dialog", lambda dialog: dialog.dismiss())
    tool(page, name, "forget").click()
    expect(box.locator(".explorer-done")).not_to_be_empty()
    page.once("dialog", lambda dialog: dialog.accept())
    tool(page, name, "forget").click()
    expect(box.locator(".explorer-done")).to_be_empty()


@only(lambda explorer: explorer.story)
def test_each_step_of_the_story_sets_the_controls(open_page, name):
    explorer = explore(name)
    page = open_explorer(open_page, name, keep=False)
    steps = root(page, name).locator('[data-tool="step"]')
    assert steps.count() == len(explorer.story)
    for place, settings in enumerate(explorer.story_numbers().values()):
        steps.nth(place).click()
        settle(page)
        assert page.evaluate(STATE, name)["values"] == settings
        shown = root(page, name).locator(".explorer-story li:visible")
        assert shown.count() == 1 and steps.nth(place).get_attribute("aria-current") == "step"


@only(lambda explorer: explorer.story)
def test_a_control_moved_on_the_way_is_drawn(open_page, name):
    """The figure that a story step moves gives way to a control: it shows what the control asks for."""
    page = open_explorer(open_page, name, keep=False, reduced_motion="no-preference")
    root(page, name).locator('[data-tool="step"]').last.click()
    move_a_control(page, name)
    page.wait_for_timeout(700)  # longer than the way would have been
    settle(page)
    shown = page.evaluate(FIGURE, name)
    page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.paint()", name)
    assert page.evaluate(FIGURE, name) == shown


@only(lambda explorer: explorer.prediction)
def test_a_link_shows_what_was_sent(open_page, name):
    """A link that carries a state opens the figure, whether or not its reader has answered the prediction."""
    page = open_explorer(open_page, name, keep=False, sealed=True)
    control = next(c for c in explore(name).controls if c.kind != "toggle" and not c.only_if)
    other = control.number(control.default) != control.max
    value = control.max if other else control.min
    page.evaluate("hash => { location.hash = hash; }", f"explorer-{name}?{control.name}={value}")
    expect(root(page, name)).not_to_have_attribute("data-sealed", "")
    settle(page)
    assert page.evaluate(STATE, name)["values"][control.name] == value
    expect(root(page, name).locator("form")).to_be_visible()


# Where each grip is, and the controls that it moves.
GRIPS = """name => [...document.querySelectorAll(`[data-explorer="${name}"] .explorer-grip`)]
  .filter((grip) => grip.checkVisibility() && getComputedStyle(grip).display !== "none").map((grip) => {
    const { left, top, width, height } = grip.querySelector(".explorer-reach").getBoundingClientRect();
    return [left + width / 2, top + height / 2, grip.dataset.drag];
  })"""


@only(lambda explorer: explorer.story)  # the explorers that have been given the reader's seat
def test_a_grip_moves_its_control(open_page, name):
    page = open_explorer(open_page, name, keep=False)
    root(page, name).locator(".explorer-view").scroll_into_view_if_needed()
    grips = page.evaluate(GRIPS, name)
    assert grips
    x, y, axes = grips[0]
    before = page.evaluate(STATE, name)["values"]
    page.mouse.move(x, y)
    page.mouse.down()
    for share in (0.5, 1.0):
        page.mouse.move(x - share * 30 * ("x" in axes), y + share * 30 * ("y" in axes))
        settle(page)
    page.mouse.up()
    moved = page.evaluate(STATE, name)["values"]
    back = [(x + 30 * ("x" in axes), y - 30 * ("y" in axes))]
    if moved == before:  # it stood at an end
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(*back[0], steps=3)
        page.mouse.up()
        settle(page)
        moved = page.evaluate(STATE, name)["values"]
    assert moved != before


@KINDS
def test_the_keyboard_stays_at_a_prediction(open_page, name):
    """From the choice to what may follow it and back, and nothing moves the figure before the verdict is given."""
    page = open_explorer(open_page, name, keep=False, sealed=True)
    box = root(page, name).locator(".explorer-prediction")
    choice = box.locator("[data-option]").first
    choice.focus()
    still = "choice => { choice.click(); return choice.closest('.explorer').querySelector('.explorer-body').inert; }"
    assert choice.evaluate(still)
    expect(box.locator(".explorer-verdict")).not_to_be_empty()
    expect(box.locator('[data-tool="again"]')).to_be_focused()
    assert not root(page, name).locator(".explorer-body").evaluate("body => body.inert")
    page.keyboard.press("Enter")
    expect(choice).to_be_focused()


@KINDS
def test_a_second_tab_shows_the_progress_of_the_first(open_page, name):
    page = open_explorer(open_page, name, keep=False, sealed=True)
    second = page.context.new_page()
    second.goto(page.url)
    second.wait_for_selector(f'[data-explorer="{name}"].explorer-equipped')
    box, other = (root(tab, name).locator(".explorer-prediction") for tab in (page, second))
    box.locator('[data-tool="waive"]').click()
    expect(other.locator(".explorer-done")).not_to_be_empty()


@KINDS
def test_filling_the_screen_and_leaving_it(open_page, name):
    page = open_explorer(open_page, name, keep=False, viewport={"width": 1920, "height": 1080})
    if explore(name).prediction:
        page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.unseal()", name)
    tool(page, name, "stage").click()
    expect(root(page, name)).to_have_class(re.compile("explorer-staged"))
    settle(page)
    scale = """name => { const svg = document.querySelector(`[data-explorer="${name}"]`).neurolib.svg;
      const box = svg.getBoundingClientRect();
      return [11 * box.width / svg.viewBox.baseVal.width, box.bottom <= innerHeight && box.top >= 0]; }"""
    size, whole = page.evaluate(scale, name)
    assert size >= 20 and whole
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    expect(root(page, name)).not_to_have_class(re.compile("explorer-staged"))


@KINDS
def test_the_view_for_other_pages_tells_its_height(open_page, name):
    page = open_explorer(open_page, name, keep=False)
    move_a_control(page, name)
    address = page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.link('?view=embed')", name)
    page.goto(address)
    page.wait_for_selector(f'[data-explorer="{name}"].explorer-equipped')
    expect(page.locator("body > *")).to_have_count(1)
    expect(page.locator("body > .explorer")).to_be_visible()
    before = page.evaluate("""() => { addEventListener("message", ({ data }) => { globalThis.told = data; });
      const root = document.querySelector(".explorer"); root.style.paddingBottom = "50px"; return root.offsetHeight; }""")
    page.wait_for_function("before => globalThis.told?.height === before", arg=before)
    assert page.evaluate("told") == {"type": "neurolib-height", "name": name, "height": before}


@only(lambda explorer: explorer.sweep)
def test_a_sweep_stops_when_a_control_moves(open_page, name):
    """A new update, as a moved control makes one, takes the place of a sweep that is under way; its progress is said."""
    page = open_explorer(open_page, name)
    settle(page)
    runs = page.evaluate(
        """name => { const e = document.querySelector(`[data-explorer="${name}"]`).neurolib;
        e.update(); const first = [e.run, e.busy]; e.update(); return [first, [e.run, e.busy], e.shown.textContent]; }""",
        name,
    )
    (first, busy), (second, still_busy), working = runs
    assert (second, busy, still_busy) == (first + 1, True, True)
    assert working == "Working: 0 %"
    settle(page)
    assert not root(page, name).locator(".explorer-sentence").inner_text().startswith("Working")


@KINDS
def test_without_storage_everything_else_works(open_page, name):
    """Storage is refused from the start, before any script of the page."""
    page = open_explorer(open_page, name, keep=False, sealed=True, storage=False)
    if explore(name).prediction:
        box = root(page, name).locator(".explorer-prediction")
        box.locator("[data-option]").first.click()
        expect(box.locator(".explorer-verdict")).not_to_be_empty()
        expect(box.locator(".explorer-done")).not_to_be_empty()  # for as long as the page is open
    move_a_control(page, name)
    assert page.evaluate(STATE, name)["values"] != explore(name).defaults
