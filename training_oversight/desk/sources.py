"""What can wait for an officer. The worklist and every count read this one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from training_oversight import clock, law
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.desk import waiting
from training_oversight.notices.methods import ANNOUNCED_FOR
from training_oversight.texts import Text
from training_oversight.web.addresses import asking


@dataclass(frozen=True)
class Source:
    """One kind of step. ``statement(officer)`` gives Row columns; no permission, no lines.

    ``limit`` is the county's limit from which a due date is counted when the record has
    none of its own: ``since`` is then the day on which the waiting began.
    """

    name: str
    # The page of the navigation that the step belongs to.
    area: str
    verb: Text
    permission: Permission
    statement: Callable[[Asking], waiting.Statement]
    endpoint: str
    argument: str
    limit: str | None = None
    # The same where the law and not the county says how long.
    period: law.Period | None = None
    # What the step follows from, when the record has no note of its own.
    why: Text | None = None

    def url(self, key: int) -> str:
        values: dict[str, object] = {self.argument: key}
        return asking(self.endpoint, values)


P = Permission
WRITTEN_OFF = Text("All its problems are written off")
SOURCES = (
    Source(
        "item-verify",
        "ledger.index",
        Text("Re-check"),
        P.VERIFY_ITEM,
        waiting.items_to_verify,
        "ledger.verify",
        "item_id",
    ),
    Source(
        "item-close",
        "ledger.index",
        Text("Decide on the close-out"),
        P.APPROVE_CLOSE_OUT,
        waiting.items_to_close,
        "ledger.close",
        "item_id",
    ),
    Source(
        "item-report",
        "ledger.index",
        Text("Record the report"),
        P.MANAGE_ITEM,
        waiting.items_of_mine,
        "ledger.apply",
        "item_id",
    ),
    Source(
        "item-second",
        "ledger.index",
        Text("Record refunds, or what was not asked at once"),
        P.MANAGE_ITEM,
        waiting.seconds_of_mine,
        "ledger.report_second",
        "item_id",
    ),
    Source(
        "item-limit",
        "ledger.index",
        Text("Set the limit"),
        P.MANAGE_ITEM,
        waiting.items_without_limit,
        "ledger.show",
        "item_id",
        limit="decide",
    ),
    Source(
        "notice-approve",
        "notices.index",
        Text("Review and approve"),
        P.APPROVE_NOTICE,
        waiting.notices_to_approve,
        "notices.approve",
        "notice_id",
        limit="approve",
    ),
    Source(
        "notice-serve",
        "notices.index",
        Text("Record service"),
        P.SERVE_NOTICE,
        waiting.notices_to_serve,
        "notices.serve",
        "notice_id",
    ),
    Source(
        "notice-announced",
        "notices.index",
        Text("Complete the announcement"),
        P.SERVE_NOTICE,
        waiting.notices_announced,
        "notices.complete_announcement",
        "notice_id",
        period=ANNOUNCED_FOR,
    ),
    Source(
        "notice-finish",
        "notices.index",
        Text("Finish the draft"),
        P.DRAFT_NOTICE,
        waiting.notices_to_finish,
        "notices.edit",
        "notice_id",
        limit="decide",
    ),
    Source(
        "finding-decide",
        "inspections.index",
        Text("Put on the ledger"),
        P.REGISTER_ITEM,
        waiting.findings_to_decide,
        "ledger.register",
        "finding_id",
        limit="decide",
    ),
    Source(
        "visit-make",
        "inspections.index",
        Text("Inspect"),
        P.LOG_VISIT,
        waiting.visits_to_make,
        "inspections.show",
        "visit_id",
    ),
    Source(
        "licence-ending",
        "registry.index",
        Text("Follow up the licence"),
        P.EDIT_REGISTRY,
        waiting.licences_ending,
        "registry.warning",
        "warning_id",
        why=Text("The paper comes to its end"),
    ),
    Source(
        "licence-ending-of-nobody",
        "registry.index",
        Text("Follow up the licence"),
        P.CLOSE_INSTITUTION,
        waiting.licences_ending_of_nobody,
        "registry.warning",
        "warning_id",
        why=Text("Nobody is in charge of the institution"),
    ),
    Source(
        "case-decide",
        "enforcement.index",
        Text("Decide on joint enforcement"),
        P.CONVENE_CASE,
        waiting.cases_to_decide,
        "enforcement.convene",
        "case_id",
        limit="approve",
    ),
    Source(
        "case-prepare",
        "enforcement.index",
        Text("Draft a task"),
        P.CONVENE_CASE,
        waiting.cases_to_prepare,
        "enforcement.add_task",
        "case_id",
        limit="approve",
    ),
    Source(
        "case-drop",
        "enforcement.index",
        Text("Do not convene"),
        P.CONVENE_CASE,
        waiting.cases_to_drop,
        "enforcement.set_aside",
        "case_id",
        limit="approve",
        why=WRITTEN_OFF,
    ),
    Source(
        "case-conclude",
        "enforcement.index",
        Text("Conclude the case"),
        P.CONVENE_CASE,
        waiting.cases_to_conclude,
        "enforcement.conclude",
        "case_id",
    ),
    Source(
        "case-finish",
        "enforcement.index",
        Text("Conclude the case"),
        P.CONVENE_CASE,
        waiting.cases_to_finish,
        "enforcement.conclude",
        "case_id",
        why=WRITTEN_OFF,
    ),
    Source(
        "task-release",
        "enforcement.index",
        Text("Release the task"),
        P.CONVENE_CASE,
        waiting.tasks_to_release,
        "enforcement.release",
        "task_id",
    ),
    Source(
        "task-accept",
        "enforcement.my_tasks",
        Text("Accept or return the task"),
        P.HANDLE_TASK,
        waiting.tasks_to_accept,
        "enforcement.task",
        "task_id",
    ),
    Source(
        "task-report",
        "enforcement.my_tasks",
        Text("Report the result"),
        P.HANDLE_TASK,
        waiting.tasks_to_report,
        "enforcement.report",
        "task_id",
    ),
    Source(
        "task-returned",
        "enforcement.index",
        Text("Redirect the task"),
        P.CONVENE_CASE,
        waiting.tasks_returned,
        "enforcement.redirect",
        "task_id",
    ),
    Source(
        "message-release",
        "correspondence.index",
        Text("Release the message"),
        P.RELEASE_MESSAGE,
        waiting.messages_to_release,
        "correspondence.show",
        "message_id",
        limit="approve",
        why=Text("Nothing leaves the office by itself"),
    ),
    Source(
        "message-pass-on",
        "correspondence.index",
        Text("Pass it on and record how"),
        P.RELEASE_MESSAGE,
        waiting.messages_to_pass_on,
        "correspondence.hand_over",
        "message_id",
        limit="approve",
        why=Text("No channel has sent it"),
    ),
    Source(
        "rights-confirm",
        "officers.index",
        Text("Confirm rights"),
        P.CONFIRM_RIGHTS,
        waiting.rights_to_confirm,
        "officers.rights",
        "officer_id",
        limit="approve",
        why=Text("Rights are given by two people"),
    ),
    Source(
        "publication-approve",
        "publication.index",
        Text("Review the publication"),
        P.APPROVE_PUBLICATION,
        waiting.publications_to_approve,
        "publication.show",
        "publication_id",
        limit="approve",
    ),
    Source(
        "publication-finish",
        "publication.index",
        Text("Finish the list"),
        P.PREPARE_PUBLICATION,
        waiting.publications_to_finish,
        "publication.show",
        "publication_id",
        limit="decide",
    ),
)


def sources_of(officer: Officer) -> list[Source]:
    return [source for source in SOURCES if officer.may(source.permission)]


def day_of(value: date | datetime | None) -> date | None:
    """The county's day of what a source calls due: a day already, or an instant."""
    return clock.day_of(value) if isinstance(value, datetime) else value
