"""Taking a list back: off the register what it brought, as before what it changed."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import inspections, registry
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
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.audit.queries import history, verify
from training_oversight.errors import Blocked, OversightError, WrongState
from training_oversight.registry import queries, service
from training_oversight.registry.importing import confirming, part_queries, running, undoing
from training_oversight.registry.models import (
    ClosingKind,
    ImportState,
    Institution,
    LicenceEventKind,
    LicenceType,
    LicenceWarning,
    RowOutcome,
    Venue,
)
from training_oversight.registry.queries import Wanted
from training_oversight.registry.queries.listing import View
from training_oversight.registry.service import LicenceValues, values_of
from training_oversight.registry.workflow import InstitutionState

CHANGE = workbook(
    ["名称", "信用代码", "地址", "联系电话", "乡镇街道", "许可证号", "学段"],
    ["明德学堂", uscc(1), "新街1号", "0990-7654321", "南塘街道", "299010170000123", "小学"],
)


def undone(county, batch, **more):
    return running.undo_list(batch.id, by=county.system, today=county.today, **more)


def columns(session, record):
    session.expire_all()
    names = (column.key for column in sa.inspect(type(record)).columns)
    return {name: getattr(record, name) for name in names if name != "version"}


def seen(session, county, view=View.ALL):
    wanted = queries.listing(county.system, Wanted(view=view), today=county.today)
    return session.scalars(wanted).all()


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
    with pytest.raises(OversightError), database.transaction():
        service.reopen(
            session, place, reason="误撤", by=county.officer(Role.SECTION_HEAD), version=None
        )


def edit(session, county, place):
    values = replace(values_of(place), phone="0990-1111111")
    service.edit(session, place, values=values, by=county.system, today=county.today, version=None)


def add_paper(session, county, place):
    # Without a number nothing that the search box looks in changes.
    values = LicenceValues(type=LicenceType.FIRE)
    service.add_licence(session, place, values=values, by=county.system, today=county.today)


def suspend(session, county, place):
    service.record_licence_event(
        session,
        place.licences[0],
        kind=LicenceEventKind.SUSPENDED,
        on_day=county.today,
        by=county.system,
        today=county.today,
    )


def close(session, county, place):
    service.close(
        session,
        place,
        kind=ClosingKind.STOPPED,
        closed_on=county.today,
        reason="已搬空",
        by=county.section_head,
        today=county.today,
    )


TOUCHES = [edit, add_paper, suspend, close]


@pytest.mark.parametrize("brought", [True, False], ids=["brought", "changed"])
@pytest.mark.parametrize("touch", TOUCHES, ids=lambda touch: touch.__name__)
def test_one_touched_institution_keeps_the_whole_list(session, county, touch, brought):
    county.section_head = county.officer(Role.SECTION_HEAD)
    header = [*HEADER, "许可证号"]
    rows = [[*row, f"29901017000012{n}"] for n, row in enumerate(many(3))]
    _, batch = imported(session, county, workbook(header, *rows))
    if not brought:
        rows = [[*row[:3], "新街", *row[4:]] for row in rows]
        _, batch = imported(session, county, workbook(header, *rows))
    with database.transaction():
        touch(session, county, one(session, uscc=uscc(2)))

    with pytest.raises(Blocked, match="明德培训中心第2分部"):
        undone(county, batch)

    found = running.in_the_way(session, batch)
    assert [row.name for row in found] == ["明德培训中心第2分部"]
    assert batch.state is ImportState.CONFIRMED
    assert len(seen(session, county, View.LIVE)) == (2 if touch is close else 3)


def test_a_visit_keeps_the_list_and_so_does_any_record_that_names_an_institution(session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(2)))
    inspections.visit(county, institution=one(session, uscc=uscc(1)))

    with pytest.raises(Blocked, match="明德培训中心第1分部"):
        undone(county, batch)


def test_a_visit_does_not_keep_a_change(session, county):
    """Only what came with the list needs to be nobody's; old values are true of any record."""
    imported(session, county, workbook(HEADER, *many(1)))
    _, batch = imported(session, county, CHANGE)
    inspections.visit(county, institution=one(session))

    assert undone(county, batch)["changed"] == 1


def test_looking_at_a_phone_number_touches_nothing(session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(1)))
    place, officer = one(session), county.officer()
    with database.transaction():
        service.look_at_phone(session, place, by=officer)

    assert undone(county, batch)["new"] == 1


class PowerCut(Exception):
    pass


@pytest.mark.parametrize("parts", [0, 1, 2])
def test_cut_off_it_goes_on(session, county, parts):
    imported(session, county, workbook(HEADER, *many(400)))
    rows = [[*row[:3], "新街", *row[4:]] for row in many(1100)]
    _, batch = imported(session, county, workbook(HEADER, *rows))

    def told(done, _left):
        if done == parts * undoing.AT_ONCE and batch.state is ImportState.UNDOING:
            raise PowerCut

    with pytest.raises(PowerCut):
        undone(county, batch, told=told)
    assert batch.state is ImportState.UNDOING
    left = sum(part_queries.to_undo(session, batch.id).values())
    assert left == 1100 - parts * undoing.AT_ONCE

    counts = undone(county, batch)

    assert counts == {"new": 700, "changed": 400, "left_as_is": 0}
    session.expire_all()
    places = seen(session, county, View.LIVE)
    assert len(places) == 400
    assert not session.scalar(
        sa.select(sa.func.count()).where(
            Venue.address == "新街", Venue.institution_id.in_([p.id for p in places])
        )
    )
    assert verify(session).broken == []


def test_what_is_touched_while_it_is_taken_back_stays_and_is_counted(session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(600)))

    def told(done, _left):
        if done == undoing.AT_ONCE:
            with database.transaction():
                edit(session, county, one(session, uscc=uscc(600)))

    counts = undone(county, batch, told=told)

    assert counts == {"new": 599, "changed": 0, "left_as_is": 1}
    assert [place.uscc for place in seen(session, county, View.LIVE)] == [uscc(600)]
    [done] = [event for event in history(session, batch) if event.verb == "import.undone"]
    assert done.facts == counts


def test_a_list_that_was_written_in_part_can_be_taken_back(session, county):
    rows = many(700)
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


def test_warnings_of_the_machine_keep_no_list_and_go_with_their_paper(session, county):
    imported(session, county, workbook(HEADER, *many(1)))
    _, changed = imported(session, county, CHANGE)
    warn(session, one(session))

    assert undone(county, changed)["changed"] == 1
    assert session.scalars(sa.select(LicenceWarning)).all() == []


def warn(session, place):
    [paper] = place.licences
    with database.transaction():
        session.add(
            LicenceWarning(
                licence_id=paper.id,
                institution_id=place.id,
                division_path=place.division_path,
                valid_until=date(2027, 1, 1),
                threshold=90,
                raised_on=date(2026, 10, 15),
                raised_at=database.instant(session),
            )
        )
