"""Compiled code is kept where it can be, and nothing breaks where it cannot: no home, no room, another user's folder."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from neurolib.portable import cache, portable

resource = pytest.importorskip("resource")  # there is none on Windows
ROOT = Path(__file__).parents[2]
RUN = """
from neurolib.electrochemistry import nernst
from neurolib.portable import cache
assert abs(nernst(1.0, 140.0, 4.0, 37.0) + 95.0) < 0.1
print(cache.FOLDER)
"""
WHERE = "from neurolib.portable import cache\nprint(cache.FOLDER)"
OF_A_CELL = """
import numpy as np
from neurolib.cell import Cell
from neurolib.channels import leak
from neurolib.portable import cache
from neurolib.portable.compiler import compile_portable
cell = Cell("bare", 1.0, (leak("leak", 0.3, -60.0),), 20.0)
p = np.zeros(len(cell.parameter_names))
cell.kernel.defaults(p)
assert p[0] == 1.0
assert "function" in compile_portable([cell.kernel.rest])[0]
print(cache.FOLDER)
"""
LARGER = "\nfrom neurolib.rest import find_rest\nassert abs(find_rest(cell).V + 60.0) < 1e-9\n"
NOBODY = """
import pwd
def getpwuid(number):
    raise KeyError(number)
pwd.getpwuid = getpwuid
"""


def run(code=RUN, limit=None, **environment):
    """Where a new process of nothing but ``environment`` keeps its code, or None; files may grow to ``limit`` bytes."""
    def confine():
        if limit is not None:  # as on a full disk: every write fails
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run([sys.executable, "-B", "-W", "error", "-c", code], capture_output=True, text=True,
                          env={"PYTHONPATH": str(ROOT)} | environment, preexec_fn=confine)
    assert done.returncode == 0, done.stderr
    return None if done.stdout.strip() == "None" else Path(done.stdout.strip())


def test_the_folder_is_below_the_first_that_is_named_and_each_users_own(tmp_path):
    a, b, home = (tmp_path / name for name in ("a", "b", "home"))
    assert a in run(WHERE, NUMBA_CACHE_DIR=str(a), XDG_CACHE_HOME=str(b), HOME=str(home)).parents
    assert b in run(WHERE, XDG_CACHE_HOME=str(b), HOME=str(home)).parents and not home.exists()
    folder = run(OF_A_CELL, HOME=str(home))
    assert folder.parent == home / ".cache" / f"neurolib-{os.getuid()}"
    assert list((folder / "cells").glob("neurolib_cell_bare_*.py")) and list(folder.rglob("*.nbc"))


def test_without_a_home_a_folder_of_ones_own_is_used_and_taken_away(tmp_path):
    folder = run(NOBODY + RUN, TMPDIR=str(tmp_path))
    assert folder.parent == tmp_path and list(tmp_path.iterdir()) == []
    assert tmp_path in run(NOBODY + WHERE, XDG_CACHE_HOME=str(tmp_path)).parents


def test_a_place_that_is_not_ones_own_is_passed_over(tmp_path):
    shared, mine = tmp_path / "shared", tmp_path / "mine"
    shared.mkdir()
    (shared / f"neurolib-{os.getuid()}").write_text("another's")
    assert mine in run(WHERE, NUMBA_CACHE_DIR=str(shared), HOME=str(mine)).parents


def test_a_full_disk_is_no_hindrance(tmp_path):
    assert run(OF_A_CELL, limit=0, HOME=str(tmp_path), TMPDIR=str(tmp_path)) is None
    assert list(tmp_path.rglob("*.nbc")) == []


def test_a_disk_that_fills_up_is_no_hindrance(tmp_path):
    room = 1 << 18  # for the probe, not for the largest files
    folder = run(OF_A_CELL + LARGER, limit=room, HOME=str(tmp_path), TMPDIR=str(tmp_path))
    assert folder is not None and tmp_path in folder.parents


def test_a_file_cut_short_is_compiled_again(tmp_path):
    folder = run(HOME=str(tmp_path))
    kept = list(folder.rglob("*.nb[ic]"))
    for path in kept:
        path.write_bytes(path.read_bytes()[:40])
    assert len(kept) > 1 and run(HOME=str(tmp_path)) == folder


@pytest.mark.parametrize("error", [PermissionError(13, "not yours"), OSError(28, "no space left")])
def test_a_file_that_cannot_be_read_or_written_is_as_good_as_none(monkeypatch, error):
    def fails(*arguments):
        raise error

    for name in ("load_overload", "save_overload"):
        monkeypatch.setattr(cache.FunctionCache, name, fails)

    @portable
    def twice(x):
        return 2.0 * x

    assert cache.keep(twice)(3.0) == 6.0


CALLED = "import numba\n\n@numba.njit\ndef called(x):\n    return {} * x\n"
CALLER = """
import called, numba
from neurolib.portable.cache import keep

# {}
@keep
@numba.njit
def caller(x):
    return called.called(x) + 1.0
"""


def test_an_edit_is_noticed_where_a_function_reaches_it_and_a_remark_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(cache.numba.config, "CACHE_DIR", str(tmp_path / "kept"))
    monkeypatch.syspath_prepend(tmp_path)

    def answer(factor, remark="A remark."):
        (tmp_path / "called.py").write_text(CALLED.format(factor))
        (tmp_path / "caller.py").write_text(CALLER.format(remark))
        for name in ("called", "caller"):
            sys.modules.pop(name, None)
        with monkeypatch.context() as here:
            here.setattr(sys, "dont_write_bytecode", True)  # nor read: the files change within a second
            function = importlib.import_module("caller").caller
        return function(3.0), sum(function.stats.cache_hits.values())

    assert answer(2.0) == (7.0, 0) and answer(2.0) == (7.0, 1)
    assert answer(5.0) == (16.0, 0)
    assert answer(5.0, "Another,\n# on two lines.") == (16.0, 1)
    assert answer(2.0) == (7.0, 1)  # back to where it was
