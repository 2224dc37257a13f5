"""The front page: a figure on the first screen of a phone, questions answered with one tap, a card for each chapter."""

import re

import pytest
from launch import EDITIONS
from playwright.sync_api import expect

from neurolib.explorers import explore

ICONS = """() => [...document.querySelectorAll(".bd-header-article :is(button, a.btn, label)")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width).map((e) => e.title || e.textContent.trim())"""

CARDS = """all => all.map((card) => [card.querySelector(".front-number").textContent,
  parseInt(card.querySelector(".front-told").textContent),
  card.querySelector("[data-explorers]").dataset.explorers.split(" ").filter(Boolean),
  card.querySelectorAll(".front-line").length])"""


IN_EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS)


@IN_EACH_EDITION
@pytest.mark.parametrize("address", ["http"], indirect=True)
def test_the_front_page_on_a_phone(open_page, edition):
    page = open_page(f"{edition}intro", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.wait_for_selector(".explorer-equipped")
    figure = page.locator(".explorer svg.explorer-figure:visible").bounding_box()
    assert figure["y"] + figure["height"] <= 844, "the figure is on the first screen"
    icons = page.evaluate(ICONS)
    assert 1 <= len(icons) <= 4, icons
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    questions = page.locator(".front-question")
    assert questions.count() == 3
    for place in range(3):
        question = questions.nth(place)
        right = question.locator('details[data-right="true"]')
        assert right.count() == 1
        assert min(box["height"] for box in (s.bounding_box() for s in question.locator("summary").all())) >= 44
        right.locator("summary").tap()
        told = right.locator("p")
        expect(told).to_be_visible()
        assert re.search(r"\d", told.inner_text()) and "{" not in told.inner_text()
        wrong = question.locator('details[data-right="false"]').first
        wrong.locator("summary").tap()
        expect(wrong.locator("p")).to_be_visible()
        expect(told).to_be_hidden()


@IN_EACH_EDITION
@pytest.mark.parametrize("address", ["http"], indirect=True)
def test_a_card_and_a_line_of_the_navigation_for_each_chapter(open_page, edition):
    """Numbered, with minutes that grow with words and explorers; what the reader has done shows at both."""
    page = open_page(f"{edition}intro")
    cards = page.locator("a.front-card").evaluate_all(CARDS)
    lines = page.locator(".bd-links .chapter-number").all_inner_texts()
    assert [card[0] for card in cards] == lines == [str(place + 1) for place in range(len(cards))]
    assert all(lines_ == 1 for *_rest, lines_ in cards)
    assert all(minutes % 5 == 0 and 5 * max(1, len(names)) <= minutes <= 90 for _number, minutes, names, _lines in cards)
    names = [name for *_rest, found, _lines in cards for name in found]
    assert len(names) == len(set(names)) and all(explore(name).prediction for name in names)
    first = cards[1][2]
    page.evaluate("""names => { for (const name of names) localStorage.setItem(`neurolib:${name}:prediction`, "right");
      document.dispatchEvent(new Event("neurolib-progress")); }""", first)
    half = f"{len(first)}/{2 * len(first)}"
    assert page.locator("[data-done]").evaluate_all("all => all.map(e => e.dataset.done)") == [half, half]
