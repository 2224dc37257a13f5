"""`python -m neurolib.book`: what it refuses to build with, and what it says. (Other tests build with it.)"""

import os
import socket
import subprocess
import sys

import pytest
from launch import ROOT

from neurolib.book import __main__ as command
from neurolib.book.repairs.ports import HIGHEST, LOWEST, OwnPorts, is_free


@pytest.mark.parametrize("found", ["2.1.0", None])
def test_another_jupyter_book_is_told(monkeypatch, tmp_path, found):
    def version(package):
        if found is None:
            raise command.PackageNotFoundError(package)
        return found

    monkeypatch.setattr(command, "version", version)
    with pytest.raises(SystemExit, match=rf"{found or 'not installed'}.*pip install -r requirements\.txt"):
        command.build(ROOT, tmp_path)
    monkeypatch.undo()
    command.check_jupyter_book()


def test_another_neurolib_is_told(tmp_path):
    """The index has a package of this name; it would be imported by the pages' cells."""
    (tmp_path / "neurolib" / "models").mkdir(parents=True)
    (tmp_path / "neurolib" / "__init__.py").touch()
    with pytest.raises(SystemExit, match=r"Another package.*requirements\.txt"):
        command.check_neurolib(os.environ | {"PYTHONPATH": str(tmp_path)})
    command.check_neurolib(os.environ | {"PYTHONPATH": str(ROOT)})


def test_importing_ours_beside_another_warns(tmp_path):
    (tmp_path / "neurolib" / "models").mkdir(parents=True)
    (tmp_path / "neurolib" / "__init__.py").touch()
    path = os.pathsep.join([str(ROOT), str(tmp_path)])
    done = subprocess.run([sys.executable, "-c", "import neurolib"], env=os.environ | {"PYTHONPATH": path},
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0 and str(tmp_path / "neurolib") in done.stderr and "pip uninstall neurolib" in done.stderr
    alone = subprocess.run([sys.executable, "-c", "import neurolib"], env=os.environ | {"PYTHONPATH": str(ROOT)},
                           capture_output=True, text=True)  # fmt: skip
    assert alone.returncode == 0 and alone.stderr == ""


def test_outside_of_the_repository_it_says_where_to_go(tmp_path):
    done = subprocess.run([sys.executable, "-m", "neurolib.book", "build"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0 and "in the folder of the repository" in done.stderr


def test_two_builds_take_different_ports(monkeypatch):
    """What one build has chosen for kernels not yet started, five for each of 100 pages, the other does not choose."""
    monkeypatch.setattr("os.getpid", lambda: 1000)  # both begin to look at the same range
    builds = [OwnPorts(), OwnPorts()]
    chosen = [ports.find_available_port("127.0.0.1") for ports in builds for _ in range(500)]
    assert len(set(chosen)) == 1000 and all(LOWEST <= port < HIGHEST for port in chosen)
    for ports in builds:
        ports.guard.close()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        assert not is_free("127.0.0.1", other.getsockname()[1])
