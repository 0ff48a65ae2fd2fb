"""How a notice looks in a row, in a title line, and what its next step is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.audit.timeline import Saying
from training_oversight.notices import queries
from training_oversight.notices.models import Notice, Recipient
from training_oversight.notices.queries import NextPaper
from training_oversight.notices.workflow import NOTICE_WORKFLOW, STEPS, NoticeState
from training_oversight.registry.presenting import charged
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
DRAFT = Text("Draft a notice")
FULFILLED = Text("Fulfilled")
ANNOUNCED = Text("Announcement has run out: record service")
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
READING = Reading(("notice",), by(LABELS, VALUES))


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


def turns(notices: Sequence[Notice], officer: Officer) -> frozenset[int]:
    """Those whose next step is this officer's; one query for a list."""
    return NOTICE_WORKFLOW.turns(officer, notices, *STEPS)


def to_draft(paper: NextPaper, officer: Officer, today: date) -> Step:
    """The limit is for a paper to set, and nobody has begun one: whoever is in charge does."""
    charge = paper.officer_in_charge
    mine = charge is not None and charge.id == officer.id and officer.may(Permission.DRAFT_NOTICE)
    url = url_for("notices.draft", item=paper.item_id)
    return Step(DRAFT, charged(charge, today), url if mine else None, mine)


def next_step(
    notice: Notice, turns: Collection[int], today: date, *, until: date | None = None
) -> Step | None:
    """Who owes what; the address only for who can take the step.

    ``until`` is the last day of an announcement that runs: its end is what comes next.
    """
    mine = notice.id in turns
    match notice.state:
        case NoticeState.DRAFT:
            return _step(
                Text("Work on the notice"),
                notice.drafted_by.name,
                "notices.edit",
                notice,
                mine=mine,
            )
        case NoticeState.SUBMITTED:
            return _step(
                Text("Approve and issue"),
                Role.SECTION_HEAD.label,
                "notices.approve",
                notice,
                mine=mine,
            )
        case NoticeState.APPROVED if until is not None and until > today:
            return Step(Text("Announced; served on %(day)s", day=until), notice.drafted_by.name)
        case NoticeState.APPROVED if until is not None:
            return _step(
                ANNOUNCED,
                notice.drafted_by.name,
                "notices.complete_announcement",
                notice,
                mine=mine,
            )
        case NoticeState.APPROVED:
            return _step(
                Text("Record service"),
                notice.drafted_by.name,
                "notices.serve",
                notice,
                mine=mine,
            )
    return None


def _step(label: Text, who: Text | str, endpoint: str, notice: Notice, *, mine: bool) -> Step:
    url = url_for(endpoint, notice_id=notice.id) if mine else None
    return Step(label, who, url, mine=mine)


@dataclass(frozen=True)
class NoticeRow:
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


def rows(
    session: Session, notices: Sequence[Notice], officer: Officer, today: date
) -> list[NoticeRow]:
    """The lines of a list."""
    done = queries.fulfilled(session, [one.id for one in notices])
    mine = turns(notices, officer)
    until = queries.announcements(session, notices)
    steps = {one.id: next_step(one, mine, today, until=until.get(one.id)) for one in notices}
    return [_row(one, today, done, steps[one.id]) for one in notices]


def _row(notice: Notice, today: date, fulfilled: Collection[int], step: Step | None) -> NoticeRow:
    return NoticeRow(
        notice=notice,
        status=status(notice, fulfilled=notice.id in fulfilled),
        time=service_time(notice, today),
        step=step,
        failed=sum(1 for one in notice.services if one.failure),
    )
