"""Every page and explorer in Firefox and WebKit: no errors, every control, and the very numbers of Python.

Normally a few pages (the front page, algebra, sweeps, chance, a play head), each control at both ends and between; with
``ENGINES=all``, as at night, every page of every edition, every control at eleven places, and Chromium too.
"""

import base64
import functools
import os
from pathlib import Path

import numpy as np
import portable_cases as cases
import pytest
from launch import pages

from neurolib.explorer.declaration import OK
from neurolib.explorers import all_explorers, explore, living_axon

ALL = os.environ.get("ENGINES") == "all"
PLACES = [i / 10 for i in range(11)] if ALL else [0.0, 0.37, 1.0]
RANDOM = 50
READER = Path(__file__).with_name("reader.js").read_text(encoding="utf-8")
ENGINES = pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=pytest.mark.xdist_group("engines")) for name in ["firefox", "webkit", *["chromium"] * ALL]],
)
CHOSEN = ("goldman", "refractory_period", "single_channel", "phase_plane")
PAGES = pages() if ALL else ["intro", *(f"chapters/{explore(name).chapter}" for name in CHOSEN)]


def read(tab, address, width=1400, height=1000):
    """Open a page and wait for its explorers, with the tests' own means in it."""
    tab.resize(width, height)
    tab.goto(address)
    tab.run(f"() => {{ {READER} }}")


def doubles(bits):
    return np.frombuffer(base64.b64decode(bits))


def explorers_of(page):
    """The names of those that have to be there."""
    lessons = {explorer.name for explorer in all_explorers() if page.endswith(f"chapters/{explorer.chapter}")}
    return lessons | {living_axon().name} if page.endswith("intro") else lessons


def explorer_of(page, name):
    return living_axon() if page.endswith("intro") else explore(name)


@functools.cache
def random_settings(name):
    """Settings at random and at the ends of each control, and what Python makes of them."""
    explorer = explore(name)
    settings = cases.explorer_inputs(explorer, RANDOM)
    return settings, [cases.evaluate(explorer, one) for one in settings]


@functools.cache
def in_python(name, values):
    """``(word, results)`` of an explorer at values of its controls."""
    return explore(name).evaluate(dict(values))


def check_numbers(tab, name):
    """The page's model gives Python's numbers, to the last bit."""
    explorer = explore(name)
    settings, expected = random_settings(name)
    steps = min(2, explorer.sweep.count) if explorer.sweep else 0
    answers = tab.run("(...given) => reader.evaluate(...given)", name, settings, steps)
    for values, (word, sizes, bits), (word_here, here) in zip(settings, answers, expected, strict=True):
        assert word == word_here, (name, values)
        if word != OK:
            continue
        names, lengths = zip(*sizes, strict=True)
        there = dict(zip(names, np.split(doubles(bits), np.cumsum(lengths)[:-1]), strict=True))
        assert there.keys() >= here.keys(), (name, values)
        for key, expected_here in here.items():
            assert np.array_equal(there[key], np.atleast_1d(expected_here), equal_nan=True), (name, key, values)


def check_controls(tab, explorer):
    """Moved by its own inputs, an explorer shows in all its parts the state that it has, and Python's numbers."""
    name = explorer.name
    states = tab.run("(...given) => reader.presets(...given)", name)
    assert len(states) == len(explorer.presets)
    for which, control in enumerate(explorer.controls):
        there = tab.run("(...given) => reader.operate(...given)", name, which, PLACES)
        assert len(there) >= 2 or control.only_if
        states += there
    for state in states:
        values = state["values"]
        word, results = in_python(name, tuple(sorted(values.items())))
        assert (state["fault"] or OK) == word, values
        assert state["figure"] == "" and state["sentence"].strip(), values
        assert not {"NaN", "undefined", "Infinity"} & set(state["sentence"].split()), (values, state["sentence"])
        if word == OK:
            shown = [results[readout.name] for readout in explorer.readouts]
            assert np.array_equal(doubles(state["numbers"]), shown, equal_nan=True), (name, values)
        for control, (shown_name, place, number) in zip(explorer.controls, state["shown"], strict=True):
            value = values[control.name]
            assert shown_name == control.name
            assert place == (control.position(value) if control.kind == "slider" else value), (name, control.name, values)
            if number is not None:
                assert float(number.replace("−", "-")) == pytest.approx(value, rel=1e-5), (name, control.name)


@ENGINES
@pytest.mark.parametrize("page", PAGES)
def test_page(engine, page, tabs, telling):
    tab = tabs(engine)
    read(tab, f"{telling}/{page}.html")
    names = tab.run("() => reader.names()")
    assert set(names) == explorers_of(page)
    for name in names:
        tab.wait_for("() => reader.ready()")
        check_numbers(tab, name)
        check_controls(tab, explorer_of(page, name))
    assert tab.run("() => complaints") == []


@ENGINES
def test_from_disk(engine, tabs, book):
    tab = tabs(engine)
    for page in PAGES if ALL else ["chapters/resting-potential/pump"]:
        read(tab, (book / f"{page}.html").as_uri())
        tab.wait_for("() => reader.names().length === 0 || reader.ready()")
        names = tab.run("() => reader.names()")
        assert set(names) == explorers_of(page)
        for name in names:
            check_numbers(tab, name)
