"""The portable subset: the part of Python that means the same in JavaScript. Everything else is refused, with its place."""

import ast
import inspect
import math
import re
import textwrap
from dataclasses import dataclass

from neurolib.portable import math as portable_math
from neurolib.portable.mark import is_portable, python_function

# int is of finite numbers below LARGEST_WHOLE in size, such as places in arrays: JavaScript takes 32 bits of them. What the
# source tells is held to that; what is computed is not: a check at every place would cost more than all the rest.
LARGEST_WHOLE = 2**31
BUILTINS = {"abs", "min", "max", "len", "int", "range"}
MATH = set(portable_math.__all__) - {"exprel"}

STATEMENTS = (
    ast.Assign, ast.AugAssign, ast.For, ast.While, ast.If, ast.Return, ast.Break, ast.Continue, ast.Pass, ast.Expr,
)  # fmt: skip
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)


WORD = re.compile("[a-z]+(_[a-z]+)*")
WRITABLE = "r"  # the argument whose fields a function may set


class NotPortable(Exception):
    """A function steps outside the subset: names the file, the line and what to write instead."""


@dataclass(frozen=True)
class Source:
    """A portable function's syntax tree, with the place it stands at."""

    name: str
    tree: ast.FunctionDef
    file: str
    offset: int
    names: dict

    def refuse(self, node, why):
        raise NotPortable(f"{self.file}:{self.offset + node.lineno - 1}: {self.name}: {why}")


def read(function):
    """Parse the source of a portable function."""
    plain = python_function(function)
    lines, start = inspect.getsourcelines(plain)
    tree = ast.parse(textwrap.dedent("".join(lines))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise NotPortable(f"{inspect.getsourcefile(plain)}:{start}: a portable function is written with def")
    names = {**plain.__globals__, **inspect.getclosurevars(plain).nonlocals}
    return Source(plain.__name__, tree, inspect.getsourcefile(plain), max(start, 1), names)


class Subset(ast.NodeVisitor):
    """Refuses whatever could mean one thing in Python and another in JavaScript."""

    def __init__(self, source, fields=None):
        """``fields``: for an argument by its name, the names of the fields that it has."""
        self.source = source
        self.fields = fields or {}
        arguments = source.tree.args
        if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults:
            source.refuse(source.tree, "plain positional arguments only, without defaults")
        self.arguments = {argument.arg for argument in arguments.args}
        self.locals = set(self.arguments)
        for node in ast.walk(source.tree):
            if is_stored(node):
                self.locals.add(node.id)

    def check(self):
        for statement in body_without_docstring(self.source.tree):
            self.visit(statement)

    def generic_visit(self, node):
        if isinstance(node, ast.stmt) and not isinstance(node, STATEMENTS):
            self.source.refuse(node, f"{type(node).__name__.lower()} is outside the portable subset")
        super().generic_visit(node)

    def refused(self, node):
        self.source.refuse(node, f"{type(node).__name__} is outside the portable subset")

    visit_ListComp = visit_DictComp = visit_SetComp = visit_GeneratorExp = visit_Lambda = visit_Dict = refused
    visit_Set = visit_List = visit_JoinedStr = visit_Starred = visit_NamedExpr = visit_Slice = refused

    def visit_Constant(self, node):
        word = isinstance(node.value, str) and WORD.fullmatch(node.value)
        if not (word or isinstance(node.value, (int, float))):
            self.source.refuse(node, f"numbers and words of small letters and _ only, not {node.value!r}")

    def visit_BinOp(self, node):
        if not isinstance(node.op, ARITHMETIC):
            self.source.refuse(
                node, "// and % and bitwise operators differ in JavaScript: use math.floor and multiplication"
            )
        super().generic_visit(node)

    def visit_AugAssign(self, node):
        self.visit_BinOp(node)

    def visit_Compare(self, node):
        if len(node.ops) > 1:
            self.source.refuse(node, "a chained comparison: write it with `and`")
        if not isinstance(node.ops[0], COMPARISONS):
            self.source.refuse(node, "compare numbers with < <= > >= == !=")
        super().generic_visit(node)

    def condition(self, node):
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                self.condition(value)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self.condition(node.operand)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"math.isfinite", "math.isnan", "math.isinf"}:
            self.visit(node)
        elif isinstance(node, ast.Compare):
            self.visit(node)
        else:
            self.source.refuse(node, "the truth of a value differs in JavaScript: write a comparison, such as x != 0.0")

    def visit_If(self, node):
        self.condition(node.test)
        for statement in node.body + node.orelse:
            self.visit(statement)

    def visit_While(self, node):
        if node.orelse:
            self.source.refuse(node, "while … else is outside the portable subset")
        self.visit_If(node)

    def visit_IfExp(self, node):
        self.condition(node.test)
        self.visit(node.body)
        self.visit(node.orelse)

    def visit_BoolOp(self, node):
        self.source.refuse(node, "`and` and `or` belong in a condition, where each part is a comparison")

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.USub):
            self.visit(node.operand)
        else:
            self.source.refuse(node, "only the minus sign is portable here")

    def visit_For(self, node):
        over_range = isinstance(node.iter, ast.Call) and ast.unparse(node.iter.func) == "range"
        if not over_range or node.orelse or not isinstance(node.target, ast.Name):
            self.source.refuse(node, "a for loop runs over range(...) with one variable")
        if len(node.iter.args) == 3 and not ast.unparse(node.iter.args[2]).lstrip("-").isdigit():
            self.source.refuse(node, "the step of a range is a literal whole number")
        # JavaScript looks at the end of the range again each time round, and leaves the variable one step further on.
        changed = {name.id for child in node.body for name in ast.walk(child) if is_stored(name)}
        read = {name.id for bound in node.iter.args for name in ast.walk(bound) if isinstance(name, ast.Name)}
        if changed & (read | {node.target.id}):
            self.source.refuse(node, "the body of a for loop leaves its variable and the bounds of its range alone")
        loops = [
            loop
            for loop in ast.walk(self.source.tree)
            if isinstance(loop, ast.For) and ast.unparse(loop.target) == node.target.id
        ]
        inside = {name for loop in loops for name in ast.walk(loop)}
        for name in ast.walk(self.source.tree):
            if isinstance(name, ast.Name) and name.id == node.target.id and name not in inside:
                self.source.refuse(name, f"{name.id} is a loop variable: do not use it outside the loop")
        for child in node.iter.args + node.body:
            self.visit(child)

    def visit_Subscript(self, node):
        index = node.slice
        if isinstance(index, (ast.Slice, ast.Tuple)) or (
            isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub)
        ):
            self.source.refuse(node, "index an array with one number, counted from its start")
        super().generic_visit(node)

    def visit_Attribute(self, node):
        owner = ast.unparse(node.value)
        if owner in self.arguments:
            known = self.fields.get(owner)
            if known is not None and node.attr not in known:
                self.source.refuse(node, f"{owner} has no {node.attr}: it has {', '.join(known)}")
            if isinstance(node.ctx, ast.Store) and owner != WRITABLE:
                self.source.refuse(node, f"{owner} is for reading: only fields of {WRITABLE} are set")
        elif owner != "math" or node.attr not in MATH or self.source.names.get("math") not in (math, portable_math):
            self.source.refuse(node, f"{ast.unparse(node)} is not known in the page")

    def visit_Call(self, node):
        if node.keywords:
            self.source.refuse(node, "arguments by position only")
        if isinstance(node.func, ast.Attribute):
            self.visit(node.func)
        elif not isinstance(node.func, ast.Name):
            self.source.refuse(node, "call a function by its name")
        elif node.func.id == "range":
            self.source.refuse(node, "range belongs in a for loop")
        elif node.func.id in self.locals or not (
            node.func.id in BUILTINS or is_portable(self.source.names.get(node.func.id))
        ):
            self.source.refuse(node, f"{node.func.id} is not a portable function")
        elif node.func.id in {"min", "max"} and len(node.args) < 2:
            self.source.refuse(node, f"{node.func.id} compares two numbers or more")
        elif node.func.id == "int" and not (len(node.args) == 1 and self.is_small(node.args[0])):
            self.source.refuse(node, "int takes one finite number below 2**31 in size: use math.floor for larger ones")
        for argument in node.args:
            self.visit(argument)

    def is_small(self, node):
        """Whether a number is below LARGEST_WHOLE in size, as far as its source tells."""
        if isinstance(node, ast.UnaryOp):
            return self.is_small(node.operand)
        if ast.unparse(node) in ("math.inf", "math.nan"):
            return False
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(node, ast.Name) and node.id not in self.locals:
            value = self.source.names.get(node.id)
        return not isinstance(value, (int, float)) or abs(value) < LARGEST_WHOLE

    def visit_Name(self, node):
        if node.id in self.locals:
            return
        if node.id not in self.source.names:
            self.source.refuse(node, f"unknown name {node.id}")
        if not is_constant(self.source.names[node.id]):
            self.source.refuse(node, f"{node.id} is neither a number nor a portable function")


def is_stored(node):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def body_without_docstring(tree):
    return tree.body[1:] if ast.get_docstring(tree) is not None else tree.body


def is_constant(value):
    """Numbers, and tuples of numbers, are written into the page as they are."""
    if isinstance(value, tuple):
        return all(is_constant(item) for item in value)
    return isinstance(value, (int, float)) and not isinstance(value, bool)
