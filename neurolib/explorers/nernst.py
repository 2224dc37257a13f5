"""One ion, two forces: where diffusion and the electric field balance."""

import math

from neurolib.constants import MAMMAL, SQUID_BLOOD, SQUID_SEAWATER
from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.page import figure as fig
from neurolib.page.controls import Choice, Slider
from neurolib.page.declaration import Curve, Explorer, Readout
from neurolib.page.language import _
from neurolib.portable import exprel, portable

SIZE = 121
V_LOW, V_HIGH = -160.0, 160.0
C_LOW, C_HIGH = 0.1, 600.0


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
def compute(ion, z, c_in, c_out, temperature_celsius, outside, E_line, V, efflux, influx):
    """E against the outside concentration; one-way fluxes against V, in units of permeability times 1 mM."""
    charge = valence(ion, z)
    if charge == 0.0:
        return 1.0, math.nan, math.nan, math.nan
    for i in range(2):
        outside[i] = C_LOW if i == 0 else C_HIGH
        E_line[i] = nernst(charge, c_in, outside[i], temperature_celsius)
    for i in range(SIZE):
        V[i] = V_LOW + (V_HIGH - V_LOW) * i / (SIZE - 1)
        u = charge * V[i] / thermal_voltage(temperature_celsius)
        efflux[i] = c_in / exprel(-u)
        influx[i] = c_out / exprel(u)
    E = nernst(charge, c_in, c_out, temperature_celsius)
    return 0.0, E, thermal_voltage(temperature_celsius) / charge * math.log(10.0), c_out / c_in


@portable
def say(ion, z, c_in, c_out, temperature_celsius, E, per_decade, ratio):
    if E > V_HIGH or E < V_LOW:
        return 3
    if math.fabs(E) < 0.05:
        return 2
    return 0 if ratio < 1.0 else 1


def figure():
    drawn, (against_c, against_V) = fig.panels([120, 120], shared=False)
    fig.x_axis(against_c, (_("concentration outside"), "mM"), (C_LOW, C_HIGH), "log")
    fig.y_axis(against_c, (_("Nernst potential E"), "mV"), (V_LOW, V_HIGH), ticks=[-150, -100, -50, 0, 50, 100, 150])
    fig.curve(against_c, "outside", "E_line", "ink")
    fig.point(against_c, "c_out", "E", "accent")
    fig.x_axis(against_V, (_("membrane voltage"), "mV"), (V_LOW, V_HIGH), ticks=[-150, -100, -50, 0, 50, 100, 150])
    fig.y_axis(against_V, (_("one-way flux"), _("relative")), (1e-4, 1e4), "log", ticks=[1e-4, 1e-2, 1, 1e2, 1e4])
    fig.event(against_V, "E", "accent")
    fig.curve(against_V, "V", "efflux", "K", _("out of the cell"))
    fig.curve(against_V, "V", "influx", "Na", _("into the cell"), linestyle=(0, (5, 2)))
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
        "Above: the Nernst potential against the concentration outside; the dot is the present state. Below: the flux "
        "of the ion in each direction against the voltage. The two are equal at E, the dotted line."
    ),
    controls=(
        Choice("ion", _("Ion (sets the charge)"), {"K": "K⁺", "Na": "Na⁺", "Cl": "Cl⁻", "Ca": "Ca²⁺", "own": _("another")}, "K"),
        Slider("z", _("Charge of the other ion"), -3, 3, 1, step=1, only_if=("ion", 4)),
        Slider("c_in", _("Concentration inside"), 1e-4, 600, MAMMAL.K_in, "mM", scale="log"),
        Slider("c_out", _("Concentration outside"), C_LOW, C_HIGH, MAMMAL.K_out, "mM", scale="log"),
        Slider("temperature_celsius", _("Temperature"), 0, 40, 37, "°C", step=0.1),
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
        Readout("ratio", _("outside to inside"), "", 3),
    ),
    figure=figure,
    say=say,
    sentences=(
        _("The ion is more concentrated inside. At {E} mV the electric force on it just undoes diffusion: as many ions enter as leave."),
        _("The ion is more concentrated outside. At {E} mV the electric force on it just undoes diffusion: as many ions leave as enter."),
        _("The concentrations are equal, so there is no diffusion to oppose: the balance is at 0 mV."),
        _("The balance would be at {E} mV, beyond the range of this figure."),
    ),
    faults=(_("A particle without charge feels no voltage: there is no Nernst potential for a charge of 0."),),
    presets=presets(),
)
