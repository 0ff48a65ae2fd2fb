"""Who calls whom, read from the source: in the order in which the calls stand."""

import ast
from functools import cache

from tests.architecture import sources


def module_name(path):
    dotted = sources.name(path).removesuffix(".py").replace("/", ".")
    return dotted.removesuffix(".__init__")


@cache
def functions():
    """Dotted name -> its definition: functions of a module, methods of its classes."""
    found = {}
    for path in sources.modules():
        for node in sources.tree(path).body:
            own = [node] if isinstance(node, ast.FunctionDef) else []
            inside = node.body if isinstance(node, ast.ClassDef) else []
            for one in own:
                found[f"{module_name(path)}.{one.name}"] = one
            for one in inside:
                if isinstance(one, ast.FunctionDef):
                    found[f"{module_name(path)}.{node.name}.{one.name}"] = one
    return found


@cache
def imported():
    """Module -> what its names stand for."""
    return {
        module_name(path): {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(sources.tree(path))
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        for path in sources.modules()
    }


def resolved(name):
    """Where the function of this dotted name is defined, through what packages hand on."""
    for _ in range(5):
        if name in functions():
            return name
        module, _, last = name.rpartition(".")
        name = imported().get(module, {}).get(last, name)
    return name


def module_of(name):
    """The module in which a function or method stands."""
    while name and name not in imported():
        name = name.rpartition(".")[0]
    return name


@cache
def calls(name):
    """The calls of a function, in the order in which they stand: the dotted name of each."""
    names, module = imported()[module_of(name)], module_of(name)
    found = []
    for node in sorted(
        (one for one in ast.walk(functions()[name]) if isinstance(one, ast.Call)),
        key=lambda one: (one.lineno, one.col_offset),
    ):
        first, _, rest = ast.unparse(node.func).partition(".")
        if f"{module}.{first}" in functions() and not rest:
            found.append(f"{module}.{first}")
        elif first in names:
            found.append(resolved(f"{names[first]}.{rest}" if rest else names[first]))
        else:
            found.append(f"{first}.{rest}")
    return tuple(found)


def first_of(name, kinds, seen=()):
    """Of several kinds of call, each a test of the name, the one that a function makes first.

    ``kinds``: what it is called -> whether a dotted name is one.
    """
    if name in seen or name not in functions():
        return None
    for call in calls(name):
        for kind, fits in kinds.items():
            if fits(call):
                return kind
        if (found := first_of(call, kinds, (*seen, name))) is not None:
            return found
    return None
