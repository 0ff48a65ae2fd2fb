"""Lists over lists: what a later list did is no touch any more once that list is taken back."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.factories.lists import HEADER, imported, many, one, uscc, workbook
from tests.factories.taking_back import CHANGE, columns, undone
from training_oversight import database
from training_oversight.audit.queries import history, verify
from training_oversight.errors import Blocked
from training_oversight.intake import running, undoing
from training_oversight.intake.models import ImportRow
from training_oversight.intake.workflow import ImportState
from training_oversight.registry import service
from training_oversight.registry.models import Institution, Licence, LicenceType, Venue
from training_oversight.registry.service import LicenceValues, values_of

PAPERS = [*HEADER, "许可证号", "有效期至"]


def on_register(session):
    """Every record of the register without its version, those taken off left out."""
    live = session.scalars(
        sa.select(Institution).where(Institution.withdrawn.is_(False)).order_by(Institution.id)
    ).all()
    return [
        columns(session, record)
        for place in live
        for record in (
            place,
            *session.scalars(sa.select(Venue).filter_by(institution_id=place.id)),
            *session.scalars(sa.select(Licence).filter_by(institution_id=place.id)),
        )
    ]


def listed(session, county, rows, name, street=None, paper=None):
    """A list of these rows, written; all in another street, with another paper."""
    rows = [[*row[:3], street or row[3], *row[4:]] for row in rows]
    if paper is not None:
        rows = [[*row, f"29901017000{paper}{n:03}", "2030-1-1"] for n, row in enumerate(rows)]
    header = HEADER if paper is None else PAPERS
    _, batch = imported(session, county, workbook(header, *rows), f"{name}.xlsx")
    return batch


def edit(session, county, place):
    values = replace(values_of(place), phone="0990-1111111")
    with database.transaction():
        service.edit(
            session, place, values=values, by=county.system, today=county.today, version=None
        )


@pytest.mark.parametrize("brought", [True, False], ids=["brought", "changed"])
@pytest.mark.parametrize("paper", [None, 111], ids=["values", "papers"])
def test_an_earlier_list_comes_back_after_the_later_one(session, county, brought, paper):
    rows = many(4)
    if not brought:
        listed(session, county, rows[:3], "底册")
    before = on_register(session)
    first = listed(session, county, rows[:3], "甲", "甲街")
    between = on_register(session)
    # Changes all three, and brings one of its own.
    second = listed(session, county, rows, "乙", "乙街", paper)

    with pytest.raises(Blocked, match=r"乙\.xlsx"):
        undone(county, first)
    assert [one.later.name for one in running.in_the_way(session, first)] == ["乙.xlsx"] * 3
    assert {str(one.why) for one in running.in_the_way(session, first)} == {
        "后来写入的名单“乙.xlsx”改过它：请先撤回那份名单。"
    }
    assert first.state is ImportState.CONFIRMED

    undone(county, second)
    assert on_register(session) == between
    undone(county, first)

    assert on_register(session) == before
    assert first.state is second.state is ImportState.UNDONE
    assert verify(session).broken == []


def test_three_lists_come_back_in_turn_also_with_one_that_was_written_twice(session, county):
    before = on_register(session)
    first = listed(session, county, many(3), "甲", "甲街")
    second = listed(session, county, many(3), "乙", "乙街", 111)
    undone(county, second)
    second = listed(session, county, many(3), "乙二", "乙街", 111)
    third = listed(session, county, many(3), "丙", "丙街", 222)

    with pytest.raises(Blocked, match=r"丙\.xlsx") as refused:
        undone(county, first)
    # The next one to be taken back is named first.
    assert "丙.xlsx" in str(refused.value)
    for batch in (third, second, first):
        undone(county, batch)

    assert on_register(session) == before


def test_a_paper_entered_after_a_list_was_taken_back_has_a_history_of_its_own(session, county):
    batch = listed(session, county, many(1), "甲")
    undone(county, listed(session, county, many(1), "乙", paper=111))
    place = one(session)
    with database.transaction():
        paper = service.add_licence(
            session, place, values=LicenceValues(type=LicenceType.FIRE), by=county.system,
            today=county.today,
        )  # fmt: skip

    assert [event.verb for event in history(session, paper)] == ["licence.added"]
    assert batch.state is ImportState.CONFIRMED


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_touch_by_hand_still_counts_whatever_lists_came_and_went(session, county, when):
    first = listed(session, county, many(1), "甲", "甲街")
    if when == "before":
        edit(session, county, one(session))
    undone(county, listed(session, county, many(1), "乙", "乙街"))
    if when == "after":
        edit(session, county, one(session))

    with pytest.raises(Blocked, match="被改动"):
        undone(county, first)

    assert [str(one.why) for one in running.in_the_way(session, first)] == ["导入后改过。"]


def test_a_paper_of_an_officer_between_two_lists_still_counts(session, county):
    """It leaves the institution's version alone: only the history tells."""
    first = listed(session, county, many(1), "甲", "甲街")
    with database.transaction():
        service.add_licence(
            session, one(session), values=LicenceValues(type=LicenceType.FIRE), by=county.system,
            today=county.today,
        )  # fmt: skip
    second = listed(session, county, many(1), "乙", "乙街", 111)
    undone(county, second)

    with pytest.raises(Blocked):
        undone(county, first)


@pytest.mark.usefixtures("short_parts")
def test_what_the_later_list_left_as_it_is_keeps_the_earlier_one(session, county):
    listed(session, county, many(12), "底册")
    first = listed(session, county, many(12), "甲", "甲街")
    second = listed(session, county, many(12), "乙", "乙街")

    def told(done, _left):
        if done == undoing.AT_ONCE:
            edit(session, county, one(session, uscc=uscc(12)))

    assert undone(county, second, told=told)["left_as_is"] == 1

    found = running.in_the_way(session, first)
    assert [(touched.name, touched.later) for touched in found] == [("明德培训中心第12分部", None)]


def test_the_page_names_the_list_and_leads_to_it(session, county, head):
    imported(session, county, workbook(HEADER, *many(1)), "甲.xlsx")
    first = session.scalars(sa.select(ImportRow.batch_id)).one()
    _, second = imported(session, county, CHANGE, "乙.xlsx")

    page = head.get(f"/institutions/import/{first}/undo")

    assert "乙.xlsx" in page.soup.select_one("main table").text
    [link] = [a for a in page.soup.select("main a") if a.text.strip() == "乙.xlsx"]
    assert link["href"] == f"/institutions/import/{second.id}"
    assert "不能再整批撤回" not in page.soup.select_one("main").text
