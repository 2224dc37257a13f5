"""Every portable function of the library with inputs for it, random and at the edges; and a runner for CPython and Numba.

Functions of plain numbers are found and fed by themselves. Those that work on arrays are exercised through the
explorers' models, which use them; `covered_functions` says which those are.
"""

import ast
import importlib
import inspect
import math
import pkgutil
import random
import textwrap
from dataclasses import replace
from functools import cache

import numpy as np

import neurolib
from neurolib.explorers import all_explorers
from neurolib.portable import is_portable, python_function, zeros
from neurolib.portable.math import BY_HAND
from neurolib.show.script import models_script

SHOWN = {"explorer", "show", "book"}  # folders without a model
MOVED = {"squid_channels", "cortical_channels"}  # old places of what is elsewhere
IN_PLAIN_PYTHON = 1  # settings of an explorer, the defaults: plain Python takes a hundred times as long
EDGES = [
    0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    -40.0,
    -55.0,
    -40.0 + 1e-9,
    -55.0 - 1e-9,
    -65.0,
    100.0,
    -100.0,
    1e-12,
    6.3,
    37.0,
    300.0,
]


def library_modules():
    for module in pkgutil.walk_packages(neurolib.__path__, "neurolib."):
        parts = module.name.split(".")[1:]
        if parts[0] in SHOWN or parts[-1] == "__main__" or parts[0] in MOVED:
            continue
        yield importlib.import_module(module.name)


def portable_functions():
    """Portable functions by ``module.name``, where they are defined; but for those that are meant for some numbers alone."""
    found = {}
    for module in library_modules():
        for name, value in vars(module).items():
            if is_portable(value) and python_function(value).__module__ == module.__name__ and value not in BY_HAND:
                found[f"{module.__name__}.{name}"] = value
    return dict(sorted(found.items()))


def uses(function):
    """The portable functions that a portable function calls."""
    plain = python_function(function)
    names = set(plain.__code__.co_names) | set(plain.__code__.co_freevars)
    scope = {**plain.__globals__, **inspect.getclosurevars(plain).nonlocals}
    return [scope[name] for name in names if is_portable(scope.get(name))]


def takes_arrays(function, seen=()):
    """Whether a function works on an array or on named fields that it is given, itself or through another."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(python_function(function)))).body[0]
    arguments = {argument.arg for argument in tree.args.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in arguments:
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in arguments:
            return True
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("len", "np.zeros"):
            return True
    return any(takes_arrays(used, (*seen, function)) for used in uses(function) if used not in seen and used is not zeros)


@cache
def scalar_functions():
    return {name: f for name, f in portable_functions().items() if not takes_arrays(f)}


def covered_functions():
    """Functions that run when the explorers' models run."""
    waiting = [f for explorer in all_explorers() for f in explorer.portable_functions().values()]
    covered = set()
    while waiting:
        plain = python_function(waiting.pop())
        if plain not in covered:
            covered.add(plain)
            waiting += uses(plain)
    return covered


def scalar_inputs(function, count=60):
    """Arguments for a function of plain numbers: edges, voltages, and sizes over many powers of ten."""
    code = python_function(function).__code__
    chance = random.Random(code.co_name)
    kinds = [
        lambda: chance.choice(EDGES),
        lambda: chance.uniform(-150.0, 150.0),
        lambda: 10.0 ** chance.uniform(-6.0, 3.0),
    ]
    return [[chance.choice(kinds)() for _ in range(code.co_argcount)] for _ in range(count)]


def explorer_inputs(explorer, count=6):
    """Settings of an explorer: defaults, every corner of one control, and random positions of all."""
    chance = random.Random(explorer.name)
    settings = [explorer.defaults]
    for _ in range(count):
        drawn = {}
        for control in explorer.controls:
            last = control.positions if control.kind == "slider" else control.max
            place = chance.randint(0, last)
            drawn[control.name] = control.at(place) if control.kind == "slider" else float(place)
        settings.append(drawn)
    for control in explorer.controls:
        settings += [explorer.defaults | {control.name: float(end)} for end in (control.min, control.max)]
    return settings


def call(function, arguments):
    """The result as a list of floats, or None where plain Python has no answer (a division by zero, an overflow)."""
    try:
        result = function(*arguments)
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    return [float(value) for value in (result if isinstance(result, tuple) else (result,))]


def evaluate(explorer, settings):
    """``(word, results)`` as lists, after at most two steps of a sweep: they are all alike, and plain Python is slow."""
    if explorer.sweep:
        explorer = replace(explorer, sweep=replace(explorer.sweep, count=min(2, explorer.sweep.count)))
    word, results = explorer.evaluate(settings)
    return [word, {name: np.asarray(value, dtype=float).ravel().tolist() for name, value in results.items()}]


def everything():
    """Results of all cases as this process computes them (models in a few), and the script that it compiles."""
    scalars = {name: [call(f, a) for a in scalar_inputs(f)] for name, f in scalar_functions().items()}
    models = {e.name: [evaluate(e, s) for s in explorer_inputs(e)[:IN_PLAIN_PYTHON]] for e in all_explorers()}
    return {"scalars": scalars, "models": models, "script": models_script(all_explorers())}


def same(first, second):
    return first == second or (math.isnan(first) and math.isnan(second))
