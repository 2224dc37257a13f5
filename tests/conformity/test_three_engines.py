"""One source, three engines: CPython, Numba and V8 give the same numbers, to the last bit."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import portable_cases as cases
import pytest
from py_mini_racer import MiniRacer

from neurolib.explorer.declaration import OK
from neurolib.explorers import all_explorers, explore, names
from neurolib.portable.cache import sources_digest
from neurolib.portable.compiler import compile_portable
from neurolib.portable.reach import PACKAGE
from neurolib.show.script import models_script

pytestmark = pytest.mark.xdist_group("three engines")  # plain Python is slow, and runs once
WITHOUT_NUMBA = """
import json, sys
sys.modules["numba"] = None
import portable_cases
json.dump(portable_cases.everything(), sys.stdout)
"""


@pytest.fixture(scope="module")
def plain_python(kept):
    """Every result in plain CPython, from a process that has no Numba; it stays while no file of Python changes."""
    files = [Path(cases.__file__), *PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.csv")]
    return kept((sys.version, np.__version__, sources_digest(files)), without_numba)


def without_numba():
    path = os.pathsep.join([str(Path(cases.__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", WITHOUT_NUMBA], capture_output=True, encoding="utf-8", env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_v8(functions):
    script, own_names = compile_portable(functions)
    engine = MiniRacer()
    engine.eval(script.replace("const ", "var "))
    return engine, own_names


def from_json(values):
    return [float(value) for value in values]


TEXT = "(v => JSON.stringify((Array.isArray(v) ? v : [v]).map(String)))"


def test_the_script_is_the_same_without_numba(plain_python):
    script = every_model()
    assert plain_python["script"] == script and len(script) > 100_000


@cache
def every_model():
    """The script that a page of all explorers would have."""
    return models_script(all_explorers())


@cache
def models_in_v8():
    engine = MiniRacer()
    engine.eval(f"var globalThis = {{}}; {every_model()}")
    return engine


def test_every_portable_function_compiles():
    script, _names = compile_portable(list(cases.portable_functions().values()))
    MiniRacer().eval(script)


@pytest.fixture(scope="module")
def scalars_in_v8():
    """Every function of plain numbers, compiled together: the engine, and the name that each has in it."""
    functions = cases.scalar_functions()
    engine, own_names = in_v8(list(functions.values()))
    return engine, dict(zip(functions, own_names, strict=True))


@pytest.mark.parametrize("name", cases.scalar_functions())
def test_functions_of_numbers(name, plain_python, scalars_in_v8):
    function = cases.scalar_functions()[name]
    engine, own_names = scalars_in_v8
    inputs = cases.scalar_inputs(function)
    calls = [f"{TEXT}({own_names[name]}({', '.join(map(repr, arguments))}))" for arguments in inputs]
    in_page = json.loads(engine.eval(f"JSON.stringify([{', '.join(calls)}])"))
    answered = 0
    for arguments, expected, texts in zip(inputs, plain_python["scalars"][name], in_page, strict=True):
        if expected is None:
            continue
        answered += 1
        numba = cases.call(function, arguments)
        v8 = from_json(json.loads(texts.replace("Infinity", "inf")))
        for other in (numba, v8):
            assert len(other) == len(expected)
            assert all(map(cases.same, other, expected)), (
                f"{name}{tuple(arguments)}: {expected} in CPython, {numba} under Numba, {v8} in V8"
            )
    assert answered > 20, "hardly any of the inputs has an answer"


def test_one_process_runs_all_of_this(request):
    """The group that the mark names has to reach those that hand out the tests, or plain Python runs in each of them."""
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@three engines")


MODEL = """((name, values, sizes, names, shown, steps) => {
  const { compute, step, moment, say, check, answer } = globalThis.neurolibModels[name];
  const arrays = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, new Float64Array(size)]));
  const numbers = Object.fromEntries(names.map((name) => [name, NaN]));
  let word = compute(values, arrays, numbers);
  for (let i = 0; i < steps && word === "ok"; i++) word = step(values, arrays, numbers, i);
  if (word === "ok" && moment) moment(values, arrays, numbers);
  const all = Object.entries({ ...arrays, ...numbers }).map(([name, v]) => [name, v.length === undefined ? [v] : v]);
  globalThis.results = new Float64Array(all.flatMap(([, values]) => [...values])).buffer;  // read as they are, to the bit
  const readouts = Object.fromEntries(Object.entries(numbers).slice(0, shown));
  const outcome = (part) => { const r = { ...readouts, off: NaN }; return [part(values, r), String(r.off)]; };
  const said = word === "ok" ? [say, check, answer].filter(Boolean).map(outcome) : [];
  return JSON.stringify([word, all.map(([name, values]) => [name, values.length]), said]);
})"""


@pytest.mark.parametrize("name", names())
def test_models(name, plain_python):
    explorer = explore(name)
    parts = explorer.portable_functions()
    outcomes = [part for part in ("say", "check", "answer") if part in parts]
    steps = min(2, explorer.sweep.count) if explorer.sweep else 0
    sizes = {curve.name: curve.size for curve in explorer.curves} | (explorer.sweep.arrays if explorer.sweep else {})
    fields = explorer.fields("compute")["r"]
    in_python = iter(plain_python["models"][name])
    for settings in cases.explorer_inputs(explorer):
        word, here = cases.evaluate(explorer, settings)
        written = json.dumps([name, settings, sizes, fields, len(explorer.readouts), steps])
        answered, lengths, said = json.loads(models_in_v8().eval(f"{MODEL}(...{written})").replace("Infinity", "inf"))
        ends = np.cumsum([length for _name, length in lengths])
        there = np.split(np.frombuffer(models_in_v8().eval("globalThis.results")), ends[:-1])
        others = {"V8": (answered, dict(zip(dict(lengths), there, strict=True)))}
        results = {key: values if len(values) > 1 else values[0] for key, values in here.items()}
        for part, (outcome_word, off) in zip(outcomes, said, strict=word == OK):
            expected = explorer.outcome(parts[part], settings, results)
            assert outcome_word == expected[0] and cases.same(float(off), expected[1]), (part, settings)
        if (python := next(in_python, None)) is not None:
            others["CPython"] = python
        for other, (other_word, results) in others.items():
            assert other_word == word, (other, settings)
            for key, values in here.items() if word == OK else ():
                if not np.array_equal(results[key], values, equal_nan=True):
                    np.testing.assert_array_equal(results[key], values, f"{key} in {other} at {settings}")
