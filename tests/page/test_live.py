"""The live explorer: JupyterLab opens a chapter as a notebook, runs it, a slider moves, the figure changes."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError

from neurolib.explorers import explore

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab over a copy of the chapters, set up as Binder sets it up."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bin_folder = Path(sys.executable).parent
    settings = {
        name: str(folder / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR")
    }
    environment = {**os.environ, **settings, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("NEUROLIB_STATIC", None)
    subprocess.run(
        [bin_folder / "jupytext-config", "set-default-viewer"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    command = [
        bin_folder / "jupyter-lab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        f"--ServerApp.root_dir={folder}",
    ]
    command += [
        "--IdentityProvider.token=",
        "--ServerApp.port_retries=0",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = (folder / "log").open("w")
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1)
            break
        except OSError:
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.5)
    yield address
    server.terminate()
    server.wait(20)


def run_all(page):
    """Run all cells; asked too early, while the kernel connects, JupyterLab forgets it."""
    for _ in range(4):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        started = page.locator(".jp-InputArea-prompt", has_text="[").filter(has_not_text="[ ]")
        try:
            started.first.wait_for(timeout=15_000)
            return
        except TimeoutError:
            continue
    raise AssertionError("no cell was run")


@pytest.mark.parametrize("name", ["goldman", "action_potential"])
def test_a_chapter_runs_in_jupyterlab(chromium, lab, name):
    explorer = explore(name)
    page = chromium.new_page(viewport={"width": 1400, "height": 1600})
    page.set_default_timeout(90_000)
    page.goto(f"{lab}/lab/tree/chapters/{explorer.chapter}.md?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']")
    run_all(page)
    figure = page.locator(f'.jp-OutputArea-output .explorer-live:has(svg [id^="{name}-moving"])')
    figure.wait_for()
    assert page.locator('.jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
    before = figure.inner_html()
    handle = page.locator(f'.jp-OutputArea-output:has([id^="{name}-moving"]) .noUi-handle').first
    handle.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("([selector, before]) => document.querySelector(selector).innerHTML !== before",
                           arg=[f'.explorer-live:has(svg [id^="{name}-moving"])', before])  # fmt: skip
    assert "NaN" not in figure.inner_html()
    page.close()


def test_a_live_explorer_follows_its_controls():
    """Without a browser: the widget's figure carries the model's arrays after each change of a control."""
    from neurolib.page.live import Live

    live = Live(explore("goldman"), {"P_Na": 0.1})
    live.controls["P_Na"].handle.value += 10
    moved = live.controls["P_Na"].value
    expected = explore("goldman").model(P_Na=moved)
    assert moved > 0.1
    assert live.figure.frame["numbers"]["V_m"] == expected["V_m"]
    assert bytes(live.figure.frame["curves"]["V_line"]) == expected["V_line"].tobytes()
    live.controls["P_Na"].value = 20.0
    assert f"{explore('goldman').model(P_Na=20.0)['V_m']:.1f}" in live.figure.sentence
    live.set(explore("goldman").defaults)
    assert live.settings() == explore("goldman").defaults


def test_a_reader_may_pass_another_model():
    """`dataclasses.replace` gives an explorer with the reader's own model."""
    from dataclasses import replace

    goldman = explore("goldman")

    def compute(*numbers_and_arrays):
        return (0.0, -12.5, *goldman.compute(*numbers_and_arrays)[2:])

    assert replace(goldman, compute=compute).model()["V_m"] == -12.5
