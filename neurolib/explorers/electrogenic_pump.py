"""The current of the sodium-potassium pump: what three for two adds to the rest, and what two for two would."""

import math

from neurolib.electrochemistry import mullins_noda, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.homeostasis import PumpLeak
from neurolib.portable import portable
from neurolib.pump_leak import PARAMETERS, charge_per_voltage, leak_Na, pump_current, pump_leak_run, settled_voltage

CELL = PumpLeak()  # a mammalian neuron of 20 µm
BASE = tuple(float(getattr(CELL, name)) for name in PARAMETERS)
P_NA, I_MAX, PUMP_NA, PUMP_K = (PARAMETERS.index(name) for name in ("P_Na", "I_max", "pump_Na", "pump_K"))
T_AT = PARAMETERS.index("temperature_celsius")
NA, K, P_K, NA_OUT, K_OUT, CL_OUT = CELL.Na, CELL.K, CELL.P_K, CELL.Na_out, CELL.K_out, CELL.Cl_out
MOVED_NA, MOVED_K = (3.0, 2.0, 3.0, 3.0), (2.0, 2.0, 3.0, 1.0)
RUN, RATIOS = 61, 61
T_BEFORE, T_END = -10.0, 60.0
SIZE = RUN + 2  # two more before the change
R_LOW, R_HIGH = 0.001, 10.0


@portable
def share(r, P_Na, T):
    """What a pump of ``r`` sodium for each potassium adds to the voltage, mV (Mullins-Noda, chloride passive)."""
    with_current = mullins_noda(r, 1.0, P_Na, K, K_OUT, NA, NA_OUT, T)
    return with_current - mullins_noda(1.0, 1.0, P_Na, K, K_OUT, NA, NA_OUT, T)


@portable
def compute(stoichiometry, P_Na, temperature_celsius, t, V, ratio, part, q, state, times, out, flows):
    """The 3:2 steady state, the voltage at once after the change, and the pump's part against P_Na/P_K."""
    T = temperature_celsius
    for i in range(len(BASE)):
        q[i] = BASE[i]
    q[P_NA] = P_Na * P_K
    q[T_AT] = T
    V_start = mullins_noda(1.5, 1.0, P_Na, K, K_OUT, NA, NA_OUT, T)
    q[I_MAX] = -leak_Na(q, V_start, NA) / (3.0 * pump_current(1.0, K_OUT, NA))
    Cl = CL_OUT * math.exp(V_start / thermal_voltage(T))
    charge = NA + K - Cl - charge_per_voltage(q) * V_start
    V_goldman = mullins_noda(1.0, 1.0, P_Na, K, K_OUT, NA, NA_OUT, T)
    q[PUMP_NA] = 0.0
    q[PUMP_K] = 0.0
    V_frozen = settled_voltage(q, NA, K, charge, V_start)
    q[PUMP_NA] = MOVED_NA[int(stoichiometry)]
    q[PUMP_K] = MOVED_K[int(stoichiometry)]
    r = q[PUMP_NA] / q[PUMP_K]
    for i in range(RATIOS):
        ratio[i] = R_LOW * math.pow(R_HIGH / R_LOW, i / (RATIOS - 1))
        part[i] = share(r, ratio[i], T)
    state[0] = V_start
    state[1] = NA
    state[2] = K
    state[3] = Cl
    for i in range(RUN):
        times[i] = 60.0 * T_END * i / (RUN - 1)
    V_once = pump_leak_run(q, state, 0.0, times, RUN, out, flows)
    for i in range(SIZE):
        t[i] = times[max(0, i - 2)] / 60.0 if i > 0 else T_BEFORE
        V[i] = out[i - 2] if i > 1 else V_start
    ceiling = -thermal_voltage(T) * math.log(r)
    return 0.0, V_start, V_goldman, V_frozen, V_once, out[RUN - 1], out[2 * RUN - 1], share(r, P_Na, T), ceiling


@portable
def say(
    stoichiometry, P_Na, temperature_celsius, V_start, V_goldman, V_frozen, V_once, V_end, Na_end, part_now,
    ceiling,
):  # fmt: skip
    if stoichiometry == 0.0:
        return 0
    return 2 if stoichiometry == 3.0 else 1


@portable
def check(
    changed, stoichiometry, P_Na, temperature_celsius, V_start, V_goldman, V_frozen, V_once, V_end, Na_end,
    part_now, ceiling,
):  # fmt: skip
    if stoichiometry != 0.0:
        return 2.0, part_now
    return (0.0 if part_now < -8.0 else 1.0), part_now


@portable
def answer(
    stoichiometry, P_Na, temperature_celsius, V_start, V_goldman, V_frozen, V_once, V_end, Na_end, part_now,
    ceiling,
):  # fmt: skip
    if V_once - V_start < 0.5:
        return 0
    return 1 if V_once - V_start < 15.0 else 2


def figure():
    drawn, (voltage, against_ratio) = fig.panels([130, 110], shared=False)
    fig.x_axis(voltage, (_("time after the pump changes"), "min"), (T_BEFORE, T_END), ticks=[0, 15, 30, 45, 60])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-95, 68), ticks=[-90, -60, -30, 0, 30, 60])
    fig.level(voltage, "V_goldman", "muted", _("no pump current"))
    fig.curve(voltage, "t", "V", "ink", "V")
    fig.legend(voltage)
    fig.x_axis(against_ratio, (_("P_Na / P_K"), ""), (R_LOW, R_HIGH), "log", ticks=[0.001, 0.01, 0.1, 1, 10])
    fig.y_axis(against_ratio, (_("part of the pump's current"), "mV"), (-32, 2), ticks=[-30, -20, -10, 0])
    fig.level(against_ratio, "ceiling", "muted", _("ceiling"))
    fig.curve(against_ratio, "ratio", "part", "Na")
    fig.point(against_ratio, "P_Na", "part_now", "accent")
    fig.legend(against_ratio)
    return drawn


STOICHIOMETRIES = {"3:2": "3 : 2", "2:2": "2 : 2", "3:3": "3 : 3", "3:1": "3 : 1"}

explorer = Explorer(
    name="electrogenic_pump",
    title=_("What the pump's own current adds"),
    chapter="resting-potential/pump",
    caption=_(
        "A neuron of 20 µm whose 3:2 pump balances its leaks. Above: at time 0 the pump goes over to another "
        "stoichiometry; "
        "the dashed line is the voltage that the same ions would give without any pump current. Below: what the "
        "current of the chosen pump adds, against the sodium permeability; the dashed line is a ceiling that it never reaches."
    ),
    controls=(
        Choice("stoichiometry", _("Na⁺ out : K⁺ in, from time 0"), STOICHIOMETRIES, "3:2"),
        Slider("P_Na", _("P_Na / P_K"), 0.003, R_HIGH, 0.04, scale="log"),
        Slider("temperature_celsius", _("Temperature"), 5, 40, 37, "°C", step=0.1),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "min", _("time after the pump changes")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("ratio", RATIOS, "", _("P_Na / P_K")),
        Curve("part", RATIOS, "mV", _("what the pump's current adds")),
    ),
    scratch={"q": len(BASE), "state": 4, "times": RUN, "out": 4 * RUN, "flows": 2},
    readouts=(
        Readout("V_start", _("V with the 3:2 pump"), "mV", 1),
        Readout("V_goldman", _("Goldman, no pump current"), "mV", 1),
        Readout("V_frozen", _("no pump current, Cl⁻ kept"), "mV", 1),
        Readout("V_once", _("V at once after the change"), "mV", 1),
        Readout("V_end", _("V after 60 min"), "mV", 1),
        Readout("Na_end", _("Na⁺ inside then"), "mM", 1),
        Readout("part_now", _("part of the chosen pump"), "mV", 1),
        Readout("ceiling", _("its ceiling"), "mV", 1),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "Three Na⁺ out for two K⁺ in: the pump's own current adds {part_now} mV to what the same ions would "
            "give without it. It could never add more than {ceiling} mV."
        ),
        _(
            "V goes at once from {V_start} to {V_once} mV: the pump's current was that little. In an hour, as the "
            "ions change, it comes to {V_end} mV."
        ),
        _(
            "A pump that moves three for one carries twice the net current: V goes at once from {V_start} to {V_once} "
            "mV, and in an hour to {V_end} mV."
        ),
    ),
    challenge=Challenge(
        goal=_("Bring the part of the 3:2 pump beyond −8 mV."),
        check=check,
        verdicts=(
            _(
                "{off} mV. The leakier a cell is to sodium, the more its pump has to carry. Yet it does not come to the "
                "ceiling of {ceiling} mV: go on, and its part shrinks again."
            ),
            _("The pump's part is {off} mV. Where does its curve lie lowest?"),
            _("That is another pump: go back to 3 : 2."),
        ),
    ),
    prediction=Prediction(
        question=_(
            "The cell rests at −74 mV. Its pump suddenly moves 2 Na⁺ for 2 K⁺ and so carries no net current. What "
            "does V do at once?"
        ),
        setting={"stoichiometry": "2:2"},
        options=(
            _("Nothing: the pump only keeps the gradients."),
            _("It becomes a few millivolts less negative."),
            _("It goes most of the way to 0 mV."),
        ),
        answer=answer,
        reasons=(
            "",
            _(
                "V goes to {V_once} mV. The pump's current adds a little; the leaks, with gradients that are "
                "still there, make the rest."
            ),
            "",
        ),
    ),
)
