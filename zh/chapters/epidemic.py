"""流行病的传播：易感者和病人。"""

from neurolib.explorer import figure as fig
from neurolib.explorer.controls import Slider
from neurolib.explorer.declaration import Explorer
from neurolib.explorer.parts import Curve, Prediction, Readout
from neurolib.portable import outcome, portable

DAYS, STEPS, FIRST = 181, 10, 1e-4  # 曲线的点数，每天一点；一天的步数；第 0 天患病的比例


@portable
def model(c, y, r):
    """dS/dt = -R_0 S I / D, dI/dt = (R_0 S - 1) I / D: 均为占人群的比例；D 的单位是天。用中点法。"""
    S, I, h = 1.0 - c.immune / 100.0 - FIRST, FIRST, 1.0 / STEPS
    r.peak = 0.0
    for day in range(DAYS):
        y.t[day] = day
        y.S[day] = 100.0 * S
        y.I[day] = 100.0 * I
        if y.I[day] > r.peak:
            r.peak = y.I[day]
            r.day = day
        for _step in range(STEPS):
            half_S = S - 0.5 * h * c.R_0 * S * I / c.D
            half_I = I + 0.5 * h * (c.R_0 * S - 1.0) * I / c.D
            caught, over = h * c.R_0 * half_S * half_I / c.D, h * half_I / c.D
            S, I = S - caught, I + caught - over
    r.caught = 100.0 - c.immune - 100.0 * S
    return "ok"


@outcome
def say(c, r):
    return "spreads" if r.day > 0 else "dies"


def figure():
    drawn, (panel,) = fig.panels([150])
    fig.x_axis(panel, ("时间", "天"), (0, 180))
    fig.y_axis(panel, ("占人群的比例", "%"), (0, 100))
    fig.curve(panel, "t", "S", "K", label="易感者", at=20)
    fig.curve(panel, "t", "I", "accent", label="病人", at=60)
    return drawn


explorer = Explorer(
    chapter="your-subject", compute=model, say=say, figure=figure,
    main=("R_0", "immune"),
    controls=dict(R_0=Slider(0.5, 6, 2.5, step=0.1), D=Slider(2, 20, 7, "天"), immune=Slider(0, 90, 0, "%", step=1)),
    curves=dict(t=Curve(DAYS, "天"), S=Curve(DAYS, "%"), I=Curve(DAYS, "%")),
    prediction=Prediction(answer=say, setting={"immune": 60}),
    readouts=dict(peak=Readout("%"), day=Readout("天", 0), caught=Readout("%")),
)
