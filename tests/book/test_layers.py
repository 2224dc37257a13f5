"""Imports go down the layers, never up; the core stays pure."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "neurolib"
LAYERS = ["portable", "library", "page", "explorers"]
OUTSIDE = {
    "portable": {"numba", "math"},
    "library": {"numba", "numpy", "scipy", "math"},
    "page": {
        "numpy",
        "matplotlib",
        "ipywidgets",
        "anywidget",
        "traitlets",
        "pscript",
        "jinja2",
        "markupsafe",
        "sphinx",
        "sphinxcontrib",
        "docutils",
        "babel",
        "yaml",
        "rjsmin",
        "py_mini_racer",
        "fontTools",
        "tinycss2",
        "pydata_sphinx_theme",
        "myst_nb",
        "nbformat",
        "pybtex",
        "sphinx_tippy",
    },
    "explorers": {"numpy", "math"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module):
    parts = module.split(".")[1:]
    if not parts or parts[0] == "portable":
        return "portable"
    return parts[0] if parts[0] in LAYERS else "library"


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: name the package in imports"
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path):
    own = layer(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    for name in imports(path):
        if name.split(".")[0] == "neurolib":
            lazily = (
                path.name in ("extension.py", "status.py", "tables.py") and name == "neurolib.explorers"
            )  # the build compiles them all
            assert lazily or LAYERS.index(layer(name)) <= LAYERS.index(own), f"{path.name} ({own}) imports {name}"
        else:
            top = name.split(".")[0]
            assert top in OUTSIDE[own] | sys.stdlib_module_names, f"{path.name} ({own}) imports {top}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_hold_one_idea(path):
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    most = 240 if path.parent.name == "explorers" else 200  # an explorer is one file: model, figure and lesson
    assert statements <= most, f"{path.name} has {statements} statements: split it by ideas"
