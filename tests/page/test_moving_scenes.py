"""Scenes in the page: they move as the library says, the play head runs, and nothing runs that nobody sees."""

import numpy as np
import pytest

from neurolib.explorer.moves import prepare, put
from neurolib.explorer.scene import ALONG
from neurolib.explorers import all_explorers, explore
from neurolib.show.standalone import standalone_html

WITH_SCENE = pytest.mark.parametrize("name", [explorer.name for explorer in all_explorers() if explorer.scene])
FLOWS = [one.name for one in all_explorers() if one.scene and any(move.kind == "flow" for move in one.scene.moves)]
WITH_FLOW = pytest.mark.parametrize("name", FLOWS)
WITH_TIME = pytest.mark.parametrize("name", [explorer.name for explorer in all_explorers() if explorer.time])
# The states of the page's own script at these values, part by part.
SHOWN = """([name, place, values]) => {
  const root = document.querySelector(`[data-explorer="${name}"]`);
  const svg = root.querySelector(".explorer-scene");
  const deep = ["count", "crowd", "pick", "strip", "arrows", "write"];
  const all = (part, kind) => [part, ...(deep.includes(kind) ? part.querySelectorAll("*") : [])];
  const written = (part, kind) => all(part, kind).map((element) => [...element.attributes]
    .filter(({ name }) => ["opacity", "transform", "d", "y", "height", "color", "stop-opacity"].includes(name))
    .map(({ name, value }) => `${name} ${value}`).sort().join("; ")).join(" | ") + (kind === "write" ? part.textContent : "");
  const { moves, most } = root.neurolib.spec.scene;
  const move = moves[place];
  return values.map((value) => {
    root.neurolib.moveScene({ moves: [{ ...move }], most })({ [move.value]: value });
    return written(svg.querySelector(`[data-part="${move.part}"]`), move.kind);
  });
}"""
RANGE = """name => {
  const { spec, drawing, results } = document.querySelector(`[data-explorer="${name}"]`).neurolib;
  const control = spec.controls.find((one) => one.name === spec.time);
  if (control) return [control.min, control.max];
  const curves = drawing.moving.filter(({ kind, x }) => kind === "curve" && x === spec.time);
  const axes = curves.map(({ panel }) => drawing.panels[panel].x), times = results[spec.time];
  const [low, high] = [Math.min(...axes.map((axis) => axis.low)), Math.max(...axes.map((axis) => axis.high))];
  return [Math.max(low, times[0]), Math.min(high, times[times.length - 1])];
}"""
HEAD = "name => document.querySelector(`[data-explorer='${name}']`).neurolib.head"
DOTS = "() => [...document.querySelectorAll('.scene-flow circle')].map((dot) => dot.getAttribute('cx'))"

# How far, px, each dot on the screen lies from the path before its group.
FAR = """() => [...document.querySelectorAll(".scene-flow circle:not([visibility=hidden])")].map((dot) => {
  const way = dot.parentElement.previousElementSibling, seen = dot.getBoundingClientRect(), to = way.getScreenCTM();
  const [x, y, length] = [seen.x + seen.width / 2, seen.y + seen.height / 2, way.getTotalLength()];
  const points = Array.from({ length: 401 }, (_, i) => way.getPointAtLength((length * i) / 400).matrixTransform(to));
  return Math.min(...points.map((point) => Math.hypot(point.x - x, point.y - y)));
})"""

# Words of the scene that lie under the round play button, by more than a pixel (letters do not fill the height of their box).
COVERED = """() => {
  const button = document.querySelector(".explorer-picture .explorer-run")?.getBoundingClientRect();
  const words = button ? [...document.querySelectorAll(".explorer-scene text")] : [];
  return words.filter((word) => word.checkVisibility({ visibilityProperty: true })).filter((word) => {
    const { left, right, top, bottom, height } = word.getBoundingClientRect(), radius = button.width / 2;
    const [x, y] = [button.x + radius, button.y + radius], near = (at, low, high) => Math.min(Math.max(at, low), high) - at;
    return Math.hypot(near(x, left, right), near(y, top + 0.2 * height, bottom - 0.2 * height)) < radius - 1;
  }).map((word) => word.textContent);
}"""


@pytest.fixture
def stage(chromium, tmp_path):
    """Open an explorer as a document of its own, past its prediction; its console stays empty."""
    opened = []

    def stage(name, **options):
        context = chromium.new_context(**({"viewport": {"width": 1100, "height": 900}} | options))
        page = context.new_page()
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append((context, complaints))
        file = tmp_path / f"{name}.html"
        file.write_text(standalone_html(explore(name)), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_selector(".explorer-equipped")
        page.evaluate("document.querySelector('.explorer').removeAttribute('data-sealed')")
        return page

    yield stage
    for context, complaints in opened:
        context.close()
        assert complaints == []


def probes(move, explorer):
    """Values over the range of a move and beyond its ends."""
    low, high = (0, 2) if move.kind in ("flow", "cycle") else move.range
    if move.kind == "pick":
        control = next(control for control in explorer.controls if control.name == move.value)
        return [float(place) for place in range(control.max + 1)]
    return [low + share * (high - low) for share in (-0.2, 0.0, 0.31, 0.47, 0.83, 1.0, 1.4)]


def written(part, kind):
    """What the library writes for a part (and, where the kind means them, for its members), as the page's test reads it."""
    kept = ("opacity", "transform", "d", "y", "height", "color", "stop-opacity")
    members = part.iter() if kind in ("count", "crowd", "pick", "strip", "arrows", "write") else [part]
    states = [[f"{key} {element.get(key)}" for key in kept if key in element.attrib] for element in members]
    return " | ".join("; ".join(sorted(state)) for state in states) + (part.text if kind == "write" else "")


@WITH_SCENE
def test_the_page_moves_each_part_as_the_library_does(stage, name):
    explorer = explore(name)
    page = stage(name, reduced_motion="reduce")
    units = {part.name: part.unit for part in (*explorer.controls, *explorer.curves, *explorer.readouts)}
    for place, move in enumerate(explorer.scene.moves):
        if move.kind in ("flow", "cycle"):
            continue
        values = probes(move, explorer)
        given = [[value] * 9 for value in values] if move.kind in ALONG else values
        shown = page.evaluate(SHOWN, [name, place, given])
        _root, parts = explorer.scene.tree()
        part = parts[move.part]
        prepare(move, part)
        expected = []
        for value in values:
            put(move, part, np.full(9, value) if move.kind in ALONG else value, units[move.value])
            expected.append(written(part, move.kind))
        assert shown == expected, move
        assert len(set(expected)) > 1, f"{move.part} does not move"


@WITH_SCENE
def test_the_page_begins_as_it_is_drawn_without_a_script(stage, name):
    """What a reader sees before the script runs, and without it, is the state of the defaults."""
    explorer = explore(name)
    page = stage(name, reduced_motion="reduce")
    state = """name => [...document.querySelectorAll(`[data-explorer="${name}"] [data-part]`)].map((part) => [part.dataset.part,
      ...["opacity", "transform", "d", "color"].map((key) => part.getAttribute(key)), part.textContent].join(" "))"""
    now = page.evaluate(state, name)
    page.evaluate(
        """([name, svg]) => { const box = document.createElement("div"); box.dataset.explorer = name; box.innerHTML = svg;
        document.body.append(box); }""",
        [f"{name}-drawn", explorer.scene.svg(explorer, explorer.defaults | explorer.model())],
    )
    assert now
    assert page.evaluate(state, f"{name}-drawn") == now


@WITH_SCENE
@pytest.mark.parametrize("width", [360, 1100])
def test_no_word_lies_under_the_play_button(stage, name, width):
    page = stage(name, viewport={"width": width, "height": 800}, has_touch=width < 600, is_mobile=width < 600)
    assert page.evaluate(COVERED) == []


@WITH_FLOW
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_dots_are_on_their_way(stage, name, motion):
    """Those that were there before the script ran, too."""
    page = stage(name, reduced_motion=motion)
    page.locator(".explorer-scene").scroll_into_view_if_needed()
    page.evaluate("name => document.querySelector(`[data-explorer='${name}']`).neurolib.update()", name)
    page.wait_for_timeout(400)
    assert max(page.evaluate(FAR), default=0) < 1  # at rest there may be no flow


@WITH_TIME
def test_the_head_runs_stops_and_can_be_moved(stage, name):
    page = stage(name)
    first, last = page.evaluate(RANGE, name)
    play, slider = page.locator("[data-tool=play]"), page.locator("[data-tool=head]")
    play.click()
    page.wait_for_timeout(300)
    early = page.evaluate(HEAD, name)
    page.wait_for_timeout(700)
    assert first <= early < page.evaluate(HEAD, name)
    play.click()
    held = page.evaluate(HEAD, name)
    page.wait_for_timeout(200)
    assert page.evaluate(HEAD, name) == held
    slider.focus()
    page.keyboard.press("End")
    assert page.evaluate(HEAD, name) == pytest.approx(last)
    if any(curve.name == explore(name).time for curve in explore(name).curves):
        assert page.locator(".explorer-cursor .explorer-head-line").count() > 0
    assert any(character.isdigit() for character in slider.get_attribute("aria-valuetext"))
    page.keyboard.press("Home")
    assert page.evaluate(HEAD, name) == pytest.approx(first)
    play.click()
    page.evaluate("document.body.style.paddingTop = '3000px'")  # the explorer leaves the screen
    page.wait_for_timeout(300)
    gone = page.evaluate(HEAD, name)
    page.wait_for_timeout(300)
    assert page.evaluate(HEAD, name) == gone < last


def test_dots_move_in_sight_alone_and_not_under_reduced_motion(stage):
    page = stage("nernst")
    page.wait_for_timeout(1500)
    assert [dot for dot in page.evaluate(DOTS) if dot]
    first = page.evaluate(DOTS)
    page.wait_for_timeout(300)
    assert page.evaluate(DOTS) != first
    page.evaluate("document.body.style.paddingTop = '3000px'")
    page.wait_for_timeout(300)
    first = page.evaluate(DOTS)
    page.wait_for_timeout(300)
    assert page.evaluate(DOTS) == first
    page = stage("nernst", reduced_motion="reduce")
    first = page.evaluate(DOTS)
    page.wait_for_timeout(300)
    assert page.evaluate(DOTS) == first


# A browser's sound, that writes down what it is asked for.
HEARD = """() => { globalThis.heard = [];
globalThis.AudioContext = class {
  currentTime = 0; destination = {};
  resume() {}
  param(name) {
    const note = (value) => heard.push([name, value]);
    const asked = { setTargetAtTime: note, setValueAtTime: note, exponentialRampToValueAtTime() {} };
    return Object.defineProperty(asked, "value", { set: note });
  }
  node(name) { return { [name]: this.param(name), connect: (to) => to, start() {}, stop() {} }; }
  createOscillator() { return this.node("frequency"); }
  createGain() { return this.node("gain"); }
}; }"""


def test_the_monitor_is_silent_until_asked_for_and_clicks_at_each_spike(stage):
    page = stage("action_potential")
    page.evaluate(HEARD)
    page.locator("[data-tool=play]").click()
    page.wait_for_timeout(300)
    page.locator("[data-tool=play]").click()
    assert page.evaluate("heard") == []
    page.locator("[data-tool=sound]").click()
    page.locator("[data-tool=head]").focus()
    page.keyboard.press("Home")
    page.locator("[data-tool=play]").click()
    page.wait_for_function("document.querySelector('[data-tool=play]').textContent === '▶'", timeout=8000)
    heard = page.evaluate("heard")
    pitches = [value for name, value in heard if name == "frequency"]
    assert pitches.count(1500) == 1  # one spike, one click
    tones = [pitch for pitch in pitches if pitch != 1500]
    assert 110 <= min(tones) < tones[0] < max(tones) / 2.5 <= 880 / 2.5  # below the rest after the spike, far above it before
    assert heard[-1] == ["gain", 0]


def test_a_curve_is_heard_from_left_to_right(stage):
    page = stage("nernst")
    page.evaluate(HEARD)
    page.locator("details.explorer-more").evaluate("details => (details.open = true)")
    slider = page.locator("[data-tool=cursor]").first
    page.locator("[data-tool=hear]").first.click()
    page.wait_for_function("slider => slider.value === slider.max", arg=slider.element_handle(), timeout=8000)
    tones = [value for name, value in page.evaluate("heard") if name == "frequency"]
    rises = np.diff(tones)
    assert len(tones) > 20 and (np.all(rises >= 0) or np.all(rises <= 0)) and np.ptp(tones) > 100  # a line, heard as a glide
    assert any(character.isdigit() for character in slider.get_attribute("aria-valuetext"))
