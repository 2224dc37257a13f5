"""The living axon of the front page: the axon of :mod:`neurolib.explorers.propagation`, alone, to be touched and warmed."""

from dataclasses import replace

from neurolib.explorer import figure as fig
from neurolib.explorer.language import _
from neurolib.explorers import propagation

CAPTION = _(
    "Six centimetres of squid axon, 476 µm thick, with both ends sealed: the voltage along it at the moment that is drawn."
)
HIDDEN = ("presets", "story", "challenge", "prediction")  # what belongs to a lesson


def figure():
    drawn, (voltage,) = fig.panels([84], tallest=150)
    fig.x_axis(voltage, (_("distance along the axon"), "mm"), (0, propagation.LENGTH), ticks=[0, 10, 20, 30, 40, 50, 60])
    fig.y_axis(voltage, (_("voltage V"), "mV"), (-90, 60), ticks=[-80, -40, 0, 40])
    fig.curve(voltage, "x", "V", "ink", linewidth=2.2)
    return drawn


lessons = {name: {} for name in HIDDEN}
living_axon = replace(
    propagation.explorer,
    figure=figure,
    main=("temperature_celsius",),
    presets={},
    story={},
    challenge=None,
    prediction=None,
    words=replace(propagation.explorer.words, caption=CAPTION, **lessons),
)
