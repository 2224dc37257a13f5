"""How the Chinese pages are set and worded: one rule for spaces and marks, one term for one thing."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from neurolib.book.front import question_html
from neurolib.book.languages.editions import pages
from neurolib.book.self_test import self_tests
from neurolib.explorer.language import VARIABLE, catalogue_file

ROOT = Path(__file__).parents[2]
ZH = ROOT / "zh"
PAGES = sorted(ZH.rglob("*.md"))
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
NOT_PROSE = re.compile(
    r"\A---\n.*?\n---\n|^```\{code-cell\}.*?^```$|^\$\$.*?\$\$|^\([\w-]+\)=$|^:\w+:[^\n]*$|^```[^\n]*$|^\|[-| ]+\|$"
    r"|^\w+(?:\?\S+)? \| \w+ \| \d+ \|",  # the state in a line of a lecture
    re.M | re.S,
)
# What to avoid, and what stands for it. One term for one thing; and words that Chinese physiology does not use.
AVOID = {
    r"漏(?![出入通电导水走掉”])": "漏通道 or 漏电流: 漏 is no noun",
    r"漏[^，。；]{0,4}拉向": "漏电流的反转电位",
    r"静息[于在]": "静息电位为",
    r"匀速放电|放电几乎匀速|几乎匀速": "规则放电",
    r"半宽|半高处": "半峰宽",
    r"K-ATP 通道": "ATP 敏感钾通道",
    r"孔区|双孔结构域|K2P 漏(?![通电])": "双孔钾通道",
    r"[快慢]后超极化": "快 AHP, 慢 AHP",
    r"称为\W*窗(?!电流)": "窗电流",
    r"算一个数": "算例",
    r"运进": "运入",
    r"钙细胞": "慢反应细胞",
    r"衰弱的心脏": "心力衰竭",
    r"化验室": "检验科",
    r"静脉注射钙(?!剂)": "钙剂",
    r"高而窄": "T 波高尖",
    r"周围的边缘区": "缺血半暗带",
    r"起伏颤动": "肌颤搐",
    r"大波，每秒三次": "双侧同步的 3 Hz 棘-慢波",
    r"已发表的轴突": "原始文献的轴突模型",
    r"复位": "重置 for the button, 恢复 for a gate",
    r"(?<!电流)冲击": "短脉冲",
    r"并非如此：\{": "与预测不同，结果是: the option that follows is the right one",
    r"每秒每|每 ms(?!\w)|\b1/m?s\b": "s⁻¹, ms⁻¹",
    r"更不负": "去极化",
    r"(?<!玻璃)微管": "电极: 微管 is a part of the skeleton of a cell",
    r"命令电[位压]": "指令电压",
    r"[高低]钾性周期": "高钾型, 低钾型周期性瘫痪",
    r"轻推": "稍加扰动",
    r"Goldman 方程|按 (?:Weiss|Lapicque)": "戈德曼方程, 魏斯, 拉皮克",
    r"绝对温度": "热力学温度",
    r"电量|(?<!摩尔)气体常数|阿伏伽": "电荷量, 摩尔气体常数, 阿伏加德罗常数",
    r"膜片电极": "膜片钳电极",
    r"能斯特公式|按 Nernst": "能斯特方程",
    r"(?<!浸)浴液": "浸浴液",
    r"零斜|零等斜|路径": "零等倾线, 轨线",
    r"门控 [hn] 和": "门控变量",
    r"泄漏电流|半数失活|成簇放电|粗糙程度": "漏电流, 半失活, 簇状放电, 起伏",
    r"(?<!空间)钳位": "钳制; 空间钳位 is a term",
    r"电击|次每秒|次/秒": "刺激, Hz",
    r"预设": "起始设置: what the control is called",
    r"习题|患者|GABA-A|轴突 17": "练习, 病人, GABA_A as a formula, 17 号轴突",
    r"什么[也都]还?(?:不|没有)阻断": "未作阻断",
    r"纸笔|不是医疗建议": "笔算; 只说明原理，不作为诊疗依据",
    r"立刻|走完": "立即, 完成: of a part of the way",
    r"[慢弱]了?[一两几十百千数]+多?倍": "……分之一: what is less has no 倍",
    r"(?<![几数之])[一两三四五六七八九十百半]毫[秒伏米]": "a number and its unit: 0.5 ms",
    r"每 (?:[µmcpnk][mgMAFSVsl]|[µmcpnk]?mol)\S*|[^零]几 m": "每平方厘米: a sign of a unit follows a number",
    r"\d,\d{3}": "10 000",
    r"上为膜外|下为膜内": "上方为膜外，下方为膜内",
    r"(?:^|。)(?:[两三四]幅(?:小?图)|三个(?:分?图))[。共]": "共三幅图。",
    r"[上中下右]图(?:画|说明|区分|[是中]|底部|所示)": "a panel by its axis: it stands elsewhere on another screen",
}
# 锋电位 is the fast part of an action potential, in contrast to the 后电位 that follow; elsewhere it is 动作电位.
SPIKE = re.compile(r"(?<!低阈值)(?<!低阈值钙)锋电位")
WITH_SPIKES = {"chapters/action-potential/afterpotentials.md", "chapters/glossary.md"}
OWN_BOX = re.compile(r"^```\{(?:admonition\} 与(?:教材|原文)对照|self-test\})\n.*?^```\n", re.M | re.S)
# What readers of the two texts, and of Chinese textbooks, search for. Each stands somewhere in the book.
SOUGHT = (
    "静息膜电位 泄漏通道 钠泵 前脉冲 钠型动作电位 钙型动作电位 上升相 超常期 低常期 局部电流 跳跃式传导 超射 阈下刺激 电紧张 "
    "备用态 激活态 失活态 快反应细胞 慢反应细胞 电化学平衡 化学计量 Nernst Goldman GHK"
).split()


def prose(text):
    """A page's prose as it is read: links by their words, formulas and code as a letter, page titles and numbers as a sign."""
    text = NOT_PROSE.sub("", text)
    text = re.sub(r"\{(?:doc|term|ref|numref|state)\}`([^`<]*?) ?<[^>`]*>`", r"\1", text)
    text = re.sub(r"\{(?:footcite:p|doc|term)\}`[^`]*`", "§", text)
    text = re.sub(r"\{[\w:-]+\}`[^`]*`|`[^`]*`|(?<!\\)\$[^$]*\$", "X", text)
    return re.sub(r"\*+|\[([^\]]*)\]\([^)]*\)", r"\1", text)


MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin).use(myst_role_plugin).use(front_matter_plugin)
# What Markdown leaves as it is written: stars that set nothing bold (** beside a full-width mark), and formulas without $.
LEFT_OVER = re.compile(r"\*\*|[_^]\{|\\(?:frac|text|mathrm|infty|times)\b")


def plain(text):
    """What Markdown takes for plain words, in the bodies of directives, too; no code, no formula, no role."""
    for token in MARKDOWN.parse(text):
        if token.type == "inline":
            yield from (part.content for part in token.children if part.type == "text")
        elif token.type == "fence" and re.match(r"\{(?!code-cell|literalinclude|explorer|picture|bench)", token.info):
            yield from plain(token.content)


@pytest.mark.parametrize("edition", ["zh", "."])
def test_no_stars_and_no_tex_are_left_on_a_page(edition):
    pages_of = [*(ROOT / edition / "chapters").rglob("*.md"), ROOT / edition / "intro.md"]
    left = {(page.stem, words) for page in pages_of for words in plain(page.read_text("utf-8")) if LEFT_OVER.search(words)}
    assert len(pages_of) > 20 and left == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ZH)))
def test_spaces_and_marks(page):
    """A space between Chinese and Latin or digits, none before full-width marks; full-width marks after Chinese."""
    text = prose(page.read_text(encoding="utf-8"))
    for rule in (
        rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%°][{HAN}]",  # no space between Chinese and Latin
        rf"[{HAN}] +[{HAN}]|[{HAN}]\n[{HAN}]",  # a space within Chinese, or a line break, which becomes one
        r"(?<=[^|\s-]) [，。；：？！、（）“”《》]|[（“《] ",  # a space before a full-width mark, or within its brackets
        rf"[{HAN}][,;:?!()\"']|[\"'][{HAN}]",  # a half-width mark in Chinese
        r"(?<![\w.])-\d",  # a hyphen for a minus
        r"\d +%",  # a space between a number and its per cent sign
        r"(?<![A-Za-z])[mµn]M(?![A-Za-z])",  # mol/L is written out
    ):
        assert [text[max(0, m.start() - 12) : m.end() + 12] for m in re.finditer(rule, text)] == [], rule


def test_spaces_and_marks_of_the_claims():
    for name, claim in yaml.safe_load((ZH / "chapters" / "claims.yml").read_text(encoding="utf-8")).items():
        assert not re.search(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]|[{HAN}][,;:?!()]|\d +%", claim["claim"]), name


def catalogue_texts():
    with catalogue_file("zh_CN").open("rb") as file:
        return [message.string for message in read_po(file) if message.id]


def claims_texts():
    return [claim["claim"] for claim in yaml.safe_load((ZH / "chapters" / "claims.yml").read_text(encoding="utf-8")).values()]


def avoided(text):
    return {match.group(): instead for rule, instead in AVOID.items() for match in re.finditer(rule, text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ZH)))
def test_terms_of_the_pages(page):
    text = page.read_text(encoding="utf-8")
    assert avoided(prose(text)) == {}
    if str(page.relative_to(ZH)) not in WITH_SPIKES:
        assert SPIKE.findall(prose(OWN_BOX.sub("", text))) == []


def test_terms_of_the_catalogue_and_the_claims():
    for text in catalogue_texts() + claims_texts():
        assert avoided(text) == {} and not SPIKE.search(text), text


def test_each_page_that_teaches_asks_in_the_forms_of_an_examination():
    """Five questions: a term, two with five choices, one to explain, a patient; the right letter is not always the same."""
    asked = self_tests(ZH)
    teach = [page for page in pages(ZH) if page.count("/") == 2]
    forms = ["名词解释", "A1 型题", "A1 型题", "简答题", "病例分析"]
    for page in teach:
        assert [one.asks.partition("：")[0] for one in asked if one.page == page] == forms, page
    assert {one.page for one in asked} == set(teach)
    choices = [one for one in asked if one.options]
    assert {len(one.options) for one in choices} == {5} and all(one.reason for one in asked)
    assert all(set(one.options) == {letter for letter, said in one.said.items() if said} for one in choices)
    often = Counter(one.right for one in choices)
    assert set(often) == set("ABCDE") and max(often.values()) < len(choices) / 2


def test_the_words_that_readers_search_for_are_in_the_book():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [word for word in SOUGHT if word not in text] == []


def test_the_readme():
    """Set and worded as the pages are; it gives the commands of the English one."""
    chinese, english = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.zh.md", "README.md"))
    text = prose(re.sub(r"^```.*?^```$", "", chinese, flags=re.M | re.S))
    assert avoided(text) == {} and not SPIKE.search(text)
    assert not re.search(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]|[{HAN}][,;:?!()]|\d +%", text)
    commands = re.findall(r"^(make \w+|pip install -r [\w.-]+|python -m neurolib.book \w+)", chinese, re.M)
    assert len(commands) >= 5 and [command for command in commands if command not in english] == []


def test_a_verdict_is_one(monkeypatch):
    """No text of the catalogue has two meanings: “No.” heads no column of numbers."""
    monkeypatch.setenv(VARIABLE, "zh_CN")
    said = re.findall(r'data-right="(\w+)".*?<b>(.*?)</b>', question_html("goldman", ""))
    assert len(said) > 2 and set(said) == {("true", "对。"), ("false", "不对。")}
