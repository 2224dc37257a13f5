"""The pump stops: a jump at once, then the ions for minutes in a neurite and for most of a day in a thick axon."""

import math

from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _, translate
from neurolib.homeostasis import PumpLeak
from neurolib.portable import portable
from neurolib.pump_leak import PARAMETERS, pump_leak_run

CELL = PumpLeak()
BASE = tuple(float(getattr(CELL, name)) for name in PARAMETERS)
P_K_AT, PUMP, AREA_TO_VOLUME = (PARAMETERS.index(name) for name in ("P_K", "pump", "area_to_volume"))
V_START, NA_START, K_START, CL_START, P_K = CELL.V, CELL.Na, CELL.K, CELL.Cl, CELL.P_K
NA_OUT, K_OUT, CL_OUT, T = CELL.Na_out, CELL.K_out, CELL.Cl_out, CELL.temperature_celsius
SIZE, T_FIRST, T_LAST = 181, 1.0, 864000.0  # s: ten days
SETTLED = 1.2e8  # after this time over A/Vol the ions have come to their steady state
LEVEL = -50.0


@portable
def compute(poison, pump, K_ATP, diameter, shape, t, V, E_K, E_Na, K, Na, Cl, q, state, times, out, flows):
    """V at once; then V and ions at times of equal ratio, until they are steady; the time at which V passes −50 mV."""
    for i in range(len(BASE)):
        q[i] = BASE[i]
    q[PUMP] = pump / 100.0
    q[P_K_AT] = P_K * (K_ATP if poison == 1.0 else 1.0)
    q[AREA_TO_VOLUME] = (6e4 if shape == 0.0 else 4e4) / diameter
    state[0] = V_START
    state[1] = NA_START
    state[2] = K_START
    state[3] = CL_START
    count = SIZE
    for i in range(SIZE):
        t[i] = T_FIRST * math.pow(T_LAST / T_FIRST, i / (SIZE - 1))
        times[i] = t[i]
        if times[i] > SETTLED / q[AREA_TO_VOLUME] and count == SIZE:
            count = i
    V_once = pump_leak_run(q, state, 0.0, times, count, out, flows)
    t_50 = math.nan
    last_t = 0.0
    last_V = V_once
    for i in range(SIZE):
        j = min(i, count - 1)
        V[i] = out[j]
        Na[i] = out[count + j]
        K[i] = out[2 * count + j]
        Cl[i] = out[3 * count + j]
        E_K[i] = nernst(1.0, K[i], K_OUT, T)
        E_Na[i] = nernst(1.0, Na[i], NA_OUT, T)
        if math.isnan(t_50) and V[i] >= LEVEL:
            t_50 = last_t + (t[i] - last_t) * max(0.0, (LEVEL - last_V) / (V[i] - last_V))
        last_t = t[i]
        last_V = V[i]
    X = NA_START + K_START - CL_START
    cations = NA_OUT + K_OUT
    E_end = thermal_voltage(T) * math.log(2.0 * cations / (X + math.sqrt(X * X + 4.0 * cations * CL_OUT)))
    return 0.0, V_START, V_once, t_50 / 60.0, V[SIZE - 1], E_end, t_50, t_50 / 3600.0


@portable
def say(poison, pump, K_ATP, diameter, shape, V_start, V_once, t_50, V_end, E_end, seconds, hours):
    if pump == 100.0 and math.fabs(V_once - V_start) < 0.01:
        return 0
    if math.isnan(t_50):
        return 1
    if seconds < 100.0:
        return 2
    return 3 if t_50 < 120.0 else 4


@portable
def check(changed, poison, pump, K_ATP, diameter, shape, V_start, V_once, t_50, V_end, E_end, seconds, hours):
    if poison != 0.0:
        return 3.0, pump
    if V_end > -60.0:
        return 1.0, V_end
    return (0.0 if V_end > -62.0 else 2.0), pump


@portable
def answer(poison, pump, K_ATP, diameter, shape, V_start, V_once, t_50, V_end, E_end, seconds, hours):
    if t_50 < 70.0:
        return 0
    return 1 if hours < 5.0 else 2


def figure():
    drawn, (voltage, inside) = fig.panels([160, 110])
    fig.x_axis(inside, (_("time after the pump stops"), ""), (T_FIRST, T_LAST), "log", ticks=[1, 60, 3600, 86400])
    inside.set_xticklabels([translate(text) for text in (_("1 s"), _("1 min"), _("1 h"), _("1 d"))])
    fig.y_axis(voltage, (_("voltage"), "mV"), (-100, 70), ticks=[-90, -60, -30, 0, 30, 60])
    fig.level(voltage, "V_start", "muted", _("V before"))
    fig.curve(voltage, "t", "E_Na", "Na", "E_Na", linestyle=(0, (5, 2)))
    fig.curve(voltage, "t", "E_K", "K", "E_K", linestyle=(0, (3.5, 1.2, 1, 1.2)))
    fig.curve(voltage, "t", "V", "ink", "V")
    fig.point(voltage, "seconds", LEVEL, "accent")
    fig.legend(voltage)
    fig.y_axis(inside, (_("inside"), "mM"), (0, 260), ticks=[0, 50, 100, 150, 200, 250])
    fig.curve(inside, "t", "Na", "Na", "Na⁺", linestyle=(0, (5, 2)))
    fig.curve(inside, "t", "Cl", "Cl", "Cl⁻", linestyle=(0, (1.5, 1.5)))
    fig.curve(inside, "t", "K", "K", "K⁺")
    fig.legend(inside)
    return drawn


POISONS = {"ouabain": _("ouabain: the pump alone"), "DNP": _("DNP: no ATP, and K_ATP channels open")}
AXON = {"diameter": 500, "shape": "cylinder"}

explorer = Explorer(
    name="pump_rundown",
    title=_("The pump stops"),
    chapter="resting-potential/pump",
    caption=_(
        "A cell of constant volume whose pump fails at time 0; time runs from a second to ten days on a "
        "logarithmic scale. Above: the voltage, E_K and E_Na; the dashed line is the rest before, the dot the moment "
        "at which V passes −50 mV. Below: the ions inside."
    ),
    controls=(
        Choice("poison", _("Poison"), POISONS, "ouabain"),
        Slider("pump", _("Pump still working"), 0, 100, 0, "%", step=1),
        Slider("K_ATP", _("P_K grows without ATP, times"), 1, 10, 3, step=0.1, only_if=("poison", 1)),
        Slider("diameter", _("Diameter"), 0.5, 1000, 20, "µm", scale="log"),
        Choice("shape", _("Shape"), {"sphere": _("sphere"), "cylinder": _("long cylinder")}, "sphere"),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "s", _("time after the pump stops")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("E_K", SIZE, "mV", _("E_K")),
        Curve("E_Na", SIZE, "mV", _("E_Na")),
        Curve("K", SIZE, "mM", _("potassium inside")),
        Curve("Na", SIZE, "mM", _("sodium inside")),
        Curve("Cl", SIZE, "mM", _("chloride inside")),
    ),
    scratch={"q": len(BASE), "state": 4, "times": SIZE, "out": 4 * SIZE, "flows": 2},
    readouts=(
        Readout("V_start", _("V before"), "mV", 1),
        Readout("V_once", _("V at once"), "mV", 1),
        Readout("t_50", _("V passes −50 mV after"), "min", None, optional=True),
        Readout("V_end", _("V after 10 days"), "mV", 1),
        Readout("E_end", _("Donnan equilibrium"), "mV", 1),
        Readout("seconds", _("V passes −50 mV after"), "s", 1, shown=False, optional=True),
        Readout("hours", _("V passes −50 mV after"), "h", 1, shown=False, optional=True),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The pump works and nothing changes: V stays at {V_start} mV."),
        _("V goes from {V_start} to {V_once} mV at once and is at {V_end} mV after ten days. It does not pass −50 mV."),
        _(
            "V goes from {V_start} to {V_once} mV at once. Then the ions run down: it passes −50 mV after "
            "{seconds:0} seconds and ends at {V_end} mV."
        ),
        _(
            "V goes from {V_start} to {V_once} mV at once. Then the ions run down: it passes −50 mV after "
            "{t_50:s} minutes and ends at {V_end} mV."
        ),
        _(
            "V goes from {V_start} to {V_once} mV at once. Then the ions run down: it passes −50 mV after {hours} "
            "hours; after ten days it is at {V_end} mV."
        ),
    ),
    presets={
        _("Neurite, 1 µm"): {"diameter": 1, "shape": "cylinder"},
        _("Cell body, 20 µm"): {},
        _("As thick as a squid giant axon, 500 µm"): AXON,
        _("Cell body without ATP"): {"poison": "DNP"},
    },
    challenge=Challenge(
        goal=_(
            "What is the least share of the pump with which the cell keeps a rest below −60 mV for good? (Poison: "
            "ouabain.)"
        ),
        check=check,
        verdicts=(
            _(
                "{off:0} % is enough. A pump that is short of capacity lets sodium rise, and sodium drives it "
                "harder: it has a reserve."
            ),
            _("In the end V is {off} mV: too little."),
            _("With {off:0} % V stays at {V_end} mV. Less will do."),
            _("Use ouabain here: DNP also opens potassium channels."),
        ),
    ),
    prediction=Prediction(
        question=_(
            "Without its pump a cell body of 20 µm passes −50 mV after 35 minutes. How long does an axon of "
            "500 µm take, as thick as a squid's giant axon?"
        ),
        setting=AXON,
        options=(_("About as long."), _("A few hours."), _("Most of a day.")),
        answer=answer,
        reasons=(
            "",
            "",
            _(
                "It takes {hours} hours. Ions leave through the membrane's area and are stored in the volume; "
                "volume over area goes with the diameter."
            ),
        ),
    ),
)
