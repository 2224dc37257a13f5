"""Leaks that rectify: constant-field (GHK) currents of K⁺ and Na⁺, in place of ohmic ones.

An open pore passes current more easily from the side with more ions. ``g_bar`` of these channels is a permeability,
in cm/s.
"""

from neurolib.channels import Channel
from neurolib.checks import require_non_negative, require_one_of, require_positive
from neurolib.electrochemistry import ghk_current
from neurolib.portable import portable


@portable
def potassium_constant_field(V, K_in, K_out, temperature_celsius):
    """GHK current of K⁺ per permeability, µA/cm² per cm/s."""
    return ghk_current(1.0, 1.0, V, K_in, K_out, temperature_celsius)


@portable
def sodium_constant_field(V, Na_in, Na_out, temperature_celsius):
    """GHK current of Na⁺ per permeability, µA/cm² per cm/s."""
    return ghk_current(1.0, 1.0, V, Na_in, Na_out, temperature_celsius)


DRIVES = {"K": potassium_constant_field, "Na": sodium_constant_field}


def constant_field_leak(name, ion, P, ions):
    """A leak of ``ion`` ("K" or "Na") with permeability ``P`` cm/s between the solutions of ``ions``.

    The concentrations become the cell's parameters ``K_in`` and ``K_out``, or ``Na_in`` and ``Na_out``, in mM.
    """
    require_one_of("ion", ion, DRIVES)
    require_non_negative("P", P, "cm/s")
    constants = {f"{ion}_in": require_positive(f"{ion}_in", ions.inside(ion), "mM"),
                 f"{ion}_out": require_positive(f"{ion}_out", ions.outside(ion), "mM")}
    return Channel(name, P, drive=DRIVES[ion], constants=constants,
                   source="Goldman 1943, Hodgkin & Katz 1949: constant field")


def matching_leak(name, ion, current, V, ions, temperature_celsius):
    """A :func:`constant_field_leak` that carries ``current`` µA/cm² at ``V`` mV."""
    drive = ghk_current(1.0, 1.0, float(V), ions.inside(ion), ions.outside(ion), float(temperature_celsius))
    return constant_field_leak(name, ion, current / drive, ions)
