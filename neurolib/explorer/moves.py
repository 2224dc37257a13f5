"""How a part of a scene follows a value: one formula each, here and, the same, in ``show/js/scene.js``.

``range`` is where the value runs; beyond it the part stays as it is at its end. A part whose value is ``nan`` is hidden.
"""

import math
import random
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from itertools import pairwise

from neurolib.explorer.typography import fixed, with_unit

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = 0.6180339887498949  # its multiples, modulo 1, lie well apart
DRIFTS = 4  # the dots of a crowd wander in so many groups
STOPS = 49
HEAD, HALF_HEAD, HALF_SHAFT = 9.0, 6.0, 2.2  # of an arrow


@dataclass(frozen=True)
class Move:
    """The part named ``part`` follows the value named ``value``: over ``range`` it does what ``to`` says."""

    kind: str
    part: str
    value: str
    range: tuple = (0.0, 1.0)
    to: tuple = (0.0, 1.0)
    options: dict = field(default_factory=dict)

    def share(self, value):
        """How far ``value`` is along the range, from 0 to 1."""
        low, high = self.range
        return min(max((value - low) / (high - low), 0.0), 1.0)

    def at(self, value):
        """What lies between the two ends of ``to`` at ``value``."""
        return self.to[0] + self.share(value) * (self.to[1] - self.to[0])

    def data(self):
        """The move, for the page."""
        known = {"kind": self.kind, "part": self.part, "value": self.value}
        return known | {"range": self.range, "to": self.to} | self.options


def show(part, value, range=(0, 1), to=(0, 1)):
    """Opacity, from ``to[0]`` at the low end of the range to ``to[1]`` at its high end."""
    return Move("show", part, value, range, to)


def shift(part, value, range, by):
    """Shifted by ``by = (dx, dy)`` at the high end of the range, in its place at the low end."""
    return Move("shift", part, value, range, by)


def turn(part, value, range, to):
    """Turned by degrees, clockwise, about the origin of the part's own coordinates."""
    return Move("turn", part, value, range, to)


def scale(part, value, range, to):
    """Scaled about the origin of the part's own coordinates."""
    return Move("scale", part, value, range, to)


def fill(part, value, range):
    """A ``<rect>``, drawn full: filled from below up to the share of the range."""
    return Move("fill", part, value, range)


def arrow(part, value, most, length):
    """A ``<path>`` that becomes an arrow from its origin along x: ``length`` long at ``most``, backwards at -``most``."""
    return Move("arrow", part, value, (-most, most), (-length, length))


def count(part, value, range):
    """So many of the children of a ``<g>`` are there: none at the low end of the range, all at its high end."""
    return Move("count", part, value, range)


def crowd(part, value, each, most=80, radius=3.2):
    """A ``<g>`` around one ``<rect>``, in which a dot wanders for each ``each`` of the value, ``most`` at the most."""
    return Move("crowd", part, value, (0, each * most), (0, 1), {"most": most, "radius": radius})


def pick(part, value):
    """The one child of a ``<g>`` whose place, from 0, is the value: the option of a choice."""
    return Move("pick", part, value)


def tint(part, value, colours):
    """``currentColor`` within the part: the book's colour whose place, from 0, is the value."""
    return Move("tint", part, value, (0, len(colours) - 1), tuple(colours))


def strip(part, curve, range, to=(0, 1)):
    """A ``<linearGradient>``, whose opacity along its way follows a whole curve, such as V along an axon."""
    return Move("strip", part, curve, range, to)


def arrows(part, curve, most, length):
    """A ``<g>`` of ``<path>``: arrows as of :func:`arrow`, each as long as the curve at its place along it."""
    return Move("arrows", part, curve, (-most, most), (-length, length))


def write(part, value, digits=0):
    """A ``<text>``: the value with its unit."""
    return Move("write", part, value, options={"digits": digits})


def flow(part, value, rate, seconds=1.6, even=False, radius=3.6):
    """Dots that travel along a ``<path>`` in ``seconds``: ``rate`` times the value each second, at random or ``even``.

    None where that is negative: a flow with a negative rate, along the way back, shows a current that turns over.
    Where all flows of a scene together would be too many to see, they and its cycles are slowed by the same factor: their
    ratios stay.
    """
    return Move("flow", part, value, (0, 1e300), (0, 1), {"rate": rate, "seconds": seconds, "even": even, "radius": radius})


def cycle(part, value, rate):
    """The children of a ``<g>`` one after the other, ``rate`` times the value rounds each second; the first when at rest."""
    return Move("cycle", part, value, (0, 1e300), (0, 1), {"rate": rate})


TAGS = {"fill": "rect", "arrow": "path", "strip": "linearGradient", "flow": "path", "write": "text", "cycle": "g",
        "count": "g", "arrows": "g", "crowd": "g", "pick": "g"}  # fmt: skip


def short(value):
    """A number as the drawing has it: two decimals at the most."""
    return "0" if abs(value) < 0.005 else f"{value:.2f}".rstrip("0").rstrip(".")


def prepare(move, part):
    """Draw what a part consists of, where that is not drawn by hand: the dots of a crowd, the stops of a strip."""
    if move.kind == "crowd":
        (rect,) = list(part)
        left, top, width, height = (float(rect.get(key)) for key in ("x", "y", "width", "height"))
        part.remove(rect)
        groups = [ET.SubElement(part, f"{SVG}g") for _ in range(DRIFTS)]
        chance = random.Random(move.part)  # of its own: two crowds may share a space
        first = chance.random()
        for place in range(move.options["most"]):
            x, y = (first + place * GOLDEN) % 1.0, chance.random()
            at = {"cx": short(left + x * width), "cy": short(top + y * height), "r": short(move.options["radius"])}
            ET.SubElement(groups[place % DRIFTS], f"{SVG}circle", at)
    elif move.kind == "strip":
        for place in range(STOPS):
            ET.SubElement(part, f"{SVG}stop", {"offset": short(place / (STOPS - 1)), "stop-color": "currentColor"})
    elif move.kind == "fill":
        part.set("data-full", f"{part.get('y', '0')} {part.get('height')}")


def members(move, part):
    """What a part counts, in order: its children, or the dots of a crowd, which stand in groups."""
    if move.kind != "crowd":
        return list(part)
    groups = [list(group) for group in part]
    return [groups[place % DRIFTS][place // DRIFTS] for place in range(move.options["most"])]


def put(move, part, value, unit=""):
    """Write the state at ``value`` (an array for a strip) into the drawing. Flows are for the scene to draw."""
    match move.kind:
        case "show":
            part.set("opacity", short(move.at(value)))
        case "shift":
            part.set("transform", f"translate({' '.join(short(move.share(value) * by) for by in move.to)})")
        case "turn":
            part.set("transform", f"rotate({short(move.at(value))})")
        case "scale":
            part.set("transform", f"scale({short(move.at(value))})")
        case "fill":
            top, height = map(float, part.get("data-full").split())
            filled = move.share(value) * height
            part.set("y", short(top + height - filled))
            part.set("height", short(filled))
        case "arrow":
            part.set("d", arrow_path(move.at(value)))
        case "tint":
            part.set("color", f"var(--nl-{move.to[round(move.share(value) * (len(move.to) - 1))]})")
        case "write":
            part.text = with_unit(fixed(value, move.options["digits"]), unit)
        case "count" | "crowd":
            number = move.share(value) * len(members(move, part))
            for place, child in enumerate(members(move, part)):
                child.set("opacity", short(min(max(number - place, 0.0), 1.0)))
        case "pick" | "cycle":
            chosen = round(value) if move.kind == "pick" else 0
            for place, child in enumerate(part):
                child.set("opacity", "1" if place == chosen else "0")
        case "strip":
            for place, stop in enumerate(part):
                stop.set("stop-opacity", short(move.at(value_at(value, place, len(part)))))
        case "arrows":
            for place, one in enumerate(part):
                one.set("d", arrow_path(move.at(value_at(value, place, len(part)))))


def value_at(curve, place, places):
    """The value of a curve at one of so many places along it."""
    return curve[math.floor(place / (places - 1) * (len(curve) - 1) + 0.5)]


def arrow_path(length):
    """The outline of an arrow from the origin along x; a short one is all head, and a speck is not drawn."""
    size = abs(length)
    if size < 1.5:
        return "M0 0"
    sign, head = math.copysign(1.0, length), min(HEAD, size)
    neck, half, shaft = sign * (size - head), HALF_HEAD * head / HEAD, HALF_SHAFT * head / HEAD
    return f"M0 {short(shaft)}H{short(neck)}V{short(half)}L{short(length)} 0L{short(neck)} {short(-half)}V{short(-shaft)}H0z"


def along(form, share):
    """The point at ``share`` of the length of a path of absolute M, L and C."""
    points = []
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", form):
        if command not in "MLC":
            raise ValueError(f"the path of a flow has absolute M, L and C alone, not {command}: {form}")
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        for start in range(0, len(pairs), 3 if command == "C" else 1):
            points += bezier(points[-1], *pairs[start : start + 3]) if command == "C" else pairs[start : start + 1]
    left = share * sum(math.dist(*pair) for pair in pairwise(points))
    for start, end in pairwise(points):
        length = math.dist(start, end)
        if left <= length and length > 0:
            return tuple(a + (b - a) * left / length for a, b in zip(start, end, strict=True))
        left -= length
    return points[-1]


def bezier(a, b, c, d, number=24):
    """Points of a cubic curve from ``a`` to ``d``."""
    for i in range(1, number + 1):
        t = i / number
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
