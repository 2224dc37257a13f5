"""The live explorer: JupyterLab opens a chapter as a notebook, runs it, a slider moves, the figure changes."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect
from reader_lab import jupyterlab, move_slider, open_notebook, reader_environment, run_all

from neurolib.explorers import explore
from neurolib.show.module import module_js

ROOT = Path(__file__).parents[2]
# A notebook of another's, which knows the module of an explorer and nothing of neurolib.
OTHERS = """import anywidget, pathlib, traitlets

class Goldman(anywidget.AnyWidget):
    _esm = pathlib.Path("explorer-goldman.js")
    K_out = traitlets.Float(8).tag(sync=True)

widget = Goldman()
widget"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab over a copy of the chapters, set up as Binder sets it up."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    (folder / "explorer-goldman.js").write_text(module_js(explore("goldman")), encoding="utf-8")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    others = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(OTHERS)], metadata=kernel)
    nbformat.write(others, folder / "others.ipynb")
    environment = reader_environment(Path(sys.executable).parent, folder)
    subprocess.run(["jupytext-config", "set-default-viewer"], env=environment, check=True, stdout=subprocess.DEVNULL)
    with jupyterlab(folder, environment) as address:
        yield address


def lose_the_kernel(page, name):
    """The controls move on, and the figure, which cannot, says so."""
    said = page.locator(f'.jp-OutputArea-output:has([id^="{name}-wide-moving"]) .explorer-sentence').first
    expect(said).not_to_contain_text("No answer")
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.shutdown()")
    page.wait_for_timeout(1500)  # the answer to the move before counts no more
    page.keyboard.press("Home")
    expect(said).to_contain_text("No answer from the kernel", timeout=20_000)


@pytest.mark.parametrize("name", ["goldman", "action_potential"])
def test_a_chapter_runs_in_jupyterlab(chromium, lab, name):
    page = chromium.new_page(viewport={"width": 1400, "height": 1600})
    page.set_default_timeout(90_000)
    chapter = f"chapters/{explore(name).chapter}.md"
    open_notebook(page, f"{lab}lab/tree/{chapter}", chapter)
    ran = run_all(page)
    assert ran["errors"] == []
    assert ran["run"] == ran["cells"] > 0
    move_slider(page, name)
    if name == "goldman":
        lose_the_kernel(page, name)
    page.context.close()


def test_the_module_is_a_widget_in_a_notebook_of_another(chromium, lab):
    """Values go from Python to the explorer and back."""
    page = chromium.new_page(viewport={"width": 1400, "height": 1600})
    page.set_default_timeout(90_000)
    open_notebook(page, f"{lab}lab/tree/others.ipynb", "others.ipynb")
    assert run_all(page)["errors"] == []
    explorer = page.locator('[data-explorer="goldman"].explorer-equipped')
    shown = explorer.locator('data[data-readout="V_m"]').first
    assert float(shown.get_attribute("value")) == pytest.approx(explore("goldman").model(K_out=8)["V_m"], rel=1e-9)
    number = explorer.locator('[data-control="K_out"][data-role="number"]')
    number.fill("20")
    number.press("Enter")
    ask = """(code) => new Promise((done) => {
      const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
      const asked = kernel.requestExecute({ code });
      asked.onIOPub = ({ content }) => content.text && done(content.text);
    })"""
    page.wait_for_function(f"async (code) => (await ({ask})(code)).trim() === '20.0'", arg="print(widget.K_out)", polling=300)
    page.evaluate(ask, "widget.K_out = 3; print()")
    expect(number).to_have_value("3")
    assert float(shown.get_attribute("value")) == pytest.approx(explore("goldman").model(K_out=3)["V_m"], rel=1e-9)
    page.context.close()


def test_a_live_explorer_follows_its_controls():
    """Without a browser: the widget's figure carries the model's arrays after each change of a control."""
    from neurolib.show.live import Live

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

    def compute(c, y, r):
        r.V_m = -0.5 * c.K_out
        return "ok"

    assert replace(goldman, compute=compute).model()["V_m"] == -0.5 * goldman.defaults["K_out"]
