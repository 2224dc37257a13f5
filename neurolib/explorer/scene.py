"""Scenes: a picture drawn by hand above the figure, whose parts follow the model.

To give an explorer a scene:

1. Draw ``explorers/scenes/NAME.svg`` by hand: ``viewBox="0 0 560 112"`` (at most 120 high; a phone shows it 350 px wide, so
   letters are of 18 units, and few), colours by the book's variables alone (``fill="var(--nl-Na)"``), outside above, inside
   below, and say so. What moves is a ``<g>`` or a shape with ``data-part="gate_m"``. A part turns and scales about the origin
   of its own coordinates: put it in its place by a ``<g transform="translate(…)">`` around it. An explorer with time has its
   play button over the left of the scene: leave the first 76 units free. One drawing may serve several explorers: a part
   with ``data-optional=""`` is dropped where no move binds it.
2. Words stand in the drawing as ``<text data-text="outside"/>``; the text itself under ``[scene]`` in the explorer's TOML file,
   together with ``description``: a sentence or two for those who do not see the picture. What is not to scale is said there.
3. Bind in the explorer's module: ``Explorer(..., scene=Scene("NAME.svg", (moves.turn("gate_m", "m", (0, 1), (0, 70)), …)))``
   with the moves of :mod:`neurolib.explorer.moves`. A value is a control, a readout or a curve; a curve is read at the play
   head where the explorer names its ``time`` curve, otherwise at its end. A part has one move: for more, put groups into each
   other.
4. Look: ``python -m neurolib.explorers page NAME``, at 390 and 1100 px, light and dark. ``tests/laws/test_scenes.py`` and
   ``tests/page/test_moving_scenes.py`` find the scene by themselves.

A scene shows what the model says and nothing else: numbers of dots are proportional to what they stand for, an arrow is as
long as its current.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from neurolib.explorer import moves as kinds
from neurolib.explorer.drawing import typeset
from neurolib.explorer.language import translate
from neurolib.explorer.moves import SVG, prepare, put, short
from neurolib.portable.answers import fields_read

WIDTH, TALLEST, SMALLEST = 560, 120, 18  # units of a drawing: its width, its height and its letters
ALONG = ("strip", "arrows")  # kinds that follow a whole curve
MOST = 14.0  # dots a second that all flows of a scene together may have; a round of a cycle counts as so many


@dataclass(frozen=True)
class Scene:
    """A drawing and its moves.

    ``at``: the moment of the ``time`` curve that is shown before the reader plays. ``touch=("site", 80, 548)``: where the
    reader touches the drawing between these places, the control goes there, from its least to its largest value.
    """

    file: str
    moves: tuple = ()
    at: float | None = None
    touch: tuple = ()
    folder: Path | None = None

    def within(self, folder):
        """This scene, its file in a folder (unless it has one)."""
        return self if self.folder else replace(self, folder=folder)

    def tree(self):
        """The drawing, read anew; its parts by name."""
        root = ET.fromstring(source(self.folder / self.file))
        bound = {move.part for move in self.moves}
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get("data-optional") is not None and child.get("data-part") not in bound:
                    parent.remove(child)
        return root, {element.get("data-part"): element for element in root.iter() if element.get("data-part")}

    def texts(self):
        """The keys of its words, in order."""
        found = [element.get("data-text") for element in self.tree()[0].iter(f"{SVG}text")]
        return ["description", *dict.fromkeys(key for key in found if key)]

    def check(self, explorer):
        """Raise ``ValueError`` with its place for a part, a value or a size that does not fit."""
        root, parts = self.tree()
        _x, _y, width, height = map(float, root.get("viewBox").split())
        if width != WIDTH or height > TALLEST:
            raise ValueError(f"{self.file}: a scene is {WIDTH} wide and at most {TALLEST} high, not {width:g} × {height:g}")
        curves = {curve.name: curve.size for curve in explorer.curves}
        known = {part.name for part in (*explorer.controls, *explorer.readouts)} | set(curves)
        moved = set()
        for move in self.moves:
            place = f"{self.file}: {move.kind} of {move.part}"
            if move.part not in parts:
                raise ValueError(f"{place}: there is no such part, only {', '.join(sorted(parts))}")
            if move.part in moved:
                raise ValueError(f"{place}: a part has one move")
            if move.value not in known:
                raise ValueError(f"{place}: {explorer.name} has no value {move.value}")
            if move.kind in ALONG and move.value not in curves:
                raise ValueError(f"{place}: {move.value} is no curve")
            tag = parts[move.part].tag.removeprefix(SVG)
            if tag != kinds.TAGS.get(move.kind, tag):
                raise ValueError(f"{place}: the part is a {tag}, not a {kinds.TAGS[move.kind]}")
            along = curves.get(explorer.time)
            if along and move.kind not in ALONG and curves.get(move.value, along) != along:
                raise ValueError(f"{place}: {move.value} does not run along {explorer.time}")
            moved.add(move.part)
        if self.touch and self.touch[0] not in [control.name for control in explorer.controls]:
            raise ValueError(f"{self.file}: touch moves no control {self.touch[0]}")

    def tells(self, explorer):
        """Whether it would give the answer of a prediction away: by a curve, or by a readout that the answer reads."""
        if not explorer.prediction:
            return False
        telling = {curve.name for curve in explorer.curves} | fields_read(explorer.prediction.answer, "r")
        return any(move.value in telling for move in self.moves)

    def data(self, explorer):
        """What the page needs to know."""
        units = {part.name: translate(part.unit) for part in (*explorer.controls, *explorer.curves, *explorer.readouts)}
        moves = [move.data() | ({"unit": units[move.value]} if move.kind == "write" else {}) for move in self.moves]
        options = {"at": self.at, "touch": self.touch}
        return {"moves": moves, "most": MOST} | {key: value for key, value in options.items() if value not in (None, ())}

    def svg(self, explorer, values):
        """The drawing in the state of these values, as a piece of a page."""
        root, parts = self.tree()
        units = {part.name: translate(part.unit) for part in (*explorer.controls, *explorer.curves, *explorer.readouts)}
        words = explorer.words.scene
        root.attrib |= {"class": "explorer-scene", "role": "img", "aria-label": translate(words["description"])}
        if self.tells(explorer):
            root.set("data-tells", "")
        for text in list(root.iter(f"{SVG}text")):
            if text.get("data-text"):
                text.text = translate(words[text.get("data-text")])
                typeset(text, 4)
        shown = [(move, parts[move.part], self.now(explorer, move, values)) for move in self.moves]
        for move, part, value in shown:
            prepare(move, part)
            if np.all(np.isnan(value)):
                part.set("visibility", "hidden")
            elif move.kind != "flow":
                put(move, part, value, units[move.value])
        rounds = sum(move.options["rate"] * value for move, _part, value in shown if move.kind == "cycle")
        self.put_flows(root, [(move, part, value) for move, part, value in shown if move.kind == "flow"], rounds)
        text = ET.tostring(own_ids(root, f"{explorer.identifier}-scene"), encoding="unicode")
        return re.sub(r">\s+<", "><", text).strip()

    def now(self, explorer, move, values):
        """The value that a move follows: of a curve that at the moment shown (a strip follows all of it)."""
        value = values[move.value]
        if np.ndim(value) == 0 or move.kind in ALONG:
            return value
        times = values[explorer.time] if explorer.time else 0.0
        if np.ndim(times) == 0:
            return value[-1]
        return float(np.interp(times[0] if self.at is None else self.at, times, value))

    def put_flows(self, root, flows, rounds):
        """Draw the dots of flows that stand still: so many as are on the way while cycles make ``rounds`` a second."""
        parents = {child: parent for parent in root.iter() for child in parent}
        rates = [max(0.0, move.options["rate"] * value) for move, _part, value in flows]  # 0 for nan, too
        slower = min(1.0, MOST / max(sum(rates) + rounds * MOST, 1e-300))
        for (move, part, _value), rate in zip(flows, rates, strict=True):
            number = rate * slower * move.options["seconds"]
            group = ET.Element(f"{SVG}g", {"class": "scene-flow"})
            for place in range(int(np.ceil(number))):
                x, y = kinds.along(part.get("d"), (place + 0.5) / np.ceil(number))
                at = {"r": short(move.options["radius"]), "cx": short(x), "cy": short(y)}
                ET.SubElement(group, f"{SVG}circle", at | {"opacity": short(min(number - place, 1.0))})
            siblings = parents[part]
            siblings.insert(list(siblings).index(part) + 1, group)


@lru_cache
def source(path):
    return Path(path).read_text(encoding="utf-8")


def own_ids(root, prefix):
    """Make the ids of a drawing its own, so that two explorers of a page can use the same one."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{prefix}-{value}")
            elif "#" in value:
                element.set(key, re.sub(r"#(\w)", rf"#{prefix}-\1", value))
    return root
