"""An explorer as HTML: its figure, native inputs, and beside them what the page script needs."""

import json
import math
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from neurolib.explorer.declaration import OK
from neurolib.explorer.drawing import draw
from neurolib.explorer.language import _, quantity, translate
from neurolib.explorer.typography import fill, number, plain, symbols_html

TEMPLATE = Path(__file__).with_name("explorer.html")
TEXT = {
    "controls": _("Controls"),
    "presets": _("Start from"),
    "own": _("values of your own"),
    "reset": _("Reset"),
    "more": _("Read values, take away"),
    "without": _("This figure shows the default values. Its controls need JavaScript, which did not run here."),
}
SCRIPT_TEXT = {
    "clamped": _("Held to the range {range}."),
    "range": _("{least} … {most}"),
    "notANumber": _("That is not a number; the value stays as it was."),
    "working": _("Working: {percent} %"),
    "reset": _("Reset"),
    "hold": _("Hold this figure"),
    "release": _("Let the held figure go"),
    "badLink": _("The link asks for “{part}”, which is not possible here: these are the default values."),
    "readAt": _("Read the curves at: {name}"),
    "saveCsv": _("Curves (CSV)"),
    "saveSvg": _("Figure (SVG)"),
    "savePng": _("Figure (PNG)"),
    "copyLink": _("Copy the link"),
    "copyPython": _("Copy the Python"),
    "copied": _("Copied."),
    "prediction": _("Predict first"),
    "challenge": _("Challenge"),
    "run": _("Show what happens"),
    "right": _("As you predicted."),
    "wrong": _("It is otherwise: {option}"),
    "done": _("done"),
    "forget": _("Forget my progress"),
    "pair": _("{name}: {value}"),
    "separator": _("; "),
    "stop": _("{sentence}."),
}


def readout_text(value, readout):
    """A readout's number with its unit; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    return f"{number(value, readout.digits)}{' ' + translate(readout.unit) if readout.unit else ''}"


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
    words = explorer.words
    spec = {
        "name": explorer.name,
        "controls": [control_specification(control) for control in explorer.controls],
        "presets": {name: preset_numbers(explorer, values) for name, values in explorer.presets.items()},
        "curves": [
            {"name": c.name, "size": c.size, "unit": translate(c.unit), "label": translate(c.label)}
            for c in explorer.curves
        ],
        "readouts": [{"name": r.name, "unit": translate(r.unit), "digits": r.digits} for r in explorer.readouts],
        "say": translated(words.say),
        "faults": translated(words.faults),
        "text": translated(SCRIPT_TEXT),
        "drawing": {"panels": drawing.panels, "moving": drawing.moving},
    }
    if explorer.sweep:
        spec["sweep"] = {"count": explorer.sweep.count, "numbers": explorer.sweep.numbers, "arrays": explorer.sweep.arrays}
    if explorer.challenge:
        spec["challenge"] = translated(words.challenge) | {"only": explorer.challenge.only}
    if explorer.prediction:
        spec["prediction"] = translated(words.prediction)
        spec["prediction"]["setting"] = preset_numbers(explorer, explorer.prediction.setting)
    return spec


def translated(texts):
    """Texts, by key, in the reader's language."""
    return {key: translated(text) if isinstance(text, dict) else translate(text) for key, text in texts.items()}


def control_specification(control):
    """What the page script needs to know of one control."""
    entry = {key: getattr(control, key) for key in ("name", "kind", "min", "max")}
    entry |= {
        "label": translate(control.label),
        "unit": translate(control.unit),
        "default": control.number(control.default),
    }
    if control.kind == "slider":
        entry |= {key: getattr(control, key) for key in ("scale", "positions", "smallest")}
    else:
        entry["options"] = [control.text(value) for value in range(control.max + 1)]
    if control.only_if:
        entry["only_if"] = list(control.only_if)
    return entry


def preset_numbers(explorer, values):
    settings = explorer.settings(values)
    return {name: settings[name] for name in values}


def grouped(presets):
    """Presets, whose names are given by key: those named "group: name" under their group, the others under no name."""
    groups = {}
    for key, text in presets.items():
        group, _colon, name = translate(text).replace("：", ": ").rpartition(": ")
        groups.setdefault(group, []).append((key, name))
    return groups


def pair(name, value):
    """A name and its value, as a reader's language joins them."""
    return translate(SCRIPT_TEXT["pair"]).format(name=name, value=value)


def state_text(explorer, settings):
    """Every control with its value, as one sentence."""
    pairs = [pair(translate(control.label), control.text(settings[control.name])) for control in explorer.controls]
    return translate(SCRIPT_TEXT["stop"]).format(sentence=translate(SCRIPT_TEXT["separator"]).join(pairs))


def page_html(explorer, **values):
    """The explorer as a piece of an HTML page, showing ``values`` (otherwise the defaults) until the reader moves."""
    settings = explorer.settings(values)
    word, results = explorer.evaluate(settings)
    shown = settings | results
    drawing = draw(explorer, shown)
    spec = specification(explorer, drawing)
    return (
        environment()
        .from_string(TEMPLATE.read_text(encoding="utf-8"))
        .render(
            explorer=explorer,
            drawing=drawing,
            settings=settings,
            results=results,
            fault=word != OK,
            state=state_text(explorer, settings),
            sentence=fill(translate(explorer.sentence(settings, word, results)), shown),
            presets=grouped(explorer.words.presets),
            text=TEXT,
            t=translate,
            quantity=quantity,
            spec=json.dumps(spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        )
    )
