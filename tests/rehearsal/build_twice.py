"""Two builds of one state of the repository, in other surroundings, give the same bytes.

`make reproducible` runs this. `unreproducible.txt` names the files that may differ, and why.
"""

import fnmatch
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from binder import ROOT

EXCEPTIONS = Path(__file__).with_name("unreproducible.txt")
# Another folder, another order of sets, another time zone, another language of the machine.
SURROUNDINGS = {
    "one": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "another/place": {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
}


def build(folder, surroundings):
    """The book, made by `make book` from a copy of the repository's files."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
    environment = sys.prefix
    command = ["make", "book", f"VENV={environment}", "-o", f"{environment}/book"]
    done = subprocess.run(command, cwd=folder, env=os.environ | surroundings | {"PYTHONPATH": str(folder)},
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr[-5000:]
    return folder / "_build" / "html"


def contents(book):
    return {path.relative_to(book).as_posix(): path.read_bytes() for path in book.rglob("*") if path.is_file()}


def allowed():
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines()
    return [line.partition("  ")[0] for line in lines if line and not line.startswith("#")]


def test_two_builds_are_the_same(tmp_path):
    with ThreadPoolExecutor() as pool:
        books = pool.map(build, (tmp_path / place for place in SURROUNDINGS), SURROUNDINGS.values())
    one, other = map(contents, books)
    assert len(one) > 100
    different = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    assert [name for name in different if not any(fnmatch.fnmatch(name, pattern) for pattern in allowed())] == []
    for pattern in allowed():
        assert any(fnmatch.fnmatch(name, pattern) for name in one), f"{pattern} names no file of the book"
