"""The other editions in a browser: the same numbers in another language, with the way from one to the other."""

import html
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from neurolib.book.languages.editions import editions, language_tag, pages
from neurolib.explorer.language import book_language

ROOT = Path(__file__).parents[2]
OTHERS = [place for place in editions(ROOT).values() if place != ROOT]
EVERY_PAGE = pytest.mark.parametrize("name", [f"{place.name}/{page}" for place in OTHERS for page in pages(place)])
FROM_DISK = pytest.mark.parametrize("address", ["file"], indirect=True)

# The texts of the page's explorers, with all that opens open; code and the names of units and drugs are no English.
TEXTS = """() => [...document.querySelectorAll(".explorer")].map((explorer) => {
  explorer.querySelectorAll("details").forEach((details) => { details.open = true; });
  const said = [...explorer.querySelectorAll("[aria-label], [title]")].map((e) => e.ariaLabel || e.title);
  const copy = explorer.cloneNode(true);
  copy.querySelectorAll("script, pre, sub, .index").forEach((part) => part.remove());
  const leaves = [...copy.querySelectorAll("*")].flatMap((e) => [...e.childNodes]);
  return [...leaves.filter((node) => node.nodeType === 3).map((node) => node.data), ...said];
}).flat()"""
NUMBERS = """() => [...document.querySelectorAll("data[data-readout]")].map(
  (e) => [e.closest(".explorer").id, e.dataset.readout, e.getAttribute("value")])"""
WORDS = re.compile(r"[A-Za-z]{3,}(?: [a-z]{2,}){2,}")


def edition_of(name):
    return ROOT / name.split("/")[0]


def written(path):
    """The numbers of the readouts as the build wrote them."""
    found = re.findall(r'id="(explorer-\w+)"|data-readout="(\w+)" value="([^"]*)"', path.read_text(encoding="utf-8"))
    numbers, explorer = [], ""
    for name, readout, value in found:
        explorer = name or explorer
        if readout:
            numbers.append([explorer, readout, value])
    return numbers


@EVERY_PAGE
@FROM_DISK
def test_a_page_in_another_language(open_page, book, name):
    """Silent; its own language and its links; the English numbers and no English words; accessible; fit for a phone."""
    edition, page_name = edition_of(name), name.split("/", 1)[1]
    tag = language_tag(book_language(edition))
    page = open_page(name)
    page.wait_for_load_state("load")
    assert page.locator("html").get_attribute("lang") == tag
    alternates = page.locator('link[rel="alternate"][hreflang]')
    assert {alternates.nth(i).get_attribute("hreflang") for i in range(alternates.count())} == {
        language_tag(language) for language in editions(ROOT)
    }
    link = page.locator("a.edition-link")
    assert (book / name).parent.joinpath(link.get_attribute("href")).resolve() == book / f"{page_name}.html"
    if "kernelspec" in (ROOT / f"{name}.md").read_text(encoding="utf-8"):
        launch = html.unescape(page.locator('a[href^="https://mybinder.org"]').first.get_attribute("href"))
        assert launch.endswith(f"lab/tree/{name}.md")
    page.wait_for_function("document.querySelectorAll('[data-explorer]:not(.explorer-equipped)').length === 0")
    page.wait_for_function("document.querySelectorAll('[data-explorer][aria-busy=true]').length === 0")
    theirs, english = page.evaluate(NUMBERS), written(book / f"{page_name}.html")
    assert [entry[:2] for entry in theirs] == [entry[:2] for entry in english]
    for (explorer, readout, value), (_explorer, _readout, expected) in zip(theirs, english, strict=True):
        assert value == expected or float(value) == pytest.approx(float(expected), rel=1e-6, abs=1e-9), (explorer, readout)
    assert [text for text in page.evaluate(TEXTS) if WORDS.search(text)] == []
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(item["id"], item["nodes"][0]["target"]) for item in found if item["impact"] in ("serious", "critical")] == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@FROM_DISK
def test_the_link_takes_along_what_the_explorers_show(open_page):
    """There and back, on a wide screen and on a phone."""
    page = open_page("chapters/resting-potential/goldman")
    page.evaluate("document.querySelectorAll('[data-sealed]').forEach((root) => root.removeAttribute('data-sealed'))")
    page.locator("#goldman-P_Na-number").fill("20")
    page.locator("#goldman-P_Na-number").press("Enter")
    page.wait_for_function("location.hash.includes('P_Na=20')")
    shown = page.locator('data[data-readout="V_m"]').text_content()
    for language in ("zh-CN", "en"):
        page.locator("a.edition-link").click()
        page.wait_for_function(f"document.documentElement.lang === '{language}'")
        page.wait_for_function("document.querySelector('#explorer-goldman')?.neurolib?.values.P_Na === 20")
        assert page.locator('data[data-readout="V_m"]').text_content() == shown
        page.set_viewport_size({"width": 390, "height": 844})
        expect(page.locator("a.edition-link")).to_be_visible()
