"""Every page of the book: silent, at home, accessible, and right on a narrow screen."""

import re
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from fontTools.ttLib import TTFont
from launch import EDITIONS
from playwright.sync_api import expect

from neurolib.explorers import all_explorers

ROOT = Path(__file__).parents[2]
# What the README tells who serves the book to send: no script in a page; of styles attributes, and the tooltips' sheet.
POLICY = (
    "default-src 'self'; style-src 'self' 'sha256-WWn0l9kVjXaC+CGcbxP6Zyac31v1Cjkx2VMnFR3uVng='; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)


def pages():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [toc["root"], *chapters]


GENERATED = ("search", "genindex")
PLAIN = ".pst-js-only { display: none !important; }"  # what a browser without scripts is told
TO_AN_END = """slider => {
  slider.value = slider.value === slider.min ? slider.max : slider.min;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
# The width of window and page, and which explorers' first control is not to be seen where the keyboard brings it.
ENLARGED = """async () => {
  const roots = [...document.querySelectorAll("[data-explorer]")];
  roots.forEach((root) => root.neurolib.unseal?.());
  document.documentElement.style.scrollBehavior = "auto";
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
  const covered = roots.filter((root) => {
    const control = root.querySelector("[data-role]");
    control.focus();
    const { left, right, top, bottom } = control.getBoundingClientRect();
    return !control.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  });
  return [innerWidth, document.documentElement.scrollWidth, covered.map((root) => root.dataset.explorer)];
}"""
BAD = ("error", "warning")  # of messages in the console
EVERY_PAGE = pytest.mark.parametrize("name", pages())


@EVERY_PAGE
def test_silent_and_at_home(open_page, name):
    """No error or warning in the console, no request to another host: the fixture looks."""
    page = open_page(name)
    page.wait_for_load_state("load")
    assert page.locator("article h1").count() == 1
    assert page.evaluate("document.styleSheets.length") > 3


@EVERY_PAGE
@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_accessible(chromium, served, name, scheme, width):
    """axe-core finds nothing serious or critical: colours do not depend on the width, nor the layout on the colours.

    (It fetches style sheets itself, so the console is not looked at.)
    """
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"{served}/{name}.html")
    page.wait_for_load_state("load")
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    page.wait_for_timeout(700)  # what opens fades in
    # Some time after a text has come, the theme lets the keyboard reach it if it scrolls.
    wide = "[...document.querySelectorAll('pre')].filter((pre) => pre.scrollWidth > pre.clientWidth)"
    page.wait_for_function(f"{wide}.every((pre) => pre.tabIndex === 0)")
    found = Axe().run(page).response["violations"]
    serious = {
        item["id"]: [(node["target"], node.get("failureSummary", "")[:300]) for node in item["nodes"][:4]]
        for item in found if item["impact"] in ("serious", "critical")
    }  # fmt: skip
    context.close()
    assert serious == {}


@EVERY_PAGE
@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_fits_a_phone(open_page, name, address):
    page = open_page(name, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # A screen of 1280 pixels, enlarged four times. Here figure and control follow each other, and nothing covers the control.
    page.wait_for_function("() => document.querySelectorAll('[data-explorer]:not(.explorer-equipped)').length === 0")
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(ENLARGED) == [320, 320, []]


@EVERY_PAGE
@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_silent_where_storage_is_refused(open_page, name, address):
    """In a browser that keeps nothing the theme's first script, too, finds what it asks for."""
    page = open_page(name, storage=False)
    page.wait_for_load_state("load")
    before = page.evaluate("document.documentElement.dataset.mode")
    page.locator("button.theme-switch-button").first.click()
    assert page.evaluate("document.documentElement.dataset.mode") != before


def open_every_page(chromium, address):
    """Open every page of every edition, and use the English explorers; returns what the console says."""
    complaints = []
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    for name in [edition + page for edition in EDITIONS for page in (*pages(), *GENERATED)]:
        page = context.new_page()
        page.on("console", lambda m, name=name: complaints.append((name, m.text)) if m.type in BAD else None)
        page.on("pageerror", lambda error, name=name: complaints.append((name, str(error))))
        page.goto(f"{address}/{name}.html")
        page.wait_for_load_state("load")
        explorers = page.locator("[data-explorer]")
        waiting = page.locator("[data-explorer]:not(.explorer-equipped)")
        expect(waiting).to_have_count(0, timeout=30_000)  # (the policy lets no text be evaluated)
        for i in range(explorers.count() if name in pages() else 0):
            root = explorers.nth(i)
            before = root.evaluate("root => JSON.stringify(root.neurolib.values)")
            slider = root.locator('[data-role="slider"]:enabled').first
            slider.evaluate(TO_AN_END)  # it may be folded away, where no key reaches it
            moved = "([root, before]) => JSON.stringify(root.neurolib.values) !== before"
            page.wait_for_function(moved, arg=[root.element_handle(), before])
            root.locator("details.explorer-more").evaluate("details => (details.open = true)")
            for tool in ("csv", "svg", "png", "slide-svg") if i == 0 and name != "intro" else ():  # (there, without its tools)
                if root.locator(f'[data-tool="{tool}"]').count():
                    with page.expect_download():
                        root.locator(f'[data-tool="{tool}"]').evaluate("button => button.click()")
        page.close()
    context.close()
    return complaints


def test_works_under_the_content_security_policy(chromium, serve):
    """Served with the policy of the README, no page breaks it, in any language, and the explorers work."""
    assert POLICY in re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    with serve(lambda path: {"Content-Security-Policy": POLICY}) as address:
        assert open_every_page(chromium, address) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_inline(book, edition):
    """No script and no handler in a page, neither ours nor the theme's; of style sheets one, for readers without scripts."""
    for name in [edition + page for page in (*pages(), *GENERATED)]:
        text = (book / f"{name}.html").read_text(encoding="utf-8")
        assert re.findall(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>", text) == [], name
        assert re.findall(r'<[^>]*\son[a-z]+="[^"]*"', text) == [] and "javascript:" not in text, name
        assert {style.strip() for style in re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)} <= {PLAIN}, name


def test_print_and_fullscreen_are_called(open_page, address):
    page = open_page("chapters/resting-potential/goldman")
    page.evaluate("window.print = () => (document.title = 'printed')")
    page.evaluate("document.querySelector('[data-calls=print]').click()")
    assert page.title() == "printed"
    page.evaluate("window.toggleFullScreen = () => (document.title = 'filled')")
    page.evaluate("document.querySelector('[data-calls=toggleFullScreen]').click()")
    assert page.title() == "filled"


def test_terms_carry_their_definition(open_page):
    """A glossary term on a page shows its definition when it is pointed at, from the book's own files."""
    for name in pages():
        page = open_page(name)
        terms = page.locator('article a[href*="glossary.html#term-"]')
        if terms.count():
            page.wait_for_load_state("load")
            terms.first.hover()
            page.wait_for_selector("[data-tippy-root]")
            assert len(page.locator("[data-tippy-root]").inner_text()) > 20
            return
    raise AssertionError("no page links a glossary term")


CHOICES = [("dark", None, "dark"), ("light", "auto", "light"), ("dark", "light", "light"), ("light", "dark", "dark")]


@pytest.mark.parametrize("system, chosen, shown", CHOICES)
def test_colours_are_right_from_the_first(chromium, served, system, chosen, shown):
    """Before the theme's script runs (here: never), a page has the colours of the reader's choice or system."""
    context = chromium.new_context(color_scheme=system)
    page = context.new_page()
    page.route("**/pydata-sphinx-theme.js*", lambda route: route.abort())
    page.goto(f"{served}/intro.html")
    if chosen:
        page.evaluate("chosen => localStorage.setItem('mode', chosen)", chosen)
        page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == shown
    context.close()


def test_icons_are_there_and_no_more(book, open_page):
    """Every icon of a page has a glyph in the fonts of the book, which carry little else."""
    fonts = book / "_static" / "vendor" / "fontawesome" / "webfonts"
    assert sum(font.stat().st_size for font in fonts.glob("*.woff2")) < 20_000
    held = {name: set(TTFont(fonts / f"{name}.woff2").getBestCmap()) for name in ("fa-solid-900", "fa-brands-400")}
    page = open_page(pages()[2])
    shown = page.evaluate("""() => ["::before", "::after"].flatMap((place) => {
      const read = (element) => {
        const { content, fontFamily } = getComputedStyle(element, place);
        return [content.replaceAll('"', ""), fontFamily];
      };
      return [...document.querySelectorAll("*")].map(read);
    }).filter(([content, family]) => /Font ?Awesome/i.test(family) && content.length === 1)""")
    assert len({glyph for glyph, _family in shown}) > 8
    for glyph, family in shown:
        assert ord(glyph) in held["fa-brands-400" if "Brands" in family else "fa-solid-900"]


def test_on_paper_solutions_stay_closed_and_questions_are_asked(open_page, address):
    """From the dark as from the light: dark words on white, no bars of code cells, the prediction and the goal as questions."""
    page = open_page("chapters/resting-potential/gradients-and-leaks", color_scheme="dark")
    page.wait_for_selector(".explorer-equipped")
    page.emulate_media(media="print")
    assert page.locator(".solution p:not(.admonition-title):visible").count() == 0
    assert page.locator("div.cell details.hide:visible").count() == 0
    for part in (".explorer-question", ".explorer-goal", "svg.explorer-figure", ".explorer-caption"):
        assert page.locator(f'[data-explorer="nernst"] {part}:visible').count() >= 1, part
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_page_is_laid_out_as_it_arrives(chromium, served):
    """What is below the screen waits until the page stands; then no figure waits, and no style of it is left in the page."""
    pieces = "[...document.querySelectorAll('article > section > section > *')]"
    waits = f"{pieces}.map((piece) => getComputedStyle(piece).contentVisibility)"
    page = chromium.new_page()
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ window.atFirst = {waits}; }});")
    address = f"{served}/chapters/resting-potential/goldman.html"
    page.goto(address)
    assert set(page.evaluate("atFirst")) == {"auto"}
    page.wait_for_selector("html:not(.arriving)")
    assert set(page.evaluate(waits.replace("*", ":not(.aside)"))) == {"visible"}
    assert page.locator("article > section > section > [style]").count() == 0
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html.arriving nav.page-toc a", state="attached")
    page.evaluate("document.querySelector('nav.page-toc a').click()")
    assert page.locator("html.arriving").count() == 0, "a link leads to what is laid out"
    for came in (lambda: page.reload(), lambda: (page.goto("about:blank"), page.goto(f"{address}#explorer-goldman"))):
        came()
        assert set(page.evaluate("atFirst")) == {"visible"}, "there is a place to find"
    page.close()


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("chapter", sorted({explorer.chapter for explorer in all_explorers()}))
def test_a_link_leads_to_its_place(chromium, address, chapter, width):
    """From disk too, where the page stands before its figures have grown; a state in the link makes no difference."""
    last = [explorer for explorer in all_explorers() if explorer.chapter == chapter][-1]
    room = "parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)"
    beside = f"Math.abs(document.getElementById('explorer-{last.name}').getBoundingClientRect().top - {room})"
    for state in ("", f"?{last.controls[0].name}={last.controls[0].default}"):
        page = chromium.new_page(viewport={"width": width, "height": 844})
        page.goto(f"{address}/chapters/{chapter}.html#explorer-{last.name}{state}")
        page.wait_for_selector("html:not(.landing)")
        page.wait_for_timeout(300)
        assert page.evaluate(beside) < 2
        page.close()


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("name", sorted({f"chapters/{explorer.chapter}" for explorer in all_explorers()}))
def test_far_text_waits_without_leaving_its_place(chromium, served, name, width):
    """Beside figures, text far from the screen is not painted; nothing stands elsewhere for it, and what is near is there."""
    places = """() => [document.documentElement.scrollHeight,
      ...[...document.querySelectorAll("article section > *")].map((piece) => piece.getBoundingClientRect().top + scrollY)]"""
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{served}/{name}.html")
    page.wait_for_selector("html:not(.arriving)")
    page.wait_for_function("[...document.querySelectorAll('[data-explorer]')].every((e) => !e.neurolib.busy)")
    page.wait_for_timeout(300)
    skipped = """() => [...document.querySelectorAll(".aside :first-child")]
      .filter((inner) => inner.checkVisibility() && !inner.checkVisibility({ contentVisibilityAuto: true }))"""
    assert page.evaluate(f"({skipped})().length") > 5
    assert page.locator(".aside [data-explorer], .aside form, .aside[data-explorer], form.aside").count() == 0
    waiting = page.evaluate(places)
    style = page.add_style_tag(content="article .aside { content-visibility: visible; }")
    laid_out = page.evaluate(places)
    assert waiting == pytest.approx(laid_out, abs=0.5)
    page.add_style_tag(content="article .aside { contain: layout paint style; }")
    assert page.evaluate(places) == pytest.approx(laid_out, abs=0.5), "by itself a text is as high as among the others"
    style.evaluate("(style) => style.remove()")
    last = page.locator("article section > p.aside").last
    last.scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    assert last.evaluate("(text) => text.checkVisibility({ contentVisibilityAuto: true })")
    assert not page.evaluate(f"""({skipped})().some((inner) => {{
      const {{ top, bottom }} = inner.closest(".aside").getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    }})"""), "what is on the screen is there"
    page.close()
