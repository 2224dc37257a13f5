"""The explorers: one module each, which declares ``explorer``. A new module here is found by itself."""

import importlib
import pkgutil

import neurolib.show  # noqa: F401 (explorers show themselves)
from neurolib.checks import did_you_mean


def names():
    """The names of all explorers, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def explore(name, **values):
    """The explorer called ``name``, starting from ``values``: shown as a figure with controls.

    ``explore("goldman").model(P_Na=20)`` gives the same numbers in code. Raises ``ValueError`` for an unknown name, an
    unknown control or a value out of range.
    """
    if name not in names():
        raise ValueError(f"{name!r} is not an explorer: {did_you_mean(name, names())}there are {', '.join(names())}")
    explorer = importlib.import_module(f"{__name__}.{name}").explorer
    return explorer.starting_at(**values) if values else explorer


def living_axon():
    """The axon of the front page: that of ``propagation``, without its lesson."""
    return importlib.import_module(f"{__name__}._living").living_axon


def all_explorers():
    """Every explorer, by name."""
    return [explore(name) for name in names()]
