"""The editions of the book are one book: the same pages, sections, explorers, equations, references, labels and numbers."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from neurolib.book.self_test import BLOCK

ROOT = Path(__file__).parents[2]
EDITIONS = sorted(path.parent for path in ROOT.glob("*/_config.yml"))
PAGES = [(edition, str(page.relative_to(edition))) for edition in EDITIONS for page in sorted(edition.rglob("*.md"))]
EVERY_PAGE = pytest.mark.parametrize(("edition", "page"), PAGES, ids=lambda value: getattr(value, "name", value))
EVERY_EDITION = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)

# Where an edition's configuration may differ: its title, its language, where its notebooks run, and how far it is from the
# folder of the book.
OWN_SETTINGS = {
    "title", "logo", "exclude_patterns", "bibtex_bibfiles", "html.favicon",
    "repository.path_to_book", "repository.url", "repository.branch", "launch_buttons.binderhub_url",
    "sphinx.config.language", "sphinx.config.nb_code_prompt_show", "sphinx.config.nb_code_prompt_hide",
}  # fmt: skip

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?P<options>(?:^:[^\n]*\n)*)(?P<code>.*?)^```$", re.M | re.S)
EQUATION = re.compile(r"^\$\$(?P<tex>.*?)\$\$", re.M | re.S)
# What gives a page its build: headings, labels, directives with what names them. Their texts differ, their order does not.
BUILD = re.compile(r"^(#+ |\(.+\)=$|(?:```+|:::+)\{[\w-]+\}|:(?:label|class|tags|name): .+$|\$\$)", re.M)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?= ?%| (?:°C|[munkMµ]?[VMsAmSFΩ]\b|[munkMµ]?[ASF]/cm))|\d+\.\d+")
# How an edition writes a unit of the English pages.
UNIT = {"mmol/L": "mM", "µmol/L": "µM", "nmol/L": "nM"}
# A box that an edition adds for its own readers: it may state what the English page does not.
OWN_BOX = re.compile(r"^```\{(?:admonition\} 与(?:教材|原文)对照|self-test\})\n.*?^```\n", re.M | re.S)


def text_of(folder, page):
    return (folder / page).read_text(encoding="utf-8")


def in_english_units(text):
    return re.sub(r"[mnµ]mol/L", lambda match: UNIT[match[0]], text)


def both(edition, page):
    """An English page and the same page of an edition, in the English units and without the edition's own boxes."""
    return text_of(ROOT, page), in_english_units(OWN_BOX.sub("", text_of(edition, page)))


def prose(text):
    """A page without its cells and display equations."""
    return EQUATION.sub("", CELL.sub("", text))


def build(text):
    cells = iter(CELL.findall(text))
    marks = BUILD.findall(CELL.sub(lambda _match: "```{code-cell}\n" + next(cells)[0], text))
    return [mark.strip() for mark in marks]


def without_comments(code):
    try:
        return ast.dump(ast.parse(code))
    except SyntaxError:  # a cell that talks to the shell
        return code


def plain_tex(tex):
    return re.sub(r"\s+", "", re.sub(r"\\text\{[^}]*\}", "", tex))


def roles(text, *names):
    """The targets of roles such as ``{doc}`` on a page."""
    found = re.findall(rf"\{{(?:{'|'.join(names)})\}}`([^`]+)`", text)
    return {re.sub(r".*<(.+)>$", r"\1", target, flags=re.S).strip() for target in found}


def keys(text):
    return {key.strip() for cited in roles(text, "footcite:p", "footcite:t") for key in cited.split(",")}


def contents(folder):
    toc = yaml.safe_load(text_of(folder, "_toc.yml"))
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]


def settings(config, prefix=""):
    """A configuration flat: values by dotted names."""
    flat = {}
    for key, value in config.items():
        flat |= settings(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat


@EVERY_EDITION
def test_the_same_contents(edition):
    english, other = contents(ROOT), contents(edition)
    assert other == english
    assert sorted(other) == sorted(str(Path(page).with_suffix("")) for folder, page in PAGES if folder == edition)


@EVERY_EDITION
def test_the_same_configuration(edition):
    english, other = (settings(yaml.safe_load(text_of(folder, "_config.yml"))) for folder in (ROOT, edition))
    differing = {key for key in english | other if english.get(key) != other.get(key)}
    assert differing <= OWN_SETTINGS
    assert other["repository.path_to_book"] == edition.name


@EVERY_PAGE
def test_the_same_build(edition, page):
    """Headings of the same levels, labels, cells, exercises and solutions in the same order."""
    english, other = map(build, both(edition, page))
    assert other == english


@EVERY_PAGE
def test_the_same_cells(edition, page):
    """Hidden cells, which assert the numbers, letter for letter; visible ones but for comments."""
    english, other = (CELL.findall(text) for text in both(edition, page))
    assert len(other) == len(english)
    for (options, code), (their_options, their_code) in zip(english, other, strict=True):
        assert their_options == options
        hidden = "remove-cell" in options
        assert (their_code == code) if hidden else (without_comments(their_code) == without_comments(code))


@EVERY_PAGE
def test_the_same_equations(edition, page):
    english, other = ([plain_tex(tex) for tex in EQUATION.findall(text)] for text in both(edition, page))
    assert other == english


@EVERY_PAGE
def test_the_same_references_and_links(edition, page):
    english, other = both(edition, page)
    assert keys(other) == keys(english)
    assert roles(other, "doc") == roles(english, "doc")
    assert roles(other, "state") == roles(english, "state")
    assert roles(other, "ref", "numref", "eq") == roles(english, "ref", "numref", "eq")


@EVERY_PAGE
def test_the_same_numbers(edition, page):
    """Every decimal number and every number with a unit; none that the English page, its cells included, does not have."""
    english, other = both(edition, page)
    other = re.sub(r"(\d\.\d+) 亿", lambda match: f"{float(match[1]) * 100:.0f} million", other)
    assert set(re.findall(r"(\d+) million", other)) <= set(re.findall(r"(\d+)\s+million", english))
    stated, theirs = set(NUMBER.findall(prose(english))), set(NUMBER.findall(prose(other)))
    assert stated - theirs == set()
    assert theirs - stated <= set(re.findall(r"\d[\d,]*(?:\.\d+)?", english))


@EVERY_PAGE
def test_questions_of_an_edition_have_the_numbers_of_the_page(edition, page):
    """Its self-test states no decimal number, and no number with a unit, that the English page does not have."""
    questions = "".join(BLOCK.findall(text_of(edition, page)))
    assert set(NUMBER.findall(in_english_units(questions))) <= set(re.findall(r"\d[\d,]*(?:\.\d+)?", text_of(ROOT, page)))


@EVERY_EDITION
def test_the_same_claims(edition):
    file = "chapters/claims.yml"
    english, other = (yaml.safe_load(text_of(folder, file)) for folder in (ROOT, edition))
    assert {name: claim["verdict"] for name, claim in other.items()} == {
        name: claim["verdict"] for name, claim in english.items()
    }
    assert not [name for name, claim in other.items() if claim["claim"] == english[name]["claim"]]


def entries(text):
    """The terms of a glossary, each entry's set of them."""
    body = re.search(r"```\{glossary\}\n(?::sorted:\n)?(.*?)^```", text, re.M | re.S)[1]
    blocks = re.findall(r"^(?:\S[^\n]*\n)+(?=  )", body, re.M)
    return [set(block.strip().splitlines()) for block in blocks]


@EVERY_EDITION
def test_the_glossary_gives_the_english_beside_each_term(edition):
    page = "chapters/glossary.md"
    english = set().union(*entries(text_of(ROOT, page)))
    other = entries(text_of(edition, page))
    assert set().union(*other) >= english
    assert all(entry & english for entry in other)
