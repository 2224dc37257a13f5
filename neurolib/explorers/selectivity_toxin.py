"""A toxin that makes potassium channels forget which ion they are for: the voltage at once, the ions after minutes."""

import math

from neurolib.electrochemistry import chord_voltage, ghk_voltage, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.homeostasis import PumpLeak
from neurolib.portable import portable
from neurolib.pump_leak import PARAMETERS, pump_leak_run

CELL = PumpLeak()  # a mammalian neuron of 20 µm in steady state
BASE = tuple(float(getattr(CELL, name)) for name in PARAMETERS)
P_NA, P_CL, PUMP = (PARAMETERS.index(name) for name in ("P_Na", "P_Cl", "pump"))
V_START, NA_START, K_START, CL_START, P_K = CELL.V, CELL.Na, CELL.K, CELL.Cl, CELL.P_K
NA_OUT, K_OUT, CL_OUT, T = CELL.Na_out, CELL.K_out, CELL.Cl_out, CELL.temperature_celsius
RUN, T_BEFORE, T_END = 91, -5.0, 60.0  # samples of the run; minutes
SIZE = RUN + 2  # two more before the toxin


@portable
def compute(alpha, P_Cl, pump, t, V, E_K, E_Na, E_Cl, K, Na, Cl, q, state, times, out, flows):
    """V settles at once after P_Na has grown by alpha P_K; then the ions of a 20 µm cell move for an hour."""
    for i in range(len(BASE)):
        q[i] = BASE[i]
    q[P_NA] += alpha * P_K
    q[P_CL] = P_Cl * P_K
    q[PUMP] = pump / 100.0
    state[0] = V_START
    state[1] = NA_START
    state[2] = K_START
    state[3] = CL_START
    for i in range(RUN):
        times[i] = 60.0 * T_END * i / (RUN - 1)
    V_once = pump_leak_run(q, state, 0.0, times, RUN, out, flows)
    for i in range(SIZE):
        j = i - 2
        t[i] = times[j] / 60.0 if j >= 0 else (T_BEFORE if i == 0 else 0.0)
        V[i] = out[j] if j >= 0 else V_START
        Na[i] = out[RUN + j] if j >= 0 else NA_START
        K[i] = out[2 * RUN + j] if j >= 0 else K_START
        Cl[i] = out[3 * RUN + j] if j >= 0 else CL_START
        E_K[i] = nernst(1.0, K[i], K_OUT, T)
        E_Na[i] = nernst(1.0, Na[i], NA_OUT, T)
        E_Cl[i] = nernst(-1.0, Cl[i], CL_OUT, T)
    mean = chord_voltage(q[0], E_K[0], q[P_NA], E_Na[0], 0.0, 0.0)
    two_ions = ghk_voltage(q[0], q[P_NA], 0.0, K_START, K_OUT, NA_START, NA_OUT, 1.0, 1.0, T)
    return 0.0, V_START, mean, two_ions, V_once, V[SIZE - 1], K[SIZE - 1], Na[SIZE - 1]


@portable
def say(alpha, P_Cl, pump, V_start, mean, two_ions, V_once, V_end, K_end, Na_end):
    if alpha > 0.0:
        return 0 if math.fabs(V_once - V_end) >= 1.0 else 1
    return 2 if pump == 100.0 else 3


@portable
def check(changed, alpha, P_Cl, pump, V_start, mean, two_ions, V_once, V_end, K_end, Na_end):
    """The largest alpha at which V is still below −60 mV after an hour, with the pump at rest capacity or less."""
    if V_end > -60.0:
        return 1.0, V_end
    if V_end < -61.0 or alpha == 0.0:
        return 2.0, V_end
    return (3.0 if P_Cl != 0.45 or pump < 100.0 else 0.0), V_end


@portable
def answer(alpha, P_Cl, pump, V_start, mean, two_ions, V_once, V_end, K_end, Na_end):
    if V_once < -30.0:
        return 0
    return 1 if V_once < -12.0 else 2


def figure():
    drawn, (voltage, inside) = fig.panels([160, 110])
    fig.x_axis(inside, (_("time after the toxin"), "min"), (T_BEFORE, T_END), ticks=[0, 10, 20, 30, 40, 50, 60])
    fig.y_axis(voltage, (_("voltage"), "mV"), (-100, 70), ticks=[-90, -60, -30, 0, 30, 60])
    fig.curve(voltage, "t", "E_Na", "Na", "E_Na", linestyle=(0, (5, 2)))
    fig.curve(voltage, "t", "E_Cl", "Cl", "E_Cl", linestyle=(0, (1.5, 1.5)))
    fig.curve(voltage, "t", "E_K", "K", "E_K", linestyle=(0, (3.5, 1.2, 1, 1.2)))
    fig.curve(voltage, "t", "V", "ink", "V")
    fig.point(voltage, 0, "mean", "muted", markersize=6, marker="D")
    fig.point(voltage, 0, "V_once", "accent")
    fig.legend(voltage)
    fig.y_axis(inside, (_("inside"), "mM"), (0, 260), ticks=[0, 50, 100, 150, 200, 250])
    fig.curve(inside, "t", "Na", "Na", "Na⁺", linestyle=(0, (5, 2)))
    fig.curve(inside, "t", "Cl", "Cl", "Cl⁻", linestyle=(0, (1.5, 1.5)))
    fig.curve(inside, "t", "K", "K", "K⁺")
    fig.legend(inside)
    return drawn


explorer = Explorer(
    name="selectivity_toxin",
    title=_("Potassium channels that let sodium through"),
    chapter="resting-potential/goldman",
    caption=_(
        "A neuron of 20 µm with a working pump. At time 0 a toxin lets sodium through its potassium channels. "
        "Above: the voltage "
        "and the three Nernst potentials; the dot is V at once, the diamond the mean of E_K and E_Na weighted by "
        "permeability. Below: the ions inside."
    ),
    controls=(
        Slider("alpha", _("P_Na gained / P_K"), 0, 1, 0.1, scale="log", smallest=0.001, positions=181),
        Slider("P_Cl", _("P_Cl / P_K"), 0, 2, 0.45, scale="log", smallest=0.001, positions=201),
        Slider("pump", _("Pump still working"), 0, 100, 100, "%", step=1),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "min", _("time after the toxin")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("E_K", SIZE, "mV", _("E_K")),
        Curve("E_Na", SIZE, "mV", _("E_Na")),
        Curve("E_Cl", SIZE, "mV", _("E_Cl")),
        Curve("K", SIZE, "mM", _("potassium inside")),
        Curve("Na", SIZE, "mM", _("sodium inside")),
        Curve("Cl", SIZE, "mM", _("chloride inside")),
    ),
    scratch={"q": len(BASE), "state": 4, "times": RUN, "out": 4 * RUN, "flows": 2},
    readouts=(
        Readout("V_start", _("V before"), "mV", 1),
        Readout("mean", _("mean of E_K and E_Na by P"), "mV", 1),
        Readout("two_ions", _("Goldman, K⁺ and Na⁺ alone"), "mV", 1),
        Readout("V_once", _("V at once"), "mV", 1),
        Readout("V_end", _("V after 60 min"), "mV", 1),
        Readout("K_end", _("K⁺ inside then"), "mM", 0),
        Readout("Na_end", _("Na⁺ inside then"), "mM", 0),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "V leaps from {V_start} to {V_once} mV while every concentration is as it was. In an hour it comes to "
            "{V_end} mV, with {K_end:0} mM K⁺ and {Na_end:0} mM Na⁺ inside."
        ),
        _(
            "V leaps from {V_start} to {V_once} mV and is at {V_end} mV an hour later: the ions inside come to "
            "{K_end:0} mM K⁺ and {Na_end:0} mM Na⁺, and the pump holds them there."
        ),
        _("Without the toxin the cell stays at {V_start} mV: what leaks is pumped back."),
        _("No toxin, but a weaker pump: V goes to {V_once} mV at once and to {V_end} mV in an hour."),
    ),
    challenge=Challenge(
        goal=_(
            "Find the greatest loss of selectivity with which V is still below −60 mV after an hour (to within "
            "1 mV)."
        ),
        check=check,
        verdicts=(
            _(
                "There: a channel that lets through {alpha:3} sodium for each potassium is enough to bring V to "
                "{off} mV."
            ),
            _("V is {off} mV after an hour: too much."),
            _("V is {off} mV after an hour: the cell could bear more."),
            _("Keep the chloride and the pump as they were."),
        ),
    ),
    prediction=Prediction(
        question=_(
            "E_K is −89 mV and E_Na 61 mV. The toxin makes the potassium channels as permeable to sodium as to "
            "potassium. Where does V go at once?"
        ),
        setting={"alpha": 1},
        options=(
            _("It stays below −30 mV, since the pump works on."),
            _("It goes to the middle of the two, about −14 mV."),
            _("It goes nearer to zero than the middle, about −8 mV."),
        ),
        answer=answer,
        reasons=(
            "",
            "",
            _(
                "V is {V_once} mV. The mean of the Nernst potentials is not the rule: V follows the logarithm of "
                "the summed concentrations, which are nearly the same on both sides; chloride and the pump make "
                "it a little more negative."
            ),
        ),
    ),
)
