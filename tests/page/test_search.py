"""The search page: it forgives what readers type, puts the best page first, and asks nobody for anything."""

import re

import pytest
import yaml
from launch import EDITIONS, ROOT, pages_of

from neurolib.book.languages.editions import language_tag
from neurolib.book.notebook import EXAMPLE
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
        "action potential": "conductances", "threshold": "phase-plane",
        "Nernst": "gradients-and-leaks",
    },
    "zh_CN": {
        "戈德曼方程": "goldman", "ＧＨＫ": "goldman", "weaver 小鼠": "goldman",
        "钠钾泵": "pump", "鈉鉀泵": "pump", "Na+/K+泵": "pump", "哇巴因": "pump", "ouabain": "pump",
        "不应期": "sodium-inactivation", "不應期": "sodium-inactivation", "前脉冲": "sodium-inactivation",
        "refractory period": "sodium-inactivation", "钠通道失活": "sodium-inactivation", "h_inf": "sodium-inactivation",
        "g_Na": "conductances", "静息膜电位": "introduction", "靜息電位": "introduction", "高钾血症": "hyperkalaemia",
        "后超极化": "afterpotentials", "低常期": "afterpotentials", "Ca2+": "calcium-spikes", "钙型动作电位": "calcium-spikes",
        "动作点位": "conductances", "potasium": "potassium-channels", "窗电流": "sodium-inactivation",
    },
}  # fmt: skip
# The words of the two texts that the book comes from, by the page that must come first; and what is typed in other ways.
SOURCES = {
    "introduction": "生物电 神经通讯 神经元膜 膜电位 神经元静息电位",
    "gradients-and-leaks": "Nernst ＮＥＲＮＳＴ 能斯特 浓度梯度 平衡电位 离子通道 離子通道 选择性 电化学平衡 电中性 泄漏通道",
    "goldman": "Goldman GHK Goldman-Hodgkin-Katz 通透性",
    "pump": "泵 钠泵 Na⁺/K⁺泵 Na⁺/K⁺-ATP酶泵 ATP DNP ＤＮＰ 代谢抑制剂 生电性 化学计量 离子梯度 渗透",
    "hyperkalaemia": "血钾 肌肉无力 心律失常 弹簧门",
    "applications": "氯 麻醉 抑制性",
    "conductances": "动作电位 動作電位 峰电位 上升相 钠电导 复极化 神经网络 超射 阈下刺激 电紧张",
    "afterpotentials": "后电位 后去极化 AHP ADP 正后电位 负后电位 超常期",
    "potassium-channels": "钾 钾漏通道 电压门控钾通道 Kv1.1 Kv2.1",
    "sodium-inactivation": "钠 失活 失活状态 备用态 激活态 预脉冲 测试刺激 绝对不应期 相对不应期 单向传播 放电频率 局部电流",
    "along-the-axon": "跳跃式传导 髓鞘 空间常数",
    "calcium-spikes": "钙 SK 小电导钾通道 钙激活钾通道 钙调蛋白 蛋白激酶 鈣通道 脑干神经元 内分泌细胞 快反应细胞",
    "phase-plane": "阈值 阈电位 时值",
    "single-channels": "构象",
}
FIRST["zh_CN"] |= {word: page for page, words in SOURCES.items() for word in words.split()}
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
    texts = {name: re.sub(EXAMPLE, "", text, flags=re.MULTILINE | re.DOTALL) for name, text in texts.items()}
    about = {word: name for name, text in texts.items() for word in yaml.safe_load(text.split("---\n")[1]).get("about", [])}
    led = zip(about, page.evaluate(FIND, list(about)), strict=True)
    assert about and {word: names[:1] for word, names in led} == {word: [name] for word, name in about.items()}
    for query, names in zip(WHOLE[language], page.evaluate(FIND, list(WHOLE[language])), strict=True):
        having = {name for name, text in texts.items() if all(word in text for word in query.split())}
        assert having and having <= set(names), query
    results.first.locator("a").click()
    page.wait_for_url(f"**/{link}")
