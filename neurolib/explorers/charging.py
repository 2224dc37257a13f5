"""How few ions make a voltage: a membrane that only potassium crosses charges from 0 mV to E_K."""

import math

from neurolib.constants import FARADAY, MAMMAL
from neurolib.electrochemistry import ghk_current, ghk_efflux, ghk_influx, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.language import _
from neurolib.explorer.parts import Challenge, Curve, Prediction, Readout
from neurolib.homeostasis import AVOGADRO
from neurolib.portable import outcome, portable

SIZE, T_END, STEPS = 201, 100.0, 12  # 12 steps of 0.04 ms between samples: V to 1e-3 mV at the quickest setting
DIAMETERS = 2  # the share is a straight line on logarithmic axes
D_LOW, D_HIGH = 1.0, 1000.0
PER_FLUX = AVOGADRO / FARADAY * 1e-17  # ions per ms and µm² for each µA/cm²
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
    area = math.pi * c.diameter * c.diameter * 1e-8
    r.V_end = V_end
    r.E_K = E_K
    r.t_63 = t_63
    r.ions = math.fabs(area * c.C_m * V_end * 1e-9 / FARADAY * AVOGADRO) * 1e-6
    r.change = left_behind(V_end, c.C_m, c.diameter)
    r.share = math.fabs(r.change) / c.K_in * 1e5
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
    """A tenth of the time, the same E_K."""
    r.off = math.fabs(r.E_K - E_START)
    if r.off > 0.5:
        return "moved"
    r.off = r.t_63
    return "done" if r.t_63 <= 1.0 else "slow"


@outcome
def answer(c, r):
    if r.share < 1.0:
        return "fewer"
    return "same" if r.share < 4.0 else "more"


def figure():
    drawn, (voltage, flux, share) = fig.panels([105, 75, 60], shared=False)
    ticks = [0, 20, 40, 60, 80, 100]
    fig.x_axis(voltage, (_("time after the channels open"), "ms"), (0, T_END), ticks=ticks)
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-165, 40), ticks=[-150, -100, -50, 0])
    fig.level(voltage, "E_K", "K", "E_K")
    fig.curve(voltage, "t", "V", "ink", "V")
    fig.legend(voltage)
    fig.x_axis(flux, (_("time after the channels open"), "ms"), (0, T_END), ticks=ticks)
    fig.y_axis(flux, (_("K⁺ crossing"), _("per ms and µm²")), (1, 2e4), "log", ticks=[1, 10, 100, 1e3])
    fig.curve(flux, "t", "efflux", "K", _("out"))
    fig.curve(flux, "t", "influx", "stimulus", _("in"), linestyle=(0, (5, 2)))
    fig.legend(flux)
    fig.x_axis(share, (_("diameter of the cell"), "µm"), (D_LOW, D_HIGH), "log")
    fig.y_axis(share, (_("share of the cell's K⁺"), _("per 100,000")), (3e-3, 1e3), "log", ticks=[0.01, 1, 100])
    fig.curve(share, "sizes", "shares", "K")
    fig.point(share, "diameter", "share", "accent")
    return drawn


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
    ),
    compute=model,
    say=say,
    figure=figure,
    challenge=Challenge(check),
    prediction=Prediction(answer, {"diameter": 2}),
)
