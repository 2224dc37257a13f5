"""The whole book from an archive, somewhere odd: `make elsewhere` runs this; it takes some minutes.

A folder with spaces and Chinese in its path, no git and no home, a machine whose language has no UTF-8, nowhere to keep
compiled code. Every page has to be there.
"""

import io
import shutil
import subprocess
import sys
import tarfile

from launch import ROOT, pages


def test_an_archive_in_an_odd_place(tmp_path):
    folder = tmp_path / "神经元 的 book"
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "env"):  # and no git
        (programs / name).symlink_to(shutil.which(name))
    environment = {"PATH": str(programs), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(folder),
                   "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": "/dev/null/none"}  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "neurolib.book", "build"], cwd=folder, env=environment,
                          capture_output=True, text=True, errors="replace")  # fmt: skip
    assert done.returncode == 0, done.stderr[-5000:]
    book = folder / "_build" / "html"
    assert all((book / f"{name}.html").is_file() for name in pages())
    assert [path for path in book.rglob("zh") if path.is_dir()] == [book / "zh"]
