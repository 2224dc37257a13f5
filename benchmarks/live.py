"""In a kernel: from a moved slider to new arrays, beside drawing the same figure anew with matplotlib."""

import io
import statistics
import time

from neurolib.explorer.figure import set_values, style
from neurolib.explorers import explore
from neurolib.show.live import Live


def times_of(action, repeats):
    action(0)
    times = []
    for number in range(repeats):
        start = time.perf_counter()
        action(number)
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def moved(name, control):
    """Median ms for one step of a slider of the live explorer."""
    handle = Live(explore(name), {}).controls[control].handle

    def move(number):
        handle.value = 20 + number % 50

    return times_of(move, 60)


def redrawn(name):
    """Median ms to render the same figure as an image, which is what a widget of matplotlib's does at every step."""
    explorer = explore(name)
    values = explorer.defaults | explorer.model()

    def draw(_number):
        with style():
            figure = explorer.figure()
            for artist in figure.findobj(lambda item: hasattr(item, "moving")):
                set_values(artist, values)
            figure.savefig(io.BytesIO(), format="png", dpi=144)

    return times_of(draw, 5)


def show():
    for name, control in (("goldman", "P_Na"), ("action_potential", "amplitude")):
        live, image = moved(name, control), redrawn(name)
        print(f"  {name:24} {live:7.2f} ms; matplotlib {image:7.1f} ms, {image / live:5.0f} times as long")
