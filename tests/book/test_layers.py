"""Imports go down the layers, never up; the core stays pure."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "neurolib"
LAYERS = ["portable", "library", "explorer", "show", "explorers", "book"]
OUTSIDE = {
    "portable": {"numba", "numpy", "pscript"},
    "library": {"numba", "numpy", "scipy"},
    "explorer": {"numpy", "matplotlib", "babel", "yaml"},
    "show": {"numpy", "ipywidgets", "anywidget", "traitlets", "jinja2", "markupsafe", "minify"},
    "explorers": {"numpy"},
    "book": {
        "babel", "bs4", "docutils", "fontTools", "jupyter_client", "matplotlib", "myst_nb", "nbformat", "numpy",
        "py_mini_racer", "pybtex", "pydata_sphinx_theme", "pypdf", "segno", "sphinx", "sphinx_tippy",
        "sphinxcontrib", "tinycss2", "yaml",
    },
}  # fmt: skip
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module):
    parts = module.split(".")[1:]
    if not parts:
        return "portable"
    return parts[0] if parts[0] in LAYERS else "library"


def is_module(name):
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: name the package in imports"
            inside = [f"{node.module}.{alias.name}" for alias in node.names]  # a module, or a name in one
            yield from (name if is_module(name) else node.module for name in inside)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path):
    own = layer(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    for name in imports(path):
        if name.split(".")[0] == "neurolib":
            assert LAYERS.index(layer(name)) <= LAYERS.index(own), f"{path.name} ({own}) imports {name}"
        else:
            top = name.split(".")[0]
            assert top in OUTSIDE[own] | sys.stdlib_module_names, f"{path.name} ({own}) imports {top}"


def test_no_two_files_import_each_other():
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    used = {module: {name for name in imports(path) if name in named} for module, path in named.items()}
    assert [(a, b) for a in used for b in used[a] if a < b and a in used[b]] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_hold_one_idea(path):
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    most = 300 if path.parent.name == "explorers" else 200  # an explorer is one file: model, figure, lesson and story
    assert statements <= most, f"{path.name} has {statements} statements: split it by ideas"
