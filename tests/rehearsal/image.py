"""Make, in a virtual environment, what Binder makes in a container: its own steps, read from the Dockerfile it would use."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from binder import ROOT, before, dockerfile, python_version, steps
from reader_lab import reader_environment


def python_near(version):
    """A program of that version of Python, or else the one that runs this."""
    program = shutil.which(f"python{version}")
    works = program and subprocess.run([program, "-c", ""], capture_output=True).returncode == 0
    return program if works else sys.executable


@dataclass
class Image:
    """The environment that a reader gets: programs, repository, home; and how long each step took, in seconds."""

    folder: Path
    seconds: dict = field(default_factory=dict)
    prefix = property(lambda self: self.folder / "environment")
    repository = property(lambda self: self.folder / "home")
    environment = property(
        lambda self: reader_environment(self.prefix / "bin", self.repository)
        | {"KERNEL_PYTHON_PREFIX": str(self.prefix), "REPO_DIR": str(self.repository)}
    )

    def do(self, name, command):
        start = time.perf_counter()
        done = subprocess.run(command, shell=True, cwd=self.repository, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        self.seconds[name] = time.perf_counter() - start
        return done.stdout

    def megabytes(self):
        """What the environment and the home weigh on the disk."""
        files = (path for top in (self.prefix, self.repository) for path in top.rglob("*"))
        return sum(path.lstat().st_size for path in files if path.is_file() and not path.is_symlink()) / 1e6


def make_image(folder):
    """Follow the Dockerfile in ``folder``, unless that has been done."""
    if (folder / "seconds.json").exists():
        return Image(folder, json.loads((folder / "seconds.json").read_text(encoding="utf-8")))
    image, text = Image(folder), dockerfile()
    image.repository.mkdir(parents=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.rstrip("\0").split("\0"):
        (image.repository / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, image.repository / name)
    settle(image.repository)
    version = python_version(text)
    subprocess.run([python_near(version), "-m", "venv", image.prefix], check=True)
    image.do("what every image holds", f"'{image.prefix}/bin/pip' install -q {' '.join(before(version))}")
    for command in steps(text):
        image.do(command, command)
    settle(image.folder)
    (folder / "seconds.json").write_text(json.dumps(image.seconds), encoding="utf-8")
    return image


def settle(folder):
    """Times of files in whole seconds, as the layers of an image keep them: caches have to survive that."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (int(path.stat().st_atime), int(path.stat().st_mtime)))
