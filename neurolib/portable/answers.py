"""The words that a function can answer with, and the fields that it reads, from its source."""

import ast

from neurolib.portable.mark import is_portable
from neurolib.portable.subset import read


def answers(function):
    """The words that ``function`` can return, each once, in the order of its source.

    A ``return`` gives a word, a choice between words, or what another such function answers.
    Raises :class:`neurolib.portable.subset.NotPortable` for anything else, with its place.
    """
    source = read(function)
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Return):
            found += words(node.value, source)
    return list(dict.fromkeys(found))


def fields_read(function, argument):
    """The fields of its argument of this name that ``function`` reads."""
    nodes = ast.walk(read(function).tree)
    return {node.attr for node in nodes if isinstance(node, ast.Attribute) and ast.unparse(node.value) == argument}


def words(value, source):
    if isinstance(value, ast.IfExp):
        return words(value.body, source) + words(value.orelse, source)
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and is_portable(source.names.get(value.func.id)):
        return answers(source.names[value.func.id])
    source.refuse(value or source.tree, "the answer is a word, as it stands, or a choice between words")
