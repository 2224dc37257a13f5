"""Laws of equilibrium and constant-field potentials, for any concentrations and permeabilities."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import exprel as scipy_exprel

from neurolib.constants import FARADAY, ION_TABLES, MAMMAL
from neurolib.electrochemistry import (
    chord_voltage,
    ghk_current,
    ghk_efflux,
    ghk_influx,
    ghk_voltage,
    mullins_noda,
    nernst,
    thermal_voltage,
)
from neurolib.portable import exprel
from neurolib.potentials import (
    conductance_weighted_potential,
    constant_field_current,
    equilibrium_potential,
    goldman_potential,
)

concentration = st.floats(1e-4, 1e3)
temperature = st.floats(0.0, 50.0)
permeability = st.floats(1e-3, 1e2)
valence = st.sampled_from([-2.0, -1.0, 1.0, 2.0, 3.0])
voltage = st.floats(-200.0, 200.0)


@given(valence, concentration, concentration, temperature)
def test_nernst_changes_sign_with_the_sides(z, a, b, T):
    assert nernst(z, a, b, T) == pytest.approx(-nernst(z, b, a, T), abs=1e-9)


@given(concentration, concentration, permeability, temperature)
def test_goldman_with_one_ion_is_nernst(c_in, c_out, P, T):
    others = 3.0, 7.0, 11.0, 13.0
    assert ghk_voltage(P, 0.0, 0.0, c_in, c_out, *others, T) == pytest.approx(nernst(1.0, c_in, c_out, T), abs=1e-9)
    assert ghk_voltage(0.0, 0.0, P, *others, c_in, c_out, T) == pytest.approx(nernst(-1.0, c_in, c_out, T), abs=1e-9)


@given(permeability, permeability, permeability, st.floats(1e-3, 1e3), temperature)
def test_goldman_knows_only_ratios_of_permeabilities(P_K, P_Na, P_Cl, factor, T):
    c = MAMMAL.K_in, MAMMAL.K_out, MAMMAL.Na_in, MAMMAL.Na_out, MAMMAL.Cl_in, MAMMAL.Cl_out
    scaled = ghk_voltage(factor * P_K, factor * P_Na, factor * P_Cl, *c, T)
    assert scaled == pytest.approx(ghk_voltage(P_K, P_Na, P_Cl, *c, T), abs=1e-9)


@given(permeability, permeability, permeability, concentration, st.floats(1.001, 10.0), temperature)
def test_more_potassium_outside_depolarises(P_K, P_Na, P_Cl, K_out, factor, T):
    rest = 15.0, 145.0, 10.0, 110.0
    low = ghk_voltage(P_K, P_Na, P_Cl, 140.0, K_out, *rest, T)
    assert ghk_voltage(P_K, P_Na, P_Cl, 140.0, K_out * factor, *rest, T) > low


@given(valence, concentration, concentration, permeability, temperature)
def test_constant_field_current_vanishes_at_its_nernst_potential(z, c_in, c_out, P, T):
    V = nernst(z, c_in, c_out, T)
    one_way = ghk_efflux(P, z, V, c_in, T)
    assert ghk_current(P, z, V, c_in, c_out, T) == pytest.approx(0.0, abs=1e-9 * abs(one_way))
    assert ghk_influx(P, z, V, c_out, T) == pytest.approx(one_way, rel=1e-9)


@given(valence, concentration, concentration, temperature)
def test_constant_field_current_is_continuous_at_zero(z, c_in, c_out, T):
    at_zero = ghk_current(1e-6, z, 0.0, c_in, c_out, T)
    assert at_zero == pytest.approx(1e-6 * z * FARADAY * (c_in - c_out), rel=1e-12, abs=1e-15)
    scale = 1e-6 * abs(z) * FARADAY * (c_in + c_out)
    for V in (1e-12, -1e-9, 1e-6):
        assert abs(ghk_current(1e-6, z, V, c_in, c_out, T) - at_zero) < 1e-6 * scale


@given(valence, concentration, concentration, voltage, temperature)
def test_constant_field_current_rises_with_voltage(z, c_in, c_out, V, T):
    assert ghk_current(1e-6, z, V + 1.0, c_in, c_out, T) > ghk_current(1e-6, z, V, c_in, c_out, T)


@given(permeability, permeability, concentration, concentration, concentration, concentration, temperature)
def test_mullins_noda_without_electrogenic_pump_is_goldman(P_K, P_Na, K_in, K_out, Na_in, Na_out, T):
    plain = ghk_voltage(P_K, P_Na, 0.0, K_in, K_out, Na_in, Na_out, 1.0, 1.0, T)
    assert mullins_noda(1.0, P_K, P_Na, K_in, K_out, Na_in, Na_out, T) == pytest.approx(plain, abs=1e-9)


def test_an_electrogenic_pump_adds_at_most_RT_over_F_times_ln_r():
    for ratio in (1e-3, 0.04, 1.0, 100.0):
        added = goldman_potential(MAMMAL, 1.0, ratio, 0.0, 37.0, 1.5) - goldman_potential(MAMMAL, 1.0, ratio, 0.0, 37.0)
        assert -thermal_voltage(37.0) * math.log(1.5) < added < 0.0


@given(permeability, voltage, permeability, voltage)
def test_chord_voltage_lies_between_its_equilibrium_potentials(g_K, E_K, g_Na, E_Na):
    assume(abs(E_K - E_Na) > 1e-6)
    assert min(E_K, E_Na) < chord_voltage(g_K, E_K, g_Na, E_Na, 0.0, 0.0) < max(E_K, E_Na)


@given(st.floats(-700.0, 700.0))
def test_exprel_agrees_with_scipy(x):
    assert exprel(x) == pytest.approx(scipy_exprel(x), rel=1e-14)


@pytest.mark.parametrize(("call", "named"), [
    (lambda: equilibrium_potential("K", 0.0, 5.0, 37.0), "c_in = 0.0 mM"),
    (lambda: equilibrium_potential("K", 140.0, -5.0, 37.0), "c_out = -5.0 mM"),
    (lambda: equilibrium_potential("Mg", 1.0, 1.0, 37.0), "one of K, Na, Cl, Ca"),
    (lambda: equilibrium_potential("K", 140.0, 5.0, 80.0), "between 0 and 50 °C"),
    (lambda: goldman_potential(MAMMAL, 0.0, 0.0, 0.0, 37.0), "at least one"),
    (lambda: goldman_potential(MAMMAL, -1.0, 0.0, 0.0, 37.0), "P_K = -1.0"),
    (lambda: goldman_potential(MAMMAL, 1.0, 0.0, 1.0, 37.0, 1.5), "P_Cl"),
    (lambda: constant_field_current("Ca", 1e-6, math.nan, 1.0, 1.0, 37.0), "V = nan"),
    (lambda: conductance_weighted_potential(0.0, -90.0, 0.0, 60.0), "above 0 mS/cm²"),
    (lambda: MAMMAL.inside("Mg"), "one of K, Na, Cl, Ca"),
])  # fmt: skip
def test_bad_input_is_named(call, named):
    with pytest.raises(ValueError, match=named.replace("(", r"\(")):
        call()


def test_portable_equations_never_raise():
    assert math.isnan(nernst(1.0, 0.0, 5.0, 37.0))
    assert math.isnan(nernst(0.0, 1.0, 5.0, 37.0))
    assert math.isnan(ghk_voltage(0.0, 0.0, 0.0, 140.0, 5.0, 15.0, 145.0, 10.0, 110.0, 37.0))
    assert math.isnan(chord_voltage(0.0, -90.0, 0.0, 60.0, 0.0, 0.0))


def test_arrays_broadcast():
    V = equilibrium_potential("K", 140.0, [2.5, 5.0, 10.0], 37.0)
    assert V.shape == (3,) and V[1] == equilibrium_potential("K", 140.0, 5.0, 37.0)
    assert all(ions.source for ions in ION_TABLES.values())
