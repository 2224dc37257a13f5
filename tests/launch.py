"""The pages of the book, in each of its editions, and where their launch buttons lead."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

import yaml

ROOT = Path(__file__).parents[1]
EDITIONS = ["", *(f"{config.parent.name}/" for config in sorted(ROOT.glob("*/_config.yml")))]


def pages():
    """Every page, by its path in the repository without the ending."""
    return [folder + name for folder in EDITIONS for name in pages_of(folder)]


def pages_of(folder):
    toc = yaml.safe_load((ROOT / folder / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]


def repository():
    """Owner, name and branch of the repository that the buttons should lead to."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    url = os.environ.get("BOOK_REPOSITORY") or settings["url"]
    return f"{url.removeprefix('https://github.com/')}/{os.environ.get('BOOK_BRANCH') or settings['branch']}"


def buttons(book, name):
    """Addresses of the launch buttons on a page of the built book."""
    html = (book / f"{name}.html").read_text(encoding="utf-8")
    return [unquote(address) for address in re.findall(r'href="(https://mybinder\.org/[^"]+)"', html)]
