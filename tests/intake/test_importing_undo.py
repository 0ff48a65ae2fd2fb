"""Taking a list back: off the register what it brought, as before what it changed."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import registry
from tests.factories.lists import (
    HEADER,
    confirmed,
    imported,
    looked,
    many,
    one,
    previewed,
    uscc,
    workbook,
)
from tests.factories.taking_back import CHANGE, columns, seen, undone
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.audit.queries import history, verify
from training_oversight.errors import OversightError, WrongState
from training_oversight.intake import confirming, part_queries, running, undoing
from training_oversight.intake.workflow import ImportState, RowOutcome
from training_oversight.registry import queries, service
from training_oversight.registry.models import ClosingKind, Institution, LicenceType, Venue
from training_oversight.registry.queries.listing import View
from training_oversight.registry.workflow import InstitutionState


def test_what_a_list_brought_comes_off_the_register_and_keeps_its_history(session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(3)))

    counts = undone(county, batch)

    places = session.scalars(sa.select(Institution)).all()
    assert counts == {"new": 3, "changed": 0, "left_as_is": 0}
    assert {place.state for place in places} == {InstitutionState.CLOSED}
    assert {place.closing_kind for place in places} == {ClosingKind.ENTERED_IN_ERROR}
    assert all(place.withdrawn and place.closed_on == county.today for place in places)
    assert seen(session, county) == []
    [last, _] = history(session, places[0])
    assert (last.verb, last.from_state, last.to_state) == (
        "institution.taken_off",
        "operating",
        "closed",
    )
    assert batch.state is ImportState.UNDONE
    assert batch.undone_by_id == county.system.id
    assert verify(session).broken == []


def test_what_a_list_changed_is_as_before(session, county):
    imported(session, county, workbook(HEADER, *many(1)))
    place = one(session)
    [venue] = place.venues
    before = columns(session, place), columns(session, venue)
    _, batch = imported(session, county, CHANGE)
    assert place.name == "明德学堂"
    assert [paper.number for paper in place.licences] == ["299010170000123"]

    counts = undone(county, batch)

    assert counts == {"new": 0, "changed": 1, "left_as_is": 0}
    assert (columns(session, place), columns(session, venue)) == before
    assert place.licences == []
    # The paper that only the list knew is gone; what it said is not.
    [removed] = session.scalars(sa.select(Event).where(Event.verb == "import.part_removed"))
    assert removed.changes["number"] == ["299010170000123", None]
    assert history(session, place)[0].verb == "import.values_put_back"
    assert verify(session).broken == []


def test_a_paper_and_a_venue_get_their_old_values_back(session, county):
    place = registry.institution(county, name="明德学堂", address="文澜路1号", kind_code="arts")
    paper = registry.licence(county, place, type=LicenceType.TRAINING, number="299010170000123")
    before = columns(session, place), columns(session, paper), columns(session, place.main_venue)
    _, batch = imported(
        session,
        county,
        workbook(
            ["名称", "许可证号", "有效期至", "许可证类型", "地址", "场所性质"],
            ["明德学堂", "299010170000123", "2031-1-1", "办学许可证", "新街", "住宅"],
        ),
    )
    session.expire_all()
    assert (paper.valid_until, paper.type) == (date(2031, 1, 1), LicenceType.SCHOOL)

    undone(county, batch)

    after = columns(session, place), columns(session, paper), columns(session, place.main_venue)
    assert after == before


def test_the_same_list_can_be_imported_anew(session, county):
    content = workbook(HEADER, *many(3))
    _, batch = imported(session, county, content)
    undone(county, batch)

    seen_again, _ = looked(session, county, content)
    counts, again = imported(session, county, content)

    assert seen_again.count(RowOutcome.NEW) == 3
    assert counts[RowOutcome.NEW] == 3
    live = session.scalars(sa.select(Institution).where(Institution.withdrawn.is_(False))).all()
    assert sorted(place.uscc for place in live) == sorted(uscc(n) for n in (1, 2, 3))
    assert {row.institution_id for row in again.rows} == {place.id for place in live}


def test_a_record_taken_off_is_in_no_ones_way(session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(1)))
    [row] = batch.rows
    undone(county, batch)
    place = session.get_one(Institution, row.institution_id)

    doubles = queries.possible_duplicates(
        session, name=place.name, uscc=place.uscc, scope=county.system.scope
    )
    holder = queries.holder_of_uscc(session, place.uscc, authority_id=place.authority_id)

    assert (list(doubles), holder) == ([], None)
    head = county.officer(Role.SECTION_HEAD)
    with pytest.raises(OversightError), database.transaction():
        service.reopen(session, place, reason="误撤", by=head, version=None)


class PowerCut(Exception):
    pass


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize("parts", [0, 1, 2])
def test_cut_off_it_goes_on(session, county, parts):
    imported(session, county, workbook(HEADER, *many(8)))
    rows = [[*row[:3], "新街", *row[4:]] for row in many(22)]
    _, batch = imported(session, county, workbook(HEADER, *rows))

    def told(done, _left):
        if done == parts * undoing.AT_ONCE and batch.state is ImportState.UNDOING:
            raise PowerCut

    with pytest.raises(PowerCut):
        undone(county, batch, told=told)
    assert batch.state is ImportState.UNDOING
    left = sum(part_queries.to_undo(session, batch.id).values())
    assert left == 22 - parts * undoing.AT_ONCE

    counts = undone(county, batch)

    assert counts == {"new": 14, "changed": 8, "left_as_is": 0}
    session.expire_all()
    places = seen(session, county, View.LIVE)
    assert len(places) == 8
    assert not session.scalar(
        sa.select(sa.func.count()).where(
            Venue.address == "新街", Venue.institution_id.in_([p.id for p in places])
        )
    )
    assert verify(session).broken == []


@pytest.mark.usefixtures("short_parts")
def test_a_list_that_was_written_in_part_can_be_taken_back(session, county):
    rows = many(14)
    imported(session, county, workbook(HEADER, *rows[:1]))
    batch = previewed(session, county, workbook(HEADER, *rows))
    with database.transaction():
        confirming.begin(session, batch, by=county.system)

    def told(done, _left):
        if done:
            raise PowerCut

    with pytest.raises(PowerCut):
        running.write_list(batch.id, by=county.system, today=county.today, told=told)

    counts = undone(county, batch)

    assert counts["new"] == confirming.AT_ONCE
    assert len(seen(session, county, View.LIVE)) == 1
    with pytest.raises(WrongState):
        running.write_list(batch.id, by=county.system, today=county.today)


@pytest.mark.parametrize("state", ["previewed", "undone"])
def test_only_what_is_on_the_register_can_be_taken_back(session, county, state):
    batch = previewed(session, county, workbook(HEADER, *many(1)))
    if state == "undone":
        confirmed(county, batch)
        undone(county, batch)

    with pytest.raises(WrongState):
        undone(county, batch)
