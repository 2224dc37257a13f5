"""The book by the newest Sphinx: `make newest` runs this; it takes some minutes, and the network.

Jupyter Book 1.x holds its Sphinx back by years. The same ``_config.yml`` and ``_toc.yml``, written out as a ``conf.py``, are
built here with the newest releases that the index says go together. What Sphinx then complains of, and a browser of the
pages, is reported; a page that is not made, or whose explorers do not start, fails.
"""

import io
import re
import subprocess
import sys
import tarfile
import venv

from launch import ROOT, pages_of

from neurolib.explorers import all_explorers

# In the place of jupyter-book: the extensions that its conf.py names.
EXTENSIONS = ("external-toc", "togglebutton", "copybutton", "thebe", "comments", "jupyterbook-latex", "multitoc-numbering")
NAME = re.compile(r"^[A-Za-z][\w-]*")


def names():
    """What requirements.in asks for, without releases."""
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    found = [NAME.match(line)[0] for line in lines if NAME.match(line)]
    return [name for name in found if name != "jupyter-book"] + [f"sphinx-{name}" for name in EXTENSIONS]


def complaints(chromium, folder):
    """What the browser says of the pages, each once; every explorer has to start."""
    said = {}
    page = chromium.new_page()
    page.on("pageerror", lambda error: said.setdefault(f"error: {error}", page.url))
    page.on("console", lambda m: said.setdefault(m.text, page.url) if m.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: said.setdefault(f"not found: {request.url}", page.url))
    for name in pages_of(""):
        page.goto((folder / f"{name}.html").as_uri())
        page.wait_for_function("() => !document.querySelector('[data-explorer]:not(.explorer-equipped)')")
        searches = page.locator(".search-button__button:visible, .search-button-field:visible").count()
        if searches > 1:
            said.setdefault(f"{searches} places to search", page.url)
    page.context.close()
    return [f"{text} ({url.replace(folder.as_uri(), '.')})" for text, url in said.items()]


def test_the_newest_sphinx(tmp_path, report, chromium):
    folder, here = tmp_path / "book", tmp_path / "venv"
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "config", "sphinx", "."]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    conf = folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8").replace("'jupyter_book', ", ""), encoding="utf-8")
    venv.create(here, with_pip=True)
    python = here / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-e", folder, *names()]
    installed = subprocess.run(install, capture_output=True, text=True)
    assert installed.returncode == 0, installed.stderr[-3000:]
    listed = subprocess.run([python, "-m", "pip", "list", "--format", "freeze"], check=True, capture_output=True, text=True)
    for line in listed.stdout.splitlines():
        if re.match(r"(sphinx|myst|pydata|docutils)", line, re.IGNORECASE):
            report(line)
    build = [python, "-m", "sphinx", "-b", "html", "--keep-going", ".", tmp_path / "html"]
    done = subprocess.run(build, cwd=folder, capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if "WARNING" in line or "ERROR" in line:
            report(line.replace(str(folder), "."))
    assert done.returncode == 0, done.stderr[-5000:]
    assert all((tmp_path / "html" / f"{name}.html").is_file() for name in pages_of(""))
    for line in complaints(chromium, tmp_path / "html"):
        report(line.replace((tmp_path / "html").as_uri(), "."))
    for explorer in all_explorers():
        page = (tmp_path / "html" / "chapters" / f"{explorer.chapter}.html").read_text(encoding="utf-8")
        assert f'data-explorer="{explorer.name}"' in page, explorer.name
