"""The page compiler: it translates the portable subset, and refuses everything else with a file and a line."""

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from neurolib.portable import exprel, math, portable
from neurolib.portable.compiler import PRELUDE, compile_portable
from neurolib.portable.subset import NotPortable

SCALE = 2.5
PAIR = (0.5, -1.5)


def run(function, *arguments):
    script, (name,) = compile_portable([function])
    return MiniRacer().eval(f"{script.replace('const ', 'var ')}; {name}({', '.join(map(repr, arguments))})")


@portable
def helper(x):
    return exprel(x) * SCALE


@portable
def everything(a, b):
    """Uses each construct of the subset once."""
    total = 0.0
    for i in range(1, 6):
        if i == 4:
            continue
        total += helper(a * i) + PAIR[1]
    while total > 50.0 and not b == 0.0:
        total = total / 2.0
        if total < 3.0 or math.isnan(total):
            break
    u, v = abs(b), -b
    u, v = v, u
    low = min(u, v, 1.0) if a > 0.0 else max(u, v)
    return total + low**2.0 + int(2.7) + math.log(1.0 + u * u)


def test_translation_means_the_same():
    for a, b in [(0.3, -2.0), (-0.5, 1.5), (2.0, 4.0), (0.0, 0.0)]:
        assert run(everything, a, b) == everything(a, b)


REFUSED = {
    "floor division": "return x // 2.0",
    "remainder": "return x % 2.0",
    "a chained comparison": "return 1.0 if 0.0 < x < 1.0 else 0.0",
    "the truth of a number": "return 1.0 if x else 0.0",
    "the truth of a number in and": "return 1.0 if x > 0.0 and x else 0.0",
    "a keyword argument": "return helper(x=x)",
    "a text": "return 'Some text'",
    "a field of what is no argument": "return helper.x",
    "a written field": "x.y = 1.0",
    "a list": "return [x]",
    "an f-string": "return f'{x}'",
    "a slice": "return x[1:]",
    "a negative index": "return x[-1]",
    "an exception": "raise ValueError",
    "a function that is not portable": "return print(x)",
    "an unknown name": "return x + nowhere",
    "an unknown function of math": "return math.sin(x)",
    "a loop over an array": "for item in x: pass",
    "a comprehension": "return sum(i for i in x)",
    "with": "with x: pass",
    "a nested function": "def inner(): pass",
    "lambda": "return (lambda: 1.0)()",
    "a loop variable after its loop": "for i in range(3): pass\n    return i",
    "a range that its body changes": "n = 3\n    for i in range(n): n = 2\n    return n",
    "the largest item of an array": "return max(x)",
    "a whole number beyond 32 bits": "return x + int(3e9)",
    "no number as a whole one": "return x + int(-math.inf)",
    "a whole number in another base": "return int(x, 8)",
    "the value of and": "return x and 1.0",
}


@pytest.mark.parametrize("what", REFUSED)
def test_outside_the_subset_is_refused_with_file_and_line(what, tmp_path):
    path = tmp_path / "outside.py"
    path.write_text(f"import math\n\ndef helper(x):\n    return x\n\ndef outside(x):\n    {REFUSED[what]}\n")
    namespace = {}
    exec(compile(path.read_text(), path, "exec"), namespace)
    function = namespace["outside"]
    function.portable = True
    namespace["helper"].portable = True
    with pytest.raises(NotPortable, match=r"outside\.py:[678]: outside"):
        compile_portable([function])


@portable
def takes_more_than_it_uses(p):
    used = p[0]
    unread = p[1]
    also_unread = unread * 2.0  # noqa: F841
    return used


def test_what_nothing_reads_is_left_out():
    script, _names = compile_portable([takes_more_than_it_uses])
    script = script.removeprefix(PRELUDE)
    assert "[0]" in script and "[1]" not in script and "*2" not in script


def test_a_function_without_the_mark_is_refused():
    with pytest.raises(NotPortable, match="not marked @portable"):
        compile_portable([len])


def test_the_same_name_in_two_modules_gets_two_names(tmp_path):
    functions = []
    for value in (1.0, 2.0):
        path = tmp_path / f"module_{value:.0f}.py"
        path.write_text(f"def same(x):\n    return x + {value}\n")
        namespace = {}
        exec(compile(path.read_text(), path, "exec"), namespace)
        namespace["same"].portable = True
        functions.append(namespace["same"])
    script, names = compile_portable(functions)
    assert len(set(names)) == 2
    context = MiniRacer()
    context.eval(script.replace("const ", "var "))
    assert [context.eval(f"{name}(1.0)") for name in names] == [2.0, 3.0]


A_SCALAR, AN_ARRAY_ITEM = np.float64(3.5), np.array([1e-9, -2.0])[1]


@portable
def with_numpy_constants(x):
    return A_SCALAR * x + AN_ARRAY_ITEM


def test_a_constant_of_numpys_is_a_number():
    assert run(with_numpy_constants, 2.0) == 5.0
