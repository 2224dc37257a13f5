"""Tail currents: channels that a prepulse has opened, caught open at another voltage, and where their current reverses."""

from neurolib.cells import squid_axon
from neurolib.channels.squid import E_LEAK_HODGKIN_HUXLEY, LEAK, POTASSIUM, SODIUM, TEMPERATURE
from neurolib.electrochemistry import thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.explorers._membrane import clamp_rig
from neurolib.portable import math, outcome, portable
from neurolib.tails import (
    HOLD,
    PARTS,
    charging_current,
    conductances,
    gates_after,
    gates_before,
    quarter,
    replaced_reversal,
)

CHANNELS = ("sodium", "potassium", "both")
LASTS = {"sodium": {"duration": 0.7}, "potassium": {"duration": 8.0}, "both": {"duration": 0.7}}
ONLY_SODIUM, ONLY_POTASSIUM, BOTH = range(len(CHANNELS))
RECORDS = ("P4", "raw")
RAW = 1.0
G_NA, E_NA, G_K, E_K, E_L = SODIUM.g_bar, SODIUM.E_rev, POTASSIUM.g_bar, POTASSIUM.E_rev, E_LEAK_HODGKIN_HUXLEY
RT_F = thermal_voltage(TEMPERATURE)
T_FIRST, T_LAST, EARLY, LATE = -0.5, 2.0, 26, 61  # ms; samples up to the test step, and after it, densest at its start
SIZE = EARLY + LATE
V_LOW, V_HIGH, IV_SIZE = -110.0, 70.0, 37
FAMILY, APART, BEAM, BEFORE = 8, 25.0, 41, 6  # test voltages from V_LOW on; samples of each record, some before the step
RISE, T_RISE = 41, 3.0  # samples and ms of the step on which the peak is sought
LARGEST = 6.0  # mA/cm², of the scene's arrows
FEW, CLOSE, FAR = 0.3, 0.5, 200.0  # mS/cm²; mV: a reversal that is right, and one that is none
WITHIN = 0.75  # mV: a tail that looks flat


@portable
def gated(V, m, h, n, r):
    """Current through the channels that are not blocked, µA/cm²."""
    g_Na, g_K = conductances(m, h, n, r.g_Na_bar, r.g_K_bar)
    return g_Na * (V - r.E_Na) + g_K * (V - E_K)


@portable
def recorded(t, V_0, V_pre, V_test, c, r):
    """What the amplifier gives t ms after the test step, µA/cm²: channels, leak, and the charge of the two steps."""
    m, h, n = gates_before(min(t, 0.0), V_0, V_pre, c.duration)
    V = V_0 if t < -c.duration else V_pre
    charge = charging_current(t + c.duration, V_pre - V_0) if t >= -c.duration else 0.0
    if t > 0.0:
        m, h, n = gates_after(V_test, t, m, h, n)
        V = V_test
        charge = charge + charging_current(t, V_test - V_pre)
    return gated(V, m, h, n, r) + c.g_L * (V - E_L) + charge


@portable
def record(t, V_test, c, r):
    """The record as the reader has it, mA/cm²: as it is, or less the current at rest and four small pulses'."""
    raw = recorded(t, HOLD, c.V_pre, V_test, c, r)
    if c.record == RAW:
        return 0.001 * raw
    still = recorded(-1e6, HOLD, c.V_pre, V_test, c, r)
    small = recorded(t, c.V_sub, quarter(c.V_pre, c.V_sub), quarter(V_test, c.V_sub), c, r)
    small_still = recorded(-1e6, c.V_sub, c.V_sub, c.V_sub, c, r)
    return 0.001 * (raw - still - PARTS * (small - small_still))


@portable
def at_once(V, c, r):
    """What the tail at ``V`` begins with, mA/cm²: the record's first instant without the charge, which is known."""
    before = record(-1e-9, V, c, r)  # at the prepulse; the open channels alone turn from V_pre to V
    slope = 0.001 * (r.g_true + c.g_L)
    if c.record != RAW:
        m, h, n = gates_before(0.0, c.V_sub, quarter(c.V_pre, c.V_sub), c.duration)
        small_Na, small_K = conductances(m, h, n, r.g_Na_bar, r.g_K_bar)
        slope = slope - 0.001 * (small_Na + small_K + c.g_L)
    charge = charging_current(c.duration, c.V_pre - HOLD) if c.record == RAW else 0.0
    return before - 0.001 * charge + slope * (V - c.V_pre)


@portable
def put_record(c, y, r):
    """The reader's own record with the currents and gates behind it, and the two commands."""
    for i in range(SIZE):
        k = i - EARLY
        t = T_FIRST * (1.0 - i / (EARLY - 1)) if k < 0 else 1e-6 + T_LAST * k * k / ((LATE - 1) * (LATE - 1))
        m, h, n = gates_before(min(t, 0.0), HOLD, c.V_pre, c.duration)
        V = HOLD if t < -c.duration else c.V_pre
        if k >= 0:
            V = c.V_test
            m, h, n = gates_after(V, t, m, h, n)
        g_Na, g_K = conductances(m, h, n, r.g_Na_bar, r.g_K_bar)
        y.t[i] = t
        y.V[i] = V
        y.command[i] = V
        y.small[i] = quarter(V, c.V_sub) if c.record != RAW else math.nan
        y.m[i] = m
        y.h[i] = h
        y.n[i] = n
        y.I_Na[i] = 0.001 * g_Na * (V - r.E_Na)
        y.I_K[i] = 0.001 * g_K * (V - E_K)
        y.I_m[i] = y.I_Na[i] + y.I_K[i] + 0.001 * c.g_L * (V - E_L)
        y.I[i] = record(t, c.V_test, c, r)


@portable
def put_family(c, y, r):
    """The records of eight other test voltages, one after the other with gaps between, and where their tails begin."""
    for k in range(FAMILY):
        V = V_LOW + APART * k
        first = k * (BEAM + 1)
        for i in range(BEAM):
            part = (i - BEFORE) / (BEAM - 1 - BEFORE)
            t = T_FIRST * (1.0 - i / (BEFORE - 1)) if i < BEFORE else 1e-6 + T_LAST * part * part
            y.family_t[first + i] = t
            y.family_I[first + i] = record(t, V, c, r)
        y.family_t[first + BEAM] = math.nan
        y.family_I[first + BEAM] = math.nan
        y.V_family[k] = V
        y.I_family[k] = at_once(V, c, r)


@portable
def most_open(V):
    """The largest m³h after a step from ``HOLD`` to V."""
    most = 0.0
    m_0, h_0, n_0 = gates_after(HOLD, 1e6, 0.0, 0.0, 0.0)
    for i in range(RISE):
        m, h, _n = gates_after(V, T_RISE * i / (RISE - 1), m_0, h_0, n_0)
        most = max(most, m * m * m * h)
    return most


@portable
def put_against_voltage(c, y, r):
    """Current against voltage: at once, when the gates have settled, and for sodium alone at the peak of a step."""
    for k in range(IV_SIZE):
        V = V_LOW + (V_HIGH - V_LOW) * k / (IV_SIZE - 1)
        m, h, n = gates_after(V, 1e6, 0.0, 0.0, 0.0)
        y.V_axis[k] = V
        y.I_first[k] = at_once(V, c, r)
        y.I_steady[k] = 0.001 * gated(V, m, h, n, r)
        y.I_peak[k] = 0.001 * r.g_Na_bar * most_open(V) * (V - r.E_Na) if c.channels == ONLY_SODIUM else math.nan


@portable
def model(c, y, r):
    """Prepulse and test step of the clamped axon, one of its channels blocked or none, part of the sodium replaced."""
    r.g_Na_bar = 0.0 if c.channels == ONLY_POTASSIUM else G_NA
    r.g_K_bar = 0.0 if c.channels == ONLY_SODIUM else G_K
    r.ttx = 100.0 if c.channels == ONLY_POTASSIUM else 0.0
    r.tea = 100.0 if c.channels == ONLY_SODIUM else 0.0
    r.E_Na = replaced_reversal(E_NA, 0.01 * c.replaced, c.ratio, RT_F)
    if c.channels != ONLY_POTASSIUM and c.ratio > 0.0:
        alone = replaced_reversal(E_NA, 1.0, c.ratio, RT_F)
        if alone >= V_LOW:  # what hardly passes would reverse beyond the figure
            r.E_X = alone
    m, h, n = gates_before(0.0, HOLD, c.V_pre, c.duration)
    r.g_Na, r.g_K = conductances(m, h, n, r.g_Na_bar, r.g_K_bar)
    r.g_true = r.g_Na + r.g_K
    r.E_true = (r.g_Na * r.E_Na + r.g_K * E_K) / r.g_true
    if c.channels == ONLY_SODIUM:
        r.flat_at = -84.0
    else:
        r.bent_at = 35.0
    put_record(c, y, r)
    put_family(c, y, r)
    put_against_voltage(c, y, r)
    r.I_0 = at_once(c.V_test, c, r)
    slope = (at_once(V_HIGH, c, r) - at_once(V_LOW, c, r)) / (V_HIGH - V_LOW)
    r.g_open = 1000.0 * slope
    E = c.V_test - r.I_0 / slope
    if r.g_open > 0.05 and math.fabs(E) < FAR:
        r.E_rev = E
        r.away = math.fabs(c.V_test - E)
        r.error = math.fabs(E - r.E_true)
    return "ok"


@outcome
def say_tail(c, r):
    """The sentence for a record that can be trusted."""
    if c.channels == BOTH and math.fabs(r.E_rev - r.E_Na) > 1.0 and math.fabs(r.E_rev - E_K) > 1.0:
        return "mixed"
    if r.away < WITHIN:
        return "flat"
    return "inward" if r.I_0 < 0.0 else "outward"


@outcome
def say(c, r):
    if r.g_true < FEW:
        return "few_open"
    if math.fabs(c.V_test - c.V_pre) < WITHIN:
        return "no_step"
    if c.record == RAW:
        return "charge" if r.error < CLOSE else "with_leak"
    return say_tail(c, r) if r.error < CLOSE else "opens_itself"


@outcome
def check(c, r):
    """95 % of the sodium replaced by an ion with which the tails reverse at 20 mV, to half a millivolt."""
    r.off = c.replaced
    if c.replaced < 95.0:
        return "too_little"
    r.off = r.E_rev
    if math.fabs(r.E_rev - 20.0) < 0.5:
        return "done"
    return "too_much" if r.E_rev > 20.0 else "too_few"


@outcome
def answer(c, r):
    if r.E_rev < 40.0:
        return "below"
    return "same" if r.E_rev < 60.0 else "above"


def figure():
    drawn, (command, current, against_V) = fig.panels([24, 62, 94], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(command, current)
    fig.x_axis(current, (_("time after the test step"), "ms"), (T_FIRST, T_LAST), ticks=[0, 1, 2])
    fig.y_axis(command, (_("command"), "mV"), (-140, 75), ticks=[-100, 0])
    fig.curve(command, "t", "small", "muted", linewidth=1.2, given=True)
    fig.curve(command, "t", "command", "stimulus", given=True)
    fig.y_axis(current, (_("current, outward upwards"), "mA/cm²"), (-7.5, 5.5), ticks=[-6, -3, 0, 3])
    fig.given(current.axhline(0, color=fig.COLOURS["muted"], linewidth=0.8))
    fig.curve(current, "family_t", "family_I", "muted", linewidth=0.7, alpha=0.7)
    fig.curve(current, "t", "I", "ink", given=True)
    fig.x_axis(against_V, (_("test voltage"), "mV"), (V_LOW - 2, V_HIGH + 2), ticks=[-100, -50, 0, 50])
    fig.y_axis(against_V, (_("current"), "mA/cm²"), (-7.5, 5.5), ticks=[-6, -3, 0, 3])
    fig.given(against_V.axhline(0, color=fig.COLOURS["muted"], linewidth=0.8))
    fig.curve(against_V, "V_axis", "I_steady", "muted", linewidth=1.6)
    fig.curve(against_V, "V_axis", "I_peak", "Na", linewidth=1.4, linestyle=(0, (3, 1.5)))
    fig.curve(against_V, "V_axis", "I_first", "ink")
    fig.point(against_V, "V_family", "I_family", "ink", markersize=4)
    fig.tag(against_V, _("instantaneous"), "V_axis", "I_first", -62, "ink", above=False, ha="left")
    fig.tag(against_V, _("peak of a step"), "V_axis", "I_peak", -8, "Na", above=False)
    fig.tag(against_V, _("steady"), "V_axis", "I_steady", "flat_at", "muted")
    fig.tag(against_V, _("steady"), "V_axis", "I_steady", "bent_at", "muted", ha="right")
    fig.point(against_V, "E_X", 0, "muted", markersize=6, marker="D", fillstyle="none")
    fig.note(against_V, _("X alone"), "E_X", 0, "muted", lift=29, ha="center")
    fig.point(against_V, "E_rev", 0, "accent", markersize=8, fillstyle="none")
    fig.value_label(against_V, "E_rev", 0.35, "E_rev", 0, "accent")
    fig.event(against_V, "V_test", "muted", linewidth=1.0)
    fig.point(against_V, "V_test", "I_0", "accent", markersize=7, drag={"x": "V_test"})
    return drawn


def scene():
    """The rig of the voltage clamp, with the blocker that is in the bath and what has replaced the sodium."""
    return clamp_rig("I_m", "replaced", LARGEST, at=0.02)


explorer = Explorer(
    chapter="action-potential/conductances",
    controls=dict(
        channels=Choice(CHANNELS, "sodium", brings=LASTS),
        V_test=Slider(V_LOW, V_HIGH, -40, "mV", step=1),
        replaced=Slider(0, 95, 0, "%", step=1),
        ratio=Slider(0, 1.2, 0, step=0.01),
        V_pre=Slider(-60, 60, 0, "mV", step=1),
        duration=Slider(0.1, 12, 0.7, "ms", scale="log"),
        record=Choice(RECORDS, "P4"),
        V_sub=Slider(-130, -60, -120, "mV", step=1, only_if=("record", 0)),
        g_L=Slider(0.1, 10, LEAK.g_bar, "mS/cm²", scale="log", only_if=("record", 1)),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        command=Curve(SIZE, "mV"),
        small=Curve(SIZE, "mV", gaps=True),
        I=Curve(SIZE, "mA/cm²"),
        m=Curve(SIZE),
        h=Curve(SIZE),
        n=Curve(SIZE),
        I_Na=Curve(SIZE, "mA/cm²"),
        I_K=Curve(SIZE, "mA/cm²"),
        I_m=Curve(SIZE, "mA/cm²"),
        family_t=Curve(FAMILY * (BEAM + 1), "ms", gaps=True),
        family_I=Curve(FAMILY * (BEAM + 1), "mA/cm²", gaps=True),
        V_family=Curve(FAMILY, "mV"),
        I_family=Curve(FAMILY, "mA/cm²"),
        V_axis=Curve(IV_SIZE, "mV"),
        I_first=Curve(IV_SIZE, "mA/cm²"),
        I_steady=Curve(IV_SIZE, "mA/cm²"),
        I_peak=Curve(IV_SIZE, "mA/cm²", gaps=True),
    ),
    readouts=dict(
        I_0=Readout("mA/cm²", 2),
        E_rev=Readout("mV", optional=True),
        g_open=Readout("mS/cm²"),
        E_Na=Readout("mV"),
        g_true=Readout("mS/cm²", shown=False),
        g_Na=Readout("mS/cm²", shown=False),
        g_K=Readout("mS/cm²", shown=False),
        E_true=Readout("mV", shown=False),
        error=Readout("mV", shown=False, optional=True),
        away=Readout("mV", shown=False, optional=True),
        **{name: Readout("mS/cm²", shown=False) for name in ("g_Na_bar", "g_K_bar")},
        **{name: Readout("mV", shown=False, optional=True) for name in ("flat_at", "bent_at", "E_X")},
        **{name: Readout("%", shown=False) for name in ("ttx", "tea")},
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    presets={
        "lithium": {"replaced": 95, "ratio": 1.1, "V_test": 20},
        "ammonium": {"replaced": 95, "ratio": 0.16, "V_test": 20},
        "potassium": {"channels": "potassium", "duration": 8, "V_test": -100},
        "both": {"channels": "both", "duration": 1.5},
        "raw": {"record": "raw", "g_L": 3},
        "wrong_hold": {"V_sub": -65, "V_pre": 40},
    },
    main=("V_test", "replaced"),
    shows=("I_0", "E_rev", "g_open"),
    story={
        "tail": {},
        "reversal": {"V_test": 50},
        "replaced": {"V_test": 20, "replaced": 90},
        "potassium": {"channels": "potassium", "duration": 8, "V_test": -100},
    },
    challenge=Challenge(check, only=("V_test", "replaced", "ratio"), solution={"replaced": 95, "ratio": 0.25, "V_test": 20}),
    prediction=Prediction(answer, {"duration": 3}),
    cells=(squid_axon,),
)
