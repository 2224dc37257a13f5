"""Artists that follow the model: what an explorer's figure function draws with.

Each artist carries the names of the values that it shows. Matplotlib draws it once with the default values; the page and
the live widget then move it. A name stands for a control, a readout or a curve; a number stands for itself.
"""

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from neurolib.explorer.language import quantity, translate
from neurolib.explorer.typography import is_wide, minus, significant

LEFT, RIGHT = 38, 10
WIDTH = 340  # user units of the SVG: text of 10 is readable on a phone and not coarse on a wide page
RC = {
    "figure.dpi": 72, "svg.fonttype": "none", "svg.hashsalt": "neurolib", "font.size": 10, "axes.titlesize": 10,
    "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.8, "lines.linewidth": 1.8,
    "xtick.labelsize": 9.5, "ytick.labelsize": 9.5, "legend.fontsize": 9.5, "legend.frameon": False,
    "legend.handlelength": 1.6, "legend.columnspacing": 1.0, "legend.handletextpad": 0.5, "legend.borderaxespad": 0.1,
    "axes.titlepad": 9, "path.simplify": True, "path.simplify_threshold": 0.2, "axes.unicode_minus": True,
}  # fmt: skip

# One colour for each thing, apart for colour-blind readers; the style sheet has each again, for light and for dark pages.
COLOURS = {
    "ink": "#1b1b1b", "grid": "#d9d9d9", "muted": "#767676", "Na": "#c8500a", "K": "#0a6aa8", "Cl": "#0b8457",
    "Ca": "#8a3ea8", "leak": "#6b5b2e", "stimulus": "#b8860b", "accent": "#b5174d",
}  # fmt: skip


def panels(heights, shared=True):
    """A figure of panels above each other: ``(figure, axes)``. ``shared``: one horizontal axis, below the last."""
    above, below = 28, 36
    total = sum(heights) + above * len(heights) + below * (1 if shared else len(heights))
    figure = Figure(figsize=(WIDTH / 72, total / 72))
    axes, top = [], total
    for number, height in enumerate(heights):
        top -= above
        place = (LEFT / WIDTH, (top - height) / total, (WIDTH - LEFT - RIGHT) / WIDTH, height / total)
        axes.append(figure.add_axes(place, sharex=axes[0] if shared and axes else None))
        last = not shared or number == len(heights) - 1
        axes[-1].tick_params(labelbottom=last)
        top -= height + (0 if shared else below)
    return figure, axes


def x_axis(ax, label, limits, scale="linear", ticks=None):
    """Name and fix the horizontal axis of a panel."""
    scale_axis(ax, "x", limits, scale, ticks)
    ax.set_xlabel(quantity(*label), labelpad=2)


def x_categories(ax, labels):
    """A horizontal axis of named places, 0, 1, 2, …"""
    scale_axis(ax, "x", (-0.6, len(labels) - 0.4), ticks=range(len(labels)))
    ax.set_xticklabels([translate(label) for label in labels], fontsize=9)
    ax.tick_params(axis="x", length=0)


def scale_axis(ax, which, limits, scale="linear", ticks=None):
    """Fix an axis: its limits, its scale and, where given, its ticks; plain numbers at log ticks."""
    axis = getattr(ax, f"{which}axis")
    getattr(ax, f"set_{which}scale")(scale)
    getattr(ax, f"set_{which}lim")(limits)
    if scale == "log":
        low, high = np.log10(limits)
        ticks = ticks or [10.0**power for power in range(int(np.ceil(low - 1e-9)), int(np.floor(high + 1e-9)) + 1)]
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: significant(value)))
    if ticks is not None:
        axis.set_major_locator(FixedLocator(ticks))


def y_axis(ax, label, limits, scale="linear", ticks=None):
    """Name and fix the vertical axis of a panel; the name stands above it, where it reads without turning the head."""
    scale_axis(ax, "y", limits, scale, ticks)
    name = quantity(*label)
    pad = RC["axes.titlepad"] + (2.5 if any(map(is_wide, name)) else 0)  # such characters reach below the line
    ax.set_title(name, loc="left", x=-(LEFT - 6) / (WIDTH - LEFT - RIGHT), pad=pad)
    ax.grid(axis="y", color=COLOURS["grid"], linewidth=0.6)
    ax.set_axisbelow(True)


def moving(artist, kind, **binding):
    """Mark ``artist`` as one that follows the model's values."""
    artist.moving = {"kind": kind, **binding}
    return artist


def curve(ax, x, y, colour, label=None, **style):
    """A line through the arrays named ``x`` and ``y``."""
    (line,) = ax.plot([], [], color=COLOURS[colour], label=translate(label), **style)
    return moving(line, "curve", x=x, y=y)


def level(ax, y, colour, label=None, **style):
    """A horizontal line at the value named ``y``."""
    style = {"linestyle": (0, (4, 3)), "linewidth": 1.3} | style
    return moving(ax.axhline(np.nan, color=COLOURS[colour], label=translate(label), **style), "level", y=y)


def event(ax, x, colour, label=None, **style):
    """A vertical line at the value named ``x``."""
    style = {"linestyle": (0, (1.5, 2)), "linewidth": 1.3} | style
    return moving(ax.axvline(np.nan, color=COLOURS[colour], label=translate(label), **style), "event", x=x)


def point(ax, x, y, colour, label=None, **style):
    """A dot at (``x``, ``y``); two arrays give one dot for each pair."""
    style = {"marker": "o", "markersize": 8, "linestyle": "none"} | style
    (dots,) = ax.plot([], [], color=COLOURS[colour], label=translate(label), **style)
    dots.set_clip_box(ax.bbox.padded(style["markersize"] / 2 + 1))  # whole at the ends of an axis, hidden beyond them
    return moving(dots, "point", x=x, y=y)


def bar(ax, at, y, colour, width=0.5, base=0.0, label=None, **style):
    """A vertical bar from ``base`` to the value named ``y``, at the place ``at`` of the horizontal axis."""
    (patch,) = ax.bar([at], [0.0], width, base, color=COLOURS[colour], label=translate(label), **style)
    return moving(patch, "bar", left=at - width / 2, right=at + width / 2, y=y, base=base)


def value_label(ax, x, y, text, digits=1, colour="ink", **style):
    """The number named ``text``, written beside (``x``, ``y``) and moving with it."""
    style = {"ha": "center", "va": "bottom", "fontsize": 9.5} | style
    return moving(ax.text(0, 0, "", color=COLOURS[colour], **style), "label", x=x, y=y, text=text, digits=digits)


def legend(ax, columns=4):
    """The panel's legend, above it on the right, opposite the name of its axis."""
    ax.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0 + 4 / ax.bbox.height), ncols=columns)


def set_values(artist, values):
    """Give a moving artist the values that it shows."""
    binding = artist.moving

    def value(key):
        name = binding[key]
        return np.asarray(values[name] if isinstance(name, str) else name, dtype=float)

    match binding["kind"]:
        case "curve" | "point":
            artist.set_data(np.atleast_1d(value("x")), np.atleast_1d(value("y")))
        case "level":
            artist.set_ydata([value("y")] * 2)
        case "event":
            artist.set_xdata([value("x")] * 2)
        case "bar":
            artist.set_y(binding["base"])
            artist.set_height(value("y") - binding["base"])
        case "label":
            artist.set_position((value("x"), value("y")))
            artist.set_text(minus(f"{value('text'):.{binding['digits']}f}"))


def style():
    """The context in which figures are made and drawn: deterministic, with text left to the browser."""
    return matplotlib.rc_context(RC)
