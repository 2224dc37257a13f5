"""Pictures that stand still: in the book's colours, described, translated, in both editions, and true to their model."""

import gzip
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from launch import EDITIONS, ROOT

from neurolib.book import pictures
from neurolib.book.languages.catalogue import template
from neurolib.book.pictures import computed
from neurolib.cells import squid_axon
from neurolib.excitability import threshold_current
from neurolib.explorer.moves import SVG
from neurolib.protocols import pulse
from neurolib.simulate import current_clamp

EVERY = pytest.mark.parametrize("name", pictures.names())
COLOURS = re.compile(r"var\(--nl-\w+\)|none|url\(#[\w-]+\)")
PLACED = re.compile(r"^```\{picture\} (\w+)\n```$", re.M)
HEAVIEST = 6000  # bytes, gzipped


def drawing(name, root=""):
    return ET.fromstring(re.search(r"<svg.*</svg>", pictures.picture_html(name, root), re.S)[0])


@EVERY
def test_it_is_small_described_and_in_the_colours_of_the_book(name):
    shown = drawing(name)
    assert len(gzip.compress(ET.tostring(shown), mtime=0)) <= HEAVIEST
    assert shown.get("viewBox").split()[2] == "480"
    assert len(shown.get("aria-label")) > 40 and shown.get("role") in ("img", "group")
    for element in shown.iter():
        for key in ("fill", "stroke"):
            assert COLOURS.fullmatch(element.get(key, "none")), f"{key} = {element.get(key)}"
        assert element.get("font-size") is None
        assert not (element.tag == f"{SVG}text" and element.get("data-text") and not "".join(element.itertext()).strip())
    assert "<figcaption>" in pictures.picture_html(name)


@pytest.fixture(scope="module")
def known():
    return {message.id for message in template() if message.id}


@EVERY
def test_translators_see_every_word(name, known):
    assert set(pictures.words(name).values()) <= known


def test_every_picture_stands_once_and_in_both_editions_at_the_same_place():
    places = {}
    for edition in EDITIONS:
        folder = ROOT / edition
        pages = [folder / "intro.md", *sorted((folder / "chapters").rglob("*.md"))]
        found = {str(page.relative_to(folder)): PLACED.findall(page.read_text(encoding="utf-8")) for page in pages}
        places[edition] = {page: names for page, names in found.items() if names}
    first, *others = places.values()
    assert others == [first] * len(others)
    assert sorted(name for names in first.values() for name in names) == pictures.names()


def test_the_map_leads_to_every_chapter_in_the_order_of_the_contents():
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    chapters = re.findall(r"file: (chapters/\w+-\w+/\S+)", toc)
    leads = [link.get("href") for link in drawing("map", "../").iter(f"{SVG}a")]
    assert leads == [f"../{page}.html" for page in [*chapters, "chapters/glossary"]]


def test_the_phases_of_the_spike_are_those_of_the_model():
    shown = drawing("spike_phases")
    trace = next(element for element in shown.iter() if element.get("data-trace"))
    x, y = np.array([[float(number) for number in pair.split()] for pair in re.findall(r"[\d.]+ [\d.]+", trace.get("d"))]).T
    at = {element.get("data-at"): element.get("transform") for element in shown.iter() if element.get("data-at")}
    placed = {key: [float(number) for number in re.findall(r"[\d.]+", text)] for key, text in at.items()}
    assert placed["peak"] == pytest.approx([x[y.argmin()], y.min()], abs=1.0)
    assert placed["trough"][1] == pytest.approx(y.max(), abs=0.5)
    for point in placed.values():  # every mark lies on the line
        assert np.hypot(x - point[0], y - point[1]).min() < 2.5
    found, t, V = computed.moments()
    assert np.abs(np.interp(x[1:], computed.across(t), computed.up(V)) - y[1:]).max() < 0.1
    order = ["pulse", "threshold", "off", "zero_up", "peak", "zero_down", "below_rest", "trough", "end"]
    assert sorted(found, key=lambda name: found[name][0]) == order
    for factor, fires in ((0.99, False), (1.01, True)):  # the mark is what a pulse has to reach, and no more
        amplitude = factor * threshold_current(squid_axon, duration=1.0)
        run = current_clamp(squid_axon, pulse(amplitude, 1.0), 20.0)
        assert (run.V.max() > 0.0) == fires
        assert np.interp(1.0, run.time, run.V) == pytest.approx(found["threshold"][1], abs=0.1)


def test_a_picture_that_is_not_there_and_words_in_vain_are_errors(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="picture 'heart': there is none of this name, only channel, map"):
        pictures.picture_html("heart")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 9"><text data-text="a"/></svg>'
    (tmp_path / "one.svg").write_text(svg, encoding="utf-8")
    (tmp_path / "one.toml").write_text('caption = "c"\ndescription = "d"\nb = "b"\n', encoding="utf-8")
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"one\.toml: lacks or has in vain a, b"):
        pictures.picture_html("one")
