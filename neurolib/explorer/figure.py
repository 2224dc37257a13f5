"""Artists that follow the model: what an explorer's figure function draws with.

Each artist carries the names of the values that it shows. Matplotlib draws it once with the default values; the page and
the live widget then move it. A name stands for a control, a readout or a curve; a number stands for itself.

A figure is drawn in more than one :mod:`neurolib.explorer.format`: the figure function is called once for each.

``drag={"x": "c_out"}`` makes an artist a handle: the reader drags it, and the control of that name takes the place's value;
``("interval", "t_first")`` is a control whose value is the place less another one. ``given=True`` marks what a reader may
see before a prediction is answered.
"""

from dataclasses import replace

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from matplotlib.transforms import ScaledTranslation

from neurolib.explorer import format as formats
from neurolib.explorer.language import _, quantity, translate
from neurolib.explorer.typography import is_wide, minus, significant

RC = {
    "figure.dpi": 72, "svg.fonttype": "none", "svg.hashsalt": "neurolib", "font.size": 11, "axes.titlesize": 11,
    "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.8, "lines.linewidth": 2.0,
    "xtick.labelsize": 11, "ytick.labelsize": 11, "legend.fontsize": 11, "legend.frameon": False,
    "legend.handlelength": 1.6, "legend.columnspacing": 1.0, "legend.handletextpad": 0.5, "legend.borderaxespad": 0.1,
    "axes.titlepad": 7, "path.simplify": True, "path.simplify_threshold": 0.2, "axes.unicode_minus": True,
}  # fmt: skip

# One colour for each thing, apart for colour-blind readers; the style sheet has each again, for light and for dark pages.
COLOURS = {
    "ink": "#1b1b1b", "grid": "#d9d9d9", "muted": "#767676", "Na": "#c8500a", "K": "#0a6aa8", "Cl": "#0b8457",
    "Ca": "#8a3ea8", "leak": "#6b5b2e", "stimulus": "#b8860b", "accent": "#b5174d",
}  # fmt: skip

GUESS = "guess"  # the name of the value that the reader's guess has


def panels(heights, shared=True, columns=None, tallest=None):
    """A figure of panels: ``(figure, axes)``, laid out for the format at hand.

    ``heights`` are their shares of the height. ``shared``: one horizontal axis for all, below the last. In a wide format
    panels with axes of their own stand in ``columns``, such as ``((0, 1), (2,))``; without it each in a column. ``tallest``
    holds the figure lower than its format does.
    """
    form = formats.current()
    form = replace(form, tallest=tallest or form.tallest)
    number = len(heights)
    grid = (tuple(range(number)),)
    if form.columns and not shared:
        grid = columns or tuple((place,) for place in range(number))
    figure = Figure(figsize=(form.width / 72, form.height(heights, shared, grid) / 72))
    axes = [None] * number
    for place, left, bottom, width, height in form.places(heights, shared, grid):
        share = axes[0] if shared and place else None
        axes[place] = figure.add_axes((left, bottom, width, height), sharex=share)
        axes[place].tick_params(labelbottom=not shared or place == number - 1)
    return figure, axes


def one_x_axis(upper, lower):
    """Two neighbours of a column on one horizontal axis, below the lower; both grow into the room of the other axis."""
    upper.sharex(lower)
    upper.tick_params(labelbottom=False)
    high, low = upper.get_position(), lower.get_position()
    room = high.y0 - low.y1 - formats.ABOVE / upper.figure.bbox.height
    part = room * high.height / (high.height + low.height)
    upper.set_position((high.x0, high.y0 - part, high.width, high.height + part))
    lower.set_position((low.x0, low.y0, low.width, low.height + room - part))


def x_axis(ax, label, limits, scale="linear", ticks=None):
    """Name and fix the horizontal axis of a panel."""
    scale_axis(ax, "x", limits, scale, ticks)
    ax.set_xlabel(quantity(*label), labelpad=2)


def x_categories(ax, labels):
    """A horizontal axis of named places, 0, 1, 2, …"""
    scale_axis(ax, "x", (-0.6, len(labels) - 0.4), ticks=range(len(labels)))
    ax.set_xticklabels([translate(label) for label in labels])
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
    ax.named = ax.set_title(name, loc="left", x=-(formats.LEFT - 6) / ax.bbox.width, pad=pad)
    ax.grid(axis="y", color=COLOURS["grid"], linewidth=0.6)
    ax.set_axisbelow(True)


def moving(artist, kind, drag=None, given=False, **binding):
    """Mark ``artist`` as one that follows the model's values."""
    artist.moving = {"kind": kind, **binding} | ({"drag": drag} if drag else {}) | ({"given": True} if given else {})
    return artist


def given(artist):
    """Mark an artist that stands still as one that may be seen before a prediction is answered."""
    artist.given = True
    return artist


def curve(ax, x, y, colour, label=None, at=None, above=True, given=False, **style):
    """A line through the arrays named ``x`` and ``y``.

    ``at`` writes the label beside the line, at this place of the horizontal axis (a number or a name), ``above`` or below
    it; without it the label is for a legend.
    """
    (line,) = ax.plot([], [], color=COLOURS[colour], label=None if at is not None else translate(label), **style)
    if at is not None:
        tag(ax, label, x, y, at, colour, above=above, given=given)
    return moving(line, "curve", x=x, y=y, given=given)


def level(ax, y, colour, label=None, drag=None, given=False, **style):
    """A horizontal line at the value named ``y``."""
    style = {"linestyle": (0, (4, 3)), "linewidth": 1.3} | style
    line = ax.axhline(np.nan, color=COLOURS[colour], label=translate(label), **style)
    return moving(line, "level", y=y, drag=drag, given=given)


def event(ax, x, colour, label=None, drag=None, given=False, **style):
    """A vertical line at the value named ``x``."""
    style = {"linestyle": (0, (1.5, 2)), "linewidth": 1.3} | style
    line = ax.axvline(np.nan, color=COLOURS[colour], label=translate(label), **style)
    return moving(line, "event", x=x, drag=drag, given=given)


def point(ax, x, y, colour, label=None, drag=None, given=False, **style):
    """A dot at (``x``, ``y``); two arrays give one dot for each pair."""
    style = {"marker": "o", "markersize": 8, "linestyle": "none"} | style
    (dots,) = ax.plot([], [], color=COLOURS[colour], label=translate(label), **style)
    dots.set_clip_box(ax.bbox.padded(style["markersize"] / 2 + 1))  # whole at the ends of an axis, hidden beyond them
    return moving(dots, "point", x=x, y=y, drag=drag, given=given)


def bar(ax, at, y, colour, width=0.5, base=0.0, label=None, drag=None, given=False, **style):
    """A vertical bar from ``base`` to the value named ``y``, at the place ``at`` of the horizontal axis."""
    (patch,) = ax.bar([at], [0.0], width, base, color=COLOURS[colour], label=translate(label), **style)
    return moving(patch, "bar", left=at - width / 2, right=at + width / 2, y=y, base=base, drag=drag, given=given)


def rung(ax, at, y, colour, width=0.5, label=None, drag=None, given=False, **style):
    """A short horizontal line at the value named ``y``, centred on the place ``at``: a rung of a ladder of values."""
    style = {"linewidth": 3.0, "solid_capstyle": "butt"} | style
    (line,) = ax.plot([], [], color=COLOURS[colour], label=translate(label), **style)
    return moving(line, "rung", left=at - width / 2, right=at + width / 2, y=y, drag=drag, given=given)


def span(ax, left, right, colour, given=False, **style):
    """A shaded part of the horizontal axis, from the value named ``left`` to that named ``right``."""
    style = {"alpha": 0.14, "linewidth": 0} | style
    patch = ax.axvspan(0, 0, color=COLOURS[colour], **style)
    return moving(patch, "span", left=left, right=right, given=given)


def value_label(ax, x, y, text, digits=1, colour="ink", given=False, **style):
    """The number named ``text``, written beside (``x``, ``y``) and moving with it."""
    style = {"ha": "center", "va": "bottom"} | style
    artist = ax.text(0, 0, "", color=COLOURS[colour], **style)
    return moving(artist, "label", x=x, y=y, text=text, digits=digits, given=given)


def note(ax, text, x, y, colour="ink", given=False, only_if=None, lift=0, **style):
    """Words at (``x``, ``y``), each a number or a name: what there is to see at this place.

    ``lift`` puts them so many units of the figure higher, clear of a line in every format. ``only_if`` names a readout: the
    words are there while it has a value. Those that follow a value stay whole in the figure, and are not there while
    their place lies beyond the panel.
    """
    style = {"ha": "left", "va": "center"} | style
    artist = ax.text(0, 0, translate(text), color=COLOURS[colour], **style)
    artist.set_transform(ax.transData + ScaledTranslation(0, lift / 72, ax.figure.dpi_scale_trans))
    extra = ({"only_if": only_if} if only_if else {}) | ({"lift": lift} if lift else {})
    return moving(artist, "note", x=x, y=y, given=given, **extra)


def tag(ax, text, xs, ys, at, colour, above=True, given=False, **style):
    """The name of a curve, written beside it at the place ``at`` of the horizontal axis; it moves with the curve."""
    style = {"ha": "center", "va": "bottom" if above else "top"} | style
    artist = ax.text(0, 0, translate(text), color=COLOURS[colour], **style)
    return moving(artist, "tag", xs=xs, ys=ys, at=at, above=above, given=given)


def guess(ax, x=None):
    """The mark that a reader sets where a prediction is expected to come out: a dashed line, a ring at ``x``, and its name."""
    level(ax, GUESS, "accent", given=True, linewidth=1.6)
    if x is not None:
        point(ax, x, GUESS, "accent", given=True, fillstyle="none", markersize=10)
    to_axes = ax.transData + ax.transAxes.inverted()
    away = x is not None and to_axes.transform((x, 1.0))[0] < 0.51  # the name keeps clear of a ring in the middle, too
    place = to_axes.inverted().transform((0.98 if away else 0.02, 0.5))[0]
    note(ax, _("your guess"), float(place), GUESS, "accent", given=True, ha="right" if away else "left")


def legend(ax, columns=4):
    """The panel's legend, above it on the right, opposite the name of its axis: for what cannot be named on the spot."""
    ax.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0 + 4 / ax.bbox.height), ncols=columns)


def set_values(artist, values):
    """Give a moving artist the values that it shows."""
    binding = artist.moving

    def value(key):
        name = binding[key]
        return np.asarray(values[name] if isinstance(name, str) else name, dtype=float)

    match binding["kind"]:
        case "curve":
            artist.set_data(np.atleast_1d(value("x")), np.atleast_1d(value("y")))
        case "point":
            put_dots(artist, *np.broadcast_arrays(np.atleast_1d(value("x")), np.atleast_1d(value("y"))))
        case "level":
            artist.set_ydata([value("y")] * 2)
        case "event":
            artist.set_xdata([value("x")] * 2)
        case "rung":
            artist.set_data([binding["left"], binding["right"]], [value("y")] * 2)
        case "bar":
            artist.set_y(binding["base"])
            artist.set_height(value("y") - binding["base"])
        case "span":
            artist.set_x(value("left"))
            artist.set_width(value("right") - value("left"))
        case "label":
            put(artist, value("x"), value("y"))
            artist.set_text(minus(f"{value('text'):.{binding['digits']}f}"))
        case "note":
            put(artist, value("x"), value("y"))
        case "tag":
            put(artist, value("at"), along(value("xs"), value("ys"), value("at")))
    artist.absent = not is_drawn(artist, binding, value)


def put(text, x, y):
    """Put words at a place; those without one go to a corner of the panel: matplotlib would drop them."""
    text.place = (x, y)
    corner = (text.axes.get_xlim()[0], text.axes.get_ylim()[0])
    text.set_position(text.place if np.all(np.isfinite(text.place)) else corner)


def put_dots(dots, xs, ys):
    """Put every dot of a row somewhere in its panel: matplotlib would drop those without a place, and the page count wrong."""
    (low, high), (bottom, top) = dots.axes.get_xlim(), dots.axes.get_ylim()
    inside = (xs >= low) & (xs <= high) & (ys >= bottom) & (ys <= top)
    dots.missing = ~inside
    dots.set_data(np.where(inside, xs, low), np.where(inside, ys, bottom))


def is_drawn(artist, binding, value):
    """Whether everything that the artist needs has a value; the page asks the same. What belongs to a step waits for it."""
    needed = [key for key in ("x", "y", "text", "left", "right", "only_if") if key in binding]
    placed = np.all(np.isfinite(getattr(artist, "place", (0.0, 0.0))))
    return "step" not in binding and placed and all(np.isfinite(value(key)).any() for key in needed)


def along(xs, ys, at):
    """The value at ``at`` of the curve through (``xs``, ``ys``), between its points; nan outside."""
    for i in range(1, len(xs)):
        low, high = min(xs[i - 1], xs[i]), max(xs[i - 1], xs[i])
        if low <= at <= high and high > low:
            return ys[i - 1] + (ys[i] - ys[i - 1]) * (at - xs[i - 1]) / (xs[i] - xs[i - 1])
    return np.nan


def style():
    """The context in which figures are made and drawn: deterministic, with text left to the browser."""
    return matplotlib.rc_context(RC)
