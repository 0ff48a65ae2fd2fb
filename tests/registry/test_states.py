"""The states of an institution: the whole table, and what each move leaves behind."""

from datetime import date

import pytest

from tests.factories.county import County
from tests.factories.registry import credit_code, institution
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, NotFound, NotPermitted, StaleForm, WrongState
from training_oversight.registry import queries, service
from training_oversight.registry.models import ClosingKind
from training_oversight.registry.workflow import (
    INSTITUTION_WORKFLOW,
    InstitutionState,
    InstitutionVerb,
)

S, V = InstitutionState, InstitutionVerb
TODAY = date(2026, 10, 15)

# The whole procedure. Everything not listed must be refused.
ALLOWED = {
    (S.OPERATING, V.ORDER_STOP): S.ORDERED_TO_STOP,
    (S.ENDING, V.ORDER_STOP): S.ORDERED_TO_STOP,
    (S.ORDERED_TO_STOP, V.LIFT): S.OPERATING,
    (S.OPERATING, V.ANNOUNCE_END): S.ENDING,
    (S.ENDING, V.WITHDRAW_END): S.OPERATING,
    (S.OPERATING, V.CLOSE): S.CLOSED,
    (S.ORDERED_TO_STOP, V.CLOSE): S.CLOSED,
    (S.ENDING, V.CLOSE): S.CLOSED,
    (S.CLOSED, V.REOPEN): S.OPERATING,
}


def make(county, record, verb, *, by=None, version=None):
    by = by or county.officer(Role.SECTION_HEAD)
    common = {"by": by, "version": version}
    with database.transaction() as session:
        match verb:
            case V.ORDER_STOP:
                service.order_stop(
                    session, record, by=by, today=TODAY, source="澄教责停〔2026〕1号"
                )
            case V.LIFT:
                service.lift(session, record, reason="已取得许可", **common)
            case V.ANNOUNCE_END:
                service.announce_end(
                    session, record, ending_on=date(2027, 4, 15), reason="", today=TODAY, **common
                )
            case V.WITHDRAW_END:
                service.withdraw_end(session, record, reason="续办", **common)
            case V.CLOSE:
                service.close(
                    session,
                    record,
                    kind=ClosingKind.STOPPED,
                    closed_on=TODAY,
                    reason="现场已清空",
                    today=TODAY,
                    **common,
                )
            case V.REOPEN:
                service.reopen(session, record, reason="登记有误", **common)


WAY = {
    S.OPERATING: [],
    S.ORDERED_TO_STOP: [V.ORDER_STOP],
    S.ENDING: [V.ANNOUNCE_END],
    S.CLOSED: [V.CLOSE],
}


def standing(county, state, **values):
    record = institution(county, **values)
    for verb in WAY[state]:
        make(county, record, verb)
    return record


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", V)
def test_the_table_is_the_whole_procedure(state, verb):
    step = INSTITUTION_WORKFLOW.move(verb, state)

    assert (step.target if step else None) is ALLOWED.get((state, verb))


@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_a_section_head_can_make_every_move(county, state, verb):
    record = standing(county, state)

    make(county, record, verb)

    assert record.state is ALLOWED[state, verb]


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        (state, verb)
        for state in S
        for verb in V
        if (state, verb) not in ALLOWED and verb is not V.ORDER_STOP
    ],
)
def test_what_is_not_in_the_table_is_refused(county, state, verb):
    record = standing(county, state)

    with pytest.raises(WrongState):
        make(county, record, verb)

    assert record.state is state


@pytest.mark.parametrize("state", [S.ORDERED_TO_STOP, S.CLOSED])
def test_a_second_order_to_stop_changes_nothing_and_troubles_nobody(county, session, state):
    record = standing(county, state)
    before = len(queries.history(session, record))

    make(county, record, V.ORDER_STOP)

    assert record.state is state
    assert len(queries.history(session, record)) == before


def test_an_order_to_stop_names_its_paper_in_the_history(county, session):
    record = standing(county, S.ORDERED_TO_STOP)

    event = queries.history(session, record)[0]

    assert event.facts == {"source": "澄教责停〔2026〕1号"}
    assert record.ordered_to_stop_on == TODAY


@pytest.mark.parametrize("verb", [V.LIFT, V.CLOSE, V.REOPEN])
def test_an_inspector_cannot_decide_over_closing(county, verb):
    state = next(state for state, each in ALLOWED if each is verb)
    record, inspector = standing(county, state), county.officer(Role.INSPECTOR)

    with pytest.raises(NotPermitted):
        make(county, record, verb, by=inspector)


def test_a_section_head_of_another_county_sees_no_such_record(county, session):
    record = institution(county)
    foreign = County(session, code="990202", name="临湖县").officer(Role.SECTION_HEAD)

    with pytest.raises(NotFound):
        make(county, record, V.CLOSE, by=foreign)


def test_an_old_form_closes_nothing(county):
    record = institution(county)
    seen = record.version
    make(county, record, V.ANNOUNCE_END)

    with pytest.raises(StaleForm):
        make(county, record, V.CLOSE, version=seen)


def test_closing_on_a_day_to_come_is_refused(county):
    record, head = institution(county), county.officer(Role.SECTION_HEAD)

    with pytest.raises(BadInput) as refused, database.transaction() as session:
        service.close(
            session,
            record,
            kind=ClosingKind.STOPPED,
            closed_on=date(2026, 10, 16),
            reason="",
            by=head,
            today=TODAY,
        )

    assert "closed_on" in refused.value.fields


def test_reopening_forgets_the_closing_but_history_does_not(county, session):
    record = standing(county, S.CLOSED)

    make(county, record, V.REOPEN)

    assert (record.closed_on, record.closing_kind) == (None, None)
    assert queries.history(session, record)[0].changes["closed_on"] == ["2026-10-15", None]


def test_a_closed_institution_gives_its_credit_code_back(county):
    standing(county, S.CLOSED, uscc=credit_code(1))

    successor = institution(county, uscc=credit_code(1))

    assert successor.uscc == credit_code(1)


def test_it_cannot_reopen_while_another_holds_its_credit_code(county):
    closed = standing(county, S.CLOSED, uscc=credit_code(1))
    institution(county, name="墨耕书法", uscc=credit_code(1))

    with pytest.raises(BadInput) as refused:
        make(county, closed, V.REOPEN)

    assert "墨耕书法" in str(refused.value)
