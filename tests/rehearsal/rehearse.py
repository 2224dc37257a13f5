"""Every page of the book as a reader meets it on Binder: opened by its own button, run, its explorers moved.

`make rehearsal` runs this; it takes some minutes and the network, so `make test` does not. Set REHEARSAL_FOLDER to keep the
environment from one run to the next, and REHEARSAL_RECORD for pictures of what was seen.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from image import make_image
from launch import buttons, pages
from reader_lab import jupyterlab, move_slider, open_notebook, run_all

from neurolib.explorers import all_explorers

BASE = "/user/reader/"  # a hub serves each reader under a path of their own
WARM = """
import gc, time
from neurolib.explorers import explore
explorer = explore("{name}")
start = time.perf_counter()
explorer.model()
took = time.perf_counter() - start
from numba.core.registry import CPUDispatcher
compiled = [f.py_func.__name__ for f in gc.get_objects() if isinstance(f, CPUDispatcher) and f.stats.cache_misses]
assert not compiled, compiled
print(took)
"""

ALL_SHOWN = """() => [...document.querySelectorAll(".jp-MarkdownCell .jp-InputArea-editor")]
  .every((editor) => !editor.checkVisibility())"""


@pytest.fixture(scope="session")
def image(tmp_path_factory, report):
    image = make_image(Path(os.environ.get("REHEARSAL_FOLDER", tmp_path_factory.mktemp("image"))))
    report(image.do("version", f"'{image.prefix}/bin/python' --version").strip())
    for step, seconds in image.seconds.items():
        report(f"{seconds:6.1f} s  {step[:100]}")
    report(f"{image.megabytes():6.0f} MB the environment and the home")
    return image


@pytest.fixture(scope="session")
def lab(image, report):
    start = time.perf_counter()
    with jupyterlab(image.repository, image.environment, [image.repository / ".binder" / "start"], BASE) as address:
        report(f"{time.perf_counter() - start:6.1f} s  JupyterLab answers")
        yield address


@pytest.fixture(scope="session")
def picture():
    """Keep a picture of a page, if asked to."""
    folder = os.environ.get("REHEARSAL_RECORD")
    return lambda page, name: page.screenshot(path=Path(folder, f"{name.replace('/', '-')}.png")) if folder else None


def test_requirements_agree(image):
    image.do("check", f"'{image.prefix}/bin/pip' check")


def test_the_first_slider_waits_for_no_compiler(image, report):
    """In a new process every model comes from Numba's cache."""
    start = [image.repository / ".binder" / "start", image.prefix / "bin" / "python", "-c"]
    slowest = 0.0
    for explorer in all_explorers():
        done = subprocess.run([*start, WARM.format(name=explorer.name)], env=image.environment, cwd=image.repository,
                              capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, f"{explorer.name}: {done.stderr}"
        slowest = max(slowest, float(done.stdout))
    report(f"{slowest * 1e3:6.0f} ms the slowest first call of a model in a new process")


@pytest.mark.parametrize("name", pages())
def test_page(chromium, book, image, lab, picture, report, name):
    shutil.rmtree(image.repository / ".jupyter" / "lab" / "workspaces", ignore_errors=True)  # another reader
    path = buttons(book, name)[0].partition("urlpath=")[2]
    page = chromium.new_page(viewport={"width": 1400, "height": 1600})
    page.set_default_timeout(120_000)
    times = [time.perf_counter()]
    open_notebook(page, lab + path, f"{name}.md")
    times.append(time.perf_counter())
    ran = run_all(page)
    times.append(time.perf_counter())
    picture(page, name)
    assert ran["errors"] == []
    assert ran["run"] == ran["cells"]
    assert page.locator(".jp-MarkdownCell").count() > 0
    page.wait_for_function(ALL_SHOWN)  # what JupyterLab cannot show, it leaves as source
    answers = [move_slider(page, e.name) for e in all_explorers() if e.chapter == name.partition("chapters/")[2]]
    picture(page, f"{name}-end")
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.context.close()
    opened, done = times[1] - times[0], times[2] - times[1]
    slider = f", sliders answer in {', '.join(f'{1e3 * a:.0f}' for a in answers)} ms" if answers else ""
    report(f"{opened:6.1f} s  {name} opens; its {ran['cells']} cells run in {done:.1f} s{slider}")


def test_links_open_notebooks(chromium, lab):
    """A link to another page opens it beside this one, as a notebook."""
    page = chromium.new_page()
    page.set_default_timeout(60_000)
    open_notebook(page, f"{lab}lab/tree/intro.md", "intro.md")
    page.locator('.jp-MarkdownCell a[href*="conductances.md"]').first.click()
    there = "window.jupyterapp.shell.currentWidget?.context?.path === 'chapters/action-potential/conductances.md'"
    page.wait_for_function(there)
    page.locator(".jp-NotebookPanel:visible .jp-CodeCell").first.wait_for()
    page.context.close()
