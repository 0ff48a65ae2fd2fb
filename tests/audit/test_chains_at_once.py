"""Many who write the history of one record at once: one chain, whoever waits."""

import pytest
import sqlalchemy as sa

from tests.at_once import at_once, one_within_another
from tests.factories import ledger, registry
from tests.factories.county import County
from training_oversight import audit, database
from training_oversight.accounts.service.officers import CHANGED
from training_oversight.audit import Event, queries
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.service import record_all
from training_oversight.registry.models import Institution

NOTED = CHANGED


@pytest.fixture
def county(own):
    return County(database.current_session())


@pytest.fixture
def places(county):
    """The keys of three institutions."""
    return [registry.institution(county, name=f"{one}画室").id for one in "甲乙丙"]


def officers(county):
    return [county.officer().id for _ in range(8)]


def whole(own, events):
    """Every chain holds, and so many events of that kind are there."""
    with own.sessions() as session:
        assert queries.verify(session).broken == []
        counted = sa.select(sa.func.count()).select_from(Event).where(Event.note == "一起")
        assert session.scalar(counted) == events


def found(session, keys):
    return [session.get_one(Institution, key) for key in keys]


def test_eight_write_about_one_record(own, county, places):
    def write(session, *, by):
        audit.record(session, found(session, places)[0], NOTED, by=by, note="一起")

    assert at_once(write, officers(county)) == [None] * 8
    whole(own, 8)


def test_eight_write_about_several_in_different_orders_and_none_waits_for_another(
    own, county, places
):
    def write(session, *, by):
        order = places if by.id % 2 else places[::-1]
        entries = [Entry(one, NOTED, note="一起") for one in found(session, order)]
        record_many(session, entries, by=by)

    assert at_once(write, officers(county)) == [None] * 8
    whole(own, 24)


def test_the_first_events_of_a_record_that_has_none_yet(own, county):
    def write(session, *, by):
        audit.record(session, by.division, NOTED, by=by, note="一起")

    assert at_once(write, officers(county)) == [None] * 8
    whole(own, 8)


def test_who_waits_for_one_that_fails_takes_its_place(own, county, places):
    by = county.officer()

    def fails(session):
        audit.record(session, found(session, places)[0], NOTED, by=by, note="不算")
        raise ZeroDivisionError

    def follows(_session):
        with database.transaction() as session:
            audit.record(session, found(session, places)[0], NOTED, by=by, note="一起")

    answers = one_within_another(fails, follows)

    assert answers[1] is None
    whole(own, 1)


def test_who_has_locked_the_record_meets_who_has_not(own, county):
    item = ledger.item(county)
    key = item.id

    def either(session, *, by):
        one = session.get_one(type(item), key)
        if by.id % 2:
            database.locked(session, one)
        record_all(session, [one], NOTED, by=by)

    assert at_once(either, officers(county)) == [None] * 8
    with own.sessions() as session:
        assert queries.verify(session).broken == []
        noted = queries.history_of(session, "rectification_item", key)[:8]
        assert {one.verb for one in noted} == {NOTED.verb}
