"""The reference pages as Markdown: the claims of the sources with their verdicts, and the models of the library."""

import inspect

import yaml

from neurolib import cells
from neurolib.cell import Cell
from neurolib.page.language import _, quantity, translate
from neurolib.page.static import pair
from neurolib.page.typography import significant, symbols_markdown
from neurolib.portable import python_function

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
    """Every cell of the library with its parameters, its source and the explorers that use it."""
    return [line for cell in library_cells() for line in cell_text(cell)]


def library_cells():
    """The cells that :mod:`neurolib.cells` defines, in its order."""
    return [value for value in vars(cells).values() if isinstance(value, Cell)]


def cell_title(cell):
    return cell.name.replace("_", " ").capitalize()


def model_texts():
    """What the page of models takes from the library, in English and once each, for the catalogues of translations."""
    texts = {}
    for cell in library_cells():
        texts |= dict.fromkeys((cell_title(cell), cell.source))
        for channel in cell.channels:
            texts |= dict.fromkeys((channel.source, "" if channel.E_rev is not None else driving_force(channel)))
    return [text for text in texts if text]


def used_by(cell):
    """Explorers whose module works with ``cell``, as links to their pages."""
    from neurolib.explorers import all_explorers  # only a build needs them

    for explorer in all_explorers():
        scope = inspect.getmodule(python_function(explorer.compute))
        if any(value is cell for value in vars(scope).values()):
            yield f"{{doc}}`{explorer.name} </chapters/{explorer.chapter}>`"


def cell_text(cell):
    """The section of one cell."""
    where = translate(_(", ")).join(used_by(cell)) or translate(_("the tests and the library alone"))
    lines = [
        f"## {translate(cell_title(cell))}",
        "",
        f"`neurolib.cells.{cell.name}`",
        "",
        sentence(cell.source),
        "",
        translate(_("Used by: {explorers}.")).replace("{explorers}", where),
        "",
    ]
    rows = [channel_row(channel) for channel in cell.channels]
    lines += table((_("Channel"), _("Largest conductance"), _("Driven by"), _("Gates")), rows)
    sources = [(f"`{channel.name}`", sentence(channel.source)) for channel in cell.channels if channel.source]
    lines += ["", *(f"- {pair(*source)}" for source in sources), ""]
    rest = {"C_m": (cell.C_m, "µF/cm²"), "temperature_celsius": (cell.temperature_celsius, "°C")}
    if cell.pool:
        pool = cell.pool
        rest |= {
            "Ca_rest": (pool.rest, "mM"),
            "Ca_tau": (pool.tau, "ms"),
            "Ca_gain": (pool.gain, ""),
            "Ca_out": (pool.Ca_out, "mM"),
        }
    values = (f"`{name}` = {significant(value, 4)} {unit}".strip() for name, (value, unit) in rest.items())
    named = translate(_("; ")).join(values)
    return [*lines, "", translate(_("Further parameters: {named}.")).replace("{named}", named), ""]


def channel_row(channel):
    if channel.E_rev is not None:
        drive = quantity(f"V − `{channel.reversal_name}`", f"{significant(channel.E_rev, 5)} mV")
    else:
        drive = translate(driving_force(channel)).replace("|", "\\|")
    unit = "mS/cm²" if channel.drive is None else ""
    gates = translate(_("; ")).join(f"{gate.name}{superscript(gate.power)}" for gate in channel.gates) or "–"
    return (f"`{channel.name}`", f"{significant(channel.g_bar, 4)} {unit}".strip(), drive, gates)


def superscript(power):
    return "" if power == 1 else "¹²³⁴⁵⁶"[power - 1]


def driving_force(channel):
    """What the docstring of a channel's driving force or reversal potential says first."""
    function = python_function(channel.reversal or channel.drive)
    return (inspect.getdoc(function) or function.__name__).splitlines()[0].rstrip(".")


def sentence(source):
    """A source with the full stop of the reader's language."""
    return translate(_("{sentence}.")).replace("{sentence}", translate(source)) if source else ""
