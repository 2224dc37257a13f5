"""A page of the built book, taken apart: its article, its style sheets, its address on the web."""

import re
from html import unescape

ARTICLE = re.compile(r'<article class="bd-article">(.*)</article>', re.DOTALL)
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
SHEET = re.compile(r'<link [^>]*?href="([^"?]*\.css)[^"]*"[^>]*>')


def article_of(page):
    """What stands inside the article."""
    return ARTICLE.search(page)[1]


def address_of(page):
    """Where the page is on the web; None where it does not say."""
    found = CANONICAL.search(page)
    return unescape(found[1]) if found else None


def sheets_of(page):
    """The style sheets, as the page links them."""
    return SHEET.findall(page.partition("</head>")[0])
