"""The table of moves of a public list, held exactly."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import ledger
from tests.factories import publication as make
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.errors import Blocked, NotFound, NotPermitted, StaleForm, WrongState
from training_oversight.publication import queries, service
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import PUBLICATION_WORKFLOW, PublicationState
from training_oversight.publication.workflow import PublicationVerb as V

S = PublicationState
ALLOWED = {
    (S.DRAFT, V.SUBMIT): S.SUBMITTED,
    (S.DRAFT, V.DISCARD): S.DISCARDED,
    (S.SUBMITTED, V.RETURN): S.DRAFT,
    (S.SUBMITTED, V.APPROVE): S.PUBLISHED,
    (S.PUBLISHED, V.WITHDRAW): S.WITHDRAWN,
    (S.PUBLISHED, V.SUPERSEDE): S.SUPERSEDED,
    (S.SUPERSEDED, V.WITHDRAW): S.WITHDRAWN,
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", V)
def test_exactly_the_declared_moves_exist(state, verb):
    move = PUBLICATION_WORKFLOW.move(verb, state)

    assert (move.target if move else None) == ALLOWED.get((state, verb))


def test_the_preparer_cannot_approve_their_own_list(county):
    both = county.officer(Role.PUBLISHER, Role.SECTION_HEAD)
    make.owed(county)
    one = make.submitted(county, by=both)

    with pytest.raises(NotPermitted):
        make.published(county, one, by=both)

    assert one.state == S.SUBMITTED


def test_who_cut_the_list_of_another_cannot_approve_it(county):
    both = county.officer(Role.PUBLISHER, Role.SECTION_HEAD)
    make.owed(county)
    make.owed(county)
    one = make.draft(county)
    ledger.done(service.remove, one.entries[0], reason="正在核实", by=both, today=county.today)
    make.submitted(county, one)

    with pytest.raises(NotPermitted):
        make.published(county, one, by=both)

    assert one.state == S.SUBMITTED


def test_the_database_refuses_a_list_approved_by_its_preparer(county):
    make.owed(county)
    one = make.published(county)

    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(
            sa.update(Publication)
            .where(Publication.id == one.id)
            .values(approved_by_id=one.prepared_by_id)
        )


def test_a_role_that_may_not_approve_is_refused(county):
    make.owed(county)
    one = make.submitted(county)

    with pytest.raises(NotPermitted):
        make.published(county, one, by=make.publisher(county))


def test_batches_are_numbered_by_year_and_replace_each_other(county, at):
    make.owed(county)
    first, second = make.published(county), make.published(county)
    at(county.today.replace(year=2027))
    third = make.published(county)

    assert [(one.year, one.batch) for one in (first, second, third)] == [
        (2026, 1),
        (2026, 2),
        (2027, 1),
    ]
    assert [one.state for one in (first, second, third)] == [
        S.SUPERSEDED,
        S.SUPERSEDED,
        S.PUBLISHED,
    ]


def test_a_list_without_entries_is_not_submitted(county):
    one = make.draft(county)

    with pytest.raises(Blocked):
        make.submitted(county, one)


def test_a_second_list_waits_until_the_first_is_finished(county):
    make.owed(county)
    make.draft(county)

    with pytest.raises(WrongState):
        make.draft(county)


def test_a_form_opened_before_an_entry_was_removed_is_stale(county):
    make.owed(county)
    make.owed(county)
    by = make.publisher(county)
    one = make.draft(county, by=by)
    seen = one.version
    ledger.done(service.remove, one.entries[0], reason="正在核实", by=by, today=county.today)

    with pytest.raises(StaleForm):
        ledger.done(service.submit, one, by=by, today=county.today, version=seen)


def test_entries_of_a_list_under_review_cannot_be_cut(county):
    make.owed(county)
    by = make.publisher(county)
    one = make.submitted(county, by=by)

    with pytest.raises(WrongState):
        ledger.done(service.remove, one.entries[0], reason="正在核实", by=by, today=county.today)


def test_changed_facts_hold_up_the_approval_until_the_copy_is_refreshed(county):
    item = make.owed(county)
    by = make.publisher(county)
    one = make.submitted(county, by=by)
    ledger.applied(county, item)

    with pytest.raises(Blocked):
        make.published(county, one)
    make.refreshed(county, one, by=by)
    make.published(county, one)

    assert one.state == S.PUBLISHED
    assert [entry.status for entry in one.entries] == ["waiting"]


def test_a_township_officer_cannot_prepare_the_list_of_the_county(county):
    by = make.publisher(county, division=county.townships[0])

    with pytest.raises(NotPermitted):
        make.draft(county, by=by)


def test_a_list_of_another_authority_is_not_found(county, session):
    from tests.factories.county import County

    make.owed(county)
    one = make.submitted(county)
    stranger = make.approver(County(session, code="990202", name="云岭县"))

    with pytest.raises(NotFound):
        queries.one(session, one.id, officer=stranger)
    with pytest.raises(NotFound):
        make.published(county, one, by=stranger)
