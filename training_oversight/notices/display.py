"""How a notice looks in a row, in a title line, and what its next step is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit.telling import Reading, by
from training_oversight.audit.timeline import Saying
from training_oversight.notices import queries
from training_oversight.notices.models import Notice, Recipient
from training_oversight.notices.workflow import NOTICE_WORKFLOW, NoticeState, NoticeVerb
from training_oversight.texts import Counted, Text
from training_oversight.web.components import Shape, Status, Tone
from training_oversight.web.contributions import Step

LOOKS = {
    NoticeState.DRAFT: (Shape.NOT_BEGUN, Tone.INK),
    NoticeState.SUBMITTED: (Shape.WAITING, Tone.BLUE),
    NoticeState.APPROVED: (Shape.WAITING, Tone.BLUE),
    NoticeState.SERVED: (Shape.UNDER_WAY, Tone.INK),
    NoticeState.WITHDRAWN: (Shape.ENDED, Tone.GREY),
    NoticeState.REVOKED: (Shape.ENDED, Tone.GREY),
}
FULFILLED = Text("Fulfilled")
# Columns whose changes are worth reading in the history.
LABELS = {
    "recipient": Text("Addressed to"),
    "recipient_name": Text("Recipient"),
    "recipient_address": Text("Address"),
    "recipient_person": Text("Legal representative or responsible person"),
    "facts": Text("Facts found"),
    "consequence": Text("Consequence of not complying"),
    "remedies": Text("Remedies and their time limits"),
    "number": Text("Number"),
    "served_on": Text("Served on"),
}
VALUES: dict[str, Saying] = {"recipient": Recipient}
Reading.declare("notice", tell=by(LABELS, VALUES))


def status(notice: Notice, *, fulfilled: bool = False) -> Status:
    if fulfilled:
        return Status(Shape.DONE, FULFILLED, Tone.GREEN)
    if notice.state is NoticeState.DRAFT and notice.returned_note:
        return Status(Shape.RETURNED, Text("Returned for changes"), Tone.AMBER)
    shape, tone = LOOKS[notice.state]
    return Status(shape, notice.state, tone)


def service_time(notice: Notice, today: date) -> Status | None:
    """How long until an approved notice should be served."""
    if notice.state is not NoticeState.APPROVED or notice.service_due_on is None:
        return None
    days = (notice.service_due_on - today).days
    if days < 0:
        return Status(
            Shape.OVERDUE,
            Counted("Service %(days)s day late", "Service %(days)s days late", days=-days),
            Tone.RED,
        )
    if days == 0:
        return Status(Shape.SOON, Text("To be served today"), Tone.AMBER)
    return Status(
        None, Counted("%(days)s day left to serve", "%(days)s days left to serve", days=days)
    )


def next_step(notice: Notice, officer: Officer, barred: Collection[int]) -> Step | None:
    """Who owes what; the address only for who can take the step.

    ``barred`` are those that this officer may not approve as a party to them.
    """
    match notice.state:
        case NoticeState.DRAFT:
            return _step(
                Text("Work on the notice"),
                notice.drafted_by.name,
                "notices.edit",
                notice,
                mine=notice.drafted_by_id == officer.id,
            )
        case NoticeState.SUBMITTED:
            may = officer.may(Permission.APPROVE_NOTICE) and notice.id not in barred
            return _step(
                Text("Approve and issue"),
                Role.SECTION_HEAD.label,
                "notices.approve",
                notice,
                mine=may,
            )
        case NoticeState.APPROVED:
            in_charge = notice.institution.officer_in_charge_id
            mine = officer.id in (notice.drafted_by_id, in_charge)
            return _step(
                Text("Record service"),
                notice.drafted_by.name,
                "notices.serve",
                notice,
                mine=mine and officer.may(Permission.SERVE_NOTICE),
            )
    return None


def _step(label: Text, who: Text | str, endpoint: str, notice: Notice, *, mine: bool) -> Step:
    url = url_for(endpoint, notice_id=notice.id) if mine else None
    return Step(label, who, url, mine=mine)


@dataclass(frozen=True)
class Row:
    """One line of a list of notices."""

    notice: Notice
    status: Status
    time: Status | None
    step: Step | None
    failed: int

    @property
    def day(self) -> date:
        """The day of the last thing that happened to it."""
        notice = self.notice
        return (
            notice.ended_on
            or notice.served_on
            or notice.approved_on
            or notice.submitted_on
            or notice.drafted_on
        )

    @property
    def day_label(self) -> Text:
        notice = self.notice
        if notice.ended_on:
            return Text("Ended")
        if notice.served_on:
            return Text("Served")
        if notice.approved_on:
            return Text("Issued")
        return Text("Submitted on") if notice.submitted_on else Text("Drafted on")


def rows(session: Session, notices: Sequence[Notice], officer: Officer, today: date) -> list[Row]:
    """The lines of a list."""
    done = queries.fulfilled(session, [one.id for one in notices])
    barred = NOTICE_WORKFLOW.barred(officer, notices, NoticeVerb.APPROVE)
    return [_row(one, officer, today, done, barred) for one in notices]


def _row(
    notice: Notice,
    officer: Officer,
    today: date,
    fulfilled: Collection[int],
    barred: Collection[int],
) -> Row:
    return Row(
        notice=notice,
        status=status(notice, fulfilled=notice.id in fulfilled),
        time=service_time(notice, today),
        step=next_step(notice, officer, barred),
        failed=sum(1 for one in notice.services if one.failure),
    )
