"""Equilibrium and resting potentials with checked arguments, for numbers and arrays.

Each function here checks its arguments, broadcasts them like NumPy, and calls the equation of the same subject in
:mod:`neurolib.electrochemistry`. A number in gives a number out.
"""

import numpy as np

from neurolib import electrochemistry as equations
from neurolib.checks import as_number, as_numbers, did_you_mean
from neurolib.constants import VALENCE, Ions
from neurolib.portable import python_function


def equilibrium_potential(ion, c_in, c_out, temperature_celsius):
    """Nernst potential E = (RT/zF) ln(c_out/c_in), in mV.

    ``ion`` "K", "Na", "Cl", "Ca" or a valence; ``c_in``, ``c_out`` in mM, numbers or arrays.
    Raises ``ValueError`` for a concentration that is not above zero, an unknown ion or a temperature outside 0-50 °C.
    """
    z = _valence(ion)
    _check_all("c_in", c_in, "mM", above_zero=True)
    _check_all("c_out", c_out, "mM", above_zero=True)
    _check_temperature(temperature_celsius)
    return _broadcast(equations.nernst, ion=z, c_in=c_in, c_out=c_out, temperature_celsius=temperature_celsius)


def goldman_potential(ions, P_K, P_Na, P_Cl, temperature_celsius, r=1.0):
    """Goldman-Hodgkin-Katz voltage of a membrane between the solutions of ``ions``, in mV.

    ``ions`` an :class:`~neurolib.constants.Ions`; permeabilities in any common unit, numbers or arrays.
    ``r`` above 1 adds an electrogenic pump as Mullins & Noda do, for passive chloride (P_Cl = 0): 1.5 is 3 Na⁺ : 2 K⁺.
    Raises ``ValueError`` for negative permeabilities, for none at all (the voltage is then undefined), for a
    temperature outside 0-50 °C, and for ``r`` other than 1 together with a chloride permeability.
    """
    if not isinstance(ions, Ions):
        raise ValueError(f"ions = {ions!r}: an Ions is wanted, such as MAMMAL of neurolib.constants, or your own: "
                         'Ions("mine", K_in=140, K_out=5, Na_in=15, Na_out=145, Cl_in=10, Cl_out=110, Ca_in=1e-4, Ca_out=2, '
                         'source="...")')
    for name, value in (("P_K", P_K), ("P_Na", P_Na), ("P_Cl", P_Cl)):
        _check_all(name, value, "")
    _check_all("r", r, "", above_zero=True)
    _check_temperature(temperature_celsius)
    if np.any((np.asarray(P_K) == 0.0) & (np.asarray(P_Na) == 0.0) & (np.asarray(P_Cl) == 0.0)):
        raise ValueError(f"P_K = {P_K!r}, P_Na = {P_Na!r}, P_Cl = {P_Cl!r}: at least one has to be above 0, since a "
                         "membrane that no ion crosses has no Goldman voltage")
    if np.any((np.asarray(r) != 1.0) & (np.asarray(P_Cl) != 0.0)):
        raise ValueError(f"r = {r!r} with P_Cl = {P_Cl!r}: the Mullins-Noda voltage holds for P_Cl = 0")
    return _broadcast(equations.ghk_voltage, P_K=r * np.asarray(P_K, dtype=float), P_Na=P_Na, P_Cl=P_Cl,
                      K_in=ions.K_in, K_out=ions.K_out, Na_in=ions.Na_in, Na_out=ions.Na_out, Cl_in=ions.Cl_in,
                      Cl_out=ions.Cl_out, temperature_celsius=temperature_celsius)


def constant_field_current(ion, P, V, c_in, c_out, temperature_celsius):
    """Goldman-Hodgkin-Katz current of one ion, µA/cm², outward positive.

    ``ion`` as in :func:`equilibrium_potential`; ``P`` in cm/s, ``V`` in mV, concentrations in mM, numbers or arrays.
    Raises ``ValueError`` for negative permeability or concentration, an unknown ion, or a temperature outside 0-50 °C.
    """
    z = _valence(ion)
    for name, value, unit in (("P", P, "cm/s"), ("c_in", c_in, "mM"), ("c_out", c_out, "mM")):
        _check_all(name, value, unit)
    _check_finite("V", V, "mV")
    _check_temperature(temperature_celsius)
    return _broadcast(equations.ghk_current, P=P, ion=z, V=V, c_in=c_in, c_out=c_out,
                      temperature_celsius=temperature_celsius)


def conductance_weighted_potential(g_K, E_K, g_Na, E_Na, g_Cl=0.0, E_Cl=0.0):
    """Chord-conductance voltage Σ g E / Σ g, in mV; conductances in a common unit, not negative, not all zero."""
    for name, value in (("g_K", g_K), ("g_Na", g_Na), ("g_Cl", g_Cl)):
        _check_all(name, value, "mS/cm²")
    for name, value in (("E_K", E_K), ("E_Na", E_Na), ("E_Cl", E_Cl)):
        _check_finite(name, value, "mV")
    if np.any((np.asarray(g_K) == 0.0) & (np.asarray(g_Na) == 0.0) & (np.asarray(g_Cl) == 0.0)):
        raise ValueError(f"g_K = {g_K!r}, g_Na = {g_Na!r}, g_Cl = {g_Cl!r}: at least one has to be above 0 mS/cm²")
    return _broadcast(equations.chord_voltage, g_K=g_K, E_K=E_K, g_Na=g_Na, E_Na=E_Na, g_Cl=g_Cl, E_Cl=E_Cl)


def _valence(ion):
    if isinstance(ion, str):
        if ion not in VALENCE:
            raise ValueError(f"ion = {ion!r}: {did_you_mean(ion, VALENCE)}ion has to be one of {', '.join(VALENCE)}, or a "
                             "valence")
        return float(VALENCE[ion])
    z = as_number(ion)
    if not z.is_integer() or z == 0.0:
        raise ValueError(f"ion = {ion!r}: a valence has to be a whole number other than 0")
    return z


def _check_all(name, values, unit, above_zero=False):
    numbers = as_numbers(values)
    if not np.all(np.isfinite(numbers)) or np.any(numbers <= 0.0 if above_zero else numbers < 0.0):
        bound = "above 0" if above_zero else "at least 0"
        raise ValueError(f"{name} = {values!r} {unit}: {name} has to be {bound}{' ' + unit if unit else ''}")


def _check_finite(name, values, unit):
    if not np.all(np.isfinite(as_numbers(values))):
        raise ValueError(f"{name} = {values!r} {unit}: {name} has to be a finite number")


def _check_temperature(values):
    numbers = as_numbers(values)
    if not np.all((numbers >= 0.0) & (numbers <= 50.0)):
        raise ValueError(f"temperature_celsius = {values!r} °C: temperature_celsius has to be between 0 and 50 °C")


def _broadcast(equation, **arguments):
    """The equation for numbers or arrays; ``ValueError`` where floating-point numbers do not reach its result."""
    try:
        with np.errstate(all="ignore"):
            result = np.vectorize(python_function(equation), otypes=[float])(*arguments.values())
    except (ValueError, ArithmeticError):
        result = np.array(np.nan)
    if not np.all(np.isfinite(result)):
        named = ", ".join(f"{name} = {value!r}" for name, value in arguments.items())
        raise ValueError(f"{named}: too large or too small for a floating-point result")
    return float(result) if result.ndim == 0 else result
