"""Explorers give the numbers that they gave before they were wired by name (commit 675659f), to 1e-12.

Of each curve are kept the number of its finite values, their sum with the weights cos 1.7 i, and the sum of their sizes.
An entry may go when a model is changed on purpose.
"""

import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest

from neurolib.explorer.declaration import OK
from neurolib.explorers import explore

BEFORE = json.loads(gzip.decompress(Path(__file__).with_name("explorers_before.json.gz").read_bytes()))


@pytest.mark.parametrize("name", BEFORE)
def test_numbers_are_those_of_before(name):
    for entry in BEFORE[name]:
        explorer = explore(name)
        word, results = explorer.evaluate(explorer.defaults | entry["settings"])
        assert (word == OK) == bool(entry["results"])
        for key, expected in entry["results"].items():
            value = np.asarray(results[key])
            if value.ndim == 0:
                same = math.isnan(value) if expected is None else math.isclose(value, expected, rel_tol=1e-12, abs_tol=1e-12)
                assert same, (key, entry["settings"])
                continue
            finite = np.isfinite(value)
            count, weighted, size = expected
            assert finite.sum() == count, (key, entry["settings"])
            weights = np.cos(1.7 * np.arange(1, value.size + 1))
            assert abs(np.sum((weights * value)[finite]) - weighted) <= 1e-12 * size + 1e-300, (key, entry["settings"])
