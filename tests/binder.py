"""What Binder would do with this repository, as repo2docker says it."""

import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What stands in the image before the book's requirements, by its name in conda-forge and on PyPI.
BEFORE = {
    "notebook": "notebook",
    "jupyterlab": "jupyterlab",
    "jupyterhub-base": "jupyterhub",
    "jupyter-offlinenotebook": "jupyter-offlinenotebook",
    "jupyter-resource-usage": "jupyter-resource-usage",
    "ipywidgets": "ipywidgets",
}


def dockerfile():
    """The Dockerfile that repo2docker writes for this repository."""
    program = Path(sys.executable).with_name("jupyter-repo2docker")
    command = [program, "--no-build", "--debug", "--user-id=1000", "--user-name=jovyan", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def python_version(text):
    """The Python that a Dockerfile installs, as in 3.12."""
    return re.search(r"environment\S*?py-2d(\d)-2e(\d+)", text).expand(r"\1.\2")


def before(version):
    """What pip has to install for the programs that repo2docker puts into every image."""
    name = f"repo2docker/buildpacks/conda/environment.py-{version}-linux-64.lock"
    lock = Path(distribution("jupyter-repo2docker").locate_file(name)).read_text(encoding="utf-8")
    versions = dict(re.findall(r"/([^/\s]+)-([^-/]+)-[^-/]+\.conda", lock))
    return [f"{pip}=={versions[conda]}" for conda, pip in BEFORE.items()]


def steps(text):
    """The commands of a Dockerfile that work on this repository, in order."""
    return [line.removeprefix("RUN ") for line in text.splitlines() if line.startswith("RUN ") and ".binder/" in line]
