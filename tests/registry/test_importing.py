"""What becomes of the rows of a county's list."""

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.lists import HEADER, many, uscc, workbook
from training_oversight import clock, database
from training_oversight.audit import Event
from training_oversight.audit.queries import history, verify
from training_oversight.errors import BadInput, WrongState
from training_oversight.registry.importing import queries, service
from training_oversight.registry.models import ImportRow, Institution, RowOutcome
from training_oversight.registry.workflow import InstitutionState

NEW, CHANGED = RowOutcome.NEW, RowOutcome.CHANGED
UNCHANGED, REJECTED = RowOutcome.UNCHANGED, RowOutcome.REJECTED


def looked(session, county, content, filename="list.xlsx", division=None):
    ground = queries.ground(
        session,
        division or county.division,
        scope=county.system.scope,
        today=clock.today(),
    )
    return service.look(session, service.opened(content, filename), ground), ground


def imported(session, county, content, filename="list.xlsx"):
    with database.transaction():
        seen, ground = looked(session, county, content, filename)
        batch = service.preview(session, seen, ground, filename=filename, by=county.system)
        counts = service.confirm(session, batch, ground, by=county.system)
    return counts, batch


def one(session, **where):
    return session.scalars(sa.select(Institution).filter_by(**where)).one()


def said(row):
    return " ".join(str(reason) for reason in row.reasons)


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
            "校长",
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

    assert counts == {NEW: 0, CHANGED: 0, UNCHANGED: 5, REJECTED: 0}


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


@pytest.mark.parametrize("name", ["合计", "总 计", "小计："])
def test_a_row_of_sums_is_no_institution(session, county, name):
    seen, _ = looked(session, county, workbook(["机构名称", "学员人数"], [name, "120"]))

    assert seen.rows[0].outcome is REJECTED


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


def test_an_identical_row_twice_is_a_warning(session, county):
    row = ["小太阳托管", "托管", "文澜街道", "澄江县东街1号", "", ""]

    seen, _ = looked(session, county, workbook(HEADER, row, row))

    assert [judged.outcome for judged in seen.rows] == [NEW, UNCHANGED]
    assert seen.warnings == 1


def test_contradicting_rows_return_the_later_one(session, county):
    first = ["小太阳托管", "托管", "文澜街道", "澄江县东街1号", "", ""]
    second = ["小太阳托管", "托管", "文澜街道", "澄江县西街9号", "", ""]

    seen, _ = looked(session, county, workbook(HEADER, first, second))

    assert [judged.outcome for judged in seen.rows] == [NEW, REJECTED]
    assert said(seen.rows[1]) == "与第2行是同一机构，但以下内容不一致：地址。请合并为一行。"


def test_codes_of_two_institutions_in_one_row_are_returned(session, county):
    header = ["名称", "统一社会信用代码", "许可证号"]
    imported(
        session,
        county,
        workbook(header, ["甲画室", uscc(1), ""], ["乙画室", "", "299010170000777"]),
    )

    seen, _ = looked(session, county, workbook(header, ["丙画室", uscc(1), "299010170000777"]))

    assert seen.rows[0].outcome is REJECTED
    assert "甲画室" in said(seen.rows[0])


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("统一社会信用代码", f"{uscc(1)[:-1]}0", "对照证照"),
        ("统一社会信用代码", "9199", "18"),
        ("统一社会信用代码", 9.19901010000000012e17, "重新填写"),
        ("类别", "武术馆", "托管"),
        ("乡镇街道", "白河镇", "文澜街道"),
        ("地址", "临川县中山路1号", "临川县"),
        ("有效期至", "明年", "2021-03-05"),
        ("学员人数", "很多", "很多"),
        ("机构性质", "合作社", "个体"),
        ("学段", "博士", "小学"),
        ("纬度", "29.5", "经度"),
        ("名称", "", "名称"),
    ],
)
def test_a_cell_that_cannot_be_used_is_returned_with_its_reason(
    session, county, column, cell, sentence
):
    County(session, code="990202", name="临川县")
    row = {"名称": "晨曦画室", column: cell, "备注": "原样保留"}

    seen, _ = looked(session, county, workbook(list(row), list(row.values())))

    assert seen.rows[0].outcome is REJECTED
    assert sentence in said(seen.rows[0])


@pytest.mark.parametrize("cell", ["办理中", "无", "/", "　"])
def test_a_word_where_a_code_should_stand_is_an_empty_cell(session, county, cell):
    counts, _ = imported(session, county, workbook(["名称", "信用代码"], ["晨曦画室", cell]))

    assert counts[NEW] == 1
    assert one(session).uscc is None


def test_an_officer_nobody_knows_is_a_warning_and_stays_empty(session, county):
    seen, _ = looked(session, county, workbook(["名称", "监管责任人"], ["晨曦画室", "查无此人"]))

    assert seen.rows[0].outcome is NEW
    assert seen.warnings == 1
    assert "officer_in_charge_id" not in seen.rows[0].values


def test_gb18030_with_titles_above_and_unknown_columns_is_read(session, county):
    text = "澄江县校外培训机构台账,,\n（2026年春季）,,\n序号,培训机构名称,年检\n1,晨曦画室,合格\n"

    seen, _ = looked(session, county, text.encode("gb18030"), "台账.csv")

    assert seen.unread == ["年检"]
    assert [(row.number, row.outcome) for row in seen.rows] == [(4, NEW)]


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"", "list.xlsx"),
        (workbook(HEADER, *many(30))[:900], "list.xlsx"),
        ("名称\n晨曦画室\n".encode(), "list.xlsx"),
        (workbook(HEADER, *many(1)), "list.csv"),
        (workbook(["类别", "地址"], ["体育", "东街"]), "list.xlsx"),
        (workbook(HEADER), "list.xlsx"),
        (b"%PDF-1.7", "list.pdf"),
    ],
    ids=["empty", "truncated", "text", "workbook", "no names", "no rows", "other"],
)
def test_a_file_that_is_no_list_is_one_sentence(session, county, content, filename):
    with pytest.raises(BadInput) as refused:
        looked(session, county, content, filename)

    assert str(refused.value).endswith("。")


def test_five_thousand_rows_with_three_hundred_bad_are_counted_exactly(session, county, queries_of):
    content = workbook(HEADER, *many(5000, bad=300))

    with queries_of() as sent:
        counts, batch = imported(session, county, content)

    assert counts == {NEW: 4700, CHANGED: 0, UNCHANGED: 0, REJECTED: 300}
    assert len(queries.rejected(session, batch.id)) == 300
    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 4700
    events = session.scalar(sa.select(sa.func.count()).where(Event.subject_kind == "institution"))
    assert events == 4700
    assert len([one for one in sent if one.startswith("SELECT")]) < 60


def test_what_changed_since_the_preview_comes_back_and_loses_nothing(session, county):
    imported(session, county, workbook(HEADER, *many(2)))
    edit = workbook(
        ["名称", "信用代码", "地址"],
        ["明德", uscc(1), "新街1号"],
        ["明德培训中心第2分部", uscc(2), "新街2号"],
    )
    with database.transaction():
        seen, ground = looked(session, county, edit)
        batch = service.preview(session, seen, ground, filename="a.xlsx", by=county.system)
    with database.transaction():
        one(session, uscc=uscc(1)).main_venue.address = "北街9号"

    with database.transaction():
        _, ground = looked(session, county, edit)
        counts = service.confirm(session, batch, ground, by=county.system)

    assert counts == {NEW: 0, CHANGED: 1, UNCHANGED: 0, REJECTED: 1}
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

    _, ground = looked(session, county, workbook(HEADER, *many(1)))
    with pytest.raises(WrongState), database.transaction():
        service.confirm(session, batch, ground, by=county.system)

    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 1


def test_a_discarded_list_leaves_no_rows(session, county):
    with database.transaction():
        seen, ground = looked(session, county, workbook(HEADER, *many(3)))
        batch = service.preview(session, seen, ground, filename="a.xlsx", by=county.system)

    with database.transaction():
        service.discard(session, batch, by=county.system, version=batch.version)

    assert session.scalars(sa.select(ImportRow)).all() == []
    assert session.scalars(sa.select(Institution)).all() == []
