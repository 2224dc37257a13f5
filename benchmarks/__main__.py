"""``python -m benchmarks``: everything, or the parts that are named: solver, generic, live, pages, build."""

import sys

from benchmarks import build, generic, live, pages, solver

PARTS = {
    "solver": ("the solver and its peers", solver.show),
    "generic": ("a cell that is data and its own kernel", generic.show),
    "live": ("a live notebook: slider to new arrays", live.show),
    "pages": ("the pages", pages.show),
    "build": ("the build of the book", build.show),
}


def main(names):
    for name in names or PARTS:
        if name not in PARTS:
            sys.exit(f"{name!r} is not a benchmark: there are {', '.join(PARTS)}")
        title, show = PARTS[name]
        print(f"\n{title}")
        show()


main(sys.argv[1:])
