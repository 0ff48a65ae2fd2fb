"""Who writes: states change in one place, views write nothing, history comes after the change."""

import ast
import importlib
import inspect

from tests.architecture import sources

CHANGING = "workflow/changing.py"
# Attributes of these belong to the request or the form, not to a record.
NOT_RECORDS = {"form", "one", "answer", "access", "flask", "self"}
# The version is compared by the call before it, in the same transaction.
COMPARED_BEFORE = {"notices/views/drafting.py: service.submit"}
# Many at once, from a list that shows no version: what bears the mark already is left as it is.
LEFT_IF_DONE = {
    f"{area}/views/platform.py: service.mark_platform"
    for area in ("complaints", "ledger", "refunds")
}
RECORDING = {"record", "created", "record_all", "created_all", "record_many"}


def place(path):
    return str(path.relative_to(sources.PACKAGE))


def assigned(tree):
    """Each attribute that is assigned to: (owner, attribute, line)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        for target in targets:
            for one in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(one, ast.Attribute):
                    yield ast.unparse(one.value), one.attr, one.lineno


def is_view(path):
    functions = [one for one in sources.tree(path).body if isinstance(one, ast.FunctionDef)]
    return any(map(routed, functions))


def routed(function):
    return any(".route(" in ast.unparse(each) for each in function.decorator_list)


def views():
    return [path for path in sources.modules() if is_view(path)]


def test_a_state_changes_in_one_place():
    found = {
        f"{place(path)}:{line}"
        for path in sources.modules()
        for owner, attribute, line in assigned(sources.tree(path))
        if attribute == "state" and owner != "self"
    }
    found |= {
        f"{place(path)}:{call.lineno}"
        for path in sources.modules()
        for call, name in sources.calls(path)
        if name == "setattr" and ast.unparse(call.args[1]) in ("'state'", '"state"')
    }

    assert {one.partition(":")[0] for one in found} == {CHANGING}


def test_no_view_writes_to_the_database():
    writing = {"add", "add_all", "delete", "merge", "commit", "execute", "bulk_save_objects"}
    found = [
        f"{place(path)}:{call.lineno} {name}"
        for path in views()
        for call, name in sources.calls(path)
        if name.rpartition(".")[0].endswith("session")
        or name.rpartition(".")[0] == "current_session()"
        if name.rpartition(".")[2] in writing
    ]

    assert len(views()) > 40
    assert found == []


def test_no_view_sets_a_column_of_a_record():
    found = [
        f"{place(path)}:{line} {owner}.{attribute}"
        for path in views()
        for owner, attribute, line in assigned(sources.tree(path))
        if not set(owner.replace("[", ".").split(".")) & NOT_RECORDS
        if not owner.endswith("form")
    ]

    assert found == []


def test_nothing_is_changed_after_its_history_was_written():
    late = []
    for path in sources.modules():
        for function in ast.walk(sources.tree(path)):
            if isinstance(function, ast.FunctionDef):
                late += [f"{place(path)}:{line}" for line in changed_late(function)]

    assert late == []


def changed_late(function):
    """Lines of a function that set something on a record after its event was written."""
    told = {}
    calls = [one for one in ast.walk(function) if isinstance(one, ast.Call) and len(one.args) > 1]
    for call in calls:
        if ast.unparse(call.func).rpartition(".")[2] in RECORDING:
            subject = ast.unparse(call.args[1])
            told[subject] = min(call.lineno, told.get(subject, call.lineno))
    for owner, _attribute, line in assigned(function):
        if owner in told and line > told[owner]:
            yield line


def test_every_page_that_changes_a_record_says_which_version_it_has_seen():
    silent = []
    for path in views():
        module = importlib.import_module(
            f"training_oversight.{place(path).removesuffix('.py').replace('/', '.')}"
        )
        for call, name in sources.calls(path):
            given = {each.arg for each in call.keywords}
            wanted = wants_a_version(module, name)
            if wanted and None not in given and not wanted & given:
                silent.append(f"{place(path)}: {name}")

    assert set(silent) == COMPARED_BEFORE | LEFT_IF_DONE


def wants_a_version(module, name):
    """Under which names the service that a view calls by this name takes a version, if it does."""
    owner, _, function = name.rpartition(".")
    found = getattr(getattr(module, owner, None), function, None) if owner.isidentifier() else None
    if not inspect.isfunction(found) or not found.__module__.startswith("training_oversight"):
        return set()
    return {
        one.name
        for one in inspect.signature(found).parameters.values()
        if one.name in ("version", "versions", "seen") and one.kind is one.KEYWORD_ONLY
    }
