"""The book's pages with the newest Sphinx, themes and extensions: `make newest` says what breaks, before it has to be mended.

Jupyter Book 1 holds Sphinx back. Its own `jupyter-book config sphinx` writes a `conf.py` from the same `_config.yml` and
`_toc.yml`, with which any Sphinx can build; here in an environment that has the newest release of everything the book names.
A release that cannot be installed, or with which the build fails or warns, is named, and the exit code is 1.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "_build" / "newest"
WATCHED = ("sphinx", "myst-nb", "myst-parser", "sphinx-book-theme", "pydata-sphinx-theme")


def run(command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


def names():
    """What requirements.in names, without its pins; Jupyter Book, which is what holds back, is left out, its parts are not."""
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    named = [match[1] for line in lines if (match := re.match(r"([A-Za-z][\w.-]*)", line))]
    return [name for name in named if name not in ("jupyter-book", "numba")] + [
        "sphinx-external-toc", "sphinx-comments", "sphinx-copybutton", "sphinx-togglebutton", "sphinx-thebe",
        "sphinx-jupyterbook-latex", "sphinx-multitoc-numbering", "linkify-it-py",
    ]  # fmt: skip


def environment():
    """A new environment with the newest of all that agree with each other."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    made = run([sys.executable, "-m", "venv", FOLDER / "venv"])
    python = FOLDER / "venv" / "bin" / "python"
    done = made.returncode or run([python, "-m", "pip", "install", "-q", *names(), "-e", ROOT])
    if done and done.returncode:
        sys.exit(f"not to be installed together:\n{done.stderr[-3000:]}")
    # Jupyter Book's own extension is one module, which asks for nothing of what it holds back.
    run([python, "-m", "pip", "install", "-q", "--no-deps", "jupyter-book<2"])
    versions = run([python, "-m", "pip", "list", "--format=freeze"]).stdout
    print("\n".join(line for line in versions.splitlines() if line.partition("==")[0] in WATCHED))
    return python


def main():
    python = environment()
    for folder in (ROOT, *(config.parent for config in sorted(ROOT.glob("*/_config.yml")))):
        copy = FOLDER / "pages" / folder.relative_to(ROOT)
        if folder == ROOT:
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__"))
        configured = run([python, "-c", "from jupyter_book.cli.main import main; main()", "config", "sphinx", copy])
        build = [python, "-m", "sphinx", "-b", "html", "-n", "--keep-going", "-q", copy, FOLDER / "html" / folder.name]
        built = configured if configured.returncode else run(build)
        warnings = [line for line in built.stderr.splitlines() if re.search(r"WARNING|ERROR|Error", line)]
        print(f"{folder.name}: exit code {built.returncode}, {len(warnings)} warnings and errors")
        print("\n".join(warnings[:40]) or built.stderr[-2000:])
        if built.returncode or warnings:
            sys.exit(1)


if __name__ == "__main__":
    main()
