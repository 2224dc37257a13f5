"""An explorer's texts, apart from its code: a TOML file beside its module, which is what translators see.

The file's tables are those of ``TABLES``; a key is the name or the word that a text stands for. Texts are English and whole.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

TABLES = ("controls", "options", "curves", "readouts", "faults", "say", "presets", "story", "challenge", "prediction", "scene")
CHECKS = ("laws", "reached")  # tables that no reader sees: what holds where a word is said, and settings where it is


@dataclass(frozen=True)
class Words:
    """The texts of one explorer, by what they stand for; ``place`` is the file that they come from, for errors.

    ``story`` holds the steps in order; ``challenge`` the goal, a sentence for each word of its check and perhaps ``hints``;
    ``prediction`` the question, ``options`` and, for each option that can be right, one of ``reasons``; ``scene`` the words
    in the picture and its ``description``. ``laws`` and ``reached`` are for the tests: see :mod:`neurolib.explorer.laws`.
    """

    title: str = ""
    caption: str = ""
    place: str = "words"
    controls: dict = field(default_factory=dict)
    options: dict = field(default_factory=dict)
    curves: dict = field(default_factory=dict)
    readouts: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)
    say: dict = field(default_factory=dict)
    presets: dict = field(default_factory=dict)
    story: dict = field(default_factory=dict)
    challenge: dict = field(default_factory=dict)
    prediction: dict = field(default_factory=dict)
    scene: dict = field(default_factory=dict)
    laws: dict = field(default_factory=dict)
    reached: dict = field(default_factory=dict)

    def same(self, table, texts, wanted):
        """Raise ``ValueError`` where the keys of a table are other than ``wanted``, naming what is missing or idle."""
        missing, idle = [key for key in wanted if key not in texts], [key for key in texts if key not in wanted]
        if missing or idle:
            parts = [f"{what} {', '.join(keys)}" for what, keys in (("lacks", missing), ("has for nothing", idle)) if keys]
            raise ValueError(f"{self.place}: [{table}] {'; '.join(parts)}")


def read_words(path):
    """The words in a TOML file. Raises ``ValueError`` that names the file for what cannot be read or has no place."""
    try:
        texts = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error
    for key in texts:
        if key not in (*TABLES, *CHECKS, "title", "caption"):
            raise ValueError(f"{path}: {key} is not one of title, caption, {', '.join((*TABLES, *CHECKS))}")
    return Words(place=Path(path).name, **texts)


def texts_of(tables, path=()):
    """Every text of a file with the keys that lead to it, such as ``(("say", "balance"), "V_m stands at …")``."""
    for key, value in tables.items():
        if not path and key in CHECKS:
            continue
        if isinstance(value, dict):
            yield from texts_of(value, (*path, key))
        elif isinstance(value, list):
            yield from (((*path, key), text) for text in value)
        else:
            yield (*path, key), value
