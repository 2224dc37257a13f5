"""The book's style sheets are parts of the theme's: no page may look different for it."""

import re
from functools import partial
from pathlib import Path

import myst_nb
import pydata_sphinx_theme
import pytest
import sphinx_book_theme
from playwright.sync_api import Route

from neurolib.book.repairs.styles import Known, keep_used

WHOLE = [
    Path(package.__file__).parent / "theme" / package.__name__ / "static" / "styles" / name
    for package, name in [(pydata_sphinx_theme, "pydata-sphinx-theme.css"), (sphinx_book_theme, "sphinx-book-theme.css")]
] + [Path(myst_nb.__file__).parent / "static" / "mystnb.css"]
# What the reader can open by a click or a key, and the look of each element and of what stands before and after it.
OPEN = """() => {
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  document.querySelectorAll(".dropdown-toggle").forEach((button) => bootstrap.Dropdown.getOrCreateInstance(button).show());
  document.querySelectorAll("[data-bs-toggle=tooltip]").forEach((item) => bootstrap.Tooltip.getOrCreateInstance(item).show());
  document.querySelectorAll("button.toggle-button").forEach((button) => button.click());
  document.querySelector("#pst-search-dialog")?.showModal();
}"""
LOOKS = """() => [...document.body.querySelectorAll(":not(svg *, math *)")].flatMap((element) => {
  const name = `${element.tagName} ${element.className} `;
  return [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(element, part);
    if (part && style.content === "none") return [name, ""];
    const shown = [...style].filter((property) => !property.startsWith("--"));
    return [name + (part ?? ""), shown.map((property) => property + ":" + style.getPropertyValue(property)).join(";")];
  });
}).filter(([, style]) => style)"""
RULES = "[...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)"


def looks(context, address, sheets=()):
    page = context.new_page()
    for sheet in sheets:
        page.route(f"**/{sheet.stem}.*css*", partial(Route.fulfill, path=sheet))
    page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)
    page.evaluate(OPEN)
    page.wait_for_timeout(700)
    return page.evaluate(LOOKS), page.evaluate(RULES)


@pytest.mark.parametrize("scheme, width", [("light", 1400), ("dark", 390)])
@pytest.mark.parametrize("name", ["chapters/resting-potential/pump", "intro", "search"])
def test_no_page_looks_different(chromium, served, name, scheme, width):
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 900})
    ours, our_rules = looks(context, f"{served}/{name}.html?q=pump")
    whole, rules = looks(context, f"{served}/{name}.html?q=pump", WHOLE)
    context.close()
    assert our_rules < rules / 2 and len(ours) > 200
    assert [(look, other) for look, other in zip(ours, whole, strict=True) if look != other] == []


def test_rules_for_what_is_nowhere_are_left_out():
    known = Known('<p class="note&amp;more wide" id="top"></p>', 'list.add("shown"); name = "arrow-" + side;')
    css = """/*! licence */ /* remark */
    .wide, .absent > p { top: 0 } .absent, #gone { top: 1px } #top.shown:hover { top: 2px } p:not(.absent) { top: 3px }
    .arrow-left { top: 4px } .note\\&more { top: 5px } [data-x="."] { top: 6px }
    @media print { .absent { top: 7px } } @media (min-width: 1px) { .absent { top: 8px } .wide { top: 9px } }
    @font-face { font-family: absent } @keyframes absent { to { top: 10px } }"""
    left = keep_used(css, known)
    assert left.startswith("/*! licence */") and "remark" not in left and "print" not in left
    assert [top for top in range(11) if re.search(rf"top: {top}\D", left)] == [0, 2, 3, 4, 5, 6, 9, 10]
    assert ".wide{" in left.replace(" ", "") and "gone" not in left and "@font-face" in left


def test_no_style_looks_at_whatever_is_put_into_a_page(book):
    """Where ``:has()`` asks for any element, or for what is not there, each element that a figure adds is paid for."""
    sheets = [sheet.read_text(encoding="utf-8") for sheet in book.rglob("*.css")]
    asked = [rule for sheet in sheets for rule in re.findall(r":has\([^{]*", sheet)]
    assert [rule for rule in asked if re.search(r":has\([^)]*(\*|:not|:empty|:nth)", rule)] == []
