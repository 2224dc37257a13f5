"""The reference pages as Markdown: the claims of the sources with their verdicts, and the models of the library."""

import yaml

from neurolib.page.language import _, translate
from neurolib.page.typography import symbols_markdown

VERDICTS = {
    "holds": _("holds"),
    "loose": _("loose"),
    "wrong": _("wrong as written"),
    "missing": _("announced, not there"),
}


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
    rows = [
        (
            symbols_markdown(entry["claim"]),
            translate(VERDICTS[entry["verdict"]]),
            f"{{ref}}`{name} <claim-{name.lower()}>`",
        )
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    ]
    return table((_("Statement"), _("Verdict"), _("Answered in")), rows)


def models():
    """Every cell that an explorer runs, with its parameters, its source and the equations of its gates."""
    from neurolib.explorers import all_explorers  # only a build needs them
    from neurolib.page.models import written

    return written(list(all_explorers()))
