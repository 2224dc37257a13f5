"""One ion, two forces: where diffusion and the electric field balance."""

import math

from neurolib.constants import MAMMAL, SQUID_BLOOD, SQUID_SEAWATER
from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.portable import exprel, portable

SIZE = 121
V_LOW, V_HIGH = -160.0, 160.0
C_LOW, C_HIGH = 0.1, 600.0
MAMMAL_K_OUT = MAMMAL.K_out
IONS = {"K": "K⁺", "Na": "Na⁺", "Cl": "Cl⁻", "Ca": "Ca²⁺", "own": _("another")}


@portable
def valence(ion, z):
    """The charge of the chosen ion: K, Na, Cl, Ca, or the reader's own."""
    if ion <= 1.0:
        return 1.0
    if ion == 2.0:
        return -1.0
    if ion == 3.0:
        return 2.0
    return z


@portable
def compute(ion, z, c_in, c_out, temperature_celsius, V_m, outside, E_line, V, efflux, influx):
    """E against the outside concentration; one-way fluxes against V, in units of permeability times 1 mM."""
    charge = valence(ion, z)
    if charge == 0.0 or charge != math.floor(charge):
        fault = 1.0 if charge == 0.0 else 2.0
        return fault, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan
    for i in range(2):
        outside[i] = C_LOW if i == 0 else C_HIGH
        E_line[i] = nernst(charge, c_in, outside[i], temperature_celsius)
    for i in range(SIZE):
        V[i] = V_LOW + (V_HIGH - V_LOW) * i / (SIZE - 1)
        u = charge * V[i] / thermal_voltage(temperature_celsius)
        efflux[i] = c_in / exprel(-u)
        influx[i] = c_out / exprel(u)
    E = nernst(charge, c_in, c_out, temperature_celsius)
    u = charge * V_m / thermal_voltage(temperature_celsius)
    leaving = c_in / exprel(-u)
    entering = c_out / exprel(u)
    times = max(leaving / entering, entering / leaving)
    per_decade = thermal_voltage(temperature_celsius) / charge * math.log(10.0)
    return 0.0, E, per_decade, c_out / c_in, V_m - E, leaving, entering, times


@portable
def say(ion, z, c_in, c_out, temperature_celsius, V_m, E, per_decade, ratio, drive, leaving, entering, times):
    if E > V_HIGH or E < V_LOW:
        return 6
    if math.fabs(drive) < 0.1:
        return 5 if c_in == c_out else 0
    if times > 1000.0:
        return 3 if leaving > entering else 4
    return 1 if leaving > entering else 2


@portable
def check(
    changed, ion, z, c_in, c_out, temperature_celsius, V_m, E, per_decade, ratio, drive, leaving, entering,
    times,
):  # fmt: skip
    """E at V_m, by the concentration outside and nothing else."""
    others = changed - (1.0 if c_out != MAMMAL_K_OUT else 0.0)
    if others > 0.0:
        return 2.0, others
    return (0.0 if math.fabs(drive) <= 1.0 else 1.0), math.fabs(drive)


@portable
def answer(ion, z, c_in, c_out, temperature_celsius, V_m, E, per_decade, ratio, drive, leaving, entering, times):
    if E > -60.0:
        return 0
    return 1 if E > -110.0 else 2


def figure():
    drawn, (against_c, against_V) = fig.panels([110, 140], shared=False)
    fig.x_axis(against_c, (_("concentration outside"), "mM"), (C_LOW, C_HIGH), "log")
    fig.y_axis(against_c, (_("Nernst potential E"), "mV"), (V_LOW, V_HIGH), ticks=[-150, -100, -50, 0, 50, 100, 150])
    fig.level(against_c, "V_m", "muted", _("V_m"))
    fig.curve(against_c, "outside", "E_line", "ink", _("E"))
    fig.point(against_c, "c_out", "E", "accent")
    fig.legend(against_c)
    fig.x_axis(against_V, (_("membrane voltage"), "mV"), (V_LOW, V_HIGH), ticks=[-150, -100, -50, 0, 50, 100, 150])
    fig.y_axis(against_V, (_("one-way flux"), _("relative")), (1e-4, 1e4), "log", ticks=[1e-4, 1e-2, 1, 1e2])
    fig.event(against_V, "E", "accent")
    fig.event(against_V, "V_m", "muted", linestyle=(0, (4, 3)))
    fig.curve(against_V, "V", "efflux", "K", _("out of the cell"))
    fig.curve(against_V, "V", "influx", "Na", _("into the cell"), linestyle=(0, (5, 2)))
    fig.point(against_V, "V_m", "leaving", "K", markersize=7)
    fig.point(against_V, "V_m", "entering", "Na", markersize=7, marker="s")
    fig.legend(against_V)
    return drawn


def presets():
    solutions = [(_("Squid axon in sea water"), SQUID_SEAWATER, 6.3), (_("Squid axon in blood"), SQUID_BLOOD, 6.3)]
    solutions.append((_("Mammalian neuron"), MAMMAL, 37.0))
    found = {}
    for name, ions, temperature_celsius in solutions:
        for ion, symbol in (("K", "K⁺"), ("Na", "Na⁺"), ("Cl", "Cl⁻"), ("Ca", "Ca²⁺")):
            found[f"{name}: {symbol}"] = {
                "ion": ion, "c_in": ions.inside(ion), "c_out": ions.outside(ion),
                "temperature_celsius": temperature_celsius,
            }  # fmt: skip
    return found


explorer = Explorer(
    name="nernst",
    title=_("One ion: where diffusion and voltage balance"),
    chapter="resting-potential/gradients-and-leaks",
    caption=_(
        "Above: the Nernst potential against the concentration outside (line); the dot is the present state, the "
        "dashed "
        "line the membrane's voltage V_m. Below: the flux of the ion in each direction against the voltage. The "
        "two are equal at "
        "E, the dotted line; the dot and the square are the fluxes at V_m, the dashed line."
    ),
    controls=(
        Choice("ion", _("Ion (sets the charge)"), IONS, "K"),
        Slider("z", _("Charge of the other ion"), -3, 3, 1, step=1, only_if=("ion", 4)),
        Slider("c_in", _("Concentration inside"), 1e-4, 600, MAMMAL.K_in, "mM", scale="log"),
        Slider("c_out", _("Concentration outside"), C_LOW, C_HIGH, MAMMAL.K_out, "mM", scale="log"),
        Slider("temperature_celsius", _("Temperature"), 0, 40, 37, "°C", step=0.1),
        Slider("V_m", _("Membrane voltage V_m"), -150, 150, -70, "mV", step=0.5),
    ),
    compute=compute,
    curves=(
        Curve("outside", 2, "mM", _("concentration outside")),
        Curve("E_line", 2, "mV", _("Nernst potential")),
        Curve("V", SIZE, "mV", _("membrane voltage")),
        Curve("efflux", SIZE, "", _("one-way flux out of the cell")),
        Curve("influx", SIZE, "", _("one-way flux into the cell")),
    ),
    readouts=(
        Readout("E", _("Nernst potential E"), "mV", 1),
        Readout("per_decade", _("per tenfold ratio"), "mV", 1),
        Readout("ratio", _("outside to inside"), "", None),
        Readout("drive", _("driving force V_m − E"), "mV", 1),
        Readout("leaving", _("flux out at V_m"), "", 3, shown=False),
        Readout("entering", _("flux in at V_m"), "", 3, shown=False),
        Readout("times", _("larger flux to smaller"), "", 2, shown=False),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("V_m stands at E, {E} mV: as many ions leave as enter. They go on crossing, and the net flux is zero."),
        _(
            "E is {E} mV. At V_m the ion leaves {times:s} times as fast as it enters: a net efflux, which would "
            "bring V_m to E."
        ),
        _(
            "E is {E} mV. At V_m the ion enters {times:s} times as fast as it leaves: a net influx, which would "
            "bring V_m to E."
        ),
        _("E is {E} mV, far from V_m: the ion leaves more than a thousand times as fast as it enters."),
        _("E is {E} mV, far from V_m: the ion enters more than a thousand times as fast as it leaves."),
        _("The concentrations are equal and so is the voltage: nothing pushes the ion either way."),
        _("The balance would be at {E} mV, beyond the range of this figure."),
    ),
    faults=(
        _("A particle without charge feels no voltage: there is no Nernst potential for a charge of 0."),
        _("An ion carries a whole number of charges, such as 1 or −2."),
    ),
    presets=presets(),
    challenge=Challenge(
        goal=_(
            "A mammalian cell rests at −70 mV. Bring its E_K there, to within 1 mV, by the potassium outside "
            "alone."
        ),
        check=check,
        verdicts=(
            _("There: with {c_out} mM outside, E_K is {E} mV, and at V_m potassium is in balance."),
            _("E_K is {E} mV, still {off} mV away from V_m."),
            _("Something other than the concentration outside has been moved. Reset, and try with that alone."),
        ),
    ),
    prediction=Prediction(
        question=_("The potassium around a cell doubles, from 5 to 10 mM. E_K was −89 mV. Where does it go?"),
        setting={"c_out": 10},
        options=(_("To half of it, −45 mV."), _("To about −71 mV."), _("To twice as much, −178 mV.")),
        answer=answer,
        reasons=(
            "",
            _(
                "E follows the logarithm of the ratio: every doubling outside moves E_K by the same 18.5 mV, here "
                "to {E} mV."
            ),
            "",
        ),
    ),
)
