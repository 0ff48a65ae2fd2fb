"""``registry import`` and ``registry export`` as a terminal sees them."""

import json
import re

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.lists import HEADER, many, table, uscc, workbook
from training_oversight.audit import Event
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.readable import KNOWN
from training_oversight.registry.columns import COLUMNS, FIELDS
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import read, write


@pytest.fixture
def command(app, county):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["registry", *map(str, arguments)])

    return run


def saved(folder, content, name="list.xlsx"):
    path = folder / name
    path.write_bytes(content)
    return path


def counted(session):
    return session.scalar(sa.select(sa.func.count()).select_from(Institution))


def test_a_good_file_is_done_and_answers_one_object(session, command, tmp_path):
    file = saved(tmp_path, workbook([*HEADER, "星级"], *[[*row, "五星"] for row in many(3)]))

    answer = command("import", file, "--format", "json")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "list": session.scalars(sa.select(ImportBatch.id)).one(),
        "rows": 3,
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
        "possible_duplicates": 0,
        "warnings": 0,
        "rejects_file": None,
    }
    assert "星级" in answer.stderr
    assert counted(session) == 3


def test_a_list_of_several_parts_says_how_far_it_is(session, command, tmp_path):
    answer = command("import", saved(tmp_path, workbook(HEADER, *many(1_200))), "--format", "json")

    said = answer.stderr.splitlines()
    assert [line.split("，")[0] for line in said] == ["正在读取名单"] * 3 + ["正在写入台账"] * 4
    assert [re.search(r"[\d,]+", line)[0] for line in said] == [
        "0", "1,000", "1,200", "0", "500", "1,000", "1,200",
    ]  # fmt: skip
    assert json.loads(answer.stdout)["created"] == counted(session) == 1_200


def test_rejected_rows_come_back_correctable_and_the_command_says_in_part(
    session, command, tmp_path
):
    file, back = saved(tmp_path, workbook(HEADER, *many(10, bad=4))), tmp_path / "back.xlsx"

    first = command("import", file, "--rejects", back, "--format", "json")
    returned = read(back, known=KNOWN)
    corrected = [[*row.cells] for row in returned.rows]
    for number, row in enumerate(corrected, start=1):
        row[returned.header.index("统一社会信用代码")] = uscc(number)
    write(back, returned.header, corrected)
    second = command("import", back, "--format", "json")

    assert first.exit_code == 3
    assert json.loads(first.stdout)["rejected"] == 4
    assert json.loads(first.stdout)["rejects_file"] == str(back)
    assert returned.header == ["退回原因", *HEADER]
    assert all("信用代码" in row.cells[0] for row in returned.rows)
    assert second.exit_code == 0
    assert json.loads(second.stdout)["created"] == 4
    assert counted(session) == 10


def test_a_dry_run_writes_nothing_but_the_file_of_rejects(session, command, tmp_path):
    file, back = saved(tmp_path, workbook(HEADER, *many(3, bad=1))), tmp_path / "back.csv"

    answer = command("import", file, "--dry-run", "--rejects", back, "--format", "json")

    assert answer.exit_code == 3
    assert json.loads(answer.stdout)["created"] == 2
    assert len(read(back, known=KNOWN).rows) == 1
    assert counted(session) == 0
    assert session.scalars(sa.select(ImportBatch)).all() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.xlsx"],
        ["."],
        ["text.xlsx"],
        ["good.xlsx", "--division", "123456"],
        ["good.xlsx", "--by", "nobody"],
        ["good.xlsx", "--rejects", "back.pdf"],
        ["good.xlsx", "--rejects", "no/such/folder/back.xlsx"],
    ],
)
def test_what_cannot_be_read_or_is_unknown_is_a_sentence_and_code_2(
    session, command, tmp_path, monkeypatch, arguments
):
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, workbook(HEADER, *many(1)), "good.xlsx")
    saved(tmp_path, b"only text", "text.xlsx")

    answer = command("import", *arguments)

    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.strip().endswith("。")
    assert counted(session) == 0


def test_with_several_counties_the_first_is_taken_and_said_aloud(
    session, county, command, tmp_path
):
    other = County(session, code="990202", name="临川县")
    file = saved(tmp_path, workbook(HEADER[:1], ["晨曦画室"]))
    both = [county.authority.id, other.authority.id]

    unnamed = command("import", file, "--format", "json")
    named = command("import", file, "--division", "990202", "--format", "json")

    assert (unnamed.exit_code, named.exit_code) == (0, 0)
    assert county.code in unnamed.stderr
    assert named.stderr == ""
    owners = session.scalars(sa.select(Institution.authority_id).order_by(Institution.id)).all()
    assert owners == both


def test_an_officers_list_goes_to_the_officers_own_county(session, county, command, tmp_path):
    other = County(session, code="990202", name="临川县")
    file = saved(tmp_path, workbook(HEADER[:1], ["晨曦画室"]))

    answer = command("import", file, "--by", other.officer().username, "--format", "json")

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert session.scalars(sa.select(Institution)).one().authority_id == other.authority.id


def test_a_township_is_where_rows_without_one_lie(session, county, command, tmp_path):
    file = saved(tmp_path, workbook(HEADER[:1], ["晨曦画室"]))

    answer = command("import", file, "--division", county.townships[1].code)
    again = command("import", file, "--division", county.townships[1].code, "--format", "json")

    assert answer.exit_code == 0
    assert session.scalars(sa.select(Institution)).one().division_id == county.townships[1].id
    assert json.loads(again.stdout)["unchanged"] == 1


def test_the_officer_named_is_the_one_in_history(session, county, command, tmp_path):
    officer = county.officer()
    file = saved(tmp_path, workbook(HEADER, *many(1)))

    command("import", file, "--by", officer.username)

    actors = session.scalars(
        sa.select(Event.actor_id).where(Event.subject_kind == "institution")
    ).all()
    assert actors == [officer.id]


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_what_is_exported_comes_in_again_without_a_difference(
    session, county, command, tmp_path, name
):
    county.officer(name="陈立平")
    rich = [
        "机构名称", "别名", "类别", "乡镇街道", "地址", "统一社会信用代码", "办学许可证号",
        "许可证类型", "发证机关", "许可证有效期至", "机构性质", "学段", "培训方式", "负责人",
        "举办者", "联系电话", "学员人数", "从业人员数", "场所性质", "建筑面积", "房东",
        "全国平台编号", "监管责任人", "纬度", "经度", "备注",
    ]  # fmt: skip
    file = saved(
        tmp_path,
        workbook(
            rich,
            [
                "云帆球类培训中心（南塘）", "云帆球馆、小云帆", "体育", "南塘街道",
                "澄江县南塘路8号", uscc(7), "299010170000123", "培训许可证", "澄江县体育局",
                "2027-03-05", "民办非企业", "小学、初中", "线下", "周明远", "周明远",
                "13900002046", "120", "8", "商铺", "300", "吴秀兰",
                "P-0099", "陈立平", "29.5601", "106.5502", "=不是公式",
            ],
            ["晨曦画室", *[""] * 25],
        ),
    )  # fmt: skip
    assert command("import", file).exit_code == 0, command("import", file).stderr
    out = tmp_path / name

    exported = command("export", out, "--format", "json")
    again = command("import", out, "--format", "json")

    assert json.loads(exported.stdout)["rows"] == 2
    assert again.exit_code == 0, again.output
    result = json.loads(again.stdout)
    assert (result["created"], result["updated"], result["unchanged"]) == (0, 0, 2)
    assert result["warnings"] == 0
    verbs = session.scalars(sa.select(Event.verb).where(Event.subject_kind == "authority")).all()
    assert verbs == ["registry.exported"]


def test_an_export_nobody_can_write_is_a_sentence(command, tmp_path):
    answer = command("export", tmp_path / "no" / "out.xlsx")

    assert answer.exit_code == 2
    assert answer.stderr.strip().endswith("。")


def test_every_header_of_our_own_file_is_understood():
    for column in COLUMNS:
        assert FIELDS[column.label.chinese] == column.field
        assert FIELDS[column.label.english] == column.field


def test_a_table_without_rows_of_ours_keeps_its_text(tmp_path, command, session):
    file = saved(tmp_path, table(["名称", "备注"], ["晨曦画室", "=1+1"]), "list.csv")

    answer = command("import", file)

    assert answer.exit_code == 0
    assert session.scalars(sa.select(Institution)).one().note == "=1+1"
