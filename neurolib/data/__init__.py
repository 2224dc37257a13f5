"""What was measured: points and tables of classical papers, with their source and, where it is known, the error of reading.

Each set is a CSV file beside this one. Its first lines say whose measurement it is, from which figure, and who read it.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from neurolib.checks import require_one_of

QUANTITIES = ("g_K", "g_Na")


class Points(NamedTuple):
    """Points read off a figure by two people: the means, and how far the first reading lies above the second.

    ``time`` (ms), ``conductance`` (mS/cm²), ``time_apart`` and ``apart``, arrays; nan is apart where one person read alone.
    The standard error of a mean is half of the distance, taken as root mean square over many points.
    """

    time: np.ndarray
    conductance: np.ndarray
    time_apart: np.ndarray
    apart: np.ndarray


def table(name):
    """The columns of a set, by name, as arrays of numbers (nan where there is none) or of words."""
    lines = Path(__file__).with_name(f"{name}.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {column: _numbers([row[column] for row in rows]) for column in rows[0]}


def _numbers(words):
    try:
        return np.array([float(word) if word else np.nan for word in words])
    except ValueError:
        return np.array(words)


def conductances(quantity):
    """``g_K`` or ``g_Na`` of squid axon 17 after steps from rest at 6 to 7 °C: :class:`Points` by depolarisation (mV).

    Hodgkin & Huxley 1952, J Physiol 117:500-544, figures 3 (p. 508) and 6 (p. 513), read by A. Daly (for Daly et al. 2015,
    R Soc Open Sci 2:150499) and by M. Hines (ModelDB entry 5426). The readings differ by whole curves. Hines put the first
    point of each potassium curve to the resting conductance of the caption, 0.24 mS/cm². Measured on the scan beside his
    reading, against the printed zero lines (:func:`zero_lines`), curves of Daly stand up to 0.5 too high and those of Hines
    up to 0.4 too low; their means are within 0.25, and all but one within 0.1.

    Raises ``ValueError`` for another quantity.
    """
    require_one_of("quantity", quantity, QUANTITIES)
    columns = table("axon_17_conductances")
    steps = columns["depolarisation"][columns["quantity"] == quantity]
    read = {name: values[columns["quantity"] == quantity] for name, values in columns.items()}
    return {float(step): _pair({name: values[steps == step] for name, values in read.items()}) for step in dict.fromkeys(steps)}


def _pair(read):
    means, apart = [], []
    for name in ("time", "conductance"):
        a, b = read[f"{name}_a"], read[f"{name}_b"]
        means.append(np.where(np.isnan(a), b, 0.5 * (a + b)))
        apart.append(a - b)
    return Points(*means, *apart)


def zero_lines():
    """How far (mS/cm²) the potassium curves of Hines's reading lie below the printed zero lines, by depolarisation (mV).

    Measured for this book on the scan beside that reading, whose pixels are 0.17 mS/cm² high.
    """
    columns = table("axon_17_zero_lines")
    return dict(zip(columns["depolarisation"], columns["below"], strict=True))


def rates():
    """The rates of squid axon 17 (1/ms) against ``depolarisation`` (mV), 6 to 7 °C: arrays ``alpha_n`` to ``beta_h`` by name.

    Hodgkin & Huxley 1952, J Physiol 117:500-544, tables 1 and 2: what fitted each step by itself, before the smooth
    functions of the voltage were chosen. Typed, so that there is no error of reading; that of the fits is not stated there.
    """
    return table("axon_17_rates")


def beta_n():
    """The rate ``beta_n`` (1/ms) of several squid axons, reduced to 6 °C, against ``depolarisation`` (mV): 46 points.

    Hodgkin & Huxley 1952, J Physiol 117:500-544, figure 4, digitised in the repository ComputationalBioLab/Unfit, which
    states no error.
    """
    return table("beta_n")


def receptor_openings():
    """How many of 403 openings of acetylcholine receptors ended in each half millisecond from ``start`` (ms) on: ``openings``.

    Frog, 50 nM acetylcholine, -80 mV, 8 °C: D. C. Ogden, D. J. Adams & D. Colquhoun, in Colquhoun & Hawkes 1995, Single-Channel
    Recording, 2nd ed., pp. 397-482. Counts by J. M. Kinder & P. C. Nelson (collection pmls-data), under the Open Data Commons
    Attribution License 1.0. Openings below 0.5 ms were left out there. A count n has the error of a count, √n.
    """
    return table("receptor_openings")
