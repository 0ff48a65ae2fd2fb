"""No query of county records without a scope: a foreign county's records are never listed."""

import ast

from tests.architecture import sources
from training_oversight.schema import Base

# Names that show that a query is limited: to a scope, or to an authority or department.
LIMITED = {"scope", "division_path", "everything", "authority_id", "department_id"}
# Arguments that are, or lead to, records which were found in a scope before.
BY_KEY = ("_id", "_ids", "keys", "code", "subject")
# Jobs raise for all counties; what each finds lies in its own institution's county.
FOR_ALL = {"institutions_to_raise"}
# The public reads approved copies of every county, and nothing else (publication.public_queries).
PUBLIC = "public_queries.py"


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
        if path.name == PUBLIC:
            continue
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
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return bool(
        names & LIMITED
        or any(argument.arg.endswith(BY_KEY) for argument in arguments)
        or any(stands_for_records(argument) for argument in arguments)
        or hands_its_officer_on(function)
        # What an officer drafted or is in charge of lies where the officer works.
        or "officer.id" in ast.unparse(function)
    )


def stands_for_records(argument):
    """A county record, by its name or by the short one that modules give it."""
    known = county_models() | {"Item", "Case", "Task"}
    return argument.annotation is not None and ast.unparse(argument.annotation) in known


def hands_its_officer_on(function):
    """Leaves the limit to a function that is given the officer."""
    return any(
        ast.unparse(given) == "officer"
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        for given in (*node.args, *(keyword.value for keyword in node.keywords))
    )


def test_every_query_of_county_records_is_limited_to_a_scope():
    models = county_models()

    unlimited = [
        f"{sources.name(path)}:{function.lineno} {function.name}"
        for path in query_files()
        for function in ast.walk(sources.tree(path))
        if isinstance(function, ast.FunctionDef)
        if list(selects(function, models)) and function.name not in FOR_ALL
        if not is_limited(function)
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
