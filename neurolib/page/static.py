"""An explorer as HTML: its figure, native inputs, and beside them what the page script needs."""

import json
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from neurolib.page.drawing import draw
from neurolib.page.language import _, translate
from neurolib.page.typography import fill, fixed, plain, symbols_html

TEMPLATE = Path(__file__).with_name("explorer.html")
TEXT = {
    "controls": _("Controls"),
    "presets": _("Start from"),
    "own": _("values of your own"),
    "reset": _("Reset"),
    "without": _("This figure shows the default values. Its controls need JavaScript, which did not run here."),
}
SCRIPT_TEXT = {
    "clamped": _("Held to the range {range}."),
    "notANumber": _("That is not a number; the value stays as it was."),
}


def readout_text(value, readout):
    """A readout's number with its unit."""
    return f"{fixed(value, readout.digits)}{' ' + readout.unit if readout.unit else ''}"


def environment():
    templates = Environment(autoescape=True)
    templates.filters |= {
        "symbols": lambda text: Markup(symbols_html(text)),
        "plain": plain,
        "readout": readout_text,
        "typed": lambda value: f"{value:.6g}",
    }
    return templates


def specification(explorer, drawing):
    """What the page script needs to know, as plain data."""
    controls = []
    for control in explorer.controls:
        entry = {"name": control.name, "kind": control.kind, "default": control.number(control.default)}
        if control.kind == "slider":
            entry |= {key: getattr(control, key) for key in ("min", "max", "unit", "scale", "positions", "smallest")}
        if control.only_if:
            entry["only_if"] = list(control.only_if)
        controls.append(entry)
    return {
        "name": explorer.name,
        "controls": controls,
        "presets": {name: preset_numbers(explorer, values) for name, values in explorer.presets.items()},
        "curves": [[curve.name, curve.size] for curve in explorer.curves],
        "scratch": list(explorer.scratch.values()),
        "readouts": [{"name": r.name, "unit": r.unit, "digits": r.digits} for r in explorer.readouts],
        "sentences": [translate(sentence) for sentence in explorer.sentences],
        "faults": [translate(sentence) for sentence in explorer.faults],
        "text": {key: translate(text) for key, text in SCRIPT_TEXT.items()},
        "drawing": {"panels": drawing.panels, "moving": drawing.moving},
    }


def preset_numbers(explorer, values):
    settings = explorer.settings(values)
    return {name: settings[name] for name in values}


def grouped(presets):
    """Presets named "group: name" under their group, the others under no name."""
    groups = {}
    for key in presets:
        group, _colon, name = translate(key).rpartition(": ")
        groups.setdefault(group, []).append((key, name))
    return groups


def page_html(explorer, **values):
    """The explorer as a piece of an HTML page, showing ``values`` (otherwise the defaults) until the reader moves."""
    settings = explorer.settings(values)
    fault, results = explorer.evaluate(settings)
    shown = settings | results
    drawing = draw(explorer, shown)
    spec = specification(explorer, drawing)
    return environment().from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        explorer=explorer,
        drawing=drawing,
        settings=settings,
        results=results,
        fault=fault,
        sentence=fill(translate(explorer.sentence(settings, fault, results)), shown),
        presets=grouped(explorer.presets),
        text=TEXT,
        t=translate,
        spec=json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    )
