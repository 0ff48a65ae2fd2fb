"""Every record in every state, every role, every verb: what is offered is what is carried out."""

import pytest
import sqlalchemy as sa
from flask import url_for

from tests.factories import complaints, ledger, refunds, rewards
from tests.factories.stages import STAGES
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.campaigns.next_steps import PAGES as CAMPAIGN_PAGES
from training_oversight.campaigns.next_steps import REPORT_PAGES
from training_oversight.complaints.next_steps import PAGES as COMPLAINT_PAGES
from training_oversight.correspondence.presenting import PAGES as MESSAGE_PAGES
from training_oversight.enforcement.next_steps import CASE_PAGES, TASK_PAGES
from training_oversight.errors import OversightError
from training_oversight.inspections.views import findings, record
from training_oversight.intake.workflow import ImportVerb
from training_oversight.leads.next_steps import PAGES as LEAD_PAGES
from training_oversight.ledger.views.next_steps import PAGES as ITEM_PAGES
from training_oversight.ledger.workflow import ItemVerb
from training_oversight.notices.views.record import PAGES as NOTICE_PAGES
from training_oversight.publication.views import PAGES as PUBLICATION_PAGES
from training_oversight.refunds.next_steps import EVENT_PAGES
from training_oversight.refunds.next_steps import PAGES as REFUND_PAGES
from training_oversight.registry.views.next_steps import PAGES as INSTITUTION_PAGES
from training_oversight.rewards.next_steps import PAGES as REWARD_PAGES
from training_oversight.workflow import Within

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
# Who may do anything at all to a record with states, and one who may only read.
ACTING = (
    *(Role.INSPECTOR, Role.SECTION_HEAD, Role.LIAISON, Role.PUBLISHER, Role.LEADER),
    Role.OBSERVER,
)
# What is done part by part has no page of its own; how columns are settled is no one press.
IMPORT_PAGES = {
    ImportVerb.BEGIN: "imports.confirm",
    ImportVerb.TAKE_BACK: "imports.undo",
    ImportVerb.DISCARD: "imports.discard",
}
PAGES = {
    "institution": INSTITUTION_PAGES,
    # Whoever may stop an errand may ask for it in any state, and it does not matter which they saw.
    "errand": {},
    "batch": IMPORT_PAGES,
    "visit": {verb: "inspections" + page for verb, (page, _method) in record.PAGES.items()},
    "finding": {verb: "inspections" + page for verb, page in findings.PAGES.items()},
    "campaign": CAMPAIGN_PAGES,
    "report": REPORT_PAGES,
    "lead": LEAD_PAGES,
    "item": ITEM_PAGES,
    "notice": NOTICE_PAGES,
    "case": CASE_PAGES,
    "task": TASK_PAGES,
    "complaint": COMPLAINT_PAGES,
    "refund": REFUND_PAGES,
    "event": EVENT_PAGES,
    "reward": REWARD_PAGES,
    "message": MESSAGE_PAGES,
    "publication": PUBLICATION_PAGES,
}
EVERY_STAGE = [(kind, state) for kind, stages in STAGES.items() for state in stages]
stages = pytest.mark.parametrize(
    ("kind", "state"), EVERY_STAGE, ids=[f"{kind}-{state}" for kind, state in EVERY_STAGE]
)


def record(kind):
    """Which record it is: lists are published in several kinds."""
    return kind.partition(":")[0]


def passes(one, verb, officer):
    """Whether the check lets the officer do it."""
    try:
        one.workflow.check(officer, one, verb)
    except OversightError:
        return False
    return True


@pytest.mark.both_databases
@stages
def test_a_move_is_offered_exactly_when_it_would_be_carried_out(county, kind, state):
    one = STAGES[kind][state](county)
    assert one.state is state
    fire = county.officer(Role.LIAISON, department="fire")
    abroad = county.officer(*ROLES, division=county.townships[2])

    for officer in [*(county.officer(role) for role in ROLES), fire, abroad, *those_of(county)]:
        offered = {move.verb for move in one.workflow.offer(officer, one).open}
        carried_out = {move.verb for move in one.workflow.moves if passes(one, move.verb, officer)}

        assert offered == carried_out, officer.role_label
        for verb, (found, waits) in lists_of(county, one, officer).items():
            assert found is free(one, verb, officer), verb
            assert waits is (officer is not abroad and is_turn(one, verb, officer)), verb
            # Whoever it waits for is offered it, but for what is still missing.
            assert not waits or verb in offered or is_locked(one, verb, officer)


def is_turn(one, verb, officer):
    return one.id in one.workflow.turns(officer, [one], verb)


def is_locked(one, verb, officer):
    return verb in {locked.move.verb for locked in one.workflow.offer(officer, one).locked}


def those_of(county):
    """Everybody who had a part in making the record, whatever their roles allow."""
    return county.session.scalars(sa.select(Officer).order_by(Officer.id)).all()


def lists_of(county, one, officer):
    """By verb: whether the list of what is open to the officer holds the record, and whether the
    list of what waits for them does. It is one question to the database, for there are very many.
    """
    model, flow = type(one), one.workflow
    verbs = list({move.verb for move in flow.moves})
    clauses = [ask(verb, officer, model) for verb in verbs for ask in (flow.clause, flow.waiting)]
    asked = [sa.case((clause, 1), else_=0) for clause in clauses]
    held = county.session.execute(sa.select(*asked).where(model.id == one.id)).one()
    pairs = zip(map(bool, held[::2]), map(bool, held[1::2]), strict=True)
    return dict(zip(verbs, pairs, strict=True))


def free(one, verb, officer):
    """The same of the one record: the state has the move, and the officer is no party to it."""
    move = one.workflow.move(verb, one.state)
    return (
        move is not None
        and (move.within is Within.DIVISION or officer.department_id == one.department_id)
        and officer.id not in one.workflow.bars(verb, one)
    )


def answers(county, kind, verb, other):
    """What every page asks for, so that only who may do it can be the reason to refuse."""
    today = county.today.isoformat()
    reason = "fixed_on_spot" if verb == ItemVerb.CLOSE_DIRECTLY else "rectified"
    said = dict.fromkeys(
        (
            "reason",
            "note",
            "conclusion",
            "document",
            "ground",
            "asked",
            "result",
            "report",
            "account",
            "reasons",
            "words",
            "content",
            "reported_by_name",
        ),
        "说明",
    )
    days = ("decided_on", "attempted_on", "received_on", "verified_on", "again_on", "closed_on",
            "announced_on", "ending_on", "happened_at", "reported_on",
            "planned_on")  # fmt: skip
    return (
        said
        | dict.fromkeys(days, today)
        | {
            "decided_by": "顾明川",
            "department_id": county.departments["culture"].id,
            "department": county.departments["culture"].id,
            "officers": other.id,
            "method": "direct",
            "received_by": "许芸",
            "receiver_role": "负责人",
            "place": "文澜路27号",
            "mode": "documents",
            "visit_id": 0,
            "verdict": "failed_check" if verb == ItemVerb.FAIL else "passed_check",
            "limit": "fixed",
            "due_on": today,
            "basis": "fixed_date",
            "unit": "working_days",
            "reason_id": ledger.close_reason(county, reason).id,
            "verified_by_id": other.id,
            "kind": "closed_door" if kind == "visit" else "stopped",
            "unanswered_reason": "没有问",
            "recipient": "institution",
            "how": "电话",
            "handed_over_on": today,
            "fen": "1",
            "way": "talk",
            "agreed_on": today,
            "contract": "10",
            "bought": "1",
            "given": "0",
            "used": "0",
            "truth": "true",
            "decision": "again",
            "into": complaints.accepted(county).number if kind == "complaint" else "",
            "word": rewards.WORD,
            "formula_id": refunds.formula(county).id,
        }
    )


def seen(session, one):
    session.refresh(one)
    return one.state, one.version, len(history.history(session, one))


@stages
def test_the_page_of_a_move_refuses_whom_it_is_not_offered(
    app, county, session, client_as, kind, state
):
    one, other = STAGES[kind][state](county), county.officer()
    wrong = []

    for role in ACTING:
        officer = county.officer(role)
        browser = client_as(officer)
        token = browser.token()
        for verb, page in PAGES[record(kind)].items():
            open_ = {move.verb for move in one.workflow.offer(officer, one).open}
            # A page that several moves share takes the one that is open.
            if page in {PAGES[record(kind)].get(each) for each in open_}:
                continue
            with app.test_request_context():
                url = url_for(page, **{f"{record(kind)}_id": one.id})
            before = seen(session, one)
            typed = answers(county, kind, verb, other) | {
                "version": one.version,
                "csrf_token": token,
            }

            answer = browser.http.post(url, data=typed)

            if answer.status_code not in (403, 404, 409) or seen(session, one) != before:
                wrong.append((role.value, verb.value, answer.status_code))

    assert wrong == []


@stages
def test_a_move_that_does_not_say_what_it_has_seen_is_refused(
    app, county, session, client_as, kind, state
):
    """Whoever may do it all the same: without a version nobody knows what they decided on."""
    one, other = STAGES[kind][state](county), county.officer()
    done = []

    for department in ("education", "fire"):
        officer = county.officer(*ROLES, department=department)
        browser = client_as(officer)
        token = browser.token()
        for verb in {move.verb for move in one.workflow.offer(officer, one).open} & set(
            PAGES[record(kind)]
        ):
            with app.test_request_context():
                url = url_for(PAGES[record(kind)][verb], **{f"{record(kind)}_id": one.id})
            before = seen(session, one)

            answer = browser.http.post(
                url, data=answers(county, kind, verb, other) | {"csrf_token": token}
            )

            if answer.status_code != 409 or seen(session, one) != before:
                done.append((verb.value, answer.status_code))

    assert done == []
