"""The chapters' files: short cells, the rhythm of a page, every explorer in its place, every number of the prose checked."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from neurolib.explorers import all_explorers

CHAPTERS = Path(__file__).parents[2] / "chapters"
PAGES = sorted(str(path.relative_to(CHAPTERS).with_suffix("")) for path in CHAPTERS.glob("*/*.md"))
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
WITH_EXPLORERS = pytest.mark.parametrize("page", sorted({explorer.chapter for explorer in all_explorers()}))

CELL = re.compile(r"^```\{code-cell\} python\n(?::tags: \[([^\]]*)\]\n\n?)?(.*?)^```$", re.M | re.S)
UNIT = r"mV|ms|s\b|h\b|min|hours?|days?|mM|µ[AFm]|m[Sm]\b|nm|pmol|pA|k?Ω|MΩ|Hz|°C|K\b|m/s|million"
NUMBER = re.compile(rf"(?<![\w.\[/^_–⁻-])(\d+\.\d+|\d+(?=\s(?:{UNIT})|%))")
VALUE = re.compile(r"(?<![\w.])((\d+(?:\.\d+)?)(?:e-?\d+)?)(?!\w)")
# Numbers that others measured: a citation stands in the same paragraph.
CITED = {
    "resting-potential/introduction": [90],
    "resting-potential/pump": [13, 342],
    "resting-potential/hyperkalaemia": [3.5, 15],
    "resting-potential/applications": [3.42, 13, 47, 34],
    "action-potential/along-the-axon": [0.61, 718, 4.6],
    "action-potential/conductances": [12],
    "action-potential/single-channels": [80],
    "action-potential/sodium-inactivation": [62.5],
}


TOLERANCE = re.compile(r"^([+-] \S+) ± [\d.e-]+", re.M)  # of an answer that the page checks


def read(page):
    """The prose of a page, and its cells as pairs of tags and code."""
    text = (CHAPTERS / f"{page}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    text = TOLERANCE.sub(r"\1", text)
    return CELL.sub("", text), CELL.findall(text)


def sections(prose):
    """Headings of a page with their text, in order."""
    return re.findall(r"^(#+) (.+?)\n(.*?)(?=^#+ |\Z)", prose, re.M | re.S)


@EVERY_PAGE
def test_cells_are_short(page):
    for _tags, code in read(page)[1]:
        assert len([line for line in code.splitlines() if line.strip()]) <= 8, code


@EVERY_PAGE
def test_headings_go_down_one_step_at_a_time(page):
    levels = [len(marks) for marks, _title, _text in sections(read(page)[0])]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_explorer_stands_once_and_on_its_page():
    """Its cell shows it and does nothing else."""
    shown = []
    for page in PAGES:
        for tags, code in read(page)[1]:
            lines = [line for line in code.splitlines() if line and not line.startswith(("from ", "import "))]
            if tags == "hide-input":
                (call,) = lines
                shown.append((page, re.fullmatch(r'explore\("(\w+)"\)', call)[1]))
    assert sorted(shown) == sorted((explorer.chapter, explorer.name) for explorer in all_explorers())


@WITH_EXPLORERS
def test_rhythm_of_a_page(page):
    """A question, a prediction, explorers, equations, worked numbers, a challenge, exercises, a summary."""
    prose, _cells = read(page)
    here = [explorer for explorer in all_explorers() if explorer.chapter == page]
    opening = prose.split("\n## ")[0]
    assert "?" in opening and re.search("[Pp]redict|[Dd]ecide|[Gg]uess|[Aa]nswer|would you|[Ee]xpect", opening)
    assert any(explorer.prediction for explorer in here) and any(explorer.challenge for explorer in here)
    assert prose.count("\n$$\n") >= 2 and re.search("[Ww]orked number", prose)
    exercises, solutions = (re.findall(rf"^```{{{kind}}}.*\n:?(.*)$", prose, re.M) for kind in ("exercise", "solution"))
    assert 6 <= len(exercises) == len(solutions) <= 10 and set(solutions) == {"class: dropdown"}
    *_, before_last, last = [(title, text) for marks, title, text in sections(prose) if marks == "##"]
    assert before_last[0] == "Exercises" and last[0] == "Summary" and last[1].count("\n- ") >= 2
    assert "{footcite" in prose


@EVERY_PAGE
def test_numbers_of_the_prose_stand_in_a_cell_or_are_cited(page):
    """Of the numbers with a decimal point or a unit; which of a cell's numbers it asserts is for its author to see to."""
    prose, cells = read(page)
    computed = {float(number) for _tags, code in cells for pair in VALUE.findall(code) for number in pair} | {0.0}
    cited = {float(number) for number in CITED.get(page, ())}
    outside = set()
    for paragraph in re.split(r"\n\s*\n|\n(?=- |\d\. |\|)", prose):
        numbers = {float(number) for number in NUMBER.findall(paragraph)} - computed
        assert numbers <= cited, paragraph
        assert not numbers & cited or "{footcite" in paragraph, paragraph
        outside |= numbers
    assert outside == cited, "a number of the list is not in the prose, or computed by now"
