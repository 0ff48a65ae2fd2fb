"""Families of an event from a list: every row is counted, and the same list changes nothing."""

import io
import json

import pytest

from tests.factories import refunds
from tests.factories.lists import table, workbook
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput
from training_oversight.refunds import lists, queries
from training_oversight.refunds.models import EntryWay, Refund, RefundWay

HEADER = (
    "序号",
    "家长姓名",
    "联系电话",
    "学员姓名",
    "报读课程",
    "缴费金额",
    "总课时",
    "赠课",
    "已上课时",
)


def families(count, first=1):
    """Invented families; each is owed half of its contract."""
    return [
        (n, f"家长{n}", f"1990001{n:04}", f"学员{n}", "美术", f"{1000 + n}.50元", 40, "", 20)
        for n in range(first, first + count)
    ]


@pytest.fixture
def desk(client_as, county):
    return client_as(county.officer(Role.HOTLINE))


def send(desk, county, event, *rows, status=200, header=HEADER, name="名单.xlsx"):
    return desk.submit(
        f"/refunds/events/{event.id}/list",
        status,
        file=(io.BytesIO(workbook(header, *rows)), name),
        formula_id=str(refunds.formula(county).id),
    )


def test_a_closing_with_two_hundred_families_has_one_total_that_adds_up(app, desk, county):
    event, rows = refunds.event(county), families(200)

    page = send(desk, county, event, *rows)

    assert "录入200户，未变0户，退回0行" in page.text
    # Half of 1000 to 1200 yuan each, every odd fen rounded up.
    due = sum((100_050 + 100 * n) // 2 for n in range(1, 201))
    first, second = county.session.query(Refund).order_by(Refund.id).limit(2)
    for one in (first, second):
        refunds.agree(county, one, fen=one.computed_fen)
    refunds.paid(county, first, first.computed_fen, way=RefundWay.ACCOUNT)
    refunds.paid(county, second, 1, way=RefundWay.COURT)
    told = app.test_cli_runner().invoke(
        args=["refunds", "totals", event.number, "--format", "json"]
    )
    found = json.loads(told.stdout)
    assert (found["families"], found["due"]) == (200, due)
    assert found["paid"] == sum(found["by_way"].values()) == first.computed_fen + 1
    assert found["left"] == found["due"] - found["paid"]

    again = send(desk, county, event, *rows)

    assert "录入0户，未变200户，退回0行" in again.text
    assert county.session.query(Refund).count() == 200
    assert "200户" in desk.get(f"/refunds/events/{event.id}").text


def test_what_comes_from_a_list_says_so_and_waits_for_who_entered_it(desk, county):
    event = refunds.event(county)

    send(desk, county, event, *families(1))

    (made,) = county.session.query(Refund)
    assert (made.entered_how, made.event_id) == (EntryWay.LIST, event.id)
    assert (made.course, made.contract_fen, made.given, made.used) == ("美术", 100_150, 0, 20)
    assert made.handler_id == made.entered_by_id


def test_rows_that_cannot_be_used_come_back_with_every_reason_and_hold_up_no_other(desk, county):
    event = refunds.event(county)
    bad = (2, "家长", "电话不详", "学员", "美术", "三千", "四十", "", "-1")
    used_up = (3, "家长", "19900020003", "学员", "美术", "100", 10, 0, 11)

    page = send(desk, county, event, *families(1), bad, used_up)

    told = page.soup.select_one("main").text
    assert "录入1户，未变0户，退回2行" in told
    for words in ("电话号码请写数字", "三千", "购买课时：“四十”不是整数", "已用11课时"):
        assert words in told
    assert county.session.query(Refund).count() == 1


def test_a_family_that_is_there_with_other_figures_is_not_changed(desk, county):
    event = refunds.event(county)
    send(desk, county, event, *families(1))
    number, *row = families(1)[0]

    page = send(desk, county, event, (number, *row[:-1], 21))

    assert "已有TF-2026-0001，但金额或课时不同" in page.text
    assert county.session.query(Refund).one().used == 20


def test_a_family_twice_in_one_list_is_entered_once(desk, county):
    event = refunds.event(county)
    row = families(1)[0]

    page = send(desk, county, event, row, row, (*row[:4], "", *row[5:]))

    assert "录入1户，未变1户，退回1行" in page.text
    assert "第二份合同须写明不同的课程" in page.text


def test_a_pupil_that_is_not_named_is_the_same_family_again(desk, county):
    event = refunds.event(county)
    rows = [(*row[:3], "", *row[4:]) for row in families(2)]

    send(desk, county, event, *rows)

    assert "未变2户" in send(desk, county, event, *rows).text


@pytest.mark.parametrize(
    ("content", "told"),
    [(table(("姓名", "年龄"), ("甲", "9")), "家长电话"), (b"%PDF-1.4", ""), (b"", "")],
)
def test_what_is_no_list_of_families_is_refused_beside_the_file(desk, county, content, told):
    event = refunds.event(county)

    page = desk.submit(
        f"/refunds/events/{event.id}/list", 422,
        file=(io.BytesIO(content), "名单.csv"), formula_id=str(refunds.formula(county).id),
    )  # fmt: skip

    assert told in page.soup.select_one("#file-error, .error-summary").text


def test_a_cell_that_a_program_has_destroyed_comes_back_with_its_reason(county):
    rows = lists.lines_of(
        table(HEADER, (1, "甲", "1.99E+10", "", "", "100", "10", "", "#REF!")), "名单.csv",
        refunds.formula(county),
    )  # fmt: skip

    assert rows[0].draft is None
    assert any("已用课时" in str(reason) for reason in rows[0].reasons)


def test_an_ended_event_takes_no_list(desk, county):
    event = refunds.ended(county)

    page = send(desk, county, event, *families(1), status=409)

    assert "已结束" in page.text


def test_the_history_counts_the_rows_and_names_nobody(desk, county):
    event = refunds.event(county)
    send(desk, county, event, *families(3))

    page = desk.get(f"/refunds/events/{event.id}")

    assert "家长名单已导入" in page.text
    assert "家长1" not in page.text
    assert queries.totals(county.session, [event.id])[event.id].families == 3


def test_a_list_without_amounts_is_no_list_of_families(county):
    with pytest.raises(BadInput, match="缺少"):
        lists.lines_of(workbook(("电话", "备注"), ("1", "2")), "x.xlsx", refunds.formula(county))
