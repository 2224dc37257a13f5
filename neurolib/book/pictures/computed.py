"""What pictures draw from a model: the phases of a spike, at the moments and heights that the squid axon gives them."""

import numpy as np

from neurolib.cells import squid_axon
from neurolib.excitability import threshold_current
from neurolib.explorer.moves import SVG, short
from neurolib.explorers import explore
from neurolib.protocols import pulse
from neurolib.simulate import current_clamp
from neurolib.spikes import crossing, index_of_maximum, index_of_minimum, vertex

X, Y = (-2.0, 10.0, 56.0, 470.0), (-90.0, 50.0, 236.0, 30.0)  # ms and mV at the edges of the drawing, and where these are


def across(t):
    return X[2] + (t - X[0]) / (X[1] - X[0]) * (X[3] - X[2])


def up(V):
    return Y[2] + (V - Y[0]) / (Y[1] - Y[0]) * (Y[3] - Y[2])


def moments():
    """``{name: (t, V)}`` of what a spike is described by, ms and mV, and the trace, from the action potential's explorer.

    ``threshold`` is the voltage to which the smallest pulse of this duration that makes a spike brings the axon.
    """
    spike = explore("action_potential").model()
    t, V = np.array(spike["t"]), np.array(spike["V"])
    n, rest, duration = len(t), spike["V_rest"], explore("action_potential").defaults["duration"]
    top = index_of_maximum(V, 0, n)
    bottom = index_of_minimum(V, top, n)
    threshold = current_clamp(squid_axon, pulse(threshold_current(squid_axon, duration), duration), duration).V[-1]
    found = {"pulse": (0.0, rest), "off": (duration, np.interp(duration, t, V))}
    found["threshold"] = (crossing(t, V, 0, top + 1, threshold, 1.0), threshold)
    found["zero_up"] = (crossing(t, V, 0, top + 1, 0.0, 1.0), 0.0)
    found["peak"] = vertex(t, V, top, n)
    found["zero_down"] = (crossing(t, V, top, n, 0.0, -1.0), 0.0)
    found["below_rest"] = (crossing(t, V, top, n, rest, -1.0), rest)
    found["trough"] = vertex(t, V, bottom, n)
    return found | {"end": (X[1], rest)}, t, V


def draw_spike(drawing):
    """Put the trace, the bands between moments and the marks at them into the drawing."""
    found, t, V = moments()
    for element in drawing.iter():
        if element.get("data-at"):
            x, y = found[element.get("data-at")]
            element.set("transform", f"translate({short(across(x))} {short(up(y))})")
        if element.get("data-from"):
            left, right = (across(found[element.get(f"data-{end}")][0]) for end in ("from", "to"))
            element.set("x", short(left))
            element.set("width", short(right - left))
        if element.get("data-level"):
            element.set("transform", f"translate(0 {short(up(found[element.get('data-level')][1]))})")
    shown = (t >= X[0]) & (t <= X[1])
    points = zip(np.maximum(t[shown], X[0]), V[shown], strict=True)
    start = f"M{short(across(X[0]))} {short(up(found['pulse'][1]))}"
    trace = next(element for element in drawing.iter(f"{SVG}path") if element.get("data-trace"))
    trace.set("d", start + "".join(f"L{short(across(a))} {short(up(b))}" for a, b in list(points)[::3]))


COMPUTED = {"spike_phases": draw_spike}
