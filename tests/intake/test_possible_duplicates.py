"""Rows that may be an institution on the register, or another row, though nothing proves it."""

import pytest

from tests.factories import registry
from tests.factories.lists import judged, uscc
from training_oversight import database
from training_oversight.accounts.models import Scope
from training_oversight.intake import likenesses, reading
from training_oversight.intake.workflow import RowOutcome

NEW, UNCHANGED, DUPLICATE = RowOutcome.NEW, RowOutcome.UNCHANGED, RowOutcome.POSSIBLE_DUPLICATE
REJECTED = RowOutcome.REJECTED
HEADER = ["机构名称", "类别", "乡镇街道", "地址", "联系电话", "负责人", "信用代码"]


def why(row):
    return [[str(reason) for reason in one.why] for one in row.candidates]


@pytest.fixture
def place(county):
    return registry.institution(
        county,
        name="晨曦艺术培训中心",
        address="澄江县文澜路8号",
        phone="13900002046",
        responsible_person="许芸",
        kind_code="arts",
    )


@pytest.mark.parametrize(
    ("cells", "signs"),
    [
        ({"机构名称": "晨曦艺术培训中心"}, ["名称相同"]),
        ({"机构名称": "澄江县晨曦艺术培训学校有限公司"}, ["名称相近"]),
        (
            {"联系电话": "139 0000 2046", "负责人": "许芸", "类别": "文化艺术"},
            ["电话相同", "负责人和类别相同"],
        ),
        (
            {"联系电话": "0990-7654321、13900002046", "地址": "澄江县文澜路8号"},
            ["电话相同", "地址相同"],
        ),
        ({"地址": "澄江县文澜路８号"}, ["地址相同"]),
        ({"地址": "澄江县文澜路8号", "联系电话": "13900002046"}, ["电话相同", "地址相同"]),
        (
            {"机构名称": "晨曦美术工作室", "联系电话": "13900002046"},
            ["电话相同", "名称开头相同"],
        ),
    ],
)
def test_a_row_that_is_likely_on_the_register_asks_for_a_decision(
    session, county, place, cells, signs
):
    cells = {"机构名称": "南塘画室", "乡镇街道": "南塘街道", **cells}

    rows = judged(session, county, list(cells), list(cells.values()))

    assert rows[0].outcome is DUPLICATE
    assert [one.institution_id for one in rows[0].candidates] == [place.id]
    assert why(rows[0]) == [signs]


@pytest.mark.parametrize(
    "cells",
    [
        {"负责人": "许芸", "类别": "体育"},
        {"地址": "澄江县文澜路"},
        {"联系电话": "1390000"},
        {"机构名称": "晨曦体育培训中心"},
    ],
)
def test_a_likeness_that_says_too_little_is_none(session, county, place, cells):
    registry.institution(county, name="文澜画室", address="澄江县文澜路", phone="12345")
    cells = {"机构名称": "南塘画室", "乡镇街道": "南塘街道", **cells}

    rows = judged(session, county, list(cells), list(cells.values()))

    assert rows[0].outcome is NEW


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"联系电话": "139 0000 2046"}, "电话与台账中的晨曦艺术培训中心相同。"),
        ({"联系电话": "0990-7654321、13900002046"}, "电话与台账中的晨曦艺术培训中心相同。"),
        ({"负责人": "许　芸", "类别": "文化艺术"}, "负责人和类别与台账中的晨曦艺术培训中心相同。"),
    ],
)
def test_an_agents_telephone_or_an_owner_of_several_is_told_and_asks_nothing(
    session, county, place, cells, told
):
    cells = {"机构名称": "南塘画室", "乡镇街道": "南塘街道", **cells}

    rows = judged(session, county, list(cells), list(cells.values()))

    assert (rows[0].outcome, rows[0].candidates) == (NEW, [])
    assert [str(one) for one in rows[0].warnings] == [told]


def test_two_credit_codes_are_two_institutions_however_alike_they_are(session, county):
    registry.institution(
        county, name="晨曦艺术培训中心", uscc=registry.credit_code(1), phone="13900002046"
    )
    header = ["机构名称", "乡镇街道", "联系电话", "信用代码"]

    rows = judged(session, county, header, ["晨曦艺术培训学校", "南塘街道", "13900002046", uscc(2)])

    assert rows[0].outcome is NEW


def test_what_many_bear_tells_nobody_apart(session, county):
    for _ in range(likenesses.MOST_ALIKE + 1):
        registry.institution(county, phone="0990-1234567")

    rows = judged(session, county, ["名称", "电话"], ["南塘画室", "0990-1234567"])

    assert rows[0].outcome is NEW


def test_a_name_that_several_bear_is_shown_with_all_of_them(session, county):
    places = [
        registry.institution(county, name="小太阳托管", division=town, phone=None, address="")
        for town in county.townships[:2]
    ]

    rows = judged(session, county, ["名称"], ["小太阳托管"])

    assert rows[0].outcome is DUPLICATE
    assert {one.institution_id for one in rows[0].candidates} == {one.id for one in places}


def test_a_former_name_and_one_that_was_joined_are_known(session, county, place):
    gone = registry.institution(county, name="启明画室", phone=None, address="")
    with database.transaction():
        place.former_names = [{"name": "旭日书画社", "until": "2025-01-01"}]
        gone.withdrawn, gone.merged_into_id = True, place.id

    rows = judged(session, county, ["名称"], ["旭日书画社"], ["启明画室"])

    assert [one.candidates[0].institution_id for one in rows] == [place.id, place.id]
    assert why(rows[0]) == [["现用或曾用此名"]]


def test_an_import_that_was_taken_back_is_known_no_more(session, county, place):
    with database.transaction():
        place.withdrawn = True

    rows = judged(session, county, ["名称", "电话"], ["晨曦艺术培训中心", "13900002046"])

    assert rows[0].outcome is NEW


def test_two_new_rows_of_one_list_may_be_the_same(session, county):
    header = ["机构名称", "乡镇街道", "联系电话"]

    rows = judged(
        session,
        county,
        header,
        ["晨曦画室", "文澜街道", "13900002046"],
        ["文澜美术中心", "文澜街道", "13900002046"],
        ["晨曦美术中心", "南塘街道", "13900002046"],
        ["南塘琴行", "南塘街道", ""],
    )

    assert [row.outcome for row in rows] == [NEW, NEW, DUPLICATE, NEW]
    assert [str(one) for one in rows[1].warnings] == ["电话与第2行相同。"]
    assert [(one.institution_id, one.row) for one in rows[2].candidates] == [(None, 2)]
    assert why(rows[2]) == [["电话相同", "名称开头相同"]]


def test_rows_are_compared_with_rows_of_earlier_parts(session, county, monkeypatch):
    monkeypatch.setattr(reading, "PART", 2)
    header = ["机构名称", "联系电话", "信用代码"]

    rows = judged(
        session,
        county,
        header,
        ["晨曦画室", "13900002046", uscc(1)],
        ["文澜琴行", "", ""],
        ["南塘棋院", "", ""],
        ["晨曦画室", "13900002046", uscc(1)],
        ["晨曦画室", "13900009999", uscc(1)],
        ["澄江县晨曦画室有限公司", "13900002046", ""],
    )

    assert [row.outcome for row in rows] == [NEW, NEW, NEW, UNCHANGED, REJECTED, DUPLICATE]
    assert "联系电话" in str(rows[4].reasons[0])
    assert rows[5].candidates[0].row == 2


def test_a_township_officer_is_told_of_likely_ones_elsewhere(session, county, place):
    town = county.townships[1]

    rows = judged(
        session, county, ["名称", "地址"], ["南塘画室", "澄江县文澜路8号"],
        division=town, scope=Scope(town.path),
    )  # fmt: skip

    assert rows[0].outcome is DUPLICATE


def test_judging_asks_the_database_as_often_for_many_rows(session, county, place, queries_of):
    counted = []
    for count in (3, 300):
        rows = [[f"画室{n}", f"139{n:08}"] for n in range(count)]
        with queries_of() as sent:
            judged(session, county, ["名称", "电话"], *rows, ["晨曦画室", "13900002046"])
        counted.append(len(sent))

    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({}, REJECTED),
        ({"发证日期": "2023-03-05"}, REJECTED),
        ({"发证日期": "2020-03-05"}, NEW),
        ({"新批原因": "省厅批复保留"}, NEW),
        ({"类别": "体育"}, NEW),
        ({"许可证号": ""}, NEW),
    ],
)
def test_a_new_permit_of_a_subject_institution_needs_its_reason(session, county, cells, outcome):
    row = {"名称": "文澜补习学校", "类别": "学科类", "许可证号": "299010170000123", **cells}

    rows = judged(session, county, list(row), list(row.values()))

    assert rows[0].outcome is outcome
    if outcome is REJECTED:
        assert "新批原因" in str(rows[0].reasons[0])
