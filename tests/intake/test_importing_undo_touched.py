"""What keeps a list from being taken back, and what does not."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import inspections
from tests.factories.lists import (
    HEADER,
    imported,
    many,
    one,
    uscc,
    workbook,
)
from tests.factories.taking_back import CHANGE, seen, undone
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit.queries import history
from training_oversight.errors import Blocked
from training_oversight.intake import running, undoing
from training_oversight.intake.workflow import ImportState
from training_oversight.registry import service
from training_oversight.registry.models import (
    ClosingKind,
    LicenceEventKind,
    LicenceType,
    LicenceWarning,
)
from training_oversight.registry.queries.listing import View
from training_oversight.registry.service import LicenceValues, values_of


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


@pytest.mark.usefixtures("short_parts")
def test_what_is_touched_while_it_is_taken_back_stays_and_is_counted(session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(12)))

    def told(done, _left):
        if done == undoing.AT_ONCE:
            with database.transaction():
                edit(session, county, one(session, uscc=uscc(12)))

    counts = undone(county, batch, told=told)

    assert counts == {"new": 11, "changed": 0, "left_as_is": 1}
    assert [place.uscc for place in seen(session, county, View.LIVE)] == [uscc(12)]
    [done] = [event for event in history(session, batch) if event.verb == "import.undone"]
    assert done.facts == counts


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
