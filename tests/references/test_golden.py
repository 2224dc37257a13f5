"""Every reference number of golden.json, at its tolerance."""

import json
import math
from pathlib import Path

import pytest
from golden_values import value_of

ENTRIES = json.loads((Path(__file__).parent / "golden.json").read_text())["entries"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_golden(entry):
    value, expected = value_of(entry["id"]), entry["value"]
    if isinstance(expected, bool | list):
        assert value == expected
    elif "rel_tol" in entry:
        assert math.isclose(value, expected, rel_tol=entry["rel_tol"])
    else:
        assert value == pytest.approx(expected, abs=entry["abs_tol"], rel=0.0)
