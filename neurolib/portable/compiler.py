"""Compile portable functions, with everything that they use, to JavaScript.

The translation of a function is PScript's. This module follows the names that a function uses, gives every function a name
of its own, and leaves out what a reader's browser does not need. :mod:`neurolib.portable.subset` says what may be translated.
"""

import ast
import itertools
import math
import re
from keyword import iskeyword

from pscript import py2js

from neurolib.portable import math as portable_math
from neurolib.portable.mark import is_portable, python_function, zeros
from neurolib.portable.subset import BUILTINS, NotPortable, Subset, body_without_docstring, read

# What portable Python finds in JavaScript: of `math` what IEEE 754 defines; arrays; a double's exponent, by its bits.
PRELUDE = """const math = {
  sqrt: Math.sqrt, fabs: Math.abs, floor: Math.floor, ceil: Math.ceil, isfinite: Number.isFinite, isnan: Number.isNaN,
  isinf: (x) => x === Infinity || x === -Infinity, pi: Math.PI, inf: Infinity, nan: NaN, e: Math.E,
};
const zeros = (n) => new Float64Array(n);
const double = zeros(1), bits = new Int32Array(double.buffer), powers = zeros(2046), roots = zeros(64), missing = zeros(64);
for (let i = 0, up = 1; i < 1023; i++, up *= 2) powers[1022 + i] = up, powers[1022 - i] = 1 / up;
{
  const one = 1n << 160n, digits = 2 ** 52;
  let step = 2n * one, exact = one;
  for (let i = 0; i < 6; i++) {
    const square = step * one;
    for (let next = step; (next = (step + square / step) >> 1n) < step;) step = next;
  }
  for (let j = 0; j < 64; j++, exact = (exact * step) >> 160n) {
    roots[j] = Number(exact) / 2 ** 160;
    missing[j] = Number(exact - BigInt(roots[j] * digits) * (one >> 52n)) / Number(exact);
  }
}
const root_of_two = (k) => roots[k & 63] * powers[(k >> 6) + 1022];
const root_missing = (k) => missing[k & 63];
const exponent = (x) => { double[0] = x; return (bits[1] >> 20) - 1023; };
"""
BY_HAND = {zeros, *portable_math.BY_HAND}  # these are the prelude's

RESERVED = {"do", "let", "new", "var"}  # JavaScript's short words that are not Python's too


def literal(value):
    """A constant as JavaScript that gives back the same double; NumPy's floats write themselves as no other does."""
    if isinstance(value, tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return "NaN" if math.isnan(value) else repr(int(value) if isinstance(value, int) else float(value))


def letters(number):
    """A number written with the letters a to z."""
    digits = ""
    while number or not digits:
        digits, number = chr(ord("a") + number % 26) + digits, number // 26
    return digits


class Unit:
    """What one script holds: functions and constants under names of their own, in the order they are needed."""

    def __init__(self):
        self.names = {}
        self.shortened = {}
        self.words = map(letters, itertools.count())
        self.code = []

    def own_name(self, key):
        """A name of its own for a function or a constant, short because it travels to every reader."""
        return self.names.setdefault(key, f"_{letters(len(self.names))}")

    def short_name(self, name):
        """The short form of a local name: the same in all functions, so that functions that are alike compress together."""
        if name not in self.shortened:
            self.shortened[name] = next(word for word in self.words if word not in RESERVED and not iskeyword(word))
        return self.shortened[name]

    def add(self, function, fields=None):
        """Compile a function and all that it uses, once; returns its name in the script.

        ``fields`` says, for an argument such as ``c``, which fields it has: others are refused.
        """
        plain = python_function(function)
        if not is_portable(function):
            raise NotPortable(f"{plain.__module__}.{plain.__qualname__} is not marked @portable")
        if function in BY_HAND:
            return plain.__name__
        if plain in self.names:
            return self.names[plain]
        source = read(function)
        subset = Subset(source, fields)
        subset.check()
        own = self.own_name(plain)
        renamed = {name: self.short_name(name) for name in sorted(subset.locals)}
        drop_unread(source.tree)
        for node in (node for statement in body_without_docstring(source.tree) for node in ast.walk(statement)):
            if isinstance(node, ast.Name) and node.id not in subset.locals and node.id not in BUILTINS | {"math"}:
                renamed[node.id] = self.resolve(source.names[node.id], fields)
        Elementary(self).visit(source.tree)
        Whole().visit(source.tree)
        self.code.append(to_javascript(source.tree, own, renamed))
        return own

    def resolve(self, value, fields):
        if is_portable(value):
            return self.add(value, fields)
        if not isinstance(value, tuple) and value >= 0 and len(literal(value)) <= 6:
            return literal(value)
        if value not in self.names:
            self.code.append(f"const {self.own_name(value)}={literal(value)};\n")
        return self.names[value]


class Elementary(ast.NodeTransformer):
    """Puts the library's own `math.exp` and its siblings in the place of the browser's."""

    def __init__(self, unit):
        self.unit = unit

    def visit_Attribute(self, node):
        function = getattr(portable_math, node.attr, None)
        own = ast.unparse(node.value) == "math" and is_portable(function)
        return ast.Name(self.unit.add(function), node.ctx) if own else self.generic_visit(node)


class Whole(ast.NodeTransformer):
    """Writes ``int(x)`` as ``x | 0``, which the browser's compiler knows for a place in an array; x is finite and below 2³¹."""

    def visit_Call(self, node):
        self.generic_visit(node)
        named = isinstance(node.func, ast.Name) and node.func.id == "int"
        return ast.BinOp(node.args[0], ast.BitOr(), ast.Constant(0)) if named else node


class Unread(ast.NodeTransformer):
    """Takes out assignments of plain values to names that nothing reads."""

    def __init__(self, read):
        self.read = read
        self.dropped = False

    def visit_Assign(self, node):
        target = node.targets[0]
        calls = any(isinstance(part, ast.Call) for part in ast.walk(node.value))
        if len(node.targets) > 1 or not isinstance(target, ast.Name) or target.id in self.read or calls:
            return node
        self.dropped = True
        return ast.Pass()


def drop_unread(tree):
    """Take out what a function computes and never uses."""
    while True:
        unread = Unread({n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)})
        unread.visit(tree)
        if not unread.dropped:
            return
        for node in ast.walk(tree):
            if isinstance(getattr(node, "body", None), list) and len(node.body) > 1:
                node.body = [part for part in node.body if not isinstance(part, ast.Pass)] or [ast.Pass()]


def to_javascript(tree, own, renamed):
    """PScript's translation of one function, with plain operators and its names replaced."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in renamed:
            node.id = renamed[node.id]
        elif isinstance(node, ast.arg):
            node.arg = renamed.get(node.arg, node.arg)
    plain_operators = ast.parse("PSCRIPT_OVERLOAD = False").body
    statements = plain_operators + (body_without_docstring(tree) or [ast.Pass()])
    function = ast.FunctionDef(own, tree.args, statements, [], None, None)
    script = ast.unparse(ast.fix_missing_locations(ast.Module([function], [])))
    code = py2js(script, inline_stdlib=False).replace("_pyfunc_abs", "Math.abs")
    return squeeze(
        code.replace(f"var {own};\n{own} = function flx_{own} ", f"function {own}").replace("    return null;\n};", "}")
    )


def squeeze(code):
    """The same code in fewer letters. It holds no text and no comments, only names, numbers and operators."""
    code = re.sub(r"(?<![\w.])(\d+)\.0\b", r"\1", code)
    code = re.sub(r" ?(==|<=|>=|&&|\|\||[-+*/<>=?:,]) ?", r"\1", code).replace("--", "- -")
    for _ in range(3):
        code = re.sub(r"\(\(([^()]*)\)\)", r"(\1)", code)
    code = re.sub(r"\n\s*", "\n", code).replace(";\n", ";").replace("{\n", "{").replace(") {", "){")
    return code.replace("}\n", "}").replace(";}", "}").rstrip(";") + "\n"


def compile_portable(functions):
    """JavaScript source of ``functions`` and of everything that they use.

    Returns ``(script, names)``: the script's text and, for each function in order, its name in it.
    Raises :class:`NotPortable`, which names the file and the line, for anything outside the subset.
    """
    unit = Unit()
    names = [unit.add(function) for function in functions]
    return PRELUDE + "".join(unit.code), names
