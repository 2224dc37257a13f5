"""What every explorer is held to without a page: wired by name, its words and texts the same set."""

import ast
import inspect

import numpy as np
import pytest

from neurolib.explorer.declaration import DONE, OK
from neurolib.explorer.handed import handed
from neurolib.explorers import explore, names
from neurolib.portable import python_function

EVERY = pytest.mark.parametrize("name", names())
ARGUMENTS = {"compute": ["c", "y", "r"], "step": ["c", "y", "r", "number"], "moment": ["c", "y", "r"]}


@EVERY
def test_words_and_texts_are_the_same_set(name):
    explore(name).check_words()


@EVERY
def test_functions_take_names_and_no_position(name):
    for part, function in explore(name).portable_functions().items():
        assert list(inspect.signature(python_function(function)).parameters) == ARGUMENTS.get(part, ["c", "r"])


@EVERY
def test_the_order_of_settings_does_not_matter(name):
    """An equal dict gives equal numbers, also in Python without Numba, where `c` is another object."""
    explorer = explore(name)
    settings = explorer.defaults
    word, results = explorer.evaluate(settings)
    other_word, others = explorer.evaluate(dict(reversed(settings.items())))
    assert word == other_word == OK and results.keys() == others.keys()
    for key, value in results.items():
        np.testing.assert_array_equal(others[key], value)


@EVERY
def test_a_challenge_can_be_met_in_words(name):
    explorer = explore(name)
    if explorer.challenge:
        assert DONE in explorer.words.challenge


def test_names_and_units_say_what_is_meant():
    """The temperature of a cell's model changes how fast its gates are, and no reversal potential; what happens again and again
    is counted in Hz, and 1/s is how fast something grows."""
    for name in names():
        explorer = explore(name)
        for part in (*explorer.controls, *explorer.curves, *explorer.readouts):
            assert part.name != "temperature_celsius" or not explorer.cells or "gates alone" in part.label, name
            assert part.unit != "1/s" or "growth" in part.label, (name, part.name)


def test_what_a_model_is_handed_has_the_declared_names():
    for name in names():
        explorer = explore(name)
        c, y, r, arrays = handed(explorer, explorer.defaults)
        fields = explorer.fields("compute")
        assert all(getattr(c, field) == explorer.defaults[field] for field in fields["c"])
        assert all(getattr(y, field) is arrays[field] for field in fields["y"])
        assert all(np.isnan(r[field]) if hasattr(r, "dtype") else np.isnan(getattr(r, field)) for field in fields["r"])


@EVERY
def test_no_text_is_in_the_code_twice(name):
    """Sentences stand in the TOML file alone: what is left in the module are short labels of the figure."""
    source = inspect.getsource(inspect.getmodule(python_function(explore(name).compute)))
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    texts = [node.args[0].value for node in calls if getattr(node.func, "id", "") == "_"]
    assert [text for text in texts if len(text) > 60 or text.endswith(".")] == []
