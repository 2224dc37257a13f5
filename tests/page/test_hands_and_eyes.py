"""Fingers, other colours, other programs in between: what a reader's machine does to a page leaves it true and usable."""

from collections import Counter

import pytest
from playwright.sync_api import expect
from test_explorers import FIGURE, FROM_DISK, STATE, settle

from neurolib.explorer.typography import fill
from neurolib.explorers import explore
from neurolib.show.standalone import standalone_html
from neurolib.show.static import page_html

PAGE, NAME = "chapters/action-potential/conductances", "action_potential"
GOLDMAN = "chapters/resting-potential/goldman"
READY = "() => [...document.querySelectorAll('[data-explorer]')].every((e) => e.classList.contains('explorer-equipped'))"\
    " && !document.documentElement.classList.contains('arriving')"
# Past the predictions, everything unfolded, each explorer with its first control moved so that what puts it back is there.
OPEN = """() => {
  document.documentElement.style.scrollBehavior = "auto";
  for (const { neurolib: explorer } of document.querySelectorAll("[data-explorer]")) {
    explorer.unseal?.();
    explorer.change(explorer.spec.controls[0], explorer.spec.controls[0].max);
  }
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
}"""
TARGETS = "button, summary, input, select, .edition-link, .explorer-reach"
SMALL = f"() => [...document.querySelectorAll('{TARGETS}')]" + """.map((item) => {
  const { width, height } = (item.closest(".explorer-toggle label") ?? item).getBoundingClientRect();
  const size = parseFloat(getComputedStyle(item).fontSize);
  const typed = item.matches("select, input:not([type=range], [type=checkbox])");
  const seen = item.checkVisibility({ visibilityProperty: true }) && width > 2; // (the theme's own switches are of one pixel)
  return seen && (Math.min(width, height) < 43.5 || (typed && size < 16)) && [item.outerHTML.slice(0, 90), width, height, size];
}).filter(Boolean)"""
READ = f"[data-explorer='{NAME}'] svg.explorer-figure:not([style*=none]) .explorer-cursor text"


def ready(page):
    page.wait_for_function(READY)
    page.evaluate(OPEN)
    settle(page)


def swipe(page, x, y, across, up):
    """One finger: down, twelve steps, and up again."""
    hand = page.context.new_cdp_session(page)
    for step in range(13):
        at = {"x": x + across * step / 12, "y": y - up * step / 12}
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": [at]})
        page.wait_for_timeout(16)
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(250)


@FROM_DISK
def test_a_finger(open_page, address):
    """Targets of 44 pixels, type of 16; a swipe that begins on a slider scrolls and moves nothing; what is read stays."""
    page = open_page(PAGE, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.wait_for_function(READY)
    assert page.evaluate(SMALL) == []
    ready(page)
    assert page.evaluate(SMALL) == []
    root = page.locator(f'[data-explorer="{NAME}"]')
    slider = root.locator('[data-role="slider"]:enabled').first
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center' })")
    box, before, place = slider.bounding_box(), page.evaluate(STATE, NAME)["values"], page.evaluate("scrollY")
    swipe(page, box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"], 10, 170)
    assert page.evaluate("scrollY") > place + 80 and page.evaluate(STATE, NAME)["values"] == before
    figure = root.locator("svg.explorer-figure:visible")
    figure.evaluate("svg => svg.scrollIntoView({ block: 'center' })")
    box = figure.bounding_box()
    readings = []
    for share in (0.5, 0.7):
        swipe(page, box["x"] + share * box["width"], box["y"] + 0.8 * box["height"], 30, 0)
        readings.append(page.locator(READ).all_text_contents())
    assert len(readings[0]) > 3 and readings[0] != readings[1]


# The least contrast of a text of the figure with what it stands on.
CONTRAST = """name => {
  const svg = document.querySelector(`[data-explorer="${name}"]`).neurolib.svg;
  const light = (colour) => {
    const part = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((c) => part(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const paper = light(getComputedStyle(svg).backgroundColor);
  return Math.min(...[...svg.querySelectorAll("text")].map((text) => light(getComputedStyle(text).fill))
    .map((ink) => Math.max(ink, paper) / Math.min(ink, paper)));
}"""


@pytest.mark.parametrize("system, chosen", [("light", "dark"), ("dark", "light")])
def test_forced_colours_against_the_chosen_ones(chromium, served, system, chosen):
    context = chromium.new_context(color_scheme=system, forced_colors="active", reduced_motion="reduce")
    context.add_init_script(f"localStorage.setItem('mode', '{chosen}')")
    page = context.new_page()
    page.goto(f"{served}/{GOLDMAN}.html")
    ready(page)
    assert page.evaluate("document.documentElement.dataset.theme") == chosen
    assert page.evaluate(CONTRAST, "goldman") >= 4.5
    context.close()


# As translators of browsers do: every text becomes an element of their own, and they change signs in it.
TRANSLATE = """() => {
  const texts = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest("script")) continue;
    const font = document.createElement("font");
    font.textContent = text.data.replaceAll(".", ",");
    text.replaceWith(font);
  }
}"""


@FROM_DISK
def test_a_page_translated_by_the_browser_keeps_its_numbers(open_page, address):
    page = open_page(GOLDMAN)
    ready(page)
    page.evaluate(TRANSLATE)
    explorer = explore("goldman")
    root = page.locator('[data-explorer="goldman"]')
    page.evaluate("""() => { const { neurolib: explorer } = document.querySelector('[data-explorer="goldman"]');
      const main = explorer.input(explorer.spec.controls[0], "slider");
      main.value = "20"; main.dispatchEvent(new Event("input", { bubbles: true })); }""")
    settle(page)
    state = page.evaluate(STATE, "goldman")
    word, results = explorer.evaluate(state["values"])
    said = fill(explorer.sentence(state["values"], word, results), state["values"] | results)
    assert root.locator(".explorer-sentence").inner_text() == said.replace("_", "")
    for readout in explorer.headline():
        shown = root.locator(f'data[data-readout="{readout.name}"]')
        assert float(shown.get_attribute("value")) == results[readout.name]
        assert "," not in shown.inner_text()


def test_two_copies_on_one_page(chromium, monkeypatch, tmp_path):
    """With the same and with other starting values: names, links, Python and progress are each one's own."""
    monkeypatch.setenv("NEUROLIB_STATIC", "1")
    monkeypatch.setattr("neurolib.show.display.on_this_page", Counter())
    shown = [explore("goldman", **values)._repr_mimebundle_()["text/html"] for values in ({}, {}, {"P_Na": 20})]
    assert page_html(explore("goldman")) == shown[0]
    file = tmp_path / "three.html"
    file.write_text(standalone_html(explore("goldman"), piece="\n".join(shown)), encoding="utf-8")
    complaints = []
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_function(READY)
    identifiers = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(set(identifiers)) == len(identifiers) > 100
    first, second, third = (page.locator(".explorer").nth(i) for i in range(3))
    first.locator('[data-tool="waive"]').click()
    expect(first.locator(".explorer-prediction .explorer-verdict")).not_to_be_empty()
    assert [one.get_attribute("data-sealed") is not None for one in (first, second, third)] == [False, True, True]
    for one in (second, third):
        one.locator('[data-tool="waive"]').click()
        expect(one.locator(".explorer-prediction .explorer-verdict")).not_to_be_empty()
    values = "root => root.neurolib.values"
    before = [one.evaluate(values) for one in (first, second, third)]
    second.locator("label").first.click()
    page.keyboard.press("End")
    settle(page)
    after = [one.evaluate(values) for one in (first, second, third)]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]
    third.evaluate("root => root.neurolib.set({ ...root.neurolib.defaults(), K_out: 8 })")
    page.wait_for_timeout(500)
    for one in (first, second, third):
        namespace = {}
        exec(one.locator("code.explorer-python").text_content(), namespace)
        assert namespace["result"]["V_m"] == one.evaluate("root => root.neurolib.results.V_m")
    link = third.evaluate("root => root.neurolib.link()")
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_function(READY)
    settle(page)
    assert third.evaluate(values) == explore("goldman", P_Na=20).settings({"K_out": 8})
    assert first.evaluate(values) == explore("goldman").defaults
    context.close()
    assert complaints == []


FULL = "Storage.prototype.setItem = () => { throw new DOMException('There is no room.', 'QuotaExceededError'); };"


def test_where_storage_is_full(chromium, served):
    """As where it is refused: no error, and what is done counts for as long as the page is open; in the dark, too."""
    complaints = []
    context = chromium.new_context(color_scheme="dark", reduced_motion="reduce")
    context.add_init_script(FULL)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{served}/{GOLDMAN}.html")
    page.wait_for_function(READY)
    root = page.locator('[data-explorer="goldman"]')
    root.locator('[data-tool="waive"]').click()
    expect(root.locator(".explorer-prediction .explorer-done")).not_to_be_empty()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("button.theme-switch-button").first.click()
    context.close()
    assert complaints == []


def test_files_that_do_not_come_are_not_passed_over(chromium, serve):
    """In a frame that allows none, the reader is told where the figure stands alone; a policy may forbid the picture."""
    with serve(lambda path: {"Content-Security-Policy": "img-src 'self'"}) as address:
        page = chromium.new_page()
        page.goto(f"{address}/{GOLDMAN}.html")
        ready(page)
        told = page.locator('[data-explorer="goldman"] .explorer-told')
        page.locator('[data-explorer="goldman"] [data-tool="png"]').click()
        expect(told).to_contain_text("SVG")
        page.set_content(f'<iframe sandbox="allow-scripts" width="1000" height="800" src="{address}/{GOLDMAN}.html"></iframe>')
        frame = page.frames[-1]
        frame.wait_for_function(READY)
        frame.evaluate(OPEN)
        frame.locator('[data-explorer="goldman"] [data-tool="csv"]').click()
        alone = f"{address}/{GOLDMAN}.html#explorer-goldman?P_K="
        expect(frame.locator('[data-explorer="goldman"] .explorer-told')).to_contain_text(alone)
        page.context.close()


@FROM_DISK
def test_reset_brings_the_first_figure_back(open_page, address):
    """Also what had been hidden, moved and hidden again: the second shock of an axon."""
    page = open_page("chapters/action-potential/sodium-inactivation")
    page.wait_for_function(READY)
    page.evaluate("document.querySelectorAll('[data-explorer]').forEach((root) => root.neurolib.unseal?.())")
    settle(page)
    first = page.evaluate(FIGURE, "propagation")
    page.evaluate(OPEN)
    settle(page)
    page.locator('[data-explorer="propagation"] select[data-control="second"]').select_option("1")
    settle(page)
    assert page.evaluate(FIGURE, "propagation") != first
    page.locator('[data-explorer="propagation"] button[type=reset]').click()
    settle(page)
    assert page.evaluate(FIGURE, "propagation") == first
