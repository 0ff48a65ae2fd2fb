"""No query of county records without a scope: a foreign county's records are never listed."""

import ast

from tests.architecture import sources
from training_oversight.schema import Base

# Names that show that a query is limited: to a scope, or to one record that was found in it.
LIMITED = {"scope", "division_path", "everything"}
# Functions that read one record by a key, or rows of a record that was checked before.
BY_KEY = ("_id", "_ids", "keys", "code", "subject")


def county_models():
    return {
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if "division_path" in mapper.class_.__table__.columns
        # Officers are found by who they are: to sign in, as the author of an act.
        if mapper.class_.__name__ != "Officer"
    }


def query_files():
    for path in sources.modules():
        parts = path.relative_to(sources.PACKAGE).parts
        if any(part in {"queries.py", "queries"} or part.endswith("_queries.py") for part in parts):
            yield path


def selects(function, models):
    """Whether a function begins a query of county records."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sa.select", "select"}:
            named = {n.id for arg in node.args for n in ast.walk(arg) if isinstance(n, ast.Name)}
            if named & models:
                yield node


def is_limited(function):
    names = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
    names |= {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
    arguments = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
    records = [
        a for a in (*function.args.args, *function.args.kwonlyargs)
        if a.annotation is not None and ast.unparse(a.annotation) in county_models()
    ]  # fmt: skip
    by_key = any(argument.endswith(BY_KEY) for argument in arguments)
    return bool(names & LIMITED or by_key or records)


def test_every_query_of_county_records_is_limited_to_a_scope():
    models = county_models()

    unlimited = [
        f"{sources.name(path)}:{function.lineno} {function.name}"
        for path in query_files()
        for function in ast.walk(sources.tree(path))
        if isinstance(function, ast.FunctionDef)
        if list(selects(function, models)) and not is_limited(function)
    ]

    assert unlimited == []


def test_the_check_reads_the_queries_of_every_area():
    read = {path.relative_to(sources.PACKAGE).parts[0] for path in query_files()}

    assert {"registry", "inspections", "ledger", "notices", "enforcement", "desk"} <= read


def test_no_leftovers_of_translation_tools():
    # The catalogue is one file; editors and merges leave others beside it.
    found = {
        path.name
        for path in sources.ROOT.glob("training_oversight/**/*")
        if path.suffix in {".po", ".pot", ".orig", ".rej", ".po~"}
    }

    assert found == {"messages.po"}
