"""The book on paper: a page as a handout in each edition, and a small book of two pages with its contents.

`make pdf` prints everything; here a little is, and what is on the paper is read again.
"""

import re

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from install_browsers import find
from launch import ROOT
from pypdf import PdfReader, PdfWriter

from neurolib.book.paper import browsers
from neurolib.book.paper.document import handout, whole_book
from neurolib.book.paper.pages import Page, code
from neurolib.book.paper.printing import mend_bookmarks, page_numbers, print_book, write_pdf
from neurolib.book.self_test import self_tests
from neurolib.explorer.language import VARIABLE, translate
from neurolib.explorer.typography import SYMBOL
from neurolib.explorers import explore

NAME = "chapters/resting-potential/hyperkalaemia"
A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)  # points
MARGIN = 15 / 297  # of the height; the styles leave 17 mm, and the foot below
DOTS = 2.0  # for each point


@pytest.fixture(scope="module")
def browser(playwright):
    return find("chromium") or playwright.chromium.executable_path


@pytest.fixture(params=[("", "en"), ("zh/", "zh_CN")], ids=["en", "zh"], scope="module")
def printed(request, book, browser, tmp_path_factory):
    """The page, the file that is its handout, and the self-test in its source (the Chinese page has one)."""
    edition, language = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, language)
        page = Page(book / edition, NAME)
        file = tmp_path_factory.mktemp("paper") / "handout.pdf"
        write_pdf(handout(page), file, browser)
        tests = [one for one in self_tests(ROOT / edition) if one.page == NAME]
        assert len(tests) == (5 if edition else 0)
        yield page, file, translate, tests


def texts_of(file):
    return [sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(file)]


def fonts(reader):
    """Every font of a file, by its name, with the data that it carries (a font of drawings is drawn in the file)."""
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            for one in font.get("/DescendantFonts", [font]):
                one = one.get_object()
                descriptor = one.get("/FontDescriptor", {})
                yield str(one.get("/BaseFont")), "/CharProcs" in one or any(f"/FontFile{n}" in descriptor for n in ("", 2, 3))


def titles(outline):
    for entry in outline:
        yield from titles(entry) if isinstance(entry, list) else [entry.title]


def test_a_handout(printed):
    page, file, translate, tests = printed
    reader = PdfReader(file)
    texts = [re.sub(r"\s+", "", text) for text in texts_of(file)]
    wanted, foot = explore("hyperkalaemia"), re.sub(r"\s+", "", page.parts({NAME})[0])
    assert 6 <= len(texts) <= 12 and min(map(len, texts)) > 100  # no page is empty
    assert all(abs(side - right) < 1 for side, right in zip(reader.pages[0].mediabox[2:], A4, strict=True))
    for number, text in enumerate(texts, 1):
        assert text.startswith((f"{number}{foot}", f"{foot}{number}")), text[:100]
    together = "".join(texts)
    # The explorer: its question, every step, the challenge, the caption.
    words = wanted.words
    for told in (words.title, words.prediction["question"], *words.story.values(), words.challenge["goal"], words.caption):
        piece = max(SYMBOL.sub("\n", translate(told)).splitlines(), key=len)  # (an index is found elsewhere on the sheet)
        assert re.sub(r"\s+", "", piece) in together, told
    # Every heading is a bookmark; the solutions come last, on sheets of their own, and all of them.
    headings = [re.sub(r"\s+", "", title) for title in titles(reader.outline)]
    heads = [re.sub(r"<[^>]*>|\s+", "", text) for text in re.findall(r"<h[123]>(.*?)<a class=\"headerlink\"", page.html)]
    assert headings == [*heads, translate("Solutions")] and len(heads) > 8
    first = reader.get_destination_page_number(reader.outline[-1])
    before, after = "".join(texts[:first]), "".join(texts[first:])
    solved = re.findall(r'admonition-title">([^<]*<a class="reference internal" href="#ex-.*?)</a></p>', page.html)
    assert len(solved) == page.html.count('class="solution') >= 6
    for title in (re.sub(r"<[^>]*>|\s+", "", title) for title in solved):
        assert title in after and title not in before, title
    # Each question of the self-test has its answer there: the right letter and why, or the answer in words.
    for number, one in enumerate(tests, 1):
        told = re.sub(r"\s+", "", max(SYMBOL.split(one.reason), key=len))
        assert told in after and told not in before, one.asks
        assert not one.right or f"{number}.{one.right}.{told}" in after
    assert not tests or re.sub(r"\s+", "", translate("An answer")) not in together
    assert re.sub(r"\s+", "", translate("References")) in before
    # It prints anywhere: each font is in the file, the Chinese one, too. Nothing leads to the disk it was made on.
    assert all(held for _name, held in fonts(reader))
    assert "://" not in together.replace("https://", "") and "file:" not in together
    for sheet in reader.pages:
        for link in (one.get_object() for one in sheet.get("/Annots", [])):
            assert not str(link.get("/A", {}).get("/URI", "")).startswith("file")


def test_what_is_drawn_on_it(printed):
    """The codes lead to the page and to its live explorer; in the margins is nothing, so that nothing is cut."""
    page, file, _translate, _tests = printed
    found, ink = set(), []
    for sheet in pypdfium2.PdfDocument(file):
        picture = sheet.render(scale=DOTS, grayscale=True).to_numpy().squeeze()
        found |= {read.text for read in zxingcpp.read_barcodes(picture)}
        edge = int(MARGIN * len(picture))
        ink.append(np.mean(picture < 128))
        assert picture[:, :edge].min() > 250 and picture[:, -edge:].min() > 250 and picture[:edge].min() > 250
    assert found == {page.address, f"{page.address}#explorer-hyperkalaemia"}
    assert min(ink) > 0.002


def test_a_book_has_its_contents_with_the_right_numbers(book, browser, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "en")
    names = ("chapters/resting-potential/introduction", "chapters/status")
    parts = [(None, [Page(book, names[0])]), ("Reference", [Page(book, names[1])])]
    file = tmp_path / "book.pdf"
    write_pdf(whole_book("A book", parts), file, browser)
    numbers = page_numbers(file)
    html = whole_book("A book", parts, numbers)
    write_pdf(html, file, browser)
    texts = texts_of(file)
    assert page_numbers(file) == numbers
    for title, number in zip(("The resting potential", "The state of this build", "Solutions"), numbers, strict=True):
        assert re.search(rf"{title}\s*{number}\b", texts[1])
        assert re.match(rf"(?:{number}\s*A book|A book\s*{number})\s*{title}", texts[number - 1]), texts[number - 1][:100]
    # A link to a page that is in the book leads there; to another, to its place on the web.
    assert 'href="#chapters-status--top"' in html and f'href="{Page(book, "chapters/glossary").address}' in html
    # What works on a screen alone is left out.
    assert "JavaScript" in (lecturers := Page(book, "chapters/teaching")).html
    assert "needs JavaScript" not in lecturers.parts(set())[1]
    assert "888" not in texts[1] and not re.search(r'href="(?!https?:|#|file:|mailto:)', html)


def test_a_code_holds_its_address():
    """A reader of another make finds in it what was put there, as far as the longest address of an explorer."""
    address = "https://example.org/a-long-name/" + 10 * "chapter-" + "?V=-67.5&t=3#explorer"
    size = int(re.search(r'viewBox="0 0 (\d+)', code(address))[1])
    picture = np.full((size, size), 255, dtype=np.uint8)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="([^"]*)"', code(address))[1]):
        steps = [float(number) for number in numbers.split()]
        if command == "M":
            x, y = steps
        elif command == "m":
            x, y = x + steps[0], y + steps[1]
        else:
            picture[int(y), int(x) : int(x + steps[0])] = 0
            x += steps[0]
    read = zxingcpp.read_barcodes(np.kron(picture, np.ones((4, 4), dtype=np.uint8)))
    assert [one.text for one in read] == [address]


def test_a_bookmark_that_is_written_twice_is_mended(tmp_path):
    writer = PdfWriter()
    for _page in range(2):
        writer.add_blank_page(*A4)
    above = writer.add_outline_item(title="静息电位静息电位", page_number=0)
    writer.add_outline_item(title="膜片膜片", page_number=0, parent=above)
    writer.add_outline_item(title="The models", page_number=1)
    file = tmp_path / "twice.pdf"
    writer.write(file)
    mend_bookmarks(file)
    assert list(titles(PdfReader(file).outline)) == ["静息电位", "膜片", "The models"]


def test_a_browser_is_found_where_it_is_installed_and_without_one_nothing_is_lost(tmp_path, monkeypatch):
    old, page = tmp_path / "_build/pdf/en/book.pdf", tmp_path / "_build/html/index.html"
    for file in (old, page):
        file.parent.mkdir(parents=True)
        file.touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsers, "MISSING", "what is missing")
    away = [place for place in browsers.BROWSERS if not place.startswith("/Applications")]
    monkeypatch.setattr(browsers, "BROWSERS", away)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for named, told in ((None, "what is missing"), ("no/browser", "no/browser is no program")):
        with pytest.raises(SystemExit, match=told):
            print_book(tmp_path, named)
    assert old.is_file()
    installed = "ProgramFiles(x86)/Microsoft/Edge/Application/msedge.exe", "Applications/Chromium.app/Contents/MacOS/Chromium"
    for place in installed:
        program = tmp_path / place
        program.parent.mkdir(parents=True)
        program.touch(mode=0o755)
        assert browsers.find_browser() == str(program)
