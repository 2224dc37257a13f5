"""One clip for the artists of a panel that follow each other: a browser paints what is clipped together in one piece."""

import xml.etree.ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
KEY = "clip-path"
NOT_DRAWN = {f"{{{SVG}}}{name}" for name in ("defs", "clipPath")}


def gather_clips(element):
    """Put siblings that follow each other with the same clip, deep in ``element``, into one group that is clipped."""
    runs = []
    for child in list(element):
        clip = clip_of(child)
        if clip is None:
            gather_clips(child)
        if runs and clip is not None and runs[-1][0] == clip:
            runs[-1][1].append(child)
        else:
            runs.append((clip, [child]))
    for clip, children in runs:
        if clip is None or len(children) == 1:
            continue
        group = ET.Element(f"{{{SVG}}}g", {KEY: clip})
        element.insert(list(element).index(children[0]), group)
        for child in children:
            element.remove(child)
            group.append(child)
            for part in child.iter():
                part.attrib.pop(KEY, None)


def clip_of(element):
    """The one clip of all that is drawn in an element, or none."""
    if KEY in element.attrib:
        return element.get(KEY)
    clips = {clip_of(child) for child in element if child.tag not in NOT_DRAWN}
    return clips.pop() if len(clips) == 1 else None
