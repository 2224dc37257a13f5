"""What a reader does with a page in Firefox and WebKit: type, take away, read it where nothing may be kept."""

import csv
import io
import time

import numpy as np
import pytest
from test_every_engine import ENGINES, READER, read

from neurolib.explorers import explore

PAGE = "chapters/resting-potential/goldman"
ENTER = "\ue007"


def states(tab, names):
    """The explorers' states once they stand; after Back the page may be another document, or the one of before."""
    tab.wait_for("() => document.querySelectorAll('.explorer-ready').length > 0")
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
