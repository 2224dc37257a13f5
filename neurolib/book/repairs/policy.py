"""Pages without scripts of their own: what the theme writes into each page goes to files that the pages share.

So a server may forbid scripts in pages altogether (``script-src 'self'``), as many schools' and hospitals' do. The options
that the theme's scripts find in a page's head become one file, which is read when those scripts are, after the page: a file
for each, read at once, would hold up every page by as many requests.

Upstream (pydata-sphinx-theme, sphinx-book-theme, sphinx-togglebutton, sphinx-design) should hand options over as data and
listen to buttons from their scripts; Sphinx should not make a function of a text. The file may go when a page has no script
and no handler inline without it.
"""

import hashlib
import re
from pathlib import Path

SCRIPT = re.compile(r"<script((?:(?!\bsrc=|/json|/ld\+json)[^>])*)>(.*?)</script>", re.DOTALL)
HANDLER = re.compile(r'\bonclick="(?:window\.)?(\w+)\(\)"')
AT_ONCE = re.compile(r'<script src="([^"]*documentation_options\.js[^"]*)"></script>')
LATER = re.compile(r"<script [^>]*\bdefer\b[^>]*doctools\.js")
ROOT = re.compile(r'<html[^>]*\bdata-content_root="([^"]*)"')
PLURAL = re.compile(r"\n *Documentation\.PLURAL_EXPR = new Function\(.*?\);", re.DOTALL)
FOLDER = "inline"
LISTEN = """document.addEventListener("click", (event) => {
  const asked = event.target.closest?.("[data-calls]");
  if (asked) window[asked.dataset.calls]();
});
"""


def name_of(code):
    return f"_static/{FOLDER}/{hashlib.sha256(code.encode()).hexdigest()[:10]}.js"


def moved(html, keep):
    """The page with its inline scripts in files: ``keep(code)`` writes one, and gives its name."""
    root = match[1] if (match := ROOT.search(html)) else ""

    def script(match):
        attributes, code = match.groups()
        return f'<script{attributes} src="{root}{keep(code)}"></script>' if code.strip() else match[0]

    head, end, body = html.partition("</head>")
    options = [match for match in SCRIPT.finditer(head) if match[2].strip() and not match[1].strip()]
    when = " defer" if LATER.search(head) else ""  # on the search page the scripts are not
    if options:
        code = "\n".join(dict.fromkeys(match[2].strip() for match in options))
        for place, match in enumerate(options):
            head = head.replace(match[0], "" if place else f'<script src="{root}{keep(code)}"{when}></script>', 1)
        head = AT_ONCE.sub(rf'<script src="\1"{when}></script>', head)
    html = SCRIPT.sub(script, head + end + body)
    if HANDLER.search(html):
        html = HANDLER.sub(r'data-calls="\1"', html)
        html = html.replace("</head>", f'<script src="{root}{keep(LISTEN)}" defer></script>\n</head>', 1)
    return html


def move_all(app, exception):
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    (out / "_static" / FOLDER).mkdir(exist_ok=True)

    def keep(code):
        (out / name_of(code)).write_text(code, encoding="utf-8")
        return name_of(code)

    for file in [file for file in out.rglob("*.html") if "_static" not in file.relative_to(out).parts]:
        html = file.read_text(encoding="utf-8")
        file.write_text(moved(html, keep), encoding="utf-8")
    script = out / "_static" / "doctools.js"  # nothing in the book is counted by that function
    script.write_text(PLURAL.sub("", script.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app):
    app.connect("build-finished", move_all, priority=900)  # when all others have changed the pages
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
