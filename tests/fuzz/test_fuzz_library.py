"""The functions that a reader calls, with any arguments: a finite answer, a documented nan, or an error that names one.

As many draws as the profile says: see ``tests/conftest.py``.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurolib.cells import mammalian_neuron, squid_axon
from neurolib.constants import MAMMAL
from neurolib.electrochemistry import chord_voltage, ghk_current, ghk_voltage, mullins_noda, nernst
from neurolib.excitability import threshold_current
from neurolib.potentials import (
    conductance_weighted_potential,
    constant_field_current,
    equilibrium_potential,
    goldman_potential,
)
from neurolib.protocols import pulse, ramp, step, train
from neurolib.rest import find_rest
from neurolib.simulate import LeftRange, current_clamp, voltage_clamp

NUMBERS = st.floats()  # all of them: nan, infinities, the smallest and the largest
NO_NUMBERS = st.sampled_from([None, "5", "", [1.0], np.array([[1.0]]), {}, 1j, True, 10**400])
TOO_LONG = "steps are allowed in a run"
CELLS = st.sampled_from([squid_axon, mammalian_neuron])


def any_of(sensible):
    """Mostly a sensible value, sometimes any number or none at all; runs of seconds to minutes would only take long."""
    return st.one_of(sensible, sensible, sensible, NUMBERS.filter(lambda x: not 1e3 < x < 1e7), NO_NUMBERS)


def answer(function, arguments, also=()):
    """The answer, or None for a ``ValueError`` that names one of the arguments (or a word of ``also``) and its value."""
    try:
        return function(**arguments)
    except ValueError as error:
        said = str(error)
        named = [name for name, value in arguments.items() if f"{name} = {value!r}" in said]
        assert named or any(word in said for word in also), said
        return None


VALENCE = st.floats(0.1, 4.0).map(lambda z: -z) | st.floats(0.1, 4.0)  # nearer to 0 the voltage has no bound
CONCENTRATION = st.floats(1e-6, 1e4)
PERMEABILITY = st.floats(0.0, 1e6)
TEMPERATURE = st.floats(0.0, 50.0)
VOLTAGE = st.floats(-500.0, 500.0)
EQUATIONS = {
    nernst: [VALENCE, *[CONCENTRATION] * 2, TEMPERATURE],
    ghk_voltage: [*[PERMEABILITY] * 3, *[CONCENTRATION] * 6, TEMPERATURE],
    mullins_noda: [st.floats(0.1, 10), *[PERMEABILITY] * 2, *[CONCENTRATION] * 4, TEMPERATURE],
    ghk_current: [PERMEABILITY, st.sampled_from([-2.0, -1.0, 1.0, 2.0]), VOLTAGE, *[CONCENTRATION] * 2, TEMPERATURE],
    chord_voltage: [PERMEABILITY, VOLTAGE] * 3,
}


@pytest.mark.parametrize("equation", EQUATIONS, ids=lambda equation: equation.__name__)
def test_equations(equation):
    """Any numbers give a number or nan and never an error; numbers that mean something give a finite one."""

    @given(st.tuples(*EQUATIONS[equation]))
    def sensible(arguments):
        result = equation(*arguments)
        no_meaning = equation is not ghk_current and (arguments[0] == 0.0 or math.isnan(result))
        assert math.isfinite(result) or no_meaning

    @given(st.tuples(*[NUMBERS] * len(EQUATIONS[equation])))
    def any_numbers(arguments):
        assert isinstance(equation(*arguments), float)

    sensible()
    any_numbers()


ION = st.sampled_from(["K", "Na", "Cl", "Ca", 1, -1, 2])
CHECKED = {
    equilibrium_potential: {
        "ion": ION, "c_in": CONCENTRATION, "c_out": CONCENTRATION, "temperature_celsius": TEMPERATURE,
    },
    constant_field_current: {
        "ion": ION, "P": st.floats(0, 1), "V": VOLTAGE, "c_in": CONCENTRATION, "c_out": CONCENTRATION,
        "temperature_celsius": TEMPERATURE,
    },
    goldman_potential: {
        "P_K": PERMEABILITY, "P_Na": PERMEABILITY, "P_Cl": PERMEABILITY, "temperature_celsius": TEMPERATURE,
        "ions": st.just(MAMMAL),
    },
    conductance_weighted_potential: {
        "g_K": PERMEABILITY, "E_K": VOLTAGE, "g_Na": PERMEABILITY, "E_Na": VOLTAGE, "g_Cl": PERMEABILITY, "E_Cl": VOLTAGE,
    },
}  # fmt: skip


@pytest.mark.parametrize("function", CHECKED, ids=lambda function: function.__name__)
def test_potentials(function):
    @given(st.fixed_dictionaries({
        name: values if name == "ions" else any_of(values) for name, values in CHECKED[function].items()
    }))  # fmt: skip
    def run(arguments):
        result = answer(function, arguments)
        assert result is None or np.all(np.isfinite(result)), arguments

    run()


AMPLITUDE, TIME = st.floats(-300.0, 300.0), st.floats(0.0, 20.0)
SHAPES = {
    step: {"amplitude": AMPLITUDE, "onset": TIME},
    pulse: {"amplitude": AMPLITUDE, "duration": TIME, "onset": TIME},
    ramp: {"start": AMPLITUDE, "end": AMPLITUDE, "duration": TIME, "onset": TIME},
    train: {
        "amplitude": AMPLITUDE, "duration": TIME, "interval": TIME, "count": st.integers(1, 10), "onset": TIME,
    },
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_stimulated_cells(shape):
    """A stimulus that can be made can be given: a finite trace, or the time at which V left its range."""

    @given(st.fixed_dictionaries({name: any_of(values) for name, values in SHAPES[shape].items()}), CELLS)
    def run(arguments, cell):
        stimulus = answer(shape, arguments)
        if stimulus is None:
            return
        assert np.all(np.isfinite(stimulus(np.linspace(0.0, 50.0, 7))))
        try:
            trace = current_clamp(cell, stimulus, duration=20.0, sample_every=0.1)
        except LeftRange as error:
            assert "V left -250 to 250 mV at" in str(error) and stimulus.description in str(error)
            return
        assert np.all(np.isfinite(trace.samples)) and np.all(np.isfinite(trace.I_ion))
        assert np.all(np.abs(trace.V) <= 250.0)

    run()


def test_what_ten_thousand_draws_found():
    with pytest.raises(ValueError, match=r"onset = 4503599627370354\.0 ms, interval = 16\.0 ms"):
        train(0.0, duration=15.5, interval=16.0, count=10, onset=4503599627370354.0)
    with pytest.raises(ValueError, match=r"V = 4.029148980289062e\+291"):
        constant_field_current(
            ion=4.461719195931406e16, P=0.0, V=4.029148980289062e291, c_in=1.0, c_out=1.0, temperature_celsius=0.0
        )


RUNS = {
    "duration": st.floats(0.01, 20.0), "dt": st.none() | st.floats(0.002, 0.05),
    "sample_every": st.none() | st.floats(0.01, 5.0), "temperature_celsius": TEMPERATURE,
    "g_bar_Na": st.floats(0.0, 500.0), "rate_h": st.floats(0.0, 10.0),
    "E_K": st.floats(-150.0, 50.0), "C_m": st.floats(0.1, 10.0),
}  # fmt: skip


@given(st.fixed_dictionaries({name: any_of(values) for name, values in RUNS.items()}))
def test_current_clamp(arguments):
    def run(**options):
        return current_clamp(squid_axon, pulse(20.0, 1.0), **options)

    try:
        trace = answer(run, arguments, also=("no rest between", TOO_LONG))
    except LeftRange as error:
        assert "V left -250 to 250 mV at" in str(error)
        return
    assert trace is None or np.all(np.isfinite(trace.samples))


@given(st.fixed_dictionaries({"level": any_of(VOLTAGE), "duration": any_of(TIME), "holding": any_of(VOLTAGE)}))
def test_voltage_clamp(arguments):
    def run(level, duration, holding):
        return voltage_clamp(squid_axon, step(0.0) if level is None else step(level), duration, holding=holding)

    trace = answer(run, arguments, also=("amplitude", "command", TOO_LONG))
    assert trace is None or (np.all(np.isfinite(trace.samples)) and np.all(np.isfinite(trace.I_ion)))


@given(
    st.fixed_dictionaries({
        "I_stim": any_of(AMPLITUDE), "temperature_celsius": any_of(TEMPERATURE), "g_bar_K": any_of(st.floats(0.0, 500.0)),
        "E_Na": any_of(VOLTAGE),
    }),
    CELLS,
)  # fmt: skip
def test_rest(arguments, cell):
    def run(**options):
        return find_rest(cell, **options)

    rest = answer(run, arguments)
    if rest is not None:
        assert np.all(np.isfinite(rest.state)) and -200.0 <= rest.V <= 200.0
        assert rest.stable in (True, False) and np.all(np.isfinite(rest.eigenvalues))


@given(
    st.fixed_dictionaries({
        "duration": any_of(st.floats(0.05, 20.0)), "level": any_of(VOLTAGE), "onset": any_of(TIME),
        "limit": any_of(st.floats(0.0, 2000.0)), "wait": any_of(st.floats(0.1, 40.0)),
        "g_bar_K": any_of(st.floats(20.0, 60.0)),
    })
)  # fmt: skip
def test_threshold(arguments):
    def run(**options):
        return threshold_current(squid_axon, tolerance=1e-3, **options)

    found = answer(run, arguments, also=("is unstable", TOO_LONG))
    assert found is None or math.isnan(found) or 0.0 <= found <= arguments["limit"]
