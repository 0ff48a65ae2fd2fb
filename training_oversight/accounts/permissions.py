"""What an officer may do, and which role may do it. The whole table on one page."""

from __future__ import annotations

import functools
from enum import StrEnum

from training_oversight.texts import LabelledEnum, Text


class Role(LabelledEnum):
    INSPECTOR = "inspector", Text("Inspector")
    SECTION_HEAD = "section_head", Text("Section head")
    HOTLINE = "hotline", Text("Hotline desk")
    LIAISON = "liaison", Text("Liaison officer")
    PUBLISHER = "publisher", Text("Publication officer")
    LEADER = "leader", Text("Leader in charge")
    ADMINISTRATOR = "administrator", Text("System administrator")
    OBSERVER = "observer", Text("Read-only supervisor")
    # Acts for jobs and commands; nobody can sign in with it.
    SYSTEM = "system", Text("System")


class Permission(StrEnum):
    USE_DESK = "use_desk"
    VIEW_REGISTRY = "view_registry"
    EDIT_REGISTRY = "edit_registry"
    IMPORT_REGISTRY = "import_registry"
    EXPORT_REGISTRY = "export_registry"
    CLOSE_INSTITUTION = "close_institution"
    VIEW_VISITS = "view_visits"
    LOG_VISIT = "log_visit"
    VIEW_CAMPAIGNS = "view_campaigns"
    PLAN_CAMPAIGN = "plan_campaign"
    APPROVE_CAMPAIGN = "approve_campaign"
    # Those of the own department; of everybody with ``VIEW_VISITS``.
    VIEW_LEADS = "view_leads"
    ENTER_LEAD = "enter_lead"
    APPROVE_VISIT = "approve_visit"
    VIEW_LEDGER = "view_ledger"
    EXPORT_LEDGER = "export_ledger"
    REGISTER_ITEM = "register_item"
    MANAGE_ITEM = "manage_item"
    VERIFY_ITEM = "verify_item"
    APPROVE_CLOSE_OUT = "approve_close_out"
    VIEW_NOTICES = "view_notices"
    DRAFT_NOTICE = "draft_notice"
    APPROVE_NOTICE = "approve_notice"
    SERVE_NOTICE = "serve_notice"
    VIEW_CASES = "view_cases"
    RAISE_CASE = "raise_case"
    CONVENE_CASE = "convene_case"
    HANDLE_TASK = "handle_task"
    # Those of the own department; of every department only with the next one.
    VIEW_COMPLAINTS = "view_complaints"
    VIEW_EVERY_COMPLAINT = "view_every_complaint"
    LOG_COMPLAINT = "log_complaint"
    ASSIGN_COMPLAINT = "assign_complaint"
    HANDLE_COMPLAINT = "handle_complaint"
    DECIDE_COMPLAINT = "decide_complaint"
    # At the counter, to a reporter who has code and word.
    PAY_REWARD = "pay_reward"
    VIEW_REFUNDS = "view_refunds"
    ENTER_REFUND = "enter_refund"
    MANAGE_REFUND = "manage_refund"
    VIEW_OUTBOX = "view_outbox"
    RELEASE_MESSAGE = "release_message"
    VIEW_PUBLICATIONS = "view_publications"
    PREPARE_PUBLICATION = "prepare_publication"
    APPROVE_PUBLICATION = "approve_publication"
    VIEW_HISTORY = "view_history"
    SEE_PERSONAL_DATA = "see_personal_data"
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_OFFICERS = "manage_officers"
    CONFIRM_RIGHTS = "confirm_rights"
    # The process that carries out long work; no person holds it.
    RUN_ERRANDS = "run_errands"


P = Permission
READING = frozenset(
    {
        P.USE_DESK,
        P.VIEW_REGISTRY,
        P.VIEW_VISITS,
        P.VIEW_CAMPAIGNS,
        P.VIEW_LEADS,
        P.VIEW_LEDGER,
        P.VIEW_NOTICES,
        P.VIEW_CASES,
        P.VIEW_COMPLAINTS,
        P.VIEW_EVERY_COMPLAINT,
        P.VIEW_REFUNDS,
        P.VIEW_OUTBOX,
        P.VIEW_PUBLICATIONS,
        P.VIEW_HISTORY,
    }
)
FIELD_WORK = READING | {
    P.EDIT_REGISTRY,
    P.IMPORT_REGISTRY,
    P.EXPORT_REGISTRY,
    P.EXPORT_LEDGER,
    P.LOG_VISIT,
    P.PLAN_CAMPAIGN,
    P.ENTER_LEAD,
    P.REGISTER_ITEM,
    P.MANAGE_ITEM,
    P.VERIFY_ITEM,
    P.DRAFT_NOTICE,
    P.SERVE_NOTICE,
    P.RAISE_CASE,
    P.LOG_COMPLAINT,
    P.HANDLE_COMPLAINT,
    P.ENTER_REFUND,
    P.SEE_PERSONAL_DATA,
}

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.INSPECTOR: FIELD_WORK,
    Role.SECTION_HEAD: FIELD_WORK
    | {
        P.CLOSE_INSTITUTION,
        P.APPROVE_CLOSE_OUT,
        P.APPROVE_CAMPAIGN,
        P.APPROVE_NOTICE,
        P.APPROVE_VISIT,
        P.CONVENE_CASE,
        P.DECIDE_COMPLAINT,
        P.MANAGE_REFUND,
        P.RELEASE_MESSAGE,
        P.APPROVE_PUBLICATION,
        P.CONFIRM_RIGHTS,
    },
    Role.HOTLINE: frozenset(
        {
            *(P.USE_DESK, P.VIEW_REGISTRY, P.VIEW_LEDGER),
            *(P.VIEW_COMPLAINTS, P.VIEW_EVERY_COMPLAINT),
            *(P.LOG_COMPLAINT, P.ASSIGN_COMPLAINT, P.PAY_REWARD),
            *(P.VIEW_REFUNDS, P.ENTER_REFUND),
            *(P.VIEW_LEADS, P.ENTER_LEAD),
        }
    ),
    Role.LIAISON: frozenset(
        {
            *(P.USE_DESK, P.HANDLE_TASK, P.VIEW_COMPLAINTS, P.HANDLE_COMPLAINT),
            *(P.VIEW_LEADS, P.ENTER_LEAD),
        }
    ),
    Role.PUBLISHER: READING | {P.PREPARE_PUBLICATION},
    Role.LEADER: READING
    | {
        P.APPROVE_CAMPAIGN,
        P.CONVENE_CASE,
        P.RELEASE_MESSAGE,
        P.APPROVE_PUBLICATION,
        P.EXPORT_REGISTRY,
        P.EXPORT_LEDGER,
        P.CONFIRM_RIGHTS,
    },
    Role.ADMINISTRATOR: frozenset(
        {P.USE_DESK, P.MANAGE_CATALOGUE, P.MANAGE_OFFICERS, P.CONFIRM_RIGHTS, P.VIEW_HISTORY}
    ),
    Role.OBSERVER: READING,
    Role.SYSTEM: frozenset(Permission),
}
# What gives rights or changes the rules for others is done under one's own roles: a role lent for
# a day would otherwise be made permanent by its borrower.
NEVER_LENT = frozenset({P.MANAGE_CATALOGUE, P.MANAGE_OFFICERS, P.CONFIRM_RIGHTS})
# What is done at the institution itself is borrowed only with a certificate of one's own.
CERTIFIED = frozenset({P.LOG_VISIT, P.VERIFY_ITEM})
# What holds for the whole authority is not for an officer of one of its townships.
OF_THE_WHOLE = frozenset({P.MANAGE_CATALOGUE})


@functools.cache
def granted(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that a set of roles allows together."""
    return frozenset().union(*(GRANTED[role] for role in roles))
