"""The bank of questions as files that learning platforms import: Moodle XML, and a package of QTI 2.1 items.

Each question of ``bank`` stands in them as a choice, and once more as a number where its explorer lets the reader mark one;
one that is answered in words, with its model answer.
The files are ``_static/questions/moodle.xml`` and ``_static/questions/qti.zip`` of each edition.
"""

from pathlib import Path

from neurolib.book.bank import questions
from neurolib.book.chapters import chapters
from neurolib.book.languages.editions import language_tag
from neurolib.book.platforms.moodle import moodle
from neurolib.book.platforms.qti import qti
from neurolib.book.self_test import self_tests

FOLDER, MOODLE, QTI = "_static/questions", "moodle.xml", "qti.zip"


def write_files(app, exception):
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    titles, base = {page: chapter.title for page, chapter in chapters(app).items()}, app.config.html_baseurl
    order = list(titles)
    every = [*questions(), *self_tests(Path(app.srcdir))]
    asked = sorted((one for one in every if one.page in titles), key=lambda one: order.index(one.page))
    (folder / MOODLE).write_text(moodle(asked, titles, base), encoding="utf-8")
    (folder / QTI).write_bytes(qti(asked, language_tag(app.config.language or "en"), base))


def setup(app):
    app.connect("build-finished", write_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
