"""Three ions at once: the Goldman-Hodgkin-Katz voltage, and what it is not."""

from neurolib.constants import FARADAY, MAMMAL, SQUID_BLOOD, SQUID_SEAWATER
from neurolib.electrochemistry import chord_voltage, ghk_efflux, ghk_influx, ghk_voltage, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _, translate
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.explorers._doors import (
    IONS,
    circuit,
    circuit_readouts,
    current_and_chord,
    door_readouts,
    open_doors,
    opening,
    put_circuit,
)
from neurolib.portable import math, outcome, portable
from neurolib.potentials import goldman_potential

SIZE = 61
LEAST = 1e-300  # all permeabilities together: times a concentration, less might not be told from zero
LOWEST, HIGHEST = 0.5, 600.0  # mM
V_RANGE = (-115.0, 80.0)  # the same in both panels, so that the line of V_m goes on from one to the other
TICKS = [-100, -50, 0, 50]
BESIDE = 14.0  # mV between a line and its name
PER_FLUX = 0.06 / FARADAY  # dots a second of the scene
P_ALL, MOST = 1e-6, 2.0  # cm/s: what the permeabilities add up to in the scene; µA/cm²: its longest arrow
V_START = goldman_potential(MAMMAL, 1.0, 0.04, 0.45, 37.0)


@portable
def voltage(c, P_K, P_Na, P_Cl, K_out):
    """V_m, mV, at these permeabilities and with K_out mM of potassium outside."""
    return ghk_voltage(P_K, P_Na, P_Cl, c.K_in, K_out, c.Na_in, c.Na_out, c.Cl_in, c.Cl_out, c.temperature_celsius)


@portable
def put_scene(c, r):
    """The doors, the flows both ways through each, and the circuit of chord conductances, whose average is V_m."""
    T = c.temperature_celsius
    V = r.V_m
    largest, unit = max(c.P_K, c.P_Na, c.P_Cl), P_ALL / (c.P_K + c.P_Na + c.P_Cl)
    r.door_K = opening(c.P_K, largest)
    r.door_Na = opening(c.P_Na, largest)
    r.door_Cl = opening(c.P_Cl, largest)
    r.leaving_K = math.fabs(ghk_efflux(c.P_K, 1.0, V, c.K_in, T))
    r.entering_K = math.fabs(ghk_influx(c.P_K, 1.0, V, c.K_out, T))
    r.leaving_Na = math.fabs(ghk_efflux(c.P_Na, 1.0, V, c.Na_in, T))
    r.entering_Na = math.fabs(ghk_influx(c.P_Na, 1.0, V, c.Na_out, T))
    r.leaving_Cl = math.fabs(ghk_efflux(c.P_Cl, -1.0, V, c.Cl_in, T))
    r.entering_Cl = math.fabs(ghk_influx(c.P_Cl, -1.0, V, c.Cl_out, T))
    r.I_K, r.g_K = current_and_chord(c.P_K * unit, 1.0, V, r.E_K, c.K_in, c.K_out, T)
    r.I_Na, r.g_Na = current_and_chord(c.P_Na * unit, 1.0, V, r.E_Na, c.Na_in, c.Na_out, T)
    r.I_Cl, r.g_Cl = current_and_chord(c.P_Cl * unit, -1.0, V, r.E_Cl, c.Cl_in, c.Cl_out, T)
    put_circuit(r, MOST)


@portable
def model(c, y, r):
    """V_m, the three Nernst potentials, V_m without each permeability, and V_m against the potassium outside."""
    if c.P_K + c.P_Na + c.P_Cl < LEAST:
        return "no_permeability"
    T = c.temperature_celsius
    r.E_K = nernst(1.0, c.K_in, c.K_out, T)
    r.E_Na = nernst(1.0, c.Na_in, c.Na_out, T)
    r.E_Cl = nernst(-1.0, c.Cl_in, c.Cl_out, T)
    r.V_m = voltage(c, c.P_K, c.P_Na, c.P_Cl, c.K_out)
    r.average = chord_voltage(c.P_K, r.E_K, c.P_Na, r.E_Na, c.P_Cl, r.E_Cl)
    r.no_K = voltage(c, 0.0, c.P_Na, c.P_Cl, c.K_out)
    r.no_Na = voltage(c, c.P_K, 0.0, c.P_Cl, c.K_out)
    r.no_Cl = voltage(c, c.P_K, c.P_Na, 0.0, c.K_out)
    side = 1.0 if r.V_m >= r.average else -1.0  # V_m and the average are named on the sides that face away
    r.V_note = r.V_m + side * BESIDE
    r.average_note = r.average - side * BESIDE
    for i in range(SIZE):
        y.outside[i] = LOWEST * math.pow(HIGHEST / LOWEST, i / (SIZE - 1))
        y.E_K_line[i] = nernst(1.0, c.K_in, y.outside[i], T)
        y.V_line[i] = voltage(c, c.P_K, c.P_Na, c.P_Cl, y.outside[i])
    put_scene(c, r)
    return "ok"


@outcome
def say(c, r):
    to_K = math.fabs(r.V_m - r.E_K) if c.P_K > 0.0 else math.inf  # an ion that cannot cross is not near
    to_Na = math.fabs(r.V_m - r.E_Na) if c.P_Na > 0.0 else math.inf
    to_Cl = math.fabs(r.V_m - r.E_Cl) if c.P_Cl > 0.0 else math.inf
    if math.isnan(r.no_K) or math.isnan(r.no_Na) or math.isnan(r.no_Cl):
        return "one_ion"
    if min(math.fabs(r.V_m - r.E_K), math.fabs(r.V_m - r.E_Na), math.fabs(r.V_m - r.E_Cl)) < min(to_K, to_Na, to_Cl):
        return "near_idle"
    if to_K <= to_Na and to_K <= to_Cl:
        return "near_potassium"
    return "near_sodium" if to_Na <= to_Cl else "near_chloride"


@outcome
def check(c, r):
    """V_m at −75 mV, to 0.5 mV; then the ratio of the permeabilities is told."""
    r.off = math.fabs(r.V_m + 75.0)
    if r.off > 0.5:
        return "away"
    r.off = c.P_K / c.P_Na
    return "done"


@outcome
def answer(c, r):
    shift = r.V_m - V_START
    if math.fabs(shift) < 2.0:
        return "hardly"
    return "to_potassium" if shift < 0.0 else "to_zero"


def figure():
    drawn, (ladder, against_K) = fig.panels([112, 94], shared=False)
    ions = [("K", _("K⁺")), ("Cl", _("Cl⁻")), ("Na", _("Na⁺"))]
    fig.x_categories(ladder, [text for _ion, text in ions] + [""] + [text for _ion, text in ions])
    fig.y_axis(ladder, (_("voltage"), "mV"), V_RANGE, ticks=TICKS)
    for place, label in enumerate(ladder.get_xticklabels()):
        label.set_color(fig.COLOURS[ions[place % 4][0] if place != 3 else "ink"])
    fig.given(group(ladder, _("Nernst potentials"), 1))
    group(ladder, _("V_m without"), 5)
    fig.level(ladder, "V_m", "ink", linestyle="-", linewidth=2.4)
    for place, (ion, _text) in enumerate(ions):
        fig.rung(ladder, place, f"E_{ion}", ion, 0.7, linewidth=4.5, given=True)
        fig.rung(ladder, place + 4, f"no_{ion}", ion, 0.7, linewidth=4.5, alpha=0.45)
    fig.rung(ladder, 3, "average", "muted", 0.7)
    fig.note(ladder, _("V_m"), 3, "V_note", ha="center")
    fig.note(ladder, _("average"), 3, "average_note", "muted", ha="center")
    fig.guess(ladder, 3)
    fig.x_axis(against_K, (_("potassium outside"), "mM"), (LOWEST, HIGHEST), "log", ticks=[1, 10, 100])
    fig.y_axis(against_K, (_("voltage"), "mV"), V_RANGE, ticks=TICKS)
    fig.curve(against_K, "outside", "E_K_line", "K", linewidth=1.6, given=True)
    fig.tag(against_K, _("E_K"), "outside", "E_K_line", 4, "K", above=False, ha="left", given=True)
    fig.curve(against_K, "outside", "V_line", "ink", _("V_m"), at=1.2, linewidth=2.4)
    fig.point(against_K, "K_out", "V_m", "accent", drag={"x": "K_out"})
    return drawn


def group(ax, text, place):
    """What the ions of a group stand for, below their names."""
    return ax.annotate(translate(text), (place, 0), (0, -20), ("data", "axes fraction"), "offset points", ha="center", va="top")


def scene():
    """Doors for the three ions, which cross both ways; beside them the circuit: conductances, batteries, currents."""
    ways = (("out", "leaving"), ("in", "entering"))
    crossing = [moves.flow(f"{ion}_{way}", f"{value}_{ion}", PER_FLUX) for ion in IONS for way, value in ways]
    return Scene("doors.svg", (*open_doors(), *crossing, *circuit(MOST, [f"E_{ion}" for ion in IONS])))


def preset(ions, temperature_celsius, P_K, P_Na, P_Cl):
    names = [f"{ion}_{side}" for ion in ("K", "Na", "Cl") for side in ("in", "out")]
    concentrations = {name: getattr(ions, name) for name in names}
    return concentrations | {"temperature_celsius": temperature_celsius, "P_K": P_K, "P_Na": P_Na, "P_Cl": P_Cl}


def permeability(default):
    return Slider(0, 100, default, scale="log", smallest=0.001, positions=201)


def concentration(default):
    return Slider(LOWEST, HIGHEST, default, "mM", scale="log")


explorer = Explorer(
    chapter="resting-potential/goldman",
    controls=dict(
        P_K=permeability(1.0),
        P_Na=permeability(0.04),
        P_Cl=permeability(0.45),
        K_in=concentration(MAMMAL.K_in),
        K_out=concentration(MAMMAL.K_out),
        Na_in=concentration(MAMMAL.Na_in),
        Na_out=concentration(MAMMAL.Na_out),
        Cl_in=concentration(MAMMAL.Cl_in),
        Cl_out=concentration(MAMMAL.Cl_out),
        temperature_celsius=Slider(0, 40, 37, "°C", step=0.1),
    ),
    curves=dict(
        outside=Curve(SIZE, "mM"),
        V_line=Curve(SIZE, "mV"),
        E_K_line=Curve(SIZE, "mV"),
    ),
    readouts=dict(
        V_m=Readout("mV"),
        E_K=Readout("mV"),
        E_Na=Readout("mV"),
        E_Cl=Readout("mV"),
        average=Readout("mV"),
        no_K=Readout("mV", optional=True),
        no_Na=Readout("mV", optional=True),
        no_Cl=Readout("mV", optional=True),
        V_note=Readout("mV", shown=False),
        average_note=Readout("mV", shown=False),
        **door_readouts(),
        **circuit_readouts(),
        **{f"{way}_{ion}": Readout(shown=False) for ion in IONS for way in ("leaving", "entering")},
    ),
    compute=model,
    say=say,
    figure=figure,
    presets={
        "mammal": preset(MAMMAL, 37, 1, 0.04, 0.45),
        "blood": preset(SQUID_BLOOD, 20, 1, 0.04, 0.45),
        "sea_water": preset(SQUID_SEAWATER, 18.5, 1, 0.04, 0.45),
        "blood_peak": preset(SQUID_BLOOD, 20, 1, 20, 0.45),
        "blood_after": preset(SQUID_BLOOD, 20, 1.8, 0, 0.45),
    },
    scene=scene(),
    main=("P_Na", "K_out"),
    shows=("V_m", "E_K", "E_Na"),
    story={"rest": {}, "no_sodium": {"P_Na": 0}, "peak": {"P_Na": 20}, "potassium": {"K_out": 50}},
    challenge=Challenge(check, only=("P_Na",), solution={"P_Na": 0.0135}),
    prediction=Prediction(answer, {"P_Na": 0}, Guess("V_m", near=2)),
)
