"""Start a JupyterLab for a test, set up for a reader who opens it for the first time, and run a notebook in it."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

TRUST = ("--IdentityProvider.token=", "--allow-root", "--LabApp.expose_app_in_browser=True")
SILENT = ("--no-browser", "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")


def reader_environment(programs, home):
    """Variables of a process that finds the programs of ``programs`` and nothing of whoever runs the tests."""
    keep = {name: value for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "NEUROLIB", "NUMBA", "XDG", "PYTHON", "VIRTUAL_ENV"))}  # fmt: skip
    return keep | {"HOME": str(home), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONNOUSERSITE": "1"}


@contextlib.contextmanager
def jupyterlab(folder, environment, launcher=(), base="/"):
    """Address of a JupyterLab over ``folder``; ``launcher`` stands before its command."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tempfile.TemporaryFile("w+")
    own = [f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}", f"--ServerApp.base_url={base}"]
    program = shutil.which("jupyter-lab", path=environment["PATH"])
    server = subprocess.Popen([*launcher, program, *TRUST, *SILENT, *own], cwd=folder, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}{base}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}api", timeout=1)
                break
            except OSError:
                log.seek(0)
                assert server.poll() is None, log.read()
                time.sleep(0.25)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:  # it waits for a kernel that does not answer
            server.kill()


OPENED = """(wanted) => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const ready = panel?.context?.path === wanted && panel.context.isReady && panel.sessionContext?.isReady;
  const idle = ready && panel.sessionContext.session?.kernel?.status === "idle";
  return idle && window.jupyterapp.commands.hasCommand("notebook:run-all-cells");
}"""
# Every error of every cell, from the notebook itself: what has scrolled out of sight counts, too.
RUN = """async () => {
  await window.jupyterapp.commands.execute("notebook:run-all-cells");
  const cells = [...window.jupyterapp.shell.currentWidget.content.model.cells].filter((cell) => cell.type === "code");
  const outputs = cells.flatMap((cell) => cell.outputs.toJSON());
  return {
    cells: cells.length,
    run: cells.filter((cell) => cell.executionCount !== null).length,
    errors: outputs.filter((output) => output.output_type === "error" || output.name === "stderr"),
  };
}"""

CURVES = """(name) => [...document.querySelectorAll(`.explorer-live svg [id^="${name}-wide-moving"]`)]
  .flatMap((group) => [group, ...group.querySelectorAll("*")].map((part) => part.getAttribute("d"))).join()"""
CHANGED = f"([name, before]) => ({CURVES})(name) !== before"


def open_notebook(page, address, path):
    """Open the page at ``address``, which shows ``path`` as a notebook, and wait for its kernel."""
    page.goto(address)
    page.wait_for_function(OPENED, arg=path)


def run_all(page):
    """Run every cell: how many there are, how many ran, and the errors."""
    return page.evaluate(RUN)


def move_slider(page, name):
    """Move the first slider of an explorer with the keyboard: the time until the figure has changed."""
    moving = f'[id^="{name}-wide-moving"]'
    page.locator(f".explorer-live svg {moving}").first.wait_for(state="attached")
    handle = page.locator(f".jp-OutputArea-output:has({moving}) .noUi-target:not([disabled]) .noUi-handle").first
    handle.focus()
    before = page.evaluate(CURVES, name)
    assert "NaN" not in before
    start = time.perf_counter()
    at_the_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    for _ in range(5):
        page.keyboard.press("ArrowLeft" if at_the_end else "ArrowRight")
    page.wait_for_function(CHANGED, arg=[name, before])
    took = time.perf_counter() - start
    assert "NaN" not in page.evaluate(CURVES, name)
    return took
