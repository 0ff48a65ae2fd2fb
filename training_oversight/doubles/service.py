"""Joining two records of one institution, and taking them apart again.

Nothing is deleted: the record that goes stays readable, closed and counted nowhere, and says
where its papers, visits, problems and notices are now.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.differences import snapshot
from training_oversight.doubles import moving
from training_oversight.doubles.fields import CHOICES, VENUE
from training_oversight.doubles.models import DistinctPair, InstitutionMerge
from training_oversight.errors import BadInput, WrongState
from training_oversight.names import naming
from training_oversight.registry import queries
from training_oversight.registry.models import ClosingKind, Institution
from training_oversight.registry.service import refresh_search
from training_oversight.registry.workflow import InstitutionCorrection, InstitutionState
from training_oversight.texts import Text
from training_oversight.workflow import authorise

JOINED = EventType.declare(
    "institution.joined", Text("Another record of it was joined"), ["name", "records"]
)
DISTINCT = EventType.declare(
    "institution.distinct", Text("Found to be another institution"), ["name"]
)
S, C = InstitutionState, InstitutionCorrection
# The columns by which the record that goes is taken off the register.
OFF = ("state", "closed_on", "closing_kind", "withdrawn", "merged_into_id")


def join(
    session: Session,
    kept: Institution,
    gone: Institution,
    *,
    taken: Collection[str],
    reason: str,
    by: Officer,
    versions: tuple[int | None, int | None] = (None, None),
) -> InstitutionMerge:
    """Make one record of two. ``taken`` names the choices whose values come from ``gone``.

    Raises ``StaleForm`` if either was changed since ``versions``, ``BadInput`` if the two cannot
    be one: of two authorities, joined already, or both with something that may exist only once.
    """
    _lock(session, kept, gone, versions=versions)
    _check(kept, gone, by=by)
    kept_before, gone_before = snapshot(kept), snapshot(gone)
    with workflow.correcting(session, gone, C.JOIN, by=by, note=reason, name=kept.name):
        gone.closed_on = database.written_on(session)
        gone.closing_kind, gone.withdrawn = ClosingKind.MERGED, True
        gone.merged_into_id = kept.id
    try:
        moved = moving.over(session, gone, kept, main_venue=VENUE in taken, by=by)
    except IntegrityError as error:
        raise BadInput(
            Text(
                "Both records have something that one institution can only have once, such as a "
                "joint case that is not decided. Settle one of the two first."
            )
        ) from error
    _take_over(kept, gone, taken)
    refresh_search(kept)
    session.flush()
    audit.record(
        session,
        kept,
        JOINED,
        by=by,
        note=reason,
        changes=moving.changed(kept, kept_before),
        name=gone.name,
        records=moved.count,
    )
    merge = InstitutionMerge(
        division_path=kept.division_path,
        kept_id=kept.id,
        gone_id=gone.id,
        reason=reason,
        before={
            "kept": moving.changed(kept, kept_before),
            "gone": {name: gone_before[name] for name in OFF},
        },
        moved=moved.keys,
        made_by_id=by.id,
        made_at=database.instant(session),
    )
    session.add(merge)
    session.flush()
    session.expire(kept)
    session.expire(gone)
    return merge


def take_apart(
    session: Session, merge: InstitutionMerge, *, reason: str, by: Officer, version: int | None
) -> None:
    """Undo a joining: what was moved goes back, what was entered since stays where it is.

    Raises ``WrongState`` when it was undone before, ``BadInput`` when the kept record has been
    joined with a third since or the credit code is another's now.
    """
    authorise(by, merge, Permission.EDIT_REGISTRY)
    database.locked(session, merge)
    database.seen(merge, version)
    if merge.undone_at is not None:
        raise WrongState(Text("The two records have been taken apart already."))
    kept, gone = merge.kept, merge.gone
    _lock(session, kept, gone)
    _check_apart(session, kept, gone)
    _give_back(session, merge, reason=reason, by=by)
    moving.back(session, merge.moved, kept, gone, by=by)
    for institution in (kept, gone):
        session.expire(institution, ["venues", "licences"])
        refresh_search(institution)
    merge.undone_by_id, merge.undone_at = by.id, database.instant(session)
    session.flush()
    session.expire(kept)
    session.expire(gone)


def _give_back(session: Session, merge: InstitutionMerge, *, reason: str, by: Officer) -> None:
    """The values of before: of the kept one what nobody changed since, of the other all."""
    kept, gone, moved = merge.kept, merge.gone, moving.count_of(merge.moved)
    apart = gone.workflow.events[C.APART]
    with audit.editing(session, kept, apart, by=by, note=reason, name=gone.name, records=moved):
        moving.restore(session, kept, moving.unchanged(kept, merge.before["kept"]))
    before = dict(merge.before["gone"])
    state = S(before.pop("state"))  # type: ignore[call-arg]
    with workflow.correcting(session, gone, C.APART, by=by, to=state, note=reason, name=kept.name):
        moving.restore(session, gone, before)
    session.flush()


def declare_distinct(
    session: Session, one: Institution, other: Institution, *, by: Officer
) -> None:
    """Remember that two records that look alike are two institutions. Twice is once."""
    for institution in (one, other):
        authorise(by, institution, Permission.EDIT_REGISTRY)
    first, second = sorted((one, other), key=lambda institution: institution.id)
    added = database.insert_if_absent(
        session,
        DistinctPair,
        one_id=first.id,
        other_id=second.id,
        decided_by_id=by.id,
        decided_at=database.instant(session),
    )
    if added:
        audit.record(session, first, DISTINCT, by=by, name=second.name)
        audit.record(session, second, DISTINCT, by=by, name=first.name)


def _lock(
    session: Session,
    kept: Institution,
    gone: Institution,
    *,
    versions: tuple[int | None, int | None] = (None, None),
) -> None:
    # Always in the same order, or two officers could wait for each other.
    for institution in sorted((kept, gone), key=lambda one: one.id):
        database.locked(session, institution)
    for institution, version in zip((kept, gone), versions, strict=True):
        database.seen(institution, version)


def _check(kept: Institution, gone: Institution, *, by: Officer) -> None:
    for institution in (kept, gone):
        authorise(by, institution, Permission.EDIT_REGISTRY)
    if kept.id == gone.id or kept.authority_id != gone.authority_id:
        raise BadInput(Text("Only two records of the same county can be joined."))
    for institution in (kept, gone):
        if institution.withdrawn:
            raise WrongState(Text("%(name)s is no longer on the register.", name=institution.name))
    if kept.state is not gone.state and not _keeps_the_graver(kept, gone):
        raise BadInput(
            Text(
                "Keep the record of %(name)s: its state is “%(state)s”, and that must stay.",
                name=gone.name,
                state=gone.state,
            )
        )


def _keeps_the_graver(kept: Institution, gone: Institution) -> bool:
    """An order to stop must survive, then an announced end; a closed record never wins."""
    order = (S.CLOSED, S.OPERATING, S.ENDING, S.ORDERED_TO_STOP)
    return order.index(kept.state) > order.index(gone.state)


def _take_over(kept: Institution, gone: Institution, taken: Collection[str]) -> None:
    """The chosen values; names that give way stay as other names."""
    names = [kept.name, gone.name]
    for choice in CHOICES:
        if choice.name in taken:
            for column in choice.columns:
                setattr(kept, column, getattr(gone, column))
    known = {kept.match_name}
    aliases = []
    for name in (*kept.aliases, *names, *gone.aliases):
        if naming.match_name(name) not in known:
            known.add(naming.match_name(name))
            aliases.append(name)
    kept.aliases = aliases
    former = {one["name"]: one for one in (*kept.former_names, *gone.former_names)}
    kept.former_names = sorted(former.values(), key=lambda one: str(one["until"]), reverse=True)
    if gone.note and gone.note not in kept.note:
        kept.note = "\n".join(filter(None, (kept.note, gone.note)))


def _check_apart(
    session: Session,
    kept: Institution,
    gone: Institution,
) -> None:
    if kept.withdrawn:
        raise BadInput(
            Text("%(name)s was joined with a third record since. Undo that first.", name=kept.name)
        )
    holder = gone.uscc and queries.holder_of_uscc(
        session, gone.uscc, authority_id=gone.authority_id, but=gone.id
    )
    if holder and holder.id != kept.id:
        raise BadInput(
            Text(
                "%(name)s holds credit code %(code)s now. Change one of the two first.",
                name=holder.name,
                code=holder.uscc,
            )
        )
