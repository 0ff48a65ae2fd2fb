"""What each kind of act does to the visit, through the services of visits."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import Checklist, Severity, ViolationType
from training_oversight.errors import BadInput, NotFound
from training_oversight.field.acts import UNREADABLE, Act, Told
from training_oversight.field.service import photos
from training_oversight.field.service.conflicts import of_answer, of_end
from training_oversight.inspections import queries as inspections
from training_oversight.inspections import service as visits
from training_oversight.inspections.models import Answer, Finding, NotPossible, Visit, VisitKind
from training_oversight.inspections.service import ClosingWords, FindingDraft, Handling, VisitDraft
from training_oversight.inspections.workflow import VISIT_WORKFLOW, FindingState, VisitState
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution, PositionSource
from training_oversight.texts import Text


def start(session: Session, act: Act, by: Officer, today: date) -> tuple[Visit, list[Text]]:
    """The planned visit begins, or one that nobody had planned."""
    if act.visit_id is None:
        visit, know = _unplanned(session, act, by, today)
    else:
        visit, know = inspections.visit(session, act.visit_id, by.scope), []
        if visit.state in VISIT_WORKFLOW.ends:
            raise of_end(session, visit)
        if visit.state is VisitState.PLANNED:
            visits.start(session, visit, by=by, at=act.done_at)
    _placed(session, visit, act, by)
    return visit, know


def _unplanned(session: Session, act: Act, by: Officer, today: date) -> tuple[Visit, list[Text]]:
    there, know = _institution(session, act.told, by)
    draft = VisitDraft(
        place=there,
        kind=act.told.member(VisitKind, "visit_kind"),
        happened_at=act.done_at,
        officers=_officers(session, [by.id, *act.told.numbers("officers")], by, today),
        # The version that the phone asked, also where there is a newer one by now.
        checklist=_checklist(session, act.told, by),
        client_key=act.visit_key,
    )
    return visits.begin(session, draft=draft, by=by, today=today), know


def _checklist(session: Session, told: Told, by: Officer) -> Checklist | None:
    """The county's own or a shipped one, in any of its versions."""
    key = told.number("checklist_id")
    found = session.get(Checklist, key) if key else None
    if key and (found is None or found.authority_id not in (None, by.authority_id)):
        raise BadInput(UNREADABLE)
    return found


def _institution(session: Session, told: Told, by: Officer) -> tuple[Institution, list[Text]]:
    """The place of the visit; of one that was joined with another meanwhile, that other."""
    key = told.number("institution_id")
    if key is None:
        raise BadInput(UNREADABLE)
    found, know = registry.get(session, key, by.scope), []
    while found.merged_into_id is not None:
        found = registry.get(session, found.merged_into_id, by.scope)
        know = [
            Text(
                "The institution was joined with “%(name)s” meanwhile; the visit stands there.",
                name=found.name,
            )
        ]
    return found, know


def _officers(session: Session, keys: list[int], by: Officer, today: date) -> list[Officer]:
    """Each once, in the order in which they were named."""
    here = accounts.colleagues(session, by.scope, today=today, permission=Permission.LOG_VISIT)
    known = {one.id: one for one in here} | {by.id: by}
    if any(key not in known for key in keys):
        raise BadInput(Text("Choose officers who inspect and work here now."))
    return [known[key] for key in dict.fromkeys(keys)]


def position(session: Session, visit: Visit, act: Act, by: Officer, _today: date) -> list[Text]:
    """Found after the visit had begun; of one that is over meanwhile nothing is changed."""
    if visit.state not in VISIT_WORKFLOW.ends:
        _placed(session, visit, act, by)
    return []


def _placed(session: Session, visit: Visit, act: Act, by: Officer) -> None:
    position = act.told.position
    if position is not None and visit.latitude is None:
        visits.note_position(
            session,
            visit,
            position,
            accuracy=act.told.number("accuracy"),
            source=PositionSource.DEVICE,
            by=by,
        )


def answer(session: Session, visit: Visit, act: Act, by: Officer, _today: date) -> list[Text]:
    """``base``: what the phone knew to stand there before; something else is a colleague's."""
    item, given = act.told.text("item"), act.told.member(Answer, "answer")
    base = act.told.text("base") or None
    standing = next(
        (row.answer for row in inspections.answers(session, visit) if row.item_code == item), None
    )
    if standing is not None and standing.value != base and standing is not given:
        raise of_answer(session, visit, item, standing)
    if visit.state in VISIT_WORKFLOW.ends:
        if standing is given:
            return []
        raise of_end(session, visit)
    visits.save_answer(session, visit, item, given, by=by)
    return []


def problem(session: Session, visit: Visit, act: Act, by: Officer, today: date) -> list[Text]:
    """A problem, or what it says after the officer wrote on: it is known by the phone's key."""
    told = act.told
    kind = session.get(ViolationType, told.number("violation_type_id") or 0)
    if kind is None:
        raise BadInput(Text("Choose what kind of problem it is."))
    draft = FindingDraft(
        violation_type=kind,
        severity=told.member(Severity, "severity") if told.text("severity") else kind.severity,
        facts=told.text("facts"),
        handling=told.member(Handling, "handling") if told.text("handling") else Handling.LEDGER,
        note=told.text("note"),
        checklist_item_code=told.text("item") or None,
        client_key=told.key("problem"),
    )
    known = _problem(session, visit, act)
    if known is None:
        on = min(clock.day_of(visit.happened_at), today)
        visits.add_drafted(session, visit, draft, by=by, today=today, on=on)
    elif known.state is FindingState.PENDING:
        visits.change_finding(session, known, draft, by=by)
    elif known.facts != draft.facts:
        return [Text("The problem has been decided on meanwhile and stays as it is.")]
    return []


def _problem(session: Session, visit: Visit, act: Act) -> Finding | None:
    return session.scalars(
        sa.select(Finding).where(
            Finding.authority_id == visit.authority_id,
            Finding.client_key == str(act.told.key("problem")),
            Finding.visit_id == visit.id,
        )
    ).one_or_none()


def photo(session: Session, visit: Visit, act: Act, by: Officer, _today: date) -> list[Text]:
    """A photo that the server has, under the visit or under one of its problems."""
    subject: Visit | Finding = visit
    if act.told.text("problem"):
        found = _problem(session, visit, act)
        if found is None:
            raise NotFound(Text("The problem of this photo has not been taken yet."))
        subject = found
    photos.attach(session, subject, act, by=by)
    return []


def team(session: Session, visit: Visit, act: Act, by: Officer, today: date) -> list[Text]:
    keys = act.told.numbers("officers")
    visits.name_team(session, visit, _officers(session, keys, by, today), by=by)
    return []


def finish(session: Session, visit: Visit, act: Act, by: Officer, _today: date) -> list[Text]:
    told = act.told
    words = ClosingWords(
        representative=told.text("representative"),
        representative_role=told.text("representative_role"),
        statement=told.text("statement"),
        minutes=told.text("minutes"),
    )
    if visit.state in VISIT_WORKFLOW.ends:
        if _same(visit, words):
            return []
        raise of_end(session, visit)
    visits.finish(
        session,
        visit,
        by=by,
        unanswered_reason=told.text("unanswered_reason"),
        whys=told.words("whys"),
        words=words,
        ended_at=max(act.done_at, visit.happened_at),
    )
    return []


def _same(visit: Visit, words: ClosingWords) -> bool:
    stands = (visit.representative or "", visit.representative_role or "")
    return (
        visit.state is VisitState.DONE
        and stands == (words.representative, words.representative_role)
        and (visit.statement, visit.minutes) == (words.statement, words.minutes)
    )


def not_possible(session: Session, visit: Visit, act: Act, by: Officer, today: date) -> list[Text]:
    """The duty goes to the next attempt; a day that has passed meanwhile becomes tomorrow."""
    why = act.told.member(NotPossible, "why")
    if visit.state in VISIT_WORKFLOW.ends:
        if visit.not_possible is why:
            return []
        raise of_end(session, visit)
    wanted = act.told.day("again_on")
    tomorrow = today + timedelta(days=1)
    again_on = wanted if wanted is not None and wanted >= today else tomorrow
    visits.not_possible(
        session, visit, kind=why, note=act.told.text("note"), again_on=again_on, by=by, today=today
    )
    return []
