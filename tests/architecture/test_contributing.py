"""The recipes send nobody to a file or a name that is not there."""

import ast
import re
from functools import cache

import pytest

from tests.architecture import sources
from tests.architecture.test_areas import MOST_LINES
from tools.migrations import LONGEST
from training_oversight import schema
from training_oversight.catalogue.models import Effect
from training_oversight.database import Base
from training_oversight.publication import rules

GUIDE = sources.ROOT / "CONTRIBUTING.md"
FOLDERS = (sources.ROOT, sources.PACKAGE)
# `NAME` in `file`, `NAME` of `file`.
PLACED = re.compile(r"`(\w+)`,?\s+(?:in|of)\s+`([\w/]+\.py)`")
# What is written in backticks and is no name of ours.
COMMAND = re.compile(r"[\s=…*]|^(?:\.venv|make|git)\b")
EVERYWHERE = (
    *(sources.PACKAGE, sources.TESTS),
    *(sources.ROOT / name for name in ("benchmarks", "migrations")),
)
# A word after the program's name is no name in the code.
NOT_OURS = {"setup"}


def written(section):
    text = GUIDE.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    return sorted({" ".join(one.split()) for one in re.findall(r"`([^`]+)`", text)})


def recipes():
    return [one for one in written("Recipes") if not COMMAND.search(one.partition("(")[0])]


def paths():
    found = [*written("Where things are"), *recipes()]
    return sorted({one for one in found if re.fullmatch(r"[\w./]+", one) and is_path(one)})


def is_path(written):
    return "/" in written or re.search(r"\.(py|cfg|typ|toml|md|sha256)$", written)


def names():
    return sorted({one for one in recipes() if not is_path(one)} - NOT_OURS)


@cache
def defined(path):
    """Every name that a module makes: classes, functions, their arguments, what is assigned."""
    nodes = list(ast.walk(sources.tree(path)))
    return {
        *(one.name for one in nodes if isinstance(one, ast.ClassDef | ast.FunctionDef)),
        *(one.arg for one in nodes if isinstance(one, ast.arg)),
        *(one.id for one in nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)),
        path.stem,
        path.parent.name,
    }


@cache
def below(*folders):
    return {name for one in folders for path in one.rglob("*.py") for name in defined(path)}


@pytest.mark.parametrize("path", paths())
def test_a_file_that_the_guide_names_is_there(path):
    inside = [found for folder in (sources.PACKAGE, sources.TESTS) for found in folder.rglob(path)]

    assert inside or any((folder / path).exists() for folder in FOLDERS)


@pytest.mark.parametrize("name", names())
def test_a_name_that_a_recipe_gives_is_there(name):
    *owner, last = name.partition("(")[0].split(".")
    area = [folder for one in owner[:1] if (folder := sources.PACKAGE / one).is_dir()]

    assert last in below(*(area or EVERYWHERE))


@pytest.mark.parametrize(
    ("name", "path"), sorted(set(PLACED.findall(GUIDE.read_text(encoding="utf-8"))))
)
def test_a_name_stands_in_the_file_that_a_recipe_says(name, path):
    module = next(found for one in FOLDERS if (found := one / path).is_file())

    assert name in defined(module)


def test_every_module_that_makes_a_table_is_among_the_models():
    ours = tuple(one.__name__ for one in schema.MODELS)

    assert [
        sources.name(path)
        for path in sources.modules()
        if any(makes_a_table(node) for node in ast.walk(sources.tree(path)))
        if not sources.name(path).removesuffix(".py").replace("/", ".").startswith(ours)
    ] == []


def makes_a_table(node):
    return isinstance(node, ast.Assign) and "__tablename__" in map(ast.unparse, node.targets)


def test_what_publishes_lists_names_none_of_them(app):
    """A new list is its rule, handed in; nothing that prepares or shows one is touched for it."""
    with app.app_context():
        names = {name for rule in rules.every() for name in (rule.kind, rule.title)}
    pages = [sources.ROOT / "templates" / folder for folder in ("public", "publication")]
    code = [*(sources.PACKAGE / "publication").rglob("*.py")]
    shown = [path for folder in pages for path in folder.rglob("*.html")]

    assert len(names) >= 4
    assert [
        f"{path.name}: {name}"
        for path in [*code, *shown]
        for name in names
        if re.search(rf"\b{name}\b", path.read_text(encoding="utf-8"))
    ] == []


def tables_with(members):
    tables = Base.metadata.sorted_tables
    return [
        column
        for table in tables
        for column in table.columns
        if getattr(column.type, "enum_class", None) is members
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        f"check constraints of {('no', 'one', 'two', 'three')[len(tables_with(Effect))]} tables",
        f"its name has {LONGEST - len('2026_11_30_')} letters at most",
        f"An area of more than {MOST_LINES:,} lines is divided",
    ],
)
def test_a_number_that_the_guide_gives_is_that_of_the_code(sentence):
    assert sentence in " ".join(GUIDE.read_text(encoding="utf-8").split())
