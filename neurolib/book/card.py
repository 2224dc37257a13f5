"""The picture that other sites show beside a link to the book: an action potential, as the model has it."""

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from neurolib.cells import squid_axon
from neurolib.protocols import pulse
from neurolib.simulate import current_clamp

CARD = "card.png"
NIGHT, LINE, ZERO = "#10243e", "#f2c14e", "#5b7391"


def write_card(path):
    """Draw the card, 1200 by 630 pixels; without words, so that it serves every language."""
    trace = current_clamp(squid_axon, pulse(10.0, 1.0, onset=2.0), duration=22.0)
    with matplotlib.rc_context({"figure.dpi": 100}):
        figure = Figure(figsize=(12.0, 6.3), facecolor=NIGHT)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set(facecolor=NIGHT, xlim=(0.0, 22.0), ylim=(-95.0, 60.0))
        axes.axis("off")
        axes.axhline(0.0, color=ZERO, linewidth=2.0, linestyle=(0, (4, 4)))
        axes.plot(trace.time, trace.V, color=LINE, linewidth=9.0, solid_capstyle="butt")
        FigureCanvasAgg(figure).print_png(path, metadata={"Software": None})
