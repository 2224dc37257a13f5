"""The packages of npm that tests run: those that ``page/npm/package-lock.json`` pins, installed where they are not yet."""

import contextlib
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).with_name("page") / "npm"
INSTALLED = FOLDER / "node_modules"
COMMAND = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]


def install():
    """The folder of the packages, as the lock has them."""
    lock, of = FOLDER / "package-lock.json", INSTALLED / "of-lock.json"
    with lock.open() as held:
        with contextlib.suppress(ImportError):
            import fcntl  # (not on Windows)

            fcntl.flock(held, fcntl.LOCK_EX)  # one process of the tests installs
        if not of.exists() or of.read_bytes() != lock.read_bytes():
            if not shutil.which("npm"):
                raise FileNotFoundError("npm is not there: the tests of other platforms need Node 20 or newer")
            subprocess.run(COMMAND, cwd=FOLDER, check=True)
            shutil.copy(lock, of)
    return INSTALLED


if __name__ == "__main__":
    install()
