"""Membranes that are data, and that the library does not know.

The Connor-Stevens neuron is of the numbers of its paper (Connor, Walter and McKown 1977), as Dayan and Abbott give them in the
appendix of their chapter 6.
"""

import copy

from neurolib.bench.catalogue import channels, constant, exp, exp_linear, membranes, sigmoid, total


def product(*factors, exponent):
    """The product of ``factors`` to a power."""
    return {"form": "product", "factors": list(factors), "exponent": exponent}


def channel(name, g, E, *gates):
    return {"name": name, "g": g, "drive": {"form": "ohmic", "E": E}, "gates": list(gates)}


M = {"name": "m", "power": 3, "alpha": exp_linear(3.8, -29.7, 10.0), "beta": exp(15.2, -54.7, -1.0 / 0.0556)}
H = {"name": "h", "power": 1, "alpha": exp(0.266, -48.0, -20.0), "beta": sigmoid(-18.0, 10.0, 3.8)}
N = {"name": "n", "power": 4, "alpha": exp_linear(0.2, -45.7, 10.0), "beta": exp(0.25, -55.7, -80.0)}
A = {"name": "a", "power": 3,
     "inf": product(exp(0.0761, -94.22, 1.0 / 0.0314), sigmoid(-1.17, -1.0 / 0.0346), exponent=1.0 / 3.0),
     "tau": total(constant(0.3632), sigmoid(-55.96, -1.0 / 0.0497, 1.158))}  # fmt: skip
B = {"name": "b", "power": 1, "inf": product(sigmoid(-53.3, -1.0 / 0.0688), exponent=4.0),
     "tau": total(constant(1.24), sigmoid(-50.0, -1.0 / 0.0624, 2.678))}  # fmt: skip
CONNOR_STEVENS = {"C_m": 1.0, "temperature": 18.0, "channels": [
    channel("Na", 120.0, 55.0, M, H), channel("K", 20.0, -72.0, N), channel("A", 47.7, -75.0, A, B),
    channel("leak", 0.3, -17.0)]}  # fmt: skip


def every_part():
    """A relay cell, with its constant field, pool and split curve, and with every other part that NeuroML takes."""
    membrane = copy.deepcopy(membranes()["thalamic_relay"])
    by_calcium = channels()["BK"]
    at_once = {"name": "s", "power": 2, "inf": product(sigmoid(-50.0, 10.0), exponent=1.5), "tau": None}
    both = {"name": "u", "power": 1, "speed": 0.7, "q10": 2.5, "reference": 30.0, "inf": sigmoid(-40.0, 6.0),
            "tau": product(exp(2.0, -60.0, -30.0), exponent=0.5)}  # fmt: skip
    risen = {"name": "v", "power": 1, "alpha": total(exp_linear(0.1, -40.0, 10.0), exp_linear(0.2, 20.0, -5.0)),
             "beta": exp(0.5, -60.0, -30.0)}  # fmt: skip
    by_calcium |= {"name": "KCa", "g": 0.3, "calcium": {"half": 0.002, "power": 2},
                   "gates": [at_once, both, risen, *by_calcium["gates"]], "drive": {"form": "nernst", "ion": "K"}}  # fmt: skip
    carries = {"name": "CaN", "g": 0.01, "drive": {"form": "nernst", "ion": "Ca"}, "carries_calcium": True,
               "gates": [both | {"name": "w", "q10": 1.0}]}  # fmt: skip
    membrane["channels"] += [by_calcium, carries]
    return membrane


EVERY_PART = every_part()
