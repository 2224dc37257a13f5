"""The explorers from the command line.

``python -m neurolib.explorers``: every explorer, one JSON object a line.
``python -m neurolib.explorers page NAME``: its page, one HTML document, on standard output.
``python -m neurolib.explorers serve NAME``: that page at an address of this machine, made anew whenever a source changes.
"""

import argparse
import json
import sys

from neurolib.explorers import all_explorers, explore, names
from neurolib.explorers._listing import describe
from neurolib.explorers._serve import RELOAD, serve
from neurolib.show.standalone import standalone_html


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m neurolib.explorers", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command")
    for command in ("page", "serve"):
        of = commands.add_parser(command)
        of.add_argument("name", choices=names(), metavar="NAME", help=f"one of {', '.join(names())}")
        if command == "page":
            of.add_argument("--reload", action="store_true", help="let the page watch for changes")
        else:
            of.add_argument("--port", type=int, default=8765)
    given = parser.parse_args(arguments)
    if given.command == "page":
        sys.stdout.write(standalone_html(explore(given.name), RELOAD if given.reload else ""))
    elif given.command == "serve":
        serve(given.name, given.port)
    else:
        for explorer in all_explorers():
            print(json.dumps(describe(explorer), ensure_ascii=False))


if __name__ == "__main__":
    main()
