"""Asking for long work, stopping it, and what came of it. The only code that writes errands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.authorising import in_scope
from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.errands import claims
from training_oversight.errands.kinds import ErrandKind, kind_of
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import UNDER_WAY, ErrandState, ErrandVerb
from training_oversight.errors import NotFound, NotPermitted, WrongState
from training_oversight.files import service as files
from training_oversight.files.storage import Stored
from training_oversight.law.sentences import packed
from training_oversight.texts import Text
from training_oversight.workflow import stepped

S = ErrandState
MOST_ATTEMPTS = 3
FILES_KEPT = timedelta(days=14)

ASKED = EventType.declare("errand.asked", Text("Long work asked for"))
STOP_ASKED = EventType.declare("errand.stop_asked", Text("Stop of long work asked for"))
FILE_FETCHED = EventType.declare("errand.file_fetched", Text("File fetched"), ["name"])
FILE_FORGOTTEN = EventType.declare("errand.file_forgotten", Text("File removed"), ["name"])


def ask(session: Session, kind: ErrandKind, *, params: Mapping[str, object], by: Officer) -> Errand:
    """Put work into the queue. Raises ``NotPermitted``."""
    kind.check(by, params)
    errand = Errand(
        kind=kind.code,
        authority_id=by.authority_id,
        division_path=by.division_path,
        asked_by_id=by.id,
        asked_at=database.instant(session),
        params=dict(params),
    )
    audit.created(session, errand, ASKED, by=by)
    return errand


def stop(session: Session, errand: Errand, *, by: Officer) -> None:
    """End it: at once where nobody works on it yet, else as soon as its process hears of it."""
    _open_to(errand, by)
    database.locked(session, errand)
    if errand.state not in UNDER_WAY:
        raise WrongState(Text("This has ended already: %(state)s.", state=errand.state))
    asked_before, errand.stop_wanted = errand.stop_wanted, True
    if errand.state is S.WAITING:
        _ended(session, errand, ErrandVerb.STOP, by=by)
    elif not asked_before:
        # The worker will record the end, but cannot know who asked for it.
        audit.record(session, errand, STOP_ASKED, by=by)


def _open_to(errand: Errand, by: Officer) -> None:
    """Who asked for it, or a colleague who may have the same done. Raises ``NotFound``."""
    if errand.asked_by_id != by.id:
        in_scope(by, errand)
        kind_of(errand.kind).check(by, errand.params)


def _ended(session: Session, errand: Errand, verb: ErrandVerb, *, by: Officer) -> None:
    _moved(session, errand, verb, by=by)
    errand.finished_at = database.instant(session)


def _moved(session: Session, errand: Errand, verb: ErrandVerb, *, by: Officer) -> None:
    states = stepped(errand, verb, by=by)
    audit.record(session, errand, errand.workflow.events[verb], by=by, states=states)


def finished(session: Session, errand_id: int, *, by: Officer, **told: Any) -> None:
    """It is done. The file is on disk already."""
    _come_to(session, errand_id, **told)
    _ended(session, _again(session, errand_id), ErrandVerb.FINISH, by=by)


def failed(session: Session, errand_id: int, *, by: Officer, **told: Any) -> None:
    """It cannot be done, and is not tried again; what came of it so far is kept."""
    _come_to(session, errand_id, **told)
    _ended(session, _again(session, errand_id), ErrandVerb.FAIL, by=by)


def _come_to(
    session: Session,
    errand_id: int,
    *,
    worker: str,
    sentence: Text,
    address: str | None = None,
    stored: Stored | None = None,
    file_name: str = "",
) -> None:
    """Write down what came of it."""
    if stored is not None:
        files.name(session, stored, file_name)
    claims.write(
        session,
        errand_id,
        worker=worker,
        outcome=packed(sentence),
        address=address,
        file_sha256=stored.sha256 if stored else None,
        file_name=file_name if stored else None,
    )


def stopped(session: Session, errand_id: int, *, worker: str, by: Officer) -> None:
    """The worker has learnt that the officer wants it stopped."""
    claims.write(session, errand_id, worker=worker, outcome=[])
    _ended(session, _again(session, errand_id), ErrandVerb.STOP, by=by)


def put_back(session: Session, errand_id: int, *, worker: str, by: Officer) -> None:
    """This attempt failed; there will be another after a pause."""
    claims.write(session, errand_id, worker=worker, claimed_by=None)
    _moved(session, _again(session, errand_id), ErrandVerb.PUT_BACK, by=by)


def handed_back(session: Session, errand_id: int, *, worker: str, by: Officer) -> None:
    """The worker's process ends: the attempt does not count, and the next one begins at once."""
    attempts = Errand.attempts - 1
    claims.write(
        session, errand_id, worker=worker, claimed_by=None, heard_at=None, attempts=attempts
    )
    _moved(session, _again(session, errand_id), ErrandVerb.PUT_BACK, by=by)


def _again(session: Session, errand_id: int) -> Errand:
    """The row as the statements before it have left it."""
    return session.get_one(Errand, errand_id, populate_existing=True)


def fetched(session: Session, errand: Errand, *, by: Officer) -> str:
    """Record that the file leaves the office; the name of its content.

    Raises ``NotPermitted`` for who may not have it any more, or has been moved from where it
    was asked for; ``NotFound`` when it is gone.
    """
    check_fetching(errand, by)
    if errand.file_sha256 is None:
        raise NotFound(Text("The file has been removed. Ask for it again."))
    audit.record(session, errand, FILE_FETCHED, by=by, name=errand.file_name)
    return errand.file_sha256


def check_fetching(errand: Errand, by: Officer) -> None:
    """Raises ``NotPermitted`` for who may not have the file at this moment."""
    kind_of(errand.kind).check(by, errand.params)
    if not by.scope.covers(errand.division_path):
        raise NotPermitted(
            Text("The file was asked for in another place than you work for now. Ask for it again.")
        )


def forget_file(session: Session, errand_id: int, *, by: audit.Actor) -> bool:
    """Let go of a file that was kept long enough; says whether there was one."""
    errand = session.get_one(Errand, errand_id, with_for_update=True)
    if errand.file_sha256 is None:
        return False
    sha256, errand.file_sha256 = errand.file_sha256, None
    audit.record(session, errand, FILE_FORGOTTEN, by=by, name=errand.file_name)
    files.forget_unnamed(session, sha256)
    return True


def with_old_files(session: Session, *, before: datetime) -> list[int]:
    """The errands whose file has been kept long enough."""
    return list(
        session.scalars(
            sa.select(Errand.id)
            .where(Errand.file_sha256.is_not(None), Errand.finished_at < before)
            .order_by(Errand.id)
        )
    )
