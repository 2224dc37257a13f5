"""The figure that readers see who have no JavaScript: the first experiment, drawn when the page is built."""

import html

from neurolib.cells import squid_axon
from neurolib.explorer.language import translate
from neurolib.protocols import pulse
from neurolib.show.bench.catalogue import PULSE
from neurolib.show.bench.texts import TEXT
from neurolib.simulate import current_clamp

WIDTH, HEIGHT, LEFT, RIGHT = 720, 380, 54, 708
V_AXIS, I_AXIS = (280, 30, -100.0, 50.0), (350, 306, 0.0, 20.0)  # bottom and top in pixels, lowest and highest value


def place(value, axis):
    bottom, top, low, high = axis
    return round(bottom + (value - low) / (high - low) * (top - bottom), 2)


def across(t):
    return round(LEFT + t / PULSE["duration"] * (RIGHT - LEFT), 2)


def line(times, values, axis):
    """Points of a curve as a path."""
    return "M" + "L".join(f"{across(t):g} {place(value, axis):g}" for t, value in zip(times, values, strict=True))


def frame(axis, label, ticks):
    """The axis, its numbers and its name."""
    bottom, top, _low, _high = axis
    parts = [
        f'<path d="M{LEFT} {top}V{bottom}H{RIGHT}" fill="none" stroke="var(--nl-muted)"/>',
        f'<text x="4" y="{top - 8}" font-weight="600">{label}</text>',
    ]
    for tick in ticks:
        written = f"{tick}".replace("-", "−")
        parts.append(f'<text x="{LEFT - 6}" y="{place(tick, axis) + 4:g}" text-anchor="end">{written}</text>')
    return "".join(parts)


def picture():
    """The squid axon's spike and its stimulus, as SVG."""
    onset, width, level = PULSE["onset"], PULSE["width"], PULSE["amplitude"]
    trace = current_clamp(squid_axon, pulse(level, width, onset=onset), duration=PULSE["duration"])
    V = line(trace.time[::10], trace.V[::10], V_AXIS)
    edges = [0.0, onset, onset, onset + width, onset + width, PULSE["duration"]]
    stimulus = line(edges, [0.0, 0.0, level, level, 0.0, 0.0], I_AXIS)
    named = {key: html.escape(translate(TEXT[key])) for key in ("voltage", "stimulus", "density", "t", "ms", "without")}
    ticks = "".join(f'<text x="{across(t):g}" y="368" text-anchor="middle">{t}</text>' for t in range(0, 25, 5))
    return (
        f'<svg class="bench-still" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{named["without"]}">'
        + frame(V_AXIS, f"{named['voltage']} (mV)", (-100, -50, 0, 50))
        + frame(I_AXIS, f"{named['stimulus']} ({named['density']})", (0, 20))
        + f'<path d="{V}" fill="none" stroke="var(--nl-ink)" stroke-width="2"/>'
        + f'<path d="{stimulus}" fill="none" stroke="var(--nl-stimulus)" stroke-width="2"/>'
        + f'{ticks}<text x="{RIGHT}" y="368" text-anchor="end">{named["t"]} ({named["ms"]})</text></svg>'
    )
