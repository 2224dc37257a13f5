"""The pump stops: a jump at once, then the ions for minutes in a neurite and for most of a day in a thick axon."""

from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer import format as formats
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _, translate
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.explorers._doors import door_readouts, opening
from neurolib.explorers._pump import TURN, currents, dots_inside, leaks, pump_curves, put_pump, turning
from neurolib.homeostasis import PumpLeak
from neurolib.portable import math, outcome, portable, zeros
from neurolib.pump_leak import PARAMETERS, pump_leak_run

CELL = PumpLeak()
BASE = tuple(float(getattr(CELL, name)) for name in PARAMETERS)
P_K_AT, P_NA_AT, P_CL_AT, PUMP, AREA_TO_VOLUME = (
    PARAMETERS.index(name) for name in ("P_K", "P_Na", "P_Cl", "pump", "area_to_volume")
)
V_START, NA_START, K_START, CL_START, P_K = CELL.V, CELL.Na, CELL.K, CELL.Cl, CELL.P_K
NA_OUT, K_OUT, CL_OUT, T = CELL.Na_out, CELL.K_out, CELL.Cl_out, CELL.temperature_celsius
SIZE, T_FIRST, T_LAST = 181, 1.0, 864000.0  # s: ten days
SETTLED = 1.2e8  # after this time over A/Vol the ions have come to their steady state
LEVEL, FINE, LAST = -50.0, 32, 11  # LAST: samples of the last four days
SMALLEST, LARGEST = 0.5, 1000.0  # diameters, µm
POISONS, SHAPES = ("ouabain", "DNP"), ("sphere", "cylinder")
OUABAIN, DNP = range(len(POISONS))
SPHERE = SHAPES.index("sphere")


@portable
def set_up(q, state, c):
    """Fill the parameters with the poisoned cell's, of its size and shape, and the state with V and ions before."""
    for i in range(len(BASE)):
        q[i] = BASE[i]
    q[PUMP] = c.pump / 100.0
    q[P_K_AT] = P_K * (c.K_ATP if c.poison == DNP else 1.0)
    q[AREA_TO_VOLUME] = (6e4 if c.shape == SPHERE else 4e4) / c.diameter
    state[0] = V_START
    state[1] = NA_START
    state[2] = K_START
    state[3] = CL_START


@portable
def donnan_voltage():
    """V at the end without any pump, mV: from (Na_o + K_o) e⁻ᵘ − Cl_o eᵘ = X, the charge that cannot leave, u = VF/RT."""
    X = NA_START + K_START - CL_START
    cations = NA_OUT + K_OUT
    return thermal_voltage(T) * math.log(2.0 * cations / (X + math.sqrt(X * X + 4.0 * cations * CL_OUT)))


@portable
def time_of_passing(y, q, state, i):
    """Time at which V passes −50 mV, s: the run between samples i − 1 and i once more, in ``FINE`` parts."""
    times, out, flows = zeros(FINE), zeros(4 * FINE), zeros(2)
    begin = y.t[i - 1]
    V = y.V[i - 1]
    state[0] = V
    state[1] = y.Na[i - 1]
    state[2] = y.K[i - 1]
    state[3] = y.Cl[i - 1]
    for k in range(FINE):
        times[k] = begin + (y.t[i] - begin) * (k + 1) / FINE
    pump_leak_run(q, state, begin, times, FINE, out, flows)
    for k in range(FINE):
        if out[k] >= LEVEL:
            return begin + (times[k] - begin) * (LEVEL - V) / (out[k] - V)
        begin = times[k]
        V = out[k]
    return begin


@portable
def model(c, y, r):
    """V at once; then V and ions at times of equal ratio, until they are steady; the time at which V passes −50 mV."""
    t, V, K, Na = y.t, y.V, y.K, y.Na
    q, state, out, flows = zeros(len(BASE)), zeros(4), zeros(4 * SIZE), zeros(2)
    set_up(q, state, c)
    settled = SETTLED / q[AREA_TO_VOLUME]
    count = SIZE
    for i in range(SIZE):
        t[i] = T_FIRST * math.pow(T_LAST / T_FIRST, i / (SIZE - 1))
        if t[i] > settled and count == SIZE:
            count = i
    V_once = pump_leak_run(q, state, 0.0, t, count, out, flows)
    seconds = math.nan
    passing = SIZE
    for i in range(SIZE):
        j = min(i, count - 1)
        V[i] = out[j]
        Na[i] = out[count + j]
        K[i] = out[2 * count + j]
        y.Cl[i] = out[3 * count + j]
        y.E_K[i] = nernst(1.0, K[i], K_OUT, T)
        y.E_Na[i] = nernst(1.0, Na[i], NA_OUT, T)
        put_pump(y, i, q, V[i], Na[i], K[i], y.Cl[i], TURN)
        if i > 0 and V[i] >= LEVEL and passing == SIZE:
            passing = i
    r.door_K = 1.0
    r.door_Na = opening(BASE[P_NA_AT], q[P_K_AT])
    r.door_Cl = opening(BASE[P_CL_AT], q[P_K_AT])
    r.V_start = V_START
    r.V_once = V_once
    if passing < SIZE:
        seconds = time_of_passing(y, q, state, passing)
    r.V_end = V[SIZE - 1]
    r.drift = math.fabs(r.V_end - V[SIZE - LAST])
    r.E_end = donnan_voltage()
    r.seconds = seconds
    r.t_50 = seconds / 60.0
    r.hours = seconds / 3600.0
    for i in range(2):  # every time goes with volume over area, and so with the diameter
        y.diameters[i] = SMALLEST if i == 0 else LARGEST
        y.seconds_line[i] = seconds * y.diameters[i] / c.diameter
    r.before = 0.6 * seconds
    r.never = 1.0 if math.isnan(seconds) else math.nan
    r.V_note = V_START + (13.0 if r.V_end < -62.0 else -8.5)
    r.E_note = r.E_end if math.fabs(r.V_end - r.E_end) < 0.5 else math.nan
    return "ok"


@outcome
def say(c, r):
    if c.pump == 100.0 and math.fabs(r.V_once - r.V_start) < 0.01:
        return "steady"
    if math.isnan(r.t_50):
        return "holds"
    if r.seconds < 100.0:
        return "seconds"
    return "minutes" if r.t_50 < 120.0 else "hours"


@outcome
def check(c, r):
    """The least share of the pump with V below −60 mV for good, to 2 mV."""
    r.off = c.pump
    if c.poison != OUABAIN:
        return "other_poison"
    if r.V_end > -60.0:
        r.off = r.V_end
        return "too_little"
    if r.drift > 0.1:
        return "not_settled"
    return "done" if r.V_end > -62.0 else "too_much"


@outcome
def answer(c, r):
    if r.V_end > -50.0:
        return "half_the_speed"
    return "half_way" if r.V_end > -65.0 else "hardly"


def figure():
    """Voltage and the time to −50 mV; where panels may stand beside each other, the ions as well."""
    wide = formats.current().columns
    drawn, (voltage, size, *rest) = fig.panels([150, 84, 90] if wide else [132, 74], False, ((0,), (1, 2)))
    time_axis(voltage)
    fig.y_axis(voltage, (_("voltage"), "mV"), (-124, 76), ticks=[-90, -60, -30, 0, 30, 60])
    fig.level(voltage, "V_start", "muted", given=True)
    fig.note(voltage, _("V before"), 0.93 * T_LAST, "V_note", "muted", given=True, ha="right")
    fig.curve(voltage, "t", "E_Na", "Na", "E_Na", at=2.5, above=False, linewidth=1.4)
    fig.curve(voltage, "t", "E_K", "K", "E_K", at=2.5, above=False, linewidth=1.4)
    fig.curve(voltage, "t", "V", "ink", "V", at=2.5, linewidth=2.6)
    fig.guess(voltage, T_LAST)
    fig.note(voltage, _("passes −50 mV"), "before", LEVEL + 4.0, "accent", ha="right", only_if="seconds")
    fig.point(voltage, "seconds", LEVEL, "accent")
    fig.note(voltage, _("Donnan"), 0.93 * T_LAST, "E_note", "ink", ha="right", lift=9)
    fig.x_axis(size, (_("diameter"), "µm"), (SMALLEST, LARGEST), "log", ticks=[1, 10, 100, 1000])
    fig.y_axis(size, (_("time until V passes −50 mV"), ""), (1.5, T_LAST), "log", ticks=[60, 3600, 86400])
    size.set_yticklabels([translate(text) for text in (_("1 min"), _("1 h"), _("1 d"))])
    for name, place in ((_("neurite"), 1.0), (_("cell body"), 20.0), (_("giant axon"), 400.0)):
        fig.note(size, name, place, 6.0, "muted", given=True, ha="center")
    fig.note(size, _("it does not"), math.sqrt(SMALLEST * LARGEST), 3600.0, "ink", ha="center", only_if="never")
    fig.curve(size, "diameters", "seconds_line", "ink")
    fig.point(size, "diameter", "seconds", "accent", drag={"x": "diameter"})
    for inside in rest:
        time_axis(inside)
        fig.y_axis(inside, (_("inside"), "mM"), (0, 250), ticks=[0, 100, 200])
        fig.curve(inside, "t", "Cl", "Cl", "Cl⁻", at=6e4, linewidth=1.4)
        fig.curve(inside, "t", "Na", "Na", "Na⁺", at=4e5)
        fig.curve(inside, "t", "K", "K", "K⁺", at=2.5)
    return drawn


def time_axis(ax):
    fig.x_axis(ax, (_("time after the pump stops"), ""), (T_FIRST, T_LAST), "log", ticks=[1, 60, 3600, 86400])
    ax.set_xticklabels([translate(text) for text in (_("1 s"), _("1 min"), _("1 h"), _("1 d"))])


def scene():
    """The pump and the leaks that it balanced; where none is left, what holds it; the ions inside, 5 mM a dot."""
    stopped = moves.show("running", "pump"), moves.show("arrested", "pump", to=(1, 0)), moves.pick("poison", "poison")
    return Scene("pump.svg", (*turning(), *leaks(), *dots_inside(), *currents(4.5), *stopped))


AXON = {"diameter": 500, "shape": "cylinder"}

explorer = Explorer(
    chapter="resting-potential/pump",
    controls=dict(
        poison=Choice(POISONS, "ouabain"),
        pump=Slider(0, 100, 0, "%", step=1),
        K_ATP=Slider(1, 10, 3, step=0.1, only_if=("poison", DNP)),
        diameter=Slider(SMALLEST, LARGEST, 20, "µm", scale="log"),
        shape=Choice(SHAPES, "sphere"),
    ),
    curves=dict(
        t=Curve(SIZE, "s"),
        V=Curve(SIZE, "mV"),
        E_K=Curve(SIZE, "mV"),
        E_Na=Curve(SIZE, "mV"),
        K=Curve(SIZE, "mM"),
        Na=Curve(SIZE, "mM"),
        Cl=Curve(SIZE, "mM"),
        diameters=Curve(2, "µm"),
        seconds_line=Curve(2, "s", gaps=True),
        **pump_curves(SIZE),
    ),
    readouts=dict(
        V_start=Readout("mV"),
        V_once=Readout("mV"),
        t_50=Readout("min", None, optional=True),
        V_end=Readout("mV"),
        E_end=Readout("mV"),
        seconds=Readout("s", shown=False, optional=True),
        hours=Readout("h", shown=False, optional=True),
        drift=Readout("mV", shown=False),
        before=Readout("s", shown=False, optional=True),
        V_note=Readout("mV", shown=False),
        never=Readout("", shown=False, optional=True),
        E_note=Readout("mV", shown=False, optional=True),
        **door_readouts(),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "neurite": {"diameter": 1, "shape": "cylinder"},
        "cell_body": {},
        "axon": AXON,
        "without_ATP": {"poison": "DNP"},
    },
    scene=scene(),
    time="t",
    main=("diameter", "pump"),
    shows=("V_once", "t_50", "V_end"),
    story={"stops": {}, "neurite": {"diameter": 1, "shape": "cylinder"}, "axon": AXON, "reserve": {"pump": 40}},
    challenge=Challenge(check, solution={"pump": 26}),
    prediction=Prediction(answer, {"pump": 50}, Guess("V_end", near=5)),
)
