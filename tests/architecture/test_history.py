"""Nothing is done without a line in the history: every kind of event is written by somebody."""

import ast

from tests.architecture import sources


def declared():
    """Every kind of event by the name of its constant, with the module that declares it."""
    for path in sources.modules():
        for node in sources.tree(path).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                    if ast.unparse(function).endswith("EventType.declare"):
                        yield path, name


def handed_on(path):
    """The names that a module gives to a call: an event that is only named is not written."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Call):
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                for name in ast.walk(given):
                    if isinstance(name, ast.Name):
                        yield name.id
                    elif isinstance(name, ast.Attribute):
                        yield name.attr


def test_every_kind_of_event_is_written():
    written = {name for path in sources.modules() for name in handed_on(path)}
    chosen = {
        name.id
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.IfExp | ast.Dict)
        for name in ast.walk(node)
        if isinstance(name, ast.Name)
    }

    silent = [
        f"{sources.name(path)}: {name}" for path, name in declared() if name not in written | chosen
    ]

    assert len(list(declared())) > 30
    assert silent == []
