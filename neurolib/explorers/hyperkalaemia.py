"""Potassium outside an axon: E_K, the rest, what inactivation leaves of the sodium channels, threshold, block.

Thresholds are bisected to 1 part in 4096 of the largest current, with steps of 0.02 ms: 0.1 µA/cm² near the usual ones.
"""

from neurolib.cells import squid_axon_split_leak
from neurolib.channels.squid import K_OUT_REFERENCE, TEMPERATURE, alpha_h, beta_h, potassium_reversal
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout, Sweep
from neurolib.explorer.scene import Scene
from neurolib.portable import math, outcome, portable, zeros
from neurolib.protocols import put_pulse

KERNEL = squid_axon_split_leak.kernel
defaults, rest, derivative, integrate = KERNEL.defaults, KERNEL.rest, KERNEL.derivative, KERNEL.integrate
STATES, PARAMETERS = len(squid_axon_split_leak.state_names), len(squid_axon_split_leak.parameter_names)
G_NA, E_NA, E_K_PLACE = (squid_axon_split_leak.index(name) for name in ("g_bar_Na", "E_Na", "E_K"))
M, H = (squid_axon_split_leak.state_index(gate) for gate in ("m", "h"))
AXONS = ("few", "stock")
FEW = AXONS.index("few")
SODIUM = (60.0, 120.0)  # mS/cm², all gates open, of each of AXONS
K_LOW, K_HIGH, POINTS = 2.5, 40.0, 49
WIDTH, LARGEST, LEVEL = 0.2, 400.0, -20.0  # of the pulse: ms, µA/cm²; a spike passes this voltage, mV
SIZE, T_START, T_END, T_PULSE, DT = 551, -10.0, 100.0, 60.0, 0.02
SITES, V_LOW, V_HIGH = 86, -115.0, -30.0
SPIKES = 64


@portable
def start(axon, K_out, p, state):
    """Set the axon in ``p`` and its rest in ``state``; returns the voltage of the rest, mV."""
    defaults(p)
    p[G_NA] = SODIUM[int(axon)]
    p[E_K_PLACE] = potassium_reversal(K_out, TEMPERATURE)
    return rest(p, 0.0, state)


@portable
def jacobian(p, begin, J):
    """Slope of the rate of change of state i with state j, at ``J[STATES * i + j]``, by central differences."""
    state, ahead, behind = zeros(STATES), zeros(STATES), zeros(STATES)
    for j in range(STATES):
        state[j] = begin[j]
    for j in range(STATES):
        state[j] = begin[j] + 1e-5
        derivative(state, p, 0.0, ahead)
        state[j] = begin[j] - 1e-5
        derivative(state, p, 0.0, behind)
        state[j] = begin[j]
        for i in range(STATES):
            J[STATES * i + j] = (ahead[i] - behind[i]) / 2e-5


@portable
def is_stable(p, begin):
    """1 where small deviations from the rest ``begin`` die out: Routh and Hurwitz, V with three gates."""
    J = zeros(STATES * STATES)
    jacobian(p, begin, J)
    e_1 = 0.0
    e_2 = 0.0
    e_3 = 1.0
    for j in range(1, 4):
        d = -J[5 * j]
        e_2 = e_2 + e_1 * d
        e_1 = e_1 + d
        e_3 = e_3 * d
    a_3 = e_1 - J[0]
    a_2 = e_2 - J[0] * e_1
    a_1 = e_3 - J[0] * e_2
    a_0 = -J[0] * e_3
    for j in range(1, 4):
        d = -J[5 * j]
        both = J[j] * J[4 * j]
        a_2 = a_2 - both
        a_1 = a_1 - both * (e_1 - d)
        a_0 = a_0 - both * e_3 / d
    if a_3 > 0.0 and a_1 > 0.0 and a_0 > 0.0 and a_3 * a_2 * a_1 > a_1 * a_1 + a_3 * a_3 * a_0:
        return 1.0
    return 0.0


@portable
def pulsed(p, begin, amplitude, state, t_end, level):
    """Run from ``begin`` through a pulse, µA/cm², at 0 ms to ``t_end``, left in ``state``; 1 if V rises past ``level``."""
    pulse, crossings = zeros(6), zeros(1)
    for j in range(STATES):
        state[j] = begin[j]
    put_pulse(pulse, 0, 0.0, WIDTH, amplitude)
    _failed, count = integrate(state, p, pulse, 2, 0.0, t_end, pulse, 0, pulse, crossings, 1, level, DT)
    return count


@portable
def threshold_of(p, begin):
    """Smallest pulse that makes a spike, µA/cm²; nan where V only follows the pulse and falls back when it ends."""
    state, nothing, crossings = zeros(STATES), zeros(6), zeros(1)
    low = 0.0
    high = LARGEST
    for _halving in range(13):
        middle = 0.5 * (low + high)
        if pulsed(p, begin, middle, state, WIDTH + 12.0, LEVEL) > 0:
            high = middle
        else:
            low = middle
    pulsed(p, begin, high, state, WIDTH, math.inf)
    V_end = state[0]
    integrate(state, p, nothing, 0, WIDTH, WIDTH + 0.1, nothing, 0, nothing, crossings, 1, math.inf, DT)
    return high if high < LARGEST and (V_end < LEVEL or state[0] > V_end) else math.nan


@portable
def model(c, y, r):
    """The state at this potassium, and what follows a sudden change to it from 10 mM, with a pulse at 60 ms."""
    p, begin, state, samples = zeros(PARAMETERS), zeros(STATES), zeros(STATES), zeros(STATES * SIZE)
    pulse, crossings = zeros(6), zeros(SPIKES)
    V_line, t = y.V_line, y.t
    for i in range(SITES):
        V_line[i] = V_LOW + (V_HIGH - V_LOW) * i / (SITES - 1)
        alpha = alpha_h(V_line[i])
        y.h_line[i] = alpha / (alpha + beta_h(V_line[i]))
    for i in range(POINTS):
        y.K_line[i] = K_LOW * math.pow(K_HIGH / K_LOW, i / (POINTS - 1))
        y.threshold_line[i] = math.nan
    r.E_K = potassium_reversal(c.K_out, TEMPERATURE)
    r.V_rest = start(c.model, c.K_out, p, begin)
    r.h_inf = begin[H]
    r.stable = is_stable(p, begin)
    if r.stable == 1.0:
        r.threshold = threshold_of(p, begin)
    for i in range(SIZE):
        t[i] = T_START + (T_END - T_START) * i / (SIZE - 1)
    start(c.model, K_OUT_REFERENCE, p, state)
    V_before, m_before, h_before = state[0], state[M], state[H]
    p[E_K_PLACE] = r.E_K
    put_pulse(pulse, 0, T_PULSE, WIDTH, c.amplitude)
    _failed, count = integrate(state, p, pulse, 2, 0.0, T_END, t, SIZE, samples, crossings, SPIKES, LEVEL, DT)
    for i in range(SIZE):
        y.V[i] = V_before if t[i] <= 0.0 else samples[i]
        y.m[i] = m_before if t[i] <= 0.0 else samples[M * SIZE + i]
        y.h[i] = h_before if t[i] <= 0.0 else samples[H * SIZE + i]
        y.K_now[i] = K_OUT_REFERENCE if t[i] < 0.0 else c.K_out
        y.I_Na[i] = p[G_NA] * y.m[i] * y.m[i] * y.m[i] * y.h[i] * (y.V[i] - p[E_NA])
    own = 0.0
    late = 0.0
    answered = 0.0
    for i in range(count):
        if crossings[i] < T_PULSE:
            own = own + 1.0
            if crossings[i] > 30.0:
                late = late + 1.0
        elif crossings[i] < T_PULSE + 15.0:
            answered = 1.0
    r.own = own
    r.late = late
    r.answered = answered
    r.E_K_side = r.E_K - 1.5
    r.rest_side = r.V_rest + 1.5
    r.E_K_below = r.E_K - 15.0
    r.amplitude_note = c.amplitude + (-20.0 if c.amplitude > 30.0 else 20.0)
    r.jump_note = 36.0 if own == 1.0 and late == 0.0 else math.nan
    for i in range(2):
        y.pulse_t[i] = T_PULSE + i
        y.pulse_V[i] = -108.0
    return "ok"


@portable
def step(c, y, r, number):
    """The threshold at one potassium concentration, where the rest is stable; where there is none, why."""
    p, begin = zeros(PARAMETERS), zeros(STATES)
    i = int(number)
    start(c.model, y.K_line[i], p, begin)
    between = math.sqrt(y.K_line[i] * y.K_line[max(i - 1, 0)])
    if is_stable(p, begin) == 1.0:
        y.threshold_line[i] = threshold_of(p, begin)
        if math.isnan(y.threshold_line[i]) and math.isnan(r.block_from):
            r.block_from = between
            r.block_note = math.sqrt(between * K_HIGH)
    else:
        if math.isnan(r.wild_from):
            r.wild_from = between
        r.wild_to = math.sqrt(y.K_line[i] * y.K_line[min(i + 1, POINTS - 1)])
        r.wild_note = math.sqrt(r.wild_from * r.wild_to)
    return "ok"


@outcome
def say(c, r):
    if r.stable == 0.0:
        return "fires_by_itself" if r.late > 0.0 else "trembles"
    if r.late > 0.0:
        return "set_off"
    if math.isnan(r.threshold):
        return "block"
    return "fails" if r.answered == 0.0 else "fires"


@outcome
def check(c, r):
    """More than twice the threshold at 10 mM, 61.57 µA/cm²."""
    if c.model != FEW:
        return "other_axon"
    if c.K_out <= 10.0:
        return "too_little"
    if math.isnan(r.threshold):
        return "too_much"
    r.off = r.threshold
    return "done" if r.off >= 2.0 * 61.57 else "not_yet"


@outcome
def answer(c, r):
    if r.answered == 1.0:
        return "spike"
    return "no_spike" if r.late == 0.0 else "needless"


def figure():
    drawn, (inactivation, thresholds, response) = fig.panels([48, 78, 80], False, ((0, 1), (2,)))
    fig.x_axis(inactivation, (_("voltage"), "mV"), (V_LOW, V_HIGH), ticks=[-110, -90, -70, -50, -30])
    fig.y_axis(inactivation, (_("sodium channels ready, h"), ""), (0, 1.12), ticks=[0, 0.5, 1])
    fig.curve(inactivation, "V_line", "h_line", "Na", given=True)
    fig.event(inactivation, "E_K", "K", given=True)
    fig.note(inactivation, _("E_K"), "E_K_side", 0.18, "K", given=True, ha="right")
    fig.event(inactivation, "V_rest", "ink", given=True)
    fig.note(inactivation, _("rest"), "rest_side", 1.02, "ink", given=True)
    fig.point(inactivation, "V_rest", "h_inf", "accent")
    fig.x_axis(thresholds, (_("potassium outside"), "mM"), (K_LOW, K_HIGH), "log", ticks=[2.5, 5, 10, 20, 40])
    fig.y_axis(thresholds, (_("threshold"), "µA/cm²"), (0, 225), ticks=[0, 100, 200])
    fig.span(thresholds, "block_from", K_HIGH, "muted")
    fig.note(thresholds, _("in block"), "block_note", 150, "muted", ha="center")
    fig.span(thresholds, "wild_from", "wild_to", "stimulus")
    fig.note(thresholds, _("no rest"), "wild_note", 150, "stimulus", ha="center")
    fig.level(thresholds, "amplitude", "stimulus", given=True, drag={"y": "amplitude"})
    fig.note(thresholds, _("the pulse"), 1.04 * K_LOW, "amplitude_note", "stimulus", given=True)
    fig.curve(thresholds, "K_line", "threshold_line", "ink", linewidth=2.6)
    fig.event(thresholds, "K_out", "K", given=True, drag={"x": "K_out"})
    fig.point(thresholds, "K_out", "threshold", "accent")
    fig.x_axis(response, (_("time after the potassium changes"), "ms"), (T_START, T_END), ticks=[0, 25, 50, 75, 100])
    fig.y_axis(response, (_("voltage"), "mV"), (-128, 62), ticks=[-100, -50, 0, 50])
    fig.event(response, 0.0, "K", given=True)
    fig.level(response, "E_K", "K", given=True)
    fig.note(response, _("E_K"), 0.99 * T_END, "E_K_below", "K", given=True, ha="right")
    fig.curve(response, "t", "V", "ink", given=True)
    fig.note(response, _("set off by the change"), 7.0, "jump_note", "muted", only_if="jump_note")
    fig.curve(response, "pulse_t", "pulse_V", "stimulus", linewidth=5, solid_capstyle="butt", given=True)
    fig.note(response, _("the pulse"), T_PULSE - 2.0, -107.0, "stimulus", given=True, ha="right")
    return drawn


def scene():
    """Potassium outside, and ten sodium channels: h of them ready, their doors open as far as m."""
    doors = [moves.turn(f"m_{place}", "m", (0, 1), (0, -84)) for place in range(1, 11)]
    channels = moves.count("ready", "h", (0, 1)), moves.count("inactivated", "h", (1, 0))
    outside = moves.crowd("K", "K_now", each=0.5, most=80), moves.write("K_now", "K_now", 1)
    response = moves.arrow("I_Na", "I_Na", 1050, 50), moves.write("V", "V", 0)
    return Scene("sodium_ready.svg", (*doors, *channels, *outside, *response), at=55)


explorer = Explorer(
    chapter="resting-potential/hyperkalaemia",
    controls=dict(
        model=Choice(AXONS, "few"),
        K_out=Slider(K_LOW, K_HIGH, 10, "mM", step=0.25),
        amplitude=Slider(0, 200, 55, "µA/cm²", step=1),
    ),
    curves=dict(
        V_line=Curve(SITES, "mV"),
        h_line=Curve(SITES),
        K_line=Curve(POINTS, "mM"),
        threshold_line=Curve(POINTS, "µA/cm²", gaps=True),
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        m=Curve(SIZE),
        h=Curve(SIZE),
        K_now=Curve(SIZE, "mM"),
        I_Na=Curve(SIZE, "µA/cm²"),
        pulse_t=Curve(2, "ms"),
        pulse_V=Curve(2, "mV"),
    ),
    readouts=dict(
        E_K=Readout("mV"),
        V_rest=Readout("mV"),
        h_inf=Readout("", 2),
        threshold=Readout("µA/cm²", optional=True),
        own=Readout("", 0),
        stable=Readout("", 0, shown=False),
        late=Readout("", 0, shown=False),
        answered=Readout("", 0, shown=False),
        E_K_side=Readout("mV", shown=False),
        E_K_below=Readout("mV", shown=False),
        rest_side=Readout("mV", shown=False),
        amplitude_note=Readout("µA/cm²", shown=False),
        jump_note=Readout("mV", shown=False, optional=True),
        block_from=Readout("mM", shown=False, optional=True),
        block_note=Readout("mM", shown=False, optional=True),
        wild_from=Readout("mM", shown=False, optional=True),
        wild_to=Readout("mM", shown=False, optional=True),
        wild_note=Readout("mM", shown=False, optional=True),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "few_10": {"model": "few", "K_out": 10},
        "few_16": {"model": "few", "K_out": 16},
        "few_21": {"model": "few", "K_out": 21},
        "few_30": {"model": "few", "K_out": 30},
        "stock_10": {"model": "stock", "K_out": 10},
        "stock_18": {"model": "stock", "K_out": 18},
        "stock_32": {"model": "stock", "K_out": 32},
    },
    sweep=Sweep(POINTS, step),
    scene=scene(),
    time="t",
    main=("K_out", "amplitude"),
    shows=("V_rest", "h_inf", "threshold"),
    story={
        "fails": {},
        "easier": {"K_out": 16},
        "harder": {"K_out": 21},
        "restless": {"model": "stock", "K_out": 18},
    },
    challenge=Challenge(check, solution={"K_out": 22}),
    prediction=Prediction(answer, {"model": "few", "K_out": 20, "amplitude": 55}),
    cells=(squid_axon_split_leak,),
)
