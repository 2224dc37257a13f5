"""An explorer as HTML: its figure, native inputs, and beside them what the page script needs."""

import json
import math
from dataclasses import asdict
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from neurolib.explorer.declaration import OK
from neurolib.explorer.drawing import drawings
from neurolib.explorer.language import _, quantity, translate
from neurolib.explorer.tables import tables
from neurolib.explorer.typography import fill, number, plain, symbols_html, with_unit

FOLDER = Path(__file__).parent
TEXT = {
    "controls": _("Controls"),
    "presets": _("Start from"),
    "own": _("values of your own"),
    "reset": _("Reset"),
    "others": _("More controls"),
    "story": _("Step by step"),
    "more": _("Data, caption, take away"),
    "prediction": _("Predict first"),
    "challenge": _("Challenge"),
    "without": _("This figure shows the default values. Its controls need JavaScript, which did not run here."),
}
PLAY_TEXT = {
    "play": _("Play"),
    "pause": _("Pause"),
    "speed": _("Speed"),
    "head": _("Moment shown: {name}"),
    "sound": _("Sound: the curve as pitch, and spikes click"),
}
LIVE_TEXT = PLAY_TEXT | {
    "lost": _("No answer from the kernel: it is busy, or it has stopped, and then the cell has to be run again."),
}
SCRIPT_TEXT = PLAY_TEXT | {
    "clamped": _("Held to the range {range}."),
    "range": _("{least} … {most}"),
    "notANumber": _("That is not a number; the value stays as it was."),
    "working": _("Working: {percent} %"),
    "reset": _("Reset"),
    "hold": _("Hold this figure"),
    "release": _("Let the held figure go"),
    "badLink": _("The link asks for “{part}”, which is not possible here: these are the default values."),
    "readAt": _("Read the curves at: {name}"),
    "hear": _("Hear the curve"),
    "saveCsv": _("Curves (CSV)"),
    "table": _("Curves against"),
    "lay": _("Lay a recording over it"),
    "saveSvg": _("Figure (SVG)"),
    "savePng": _("Figure (PNG)"),
    "copyLink": _("Copy the link"),
    "copyPython": _("Copy the Python"),
    "copied": _("Copied."),
    "noFile": _("If no file comes, the page around this figure does not allow it. Here it stands alone: {link}"),
    "noPicture": _("No picture could be made here; the SVG holds the same figure."),
    "waive": _("Show me without a guess"),
    "right": _("As you predicted."),
    "wrong": _("Not what you predicted. What happens: {option}"),
    "waived": _("What happens: {option}"),
    "guess": _("Or mark your guess in the figure: {name}"),
    "guessed": _("This is my guess"),
    "off": _("You marked {guess}; it came to {truth}: {off} away."),
    "before": _("The faint lines are from before."),
    "answered": _("answered"),
    "done": _("done"),
    "again": _("Ask me again"),
    "hint": _("A hint"),
    "forget": _("Forget what I did here"),
    "forgetAll": _("Forget what I did in the whole book"),
    "sureHere": _("Forget your answer and your solution in this figure?"),
    "sureAll": _("Forget all your answers and solutions in this book?"),
    "next": _("Next"),
    "step": _("Step {step} of {steps}"),
    "moved": _("({count} changed)"),
    "stage": _("Fill the screen"),
    "leaveStage": _("Leave the full screen"),
    "menu": _("More"),
    "embed": _("Copy the line that embeds it"),
    "file": _("Save it as one file"),
    "qr": _("QR code"),
    "slideSvg": _("Slide (SVG)"),
    "slidePng": _("Slide (PNG)"),
    "keep": _("Keep for my lecture"),
    "kept": _("Kept in this browser, as number {count} of your lecture ›"),
    "lost": _("The script for this could not be read. Load the page again."),
    "pair": _("{name}: {value}"),
    "separator": _("; "),
    "stop": _("{sentence}."),
}


def readout_text(value, readout):
    """A readout's number with its unit; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    return with_unit(number(value, readout.digits), translate(readout.unit))


@cache
def environment():
    """Where the templates of a page are, each read and compiled once."""
    templates = Environment(autoescape=True, loader=FileSystemLoader(FOLDER))
    templates.filters |= {
        "symbols": lambda text: Markup(symbols_html(text)),
        "plain": plain,
        "typed": lambda value: f"{value:.6g}",
    }
    return templates


def specification(explorer, drawings):
    """What the page script needs to know, as plain data."""
    words = explorer.words
    places = {curve.name: place for place, curve in enumerate(explorer.curves)}
    spec = {
        "name": explorer.identifier,
        "call": explorer.call,
        "controls": [control_specification(control) for control in explorer.controls],
        "presets": {name: preset_numbers(explorer, values) for name, values in explorer.presets.items()},
        "curves": [
            {"name": c.name, "size": c.size, "unit": translate(c.unit), "label": translate(c.label)}
            for c in explorer.curves
        ],
        "tables": [[places[name] for name in names] for names in tables(explorer, drawings[0].moving).values()],
        "readouts": [{"name": r.name, "unit": translate(r.unit), "digits": r.digits} for r in explorer.readouts],
        "say": translated(words.say),
        "faults": translated(words.faults),
        "text": translated(SCRIPT_TEXT),
        "drawings": {drawing.format: {"panels": drawing.panels, "moving": drawing.moving} for drawing in drawings},
        "story": explorer.story_numbers(),
    }
    if explorer.scene:
        spec["scene"] = explorer.scene.data(explorer)
    if explorer.overlay:
        spec["overlay"] = places[explorer.overlay]
    if explorer.time:
        spec["time"] = explorer.time
    if explorer.sweep:
        sweep = explorer.sweep
        spec["sweep"] = {"count": sweep.count, "numbers": sweep.numbers, "arrays": sweep.arrays, "view": sweep.view}
    if explorer.challenge:
        spec["challenge"] = translated(words.challenge) | {"only": explorer.challenge.only}
    if explorer.prediction:
        spec["prediction"] = translated(words.prediction)
        spec["prediction"]["setting"] = preset_numbers(explorer, explorer.prediction.setting)
        if explorer.prediction.guess:
            asked = next(readout for readout in explorer.readouts if readout.name == explorer.prediction.guess.of)
            told = {"label": translate(asked.label), "unit": translate(asked.unit), "digits": asked.digits}
            spec["prediction"]["guess"] = asdict(explorer.prediction.guess) | told
    return spec


def translated(texts):
    """Texts, by key, in the reader's language."""
    shown = {dict: translated, list: lambda several: [translate(text) for text in several]}
    return {key: shown.get(type(text), translate)(text) for key, text in texts.items()}


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
    if control.kind == "choice" and control.brings:
        entry["brings"] = [control.brings.get(option, {}) for option in control.options]
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


def page_html(explorer):
    """The explorer as a piece of an HTML page."""
    settings = explorer.defaults
    word, results = explorer.evaluate(settings)
    shown = settings | results
    figures = drawings(explorer, shown)
    templates = environment()
    shared = {"explorer": explorer, "t": translate, "quantity": quantity, "text": TEXT}
    control_html = templates.get_template("control.html")

    def row(control):
        return Markup(control_html.render(control=control, value=settings[control.name], **shared))

    def value_of(readout):
        number = results[readout.name] if word == OK else math.nan
        kept = "" if math.isnan(number) else number
        written = readout_text(number, readout)
        return Markup('<data data-readout="{}" value="{}">{}</data>').format(readout.name, kept, written)

    spec = json.dumps(specification(explorer, figures), ensure_ascii=False, separators=(",", ":"))
    template = templates.get_template("explorer.html")
    return template.render(
        words=explorer.words,
        drawings=figures,
        scene=explorer.scene.svg(explorer, shown) if explorer.scene else "",
        main=[control for control in explorer.controls if control.name in explorer.main],
        others=[control for control in explorer.controls if control.name not in explorer.main],
        headline=explorer.headline(),
        table=[readout for readout in explorer.readouts if readout.shown and readout not in explorer.headline()],
        row=row,
        value_of=value_of,
        state=state_text(explorer, settings),
        sentence=fill(translate(explorer.sentence(settings, word, results)), shown),
        presets=grouped(explorer.words.presets),
        spec=spec.replace("<", "\\u003c"),
        **shared,
    )
