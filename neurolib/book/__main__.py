"""The book from the command line, on any system; `make book` and `make test` call this.

``python -m neurolib.book build``: every edition, to ``_build/html``.
``python -m neurolib.book test WORDS``: every test, over that book; the words go to pytest.
``python -m neurolib.book pdf``: that book as PDF files, to ``_build/pdf``; it needs requirements-print.txt and a Chromium.

All are run in the folder of the repository, with the Python that the requirements were installed for.
"""

import argparse
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from neurolib.book.languages.editions import editions
from neurolib.book.offline.copies import write_copies
from neurolib.portable.reach import PACKAGE

JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
STRICT = ("-W", "-n", "--keep-going")
AGAIN = "Install what requirements.txt pins: pip install -r requirements.txt"


def check_jupyter_book():
    """Jupyter Book 2 has another ``build``: of a book like this one it makes nothing, and may not say so."""
    try:
        found = version("jupyter-book")
    except PackageNotFoundError:
        sys.exit(f"jupyter-book is not installed for {sys.executable}. {AGAIN}")
    if not found.startswith("1."):
        sys.exit(f"jupyter-book {found} is installed, and this book is made with 1.x. {AGAIN}")


def check_neurolib(environment):
    """The pages' cells have to find this neurolib, and not the one that the index has under this name."""
    command = [sys.executable, "-P", "-c", "import neurolib; print(*neurolib.__path__)"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    found = done.stdout.strip() or done.stderr.strip().rpartition("\n")[2]
    if done.returncode or not PACKAGE.samefile(found):
        sys.exit(f"The pages' cells would not use {PACKAGE}, but: {found}\n"
                 f"(Another package on the index bears the name neurolib.) {AGAIN}")  # fmt: skip


def build(folder, into):
    """Build every edition of the book in ``folder``; returns the folder of its pages, ``into/_build/html``."""
    if not (folder / "_config.yml").is_file():
        sys.exit(f"{folder} has no _config.yml: run this in the folder of the repository.")
    environment = os.environ | {"PYTHONUTF8": "1"}  # files are read as UTF-8 on every system
    check_jupyter_book()
    check_neurolib(environment)
    made = into / "_build"
    shutil.rmtree(made, ignore_errors=True)
    first, *others = editions(folder).values()
    places = {first: into} | {place: made / place.name for place in others}
    command = [sys.executable, "-c", JUPYTER_BOOK, "build", *STRICT, "--path-output"]
    running = [subprocess.Popen([*command, output, place], cwd=folder, env=environment) for place, output in places.items()]
    if any([process.wait() for process in running]):
        sys.exit("The book was not built; the messages above say why.")
    for place in others:
        shutil.move(places[place] / "_build" / "html", made / "html" / place.name)
    write_copies(made / "html")
    return made / "html"


def test(folder, words):
    """Run the tests over the book that stands in ``_build/html``, or over one that is built first; pytest's exit code."""
    book = folder / "_build" / "html"
    if not (book / "index.html").is_file():
        build(folder, folder)
    environment = os.environ | {"BOOK_HTML": str(book), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *words]
    return subprocess.run(command, cwd=folder, env=environment).returncode


def pdf(folder, browser):
    """Print the book that stands in ``_build/html``; returns the folder of the PDF files."""
    try:
        from neurolib.book.paper.printing import print_book
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is not installed for {sys.executable}: pip install -r requirements-print.txt")
    return print_book(folder, browser)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m neurolib.book", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    of = commands.add_parser("build", help="build every edition")
    of.add_argument("--into", type=Path, default=Path.cwd(), help="the folder in which _build is made (this one)")
    of = commands.add_parser("pdf", help="print the built book: each edition, and each page as a handout")
    of.add_argument("--browser", help="a Chromium, by its path (the one that is installed)")
    commands.add_parser("test", help="run the tests; what follows goes to pytest")
    given, words = parser.parse_known_args(arguments)
    if given.command == "test":
        sys.exit(test(Path.cwd(), words))
    if words:
        parser.error(f"{given.command} takes no {' '.join(words)}")
    if given.command == "pdf":
        print(f"The PDF files are in {pdf(Path.cwd(), given.browser)}")
        return
    print(f"The book is in {build(Path.cwd(), given.into.resolve()) / 'index.html'}")


if __name__ == "__main__":
    main()
