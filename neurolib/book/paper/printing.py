"""Print documents with a browser: ``python -m neurolib.book pdf``, or `make pdf`.

A Chromium without a window writes the PDF, with its outline and with page numbers in the margin, which are those of CSS.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from neurolib.book.languages.editions import editions
from neurolib.book.paper.browsers import find_browser
from neurolib.book.paper.document import handout, parts_of, whole_book
from neurolib.book.paper.pages import Page
from neurolib.book.publish import settings
from neurolib.explorer.language import VARIABLE

OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
SECONDS = 900
TWICE = re.compile(r"(.+)\1")


def write_pdf(html, path, browser):
    """Print the document ``html`` to the file ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.html"
        source.write_text(html, encoding="utf-8")
        command = [browser, *OPTIONS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={path}", source.as_uri()]
        path.unlink(missing_ok=True)
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS)
    if not path.is_file():
        sys.exit(f"{browser} printed nothing to {path}:\n{done.stderr[-2000:]}")
    mend_bookmarks(path)


def mend_bookmarks(path):
    """Chromium writes some Chinese headings twice, one after the other, into the name of their bookmark."""
    writer = PdfWriter(clone_from=path)
    wrong = [item for item in entries(writer.root_object["/Outlines"]) if TWICE.fullmatch(item["/Title"])]
    for item in wrong:
        item[NameObject("/Title")] = TextStringObject(TWICE.fullmatch(item["/Title"])[1])
    if wrong:
        writer.write(path)


def entries(outline):
    """Every bookmark of an outline, with those below it."""
    item = outline.get("/First")
    while item is not None:
        item = item.get_object()
        yield item
        yield from entries(item)
        item = item.get("/Next")


def page_numbers(path):
    """The page on which each chapter begins: where the bookmarks of the first level lead, those of the contents left out."""
    reader = PdfReader(path)
    first = [entry for entry in reader.outline if not isinstance(entry, list)]
    return [reader.get_destination_page_number(entry) + 1 for entry in first[1:]]


def print_edition(source, book, into, browser):
    """The edition whose sources are in ``source`` and whose pages in ``book``: the whole, and each page as a handout."""
    every = parts_of(source)
    for name in [name for _heading, names in every for name in names]:
        write_pdf(handout(Page(book, name)), into / "handouts" / f"{name.rpartition('/')[2]}.pdf", browser)
    title = settings(source)["title"]
    parts = [(heading, [Page(book, name) for name in names]) for heading, names in every]
    whole = into / "book.pdf"
    write_pdf(whole_book(title, parts), whole, browser)
    write_pdf(whole_book(title, parts, page_numbers(whole)), whole, browser)


def print_book(folder, browser=None):
    """Every edition of the book that is built in ``folder``; returns the folder of the PDF files, ``_build/pdf``."""
    book, into = folder / "_build" / "html", folder / "_build" / "pdf"
    if not (book / "index.html").is_file():
        sys.exit(f"There is no built book in {book}: run `python -m neurolib.book build` first.")
    browser = find_browser(browser)
    shutil.rmtree(into, ignore_errors=True)
    for language, source in editions(folder).items():
        os.environ[VARIABLE] = language
        print_edition(source, book / source.relative_to(folder), into / language, browser)
    return into
