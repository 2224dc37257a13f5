"""Nothing of the library depends on the machine: its language, its folders, its programs, what of git it has."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from neurolib.book.commit import commit_of
from neurolib.explorers import explore
from neurolib.show.script import core, models_script, tools

resource = pytest.importorskip("resource")  # there is none on Windows
ROOT = Path(__file__).parents[2]
EXPLORERS = ("goldman", "charging")
SCRIPT = f"""
import hashlib, sys, warnings
sys.modules["numba"] = None  # (its own tests say that the script is the same with it)
from neurolib.explorers import explore
from neurolib.show.script import core, models_script, tools
from neurolib.show.standalone import standalone_html
warnings.filterwarnings("error", category=EncodingWarning, module="neurolib")
explorers = [explore(name) for name in {EXPLORERS!r}]
script = core() + tools() + models_script(explorers)
page = standalone_html(explorers[0])
assert "电位" in page, page[:500]
print(hashlib.sha256(script.encode()).hexdigest())
"""


def write_nothing():
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_the_same_script_wherever_it_is_made(tmp_path):
    """In a folder with spaces and Chinese in its path; no home, no git, nothing to write to; a language without UTF-8.

    In Chinese: in English less is read and written.
    """
    folder = tmp_path / "神经元 and spaces"
    shutil.copytree(ROOT / "neurolib", folder / "neurolib", ignore=shutil.ignore_patterns("__pycache__"))
    script = folder / "make.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = {"PYTHONPATH": str(folder), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PATH": "",
                   "MPLCONFIGDIR": str(tmp_path), "TMPDIR": str(tmp_path), "NEUROLIB_LANGUAGE": "zh_CN"}  # fmt: skip
    done = subprocess.run([sys.executable, "-B", "-X", "warn_default_encoding", script], cwd=folder,
                          env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace",
                          preexec_fn=write_nothing)  # fmt: skip
    assert done.returncode == 0, done.stderr
    expected = core() + tools() + models_script([explore(name) for name in EXPLORERS])
    assert done.stdout.strip() == hashlib.sha256(expected.encode()).hexdigest()


def test_the_status_page_needs_no_git(monkeypatch, tmp_path):
    """A book from an archive, on a machine that has git and on one that has none."""
    assert commit_of(tmp_path) == "no repository"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(ROOT) == "no repository"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an archive has no list of its files")
def test_line_ends_are_the_same_on_every_system():
    """Git for Windows writes others, unless a repository says what it wants."""
    listed = subprocess.run(["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()]
    assert len(rows) > 100 and all("eol=lf" in row[2] + row[3] or "-text" in row[0] for row in rows)
    assert [row for row in rows if row[0] in ("i/crlf", "i/mixed")] == []
