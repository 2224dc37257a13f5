"""What goes from a built book to where there is no network: the ZIP file, and the archive and worker of the reader's own copy.

An *edition* here is one state of the whole book, in all of its languages. Its name is a digest of its files, so that two
builds of the same sources have the same, and a reader's copy is renewed when something that is read has changed. The seconds
that the cells took, on the page of the build's state, do not count.
"""

import gzip
import hashlib
import json
import posixpath
import re
import shutil
import zlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from neurolib.book.built_page import address_of
from neurolib.book.package import zipped
from neurolib.explorer.language import _, catalogue

FOLDER = Path(__file__).parent
ZIP, WORKER = "electrical-neuron.zip", "sw.js"
NOTE = _("Unpack this whole folder first; then open index.html in it with a browser. Nothing in it needs a network.")
ARCHIVE = "_static/offline/book-{edition}.bin"  # no ending that a server would take for compressed, and unpack
# What nobody reads: maps for those who work on the theme, its catalogues and templates, lists for programs, these copies.
NOT_READ = re.compile(
    r"\.map$|\.pdf$|(^|/)(_static/(locales|offline)/|[\w-]*macros\.html$|tippy_\w+_cache\.json$|objects\.inv$|sitemap\.xml$)"
    rf"|^{re.escape(ZIP)}$|^{re.escape(WORKER)}$"
)
# Of no use in a folder: these are for learning platforms and other sites, and are linked where they are on the web.
ON_THE_WEB = re.compile(r"(^|/)(404\.html$|manifest\.json$|_static/scorm/|_static/explorers/[\w-]+\.js$)")
# Files that are whole by themselves, to save and to send: a kept copy leaves them on the web.
APART = r"^(?:[\w-]+/)?(?:_sources|_static/(?:explorers|questions|scorm|offline))/|\.(?:zip|pdf|ipynb)$"
TIMED = re.compile(r"(^|/)chapters/status\.html$")
TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png",
    ".webp": "image/webp", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".woff2": "font/woff2",
    ".ttf": "font/ttf",
}  # fmt: skip
FOOT = re.compile(r'(<p class="book-offline"[^>]*?) hidden>(.*?</p>)', re.DOTALL)
LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
LANGUAGE = re.compile(r'<html[^>]*\blang="([\w-]+)"')


def write_copies(book):
    """Write the copies of the built book in the folder ``book``, and show at the foot of its pages that they are there."""
    files = {path.relative_to(book).as_posix(): path.read_bytes() for path in sorted(book.rglob("*")) if path.is_file()}
    files = {name: content for name, content in files.items() if not NOT_READ.search(name)}
    kept = [name for name in files if not re.search(APART, name)]
    unpacked = {name: content for name, content in files.items() if not (ON_THE_WEB.search(name) or TIMED.search(name))}
    told = {"zip": sum(len(zlib.compress(content, 9)) for content in unpacked.values()),
            "copy": len(pack({name: files[name] for name in kept if not TIMED.search(name)}, ""))}  # fmt: skip
    for name in filter(is_page, files):
        files[name] = shown(files[name].decode(), told).encode()
        (book / name).write_bytes(files[name])
    edition = edition_of({name: files[name] for name in kept})
    archive = ARCHIVE.format(edition=edition)
    packed = pack({name: files[name] for name in kept}, edition)
    shutil.rmtree((book / archive).parent, ignore_errors=True)
    (book / archive).parent.mkdir(parents=True)
    (book / archive).write_bytes(packed)
    ours = "|".join(sorted({"", *(name.split("/")[0] for name in kept)}))
    values = {"edition": edition, "archive": archive, "size": str(told["copy"]), "ours": ours,
              "apart": APART.replace("\\", "\\\\")}  # fmt: skip
    worker = (FOLDER / "worker.js").read_text(encoding="utf-8")
    for name, value in values.items():
        worker = worker.replace(f'"{{{name}}}"', f'"{value}"')
    (book / WORKER).write_text(worker, encoding="utf-8")
    write_zip(book / ZIP, files)


def is_page(name):
    return name.endswith(".html") and "_static/" not in name


def shown(page, bytes_of):
    """The page with its foot, and the sizes in it, in MB."""

    def foot(match):
        text = f"{match[1]}>{match[2]}"
        for name, size in bytes_of.items():
            text = text.replace(f"{{{name}}}", str(max(1, round(size / 1e6))))
        return text

    return FOOT.sub(foot, page)


def edition_of(files):
    """The name of an edition, from its files by their paths."""
    digest = hashlib.sha256()
    for name in sorted(files):
        if not TIMED.search(name):
            digest.update(f"{name}\n{len(files[name])}\n".encode() + files[name])
    return digest.hexdigest()[:16]


def pack(files, edition):
    """The archive of a kept copy: gzip of a line of JSON, with path, type and length of each file, and then of the files."""
    listed = [(name, TYPES.get(Path(name).suffix, "application/octet-stream"), len(files[name])) for name in files]
    head = json.dumps({"edition": edition, "files": listed}, separators=(",", ":"))
    return gzip.compress(b"".join([head.encode(), b"\n", *files.values()]), mtime=0)


def write_zip(path, files):
    """The book in a folder of a ZIP file, with a note for whoever unpacks it."""
    pages = {name: content.decode() for name, content in files.items() if is_page(name)}
    address = next(found.removesuffix(name) for name, page in pages.items() if (found := address_of(page)))
    languages = sorted({found[1] for page in pages.values() if (found := LANGUAGE.search(page))})
    written = {name: content for name, content in files.items() if not ON_THE_WEB.search(name)}
    for name in pages.keys() & written.keys():
        written[name] = at_home(pages[name], name, written, address).encode()
    note = "\r\n\r\n".join(catalogue(name.replace("-", "_")).get(NOTE, NOTE) for name in languages)
    written["README.txt"] = ("\ufeff" + note + "\r\n").encode()  # older editors on Windows want the mark
    path.write_bytes(zipped({f"{path.stem}/{name}": written[name] for name in sorted(written)}))


def at_home(page, name, files, address):
    """A page for a folder on a disk: what the folder lacks is linked where it is on the web, and no worker is offered."""
    here = posixpath.dirname(name)

    def link(match):
        parts = urlsplit(match[2])
        if parts.scheme or parts.netloc or not parts.path:
            return match[0]
        target = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
        inside = target in files or f"{target}/index.html" in files
        return match[0] if inside else f"{match[1]}{address}{target}{match[3]}"

    return re.sub(r' data-(worker|manifest)="[^"]*"', "", LINK.sub(link, page))
