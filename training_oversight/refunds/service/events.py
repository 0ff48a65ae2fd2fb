"""A closing event: opened, followed, ended; and what its families are told."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import numbers
from training_oversight.errors import BadInput, WrongState
from training_oversight.refunds import codes, queries
from training_oversight.refunds.models import AccountBalance, ClosingEvent, RefundAnnouncement
from training_oversight.refunds.workflow import EventVerb
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.vault import looking
from training_oversight.workflow import authorise

SERIES = "closing_event"
OPENED = EventType.declare("closing.opened", Text("Closing event opened"))
BALANCE = EventType.declare(
    "closing.balance", Text("Balance of the supervised account"), ["fen", "as_of"]
)
ANNOUNCED = EventType.declare("closing.announced", Text("Families were told"))
TAKEN_OUT = EventType.declare("closing.taken_out", Text("Table taken out"), ["rows", "named"])
TAKEN_BACK = EventType.declare("closing.taken_back", Text("Announcement taken back"))


def open_event(
    session: Session,
    institution: Institution,
    *,
    happened_on: date,
    summary: str,
    by: Officer,
    today: date,
) -> ClosingEvent:
    authorise(by, institution, Permission.ENTER_REFUND)
    database.locked(session, institution)
    _not_later("happened_on", happened_on, today)
    standing = queries.open_event_of(session, institution.id)
    if standing is not None:
        raise WrongState(
            Text("There is an event already: %(number)s. Use that one.", number=standing.number)
        )
    serial = numbers.take(
        session, authority_id=institution.authority_id, series=SERIES, year=today.year
    )
    made = ClosingEvent(
        authority_id=institution.authority_id,
        division_path=institution.division_path,
        institution_id=institution.id,
        year=today.year,
        serial=serial,
        code=codes.fresh(codes.OF_EVENT),
        summary=summary,
        happened_on=happened_on,
        opened_on=today,
        opened_by_id=by.id,
    )
    audit.created(session, made, OPENED, by=by)
    return made


def _not_later(name: str, day: date, today: date) -> None:
    if day > today:
        sentence = Text("Cannot be later than today (%(today)s).", today=today)
        raise BadInput(sentence, {name: sentence})


def close_event(
    session: Session,
    event: ClosingEvent,
    *,
    conclusion: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """No family can sign up any more; what is owed stays owed."""
    with workflow.moving(session, event, EventVerb.CLOSE, by=by, version=version, note=conclusion):
        event.closed_on, event.conclusion = today, conclusion


def reopen_event(
    session: Session, event: ClosingEvent, *, reason: str, by: Officer, version: int | None = None
) -> None:
    with workflow.moving(session, event, EventVerb.REOPEN, by=by, version=version, note=reason):
        standing = queries.open_event_of(session, event.institution_id)
        if standing is not None:
            raise WrongState(
                Text("There is an event already: %(number)s. Use that one.", number=standing.number)
            )
        event.closed_on, event.conclusion = None, ""


def note_balance(
    session: Session,
    event: ClosingEvent,
    *,
    as_of: date,
    fen: int,
    source: str,
    by: Officer,
    today: date,
) -> AccountBalance:
    """What lies in the supervised account, as the bank or somebody else said."""
    authorise(by, event, Permission.ENTER_REFUND)
    database.locked(session, event)
    _not_later("as_of", as_of, today)
    made = AccountBalance(
        event_id=event.id,
        as_of=as_of,
        fen=fen,
        source=source,
        entered_by_id=by.id,
        entered_on=today,
    )
    session.add(made)
    audit.record(session, event, BALANCE, by=by, note=source, fen=fen, as_of=as_of.isoformat())
    return made


def announce(
    session: Session, event: ClosingEvent, *, text: str, by: Officer, today: date
) -> RefundAnnouncement:
    """Tell the families something on the pages that their codes open."""
    authorise(by, event, Permission.MANAGE_REFUND)
    database.locked(session, event)
    made = RefundAnnouncement(
        event_id=event.id, text=text, announced_on=today, announced_by_id=by.id
    )
    session.add(made)
    audit.record(session, event, ANNOUNCED, by=by, note=text)
    return made


def take_back(
    session: Session,
    event: ClosingEvent,
    announcement: RefundAnnouncement,
    *,
    reason: str,
    by: Officer,
    today: date,
) -> None:
    """Families do not read it any more; the history keeps it."""
    authorise(by, event, Permission.MANAGE_REFUND)
    database.locked(session, announcement)
    if announcement.event_id != event.id or announcement.withdrawn_on is not None:
        raise WrongState(Text("This announcement was taken back already."))
    announcement.withdrawn_on = today
    audit.record(session, event, TAKEN_BACK, by=by, note=reason)


def take_out(
    session: Session,
    event: ClosingEvent,
    *,
    rows: int,
    named: bool,
    why: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """Record that a table leaves the office; with the families in it, only for a reason."""
    authorise(by, event, Permission.ENTER_REFUND)
    database.seen(event, version)
    if named:
        looking.look(session, event, why=why, by=by)
    audit.record(session, event, TAKEN_OUT, by=by, rows=rows, named=named)
