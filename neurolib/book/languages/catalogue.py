"""The catalogues of translations: what there is to translate, and each language's file brought up to date.

``python -m neurolib.book.languages.catalogue`` writes every ``neurolib/locale/*/LC_MESSAGES/neurolib.po`` anew: new texts
come in empty, texts that are gone go out. To begin a language, make its folder first, such as
``neurolib/locale/fr/LC_MESSAGES``.
"""

import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import neurolib
from neurolib.book.reference.models import model_texts
from neurolib.explorer.language import CATALOGUES, catalogue_file
from neurolib.explorer.words import texts_of
from neurolib.show.bench import lessons

PACKAGE = Path(neurolib.__file__).parent
HEADER = {
    "header_comment": "# What readers see, translated. `make catalogues` brings this file up to date.",
    "project": "neurolib", "version": "0.1", "msgid_bugs_address": "the repository's issues",
    "last_translator": "The Electrical Neuron authors", "language_team": "The Electrical Neuron authors",
}  # fmt: skip


def template():
    """A catalogue of all that readers see, in English: what ``_()`` marks, words of explorers and pictures, models' sources."""
    texts = Catalog(fuzzy=False, **HEADER)
    methods = [("**.py", "python"), ("explorers/**.toml", words), ("book/pictures/*.toml", words),
               ("show/bench/lessons.toml", words_of_lessons)]  # fmt: skip
    for file, _line, text, _comments, _context in extract_from_dir(PACKAGE, methods, keywords={"_": None}):
        texts.add(text, locations=[(f"neurolib/{file}", None)])
    for text in model_texts():
        texts.add(text, locations=[("neurolib/cells.py", None)])
    return texts


def words(file, keywords, comment_tags, options):
    """Every text of an explorer's or a picture's words, for Babel."""
    for _keys, text in texts_of(tomllib.load(file)):
        yield 1, None, text, []


def words_of_lessons(file, keywords, comment_tags, options):
    """Every text of the bench's lessons, for Babel."""
    for asked in tomllib.load(file).values():
        for word in lessons.WORDS:
            yield 1, None, asked[word], []


def languages():
    return sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir())


def stored(name):
    """The catalogue of a language as its file has it, or an empty one."""
    path = catalogue_file(name)
    if not path.is_file():
        return Catalog(name, fuzzy=False, **HEADER)
    with path.open("rb") as file:
        return read_po(file, locale=name)


def update(name, texts):
    """Write a language's file anew, and say how many texts still wait."""
    catalog = stored(name)
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    path = catalogue_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return sum(not message.string for message in catalog if message.id)


if __name__ == "__main__":
    english = template()
    for language in languages():
        print(f"{language}: {len(english)} texts, {update(language, english)} without translation")
