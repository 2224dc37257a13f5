"""The explorers from the command line.

``python -m neurolib.explorers``: every explorer, one JSON object a line.
``python -m neurolib.explorers export NAME --CONTROL VALUE --language zh_CN -o FILE``: one HTML file, with these values, or,
where FILE ends with .js, a module in anywidget's form. NAME may be a file of one's own, such as epidemic.py.
``python -m neurolib.explorers page NAME``: its page, one HTML document, on standard output.
``python -m neurolib.explorers serve NAME``: that page at an address of this machine, made anew whenever a source changes.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from neurolib.explorer.language import CATALOGUES, VARIABLE, translate
from neurolib.explorers import all_explorers, explore, names
from neurolib.explorers._found import found, value_of
from neurolib.explorers._listing import describe
from neurolib.explorers._serve import RELOAD, serve
from neurolib.show.module import module_js
from neurolib.show.standalone import standalone_html


def languages():
    return ["en", *sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir())]


def export(given, rest):
    """Write an explorer, with the values that the rest of the command names, as one file."""
    if given.language:
        os.environ[VARIABLE] = given.language
    try:
        explorer = found(given.name)
    except ValueError as error:
        sys.exit(str(error))
    parser = argparse.ArgumentParser(prog=f"python -m neurolib.explorers export {given.name}")
    for control in explorer.controls:
        parser.add_argument(f"--{control.name}", type=value_of, help=translate(control.label).replace("%", "%%"))
    values = {name: value for name, value in vars(parser.parse_args(rest)).items() if value is not None}
    try:
        explorer = explorer.starting_at(**values)
    except ValueError as error:
        parser.error(str(error))
    output = given.output or Path(f"{explorer.name}.html")
    made = module_js(explorer) if output.suffix in (".js", ".mjs") else standalone_html(explorer)
    output.write_text(made, encoding="utf-8")


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
    of = commands.add_parser("export", allow_abbrev=False, help="one file for a slide, a messenger or a learning platform")
    of.add_argument("name", metavar="NAME", help="one of the book's, or a file such as epidemic.py")
    of.add_argument("--language", choices=languages(), help="of the texts (that of the book here, otherwise English)")
    of.add_argument("-o", "--output", type=Path, help="the file (NAME.html)")
    given, rest = parser.parse_known_args(arguments)
    if rest and given.command != "export":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if given.command == "export":
        export(given, rest)
    elif given.command == "page":
        sys.stdout.write(standalone_html(explore(given.name), RELOAD if given.reload else ""))
    elif given.command == "serve":
        serve(given.name, given.port)
    else:
        for explorer in all_explorers():
            print(json.dumps(describe(explorer), ensure_ascii=False))


if __name__ == "__main__":
    main()
