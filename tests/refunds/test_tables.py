"""The table of an event that leaves the office: without families, or with them for a reason."""

import io

import openpyxl
import pytest

from tests.factories import refunds
from tests.vault.rings import holding
from training_oversight.accounts.permissions import Role
from training_oversight.refunds import queries, tables


@pytest.fixture
def desk(client_as, county):
    return client_as(county.officer(Role.HOTLINE))


def rows_of(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def take_out(desk, event, status=200, **answers):
    return desk.submit(f"/refunds/events/{event.id}/table", status, **answers)


def filled(county):
    event = refunds.event(county)
    made = refunds.agreed(county, event=event, whose=refunds.family(county, pupil="小满"))
    refunds.paid(county, made, 12_333)
    refunds.refund(county, event=event)
    return event


def test_the_table_adds_up_and_names_nobody(desk, county):
    event = filled(county)

    answer = take_out(desk, event)

    rows = rows_of(answer)
    assert answer.headers["Content-Disposition"].endswith(f"{event.number}.xlsx")
    assert [row["应退"] for row in rows] == [2123.33, 2123.33]
    assert (rows[0]["已退"], rows[0]["未退"]) == (123.33, 2000)
    assert (rows[0]["进展"], rows[0]["商定方式"]) == ("已商定，待退付", "协商")
    assert rows[0]["名称"] == event.institution.name
    assert "霍思远" not in str(rows)
    assert "1990000" not in str(rows)


def test_with_the_families_a_reason_is_asked_and_recorded_and_pupils_are_left_out(desk, county):
    event = filled(county)
    take_out(desk, event, 422, named="1", why="看")

    rows = rows_of(take_out(desk, event, named="1", why="交银行按户划付"))

    assert rows[0]["家长姓名"] == "霍思远"
    assert rows[0]["家长电话"].startswith("1990000")
    assert "小满" not in str(rows)
    history = desk.get(f"/refunds/events/{event.id}").text
    assert "交银行按户划付" in history
    assert "2行，含家长姓名和电话" in history


def test_a_table_without_families_says_so_in_the_history(desk, county):
    event = filled(county)
    take_out(desk, event)

    assert "2行，不含家长信息" in desk.get(f"/refunds/events/{event.id}").text


def test_a_leader_takes_no_table_out(client_as, county):
    event = filled(county)

    client_as(county.officer(Role.LEADER)).get(f"/refunds/events/{event.id}/table", status=403)


def test_what_cannot_be_opened_any_more_leaves_an_empty_cell(county):
    event = filled(county)

    with holding():
        found = queries.all_of_event(county.session, event.id, named=True)
        file = tables.workbook(found, named=True)

    sheet = openpyxl.load_workbook(file).active
    assert [row[-2:] for row in sheet.iter_rows(min_row=2, values_only=True)] == [(None, None)] * 2
