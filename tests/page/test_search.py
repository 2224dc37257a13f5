"""The search page: it forgives what readers type, puts the best page first, and asks nobody for anything."""

import pytest
from launch import EDITIONS, ROOT, pages_of

from neurolib.book.languages.editions import language_tag
from neurolib.explorer.language import book_language

# What is typed, and the page that must come first.
FIRST = {
    "en": {
        "goldman": "goldman", "Goldmann": "goldman", "weaver mice": "goldman",
        "sodium pump": "pump", "Na+/K+-ATPase": "pump", "Na⁺/K⁺-ATPase": "pump", "ouabain": "pump", "ouabian": "pump",
        "refractory period": "sodium-inactivation", "refractroy": "sodium-inactivation", "h_inf": "sodium-inactivation",
        "h∞": "sodium-inactivation", "g_Na": "conductances", "gNa": "conductances",
        "hyperkalemia": "hyperkalaemia", "Hyperkalaemia": "hyperkalaemia", "resting potentials": "introduction",
        "AHP": "afterpotentials", "afterhyperpolarization": "afterpotentials", "rheobase": "phase-plane",
        "Ca2+": "calcium-spikes", "Ca²⁺": "calcium-spikes", "what is a calcium spike": "calcium-spikes",
        "potasium": "potassium-channels", "ＳＫ channel": "calcium-spikes", "window current": "glossary",
    },
    "zh_CN": {
        "戈德曼方程": "goldman", "ＧＨＫ": "goldman", "weaver 小鼠": "goldman",
        "钠钾泵": "pump", "鈉鉀泵": "pump", "Na+/K+泵": "pump", "哇巴因": "pump", "ouabain": "pump",
        "不应期": "sodium-inactivation", "不應期": "sodium-inactivation", "前脉冲": "sodium-inactivation",
        "refractory period": "sodium-inactivation", "钠通道失活": "sodium-inactivation", "h_inf": "sodium-inactivation",
        "g_Na": "conductances", "静息膜电位": "introduction", "靜息電位": "introduction", "高钾血症": "hyperkalaemia",
        "后超极化": "afterpotentials", "低常期": "afterpotentials", "Ca2+": "calcium-spikes", "钙型动作电位": "calcium-spikes",
        "动作点位": "calcium-spikes", "potasium": "potassium-channels", "窗电流": "sodium-inactivation",
    },
}  # fmt: skip
# As they stand in the pages' sources: every page that has them is found.
WHOLE = {
    "en": ("Hodgkin", "potassium", "ouabain", "inactivation", "weaver"),
    "zh_CN": ("动作电位", "失活", "钾", "Hodgkin", "weaver 小鼠", "静息膜电位", "低常期"),
}
ABSENT = ("quantum", "量子纠缠", "zzz", "的的的的")
FIND = "(queries) => queries.map((query) => bookSearch.find(bookSearch.prepared, query).map((found) => found.page.name))"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_search(open_page, book, edition, address):
    """All in one load, from disk, where a page may not fetch another; the console stays empty."""
    language = book_language(ROOT / edition)
    query, first = {"en": ("ouabain", "pump"), "zh_CN": ("哇巴因", "pump")}[language]
    page = open_page(f"{edition}search", query=query, storage=False)
    results = page.locator("ul.search > li")
    page.wait_for_function("document.querySelector('#search-results p.search-summary')?.textContent.trim().length > 0")
    assert page.locator("html").get_attribute("lang") == language_tag(language)
    link = results.first.locator("a").get_attribute("href")
    assert first in link and query in results.first.locator("p.context").text_content().lower()
    shown = [results.nth(i).locator("a").get_attribute("href").partition("#") for i in range(results.count())]
    for target, _hash, anchor in shown:
        assert f' id="{anchor}"' in (book / edition / target).read_text(encoding="utf-8") or not anchor, (target, anchor)
    found = page.evaluate(FIND, list(FIRST[language]))
    best = {query: names[0].rpartition("/")[2] if names else None for query, names in zip(FIRST[language], found, strict=True)}
    assert best == FIRST[language]
    assert page.evaluate(FIND, list(ABSENT)) == [[]] * len(ABSENT)
    # (What the front page says of a chapter stands in a directive: the search leads to the chapter.)
    chapters = [name for name in pages_of(edition) if name.startswith("chapters/")]
    texts = {name: (ROOT / edition / f"{name}.md").read_text(encoding="utf-8") for name in chapters}
    for query, names in zip(WHOLE[language], page.evaluate(FIND, list(WHOLE[language])), strict=True):
        having = {name for name, text in texts.items() if all(word in text for word in query.split())}
        assert having and having <= set(names), query
    results.first.locator("a").click()
    page.wait_for_url(f"**/{link}")
