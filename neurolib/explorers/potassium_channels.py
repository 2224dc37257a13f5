"""Potassium channels at work: who carries the outward charge at rest and in each phase of a spike; a step and its tail.

The spike is second-order accurate in steps of 0.01 ms; the clamped gates are exact exponentials.
"""

import math

from neurolib.cells import mammalian_neuron, squid_axon_split_leak, with_calcium
from neurolib.channels import cortical, squid
from neurolib.channels.calcium import BK
from neurolib.channels.cortical import KV1, KV2, kv1_alpha, kv1_beta, kv2_h_inf, kv2_h_tau, kv2_m_inf, kv2_m_tau
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.protocols import put_pulse
from neurolib.spikes import index_of_maximum, vertex, width_at

MAMMAL = with_calcium(mammalian_neuron.with_channel(KV1, KV2), BK, depth=0.1, tau=5.0, name="mammalian_potassium")
SQUID = squid_axon_split_leak
SIZE, T_END, HEAD = 801, 16.0, 2  # samples of the run; two points before it show the rest
STATES, PARAMETERS = len(MAMMAL.state_names), len(MAMMAL.parameter_names)
CHANNELS = len(MAMMAL.channels)
M, S = MAMMAL.kernel, SQUID.kernel
defaults_m, rest_m, integrate_m, currents_m = M.defaults, M.rest, M.integrate, M.channel_currents
defaults_s, rest_s, integrate_s, currents_s = S.defaults, S.rest, S.integrate, S.channel_currents
NAMES = ("KL", "Kv1", "K", "Kv2", "BK")
G_M = tuple(MAMMAL.index(f"g_bar_{name}") for name in NAMES)
I_M = tuple([c.name for c in MAMMAL.channels].index(name) for name in NAMES)
G_S = tuple(SQUID.index(f"g_bar_{name}") for name in ("KL", "K"))
I_S = tuple([c.name for c in SQUID.channels].index(name) for name in ("KL", "K"))
STEP_SIZE, STEP_ON, STEP_END, HOLD, TAIL = 241, 5.0, 60.0, -90.0, -60.0
SPEED = 3.0**1.4
squid_alpha, squid_beta, cortical_alpha, cortical_beta = squid.alpha_n, squid.beta_n, cortical.alpha_n, cortical.beta_n
a_type_m_inf, a_type_m_tau = cortical.a_type_m_inf, cortical.a_type_m_tau
a_type_h_inf, a_type_h_tau, V_T = cortical.a_type_h_inf, cortical.a_type_h_tau, cortical.V_T
REST = -71.5  # mV, of the mammalian neuron, about
LEAST = 20.0  # mV above the rest: less is no spike, wherever the rest lies


@portable
def settle(x, inf, tau, t):
    """A gate that starts at x and has been t ms at a constant voltage."""
    return inf + (x - inf) * math.exp(-t / tau)


@portable
def open_at(which, V_step, T_step, time, squid_cell):
    """Open part of channel 0 delayed rectifier, 1 Kv1.1, 2 Kv2.1, 3 A-type in the step-and-tail experiment."""
    x = 0.0
    y = 1.0
    for stage in range(3):
        V = HOLD
        t = 1e9
        if stage == 1:
            V = V_step
            t = min(max(time - STEP_ON, 0.0), T_step)
        if stage == 2:
            V = TAIL
            t = max(time - STEP_ON - T_step, 0.0)
        if which == 0:
            a = squid_alpha(V) if squid_cell == 1.0 else cortical_alpha(V, V_T)
            b = squid_beta(V) if squid_cell == 1.0 else cortical_beta(V, V_T)
            x = settle(x, a / (a + b), 1.0 / (a + b), t)
        if which == 1:
            a = SPEED * kv1_alpha(V)
            b = SPEED * kv1_beta(V)
            x = settle(x, a / (a + b), 1.0 / (a + b), t)
        if which == 2:
            x = settle(x, kv2_m_inf(V), kv2_m_tau(V) / SPEED, t)
            y = settle(y, kv2_h_inf(V), kv2_h_tau(V) / SPEED, t)
        if which == 3:
            x = settle(x, a_type_m_inf(V), a_type_m_tau(V), t)
            y = settle(y, a_type_h_inf(V), a_type_h_tau(V), t)
    return x * y if which == 2 else x * x * x * x * y


@portable
def block(p, places, which, percent):
    p[places[which]] = p[places[which]] * (1.0 - 0.01 * percent)


@portable
def compute(
    cell, block_leak, block_DR, block_Kv1, block_Kv2, block_BK, V_step, T_step,
    t, V, V_intact, t_step, DR, Kv1, Kv2, A,
    p, state, stimulus, times, samples, conductances, currents, shares, spare,
):  # fmt: skip
    """A spike with and without the blocks (in %), the outward charge by phase, and the clamp experiment."""
    for i in range(SIZE):
        times[i] = T_END * i / (SIZE - 1)
        t[i + HEAD] = times[i]
    t[0] = -2.0
    t[1] = 0.0
    V_rest = 0.0
    for run in range(2):
        if cell == 1.0:
            defaults_s(p)
            if run == 1:
                block(p, G_S, 0, block_leak)
                block(p, G_S, 1, block_DR)
            V_rest = rest_s(p, 0.0, state)
            put_pulse(stimulus, 0, 0.0, 1.0, 20.0)
            integrate_s(state, p, stimulus, 2, 0.0, T_END, times, SIZE, samples, spare, 1, math.inf, 0.01)
        else:
            defaults_m(p)
            if run == 1:
                block(p, G_M, 0, block_leak)
                block(p, G_M, 1, block_Kv1)
                block(p, G_M, 2, block_DR)
                block(p, G_M, 3, block_Kv2)
                block(p, G_M, 4, block_BK)
            V_rest = rest_m(p, 0.0, state)
            put_pulse(stimulus, 0, 0.0, 1.0, 40.0)
            integrate_m(state, p, stimulus, 2, 0.0, T_END, times, SIZE, samples, spare, 1, math.inf, 0.01)
        if run == 0:
            for i in range(HEAD):
                V_intact[i] = V_rest
            for i in range(SIZE):
                V_intact[i + HEAD] = samples[i]
    for i in range(HEAD):
        V[i] = V_rest
    count = 0
    for i in range(SIZE):
        V[i + HEAD] = samples[i]
        if i > 0 and samples[i] >= 0.0 and samples[max(i - 1, 0)] < 0.0:
            count = count + 1
    highest = index_of_maximum(V, HEAD, SIZE + HEAD)
    V_peak = vertex(t, V, highest, SIZE + HEAD)[1]
    half_width = width_at(t, V, SIZE + HEAD, highest, 0.5 * (V_rest + V_peak))
    if V_peak < V_rest + LEAST:
        count = 0
    if count == 0:
        half_width = math.nan
    foot = highest
    while foot < SIZE + HEAD - 1 and V[foot] > V_rest + 0.1 * (V_peak - V_rest):
        foot = foot + 1
    if cell == 1.0:
        currents_s(p, samples, SIZE, conductances, currents)
    else:
        currents_m(p, samples, SIZE, conductances, currents)
    for k in range(len(shares)):
        shares[k] = 0.0
    for c in range(5):
        row = I_M[c]
        if cell == 1.0:
            row = I_S[0] if c == 0 else I_S[1]
        if cell == 0.0 or c == 0 or c == 2:
            shares[c] = max(currents[row * SIZE], 0.0)
            for i in range(1, SIZE):
                now = 3
                if i + HEAD <= highest:
                    now = 1
                elif i + HEAD <= foot:
                    now = 2
                shares[5 * now + c] = shares[5 * now + c] + max(currents[row * SIZE + i], 0.0)
    for phase in range(4):
        whole = 1e-12
        for c in range(5):
            whole = whole + shares[5 * phase + c]
        for c in range(5):
            shares[5 * phase + c] = 100.0 * shares[5 * phase + c] / whole
    for i in range(STEP_SIZE):
        t_step[i] = STEP_END * i / (STEP_SIZE - 1)
        DR[i] = open_at(0, V_step, T_step, t_step[i], cell)
        Kv1[i] = open_at(1, V_step, T_step, t_step[i], cell)
        Kv2[i] = open_at(2, V_step, T_step, t_step[i], cell)
        A[i] = open_at(3, V_step, T_step, t_step[i], cell)
    A_end = 100.0 * open_at(3, V_step, T_step, STEP_ON + T_step, cell)
    DR_end = 100.0 * open_at(0, V_step, T_step, STEP_ON + T_step, cell)
    return (
        0.0, V_rest, count, V_peak, half_width, V[SIZE + HEAD - 1], A_end, DR_end,
        shares[0], shares[1], shares[2], shares[3], shares[4],
        shares[5], shares[6], shares[7], shares[8], shares[9],
        shares[10], shares[11], shares[12], shares[13], shares[14],
        shares[15], shares[16], shares[17], shares[18], shares[19],
    )  # fmt: skip


@portable
def say(
    cell, block_leak, block_DR, block_Kv1, block_Kv2, block_BK, V_step, T_step, V_rest, count, V_peak, half_width,
    V_end, A_end, DR_end, leak_rest, Kv1_rest, DR_rest, Kv2_rest, BK_rest, leak_rise, Kv1_rise, DR_rise, Kv2_rise,
    BK_rise, leak_fall, Kv1_fall, DR_fall, Kv2_fall, BK_fall, leak_after, Kv1_after, DR_after, Kv2_after, BK_after,
):  # fmt: skip
    if cell == 1.0:
        if block_DR == 100.0:
            return 5
        return 6
    if count == 0.0:
        return 0
    if math.isnan(half_width):
        return 2
    if count > 1.0:
        return 3
    if math.fabs(V_rest - REST) > 2.0:
        return 4
    return 1


@portable
def check(
    changed, cell, block_leak, block_DR, block_Kv1, block_Kv2, block_BK, V_step, T_step, V_rest, count, V_peak,
    half_width, V_end, A_end, DR_end, leak_rest, Kv1_rest, DR_rest, Kv2_rest, BK_rest, leak_rise, Kv1_rise, DR_rise,
    Kv2_rise, BK_rise, leak_fall, Kv1_fall, DR_fall, Kv2_fall, BK_fall, leak_after, Kv1_after, DR_after, Kv2_after,
    BK_after,
):  # fmt: skip
    if cell == 1.0:
        return 3, V_rest
    if math.fabs(V_rest - REST) > 2.0:
        return 2, V_rest
    if math.isnan(half_width) or count != 1.0:
        return 4, V_rest
    return (0, half_width) if half_width >= 1.3 else (1, half_width)


@portable
def answer(
    cell, block_leak, block_DR, block_Kv1, block_Kv2, block_BK, V_step, T_step, V_rest, count, V_peak, half_width,
    V_end, A_end, DR_end, leak_rest, Kv1_rest, DR_rest, Kv2_rest, BK_rest, leak_rise, Kv1_rise, DR_rise, Kv2_rise,
    BK_rise, leak_fall, Kv1_fall, DR_fall, Kv2_fall, BK_fall, leak_after, Kv1_after, DR_after, Kv2_after, BK_after,
):  # fmt: skip
    if V_rest < -60.0:
        return 0
    return 1 if V_rest < -30.0 else 2


def figure():
    drawn, (voltage, charge, step) = fig.panels([90, 75, 85], shared=False)
    fig.x_axis(voltage, (_("time after the pulse begins"), "ms"), (-2, T_END), ticks=[0, 5, 10, 15])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-100, 60), ticks=[-80, -40, 0, 40])
    fig.level(voltage, "V_rest", "muted")
    fig.curve(voltage, "t", "V_intact", "muted", _("nothing blocked"), linestyle=(0, (2, 1.5)), linewidth=1.4)
    fig.curve(voltage, "t", "V", "ink", "V")
    fig.legend(voltage)
    fig.x_categories(charge, PHASES)
    fig.y_axis(charge, (_("K⁺ outward"), "%"), (0, 106), ticks=[0, 50, 100])
    for c, (key, (label, colour)) in enumerate(PARTS.items()):
        for place, phase in enumerate(("rest", "rise", "fall", "after")):
            shown = label if place == 0 else None
            fig.bar(charge, place + 0.17 * (c - 2), f"{key}_{phase}", colour, width=0.15, label=shown)
    fig.legend(charge, columns=5)
    fig.x_axis(step, (_("time"), "ms"), (0, STEP_END), ticks=[0, 10, 20, 30, 40, 50, 60])
    fig.y_axis(step, (_("open part"), ""), (0, 1.06), ticks=[0, 0.5, 1])
    fig.curve(step, "t_step", "DR", "K", _("DR"), linestyle=(0, (5, 2)))
    fig.curve(step, "t_step", "Kv1", "accent", "Kv1.1", linestyle=(0, (4, 1.5, 1, 1.5)))
    fig.curve(step, "t_step", "Kv2", "Cl", "Kv2.1", linestyle=(0, (1.5, 1.5)))
    fig.curve(step, "t_step", "A", "ink", _("A-type"))
    fig.legend(step)
    return drawn


CELLS = {"mammal": _("mammalian neuron, 36 °C"), "squid": _("squid axon, 6.3 °C")}
PHASES = [_("at rest"), _("rise"), _("fall"), _("afterwards")]
PARTS = {
    "leak": (_("leak"), "leak"), "Kv1": ("Kv1.1", "accent"), "DR": (_("DR"), "K"), "Kv2": ("Kv2.1", "Cl"),
    "BK": ("BK", "Ca"),
}


def blocked(name, label, **options):
    return Slider(name, label, 0, 100, 0, "%", step=1, **options)


explorer = Explorer(
    name="potassium_channels",
    title=_("Potassium channels: who does what, and when"),
    chapter="action-potential/potassium-channels",
    caption=_(
        "Above: a spike with the blocks that you choose; dotted, with nothing blocked. Middle: of all the potassium "
        "that "
        "leaves through these channels, the part that each carries at rest, while V rises, while it falls, and after "
        "that "
        "(DR: delayed rectifier). Below, another experiment: V is held at −90 mV, stepped up at 5 ms, then to −60 "
        "mV, and "
        "the open part of each kind of channel is drawn; the A-type shuts during the step, the others after it."
    ),
    controls=(
        Choice("cell", _("Cell"), CELLS, "mammal"),
        blocked("block_leak", _("Potassium leak blocked")),
        blocked("block_DR", _("Delayed rectifier (DR) blocked")),
        blocked("block_Kv1", _("Kv1.1 blocked"), only_if=("cell", 0)),
        blocked("block_Kv2", _("Kv2.1 blocked"), only_if=("cell", 0)),
        blocked("block_BK", _("BK blocked"), only_if=("cell", 0)),
        Slider("V_step", _("Voltage of the step"), -80, 40, 10, "mV", step=1),
        Slider("T_step", _("Duration of the step"), 2, 50, 30, "ms", step=1),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE + HEAD, "ms", _("time after the pulse begins")),
        Curve("V", SIZE + HEAD, "mV", _("voltage")),
        Curve("V_intact", SIZE + HEAD, "mV", _("voltage with nothing blocked")),
        Curve("t_step", STEP_SIZE, "ms", _("time in the step experiment")),
        Curve("DR", STEP_SIZE, "", _("open part of the delayed rectifier")),
        Curve("Kv1", STEP_SIZE, "", _("open part of Kv1.1")),
        Curve("Kv2", STEP_SIZE, "", _("open part of Kv2.1")),
        Curve("A", STEP_SIZE, "", _("open part of the A-type channel")),
    ),
    scratch={
        "p": PARAMETERS, "state": STATES, "stimulus": 6, "times": SIZE, "samples": STATES * SIZE,
        "conductances": CHANNELS * SIZE, "currents": CHANNELS * SIZE, "shares": 20, "spare": 1,
    },
    readouts=(
        Readout("V_rest", _("rest"), "mV", 1),
        Readout("count", _("spikes"), "", 0),
        Readout("V_peak", _("highest"), "mV", 1),
        Readout("half_width", _("half-width"), "ms", 2, optional=True),
        Readout("V_end", _("V at 16 ms"), "mV", 1),
        Readout("A_end", _("A-type open as the step ends"), "%", 0),
        Readout("DR_end", _("DR open then"), "%", 0),
        *(
            Readout(f"{part}_{phase}", f"{part} {phase}", "%", 1, shown=False)
            for phase in ("rest", "rise", "fall", "after") for part in PARTS
        ),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("No spike: V rests at {V_rest} mV and the pulse takes it to {V_peak} mV."),
        _(
            "At rest, {V_rest} mV, the leak carries {leak_rest:0} % of the potassium that leaves; while the spike falls, "
            "{leak_fall:0} %. The spike is {half_width:2} ms wide."
        ),
        _(
            "Without enough potassium channels V does not come back within this window: it is still {V_end} mV at 16 "
            "ms. The leak alone is too weak."
        ),
        _("The cell fires {count:0} times: its rest, {V_rest} mV, is no longer safe."),
        _(
            "The rest has moved to {V_rest} mV. The spike, {half_width:2} ms wide, has changed less: other channels "
            "end it."
        ),
        _("Without its delayed rectifier the axon rests at {V_rest} mV: this channel was holding the rest."),
        _(
            "The squid axon rests at {V_rest} mV, and {DR_rest:0} % of the potassium that leaves at rest goes through "
            "the delayed rectifier: it is not silent there."
        ),
    ),
    presets={
        _("Block one: the leak, by half"): {"block_leak": 50},
        _("Block one: delayed rectifier"): {"block_DR": 100},
        _("Block one: Kv1.1"): {"block_Kv1": 100},
        _("Block one: Kv2.1"): {"block_Kv2": 100},
        _("Block one: BK"): {"block_BK": 100},
        _("Block: all but the leak"): {"block_DR": 100, "block_Kv1": 100, "block_Kv2": 100, "block_BK": 100},
        _("Squid axon"): {"cell": "squid"},
        _("Squid axon in TEA"): {"cell": "squid", "block_DR": 100},
    },
    challenge=Challenge(
        _(
            "Mammalian neuron: make the spike at least 1.3 ms wide at half height, and leave the rest within 2 mV of "
            "where it was."
        ),
        check,
        (
            _("{off:2} ms. It took more than one block: several kinds of channel share the work of ending the spike."),
            _("The spike is {off:2} ms wide so far."),
            _("The rest has moved to {off} mV: that is the leak's business."),
            _("Take the mammalian neuron."),
            _("There has to be one spike, and V has to come back."),
        ),
    ),
    prediction=Prediction(
        _("The delayed rectifier of the squid axon is blocked completely. Where does the axon rest?"),
        {"cell": "squid", "block_DR": 100},
        (_("where it was: only the leak is open at rest"), _("a few millivolts higher"), _("far higher, near 0 mV")),
        answer,
        (
            _("It rests at {V_rest} mV."),
            _("It rests at {V_rest} mV."),
            _(
                "It rests at {V_rest} mV. At −65 mV some of these channels are open, and without them the rest cannot "
                "be held."
            ),
        ),
    ),
)
