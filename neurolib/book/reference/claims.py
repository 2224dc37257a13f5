"""The claims of the sources with their verdicts, as Markdown."""

import re

import yaml

from neurolib.explorer.language import _, translate
from neurolib.explorer.typography import symbols_markdown

VERDICTS = {
    "holds": _("holds"),
    "loose": _("loose"),
    "wrong": _("wrong as written"),
    "missing": _("announced, not there"),
}
LABEL = re.compile(r"\(([\w-]+)\)=")
FENCE = re.compile(r"`{3,}|:{3,}")


def table(heads, rows):
    """Lines of a Markdown table."""
    return [
        f"| {' | '.join(map(translate, heads))} |",
        "|" + " --- |" * len(heads),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def claims(path):
    """A table of the sources' statements, which the file at ``path`` holds; each row links to the place that answers it.

    The label of that place is ``claim-`` and the statement's name in small letters.
    """
    headings = headings_of_labels(path.parent)
    rows = []
    for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        label = f"claim-{name.lower()}"
        place = f"{{ref}}`{headings.get(label, name)} <{label}>` <br><small>{name}</small>"
        rows.append((symbols_markdown(entry["claim"]), translate(VERDICTS[entry["verdict"]]), place))
    return table((_("Statement"), _("Verdict"), _("Answered in")), rows)


def headings_of_labels(folder):
    """The heading of the section that each label of the pages in ``folder`` stands before or in."""
    headings = {}
    for page in folder.rglob("*.md"):
        here, waiting, fence = "", [], None
        for line in filter(None, page.read_text(encoding="utf-8").splitlines()):
            label, mark = LABEL.fullmatch(line), FENCE.match(line)
            if mark:
                fence = None if fence else mark[0]
            if label:
                waiting.append(label[1])
                continue
            if line.startswith("#") and not fence:
                here = line.lstrip("# ")
            headings |= dict.fromkeys(waiting, here)
            waiting = []
    return headings
