"""The pages of the book for JupyterLab: what only Sphinx understands, written as plain Markdown.

``python -m neurolib.book.notebook`` writes every page of the repository that it is run in anew; Binder's image does that
once. JupyterLab shows MyST's own directives; it does not know the book's, nor citations, nor links to other pages.
"""

import os
import re
from functools import cached_property
from pathlib import Path

from pybtex.database import parse_file
from pybtex.richtext import Text

from neurolib.book import chapters, front, pictures
from neurolib.book.languages.editions import editions, pages
from neurolib.book.reference import claims, models
from neurolib.book.self_test import as_boxes
from neurolib.explorer.language import VARIABLE, translate
from neurolib.explorers import all_explorers, explore

ROLE = re.compile(r"\{(doc|ref|term|state|footcite:[pt])\}`([^`]+)`")
TITLED = re.compile(r"(.*?)\s*<([^>]+)>", re.DOTALL)
LABEL = re.compile(r"^\(([\w-]+)\)=\n+(?:#+ (.+))?", re.MULTILINE)
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
OURS = (
    "claims|models|picture|status|glossary|questions|chapter-cards|self-test|lecture|course-map|my-lecture|my-work|class-work|"
    "scorm-packages|explorer|literalinclude|bench"
)
EXAMPLE = r"^````$.*?^````$"  # of what to write elsewhere: it stays as it is
DIRECTIVE = re.compile(rf"{EXAMPLE}|^```\{{({OURS})\}}[ ]*(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GRID = re.compile(r"^::::\{grid\}.*\n(?::[\w-]+:.*\n)*((?:.*\n)*?)^::::$", re.MULTILINE)
CARD = re.compile(r"^:::\{grid-item-card\} (.+)\n+((?:.*\n)*?)^:::$", re.MULTILINE)
SHEET = re.compile(r"^````\{container\}.*\n((?:.*\n)*?)^````$", re.MULTILINE)
TERM = re.compile(r"^(\S.*)\n  (?=\S)", re.MULTILINE)
ASKED = re.compile(r"^```\{check\}.*?^```\n+", re.MULTILINE | re.DOTALL)  # by a script
CHECK = re.compile(r"^:tags: \[remove-cell\]$", re.MULTILINE)


class Edition:
    """The pages of one edition, as text by name, and what they refer to."""

    def __init__(self, folder):
        self.folder = folder
        self.texts = {page: (folder / f"{page}.md").read_text(encoding="utf-8") for page in pages(folder)}

    @cached_property
    def labels(self):
        """The page and the heading of each label."""
        return {
            match[1]: (page, match[2] or match[1]) for page, text in self.texts.items() for match in LABEL.finditer(text)
        }

    @cached_property
    def works(self):
        """The entries of the bibliography, which lies in the outermost book's folder."""
        return parse_file(next(iter(editions(self.folder).values())) / "references.bib").entries

    def notebook(self, page):
        """The text of a page for JupyterLab."""
        text = ASKED.sub("", self.texts[page])
        text = DIRECTIVE.sub(lambda match: self.directive(page, *match.groups()) if match[1] else match[0], text)
        text = GRID.sub(lambda match: CARD.sub(card_text, match[1]).strip(), text)
        text = SHEET.sub(r"\1", text)
        text = ROLE.sub(lambda match: self.role(page, match[1], match[2]), text)
        return CHECK.sub(r"\g<0>\n:jupyter: {source_hidden: true}", text)

    def directive(self, page, name, argument, body):
        if name == "claims":
            lines = claims.claims((self.folder / page).parent / argument)
        elif name == "models":
            lines = models.written()
        elif name == "picture":
            lines = [] if argument == "map" else [pictures.in_words(argument)]  # the list of chapters says what the map shows
        elif name == "questions":
            asked = [explore(name) for name in body.split()]
            lines = [self.way_to(page, f"chapters/{one.chapter}", translate(one.words.prediction["question"])) for one in asked]
        elif name == "chapter-cards":
            cards = [[part.strip() for part in line.split("|")] for line in body.splitlines()]
            lines = [self.way_to(page, other, question) for other, _curve, question in cards]
        elif name == "self-test":
            lines = as_boxes(body.splitlines())
        elif name == "lecture":
            lines = [self.state_line(page, *fields) for fields in front.fields(body.splitlines())]
        elif name == "course-map":
            explained = dict.fromkeys(f"chapters/{explorer.chapter}" for explorer in all_explorers())
            titles = {other: HEADING.search(text)[1] for other, text in self.texts.items() if other in explained}
            lines = [self.way_to(page, other, title) for other, title in titles.items()]
        elif name == "glossary":
            lines = [TERM.sub(r"\1\n: ", body.removeprefix(":sorted:\n"))]
        elif name == "literalinclude":
            file = (self.folder / page).parent / argument
            lines = [f"```{file.suffix[1:]}", file.read_text(encoding="utf-8").rstrip(), "```"]
        else:
            lines = []  # what a build says of itself, and what works in the built page alone
        return "\n".join(lines)

    def state_line(self, page, state, _word, minutes, title, told):
        """A line of a lecture: where its figure stands, and what is said meanwhile."""
        link = self.role(page, "state", f"{title} <{state}>")
        return f"1. {link} ({translate(chapters.MINUTES).format(minutes=minutes)}). {told}"

    def way_to(self, page, other, title):
        """A line of a list that leads to a page."""
        return f"- {self.role(page, 'doc', f'{title} </{other}>')}"

    def role(self, page, role, text):
        if role.startswith("footcite"):
            return self.citation(text.split(","), within_sentence=role.endswith("t"))
        title, target = TITLED.fullmatch(text).groups() if TITLED.fullmatch(text) else (None, text)
        if role == "term":
            return f"[{title or text}]({self.way(page, 'chapters/glossary')})"
        if role == "state":
            other, heading = f"chapters/{explore(target.partition('?')[0]).chapter}", target
        elif role == "ref":
            other, heading = self.labels[target]
        else:
            other = target[1:] if target.startswith("/") else os.path.normpath(os.path.join(os.path.dirname(page), target))
            heading = HEADING.search(self.texts[other])[1]
        return f"[{title or heading}]({self.way(page, other)})"

    def way(self, page, other):
        """The relative path from a page to another one."""
        return Path(os.path.relpath(f"{other}.md", os.path.dirname(page) or ".")).as_posix()

    def citation(self, keys, within_sentence):
        """Authors and years, each linked to its work."""
        parts = []
        for key in map(str.strip, keys):
            fields = self.works[key].fields
            names = authors(self.works[key])
            words = f"{names} ({fields['year']})" if within_sentence else f"{names} {fields['year']}"
            address = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url")
            parts.append(f"[{words}]({address})" if address else words)
        return "; ".join(parts) if within_sentence else f"({'; '.join(parts)})"


def card_text(card):
    """A card's title and its text below."""
    title, text = card.groups()
    return f"**{title}**\n\n{text}"


def authors(work):
    """The authors of a work by their last names: up to two, else the first and "et al."."""
    people = work.persons.get("author") or work.persons["editor"]
    names = [str(Text.from_latex(" ".join((*person.prelast_names, *person.last_names)))) for person in people]
    return " & ".join(names) if len(names) < 3 else f"{names[0]} et al."


def main():
    for language, folder in editions(Path.cwd()).items():
        os.environ[VARIABLE] = language
        edition = Edition(folder)
        for page in edition.texts:
            (folder / f"{page}.md").write_text(edition.notebook(page), encoding="utf-8")


if __name__ == "__main__":
    main()
