"""The foot of every page: the whole book as a file, and the button that keeps it on the reader's device.

The pages alone do not make it work: `copies` writes the file and the worker when every edition is built, and shows this.
"""

import json
import posixpath
from pathlib import Path
from urllib.parse import urlsplit

from neurolib.book.languages import editions
from neurolib.book.offline.copies import FOLDER, ZIP
from neurolib.book.publish import LOST
from neurolib.explorer.language import _, translate
from neurolib.show.script import smaller

SCRIPT, TEMPLATE, MANIFEST = "offline.js", "offline-footer.html", "manifest.json"
WHOLE = _("The whole book as a file, to read without a network (ZIP, {zip} MB)")
TEXTS = {
    "keep": _("Keep the book on this device ({copy} MB)"),
    "fetching": _("The book is being fetched: {percent}%"),
    "kept": _("The book is kept on this device: it opens without a network."),
    "remove": _("Remove the offline copy"),
    "newer": _("A newer edition is here."),
    "renew": _("Show it"),
    "failed": _("The book could not be kept. Is there a network, and room on this device?"),
}


def inside_of(app):
    """The folder of this edition in that of the whole book."""
    place = Path(app.srcdir)
    return place.relative_to(next(iter(editions.editions(place).values()))).as_posix()


def show_footer(app, config):
    config.templates_path.append(str(FOLDER))
    items = ["author.html", "copyright.html", "last-updated.html", TEMPLATE, "extra-footer.html"]
    config.html_theme_options.setdefault("footer_content_items", items)


def add_footer(app, pagename, templatename, context, doctree):
    """What the template asks for; the links begin at the root on the page for lost readers, which is shown at any depth."""
    inside = inside_of(app)
    if pagename == LOST:
        own = urlsplit(app.config.html_baseurl).path
        root = posixpath.normpath(posixpath.join(own, "../" if inside != "." else ".")).rstrip("/") + "/"
    else:
        here = posixpath.dirname(posixpath.join(inside, pagename))
        root, own = (posixpath.relpath(to, here or ".") + "/" for to in (".", inside))
    texts = {name: translate(text) for name, text in TEXTS.items()}
    context["offline"] = {
        "root": root, "file": ZIP, "texts": texts, "whole": translate(WHOLE), "manifest": f"{own}{MANIFEST}",
    }  # fmt: skip
    app.add_js_file(SCRIPT, loading_method="async", fetchpriority="low")


def write_script(app):
    """Write the script to a folder of the build that Sphinx copies to ``_static``."""
    folder = Path(app.doctreedir).parent / ".offline-assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SCRIPT).write_text(smaller((FOLDER / "page.js").read_text(encoding="utf-8")) + "\n", encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def write_manifest(app, exception):
    """What a phone needs to put the book among its programs."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    manifest = {
        "name": app.config.html_title,
        "short_name": app.config.html_title,
        "lang": editions.language_tag(app.config.language),
        "start_url": f"{app.config.root_doc}.html",
        "scope": posixpath.relpath(".", inside_of(app)) + "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#10243e",
        "icons": [{"src": "_static/favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    (out / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def setup(app):
    app.connect("config-inited", show_footer)
    app.connect("builder-inited", write_script)
    app.connect("html-page-context", add_footer)
    app.connect("build-finished", write_manifest)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
