"""One document of several pages: a title, a table of contents, the pages, their solutions."""

from html import escape
from pathlib import Path

import yaml

from neurolib.book.languages.editions import language_tag
from neurolib.book.paper.pages import code
from neurolib.explorer.language import _, language, translate

ON_SCREEN = {"chapters/my-work", "chapters/class-work"}  # pages that are tools: there is nothing to read
STYLES = Path(__file__).with_name("paper.css")
DOCUMENT = """<!doctype html>
<html lang="{language}" data-theme="light">
<head>
<meta charset="utf-8">
<title>{title}</title>
{styles}
<style>{own}</style>
</head>
<body class="paper"><div class="bd-content">
{body}
</div></body>
</html>
"""


def document(title, pages, body):
    """The document as HTML, with the styles of its pages, and those of paper after them."""
    links = "\n".join(f'<link rel="stylesheet" href="{style}">' for style in pages[0].styles)
    own = STYLES.read_text(encoding="utf-8").replace("{foot}", title.replace("\\", "").replace('"', ""))
    return DOCUMENT.format(language=language_tag(language()), title=escape(title), styles=links, own=own, body=body)


def handout(page):
    """A page by itself, with its solutions at the end."""
    title, article, solutions = page.parts(inside={page.name})
    body = f'<article class="bd-article">{article}</article>{answers([(None, solutions)])}'
    head = f'<div class="paper-live paper-origin">{code(page.address)}<p><a href="{page.address}">{page.address}</a></p></div>'
    return document(title, [page], head + body)


def answers(chapters):
    """The solutions of each chapter, under its title; nothing where there are none."""
    told = [(f"<h2>{title}</h2>" if title else "") + text for title, text in chapters if text]
    heading = translate(_("Solutions"))
    return f'<article class="bd-article paper-solutions"><h1>{heading}</h1>{"".join(told)}</article>' if told else ""


def parts_of(folder):
    """The headings of the table of contents in the edition whose sources are in ``folder``, each with its pages."""
    toc = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    parts = [(part["caption"], [one["file"] for one in part["chapters"]]) for part in toc["parts"]]
    return [(heading, [name for name in names if name not in ON_SCREEN]) for heading, names in [(None, [toc["root"]]), *parts]]


def whole_book(title, parts, numbers=None):
    """Every page of an edition, as one document: ``parts`` gives headings and pages.

    ``numbers`` says on which sheet each page begins, and at last the solutions; without them the contents leave room for them.
    """
    every = [page for _heading, pages in parts for page in pages]
    inside = {page.name for page in every}
    read = {page: page.parts(inside) for page in every}
    lines, numbers = [], iter(numbers or [888] * (1 + len(every)))
    for heading, pages in parts:
        lines.append(f'<li class="paper-part">{escape(heading)}</li>' if heading else "")
        for page in pages:
            lines.append(line(read[page][0], f"{page.key}--top", next(numbers)))
    solved = answers([(read[page][0], read[page][2]) for page in every])
    lines.append(line(translate(_("Solutions")), None, next(numbers)))
    start, heading = every[0].address, translate(_("Contents"))
    front = (
        f'<section class="paper-title"><p class="paper-name">{escape(title)}</p>{code(start)}'
        f'<p><a href="{start}">{start}</a></p></section>'
        f'<nav class="paper-contents"><h1>{heading}</h1><ul>{"".join(lines)}</ul></nav>'
    )
    articles = "".join(f'<article class="bd-article">{read[page][1]}</article>' for page in every)
    return document(title, every, front + articles + solved)


def line(title, place, number):
    """A line of the table of contents."""
    name = f'<a href="#{place}">{escape(title)}</a>' if place else escape(title)
    return f"<li><span>{name}</span><span>{number}</span></li>"
