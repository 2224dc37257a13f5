"""What readers start from: the book's cells, each with a protocol that shows it, and the channels to choose from."""

from neurolib.bench.catalogue import channels, membranes
from neurolib.explorer.language import _, translate

FIRST = "squid_axon"
EMPTY = {"C_m": 1.0, "temperature": 6.3, "ions": {"Na": [460, 50], "K": [10, 400]}, "pool": None, "pump": 0.0, "channels": []}
CELL_TITLES = {
    "empty": _("Empty membrane"),
    "squid_axon": _("Squid giant axon"),
    "squid_axon_split_leak": _("Squid giant axon, divided leak"),
    "mammalian_neuron": _("Mammalian neuron"),
    "mammalian_rectifying_leak": _("… with leaks that rectify"),
    "mammalian_m_current": _("… with M-current"),
    "mammalian_a_type": _("… with A-type potassium"),
    "mammalian_persistent_sodium": _("… with persistent sodium"),
    "mammalian_l_type": _("… with L-type calcium"),
    "mammalian_slow_ahp": _("… with slow AHP current"),
    "mammalian_sk": _("… with SK channels"),
    "mammalian_bk": _("… with BK channels"),
    "mammalian_t_type": _("… with T-type calcium"),
    "thalamic_relay": _("Thalamic relay cell"),
    "thalamic_pacemaker": _("Thalamic pacemaker"),
    "morris_lecar": _("Barnacle muscle (Morris-Lecar)"),
}
CHANNEL_TITLES = {
    "squid_Na": _("Na⁺, squid axon"),
    "squid_K": _("K⁺, squid axon"),
    "squid_leak": _("Leak, squid axon"),
    "Na": _("Na⁺, cortical"),
    "K": _("K⁺, cortical"),
    "M": _("M-current (K⁺)"),
    "A": _("A-type (K⁺)"),
    "NaP": _("Persistent Na⁺"),
    "Kv1": _("Kv1.1 (K⁺)"),
    "Kv2": _("Kv2.1 (K⁺)"),
    "CaL": _("L-type Ca²⁺"),
    "T": _("T-type Ca²⁺, thalamic"),
    "T_cortical": _("T-type Ca²⁺, cortical"),
    "BK": _("BK (K⁺, calcium and voltage)"),
    "SK": _("SK (K⁺, calcium)"),
    "AHP": _("Slow AHP (K⁺, calcium)"),
    "H": _("H-current"),
    "barnacle_Ca": _("Ca²⁺, barnacle muscle"),
    "barnacle_K": _("K⁺, barnacle muscle"),
}
PULSE = {"clamp": "current", "kind": "pulse", "base": 0.0, "duration": 25.0, "onset": 5.0, "width": 1.0, "amplitude": 10.0}
STEP = PULSE | {"duration": 250.0, "onset": 20.0, "width": 200.0, "amplitude": 2.0}
PROTOCOLS = {
    "empty": PULSE,
    "squid_axon": PULSE,
    "squid_axon_split_leak": PULSE,
    "thalamic_relay": STEP | {"duration": 500.0, "amplitude": -1.0},
    "thalamic_pacemaker": PULSE | {"duration": 2000.0, "amplitude": 0.0},
    "morris_lecar": STEP | {"duration": 500.0, "onset": 50.0, "width": 400.0, "amplitude": 90.0},
}


def catalogue():
    """Cells and channels by key, with their titles in the reader's language."""
    found = {"empty": EMPTY} | membranes()
    cells = {
        key: {"title": translate(CELL_TITLES[key]), "membrane": found[key], "protocol": PROTOCOLS.get(key, STEP)}
        for key in CELL_TITLES
    }
    chosen = channels()
    return {
        "cells": cells,
        "channels": {key: {"title": translate(title), "channel": chosen[key]} for key, title in CHANNEL_TITLES.items()},
    }


def experiment(key):
    """The experiment that a cell of the catalogue begins with."""
    cell = catalogue()["cells"][key]
    return {"format": 1, "membrane": cell["membrane"], "protocol": cell["protocol"], "view": {}}
