"""The path of a curve, in V8: few points, and none of the curve's own far from the line through them."""

import json
import math
import random
import re

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from neurolib.show.script import text_of

NEAR, ROUNDED, COLUMN = 0.04, 0.0075, 0.4  # what a line may pass by, what rounding to 0.01 adds, the width of a column
TURN = [2.0 * math.pi * i / 90 for i in range(91)]
RANDOM = random.Random(1)
CURVES = {
    "a line": (range(500), [0.3 * i for i in range(500)], NEAR),
    "a wave": (range(600), [100 * math.sin(i / 9) for i in range(600)], NEAR),
    "a loop": ([200 + 90 * math.cos(t) for t in TURN], [90 * math.sin(t) for t in TURN], NEAR),
    "there and back": ([*range(50), *range(49, -1, -1)], [5.0] * 100, NEAR),
    "noise": ([0.05 * i for i in range(4000)], [RANDOM.uniform(0, 50) for _ in range(4000)], COLUMN),
}


@pytest.fixture(scope="module")
def path():
    engine = MiniRacer()
    engine.eval(text_of(("curve",)))
    return lambda xs, ys: engine.eval(f"path({json.dumps(list(xs))}, {json.dumps(list(ys))}, (x) => x ?? NaN, (y) => y ?? NaN)")


def points_of(text):
    return np.array(re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", text), float)


def distances(points, line):
    """Of each point to the nearest part of a line."""
    begin, way = line[:-1, None], np.diff(line, axis=0)[:, None]
    share = np.clip(((points - begin) * way).sum(2) / np.maximum((way**2).sum(2), 1e-300), 0, 1)
    return np.hypot(*np.moveaxis(begin + share[..., None] * way - points, 2, 0)).min(0)


@pytest.mark.parametrize("name", CURVES)
def test_no_point_is_far_from_the_line(path, name):
    xs, ys, near = CURVES[name]
    line = points_of(path(xs, ys))
    assert distances(np.column_stack([list(xs), ys]), line).max() < near + ROUNDED
    assert line[0] == pytest.approx([xs[0], ys[0]], abs=0.006) and line[-1] == pytest.approx([xs[-1], ys[-1]], abs=0.006)


def test_few_points_are_drawn(path):
    assert path(*CURVES["a line"][:2]) == "M0 0L499 149.7"
    assert path(*CURVES["there and back"][:2]) == "M0 5L49 5L0 5"
    # A chord may leave an arc of radius R by NEAR: it is sqrt(8 R NEAR) long, here 5.1, and loses at most the last step.
    radius = 90.0**2 / 100.0
    gentle = path(range(601), [100.0 * math.sin(x / 90.0) for x in range(601)])
    assert len(points_of(gentle)) <= 600 / math.floor(math.sqrt(8.0 * radius * NEAR) - 1.0)


def test_a_curve_is_broken_where_it_is_no_number(path):
    assert path([0, 1, 2, 3, 4], [0, 0, None, 5, 6]) == "M0 0L1 0M3 5L4 6"
    assert path([None, 1, None], [1, 2, 3]) == "M1 2"
    assert path([], []) == ""


def test_a_column_keeps_its_lowest_and_its_highest(path):
    ys = points_of(path([0, 0.02, 0.04, 0.06, 0.08, 5], [0, 9, -7, 3, 1, 1]))[:, 1]
    assert ys.max() == 9 and ys.min() == -7
