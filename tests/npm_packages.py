"""The packages of npm that tests run: those that ``npm/package-lock.json`` pins, installed where they are not yet."""

import contextlib
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).with_name("npm")
INSTALLED = FOLDER / "node_modules"
COMMAND = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]


def install():
    """The folder of the packages, as the lock has them."""
    lock, kept = FOLDER / "package-lock.json", INSTALLED / ".package-lock.json"
    if kept.exists() and kept.stat().st_mtime >= lock.stat().st_mtime:
        return INSTALLED
    if not shutil.which("npm"):
        raise FileNotFoundError("npm is not there: the tests of other platforms need Node (https://nodejs.org, 20 or newer)")
    with (FOLDER / "package.json").open() as held, contextlib.suppress(ImportError):
        import fcntl  # (not on Windows)

        fcntl.flock(held, fcntl.LOCK_EX)  # one process of the tests installs
        if not kept.exists() or kept.stat().st_mtime < lock.stat().st_mtime:
            subprocess.run(COMMAND, cwd=FOLDER, check=True)
    return INSTALLED


if __name__ == "__main__":
    install()
