"""What every explorer has for its reader: a question that waits, a goal worth the name, a story, a hand on the figure."""

import re
import xml.etree.ElementTree as ET
from functools import cache
from itertools import pairwise

import pytest

from neurolib.explorer.clipping import clip_of
from neurolib.explorer.declaration import DONE, OK
from neurolib.explorer.drawing import drawings
from neurolib.explorer.figure import GUESS
from neurolib.explorer.format import FORMATS
from neurolib.explorers import explore, names
from neurolib.portable.answers import fields_read

EVERY = pytest.mark.parametrize("name", names())
DRAWN = pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names()])
SMALLEST = {"tall": 10.8, "wide": 10.8}  # units of the SVG: 11 px on a phone of 360 px, 14 on a desktop


@cache
def drawn(name):
    """The figure at the defaults, in every format: the tests of one explorer share it."""
    explorer = explore(name)
    return drawings(explorer, explorer.defaults | explorer.evaluate(explorer.defaults)[1])


def result_of(explorer, settings):
    word, results = explorer.evaluate(settings)
    return explorer.verdict(settings, results)[0] if word == OK else word


@EVERY
def test_no_easy_way_meets_the_challenge(name):
    """Neither the prediction's setting, nor a preset, nor a step of the story, nor one control at one end."""
    explorer = explore(name)
    if not explorer.challenge:
        return
    ways = {f"preset {key}": explorer.settings(values) for key, values in explorer.presets.items()}
    ways |= {f"step {key}": values for key, values in explorer.story_numbers().items()}
    if explorer.prediction:
        ways["prediction"] = explorer.settings(explorer.prediction.setting)
    for control in explorer.controls:
        for end in (control.min, control.max):
            ways[f"{control.name} = {end}"] = explorer.defaults | {control.name: float(end)}
    met = [way for way, settings in ways.items() if settings != explorer.defaults and result_of(explorer, settings) == DONE]
    assert met == []


@EVERY
def test_the_recorded_solution_meets_the_challenge(name):
    explorer = explore(name)
    if explorer.challenge:
        assert explorer.challenge.solution and result_of(explorer, explorer.settings(explorer.challenge.solution)) == DONE
        assert len(explorer.words.challenge.get("hints", [])) in (1, 2, 3)


@DRAWN
def test_what_moves_is_clipped_and_neighbours_together(name):
    """Nothing runs out of its panel, and a browser does not cut each curve out by itself: that costs a frame a tenth."""
    words = ("label", "note", "tag")
    for drawing in drawn(name):
        root = ET.fromstring(drawing.svg)
        parents = {child: parent for parent in root.iter() for child in parent}
        kinds = {binding["id"]: binding["kind"] for binding in drawing.moving}
        for element in root.iter():
            clips = [clip_of(child) for child in element]
            assert not [clip for clip, following in pairwise(clips) if clip and clip == following]
            if kinds.get(element.get("id"), "note") not in words:
                around = [element]
                while around[-1] is not root:
                    around.append(parents[around[-1]])
                assert clip_of(element) or any("clip-path" in one.attrib for one in around), element.get("id")


@DRAWN
def test_what_a_prediction_asks_cannot_be_seen_before(name):
    explorer = explore(name)
    if not explorer.prediction:
        return
    assert explorer.settings(explorer.prediction.setting) != explorer.defaults
    asked = fields_read(explorer.prediction.answer, "r")
    assert asked, "the answer depends on no readout"
    for drawing in drawn(name):
        for binding in drawing.moving:
            if binding.get("given"):
                shown = {value for key, value in binding.items() if isinstance(value, str) and key not in ("kind", "id")}
                assert not shown & asked, binding


@DRAWN
def test_a_guess_can_be_set_wherever_the_truth_can_fall(name):
    """In each format; the mark waits where the value is now, and left there it is no right answer."""
    explorer = explore(name)
    guess = explorer.prediction and explorer.prediction.guess
    if not guess:
        return
    now = explorer.evaluate(explorer.defaults)[1]
    truth = explorer.evaluate(explorer.settings(explorer.prediction.setting))[1][guess.of]
    assert guess.near < abs(truth - now[guess.of])
    for drawing in drawn(name):
        marks = [binding for binding in drawing.moving if binding.get("y") == GUESS]
        axes = [drawing.panels[binding["panel"]]["y"] for binding in marks]
        assert marks and all(binding["given"] for binding in marks)
        assert all(axis["low"] <= value <= axis["high"] for axis in axes for value in (truth, now[guess.of]))


@EVERY
def test_a_story_of_three_or_four_steps(name):
    explorer = explore(name)
    assert 3 <= len(explorer.story) <= 4
    assert all(re.search(r"[.?!]$", text) and len(text) < 330 for text in explorer.words.story.values())
    steps = list(explorer.story_numbers().values())
    assert all(step not in steps[:place] for place, step in enumerate(steps))
    for settings in steps:
        assert explorer.evaluate(settings)[0] == OK


@DRAWN
def test_figures_can_be_read_and_taken_hold_of(name):
    explorer = explore(name)
    sliders = {control.name for control in explorer.controls if control.kind == "slider"}
    for drawing, form in zip(drawn(name), FORMATS, strict=True):
        root = ET.fromstring(drawing.svg)
        width, height = map(float, root.get("viewBox").split()[2:])
        assert width == form.width and height <= form.tallest + 0.5
        sizes = [float(size) for size in re.findall(r"font(?:-size)?:\s*(?:\w+ )*([\d.]+)px", drawing.svg)]
        assert sizes and min(sizes) >= SMALLEST[form.name]
        aims = [aim for binding in drawing.moving for aim in binding.get("drag", {}).values()]
        moved = {aim if isinstance(aim, str) else aim[0] for aim in aims}
        assert moved and moved <= sliders
