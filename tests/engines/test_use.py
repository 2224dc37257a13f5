"""What a reader does with a page in Firefox and WebKit: leave and come back, type, take away; and what it looks like."""

import csv
import io
import time

import numpy as np
import pytest
from ink import missing_ink, pixels
from test_every_engine import ENGINES, READER, read

from neurolib.explorers import explore

PAGE = "chapters/resting-potential/goldman"
ENTER = "\ue007"
BESIDE_CHROMIUM = pytest.mark.parametrize(
    "engine", [pytest.param(name, marks=pytest.mark.xdist_group("engines")) for name in ("firefox", "webkit")]
)
ALIKE = 0.06  # of the pixels of a colour may be elsewhere


def states(tab, names):
    """The explorers' states once they stand; after Back the page may be another document, or the one of before."""
    tab.wait_for("() => document.querySelectorAll('.explorer-equipped').length > 0")
    if tab.run("() => window.reader === undefined"):
        tab.run(f"() => {{ {READER} }}")
    tab.wait_for("() => reader.ready()")
    ask = """async (names) => {
      await new Promise((done) => setTimeout(done, 400));
      const all = [];
      for (const name of names) {
        await reader.settled(reader.explorerOf(name));
        all.push(reader.state(reader.explorerOf(name)));
      }
      return all;
    }"""
    return tab.run(ask, names)


@ENGINES
def test_after_leaving_and_coming_back_nothing_is_lost_and_nothing_lies(engine, tabs, telling):
    tab, names = tabs(engine), ["goldman", "leak_block"]
    read(tab, f"{telling}/{PAGE}.html")
    tab.wait_for("() => reader.ready()")
    at_first = states(tab, names)
    tab.run("(name) => { reader.move(name, 0.8); }", names[0])
    # The last move and the way out are one task: what is not kept by then is lost.
    tab.leave("(() => { reader.move('leak_block', 0.3); location.href = location.href.replace(/goldman.*/, 'pump.html'); })")
    tab.back()
    moved = states(tab, names)
    assert [state["values"] for state in moved] != [state["values"] for state in at_first]
    for name, state, before in zip(names, moved, at_first, strict=True):
        explorer = explore(name)
        assert state["values"] != before["values"] and state["sentence"]
        for control, (_, place, _) in zip(explorer.controls, state["shown"], strict=True):
            value = state["values"][control.name]
            assert place == (control.position(value) if control.kind == "slider" else value), (name, control.name)
    tab.run("() => { scrollTo(0, 1500); }")
    there = tab.run("() => new Promise((done) => setTimeout(() => done(scrollY), 300))")
    tab.reload()
    assert states(tab, names) == moved
    assert tab.run("() => scrollY") == pytest.approx(there, abs=40)
    tab.leave("() => { location.href = location.href.replace(/goldman.*/, 'pump.html'); }")
    tab.back()
    assert states(tab, names) == moved
    assert tab.run("() => complaints") == []


@ENGINES
def test_typed_numbers_are_understood_or_refused(engine, tabs, telling):
    tab, name = tabs(engine), "nernst"
    explorer = explore(name)
    control = next(c for c in explorer.controls if c.kind == "slider" and c.min <= 5.5 <= c.max)
    read(tab, f"{telling}/chapters/{explorer.chapter}.html")
    tab.wait_for("() => reader.ready()")
    for written, value in (("5,5", 5.5), ("5.5e0", 5.5), (f"6 {control.unit}", 6.0), ("7abc", None), ("1,000", None)):
        tab.run("(...given) => reader.focus(...given)", name, control.name)
        tab.press(*written, ENTER)
        now, note = tab.run("(...given) => reader.typed(...given)", name, control.name)
        expected = control.default if value is None else value
        assert now == pytest.approx(expected), written
        assert (note != "") == (value is None), written
        tab.run("(name) => { const e = reader.explorerOf(name); e.set(e.defaults()); }", name)
    assert tab.run("() => complaints") == []


@ENGINES
def test_downloads_hold_what_the_figure_shows(engine, tabs, telling):
    tab, name = tabs(engine), "goldman"
    read(tab, f"{telling}/{PAGE}.html")
    tab.wait_for("() => reader.ready()")
    files = tab.run("(name) => reader.takeaway(name)", name)
    rows = list(csv.reader(io.StringIO(files["csv"].removeprefix("\ufeff"))))
    results = explore(name).model()
    for column, curve in enumerate(explore(name).curves):
        values = [float(row[column]) if row[column] else np.nan for row in rows[1:]][: curve.size]
        np.testing.assert_array_equal(values, results[curve.name])
    assert files["svg"].startswith("<svg") and "var(" not in files["svg"]
    assert files["png"].startswith("\x89PNG")
    if tab.folder is not None:
        end = time.monotonic() + 30.0
        while not (saved := sorted(tab.folder.rglob("goldman*.csv"))) or not saved[0].stat().st_size:
            assert time.monotonic() < end, "the browser saved no file"
            time.sleep(0.1)
        assert saved[0].read_bytes().decode() == files["csv"]


SLIDER = "reader.explorerOf('goldman').form.querySelector('[data-role=slider]')"


@ENGINES
def test_in_the_dark_a_slider_shows_how_far_it_is(engine, tabs, telling):
    """The way behind the handle and the way before it: 3 to 1, as for all parts that say something."""
    tab = tabs(engine)
    read(tab, f"{telling}/{PAGE}.html")
    tab.wait_for("() => reader.ready()")
    tab.run("() => { document.documentElement.dataset.theme = 'dark'; reader.move('goldman', 0.5); }")
    states(tab, ["goldman"])
    tab.run(f"() => {{ {SLIDER}.scrollIntoView({{ block: 'center', behavior: 'instant' }}); }}")
    states(tab, ["goldman"])
    box = tab.run(f"() => ['left', 'top', 'width', 'height'].map((side) => {SLIDER}.getBoundingClientRect()[side])")
    track = pixels(tab.screenshot(), box)
    middle = track[len(track) // 2 - 1].astype(float) / 255
    behind, before = (luminance(middle[int(share * len(middle))]) + 0.05 for share in (0.2, 0.8))
    assert max(behind, before) / min(behind, before) >= 3.0


def luminance(colour):
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return np.dot(linear, [0.2126, 0.7152, 0.0722])


@ENGINES
def test_storage_and_clipboard_refused(engine, tabs, telling):
    tab = tabs(engine)
    read(tab, f"{telling}/{PAGE}.html?refuse")
    tab.wait_for("() => reader.ready()")
    assert "explore(\"goldman\").model(" in tab.run("() => reader.copied('goldman')")
    tab.run("() => { reader.move('goldman', 0.8); }")
    (state,) = states(tab, ["goldman"])
    assert state["values"] != explore("goldman").defaults
    assert tab.run("() => complaints") == []


@pytest.fixture(scope="module")
def look(tabs, telling):
    """The figure of an explorer as a picture: in an engine, on a screen of a width, perhaps without one of its artists."""
    kept = {}

    def picture(engine, name, width, without=None):
        key = engine, name, width, without
        if key not in kept:
            tab, height = tabs(engine), 844 if width < 600 else 1000
            tab.resize(1440, 1100)
            tab.goto(f"{telling}/screen?{width}x{height}/chapters/{explore(name).chapter}.html")
            tab.wait_for(f"""() => {{
              const page = document.querySelector("iframe")?.contentDocument;
              const root = page?.querySelector('[data-explorer="{name}"].explorer-equipped');
              return page?.readyState === "complete" && root && !root.neurolib.busy;
            }}""")
            box = tab.run(LOOK, name, without)
            kept[key] = pixels(tab.screenshot(), box)
        return kept[key]

    return picture


LOOK = """async (name, without) => {
  const { contentWindow, contentDocument } = document.querySelector("iframe");
  const root = contentDocument.querySelector(`[data-explorer="${name}"]`);
  root.removeAttribute("data-sealed");
  Object.assign(contentDocument.documentElement.style, { scrollBehavior: "auto", scrollbarWidth: "none" });
  const svg = root.neurolib.svg;
  await contentDocument.fonts.ready;
  if (without !== null) [...svg.querySelectorAll('[data-kind="curve"]')][without].remove();
  svg.scrollIntoView({ block: "start", behavior: "instant" });
  contentWindow.scrollBy({ top: -120, behavior: "instant" });
  for (let frame = 0; frame < 4; frame++) await new Promise((done) => contentWindow.requestAnimationFrame(done));
  const { left, top, width, height } = svg.getBoundingClientRect();
  return [left, top, width, height];
}"""


@BESIDE_CHROMIUM
@pytest.mark.parametrize("name", ["goldman", "leak_block", "firing_rate"])
def test_figures_look_as_in_chromium(engine, look, name):
    for width in (390, 1400):
        ours, theirs = look("chromium", name, width), look(engine, name, width)
        assert ours.shape == pytest.approx(theirs.shape, abs=2)
        for first, second in ((ours, theirs), (theirs, ours)):
            assert missing_ink(first, second) < ALIKE, (name, width)


@ENGINES
def test_a_missing_curve_would_be_seen(engine, look):
    for width in (390, 1400):
        ours, theirs = look("chromium", "goldman", width), look(engine, "goldman", width, without=0)
        assert missing_ink(ours, theirs) > 2 * ALIKE
