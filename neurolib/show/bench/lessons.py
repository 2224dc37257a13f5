"""Ten experiments to rebuild on the bench, from ``lessons.toml``; each begins with one that does not yet do what is asked.

``from`` names one of :data:`BEGINNINGS`, which ``protocol`` changes; a goal names a number of the page, and bounds it.
"""

import tomllib
from pathlib import Path

from neurolib.explorer.language import translate
from neurolib.show.bench.catalogue import PULSE, STEP

FILE = Path(__file__).with_name("lessons.toml")
WORDS = "title", "text", "hint", "said"
FAMILY = {
    "clamp": "voltage", "kind": "family", "base": -65.0, "duration": 20.0, "onset": 2.0, "width": 11.0,
    "first": -59.0, "last": 44.0, "count": 6, "pre": -65.0, "pre_width": 0.0, "tail": -65.0,
}  # fmt: skip
BEGINNINGS = {"pulse": PULSE, "step": STEP, "family": FAMILY}


def lessons():
    """The lessons as the page has them, with their texts in the reader's language."""
    with FILE.open("rb") as file:
        return [lesson(key, asked) for key, asked in tomllib.load(file).items()]


def lesson(key, asked):
    told = {word: translate(asked[word]) for word in WORDS}
    protocol = BEGINNINGS[asked["from"]] | asked.get("protocol", {})
    return {"key": key, "protocol": protocol} | {name: asked[name] for name in ("cell", "panels", "goals")} | told
