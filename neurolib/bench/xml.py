"""Elements and numbers of an XML file, written letter for letter as the bench's page writes them."""

import numpy as np

COMPUTED = 9  # digits of a number that was computed: the last ones differ between machines


def number(value):
    """The shortest text that gives ``value`` back, in JavaScript's way: 120, 0.3, 1e-7."""
    value = float(value)
    if value == 0.0:
        return "0"
    if 1e-6 <= abs(value) < 1e21:
        return np.format_float_positional(value, trim="-")
    return np.format_float_scientific(value, trim="-", exp_digits=1)


def computed(value):
    """``value`` to nine digits."""
    return number(f"{value:.{COMPUTED}g}")


def element(tag, attributes=None, *children):
    """An element, for :func:`written`."""
    return tag, attributes or {}, [child for child in children if child]


def written(part, depth=0):
    """The text of an element and all in it, an element a line."""
    tag, attributes, children = part
    room, told = "  " * depth, "".join(f' {name}="{value}"' for name, value in attributes.items())
    if not children:
        return f"{room}<{tag}{told}/>\n"
    return f"{room}<{tag}{told}>\n{''.join(written(child, depth + 1) for child in children)}{room}</{tag}>\n"
