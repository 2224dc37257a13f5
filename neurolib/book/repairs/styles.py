"""The theme's styles are written for every book: this one keeps the rules for what its pages hold or its scripts add.

Upstream (sphinx-book-theme, pydata-sphinx-theme, sphinx-design) should load the rules for their parts where the parts are. The
file may go when the style sheets of a page weigh less than 40 kB, gzipped, without it.
"""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import tinycss2

NAMES = re.compile(r'\b(?:class|id)="([^"]*)"')
WORD = re.compile(r"[\w-]+")


class Known:
    """Names of classes and elements: those that ``pages`` (HTML) give, and all that ``scripts`` could, by their words."""

    def __init__(self, pages, scripts):
        self.words = {name for names in NAMES.findall(pages) for name in unescape(names).split()}
        self.words |= set(WORD.findall(scripts))
        # A word that ends with a hyphen is the beginning of names that a script puts together.
        self.beginnings = tuple(word for word in self.words if len(word) > 1 and word.endswith("-"))

    def __contains__(self, name):
        return name in self.words or name.startswith(self.beginnings)

    def matches(self, selector):
        """False when a selector (its tokens) asks for a name that is nowhere; what stands in brackets is not looked at."""
        named = [token for before, token in pairwise(selector) if before == "." and token.type == "ident"]
        named += [token for token in selector if token.type == "hash"]
        return all(token.value in self for token in named)


def split(prelude):
    """The selectors of a rule."""
    selectors = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def keep_used(css, known):
    """``css`` without the rules whose every selector asks for a name that is not ``known``. Licences stay."""
    return kept(tinycss2.parse_stylesheet(css, skip_whitespace=True), known)


def kept(rules, known):
    written = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [tinycss2.serialize(selector) for selector in split(rule.prelude) if known.matches(selector)]
            if selectors:
                written.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inside = kept(tinycss2.parse_rule_list(rule.content, skip_whitespace=True), known)
            if inside:
                written.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}")
        elif rule.type != "comment" or rule.value.startswith("!"):
            written.append(rule.serialize())
    return "".join(written)


def write_used(app, exception):
    """After the build: write each style sheet again."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages, scripts = ("\n".join(file.read_text(encoding="utf-8") for file in sorted(out.rglob(f"*.{kind}")))
                      for kind in ("html", "js"))  # fmt: skip
    inline = "\n".join(re.findall(r"<script.*?</script>", pages, re.DOTALL))
    known = Known(pages, scripts + inline)
    for sheet in out.rglob("*.css"):
        sheet.write_text(keep_used(sheet.read_text(encoding="utf-8"), known), encoding="utf-8")


def setup(app):
    app.connect("build-finished", write_used, priority=900)  # when all have written theirs
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
