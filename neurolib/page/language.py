"""The reader's language: one function through which every string that a reader sees passes.

Declarations hold English text, marked with :func:`_` so that Babel finds it; whatever shows the text calls
:func:`translate`. The language is that of the book being built, or of ``NEUROLIB_LANGUAGE`` in a notebook.
"""

import gettext
import os
from functools import lru_cache
from pathlib import Path

CATALOGUES = Path(__file__).parent.parent / "locale"
VARIABLE = "NEUROLIB_LANGUAGE"


def _(text):
    """Mark ``text`` for translation; it is translated when it is shown."""
    return text


def language():
    """The language that readers see, as a locale name such as ``en`` or ``zh_CN``."""
    return os.environ.get(VARIABLE, "en")


@lru_cache
def catalogue(name):
    return gettext.translation("neurolib", CATALOGUES, [name], fallback=True)


def translate(text):
    """``text`` in the reader's language (unchanged where the catalogue does not have it)."""
    return catalogue(language()).gettext(text) if text else text
