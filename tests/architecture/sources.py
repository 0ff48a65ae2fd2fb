"""The project's files, as the tests about the code read them."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "training_oversight"
TEMPLATES = ROOT / "templates"
TESTS = ROOT / "tests"

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def test_modules():
    return sorted(TESTS.rglob("test_*.py"))


# Its name would make pytest collect it where it is imported.
test_modules.__test__ = False


def templates():
    return sorted(TEMPLATES.rglob("*.html"))


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path):
    return str(path.relative_to(ROOT))


def calls(path):
    """Each call in a module, with its dotted name (``session.commit``)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def imports(path):
    """The modules that a module imports, at its top or deferred."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
