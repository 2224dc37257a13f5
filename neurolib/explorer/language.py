"""The reader's language: one function through which every string that a reader sees passes.

Declarations hold English text, marked with :func:`_` so that Babel finds it; whatever shows the text calls
:func:`translate`. The language is that of ``NEUROLIB_LANGUAGE`` where it is set, as it is while a book is built, otherwise
that of the book that the notebook stands in. :mod:`neurolib.book.languages.catalogue` keeps the catalogues complete.
"""

import os
from functools import lru_cache
from pathlib import Path

import yaml
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent.parent / "locale"
VARIABLE = "NEUROLIB_LANGUAGE"


def _(text):
    """Mark ``text`` for translation; it is translated when it is shown."""
    return text


# The units of declarations that an edition may write in another way, as Chinese books have mmol/L; others are the same in all.
UNITS = (_("mM"), _("µM"), _("nM"), _("mM/ms"), _("mM cm²/(µA ms)"), _("1/ms"), _("1/s"), _("1/µm²"), _("1/(ms µm²)"))


def language():
    """The language that readers see, as a locale name such as ``en`` or ``zh_CN``."""
    return os.environ.get(VARIABLE) or language_around(here())


def here():
    """The working folder, or None where it has been deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


@lru_cache
def language_around(folder):
    """The language of the book that holds ``folder``: that of the nearest ``_config.yml`` upwards; English without one.

    A file of that name that is no book's, or cannot be read, counts as none: other programs have such files, too.
    """
    for place in (folder, *folder.parents) if folder else ():
        if (place / "_config.yml").is_file():
            try:
                return book_language(place)
            except (OSError, ValueError, AttributeError, yaml.YAMLError):
                continue
    return "en"


def book_language(folder):
    """The language that the ``_config.yml`` of a book names."""
    config = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8")) or {}
    named = ((config.get("sphinx") or {}).get("config") or {}).get("language", "en")
    if not isinstance(named, str):
        raise ValueError(f"language in {folder / '_config.yml'} has to be a name such as en or zh_CN, not {named!r}")
    return named


def catalogue_file(name):
    return CATALOGUES / name / "LC_MESSAGES" / "neurolib.po"


@lru_cache
def catalogue(name):
    """Translations by their English text. The ``.po`` file itself is read, so that no compiled copy can lag behind it."""
    path = catalogue_file(name)
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id and message.string}


def translate(text):
    """``text`` in the reader's language (unchanged where the catalogue does not have it)."""
    return catalogue(language()).get(text, text)


def quantity(name, unit):
    """A quantity with its unit, such as "time (ms)", in the reader's language."""
    if not unit:
        return translate(name)
    return translate(_("{name} ({unit})")).format(name=translate(name), unit=translate(unit))
