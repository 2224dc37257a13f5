"""An explorer as one file: from disk, in a frame that forbids nearly all, and saved from its page with its state."""

import gzip
import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect
from test_explorers import KINDS, STATE, open_explorer, settle

from neurolib.explorers import __main__ as command
from neurolib.explorers import all_explorers, explore
from neurolib.show.standalone import standalone_html
from neurolib.show.static import page_html

FRAME = """<!doctype html><script>addEventListener("message", ({{ data }}) => {{ globalThis.told = data; }});</script>
<iframe sandbox="allow-scripts" src="{address}" width="700" height="600"></iframe>"""


PATH = re.compile(r' d="(M[^"]*)"')
STEP = re.compile(r"([MLl]) ?(-?[\d.]+) (-?[\d.]+)")


def points(path):
    """Where a line goes, whether it is written by places or by steps."""
    found = [(0.0, 0.0)]
    for letter, *numbers in STEP.findall(path):
        from_ = found[-1] if letter == "l" else (0.0, 0.0)
        found.append(tuple(start + float(number) for start, number in zip(from_, numbers, strict=True)))
    return found[1:]


def test_its_lines_go_where_those_of_the_page_go():
    explorer = explore("action_potential")
    written, alone = (PATH.findall(text) for text in (page_html(explorer), standalone_html(explorer)))
    assert len(written) <= len(alone) and max(map(len, written)) > 1.3 * max(map(len, alone))
    for line, other in zip(written, alone, strict=False):
        if "C" not in line:
            np.testing.assert_allclose(points(other), points(line), atol=1e-6)


@pytest.mark.parametrize("edition", ["", "zh/"])
def test_the_book_has_one_of_each_and_none_is_heavy(book, edition):
    for explorer in all_explorers():
        document = (book / edition / "_static" / "explorers" / f"explorer-{explorer.name}.html").read_bytes()
        assert len(gzip.compress(document, 9)) < 60_000, explorer.name
        assert (b'lang="zh' in document) == bool(edition)


def test_the_command_writes_the_values_and_the_language(chromium, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NEUROLIB_LANGUAGE", "en")
    file = tmp_path / "one.html"
    command.main(["export", "goldman", "--K_out", "8", "--language", "zh_CN", "-o", str(file)])
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector('[data-explorer="goldman"].explorer-equipped')
    assert page.evaluate(STATE, "goldman")["values"] == explore("goldman").settings({"K_out": 8})
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.close()
    for given, complaint in ((["--K_out", "8000"], "K_out = 8000.0 is not allowed"), (["--kout", "8"], "--kout")):
        with pytest.raises(SystemExit):
            command.main(["export", "goldman", *given])
        assert complaint in capsys.readouterr().err


def test_in_a_sandboxed_frame_it_runs_and_tells_its_height(chromium, served, book, tmp_path):
    """Scripts are allowed there and nothing else: no storage, no clipboard, no downloads."""
    outside = tmp_path / "outside.html"
    outside.write_text(FRAME.format(address=f"{served}/_static/explorers/explorer-goldman.html#explorer-goldman?K_out=8"))
    complaints = []
    page = chromium.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(outside.as_uri())
    page.wait_for_function("globalThis.told?.height > 100")
    frame = page.frames[1]
    frame.wait_for_selector(".explorer-equipped")
    assert frame.evaluate(STATE, "goldman")["values"]["K_out"] == 8
    shown = frame.evaluate("document.querySelector('.explorer').offsetHeight")
    page.wait_for_function("height => globalThis.told.height === height", arg=shown)
    frame.locator("details.explorer-more").evaluate("details => (details.open = true)")
    frame.locator('[data-tool="python"]').click()
    expect(frame.locator(".explorer-told")).not_to_be_empty()
    assert complaints == []
    page.close()


@KINDS
@pytest.mark.parametrize("address", ["http"], indirect=True)
def test_the_page_saves_it_with_its_state(open_page, chromium, name, tmp_path):
    page = open_explorer(open_page, name, keep=False)
    explorer = explore(name)
    control = next(control for control in explorer.controls if control.kind == "slider" and not control.only_if)
    values = explorer.defaults | {control.name: float(control.max)}
    explorer_of = f"document.querySelector(`[data-explorer='{name}']`)"
    page.evaluate(f"values => {explorer_of}.neurolib.set(values)", values)
    settle(page)
    line = page.evaluate(
        "(root => new Promise((done) => { navigator.clipboard.writeText = async (text) => done(text);"
        f" root.querySelector('[data-tool=embed]').click(); }}))({explorer_of})"
    )
    assert f"/_static/explorers/explorer-{name}.html#explorer-{name}?{control.name}=" in line
    with page.expect_download() as download:
        page.evaluate(f"{explorer_of}.querySelector('[data-tool=file]').click()")
    assert download.value.suggested_filename == f"{name}.html"
    file = tmp_path / "saved.html"
    download.value.save_as(file)
    alone = chromium.new_page()
    alone.goto(file.as_uri())
    alone.wait_for_selector(f'[data-explorer="{name}"].explorer-equipped')
    assert json.dumps(alone.evaluate(STATE, name)["values"]) == json.dumps(page.evaluate(STATE, name)["values"])
    alone.close()
