"""One ion, two forces: where diffusion and the electric field balance."""

from neurolib.constants import MAMMAL, SQUID_BLOOD, SQUID_SEAWATER
from neurolib.electrochemistry import nernst, thermal_voltage
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Choice, Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.portable import exprel, math, outcome, portable

SIZE = 121
V_LOW, V_HIGH = -160.0, 160.0
C_LOW, C_HIGH = 0.1, 600.0
IONS = ("K", "Na", "Cl", "Ca", "own")
OWN = IONS.index("own")


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
def model(c, y, r):
    """E against the outside concentration; one-way fluxes against V, in units of permeability times 1 mM."""
    charge = valence(c.ion, c.z)
    if charge == 0.0:
        return "no_charge"
    if charge != math.floor(charge):
        return "broken_charge"
    for i in range(2):
        y.outside[i] = C_LOW if i == 0 else C_HIGH
        y.E_line[i] = nernst(charge, c.c_in, y.outside[i], c.temperature_celsius)
    for i in range(SIZE):
        y.V[i] = V_LOW + (V_HIGH - V_LOW) * i / (SIZE - 1)
        u = charge * y.V[i] / thermal_voltage(c.temperature_celsius)
        y.efflux[i] = c.c_in / exprel(-u)
        y.influx[i] = c.c_out / exprel(u)
    u = charge * c.V_m / thermal_voltage(c.temperature_celsius)
    r.E = nernst(charge, c.c_in, c.c_out, c.temperature_celsius)
    r.per_decade = thermal_voltage(c.temperature_celsius) / charge * math.log(10.0)
    r.ratio = c.c_out / c.c_in
    r.drive = c.V_m - r.E
    r.leaving = c.c_in / exprel(-u)
    r.entering = c.c_out / exprel(u)
    r.times = max(r.leaving / r.entering, r.entering / r.leaving)
    r.E_note = r.E + (48.0 if charge * r.E < 60.0 else -48.0)
    r.c_out_note = c.c_out * 0.16 if c.c_out > 2.0 else c.c_out * 1.5
    r.E_side = r.E + 5.0
    return "ok"


@outcome
def say(c, r):
    if r.E > V_HIGH or r.E < V_LOW:
        return "beyond"
    if r.times < 1.005:
        return "equal" if c.c_in == c.c_out else "balance"
    if r.times > 1000.0:
        return "far_out" if r.leaving > r.entering else "far_in"
    return "out" if r.leaving > r.entering else "in"


@outcome
def check(c, r):
    """E at −82 mV, to half a millivolt."""
    r.off = math.fabs(r.E + 82.0)
    return "done" if r.off <= 0.5 else "away"


@outcome
def answer(c, r):
    if r.E > -60.0:
        return "half"
    return "one_doubling" if r.E > -110.0 else "twice"


def figure():
    drawn, (against_c, against_V) = fig.panels([110, 140], shared=False)
    fig.x_axis(against_c, (_("concentration outside"), "mM"), (C_LOW, C_HIGH), "log")
    fig.y_axis(against_c, (_("Nernst potential E"), "mV"), (V_LOW, V_HIGH), ticks=[-100, 0, 100])
    fig.level(against_c, "V_m", "muted", given=True, drag={"y": "V_m"})
    fig.note(against_c, _("V_m"), C_LOW * 1.15, "V_m", "muted", given=True, lift=9)
    fig.curve(against_c, "outside", "E_line", "ink")
    fig.note(against_c, _("E, the balance"), "c_out_note", "E_note", "ink")
    fig.point(against_c, "c_out", "E", "accent", drag={"x": "c_out"})
    fig.guess(against_c, 10)
    fig.x_axis(against_V, (_("membrane voltage"), "mV"), (V_LOW, V_HIGH), ticks=[-100, 0, 100])
    fig.y_axis(against_V, (_("one-way flux"), _("relative")), (0.03, 3e3), "log", ticks=[0.1, 1, 10, 100, 1000])
    fig.event(against_V, "E", "accent")
    fig.note(against_V, _("E"), "E_side", 0.06, "accent")
    fig.event(against_V, "V_m", "muted", linestyle=(0, (4, 3)), given=True, drag={"x": "V_m"})
    fig.curve(against_V, "V", "efflux", "K", _("out of the cell"), at=95)
    fig.curve(against_V, "V", "influx", "Na", _("into the cell"), at=95)
    fig.point(against_V, "V_m", "leaving", "K", markersize=7)
    fig.point(against_V, "V_m", "entering", "Na", markersize=7, marker="s")
    return drawn


def scene():
    """A strip of membrane: ions on both sides (5 mM a dot), those that cross it, the charges at its faces."""
    sides = (("out", "leaving"), ("in", "entering"))
    crossing = [moves.flow(f"{way}_{place}", value, 0.1 / 3) for way, value in sides for place in (1, 2, 3)]
    faces = {"outside_plus": -160, "inside_minus": -160, "outside_minus": 160, "inside_plus": 160}
    charges = [moves.count(part, "V_m", (0, most)) for part, most in faces.items()]
    crowds = [moves.crowd(f"{side}side_ions", f"c_{side}", each=5, most=120) for side in ("out", "in")]
    ion = moves.tint("ions", "ion", ("K", "Na", "Cl", "Ca", "ink")), moves.pick("ion_name", "ion")
    return Scene("nernst.svg", (*crowds, *crossing, *charges, *ion))


def own(ion):
    """The concentrations of an ion in a mammalian neuron."""
    return {"c_in": MAMMAL.inside(ion), "c_out": MAMMAL.outside(ion)}


def presets():
    """Each ion in each of three solutions."""
    solutions = {"sea_water": (SQUID_SEAWATER, 6.3), "blood": (SQUID_BLOOD, 6.3), "mammal": (MAMMAL, 37.0)}
    found = {}
    for name, (ions, temperature_celsius) in solutions.items():
        for ion in ("K", "Na", "Cl", "Ca"):
            inside, outside = ions.inside(ion), ions.outside(ion)
            setting = {"ion": ion, "c_in": inside, "c_out": outside, "temperature_celsius": temperature_celsius}
            found[f"{name}_{ion}"] = setting
    return found


explorer = Explorer(
    chapter="resting-potential/gradients-and-leaks",
    controls=dict(
        ion=Choice(IONS, "K", brings={ion: own(ion) for ion in IONS[:OWN]}),
        z=Slider(-3, 3, 1, step=1, only_if=("ion", OWN)),
        c_in=Slider(1e-4, 600, MAMMAL.K_in, "mM", scale="log"),
        c_out=Slider(C_LOW, C_HIGH, MAMMAL.K_out, "mM", scale="log"),
        temperature_celsius=Slider(0, 40, 37, "°C", step=0.1),
        V_m=Slider(-150, 150, -70, "mV", step=0.5),
    ),
    curves=dict(
        outside=Curve(2, "mM"),
        E_line=Curve(2, "mV"),
        V=Curve(SIZE, "mV"),
        efflux=Curve(SIZE),
        influx=Curve(SIZE),
    ),
    readouts=dict(
        E=Readout("mV"),
        per_decade=Readout("mV"),
        ratio=Readout("", None),
        drive=Readout("mV"),
        leaving=Readout("", 3, shown=False),
        entering=Readout("", 3, shown=False),
        times=Readout("", 2, shown=False),
        E_note=Readout("mV", shown=False),
        c_out_note=Readout("mM", shown=False),
        E_side=Readout("mV", shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    presets=presets(),
    main=("c_out", "V_m"),
    shows=("E", "drive"),
    story={
        "start": {},
        "balance": {"V_m": -89},
        "doubled": {"V_m": -89, "c_out": 10},
        "sodium": {"ion": "Na", **own("Na")},
    },
    scene=scene(),
    challenge=Challenge(check, only=("c_out",), solution={"c_out": 6.5}),
    prediction=Prediction(answer, {"c_out": 10}, Guess("E", near=3)),
)
