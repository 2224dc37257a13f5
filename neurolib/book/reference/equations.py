"""The equations that the docstrings of rate functions begin with, as TeX.

Such a docstring reads ``β_h = 4/(1 + e^{(40 − v)/5}), 1/ms, with v = V − V_T``: the equation, its unit, and what v stands
for. Branches read ``A where V < −40, B where V ≥ −40``. A test computes each equation and compares it with the function.
"""

import inspect
import re

from neurolib.portable import python_function

END = re.compile(r"[,;:]? (?:1/ms|ms|mV|mM|per ms|with v)\b|[;:] |\.$")
WITH = re.compile(r"with (v = [^,.]+?)(?:,|\.?$)")
OPERATOR = re.compile(r" ([+−]) ")
NAMES = [
    (re.compile(pattern), tex)
    for pattern, tex in (
        (r"(?<=[\w)\]}]) (?=[\w(])", r"\\,"),
        (r"\bCa(?![a-z])(?:_(out)\b)?", lambda match: r"[\mathrm{Ca}]" + (rf"_\text{{{match[1]}}}" if match[1] else "")),
        (r"\bV_?([1-4T])\b", r"V_\1"),
        (r"\b(SK|T)_(half|shift)\b", r"\\mathit{\1}_\\text{\2}"),
        (r"\b(tanh|cosh|ln)\b", r"\\\1"),
        ("φ", r"\\varphi"),
        ("½", r"\\tfrac12"),
        ("²", "^2"),
        ("−", "-"),
        ("≥", r"\\ge"),
    )
]


def first_line(function):
    """What the docstring of a portable function says first."""
    function = python_function(function)
    return (inspect.getdoc(function) or function.__name__).splitlines()[0]


def right_side(function):
    """The right side of the equation in a function's docstring, and what v stands for in it, if it has one."""
    line = first_line(function)
    text = line.split(" = ", 1)[1]
    end, short = END.search(text), WITH.search(line)
    return (text[: end.start()] if end else text), (short[1] if short else None)


def branches(text):
    """The parts of a right side with their conditions; one part without a condition as a rule."""
    return [tuple(part.split(" where ")) for part in text.split(", ")] if " where " in text else [(text,)]


def equations(named):
    """TeX of the equations of a dict of functions by the TeX of their left sides, below each other."""
    lines, short = [], {}
    for name, function in named.items():
        text, meaning = right_side(function)
        short |= {meaning: None} if meaning else {}
        lines.append(f"{name} &= {cases(branches(text))}")
    lines += [names(meaning).replace(" = ", " &= ") for meaning in short]
    return r"\begin{aligned}" + r" \\[0.4em] ".join(lines) + r"\end{aligned}"


def equation(name, function):
    """TeX of one equation, for the middle of a line."""
    return f"{name} = {tex(right_side(function)[0])}"


def cases(parts):
    if len(parts) == 1:
        return tex(parts[0][0])
    lines = r" \\ ".join(f"{tex(part)} & {names(condition)}" for part, condition in parts)
    return rf"\begin{{cases}}{lines}\end{{cases}}"


def tex(text):
    """TeX of an expression, its outermost quotients as fractions."""
    parts = at_depth_0(text, OPERATOR)
    return "".join(names(part) if OPERATOR.fullmatch(part) else fraction(part) for part in parts)


def fraction(term):
    parts = at_depth_0(term, re.compile("(/)"))
    if len(parts) < 3:
        return names(term)
    above, _slash, below = parts
    sign = "-" if above.startswith("−") else ""
    return rf"{sign}\frac{{{tex(bare(above.removeprefix('−')))}}}{{{tex(bare(below))}}}"


def bare(text):
    """``text`` without the brackets around all of it."""
    closed = text.startswith("(") and text.endswith(")")
    return text[1:-1] if closed and len(at_depth_0(text[1:-1], re.compile(r"(\))"))) == 1 else text


def at_depth_0(text, separator):
    """``text`` cut where ``separator`` stands outside brackets; the separators are kept, as in ``re.split``."""
    parts, start, depth, at = [], 0, 0, 0
    while at < len(text):
        found = separator.match(text, at) if depth <= 0 else None
        if found and at > start:
            parts += [text[start:at], found[0]]
            start = at = found.end()
            continue
        depth += (text[at] in "([{") - (text[at] in ")]}")
        at += 1
    return [*parts, text[start:]]


def names(text):
    """TeX of symbols and operators."""
    for pattern, replacement in NAMES:
        text = pattern.sub(replacement, text)
    return text
