"""Nothing is done without a line in the history: every kind of event is written by somebody."""

import ast

from tests.architecture import sources


def declared():
    """Every kind of event by the module that declares it and the name of its constant."""
    for path in sources.modules():
        for node in sources.tree(path).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                    if ast.unparse(function).endswith("EventType.declare"):
                        yield path, name


def used(path):
    """The constants that a module does something with beyond naming and importing them."""
    tree = sources.tree(path)
    imported = set(imports(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                yield name, path.stem
                yield from (one for one in imported if one[0] == name)
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                yield name, module


def imports(tree):
    """Each imported name with its module."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            yield from ((one.name, node.module.rsplit(".", 1)[-1]) for one in node.names)


def test_every_kind_of_event_is_written():
    everywhere = {(area(path), *use) for path in sources.modules() for use in used(path)}

    silent = [
        f"{sources.name(path)}: {name}"
        for path, name in declared()
        if (area(path), name, path.stem) not in everywhere
    ]

    assert len(list(declared())) > 30
    assert silent == []


def area(path):
    return path.relative_to(sources.PACKAGE).parts[0]
