"""What readers ask for rarely: each a script of its own, brought when it is asked for, with its texts in it."""

import json
from functools import lru_cache
from pathlib import Path

from neurolib.explorer.language import _, language, translate
from neurolib.show.script import CORE, TOOLS, smaller, text_of, used

VENDOR = Path(__file__).with_name("vendor")
# The texts of each, by the name of its script, which is that of its one function.
TEXTS = {
    "slide": {"defaults": _("Settings as in the book")},
    "qr": {"code": _("QR code of this state"), "close": _("Close"), "save": _("Save it (SVG)")},
    "recording": {
        "read": _(
            "Read from “{file}”: {count} points, {x} from {x0} to {x1}, {y} from {y0} to {y1}. It stays in this browser."
        ),
        "assumed": _("The file names no unit of {name}: {unit} is assumed."),
        "foreign": _("The file gives {name} in {given}, and the axis is in {unit}: the factor is yours to set."),
        "outside": _("Nothing of it lies within the panel: shift it, or set the factor."),
        "empty": _("“{file}” has no line that begins with a number."),
        "single": _("“{file}”, line {line}: a single number; two are needed, {x} and {y}."),
        "commas": _(
            "“{file}”, line {line}: {width} numbers under {count} names. If commas are decimal marks too, "
            "the columns need another mark between them."
        ),
        "word": _("“{file}”, line {line}: “{cell}” is no number."),
        "large": _("“{file}” is larger than 20 MB. Save a part of it."),
        "across": _("Across"),
        "up": _("Up"),
        "shift": _("Shift it by"),
        "factor": _("Factor"),
        "column": _("Column {number}"),
        "away": _("Take the recording away"),
        "name": _("recording"),
    },
}
PARTS = {
    "recording": text_of(("table",)),
    "qr": "const define = undefined, exports = undefined;\n" + (VENDOR / "qrcode.js").read_text(encoding="utf-8"),
}


def alone(explorer):
    """Those in the document of an explorer that stands alone; one that came by mail has no address to make a code of."""
    return "".join(extra(name) for name in ("slide", *(["recording"] if explorer.overlay else [])))


def extra(name):
    """``neurolib-NAME.js``, in the reader's language."""
    return written(name, language())


@lru_cache
def written(name, _language):
    texts = {key: translate(text) for key, text in TEXTS[name].items()}
    body = f"const {{ {used((*CORE, *TOOLS), (name,))} }} = kit;\nconst text = {json.dumps(texts, ensure_ascii=False)};\n"
    body += PARTS.get(name, "") + text_of((name,))
    code = f'(globalThis.neurolibExtras ??= {{}}).{name} = (kit) => {{\n"use strict";\n{body}\nreturn {name};\n}};\n'
    return smaller(code) + "\n"
