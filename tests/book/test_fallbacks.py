"""What a notebook gets of an explorer: a widget where one can be, everywhere else its figure with its sentence."""

import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from base64 import b64decode

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter

from neurolib.explorers import explore, names
from neurolib.show.still import still

WIDGET = "application/vnd.jupyter.widget-view+json"
BROKEN = re.compile(r"object at 0x|HBox\(|LiveFigure|Error|Traceback")
SHOWN = 'explore("goldman", P_Na=20)'
SENTENCE = "nearest to the sodium potential of 60.6"


def picture(html):
    """The drawing in an ``<img>``."""
    return xml.fromstring(b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)[1]))


@pytest.fixture(scope="module")
def notebooks():
    """A notebook run as nbconvert and papermill run it, and one run as by a front end with somebody at it."""
    run = []
    for watched in (False, True):
        cells = [nbformat.v4.new_code_cell(code) for code in ("from neurolib.explorers import explore", SHOWN)]
        client = NotebookClient(nbformat.v4.new_notebook(cells=cells))
        with client.setup_kernel():
            client.kc.allow_stdin = watched
            for place, cell in enumerate(cells):
                client.execute_cell(cell, place)
            client.set_widgets_metadata()
        run.append(client.nb)
    return run


def test_who_runs_it_unattended_gets_the_figure(notebooks):
    unattended, _watched = notebooks
    (output,) = unattended.cells[1].outputs
    assert set(output.data) == {"text/html", "text/plain"} and "widgets" not in unattended.metadata
    assert SENTENCE in output.data["text/plain"] and SENTENCE in output.data["text/html"]


def test_who_watches_gets_a_widget_and_the_figure_with_it(notebooks):
    _unattended, watched = notebooks
    (output,) = watched.cells[1].outputs
    assert set(output.data) == {WIDGET, "text/html", "text/plain"}
    assert output.data["text/html"] == still(explore("goldman"), P_Na=20)["text/html"]
    kept = watched.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    states = [model["state"] for model in kept.values()]
    # Where ipywidgets are known and anywidget is not, a picture stands in the figure's place, which otherwise hides it.
    (instead,) = [state["value"] for state in states if "explorer-still" in str(state.get("value", ""))]
    assert output.data["text/html"] in instead
    (figure,) = [state for state in states if "_css" in state]
    assert ".explorer-still { display: none; }" in figure["_css"]


@pytest.mark.parametrize("which", [0, 1], ids=["unattended", "watched"])
@pytest.mark.parametrize("exporter", [HTMLExporter, MarkdownExporter])
def test_converted_it_has_figure_and_sentence(notebooks, which, exporter):
    """Of a notebook whose widgets' state was not kept, as front ends save it."""
    notebook = nbformat.from_dict(notebooks[which])
    notebook.metadata.pop("widgets", None)
    text, _resources = exporter().from_notebook_node(notebook)
    said = text.partition(SHOWN if exporter is MarkdownExporter else "<body")[2]
    assert not BROKEN.search(said) and "nearest to the sodium potential" in said
    assert picture(said).tag.endswith("svg")


@pytest.mark.parametrize("missing", ["anywidget", "ipywidgets"])
def test_without_a_library_of_widgets_it_is_the_figure(missing):
    code = f"import sys; sys.modules[{missing!r}] = None\nfrom neurolib.explorers import explore\n"
    code += f"bundle = {SHOWN}._repr_mimebundle_(); print(sorted(bundle)); print(bundle['text/plain'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("['text/html', 'text/plain']") and SENTENCE in done.stdout.replace("\xa0", " ")


@pytest.mark.parametrize("name", names())
def test_the_picture_of_every_explorer_stands_alone(name):
    """Nothing in it is a name that only a page's styles could fill."""
    shown = still(explore(name))
    root = picture(shown["text/html"])
    text = xml.tostring(root, encoding="unicode")
    assert "var(" not in text and "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", text)
    assert explore(name).title.partition(":")[0][:12] in shown["text/plain"] and "{" not in shown["text/plain"]
