"""The laws of words: what must hold of a state for the sentence that a word stands for to be true.

A law is a Python expression in the explorer's TOML file, ``[laws.say] out = "leaving > entering"``. It is written from what
the sentence claims, not from how ``say`` picks it; the tests draw states and hold every sentence to its law. The page knows
nothing of laws.

Its names are the controls (a choice is the name of its option, a toggle ``True`` or ``False``), the readouts (``nan`` where
unset), the curves (NumPy arrays), ``moved`` (the set of the controls that are not at their defaults), in a challenge ``off``,
and ``FUNCTIONS``.
"""

import ast
import math

import numpy as np


def smallest(*values):
    """Least of several numbers, or of a curve, whose gaps are passed over."""
    return min(values) if len(values) > 1 else float(np.nanmin(values[0]))


def largest(*values):
    """Largest of several numbers, or of a curve, whose gaps are passed over."""
    return max(values) if len(values) > 1 else float(np.nanmax(values[0]))


FUNCTIONS = {
    "abs": abs, "min": smallest, "max": largest, "any": np.any, "all": np.all, "len": len, "sum": np.nansum, "diff": np.diff,
    "isnan": np.isnan, "isfinite": np.isfinite, "sqrt": math.sqrt, "log": math.log, "exp": math.exp, "round": round,
}  # fmt: skip
KINDS = (
    ast.Expression, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.Compare, ast.Call, ast.Name, ast.Constant, ast.Subscript,
    ast.Slice, ast.Set, ast.Tuple, ast.List, ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop,
)  # fmt: skip
# The tables that have laws. The prediction's are those of its options; a challenge's goal and ``others`` need none.
LAWFUL = ("faults", "say", "challenge", "prediction")


def lawful(explorer):
    """The words of an explorer that need a law, by table."""
    words = explorer.words
    challenge = [word for word in words.challenge if word not in ("goal", "hints", "others")]
    return {
        "faults": list(words.faults), "say": list(words.say), "challenge": challenge,
        "prediction": list(words.prediction.get("options", {})),
    }  # fmt: skip


def check_laws(explorer):
    """Raise ``ValueError`` naming the law of a word that is none, or that cannot be read, or that uses an unknown name."""
    words, wanted = explorer.words, lawful(explorer)
    known = {item.name for item in (*explorer.controls, *explorer.readouts, *explorer.curves)} | {"moved", *FUNCTIONS}
    texts = {control.name for control in explorer.controls}
    texts |= {option for control in explorer.controls if control.kind == "choice" for option in control.options}
    for table in dict.fromkeys([*words.laws, *words.reached]):
        if table not in LAWFUL:
            raise ValueError(f"{words.place}: [laws.{table}]: only {', '.join(LAWFUL)} have laws")
    for table, words_of_table in wanted.items():
        idle = [word for word in (*words.laws.get(table, {}), *words.reached.get(table, {})) if word not in words_of_table]
        if idle:
            raise ValueError(f"{words.place}: [laws.{table}] or [reached.{table}] has for nothing {', '.join(idle)}")
        for word, law in words.laws.get(table, {}).items():
            check_law(f"{words.place}: [laws.{table}] {word}", law, known | ({"off"} if table == "challenge" else set()), texts)
        for setting in words.reached.get(table, {}).values():
            explorer.settings(setting)


def check_law(place, law, names, texts):
    try:
        tree = ast.parse(law, mode="eval")
    except (SyntaxError, TypeError) as error:
        raise ValueError(f"{place}: {law!r} is no Python expression") from error
    for node in ast.walk(tree):
        if not isinstance(node, KINDS) or (isinstance(node, ast.Call) and getattr(node.func, "id", "") not in FUNCTIONS):
            raise ValueError(f"{place}: {ast.unparse(node)} is more than a law may have")
        if isinstance(node, ast.Name) and node.id not in names:
            raise ValueError(f"{place}: {node.id} is no control, curve, readout or function")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in texts:
            raise ValueError(f"{place}: {node.value!r} is no option of a choice and no control")


def holds(explorer, table, word, settings, results, off=math.nan):
    """Whether the law of a word is kept in a state: ``settings`` and ``results`` as :meth:`Explorer.evaluate` has them."""
    names = FUNCTIONS | results | {"off": off}
    for control in explorer.controls:
        value = settings[control.name]
        if control.kind == "choice":
            value = control.options[int(value)]
        names[control.name] = bool(value) if control.kind == "toggle" else value
    names["moved"] = {name for name, value in settings.items() if value != explorer.defaults[name]}
    return bool(eval(explorer.words.laws[table][word], {"__builtins__": {}}, names))  # an expression that check_law has passed
