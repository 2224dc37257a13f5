"""Whether every pinned requirement can be had, ready made, for each machine and each Python that the book is for.

`make wheels` runs this; it asks the index, and compiles nothing. It names what is missing, and fails on what it does not know.
"""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACHINES = {
    "Linux, x86-64": "x86_64-manylinux_2_28", "Linux, ARM": "aarch64-manylinux_2_28",
    "macOS, Intel": "x86_64-apple-darwin", "macOS, Apple": "aarch64-apple-darwin",
    "Windows, x86-64": "x86_64-pc-windows-msvc", "Windows, ARM": "aarch64-pc-windows-msvc",
}  # fmt: skip
# What pip makes itself, without a compiler: their parts in C are left out where there is none.
PURE = {"pyyaml"}
# What needs a compiler, and which list of requirements needs it. The book itself needs none anywhere.
COMPILED = {("-live", "macOS, Intel"): {"argon2-cffi-bindings"}, ("-dev", "macOS, Intel"): {"argon2-cffi-bindings"}}
LACKS = re.compile(r"Because (?:only )?([\w.-]+)==")


def missing(part, machine, python):
    """The pins of ``requirements<part>.txt`` for which that machine finds nothing ready made."""
    pins = [line for line in (ROOT / f"requirements{part}.txt").read_text(encoding="utf-8").splitlines() if "==" in line]
    command = [Path(sys.executable).with_name("uv"), "pip", "compile", "-", "--no-deps", "--only-binary", ":all:", "-q",
               "--no-header", "--no-annotate", "--python-platform", MACHINES[machine], "--python-version", python]  # fmt: skip
    found = set()
    while True:
        done = subprocess.run(command, input="\n".join(pins), capture_output=True, text=True)
        if done.returncode == 0:
            return found
        lacking = LACKS.search(done.stderr)
        left = [pin for pin in pins if not lacking or not pin.startswith(f"{lacking[1]}==")]
        if len(left) == len(pins):
            sys.exit(done.stderr)
        found.add(lacking[1])
        pins = left


def main():
    cases = list(product(("", "-live", "-dev"), MACHINES, PYTHONS))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda case: missing(*case), cases))
    unknown = []
    for (part, machine, python), lacking in zip(cases, answers, strict=True):
        new = lacking - PURE - COMPILED.get((part, machine), set())
        unknown += sorted(new)
        marks = ", ".join(f"{name}{' (NEW)' if name in new else ''}" for name in sorted(lacking))
        print(f"requirements{part + '.txt':<9}  {machine:<16} Python {python}: {marks or 'all are there'}")
    sys.exit(f"not to be had ready made: {', '.join(sorted(set(unknown)))}" if unknown else 0)


if __name__ == "__main__":
    main()
