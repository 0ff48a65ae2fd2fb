"""Every service that writes asks first whose record it is and whose right the step."""

from tests.architecture import callgraph, sources

RIGHTS = "training_oversight.accounts.authorising."
ASKING = {
    *("authorise", "in_scope", "own_matter", "settings_of", "operators_matter"),
}
# They ask the table of moves, or the kind of errand its own rights.
TABLES = {
    "training_oversight.workflow.changing.moving",
    "training_oversight.workflow.changing.stepped",
    "training_oversight.workflow.changing.move",
    "training_oversight.workflow.changing.correcting",
    "training_oversight.workflow.changing.corrected",
    "training_oversight.workflow.tables.Workflow.correction",
    "training_oversight.errands.kinds.ErrandKind.check",
}
RECORDING = ("record", "record_all", "record_many", "created", "created_all", "editing")
# Who calls a service asks nothing itself: the service does.
CALLERS = {"views", "cli", "jobs", "demo", "audit", "workflow"}
# A comparison that is no right to do the step.
ELSEWHERE = {
    "training_oversight/errands/service.py": "a file is refused with a sentence of its own",
    "training_oversight/publication/service/preparing.py": "a list of all the county",
    "training_oversight/registry/service/surroundings.py": "where an institution may move to",
}
# These ask nobody's right, each for a reason of its own.
FREE = {
    "accounts.service.counties.found_county": "only the operator's command founds a county",
    "accounts.service.saved.keep_columns": "what it keeps belongs to whoever asks",
    "accounts.service.saved.save_filter": "what it keeps belongs to whoever asks",
    "campaigns.service.targets.freeze": "part of a step that has asked",
    "accounts.service.sessions.note_wrong_passwords": "nobody has signed in yet",
    "accounts.service.sessions.sign_out_everywhere": "part of a step that has asked",
    "enforcement.service.raising.add_task": "part of a step that has asked",
    "enforcement.service.raising.enter": "part of a step that has asked",
    "errands.service.forget_file": "the job that lets go of old files",
    "ledger.service.limits.give": "part of a step that has asked",
    "intake.writing.write": "part of a step that has asked",
    "doubles.moving.back": "part of a step that has asked",
    "doubles.moving.over": "part of a step that has asked",
    "vault.looking.look": "part of a step that has asked",
}


def asks(call):
    of_a_kind = call == "kind.check" or call.endswith("kind).check")
    by_table = call in TABLES or call.endswith("workflow.check")
    return call.removeprefix(RIGHTS) in ASKING or by_table or of_a_kind


def writes(call):
    owner, _, verb = call.rpartition(".")
    return verb in RECORDING and owner.startswith(("training_oversight.audit", "journal"))


def services():
    """Every function by which somebody writes what leaves a trace in the history."""
    for name, function in callgraph.functions().items():
        takes = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
        own = name.removeprefix("training_oversight.")
        if "by" not in takes or CALLERS & set(own.split(".")) or "._" in own:
            continue
        if callgraph.first_of(name, {"writes": writes}):
            yield own, name


def test_every_service_asks_for_the_right_before_it_writes():
    kinds = {"asks": asks, "writes": writes}
    found = {own: callgraph.first_of(name, kinds) for own, name in services()}

    assert len(found) > 100
    assert {own for own, first in found.items() if first != "asks"} == FREE.keys()


def test_rights_and_scope_are_asked_in_one_place():
    """A service that compares a scope or a permission itself would say it a second time."""
    said = {
        sources.name(path): call
        for path in sources.modules()
        if "service" in str(path.relative_to(sources.PACKAGE))
        for call, name in sources.calls(path)
        if name.removeprefix("self.") in ("by.scope.covers", "by.may", "by.may_any")
    }

    assert said.keys() == ELSEWHERE.keys()
