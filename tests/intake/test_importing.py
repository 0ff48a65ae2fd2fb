"""What becomes of the rows of a county's list."""

import pytest
import sqlalchemy as sa

from tests.factories.lists import (
    HEADER,
    confirmed,
    imported,
    looked,
    many,
    one,
    previewed,
    said,
    uscc,
    workbook,
)
from training_oversight import database
from training_oversight.audit.queries import history, verify
from training_oversight.errors import WrongState
from training_oversight.intake import running, uploading
from training_oversight.intake.models import ImportRow
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState

NEW, CHANGED = RowOutcome.NEW, RowOutcome.CHANGED


UNCHANGED, REJECTED = RowOutcome.UNCHANGED, RowOutcome.REJECTED


def test_a_list_becomes_institutions_with_venues_papers_and_history(session, county):
    officer = county.officer(name="陈立平")
    content = workbook(
        [
            "机构名称",
            "培训类别",
            "所属乡镇",
            "办学地址",
            "统一社会信用代码",
            "办学许可证编号",
            "发证机关",
            "有效期至",
            "学段",
            "负责人",
            "手机号",
            "学员人数",
            "监管责任人",
            "纬度",
            "经度",
        ],
        [
            "　云帆球类培训中心　",
            "体育类",
            "南塘街道",
            "澄江县南塘路8号",
            uscc(7),
            "教民299010170000123号",
            "澄江县教育局",
            "2027.3.5",
            "小学、初中",
            "周明远",
            "１３９００００２０４６",
            "约120人",
            "陈立平",
            "29.5601",
            "106.5502",
        ],
    )

    counts, _ = imported(session, county, content)

    place = one(session, name="云帆球类培训中心")
    assert counts[NEW] == 1
    assert place.uscc == uscc(7)
    assert place.kind_code == "sports"
    assert place.industry_department.code == "sports"
    assert place.division.name == "南塘街道"
    assert place.division_path == place.division.path
    assert (place.responsible_person, place.phone, place.pupils) == ("周明远", "13900002046", 120)
    assert place.stages == ["primary", "junior"]
    assert place.officer_in_charge_id == officer.id
    assert place.main_venue.address == "澄江县南塘路8号"
    assert place.main_venue.latitude == 29.5601
    assert [licence.number for licence in place.licences] == ["299010170000123"]
    assert place.licences[0].valid_until.isoformat() == "2027-03-05"
    assert [event.verb for event in history(session, place)] == ["institution.registered"]
    assert verify(session).broken == []


def test_only_the_name_is_required(session, county):
    counts, _ = imported(session, county, workbook(["名称"], ["无名补习点"]))

    assert counts[NEW] == 1
    assert one(session, name="无名补习点").division_id == county.division.id


def test_the_same_file_twice_changes_nothing(session, county):
    content = workbook(HEADER, *many(5))
    imported(session, county, content)

    counts, _ = imported(session, county, content)

    assert counts == dict.fromkeys(RowOutcome, 0) | {NEW: 0, CHANGED: 0, UNCHANGED: 5, REJECTED: 0}


def test_a_change_shows_old_and_new_and_empty_cells_erase_nothing(session, county):
    imported(session, county, workbook(HEADER, *many(1)))
    content = workbook(
        ["机构名称", "统一社会信用代码", "地址", "类别"],
        ["明德培训中心总部", uscc(1), "澄江县新街1号", ""],
    )

    seen, _ = looked(session, county, content)
    counts, _ = imported(session, county, content)

    assert seen.rows[0].changes == {
        "name": ["明德培训中心第1分部", "明德培训中心总部"],
        "address": ["澄江县文澜路1号", "澄江县新街1号"],
    }
    place = one(session, uscc=uscc(1))
    assert counts[CHANGED] == 1
    assert place.name == "明德培训中心总部"
    assert place.match_name == "明德培训中心总部"
    assert place.kind_code == "sports"
    assert place.main_venue.address == "澄江县新街1号"
    assert "新街" in place.search_text
    assert [event.verb for event in history(session, place)] == [
        "institution.changed",
        "institution.registered",
    ]
    assert verify(session).broken == []


def test_the_same_institution_is_known_by_licence_number_without_a_credit_code(session, county):
    header = ["机构名称", "许可证号"]
    imported(session, county, workbook(header, ["晨曦画室", "299010170000777"]))

    counts, _ = imported(
        session, county, workbook(header, ["晨曦美术中心", "教民299010170000777号"])
    )

    assert counts[CHANGED] == 1
    assert one(session).name == "晨曦美术中心"


def test_a_licence_number_with_another_credit_code_overwrites_nobody(session, county):
    header = ["机构名称", "统一社会信用代码", "许可证号"]
    imported(session, county, workbook(header, ["晨曦画室", uscc(1), "299010170000777"]))

    seen, _ = looked(session, county, workbook(header, ["南塘画室", uscc(2), "299010170000777"]))

    assert seen.rows[0].outcome is REJECTED
    assert "晨曦画室" in said(seen.rows[0])


@pytest.mark.parametrize("name", ["晨曦（南塘）画室", "晨曦(南塘)画室", " 晨曦 (南塘) 画室"])
def test_other_brackets_are_no_other_name(session, county, name):
    imported(session, county, workbook(["名称"], ["晨曦（南塘）画室"]))

    counts, _ = imported(session, county, workbook(["名称"], [name]))

    assert counts[UNCHANGED] == 1


def test_one_name_in_two_townships_is_two_places(session, county):
    header = ["名称", "乡镇街道"]
    imported(session, county, workbook(header, ["小太阳托管", "文澜街道"]))

    seen, _ = looked(session, county, workbook(header, ["小太阳托管", "南塘街道"]))
    counts, _ = imported(session, county, workbook(header, ["小太阳托管", "南塘街道"]))
    third, _ = looked(session, county, workbook(["名称"], ["小太阳托管"]))

    assert counts[NEW] == 1
    assert len(seen.rows[0].warnings) == 1
    assert third.rows[0].outcome is REJECTED
    assert "2" in said(third.rows[0])


def test_what_changed_since_the_preview_comes_back_and_loses_nothing(session, county):
    imported(session, county, workbook(HEADER, *many(2)))
    edit = workbook(
        ["名称", "信用代码", "地址"],
        ["明德", uscc(1), "新街1号"],
        ["明德培训中心第2分部", uscc(2), "新街2号"],
    )
    batch = previewed(session, county, edit)
    with database.transaction():
        one(session, uscc=uscc(1)).main_venue.address = "北街9号"

    counts = confirmed(county, batch)

    assert counts == dict.fromkeys(RowOutcome, 0) | {NEW: 0, CHANGED: 1, UNCHANGED: 0, REJECTED: 1}
    assert one(session, uscc=uscc(1)).main_venue.address == "北街9号"
    assert one(session, uscc=uscc(2)).main_venue.address == "新街2号"


def test_a_closed_institution_is_not_changed_by_a_list(session, county):
    imported(session, county, workbook(HEADER, *many(1)))
    with database.transaction():
        place = one(session)
        place.state, place.closed_on = InstitutionState.CLOSED, county.today

    seen, _ = looked(session, county, workbook(["名称", "信用代码"], ["新名字", uscc(1)]))
    same, _ = looked(session, county, workbook(HEADER, *many(1)))

    assert seen.rows[0].outcome is REJECTED
    assert same.rows[0].outcome is UNCHANGED


def test_a_list_counts_once(session, county):
    _, batch = imported(session, county, workbook(HEADER, *many(1)))

    with pytest.raises(WrongState):
        confirmed(county, batch)
    with pytest.raises(WrongState):
        running.write_list(batch.id, by=county.system, today=county.today)

    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 1


def test_a_discarded_list_leaves_no_rows(session, county):
    batch = previewed(session, county, workbook(HEADER, *many(3)))

    with database.transaction():
        uploading.discard(session, batch, by=county.system, version=batch.version)

    assert session.scalars(sa.select(ImportRow)).all() == []
    assert session.scalars(sa.select(Institution)).all() == []
