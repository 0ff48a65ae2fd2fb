"""An attempt to serve as it was reported, its proof, and the day on which it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.errors import BadInput
from training_oversight.files.service import CheckedFile
from training_oversight.notices import queries
from training_oversight.notices.methods import RULES, EffectiveFrom
from training_oversight.notices.models import Notice, ServiceMethod, as_said
from training_oversight.texts import Text


@dataclass(frozen=True, kw_only=True)
class ServiceAttempt:
    """How it was served. What each method needs as proof stands in ``methods.RULES``.

    ``attempted_at`` is when it was handed over, posted or announced; midnight if only the
    day is known. ``receipt_on`` is the day on the receipt, for post and other authorities.
    """

    method: ServiceMethod
    attempted_at: datetime
    receipt_on: date | None = None
    place: str = ""
    received_by: str = ""
    receiver_role: str = ""
    witness: str = ""
    detail: str = ""
    served_by: str = ""
    files: Sequence[CheckedFile] = ()

    @property
    def attempted_on(self) -> date:
        return clock.day_of(self.attempted_at)


@dataclass(frozen=True, kw_only=True)
class FailedAttempt:
    """An attempt that came to nothing, for instance before a closed door."""

    method: ServiceMethod
    attempted_at: datetime
    failure: str
    place: str = ""
    served_by: str = ""
    files: Sequence[CheckedFile] = ()

    @property
    def attempted_on(self) -> date:
        return clock.day_of(self.attempted_at)


def check_proof(attempt: ServiceAttempt) -> None:
    rule = RULES[attempt.method]
    missing = {
        field: sentence
        for field, sentence in rule.proof.items()
        if not str(getattr(attempt, field)).strip()
        and not (field == rule.or_file and attempt.files)
    }
    if rule.effective is EffectiveFrom.RECEIPT and attempt.receipt_on is None:
        missing["receipt_on"] = Text("Enter the day on the receipt: it is the day of service.")
    if missing:
        raise BadInput(Text("Service cannot be recorded without its proof."), missing)


def effective_day(notice: Notice, attempt: ServiceAttempt, *, today: date) -> date:
    """The day on which it counts as served; nothing takes effect in the future."""
    check_day(notice, attempt.attempted_on, today=today, field="attempted_on")
    match RULES[attempt.method].effective:
        case EffectiveFrom.RECEIPT if attempt.receipt_on is not None:
            check_day(notice, attempt.receipt_on, today=today, field="receipt_on")
            _check_receipt(attempt.receipt_on, attempt.attempted_on)
            return attempt.receipt_on
        case EffectiveFrom.HANDING_OVER:
            return attempt.attempted_on
    sentence = Text("An announcement counts as service only when its time has passed.")
    raise BadInput(sentence, {"method": sentence})


def _check_receipt(receipt_on: date, attempted_on: date) -> None:
    if receipt_on < attempted_on:
        sentence = Text(
            "Not before %(day)s: that day it was posted or handed on.", day=attempted_on
        )
        raise BadInput(sentence, {"receipt_on": sentence})


def check_moment(session: Session, notice: Notice, attempted_at: datetime) -> None:
    """To the minute, where more than the day is known: not to come, not before it was signed."""
    if not isinstance(as_said(attempted_at), datetime):
        return
    now, approved_at = database.instant(session), queries.approved_at(session, notice)
    sentence = None
    if attempted_at > now:
        sentence = Text("Not later than now (%(now)s).", now=now)
    elif approved_at is not None and attempted_at < approved_at.replace(second=0, microsecond=0):
        sentence = Text("Not before the notice was approved (%(day)s).", day=approved_at)
    if sentence is not None:
        raise BadInput(sentence, {"attempted_time": sentence})


def check_day(notice: Notice, day: date, *, today: date, field: str) -> None:
    if day > today:
        sentence = Text("Not later than today (%(today)s).", today=today)
        raise BadInput(sentence, {field: sentence})
    if notice.approved_on is not None and day < notice.approved_on:
        sentence = Text("Not before the notice was approved (%(day)s).", day=notice.approved_on)
        raise BadInput(sentence, {field: sentence})
