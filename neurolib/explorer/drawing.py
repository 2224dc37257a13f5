"""A figure as SVG whose artists can be moved: drawn once in each format, with the data-to-SVG transforms beside it."""

import io
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.transforms import Affine2D

from neurolib.explorer import figure as artists
from neurolib.explorer import format as formats
from neurolib.explorer.clipping import SVG, gather_clips
from neurolib.explorer.typography import SYMBOL, is_wide

XLINK = "{http://www.w3.org/1999/xlink}href"
ET.register_namespace("", SVG)
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Drawing:
    """An explorer's figure: SVG text, the panels' transforms and what moves.

    ``panels`` is a list of ``{"x": axis, "y": axis, "name": right}`` with ``axis = {"scale", "low", "high", "from", "to"}``:
    data limits and the SVG coordinates at them, and where the panel's name ends. ``moving`` is a list of bindings: ``kind``,
    ``id``, ``panel`` and the names of the values shown; words that move sideways have the ``room`` in which their anchor keeps
    them whole. ``format`` is the name of its format.
    """

    format: str
    svg: str
    panels: list
    moving: list


class Renderer(RendererSVG):
    """Matplotlib's renderer, for texts in any script: the browser draws them, so no font here needs to have them."""

    def get_text_width_height_descent(self, s, prop, ismath):
        """The size of a text; Chinese characters, which matplotlib's font lacks, are as wide as the type is high."""
        wide = sum(map(is_wide, s))
        narrow = "".join(character for character in s if not is_wide(character))
        width, height, descent = super().get_text_width_height_descent(narrow or "x", prop, ismath)
        return (width if narrow else 0) + wide * prop.get_size_in_points(), height, descent


def drawings(explorer, values):
    """The figure in every format."""
    return [draw(explorer, values, form) for form in formats.of(explorer)]


def draw(explorer, values, form=formats.WIDE):
    """Draw ``explorer``'s figure with ``values``: controls, readouts and curves by name; no guess has been made."""
    values = {artists.GUESS: math.nan} | values
    with artists.style(), formats.drawn_in(form):
        figure = explorer.figure()
        movers = [artist for ax in figure.axes for artist in ax.get_children() if hasattr(artist, "moving")]
        for number, artist in enumerate(movers):
            artist.set_gid(f"moving-{number}")
            artists.set_values(artist, values)
        for number, artist in enumerate(still(figure, movers)):
            artist.set_gid(f"{'given' if hasattr(artist, 'given') else 'still'}-{number}")
        for patch in [figure.patch, *(ax.patch for ax in figure.axes)]:
            patch.set_visible(False)
        for line in (line for ax in figure.axes for line in ax.get_ygridlines()):
            line.set_clip_on(False)  # it ends with its panel: nothing to cut
        pull_in(figure)
        text, renderer = written(figure)
        width, height = figure.get_size_inches() * 72
        panels = [panel(ax, height, renderer) for ax in figure.axes]
        rooms = [room(artist, width, renderer) for artist in movers]
    axes = list(figure.axes)
    prefix = f"{explorer.identifier}-{form.name}"
    moving = [
        {"id": f"{prefix}-{artist.get_gid()}", "panel": axes.index(artist.axes)} | artist.moving | space
        for artist, space in zip(movers, rooms, strict=True)
    ]
    absent = {artist.get_gid() for artist in movers if artist.absent}
    dots = {artist.get_gid(): artist.missing for artist in movers if hasattr(artist, "missing")}
    return Drawing(form.name, clean(text, explorer, prefix, moving, absent, dots), panels, moving)


def written(figure):
    """The figure as matplotlib's SVG, and the renderer that measured its words."""
    target = io.StringIO()
    renderer = renderer_of(figure, target)
    figure.draw(renderer)
    renderer.finalize()
    return target.getvalue(), renderer


def renderer_of(figure, target):
    """What draws the figure into ``target``, and measures its words."""
    return Renderer(*figure.get_size_inches() * 72, target, metadata=NO_METADATA)


def pull_in(figure):
    """Move the numbers of axes that would be cut at the right edge to where they are whole."""
    renderer = renderer_of(figure, io.StringIO())
    labels = [label for ax in figure.axes for label in ax.get_xticklabels() if label.get_visible() and label.get_text()]
    over = {label: label.get_window_extent(renderer).x1 + 1 - renderer.width for label in labels}
    cut = {label: beyond for label, beyond in over.items() if beyond > 0}
    for label, beyond in cut.items():
        label.set_transform(label.get_transform() + Affine2D().translate(-beyond, 0))


def still(figure, movers):
    """What a figure function has drawn that does not move: lines, areas and words besides those of the axes."""
    drawn = [artist for ax in figure.axes for artist in (*ax.lines, *ax.patches, *ax.texts, *ax.collections)]
    return [artist for artist in drawn if artist not in movers]


def room(artist, width, renderer):
    """Between which places across the figure the anchor of words that move sideways has to stay, for all of them to be seen."""
    if not any(isinstance(artist.moving.get(key), str) for key in ("x", "at")) or artist.moving["kind"] not in ("note", "tag"):
        return {}
    whole = artist.get_window_extent(renderer).width + 4
    before = {"left": 0.0, "center": whole / 2, "right": whole}[artist.get_ha()]
    return {"room": [round(before), round(width - whole + before)]}


def panel(ax, height, renderer):
    """The transform of one panel from data to SVG coordinates, which run downwards, and where its name ends."""
    box, name = ax.get_window_extent(), getattr(ax, "named", None)
    (x_low, x_high), (y_low, y_high) = ax.get_xlim(), ax.get_ylim()
    return {
        "x": {"scale": ax.get_xscale(), "low": float(x_low), "high": float(x_high), "from": box.x0, "to": box.x1},
        "y": {"scale": ax.get_yscale(), "low": float(y_low), "high": float(y_high),
              "from": height - box.y0, "to": height - box.y1},
        "name": round(name.get_window_extent(renderer).x1) if name else 0,
    }  # fmt: skip


def clean(text, explorer, prefix, moving, absent, absent_dots):
    """Matplotlib's SVG made fit for a page: small, its ids its own, its colours and type those of the style sheet.

    What is ``absent`` at these values is in it, hidden, and so are single dots of a row.
    """
    root = ET.fromstring(text)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("class", "explorer-figure")
    root.set("role", "img")
    root.set("aria-labelledby", f"{explorer.identifier}-caption")
    root.set("data-format", prefix.removeprefix(f"{explorer.identifier}-"))
    bindings = {binding["id"].removeprefix(f"{prefix}-"): binding for binding in moving}
    for parent in root.iter():
        for child in list(parent):
            if child.tag == f"{{{SVG}}}style":
                parent.remove(child)
    for element in root.iter():
        binding = bindings.get(element.get("id"))
        if binding:
            element.set("data-kind", binding["kind"])
            if element.get("id") in absent:
                element.set("style", "visibility: hidden")
            for key in ("x", "y"):
                if isinstance(binding.get(key), str):
                    element.set(f"data-{key}", binding[key])
            if binding.get("given"):
                element.set("data-given", "")
            for dot, missing in zip(element.iter(f"{{{SVG}}}use"), absent_dots.get(element.get("id"), ()), strict=False):
                if missing:
                    dot.set("style", f"{dot.get('style', '')}; display: none".lstrip("; "))
        elif (element.get("id") or "").startswith("legend"):
            element.set("class", "legend")
        elif (element.get("id") or "").startswith("still-"):
            element.set("class", "still")
        tidy(element, prefix)
    gather_clips(root)
    named = used_ids(root)
    for element in root.iter():
        if "id" in element.attrib and element.get("id") not in named and "data-kind" not in element.attrib:
            del element.attrib["id"]
    return re.sub(r">\s+<", "><", ET.tostring(root, encoding="unicode")).strip()


def used_ids(root):
    """The ids that something in the drawing refers to."""
    text = ET.tostring(root, encoding="unicode")
    return set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'href="#([^"]+)"', text))


def tidy(element, name):
    """Round coordinates, prefix ids, hand colours and type over to the style sheet."""
    attributes = element.attrib
    if XLINK in attributes:
        attributes["href"] = attributes.pop(XLINK).replace("#", f"#{name}-")
    if "id" in attributes:
        attributes["id"] = f"{name}-{attributes['id']}"
    if "clip-path" in attributes:
        attributes["clip-path"] = attributes["clip-path"].replace("#", f"#{name}-")
    for key in ("d", "x", "y", "width", "height", "transform"):
        if key in attributes:
            attributes[key] = " ".join(
                re.sub(
                    r"-?\d+\.\d+", lambda m: f"{float(m.group()):.2f}".rstrip("0").rstrip("."), attributes[key]
                ).split()
            )
    if attributes.get("transform", "").startswith("rotate(-0") or attributes.get("transform", "").startswith(
        "rotate(0"
    ):
        del attributes["transform"]
    if "style" in attributes:
        style = re.sub(r"font-family:[^;]*;?", "", attributes["style"])
        for colour, value in artists.COLOURS.items():
            style = style.replace(value, f"var(--nl-{colour})")
        style = style.replace("#000000", "var(--nl-ink)").replace("#ffffff", "var(--nl-paper)")
        attributes["style"] = "; ".join(part.strip() for part in style.split(";") if part.strip())
    if element.tag == f"{{{SVG}}}text":
        typeset(element)


def typeset(element, drop=2.4):
    """Write symbols such as g_Na with their index lowered by so many units."""
    text, element.text = element.text or "", ""
    position, last = 0, None
    for match in SYMBOL.finditer(text):
        last = append_text(element, last, text[position : match.start()])
        symbol = ET.SubElement(element, f"{{{SVG}}}tspan", {"class": "symbol"})
        symbol.text = match.group(1)
        last = ET.SubElement(element, f"{{{SVG}}}tspan", {"class": "index", "dy": f"{drop}"})
        last.text = match.group(2)
        position = match.end()
        if position < len(text):  # what follows goes back up to the line
            last = ET.SubElement(element, f"{{{SVG}}}tspan", {"dy": f"-{drop}"})
            following = SYMBOL.search(text, position)
            end = following.start() if following else len(text)
            last.text = text[position:end]
            position = end
    append_text(element, last, text[position:])


def append_text(element, last, text):
    if last is None:
        element.text += text
    else:
        last.tail = (last.tail or "") + text
    return last
