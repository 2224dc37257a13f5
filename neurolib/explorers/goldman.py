"""Three ions at once: the Goldman-Hodgkin-Katz voltage, and what it is not."""

import math

from neurolib.constants import MAMMAL, SQUID_BLOOD, SQUID_SEAWATER
from neurolib.electrochemistry import chord_voltage, ghk_voltage, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import portable
from neurolib.potentials import goldman_potential

SIZE = 61
LEAST = 1e-300  # all permeabilities together: times a concentration, less might not be told from zero
LOWEST, HIGHEST = 0.5, 600.0  # mM
V_RANGE = (-195.0, 195.0)  # holds every Nernst potential of these concentrations
TICKS = [-150, -100, -50, 0, 50, 100, 150]
V_START = goldman_potential(MAMMAL, 1.0, 0.04, 0.45, 37.0)


@portable
def compute(P_K, P_Na, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, temperature_celsius, outside, V_line, E_K_line):
    """V_m, the three Nernst potentials, V_m without each permeability, and V_m against the potassium outside."""
    T = temperature_celsius
    E_K = nernst(1.0, K_in, K_out, T)
    E_Na = nernst(1.0, Na_in, Na_out, T)
    E_Cl = nernst(-1.0, Cl_in, Cl_out, T)
    V_m = ghk_voltage(P_K, P_Na, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, T)
    average = chord_voltage(P_K, E_K, P_Na, E_Na, P_Cl, E_Cl)
    no_K = ghk_voltage(0.0, P_Na, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, T)
    no_Na = ghk_voltage(P_K, 0.0, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, T)
    no_Cl = ghk_voltage(P_K, P_Na, 0.0, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, T)
    fault = 1.0 if P_K + P_Na + P_Cl < LEAST else 0.0
    for i in range(SIZE):
        outside[i] = LOWEST * math.pow(HIGHEST / LOWEST, i / (SIZE - 1))
        E_K_line[i] = nernst(1.0, K_in, outside[i], T)
        V_line[i] = ghk_voltage(P_K, P_Na, P_Cl, K_in, outside[i], Na_in, Na_out, Cl_in, Cl_out, T)
    return fault, V_m, E_K, E_Na, E_Cl, average, no_K, no_Na, no_Cl


@portable
def say(
    P_K, P_Na, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, temperature_celsius,
    V_m, E_K, E_Na, E_Cl, average, no_K, no_Na, no_Cl,
):  # fmt: skip
    to_K = math.fabs(V_m - E_K) if P_K > 0.0 else math.inf  # an ion that cannot cross is not near
    to_Na = math.fabs(V_m - E_Na) if P_Na > 0.0 else math.inf
    to_Cl = math.fabs(V_m - E_Cl) if P_Cl > 0.0 else math.inf
    if math.isnan(no_K) or math.isnan(no_Na) or math.isnan(no_Cl):
        return 3
    if to_K <= to_Na and to_K <= to_Cl:
        return 0
    return 1 if to_Na <= to_Cl else 2


@portable
def check(
    changed, P_K, P_Na, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, temperature_celsius,
    V_m, E_K, E_Na, E_Cl, average, no_K, no_Na, no_Cl,
):  # fmt: skip
    """V_m at −75 mV by P_Na alone."""
    others = changed - (1.0 if P_Na != 0.04 else 0.0)
    if others > 0.0:
        return 2.0, others
    off = math.fabs(V_m + 75.0)
    return (0.0 if off <= 0.5 else 1.0), (P_K / P_Na if off <= 0.5 else off)


@portable
def answer(
    P_K, P_Na, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, temperature_celsius,
    V_m, E_K, E_Na, E_Cl, average, no_K, no_Na, no_Cl,
):  # fmt: skip
    shift = V_m - V_START
    if math.fabs(shift) < 2.0:
        return 0
    return 1 if shift < 0.0 else 2


def figure():
    drawn, (potentials, against_K) = fig.panels([180, 150], shared=False)
    places = [_("E_K"), _("E_Cl"), _("E_Na"), _("V_m"), _("average"), _("no K"), _("no Cl"), _("no Na")]
    fig.x_categories(potentials, places)
    fig.y_axis(potentials, (_("voltage"), "mV"), V_RANGE, ticks=TICKS)
    names = [("E_K", "K"), ("E_Cl", "Cl"), ("E_Na", "Na"), ("V_m", "ink"), ("average", "muted")]
    names += [("no_K", "K"), ("no_Cl", "Cl"), ("no_Na", "Na")]
    for place, (name, colour) in enumerate(names):
        fig.bar(potentials, place, name, colour, alpha=0.35 if place > 3 else 0.9)
        fig.point(potentials, place, name, colour, markersize=5)
    fig.level(potentials, "V_m", "accent")
    fig.x_axis(against_K, (_("potassium outside"), "mM"), (LOWEST, HIGHEST), "log", ticks=[1, 10, 100])
    fig.y_axis(against_K, (_("voltage"), "mV"), V_RANGE, ticks=TICKS)
    fig.curve(against_K, "outside", "E_K_line", "K", "E_K", linestyle=(0, (5, 2)))
    fig.curve(against_K, "outside", "V_line", "ink", "V_m")
    fig.point(against_K, "K_out", "V_m", "accent")
    fig.legend(against_K)
    return drawn


def preset(ions, temperature_celsius, P_K, P_Na, P_Cl):
    names = [f"{ion}_{side}" for ion in ("K", "Na", "Cl") for side in ("in", "out")]
    concentrations = {name: getattr(ions, name) for name in names}
    return concentrations | {"temperature_celsius": temperature_celsius, "P_K": P_K, "P_Na": P_Na, "P_Cl": P_Cl}


def permeability(name, label, default):
    return Slider(name, label, 0, 100, default, scale="log", smallest=0.001, positions=201)


def concentration(name, label):
    return Slider(name, label, LOWEST, HIGHEST, getattr(MAMMAL, name), "mM", scale="log")


explorer = Explorer(
    name="goldman",
    title=_("Three ions: the Goldman-Hodgkin-Katz voltage"),
    chapter="resting-potential/goldman",
    caption=_(
        "Above: the three Nernst potentials; the voltage V_m of the Goldman-Hodgkin-Katz equation (dashed line); the "
        "average of the Nernst potentials with the permeabilities as weights, which is another thing; and V_m with one "
        "permeability taken away. Below: V_m and E_K against the potassium outside."
    ),
    controls=(
        permeability("P_K", _("Permeability P_K (relative)"), 1.0),
        permeability("P_Na", _("Permeability P_Na (relative)"), 0.04),
        permeability("P_Cl", _("Permeability P_Cl (relative)"), 0.45),
        concentration("K_in", _("Potassium inside")),
        concentration("K_out", _("Potassium outside")),
        concentration("Na_in", _("Sodium inside")),
        concentration("Na_out", _("Sodium outside")),
        concentration("Cl_in", _("Chloride inside")),
        concentration("Cl_out", _("Chloride outside")),
        Slider("temperature_celsius", _("Temperature"), 0, 40, 37, "°C", step=0.1),
    ),
    compute=compute,
    curves=(
        Curve("outside", SIZE, "mM", _("potassium outside")),
        Curve("V_line", SIZE, "mV", _("V_m against potassium outside")),
        Curve("E_K_line", SIZE, "mV", _("E_K against potassium outside")),
    ),
    readouts=(
        Readout("V_m", _("V_m"), "mV", 1),
        Readout("E_K", _("E_K"), "mV", 1),
        Readout("E_Na", _("E_Na"), "mV", 1),
        Readout("E_Cl", _("E_Cl"), "mV", 1),
        Readout("average", _("average by P"), "mV", 1),
        Readout("no_K", _("without P_K"), "mV", 1, optional=True),
        Readout("no_Na", _("without P_Na"), "mV", 1, optional=True),
        Readout("no_Cl", _("without P_Cl"), "mV", 1, optional=True),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "V_m is {V_m} mV, nearest to the potassium potential of {E_K} mV. The mean of the Nernst potentials "
            "weighted by permeability would be {average} mV."
        ),
        _(
            "V_m is {V_m} mV, nearest to the sodium potential of {E_Na} mV. The mean of the Nernst potentials "
            "weighted by permeability would be {average} mV."
        ),
        _(
            "V_m is {V_m} mV, nearest to the chloride potential of {E_Cl} mV. The mean of the Nernst potentials "
            "weighted by permeability would be {average} mV."
        ),
        _("One ion alone can cross, and V_m is its Nernst potential, {V_m} mV."),
    ),
    faults=(
        _("With no permeability at all nothing sets the voltage: the Goldman-Hodgkin-Katz equation is undefined."),
    ),
    presets={
        _("Mammalian neuron at rest"): preset(MAMMAL, 37, 1, 0.04, 0.45),
        _("Squid axon in blood at rest"): preset(SQUID_BLOOD, 20, 1, 0.04, 0.45),
        _("Squid axon in sea water at rest"): preset(SQUID_SEAWATER, 18.5, 1, 0.04, 0.45),
        _("Squid axon in blood at the peak of a spike"): preset(SQUID_BLOOD, 20, 1, 20, 0.45),
        _("Squid axon in blood just after a spike"): preset(SQUID_BLOOD, 20, 1.8, 0, 0.45),
    },
    challenge=Challenge(
        goal=_("Bring V_m to −75 mV, to within 0.5 mV, by the sodium permeability alone."),
        check=check,
        verdicts=(
            _("There: P_K is now {off:0} times P_Na, within the range of real neurons, 25 to 100."),
            _("V_m is {V_m} mV, still {off} mV away."),
            _("Something other than P_Na has been moved. Reset, and try with that alone."),
        ),
    ),
    prediction=Prediction(
        question=_("P_Na is only a twenty-fifth of P_K. Take it away altogether: what does V_m do?"),
        setting={"P_Na": 0},
        options=(
            _("Hardly anything, less than 2 mV."),
            _("It goes more than 2 mV towards E_K."),
            _("It goes more than 2 mV towards zero."),
        ),
        answer=answer,
        reasons=(
            "",
            _(
                "V_m goes to {V_m} mV, almost 13 mV. P_Na is small, but it multiplies the 145 mM outside, more "
                "than all of the potassium there."
            ),
            "",
        ),
    ),
)
