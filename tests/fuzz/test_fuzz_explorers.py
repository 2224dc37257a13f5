"""Every explorer's model outside its controls' ranges: a named error.

What may be drawn and what an answer must be stand here; ``test_laws`` holds every state that it draws to both.
"""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurolib.explorer.declaration import OK
from neurolib.explorer.typography import fill
from neurolib.explorers import explore, names
from neurolib.show.static import readout_text

EVERY = pytest.mark.parametrize("name", names())
# No curve and no number of the book is beyond these, whatever the controls; units that are not here have no such bound.
LARGEST = {"mV": 600.0, "mM": 1000.0, "Hz": 1000.0, "1/s": 1000.0, "mm": 1000.0, "m/s": 200.0, "mS/cm²": 1e4, "µA/cm²": 1e5}
SMALL = 1e-9  # what rounding may leave below zero, or above a hundred per cent
NO_NUMBER = [None, "", "5", "nan", "abc", b"1", [], [1.0], {}, 1j, np.array([1.0]), np.array([1.0, 2.0]), object()]


def values_of(control):
    """Any value that a control can have: its ends, its default, a place of the handle, or whatever a reader may type."""
    if control.kind != "slider":
        return st.integers(0, control.max).map(float)
    low, high = float(control.min), float(control.max)
    return st.one_of(
        st.sampled_from([low, high, float(control.default)]),
        st.integers(0, control.positions).map(control.at),
        st.floats(low, high),
    )


def check_sentence(sentence):
    assert sentence and not re.search(r"\b(nan|inf|None)\b|[{}]", sentence), sentence


def check_output(output, value, gap_allowed):
    """Finite, or ``nan`` where the explorer declares that there may be no number; and of a believable size."""
    value = np.asarray(value)
    largest = np.max(np.abs(value), initial=0.0)
    if np.isnan(largest):
        assert gap_allowed, f"{output.name} is nan, which is not declared"
        largest = np.max(np.abs(value[~np.isnan(value)]), initial=0.0)
    assert not np.isinf(largest), output.name
    assert largest <= LARGEST.get(output.unit, math.inf), f"{output.name}: {largest:g} {output.unit}"


def check_answer(explorer, settings, word, results):
    """Sentence, curves and readouts of what ``evaluate`` gave."""
    sentence = fill(explorer.sentence(settings, word, results), settings | results)
    check_sentence(sentence)
    if word != OK:
        with pytest.raises(ValueError, match=re.escape(sentence)) as raised:
            explorer.model(**settings)
        assert all(control.name in str(raised.value) for control in explorer.controls)
        return
    for curve in explorer.curves:
        check_output(curve, results[curve.name], curve.gaps)
    for readout in explorer.readouts:
        check_output(readout, results[readout.name], readout.optional)
        assert re.search(r"\d|–", readout_text(results[readout.name], readout))
    if explorer.challenge:
        verdict, off = explorer.verdict(settings, results)
        check_sentence(fill(explorer.words.challenge[verdict], settings | results | {"off": off}))


@EVERY
def test_out_of_range(name):
    """Just outside, far outside, and what is no number at all: an error that names the control, the value, the range."""
    explorer = explore(name)

    def outside(control):
        low, high = float(control.min), float(control.max)
        beyond = st.one_of(
            st.sampled_from([math.nextafter(low, -math.inf), math.nextafter(high, math.inf), 10**400]),
            st.floats(max_value=low, exclude_max=True),
            st.floats(min_value=high, exclude_min=True),
            st.sampled_from([math.nan, math.inf, -math.inf]),
            st.sampled_from([*NO_NUMBER, *([] if control.kind == "toggle" else [False, True])]),
        )
        between = st.floats(low, high).filter(lambda value: value != round(value))
        return st.tuples(st.just(control), beyond if control.kind == "slider" else st.one_of(beyond, between))

    @given(st.sampled_from(explorer.controls).flatmap(outside))
    def run(drawn):
        control, value = drawn
        with pytest.raises(ValueError) as raised:
            explorer.model(**{control.name: value})
        said = str(raised.value)
        assert said.startswith(f"{control.name} = {value!r} is not allowed: {control.name} is "), said
        if control.kind == "slider":
            assert f"from {control.min:g} to {control.max:g}" in said
        elif control.kind == "choice":
            assert all(option in said for option in control.options)
        else:
            assert "False or True" in said

    run()


@EVERY
@given(st.text())
def test_unknown_control(name, control):
    explorer = explore(name)
    if control in explorer.defaults:
        return
    with pytest.raises(ValueError, match="is not a control of") as raised:
        explorer.model(**{control: 1.0})
    assert all(known.name in str(raised.value) for known in explorer.controls)
