"""How few ions make a voltage: a membrane that only potassium crosses charges from 0 mV to E_K."""

import math

from neurolib.constants import FARADAY, MAMMAL
from neurolib.electrochemistry import ghk_current, ghk_efflux, ghk_influx, nernst
from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Challenge, Curve, Explorer, Prediction, Readout
from neurolib.explorer.language import _
from neurolib.homeostasis import AVOGADRO
from neurolib.portable import portable

SIZE, T_END, STEPS = 201, 100.0, 12  # 12 steps of 0.04 ms between samples: V to 1e-3 mV at the quickest setting
DIAMETERS = 2  # the share is a straight line on logarithmic axes
D_LOW, D_HIGH = 1.0, 1000.0
PER_FLUX = AVOGADRO / FARADAY * 1e-17  # ions per ms and µm² for each µA/cm²


@portable
def slope(V, P, C_m, diameter, K_in, K_out, T):
    """dV/dt in mV/ms; what has left the cell is missing inside."""
    K = K_in + left_behind(V, C_m, diameter)
    return -ghk_current(P, 1.0, V, K, K_out, T) / C_m


@portable
def left_behind(V, C_m, diameter):
    """Change of the potassium inside a sphere, mM, that charges its membrane to V mV."""
    return 6e4 / diameter * C_m * V * 1e-3 / FARADAY


@portable
def compute(P_K, C_m, diameter, K_in, K_out, temperature_celsius, t, V, efflux, influx, sizes, shares):
    """Runge-Kutta from V = 0; ions and share from the charge on the membrane at the end."""
    P = P_K * 1e-7
    T = temperature_celsius
    h = T_END / (SIZE - 1) / STEPS
    v = 0.0
    E_K = nernst(1.0, K_in, K_out, T)
    t_63 = math.nan
    level = (1.0 - math.exp(-1.0)) * E_K
    for i in range(SIZE):
        t[i] = T_END * i / (SIZE - 1)
        V[i] = v
        K = K_in + left_behind(v, C_m, diameter)
        efflux[i] = ghk_efflux(P, 1.0, v, K, T) * PER_FLUX
        influx[i] = ghk_influx(P, 1.0, v, K_out, T) * PER_FLUX
        for j in range(STEPS):
            k1 = slope(v, P, C_m, diameter, K_in, K_out, T)
            k2 = slope(v + 0.5 * h * k1, P, C_m, diameter, K_in, K_out, T)
            k3 = slope(v + 0.5 * h * k2, P, C_m, diameter, K_in, K_out, T)
            k4 = slope(v + h * k3, P, C_m, diameter, K_in, K_out, T)
            v_new = v + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
            if math.isnan(t_63) and math.fabs(v_new) >= math.fabs(level) and E_K != 0.0:
                t_63 = t[i] + h * (j + (level - v) / (v_new - v))
            v = v_new
    V_end = V[SIZE - 1]
    area = math.pi * diameter * diameter * 1e-8
    ions = math.fabs(area * C_m * V_end * 1e-9 / FARADAY * AVOGADRO)
    change = left_behind(V_end, C_m, diameter)
    for i in range(DIAMETERS):
        sizes[i] = D_LOW * math.pow(D_HIGH / D_LOW, i / (DIAMETERS - 1))
        shares[i] = math.fabs(left_behind(V_end, C_m, sizes[i])) / K_in * 1e5
    return 0.0, V_end, E_K, t_63, ions * 1e-6, math.fabs(change) / K_in * 1e5, change


@portable
def say(P_K, C_m, diameter, K_in, K_out, temperature_celsius, V_end, E_K, t_63, ions, share, change):
    if P_K == 0.0:
        return 2
    if K_in == K_out:
        return 3
    if math.fabs(V_end - E_K) > 0.5:
        return 1
    return 0 if E_K < 0.0 else 4


@portable
def check(changed, P_K, C_m, diameter, K_in, K_out, temperature_celsius, V_end, E_K, t_63, ions, share, change):
    """A tenth of the time, the same E_K."""
    moved = math.fabs(E_K - E_START)
    if moved > 0.5:
        return 2.0, moved
    if t_63 <= 1.0:
        return 0.0, t_63
    return 1.0, t_63


@portable
def answer(P_K, C_m, diameter, K_in, K_out, temperature_celsius, V_end, E_K, t_63, ions, share, change):
    if share < 1.0:
        return 0
    return 1 if share < 4.0 else 2


E_START = nernst(1.0, MAMMAL.K_in, MAMMAL.K_out, 37.0)


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
    name="charging",
    title=_("How few ions make a voltage"),
    chapter="resting-potential/gradients-and-leaks",
    caption=_(
        "A round cell in which channels for potassium alone open at time 0. Above: the voltage, from 0 mV towards "
        "E_K (dashed). "
        "Middle: potassium ions that cross each µm² of membrane in each direction. Below: the share of the cell's "
        "potassium "
        "that has left after 100 ms, against the size of the cell; the dot is this cell."
    ),
    controls=(
        Slider("P_K", _("Permeability P_K"), 0, 100, 10, "nm/s", scale="log", smallest=0.1, positions=181),
        Slider("C_m", _("Capacitance C_m"), 0.5, 4, 1, "µF/cm²", step=0.1),
        Slider("diameter", _("Diameter of the cell"), D_LOW, D_HIGH, 20, "µm", scale="log"),
        Slider("K_in", _("Potassium inside"), 50, 400, MAMMAL.K_in, "mM", scale="log"),
        Slider("K_out", _("Potassium outside"), 1, 150, MAMMAL.K_out, "mM", scale="log"),
        Slider("temperature_celsius", _("Temperature"), 0, 40, 37, "°C", step=0.1),
    ),
    compute=compute,
    curves=(
        Curve("t", SIZE, "ms", _("time after the channels open")),
        Curve("V", SIZE, "mV", _("voltage")),
        Curve("efflux", SIZE, "1/(ms µm²)", _("potassium ions leaving")),
        Curve("influx", SIZE, "1/(ms µm²)", _("potassium ions entering")),
        Curve("sizes", DIAMETERS, "µm", _("diameter of the cell")),
        Curve("shares", DIAMETERS, "1e-5", _("share of the potassium that has left")),
    ),
    readouts=(
        Readout("V_end", _("V after 100 ms"), "mV", 1),
        Readout("E_K", _("E_K"), "mV", 1),
        Readout("t_63", _("63 % of the way to E_K at"), "ms", 2, optional=True),
        Readout("ions", _("ions moved"), _("million"), None),
        Readout("share", _("of every 100,000 K⁺"), "", None),
        Readout("change", _("change of potassium inside"), "mM", None),
    ),
    figure=figure,
    say=say,
    sentences=(
        _(
            "After 100 ms V is {V_end} mV. {ions:s} million K⁺ have left, {share:s} of every 100,000 in the cell; "
            "almost as many now enter as leave."
        ),
        _(
            "After 100 ms V is {V_end} mV and still on its way to E_K at {E_K} mV. So far {ions:s} million K⁺ "
            "have crossed."
        ),
        _(
            "The gradient is there, yet nothing can cross: V stays at 0 mV. A gradient without permeability makes "
            "no voltage."
        ),
        _(
            "Potassium is as concentrated outside as inside. Ions cross both ways in equal numbers, and V stays "
            "at 0 mV."
        ),
        _("Potassium is more concentrated outside and runs in: after 100 ms V is {V_end} mV, by {ions:s} million K⁺."),
    ),
    challenge=Challenge(
        goal=_("Let V come 63 % of its way within 1 ms, and leave E_K where it is."),
        check=check,
        verdicts=(
            _(
                "Done: {off:2} ms, and E_K is still {E_K} mV. Permeability and capacitance set how fast V gets "
                "there, not where."
            ),
            _("E_K has not moved, but V does not come so far within 1 ms."),
            _("E_K has moved by {off} mV. Leave concentrations and temperature alone."),
        ),
    ),
    prediction=Prediction(
        question=_(
            "A cell of 20 µm loses 2 of every 100,000 K⁺ to charge its membrane to −89 mV. How many does a cell "
            "of 2 µm lose?"
        ),
        setting={"diameter": 2},
        options=(_("0.2 of every 100,000."), _("Again 2 of every 100,000."), _("20 of every 100,000.")),
        answer=answer,
        reasons=(
            "",
            "",
            _(
                "The ions that move go with the membrane's area, those in the cell with its volume: at a tenth of "
                "the diameter the share is ten times larger, {share} of every 100,000."
            ),
        ),
    ),
)
