"""The status page of the built book: it names what the book was made with and everything that the book holds."""

import html
import re
from importlib.metadata import version
from importlib.util import find_spec

import pytest
import yaml
from launch import EDITIONS, ROOT, pages_of

from neurolib.book.status import PACKAGES
from neurolib.explorers import all_explorers


@pytest.fixture(params=EDITIONS)
def edition(request):
    return request.param


@pytest.fixture
def tables(book, edition):
    """The tables of the page: for each, its rows as lists of texts."""
    text = (book / edition / "chapters" / "status.html").read_text(encoding="utf-8")
    return [
        [
            [html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
            for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]
        ]
        for table in re.findall(r"<table.*?</table>", text, re.DOTALL)
    ]


def test_versions_are_those_at_work(tables):
    made_with = dict(tables[0])
    for name in PACKAGES:
        assert made_with[name] == ("–" if name == "numba" and not find_spec(name) else version(name))
    assert re.fullmatch(r"[0-9a-f]{40}", tables[0][0][1]) or not (ROOT / ".git").exists()


def test_every_suite_has_tests(tables):
    suites = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert {name for name, _count in tables[1]} == suites
    assert all(int(count) > 0 for _name, count in tables[1])


def test_every_statement_is_counted(tables, edition):
    statements = yaml.safe_load((ROOT / edition / "chapters" / "claims.yml").read_text(encoding="utf-8"))
    assert sum(int(count) for _verdict, count in tables[2]) == len(statements)


def test_every_explorer_is_listed(tables):
    found = {name: (int(controls), float(size)) for name, controls, size in tables[3]}
    assert {name: controls for name, (controls, _size) in found.items()} == {e.name: len(e.controls) for e in all_explorers()}
    heavier = {"pacemaker": 33.0}  # six traces of four seconds, spike by spike
    assert all(1.0 < size < heavier.get(name, 28.0) for name, (_controls, size) in found.items())  # a scene is at most 8 of it


def test_every_page_with_cells_has_its_time(tables, edition):
    texts = [(ROOT / edition / f"{page}.md").read_text(encoding="utf-8") for page in pages_of(edition)]
    headings = [re.search(r"^# (.+)$", text, re.MULTILINE)[1] for text in texts]
    assert [name for name, _seconds in tables[4]] == headings
    assert all(float(seconds) > 0 for _name, seconds in tables[4])
