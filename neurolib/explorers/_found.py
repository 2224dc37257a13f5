"""An explorer by what a command or a page calls it: its name, if it is the book's, or the file that declares it."""

import importlib.util
import sys
from pathlib import Path

from neurolib.explorers import explore


def value_of(text):
    """A control's value as it is written: a number, or the name of an option."""
    try:
        return float(text)
    except ValueError:
        return {"true": True, "false": False}.get(text.lower(), text)


def found(name, folder=Path()):
    """The explorer called ``name``, or the ``explorer`` of the file ``name``, such as ``epidemic.py``, in ``folder``.

    Raises ``ValueError`` for a name or a file that is not there, and for a file that declares none.
    """
    if not name.endswith(".py"):
        return explore(name)
    file = (folder / name).resolve()
    if not file.is_file():
        raise ValueError(f"{name!r} is not a file in {folder.resolve()}")
    known = sys.modules.get(file.stem)
    if known is not None and getattr(known, "__file__", None) != str(file):
        raise ValueError(f"{name!r} cannot be loaded: there is another module called {file.stem}; give the file another name")
    known = known or loaded(file)
    if not hasattr(known, "explorer"):
        raise ValueError(f"{name!r} declares no explorer: it has no variable of that name")
    return known.explorer


def loaded(file):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = sys.modules[file.stem] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[file.stem]
        raise
    return module
