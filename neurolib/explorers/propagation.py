"""A spike on its way along the axon: one direction, collision, heat block."""

import math

from neurolib.cable import Cable
from neurolib.cells import squid_axon
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout, Sweep
from neurolib.explorer.language import _
from neurolib.portable import portable

LENGTH, SEGMENT = 60.0, 0.5  # mm; 0.5 mm slows the spike by 0.1 % at 6.3 °C and by 1 % at 33 °C
CABLE = Cable(squid_axon, LENGTH, segment=1000.0 * SEGMENT)
N, AXIAL = CABLE.segments, CABLE.axial
T_END, SLICES, DT = 8.0, 64, 0.02
SLICE = T_END / SLICES
WIDTH, STRENGTH, DURATION = 8, 500.0, 0.2  # of both electrodes: segments (4 mm), µA/cm², ms
LEVEL = -40.0  # mV: V rises through it as a spike passes
RUN_UP, TIMED = 20, 20  # segments: the speed is that over 10 mm, from 10 mm beyond the electrode on
MARGIN = 10  # segments: a shock this near to an end is no arrival there
STATES = len(squid_axon.state_names)
H_PLACE, N_PLACE = squid_axon.state_index("h") * N, squid_axon.state_index("n") * N
KERNEL = squid_axon.kernel
defaults, rest, cable = KERNEL.defaults, KERNEL.rest, KERNEL.cable
TEMPERATURE = squid_axon.index("temperature_celsius")


@portable
def compute(
    t_view, site, second, site_2, delay, temperature_celsius,
    x, V, h, n, first_pass, second_pass,
    p, state, states, electrodes, samples, probed, passage, diagonal, right,
):  # fmt: skip
    """The axon at rest."""
    defaults(p)
    p[TEMPERATURE] = temperature_celsius
    rest(p, 0.0, state)
    for c in range(N):
        x[c] = SEGMENT * (c + 0.5)
        for j in range(STATES):
            states[j * N + c] = state[j]
        V[c] = state[0]
        h[c] = states[H_PLACE + c]
        n[c] = states[N_PLACE + c]
        first_pass[c] = math.nan
        second_pass[c] = math.nan
    return 0.0, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, 0.0


@portable
def put_electrode(electrodes, k, place, onset):
    """A short strong shock, around its place; the whole electrode lies on the axon."""
    first = max(0, min(math.floor(place / SEGMENT + 0.5) - WIDTH / 2, N - WIDTH))
    electrodes[5 * k] = first
    electrodes[5 * k + 1] = first + WIDTH
    electrodes[5 * k + 2] = onset
    electrodes[5 * k + 3] = DURATION
    electrodes[5 * k + 4] = STRENGTH


@portable
def step(
    t_view, site, second, site_2, delay, temperature_celsius, number,
    x, V, h, n, first_pass, second_pass,
    p, state, states, electrodes, samples, probed, passage, diagonal, right,
):  # fmt: skip
    """The next eighth of a millisecond."""
    t = SLICE * number
    put_electrode(electrodes, 0, site, -t)
    put_electrode(electrodes, 1, site_2, delay - t)
    finest = min(DT, 0.1 / math.pow(3.0, (temperature_celsius - 6.3) / 10.0))
    steps = math.ceil(SLICE / finest - 1e-9)
    count = 1 + int(second)
    h_step = SLICE / steps
    t_failed = cable(
        states, p, N, AXIAL, electrodes, count, steps, steps, h_step,
        samples, 0, probed, passage, LEVEL, diagonal, right,
    )  # fmt: skip
    for c in range(N):
        if passage[c] >= 0.0:
            if math.isnan(first_pass[c]):
                first_pass[c] = t + passage[c]
            elif math.isnan(second_pass[c]):
                second_pass[c] = t + passage[c]
        if t + SLICE <= t_view + 1e-9:
            V[c] = states[c]
            h[c] = states[H_PLACE + c]
            n[c] = states[N_PLACE + c]
    start = int(electrodes[0])
    near = start + WIDTH + RUN_UP if start < N / 2 else start - RUN_UP
    far = near + TIMED if start < N / 2 else near - TIMED
    speed = SEGMENT * TIMED / (first_pass[far] - first_pass[near])
    end = N - 1 if start < N / 2 else 0
    if not (speed > 0.0 and speed < 40.0) or math.isnan(first_pass[end]):  # on its way, or blocked
        speed = math.nan
    meeting = math.nan
    if second == 1.0:
        low = int(min(electrodes[0], electrodes[5])) + WIDTH
        high = int(max(electrodes[0], electrodes[5]))
        for c in range(low + 1, high - 1):
            if first_pass[c] > first_pass[c - 1] and first_pass[c] >= first_pass[c + 1]:
                meeting = x[c]
    done = 1.0 if number == SLICES - 1 else 0.0
    fault = 1.0 if t_failed >= 0.0 else 0.0
    last = N - 1
    left_again = second_pass[0] if electrodes[5] >= MARGIN else math.nan
    right_again = second_pass[last] if electrodes[6] <= N - MARGIN else math.nan
    return fault, speed, first_pass[0], first_pass[last], meeting, left_again, right_again, done


@portable
def say(
    t_view, site, second, site_2, delay, temperature_celsius,
    speed, at_left, at_right, meeting, left_again, right_again, done,
):  # fmt: skip
    if done == 0.0:
        return 0
    if math.isnan(at_left) or math.isnan(at_right):
        return 1
    if second == 0.0:
        return 2
    if math.isfinite(meeting):
        return 3
    if math.isnan(left_again) and math.isnan(right_again):
        return 4
    return 5 if math.isnan(left_again) or math.isnan(right_again) else 6


@portable
def check(
    moved, t_view, site, second, site_2, delay, temperature_celsius,
    speed, at_left, at_right, meeting, left_again, right_again, done,
):  # fmt: skip
    if second == 0.0:
        return 1, 0.0
    if math.isfinite(meeting):
        return 2, meeting
    if site_2 < 10.0 or site_2 > 50.0:
        return 5, site_2
    if math.isnan(left_again) and math.isnan(right_again):
        return 3, delay
    return (0, delay) if math.isnan(left_again) or math.isnan(right_again) else (4, delay)


@portable
def answer(
    t_view, site, second, site_2, delay, temperature_celsius,
    speed, at_left, at_right, meeting, left_again, right_again, done,
):  # fmt: skip
    if math.isfinite(meeting):
        return 1
    return 0 if math.isfinite(left_again) else 2


def figure():
    drawn, (voltage, gates, passages) = fig.panels([92, 62, 92], shared=False)
    along = (_("distance along the axon"), "mm")
    fig.x_axis(voltage, along, (0, LENGTH), ticks=[0, 10, 20, 30, 40, 50, 60])
    fig.y_axis(voltage, (_("voltage V at your moment"), "mV"), (-90, 70), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "x", "V", "ink")
    fig.event(voltage, "site", "stimulus", _("first electrode"))
    fig.legend(voltage)
    fig.x_axis(gates, along, (0, LENGTH), ticks=[0, 10, 20, 30, 40, 50, 60])
    fig.y_axis(gates, (_("gate at your moment"), ""), (0, 1), ticks=[0, 0.5, 1])
    fig.curve(gates, "x", "h", "Na", "h", linestyle=(0, (1.5, 1.5)))
    fig.curve(gates, "x", "n", "K", "n", linestyle=(0, (5, 2)))
    fig.legend(gates)
    fig.x_axis(passages, along, (0, LENGTH), ticks=[0, 10, 20, 30, 40, 50, 60])
    fig.y_axis(passages, (_("passes at"), "ms"), (0, T_END), ticks=[0, 2, 4, 6, 8])
    fig.level(passages, "t_view", "muted", _("your moment"))
    fig.curve(passages, "x", "first_pass", "ink", _("first"))
    fig.curve(passages, "x", "second_pass", "accent", _("second passage"), linestyle=(0, (5, 2)))
    fig.legend(passages)
    return drawn


explorer = Explorer(
    name="propagation",
    title=_("A spike on its way along the axon"),
    chapter="action-potential/sodium-inactivation",
    caption=_(
        "Six centimetres of squid axon, 476 µm thick, with both ends sealed. Above: the voltage along it at the "
        "moment you choose. "
        "Middle: the gates h and n at that moment; behind the spike h is low and n is high. Below: when V rises "
        "through −40 mV "
        "at each place; a straight line is a steady speed."
    ),
    controls=(
        Slider("t_view", _("Moment shown"), 0, T_END, 2, "ms", step=SLICE),
        Slider("site", _("First electrode at"), 0, LENGTH, 0, "mm", step=1),
        Choice("second", _("Second electrode"), {"off": _("off"), "on": _("on")}, "off"),
        Slider("site_2", _("Second electrode at"), 0, LENGTH, LENGTH, "mm", step=1, only_if=("second", 1)),
        Slider("delay", _("Second shock after"), 0, 6, 0, "ms", step=0.05, only_if=("second", 1)),
        Slider("temperature_celsius", _("Temperature"), 2, 38, 18.5, "°C", step=0.5),
    ),
    compute=compute,
    curves=(
        Curve("x", N, "mm", _("distance along the axon")),
        Curve("V", N, "mV", _("voltage at the chosen moment")),
        Curve("h", N, "", _("sodium inactivation gate at the chosen moment")),
        Curve("n", N, "", _("potassium gate at the chosen moment")),
        Curve("first_pass", N, "ms", _("time at which a spike first passes"), gaps=True),
        Curve("second_pass", N, "ms", _("time at which a second one passes"), gaps=True),
    ),
    scratch={
        "p": len(squid_axon.parameter_names), "state": STATES, "states": STATES * N, "electrodes": 10, "samples": 2 * N,
        "probed": 2 * STATES, "passage": N, "diagonal": N, "right": N,
    },
    sweep=Sweep(SLICES, step),
    readouts=(
        Readout("speed", _("conduction velocity"), "m/s", 1, optional=True),
        Readout("at_left", _("at the left end after"), "ms", 2, optional=True),
        Readout("at_right", _("at the right end after"), "ms", 2, optional=True),
        Readout("meeting", _("collision at"), "mm", 0, shown=False, optional=True),
        Readout("left_again", _("second, left end"), "ms", 2, shown=False, optional=True),
        Readout("right_again", _("second, right end"), "ms", 2, shown=False, optional=True),
        Readout("done", _("run complete"), "", 0, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The spike is on its way…"),
        _("Conduction block: the excitation dies out on its way, and the far end never hears of it."),
        _("The spike runs from the electrode to the ends of the axon, and from there nothing comes back."),
        _(
            "The two spikes collide at {meeting:0} mm and end there: each runs into axon that the other has left "
            "refractory."
        ),
        _("The second shock falls on refractory axon, and no second spike arrives anywhere."),
        _(
            "One way only: the second spike leaves where the axon has recovered, and cannot follow where the first "
            "has just passed."
        ),
        _("The second spike follows the first in both directions: the axon had recovered."),
    ),
    faults=(_("The voltage left the range of the model, −250 to 250 mV: nothing is drawn."),),
    presets={
        _("From the left end"): {},
        _("From the middle, both ways"): {"site": 30, "t_view": 1},
        _("Collision"): {"second": 1, "site_2": 60, "t_view": 1.5},
        _(
            "In the wake: one way only"
        ): {"second": 1, "site_2": 30, "delay": 2.3, "temperature_celsius": 25, "t_view": 3.5},
        _("Cold axon, 6.3 °C"): {"temperature_celsius": 6.3},
        _("33.5 °C: just conducts"): {"temperature_celsius": 33.5},
        _("34 °C: heat block"): {"temperature_celsius": 34},
    },
    prediction=Prediction(
        _("Both ends of the axon are shocked at the same instant. What do the two spikes do when they meet?"),
        {"second": 1, "site_2": 60, "t_view": 1.5},
        (_("They pass through each other"), _("They annihilate each other"), _("They bounce back")),
        answer,
        (
            _("Each came out at the other end."),
            _(
                "Both end at {meeting:0} mm. Ahead of each lies the refractory wake of the other, which no spike "
                "can enter."
            ),
            _("Each returned to where it came from."),
        ),
    ),
    challenge=Challenge(
        _("Make a second spike that travels in one direction only."),
        check,
        (
            _(
                "Done: at {off:2} ms the axon behind the first spike was ready again and the axon ahead was not. "
                "Rhythms that circle in the heart begin like this."
            ),
            _("There is only one spike so far: switch on the second electrode."),
            _("Those two collided at {off:0} mm. Let the first pass the second electrode, and shock in its wake."),
            _(
                "At {off:2} ms all the axon around the electrode is still refractory, or the second spike comes too "
                "late to be seen. Change the delay."
            ),
            _(
                "At {off:2} ms the axon had recovered on both sides. Earlier, but not much: the window is narrow, "
                "and wider in a warm axon."
            ),
            _("Put the second electrode at least 10 mm from both ends, so that a spike has two ways to go."),
        ),
    ),
)
