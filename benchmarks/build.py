"""How long the book takes to build, from nothing."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def show():
    with tempfile.TemporaryDirectory() as folder:
        command = [
            Path(sys.executable).with_name("jupyter-book"),
            "build",
            str(ROOT),
            "--path-output",
            folder,
            "-W",
            "-n",
            "--keep-going",
        ]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(f"  {time.perf_counter() - start:.1f} s")
