"""``moving()`` in whatever order officers try: a move and its history, or nothing at all."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.county import County
from tests.factories.registry import institution
from training_oversight import database
from training_oversight.accounts.permissions import GRANTED, Role
from training_oversight.audit import queries as history
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import ErrandState, ErrandVerb
from training_oversight.errors import NotFound, NotPermitted, OversightError, WrongState
from training_oversight.registry.workflow import (
    INSTITUTION_WORKFLOW,
    InstitutionCorrection,
    InstitutionState,
    InstitutionVerb,
)
from training_oversight.workflow import correcting, moving, stepped

ROLES = (Role.INSPECTOR, Role.SECTION_HEAD, Role.LEADER, Role.ADMINISTRATOR)
HOME, ABROAD = "990101", "990102"
TRIES = st.lists(
    st.tuples(
        st.sampled_from([HOME, HOME, HOME, ABROAD]),
        st.sampled_from(ROLES),
        st.sampled_from(InstitutionVerb),
    ),
    min_size=3,
    max_size=10,
)
TABLE = {
    (source, move.verb): move for move in INSTITUTION_WORKFLOW.moves for source in move.sources
}


@pytest.fixture
def moved_by(county, session):
    """One officer of each role in two counties, made once."""
    counties = {HOME: county, ABROAD: County(session, code=ABROAD, name="南屿县")}
    made = {(where, role): home.officer(role) for where, home in counties.items() for role in ROLES}
    return lambda where, role: made[where, role]


def expected(record, where, role, verb):
    """The error that the table calls for, or nothing."""
    if where == ABROAD:
        return NotFound
    permissions = {move.permission for move in INSTITUTION_WORKFLOW.moves if move.verb == verb}
    if permissions.isdisjoint(GRANTED[role]):
        return NotPermitted
    return None if (record.state, verb) in TABLE else WrongState


def tried(record, verb, officer):
    """The error that came, or nothing."""
    try:
        with database.transaction() as session, moving(session, record, verb, by=officer) as move:
            # The facts that this record's own constraints ask for.
            closing = move.target is InstitutionState.CLOSED
            record.closed_on = date(2026, 10, 15) if closing else None
    except OversightError as error:
        return type(error)
    return None


def seen(session, record):
    session.refresh(record)
    return record.state, record.version, record.closed_on, len(history.history(session, record))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tries=TRIES)
def test_every_try_is_a_move_with_its_event_or_leaves_no_trace(county, session, moved_by, tries):
    record = institution(county)
    for where, role, verb in tries:
        officer = moved_by(where, role)
        before, awaited = seen(session, record), expected(record, where, role, verb)

        came = tried(record, verb, officer)

        after = seen(session, record)
        assert came is awaited
        if came is not None:
            assert after == before
            continue
        newest = max(history.history(session, record), key=lambda event: event.sequence)
        assert after[0] is TABLE[before[0], verb].target
        assert after[3] == before[3] + 1
        assert (newest.verb, newest.actor_id) == (verb, officer.id)
        assert (newest.from_state, newest.to_state) == (before[0], after[0])
    assert history.verify(session).broken == []


@pytest.mark.parametrize(
    ("where", "role", "error"),
    [(ABROAD, Role.INSPECTOR, NotFound), (HOME, Role.OBSERVER, NotPermitted)],
)
def test_a_correction_is_for_the_county_of_the_record_and_for_its_role(
    county, session, where, role, error
):
    home = county if where == HOME else County(session, code=ABROAD, name="南屿县")
    record, officer = institution(county), home.officer(role)
    before = seen(session, record)

    with (
        pytest.raises(error) as refused,
        database.transaction() as writing,
        correcting(writing, record, InstitutionCorrection.JOIN, by=officer),
    ):
        record.closed_on = date(2026, 10, 15)

    assert error is NotFound or "要由其他角色办" in str(refused.value)
    assert seen(session, record) == before


def test_nothing_moves_that_no_transaction_keeps(county):
    """Its row of states would be lost with it."""
    stray = Errand(division_path=county.division.path, state=ErrandState.WAITING)

    with pytest.raises(ValueError, match="inside the transaction"):
        stepped(stray, ErrandVerb.BEGIN, by=county.system)
