"""Words in a figure are whole and off each other, and what came of a prediction is in sight when it comes."""

import pytest
from playwright.sync_api import expect
from test_explorers import KINDS, open_explorer, settle

pytestmark = pytest.mark.parametrize("address", ["file"], indirect=True)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# The words of the figure that is shown, as they are seen: text, left, top, right and bottom edge, on the screen.
WORDS = """([name, values]) => {
  const explorer = document.querySelector(`[data-explorer="${name}"]`).neurolib;
  if (values) explorer.set({ ...explorer.defaults(), ...values });
  const seen = (text) => text.textContent.trim() && text.checkVisibility({ visibilityProperty: true });
  return [...explorer.svg.querySelectorAll("text")].filter(seen).map((text) => {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    return [text.textContent.trim(), left, top, right, bottom];
  });
}"""
SEEK = """([name, share]) => {
  const head = document.querySelector(`[data-explorer="${name}"] [data-tool=head]`);
  head.value = share * head.max;
  head.dispatchEvent(new Event("input", { bubbles: true }));
}"""
BOX = """([name, part]) => {
  const { top, bottom, height } = document.querySelector(`[data-explorer="${name}"] ${part}`).getBoundingClientRect();
  return { height, seen: top >= 0 && bottom <= innerHeight + 1 };
}"""


def meet(one, other):
    """Whether two words lie on each other, by more than the halo around them."""
    (_, left, top, right, bottom), (_, l, t, r, b) = one, other
    return min(right, r) - max(left, l) > 1 and min(bottom, b) - max(top, t) > 3


def test_moving_words_stay_whole_and_go_with_what_they_name(open_page):
    """The name of a dot at the edge of the figure is whole; that of a line beyond the panel is not there."""
    page = open_explorer(open_page, "nernst", keep=False, sealed=True, **PHONE)
    page.evaluate("() => document.querySelector('[data-explorer=nernst] [data-tool=waive]').click()")
    settle(page)
    for c_out, line in ((600, True), (0.1, False)):
        words = page.evaluate(WORDS, ["nernst", {"c_out": c_out}])
        assert all(left >= -1 and right <= 391 for _text, left, _top, right, _bottom in words)
        assert ("E" in [word[0] for word in words]) == line


@pytest.mark.parametrize("name", ["recovery", "electrogenic_pump"])
def test_readings_stand_off_the_panel_name_and_off_each_other(open_page, name):
    page = open_explorer(open_page, name, keep=False, sealed=True, **PHONE)
    page.evaluate("name => document.querySelector(`[data-explorer=${name}] [data-tool=waive]`).click()", name)
    settle(page)
    before = len(page.evaluate(WORDS, [name, {}]))
    for share in (0.1, 0.3, 0.9):
        page.evaluate(SEEK, [name, share])
        words = page.evaluate(WORDS, [name, None])
        readings, others = words[before:], words[:before]
        assert len(readings) >= 2 and not any("10⁻" in text for text, *_edges in readings), "a rounding error is no reading"
        when = readings[-1]
        assert not [other for other in others if meet(when, other)]
        assert not [(a, b) for i, a in enumerate(readings) for b in readings[:i] if meet(a, b)]


def test_what_stands_below_the_sentence_does_not_jump(open_page):
    page = open_explorer(open_page, "firing_rate", keep=False, **PHONE)
    heights = []
    for values in ({"I": 100}, {"I": 3}):
        page.evaluate(WORDS, ["firing_rate", values])
        settle(page)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # seen
        heights.append(page.evaluate(BOX, ["firing_rate", ".explorer-sentence"])["height"])
    assert heights[0] == heights[1] > 60


@KINDS
@pytest.mark.parametrize("screen", [(390, 844), (1400, 900)])
def test_figure_and_verdict_are_in_sight_when_the_answer_comes(open_page, name, screen):
    """Wherever the question stood: the page grows below it, and must not carry the reader away."""
    viewport = dict(zip(("width", "height"), screen, strict=True))
    page = open_explorer(open_page, name, keep=False, sealed=True, viewport=viewport)
    page.evaluate("name => document.querySelector(`[data-explorer=${name}]`).scrollIntoView({ behavior: 'instant' })", name)
    page.locator(f"[data-explorer={name}] [data-option]").nth(1).click()
    expect(page.locator(f"[data-explorer={name}] .explorer-prediction .explorer-verdict")).not_to_be_empty()
    settle(page)
    figure = f"svg.explorer-figure[data-format={'tall' if screen[0] < 600 else 'wide'}]"
    for part in (".explorer-prediction .explorer-verdict", figure):
        page.wait_for_function(f"given => ({BOX})(given).seen", arg=[name, part], timeout=5000)
