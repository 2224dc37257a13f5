"""Equilibrium potentials, constant-field potentials and currents: the portable equations.

Every function here is a plain equation: it never raises, and is ``nan`` where the equation has no meaning (a
concentration that is not above zero, valence 0, no permeability at all). For checked arguments, arrays and
tables of ions use :mod:`neurolib.potentials`, which calls these.

Units: mV, mM, °C, permeability in cm/s (or relative, where only ratios matter), current in µA/cm², outward positive.
"""

from neurolib.constants import CELSIUS_ZERO, FARADAY, GAS_CONSTANT
from neurolib.portable import exprel, math, portable


@portable
def thermal_voltage(temperature_celsius):
    """RT/F in mV: 24.1 mV at 6.3 °C, 26.7 mV at 37 °C."""
    return 1000.0 * GAS_CONSTANT * (temperature_celsius + CELSIUS_ZERO) / FARADAY


@portable
def nernst(z, c_in, c_out, temperature_celsius):
    """Equilibrium potential E = (RT/zF) ln(c_out/c_in), in mV.

    ``z`` valence, ``c_in`` and ``c_out`` in mM. Nernst (1888).
    """
    if z == 0.0 or c_in <= 0.0 or c_out <= 0.0:
        return math.nan
    return thermal_voltage(temperature_celsius) / z * math.log(c_out / c_in)


@portable
def ghk_voltage(P_K, P_Na, P_Cl, K_in, K_out, Na_in, Na_out, Cl_in, Cl_out, temperature_celsius):
    """Goldman-Hodgkin-Katz voltage of a membrane permeable to K⁺, Na⁺ and Cl⁻, in mV.

    V = (RT/F) ln[(P_K K_o + P_Na Na_o + P_Cl Cl_i) / (P_K K_i + P_Na Na_i + P_Cl Cl_o)]

    Permeabilities in any common unit. Holds for zero net current, monovalent ions, a constant field and no electrogenic
    pump. Goldman (1943), Hodgkin & Katz (1949). With no permeability there is no such voltage: ``nan``.
    """
    outward = P_K * K_in + P_Na * Na_in + P_Cl * Cl_out
    inward = P_K * K_out + P_Na * Na_out + P_Cl * Cl_in
    if outward <= 0.0 or inward <= 0.0:
        return math.nan
    return thermal_voltage(temperature_celsius) * math.log(inward / outward)


@portable
def ghk_efflux(P, z, V, c_in, temperature_celsius):
    """Unidirectional efflux as a current, P z F c_in u/(1 − e⁻ᵘ) with u = zVF/RT, in µA/cm² (P in cm/s)."""
    u = z * V / thermal_voltage(temperature_celsius)
    return P * z * FARADAY * c_in / exprel(-u)


@portable
def ghk_influx(P, z, V, c_out, temperature_celsius):
    """Unidirectional influx as a current, P z F c_out u/(eᵘ − 1) with u = zVF/RT, in µA/cm² (P in cm/s)."""
    u = z * V / thermal_voltage(temperature_celsius)
    return P * z * FARADAY * c_out / exprel(u)


@portable
def ghk_current(P, z, V, c_in, c_out, temperature_celsius):
    """Constant-field current I = P z F u (c_in − c_out e⁻ᵘ)/(1 − e⁻ᵘ), u = zVF/RT, in µA/cm², outward positive.

    ``P`` in cm/s and concentrations in mM give µA/cm² without a factor. Continuous at V = 0, where it is
    P z F (c_in − c_out); zero at the Nernst potential. Goldman (1943), Hodgkin & Katz (1949).
    """
    u = z * V / thermal_voltage(temperature_celsius)
    return P * z * FARADAY * (c_in / exprel(-u) - c_out / exprel(u))


@portable
def chord_voltage(g_K, E_K, g_Na, E_Na, g_Cl, E_Cl):
    """Voltage of zero current through ohmic conductances, V = Σ g E / Σ g, in mV.

    A weighted average of the equilibrium potentials; the weights are conductances, not permeabilities.
    Any g_K, g_Na, g_Cl in a common unit. With no conductance there is no such voltage: ``nan``.
    """
    total = g_K + g_Na + g_Cl
    if total <= 0.0:
        return math.nan
    return (g_K * E_K + g_Na * E_Na + g_Cl * E_Cl) / total


@portable
def mullins_noda(r, P_K, P_Na, K_in, K_out, Na_in, Na_out, temperature_celsius):
    """Steady voltage with an electrogenic pump that moves ``r`` Na⁺ out per K⁺ in (r = 1.5 for 3:2), in mV.

    V = (RT/F) ln[(r P_K K_o + P_Na Na_o) / (r P_K K_i + P_Na Na_i)]

    Holds when the pump balances both leaks and chloride is passive. r = 1 is the GHK voltage.
    Mullins & Noda (1963), J Gen Physiol 47:117-132.
    """
    return ghk_voltage(r * P_K, P_Na, 0.0, K_in, K_out, Na_in, Na_out, 1.0, 1.0, temperature_celsius)
