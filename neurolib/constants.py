"""Physical constants, and the concentrations of ions inside and outside the cells of the book."""

from dataclasses import dataclass

from neurolib.checks import did_you_mean

GAS_CONSTANT = 8.31446261815324  # R in J/(mol K), CODATA 2018, exact
FARADAY = 96485.33212331001  # F in C/mol, CODATA 2018, exact
CELSIUS_ZERO = 273.15  # 0 °C in K

VALENCE = {"K": 1, "Na": 1, "Cl": -1, "Ca": 2}


@dataclass(frozen=True)
class Ions:
    """Concentrations in mM on both sides of a membrane, and where they come from.

    ``ions.inside("K")`` and ``ions.outside("K")`` are the same numbers by name of the ion.
    """

    name: str
    K_in: float
    K_out: float
    Na_in: float
    Na_out: float
    Cl_in: float
    Cl_out: float
    Ca_in: float
    Ca_out: float
    source: str

    def inside(self, ion):
        """Concentration of ``ion`` ("K", "Na", "Cl" or "Ca") in the cell, mM."""
        return getattr(self, f"{_known(ion)}_in")

    def outside(self, ion):
        """Concentration of ``ion`` ("K", "Na", "Cl" or "Ca") around the cell, mM."""
        return getattr(self, f"{_known(ion)}_out")


def _known(ion):
    if ion not in VALENCE:
        raise ValueError(f"ion = {ion!r}: {did_you_mean(ion, VALENCE)}ion has to be one of {', '.join(VALENCE)}")
    return ion


SQUID_BLOOD = Ions(
    "squid axon in blood", 400, 20, 50, 440, 52, 560, 1e-4, 10,
    "the usual textbook table, after Hodgkin (1964); unverified here. E_K is 17 mV less negative than in sea water.",
)
SQUID_SEAWATER = Ions(
    "squid axon in sea water", 400, 10, 50, 460, 40, 540, 1e-4, 10,
    "the usual round numbers of textbooks for an axon in sea water; unverified here.",
)
MAMMAL = Ions(
    "mammalian neuron", 140, 5, 15, 145, 10, 110, 1e-4, 2,
    "round textbook numbers; free calcium 100 nM inside. A choice made here.",
)
HILLE_MUSCLE = Ions(
    "mammalian skeletal muscle", 155, 4, 12, 145, 4.2, 123, 1e-4, 1.5,
    "Hille, Ion Channels of Excitable Membranes, table of ion concentrations; unverified here.",
)

ION_TABLES = {
    "squid_blood": SQUID_BLOOD,
    "squid_seawater": SQUID_SEAWATER,
    "mammal": MAMMAL,
    "hille_muscle": HILLE_MUSCLE,
}
