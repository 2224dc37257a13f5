"""An explorer in a notebook: ipywidgets controls and a figure that the page script draws from the kernel's arrays."""

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets

from neurolib.explorer.declaration import OK
from neurolib.explorer.drawing import draw
from neurolib.explorer.language import quantity, translate
from neurolib.explorer.typography import fill, plain, symbols_html
from neurolib.show.script import STYLE, live_script
from neurolib.show.static import LIVE_TEXT, TEXT, grouped, pair, preset_numbers, readout_text, translated
from neurolib.show.still import bundle

WIDTH = widgets.Layout(width="24em")


def under(label, *parts):
    """Widgets in a row under their label: beside it, a long label would be cut or leave them no room."""
    return widgets.VBox([widgets.Label(label), widgets.HBox(parts)])


class LiveFigure(anywidget.AnyWidget):
    """The figure of an explorer: SVG drawn once, moved by arrays."""

    _esm = live_script()
    _css = STYLE.read_text(encoding="utf-8") + ".explorer-still { display: none; }\n"  # it is drawn: no picture is needed
    svg = traitlets.Unicode().tag(sync=True)
    drawing = traitlets.Dict().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)


class Box(widgets.HBox):
    """The whole widget, and a picture in its place wherever widgets are not known."""

    picture = {}

    def _repr_mimebundle_(self, **options):
        return super()._repr_mimebundle_(**options) | self.picture


class SliderAndNumber:
    """A handle and a typed number for one control, with the same positions as in the page."""

    def __init__(self, control, value):
        description = plain(quantity(control.label, control.unit))
        self.handle = widgets.IntSlider(control.position(value), 0, control.positions, readout=False, layout=WIDTH)
        self.number = widgets.BoundedFloatText(
            value, min=control.min, max=control.max, layout=widgets.Layout(width="6em")
        )
        self.widget = under(description, self.handle, self.number)
        self.control = control
        self.handle.observe(self.slide, "value")
        self.number.observe(self.type, "value")

    def slide(self, change):
        if self.control.position(self.number.value) != change["new"]:
            self.number.value = self.control.at(change["new"])

    def type(self, change):
        self.handle.value = self.control.position(change["new"])

    value = property(lambda self: self.number.value, lambda self, value: setattr(self.number, "value", value))

    def observe(self, handler):
        self.number.observe(handler, "value")

    def disable(self, out):
        self.handle.disabled = self.number.disabled = out


class Single:
    """A control that is one widget: a choice or a toggle."""

    def __init__(self, control, value):
        label = plain(translate(control.label))
        if control.kind == "toggle":
            self.input = self.widget = widgets.Checkbox(bool(value), description=label, indent=False)
        else:
            options = [(plain(translate(text)), float(place)) for place, text in enumerate(control.labels)]
            self.input = widgets.Dropdown(options=options, value=value, layout=WIDTH)
            self.widget = under(label, self.input)

    value = property(
        lambda self: float(self.input.value),
        lambda self, value: setattr(self.input, "value", type(self.input.value)(value)),
    )

    def observe(self, handler):
        self.input.observe(handler, "value")

    def disable(self, out):
        self.input.disabled = out


class Live:
    """The live explorer: its widgets, and the link from controls to figure."""

    def __init__(self, explorer, values):
        self.explorer = explorer
        settings = explorer.settings(values)
        self.controls = {}
        for c in explorer.controls:
            self.controls[c.name] = (SliderAndNumber if c.kind == "slider" else Single)(c, settings[c.name])
        word, results = explorer.evaluate(settings)
        drawing = draw(explorer, settings | results)
        moving = {"panels": drawing.panels, "moving": drawing.moving}
        scene = self.scene(settings | results)
        self.figure = LiveFigure(svg=drawing.svg, drawing=moving, scene=scene, **self.state(settings, word, results))
        self.readouts = widgets.HTML(self.readout_html(word, results))
        reset = widgets.Button(description=translate(TEXT["reset"]))
        reset.on_click(lambda _button: self.set(self.explorer.defaults))
        for control in self.controls.values():
            control.observe(lambda _change: self.update())
        picture = bundle(explorer, drawing.svg, self.figure.sentence, settings)
        # Shown by a front end that knows ipywidgets and not anywidget; elsewhere the figure's own styles hide it.
        instead = widgets.HTML(f'<div class="explorer-still">{picture["text/html"]}</div>')
        left = widgets.VBox([self.figure, instead, self.readouts], layout=widgets.Layout(width="34em"))
        right = widgets.VBox([*self.presets(), *(control.widget for control in self.controls.values()), reset])
        self.widget = Box([left, right], layout=widgets.Layout(flex_flow="row wrap"))
        self.widget.picture = picture
        self.update()

    def scene(self, values):
        """The picture and the play head, as far as the explorer has them, and the script's words."""
        explorer = self.explorer
        drawn = explorer.scene.data(explorer) | {"svg": explorer.scene.svg(explorer, values)} if explorer.scene else {}
        drawn["text"] = translated(LIVE_TEXT)
        if explorer.time not in [curve.name for curve in explorer.curves]:
            return drawn
        curves = [{"name": curve.name, "label": translate(curve.label)} for curve in explorer.curves]
        return drawn | {"time": explorer.time, "curves": curves}

    def presets(self):
        if not self.explorer.presets:
            return []
        options = [(translate(TEXT["own"]), "")]
        for group, names in grouped(self.explorer.words.presets).items():
            options += [(pair(group, name) if group else name, key) for key, name in names]
        chooser = widgets.Dropdown(options=options, layout=WIDTH)

        def choose(change):
            if change["new"]:
                self.set(self.explorer.defaults | preset_numbers(self.explorer, self.explorer.presets[change["new"]]))

        chooser.observe(choose, "value")
        return [under(translate(TEXT["presets"]), chooser)]

    def set(self, settings):
        for name, value in settings.items():
            self.controls[name].value = value

    def settings(self):
        """The controls' numbers."""
        return {name: float(control.value) for name, control in self.controls.items()}

    def state(self, settings, word, results):
        numbers = settings | {name: value for name, value in results.items() if np.ndim(value) == 0}
        curves = {name: memoryview(value) for name, value in results.items() if np.ndim(value)}
        finite = {name: value if np.isfinite(value) else None for name, value in numbers.items()}
        sentence = fill(translate(self.explorer.sentence(settings, word, results)), settings | results)
        return {"sentence": sentence, "frame": {"numbers": finite, "curves": curves, "fault": word != OK}}

    def readout_html(self, word, results):
        rows = [
            pair(symbols_html(translate(r.label)), f"<b>{'–' if word != OK else readout_text(results[r.name], r)}</b>")
            for r in self.explorer.readouts
            if r.shown
        ]
        spans = "".join(f"<span>{row}</span>" for row in rows)
        return f'<div style="display: flex; flex-wrap: wrap; gap: 0 1.4em">{spans}</div>'

    def update(self):
        settings = self.settings()
        for control in self.explorer.controls:
            if control.only_if:
                self.controls[control.name].disable(settings[control.only_if[0]] not in control.only_if[1:])
        word, results = self.explorer.evaluate(settings)
        with self.figure.hold_trait_notifications():
            for name, value in self.state(settings, word, results).items():
                setattr(self.figure, name, value)
        self.readouts.value = self.readout_html(word, results)


def live(explorer, **values):
    """The explorer as a widget, starting from ``values``."""
    return Live(explorer, values).widget
