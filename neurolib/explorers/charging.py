"""How few ions make a voltage: a membrane that only potassium crosses charges from 0 mV to E_K."""

from neurolib.constants import FARADAY, MAMMAL
from neurolib.electrochemistry import ghk_current, ghk_efflux, ghk_influx, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer import moves
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Guess, Prediction, Readout
from neurolib.explorer.scene import Scene
from neurolib.homeostasis import AVOGADRO
from neurolib.portable import math, outcome, portable

SIZE, T_END, STEPS = 201, 100.0, 12  # 12 steps of 0.04 ms between samples: V to 1e-3 mV at the quickest setting
T_NAMES = 20.0  # ms, where the fluxes are named
DIAMETERS = 2  # the share is a straight line on logarithmic axes
D_LOW, D_HIGH = 1.0, 1000.0
SIGNS, PER_SIGN = 28, 800.0  # in the scene: signs on a face, and how many charges of a µm² each stands for
PER_FLUX = AVOGADRO / FARADAY * 1e-17  # ions per ms and µm² for each µA/cm², and on a µm² for each µF/cm² and mV
PER_PERMEABILITY = 1e-7  # cm/s for each nm/s
E_START = nernst(1.0, MAMMAL.K_in, MAMMAL.K_out, 37.0)


@portable
def left_behind(V, C_m, diameter):
    """Change of the potassium inside a sphere, mM, that charges its membrane to V mV."""
    return 6e4 / diameter * C_m * V * 1e-3 / FARADAY


@portable
def slope(c, V):
    """dV/dt in mV/ms; what has left the cell is missing inside."""
    K = c.K_in + left_behind(V, c.C_m, c.diameter)
    return -ghk_current(c.P_K * PER_PERMEABILITY, 1.0, V, K, c.K_out, c.temperature_celsius) / c.C_m


@portable
def runge_kutta(c, V, h):
    """V after one step of h ms, fourth order."""
    first = slope(c, V)
    second = slope(c, V + 0.5 * h * first)
    third = slope(c, V + 0.5 * h * second)
    fourth = slope(c, V + h * third)
    return V + h / 6.0 * (first + 2.0 * second + 2.0 * third + fourth)


@portable
def model(c, y, r):
    """V and one-way fluxes from V = 0 on; ions and share from the charge on the membrane at the end."""
    P = c.P_K * PER_PERMEABILITY
    T = c.temperature_celsius
    h = T_END / (SIZE - 1) / STEPS
    V = 0.0
    E_K = nernst(1.0, c.K_in, c.K_out, T)
    t_63 = math.nan
    level = (1.0 - math.exp(-1.0)) * E_K
    for i in range(SIZE):
        y.t[i] = T_END * i / (SIZE - 1)
        y.V[i] = V
        y.charge[i] = c.C_m * V * PER_FLUX
        K = c.K_in + left_behind(V, c.C_m, c.diameter)
        y.efflux[i] = ghk_efflux(P, 1.0, V, K, T) * PER_FLUX
        y.influx[i] = ghk_influx(P, 1.0, V, c.K_out, T) * PER_FLUX
        for j in range(STEPS):
            V_new = runge_kutta(c, V, h)
            if math.isnan(t_63) and math.fabs(V_new) >= math.fabs(level) and E_K != 0.0:
                t_63 = y.t[i] + h * (j + (level - V) / (V_new - V))
            V = V_new
    V_end = y.V[SIZE - 1]
    for i in range(DIAMETERS):
        y.sizes[i] = D_LOW * math.pow(D_HIGH / D_LOW, i / (DIAMETERS - 1))
        y.shares[i] = math.fabs(left_behind(V_end, c.C_m, y.sizes[i])) / c.K_in * 1e5
    r.V_63 = level
    r.t_note = t_63 + 2.5
    r.V_note = level * 0.8
    r.E_K_note = E_K + (14.0 if E_K < -110.0 else -14.0)
    named = int(T_NAMES / T_END * (SIZE - 1))
    r.out_note = y.efflux[named] * 3.0 if P > 0.0 else math.nan
    r.in_note = y.influx[named] / 3.0 if P > 0.0 else math.nan
    area = math.pi * c.diameter * c.diameter * 1e-8
    r.V_end = V_end
    r.E_K = E_K
    r.t_63 = t_63
    r.ions = math.fabs(area * c.C_m * V_end * 1e-9 / FARADAY * AVOGADRO) * 1e-6
    r.change = left_behind(V_end, c.C_m, c.diameter)
    r.share = math.fabs(r.change) / c.K_in * 1e5
    r.decades = math.log(c.diameter / D_LOW) / math.log(10.0)
    r.d_note = c.diameter * 1.25 if c.diameter < 250.0 else c.diameter * 0.25
    r.share_note = r.share * 2.2
    return "ok"


@outcome
def say(c, r):
    if c.P_K == 0.0:
        return "nothing" if c.K_in == c.K_out else "no_permeability"
    if c.K_in == c.K_out:
        return "no_gradient"
    if math.fabs(r.V_end - r.E_K) > 0.5:
        return "on_its_way"
    return "charged" if r.E_K < 0.0 else "inwards"


@outcome
def check(c, r):
    """One of every 100,000, to 0.05, and 63% after 20 ms, to 0.5 ms, with the same E_K."""
    r.off = math.fabs(r.E_K - E_START)
    if r.off > 0.5:
        return "moved"
    r.off = r.share
    if math.fabs(r.share - 1.0) > 0.05:
        return "too_many" if r.share > 1.0 else "too_few"
    if math.isnan(r.t_63) or r.t_63 > 20.5:
        return "late"
    if r.t_63 >= 19.5:
        return "done"
    r.off = r.t_63
    return "early"


@outcome
def answer(c, r):
    if r.share < 1.0:
        return "fewer"
    return "same" if r.share < 4.0 else "more"


def figure():
    drawn, (voltage, flux, share) = fig.panels([62, 44, 46], shared=False, columns=((0, 1), (2,)))
    fig.one_x_axis(voltage, flux)
    fig.x_axis(flux, (_("time after the channels open"), "ms"), (0, T_END), ticks=[0, 25, 50, 75, 100])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-135, 15), ticks=[-100, -50, 0])
    fig.level(voltage, "E_K", "K", given=True)
    fig.note(voltage, _("E_K"), T_END, "E_K_note", "K", ha="right", given=True)
    fig.curve(voltage, "t", "V", "ink", linewidth=2.4, given=True)
    fig.point(voltage, "t_63", "V_63", "ink", markersize=6, given=True)
    fig.note(voltage, _("63% of the way"), "t_note", "V_note", "ink", given=True)
    fig.y_axis(flux, (_("K⁺ crossing"), _("per ms and µm²")), (3, 2e4), "log", ticks=[10, 100, 1e3])
    fig.curve(flux, "t", "efflux", "K", linewidth=2.4, given=True)
    fig.note(flux, _("out"), T_NAMES, "out_note", "K", given=True)
    fig.curve(flux, "t", "influx", "K", linewidth=1.4, given=True)
    fig.note(flux, _("in"), T_NAMES, "in_note", "K", given=True)
    fig.x_axis(share, (_("diameter of the cell"), "µm"), (D_LOW, D_HIGH), "log")
    fig.y_axis(share, (_("share of the cell's K⁺"), _("per 100,000")), (0.02, 200), "log", ticks=[0.1, 1, 10, 100])
    fig.curve(share, "sizes", "shares", "K", linewidth=2.4)
    fig.point(share, "diameter", "share", "accent", drag={"x": "diameter"})
    fig.note(share, _("this cell"), "d_note", "share_note", "accent")
    fig.guess(share, 2)
    return drawn


def scene():
    """The cell, larger by equal steps for equal ratios, and a piece of its membrane: ions that cross, charges at its faces."""
    sides = (("out", "efflux"), ("in", "influx"))
    crossing = [moves.flow(f"{way}_{place}", value, 1 / 600) for way, value in sides for place in (1, 2)]
    faces = (("outside_plus", -1), ("inside_minus", -1), ("outside_minus", 1), ("inside_plus", 1))
    charges = [moves.count(part, "charge", (0, sign * SIGNS * PER_SIGN)) for part, sign in faces]
    crowds = [moves.crowd(f"{side}side_ions", f"K_{side}", each=5, most=80) for side in ("out", "in")]
    cell = moves.scale("cell", "decades", (0, 3), (0.2, 1)), moves.write("diameter", "diameter", 0)
    return Scene("charging.svg", (*crossing, *charges, *crowds, *cell), at=0.0)


explorer = Explorer(
    chapter="resting-potential/gradients-and-leaks",
    controls=dict(
        P_K=Slider(0, 100, 10, "nm/s", scale="log", smallest=0.1, positions=181),
        C_m=Slider(0.5, 4, 1, "µF/cm²", step=0.1),
        diameter=Slider(D_LOW, D_HIGH, 20, "µm", scale="log"),
        K_in=Slider(50, 400, MAMMAL.K_in, "mM", scale="log"),
        K_out=Slider(1, 150, MAMMAL.K_out, "mM", scale="log"),
        temperature_celsius=Slider(0, 40, 37, "°C", step=0.1),
    ),
    curves=dict(
        t=Curve(SIZE, "ms"),
        V=Curve(SIZE, "mV"),
        efflux=Curve(SIZE, "1/(ms µm²)"),
        influx=Curve(SIZE, "1/(ms µm²)"),
        charge=Curve(SIZE, "1/µm²"),
        sizes=Curve(DIAMETERS, "µm"),
        shares=Curve(DIAMETERS, "1e-5"),
    ),
    readouts=dict(
        V_end=Readout("mV"),
        E_K=Readout("mV"),
        t_63=Readout("ms", 2, optional=True),
        ions=Readout(_("million"), None),
        share=Readout("", None),
        change=Readout("mM", None),
        V_63=Readout("mV", shown=False),
        t_note=Readout("ms", shown=False, optional=True),
        V_note=Readout("mV", shown=False),
        E_K_note=Readout("mV", shown=False),
        out_note=Readout("1/(ms µm²)", None, shown=False, optional=True),
        in_note=Readout("1/(ms µm²)", None, shown=False, optional=True),
        decades=Readout(shown=False),
        d_note=Readout("µm", shown=False),
        share_note=Readout("", None, shown=False),
    ),
    compute=model,
    say=say,
    figure=figure,
    scene=scene(),
    time="t",
    main=("P_K", "diameter"),
    shows=("V_end", "ions", "share"),
    story={"start": {}, "quick": {"P_K": 100}, "shut": {"P_K": 0}, "small": {"diameter": 2}},
    challenge=Challenge(check, solution={"P_K": 4.7, "diameter": 39.5}),
    prediction=Prediction(answer, {"diameter": 2}, Guess("share", near=4)),
)
