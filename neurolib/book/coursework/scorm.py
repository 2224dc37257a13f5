"""Each chapter as a package for a learning platform: SCORM 1.2, ``_static/scorm/PART-NAME.zip`` of each edition.

A package is the page without what is around it (navigation, search, the other pages), with the rules of the styles that it
needs and its own scripts; links lead to the book on the web. ``scorm.js`` reports to the platform; ``apart.js`` and the
runtime's ``storage.js`` keep what is done for as long as the page is open, since the platform keeps it for its student.

Source: Advanced Distributed Learning, "SCORM Version 1.2" (2001), Content Aggregation Model and Run-Time Environment.
"""

import html
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from neurolib.book.bank import question
from neurolib.book.built_page import article_of, sheets_of
from neurolib.book.chapters import chapters
from neurolib.book.coursework.items import asked
from neurolib.book.coursework.texts import SCORM
from neurolib.book.package import zipped
from neurolib.book.platforms.elements import element
from neurolib.book.repairs.styles import Known, keep_used
from neurolib.explorer.language import translate
from neurolib.explorers import explore
from neurolib.show.script import FOLDER as RUNTIME
from neurolib.show.script import enclosed
from neurolib.show.standalone import COLOURS
from neurolib.show.static import translated

FOLDER = "_static/scorm"
HERE = Path(__file__).parent
CONTENT, ADL = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"
SCRIPT = re.compile(r'<script[^>]*src="([^"?]*/((?:neurolib|neurolib-tools|models-[\w-]+|check|togglebutton|design-tabs)\.js))')
NEEDS = {"design-tabs.js": "sd-tab-set", "togglebutton.js": "dropdown"}  # what such a script is for
OPTIONS = re.compile(r"^(?:let|var) toggle.*$", re.MULTILINE)  # of the theme's closed boxes
IMPORT = re.compile(r'@import "([^"]*)";')
URL = re.compile(r"""url\(["']?(?!data:|#)([^"')]+)["']?\)""")
OLD_FONT = re.compile(r',\s*url\([^)]*\.ttf\)\s*format\("truetype"\)')  # what every browser can read stands before it
LINK = re.compile(r'(<a\b[^>]*?\bhref=")(?!#|mailto:)([^"]*)"')  # in the platform's frame, another page would end the attempt
PICTURE = re.compile(r'(<(?:img|source|image)\b[^>]*?\b(?:src|href|srcset)=")(?!data:|https?:)([^"]*)"')
STYLE = "#scorm-status { position: sticky; top: 0; z-index: 5; margin: 0; padding: 0.3rem 1rem; font-size: 0.9rem;" \
    " color: var(--pst-color-text-base); background: var(--pst-color-surface); } html { --nl-top: 2.1rem; }" \
    " .bd-main .bd-content { justify-content: center; } .scorm-end { padding: 1rem; font-size: 0.9rem; }"  # fmt: skip


def data(items):
    """What ``scorm.js`` needs: what the page asks, the right option of each prediction, the words."""
    told = []
    for item in items:
        entry = {"key": item.key, "kind": item.kind}
        if item.kind == "prediction":
            entry["right"] = question(explore(item.key.partition(":")[0])).right
        told.append(entry)
    return {"items": told, "text": translated(SCORM)}


def reporter():
    """The first script of a package."""
    return enclosed(("text",), HERE / "apart.js", RUNTIME / "storage.js", HERE / "states.js", HERE / "scorm.js")


def styles(page, text, scripts):
    """The rules of a page's style sheets that its article, or a script, can meet, and the files that they name."""
    read, files = [], {}

    def told(sheet):
        css = sheet.read_text(encoding="utf-8")
        for name in IMPORT.findall(css):
            told(sheet.parent / name)
        css = OLD_FONT.sub("", IMPORT.sub("", css))
        for name in URL.findall(css):
            files[Path(name).name] = sheet.parent / name
        read.append(URL.sub(lambda match: f"url({Path(match[1]).name})", css))

    for sheet in sheets_of(page.read_text(encoding="utf-8")):
        told(page.parent / sheet)
    css = keep_used("\n".join(read) + STYLE, Known(text, scripts))
    return css, {name: file.read_bytes() for name, file in files.items() if f"url({name})" in css}


def package(page, title, book, items, address, language):
    """The package, as bytes of a ZIP file, of a built ``page`` (its file); ``address`` is where it stands on the web."""
    built = page.read_text(encoding="utf-8")
    article = LINK.sub(lambda m: f'{m[1]}{urljoin(address, m[2])}" target="_blank" rel="noopener"', article_of(built))
    files = {"scorm.js": reporter().encode()}
    for source, name in SCRIPT.findall(built):
        if name in NEEDS and NEEDS[name] not in article:
            continue
        files[name] = (page.parent / source).read_bytes()
    pictures = {source: Path(source).name for _tag, source in PICTURE.findall(article)}
    article = PICTURE.sub(lambda m: f'{m[1]}{pictures[m[2]]}"', article)
    files |= {name: (page.parent / source).read_bytes() for source, name in pictures.items()}
    known = "\n".join(text.decode() for name, text in files.items() if name.endswith(".js"))
    options = "\n".join(OPTIONS.findall("\n".join(options_of(page, built))))
    held = json.dumps(data(items), ensure_ascii=False).replace("<", "\\u003c")
    later = [name for name in files if name.endswith(".js") and name != "scorm.js"]
    scripts = "".join(f'<script defer src="{name}"></script>\n' for name in later)
    link = f'<a href="{address}" target="_blank" rel="noopener">{html.escape(book)}</a>'
    text = f"""<!doctype html>
<html lang="{language.replace("_", "-")}" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="stylesheet" href="page.css">
<script type="application/json" id="scorm-data">{held}</script>
<script src="scorm.js"></script>
<script>{COLOURS}
{options}</script>
{scripts}</head>
<body>
<p id="scorm-status" role="status"></p>
<div class="bd-container"><div class="bd-container__inner bd-page-width"><main class="bd-main"><div class="bd-content">
<div class="bd-article-container"><article class="bd-article">{article}</article>
<p class="scorm-end">{translate(SCORM["from"]).format(book=link)}</p>
</div></div></main></div></div>
</body>
</html>
"""
    css, named = styles(page, text, known)
    files = {"index.html": text.encode(), "page.css": css.encode(), **named, **files}
    manifest = manifest_of(page.stem, title, book, files)
    return zipped({"imsmanifest.xml": ET.tostring(manifest, encoding="utf-8", xml_declaration=True), **files})


def options_of(page, built):
    """The files of the page's options, as the repairs of the theme made them."""
    return [(page.parent / name).read_text(encoding="utf-8") for name in re.findall(r'src="([^"]*/inline/\w+\.js)', built)]


def manifest_of(name, title, book, files):
    ET.register_namespace("adlcp", ADL)
    listed = [element("file", href=file) for file in files]
    resource = element("resource", *listed, identifier="page", type="webcontent", href="index.html")
    resource.set(f"{{{ADL}}}scormtype", "sco")
    item = element("item", element("title", text=title), identifier="chapter", identifierref="page", isvisible="true")
    organization = element("organization", element("title", text=f"{book}: {title}"), item, identifier="book")
    about = element("metadata", element("schema", text="ADL SCORM"), element("schemaversion", text="1.2"))
    organizations = element("organizations", organization, default="book")
    resources = element("resources", resource)
    return element("manifest", about, organizations, resources, xmlns=CONTENT, identifier=f"neurolib-{name}", version="1.2")


class packages(nodes.General, nodes.Element):
    """The place of the list of packages."""


class Packages(SphinxDirective):
    """``{scorm-packages}``: a link to the package of each chapter."""

    def run(self):
        return [packages()]


def list_packages(app, doctree, docname):
    folder = "../" * docname.count("/") + FOLDER
    for place in list(doctree.findall(packages)):
        links = [
            f'<li><a href="{folder}/{package_name(name)}" download>{chapter.number} {html.escape(chapter.title)}</a></li>'
            for name, chapter in chapters(app).items() if chapter.number
        ]  # fmt: skip
        place.replace_self(nodes.raw("", f"<ul>{''.join(links)}</ul>", format="html"))


def package_name(docname):
    return docname.removeprefix("chapters/").replace("/", "-") + ".zip"


def write_packages(app, exception):
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    (out / FOLDER).mkdir(parents=True, exist_ok=True)
    for docname, chapter in chapters(app).items():
        if chapter.number:
            address = f"{app.config.html_baseurl}{docname}.html"
            items, language = asked(app.env.get_doctree(docname)), app.config.language or "en"
            made = package(out / f"{docname}.html", chapter.title, app.config.html_title, items, address, language)
            (out / FOLDER / package_name(docname)).write_bytes(made)


def setup(app):
    app.add_node(packages)
    app.add_directive("scorm-packages", Packages)
    app.connect("doctree-resolved", list_packages)
    app.connect("build-finished", write_packages, priority=950)  # when pages and styles are as they are read
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
