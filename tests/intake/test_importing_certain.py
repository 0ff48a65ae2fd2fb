"""Which column is which: names are believed, contents only where no name speaks, and a command
reads nothing that is not certain."""

import json

import pytest

from tests.factories.lists import columns_of, ground_of, uscc, workbook
from training_oversight.intake import reading
from training_oversight.intake.guessing import How
from training_oversight.registry.models import Institution


def fields(session, county, header, *rows):
    found = columns_of(workbook(header, *rows), "list.xlsx", ground_of(session, county))
    return reading.fields_of(found.mapping)


FIRST, LAST = "2024-03-05", "2027-03-04"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("有效期限起", "有效期限止"), ("有效期起", "有效期止"), ("有效期自", "有效期至"),
        ("有效期（起）", "有效期（止）"), ("有效期(起始日期)", "有效期(截止日期)"),
        ("办学许可证有效期开始日期", "办学许可证有效期结束日期"),
        ("许可证有效期从", "许可证有效期到"),
        ("许可证起始时间", "许可证终止时间"), ("许可证生效日期", "许可证失效日期"),
        ("证照有效期始", "证照有效期终"), ("办学期限（自）", "办学期限（至）"),
        ("起始有效期", "截止有效期"), ("开始日期（许可证）", "许可证到期日期"),
    ],
)  # fmt: skip
def test_what_begins_a_term_is_never_taken_for_its_end(session, county, begins, ends):
    whole = fields(session, county, ["机构名称", begins, ends], ["晨曦画室", FIRST, LAST])
    alone = fields(session, county, ["机构名称", begins], ["晨曦画室", FIRST])

    assert whole == {"name": 0, "licence_valid_from": 1, "licence_until": 2}
    assert alone == {"name": 0, "licence_valid_from": 1}


@pytest.mark.parametrize(
    "both", ["有效期起止", "有效期（起止）", "许可证有效期起止日期", "有效期限（自…至…）", "有效期"]
)
def test_a_column_with_both_ends_of_a_term_is_read_as_a_term(session, county, both):
    found = fields(session, county, ["机构名称", both], ["晨曦画室", f"{FIRST}至{LAST}"])

    assert found == {"name": 0, "licence_until": 1}


@pytest.mark.parametrize("name", ["自有场所证明", "租赁起始日期", "从业资格证", "有效证件号码"])
def test_no_term_begins_where_only_a_letter_of_it_stands(session, county, name):
    found = fields(session, county, ["机构名称", name], ["晨曦画室", FIRST])

    assert "licence_valid_from" not in found


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("成立日期", ["2018-06-11", "2019-07-12"]), ("注册资本", ["1000000", "5000000"]),
        ("QQ", ["12345678", "87654321"]), ("微信号", ["13900002046", "13900002047"]),
        ("家长手环", ["13900002046", "13900002047"]), ("身份证号", [uscc(1), uscc(2)]),
        ("法人身份证信用代码", [uscc(1), uscc(2)]),
        ("证书", ["299010170000123", "299010170000124"]),
    ],
)  # fmt: skip
def test_a_name_that_says_what_a_column_is_is_believed(session, county, name, cells):
    rows = [[f"晨曦{number}", cell] for number, cell in enumerate(cells)]

    found = fields(session, county, ["机构名称", name], *rows)

    assert {field for field in found if field not in ("name", "licence_number")} == set()


@pytest.mark.parametrize(
    "cells", [["20180611", "20190712"], ["1000000", "2000000"], ["8001234"] * 2]
)
@pytest.mark.parametrize("name", ["", "丙", "列3", "字段1"])
def test_days_and_sums_are_no_telephones_even_where_no_name_speaks(session, county, name, cells):
    rows = [[f"晨曦{number}", cell] for number, cell in enumerate(cells)]

    assert fields(session, county, ["机构名称", name], *rows) == {"name": 0}


@pytest.mark.parametrize("name", ["", "丙", "列3", "字段1", "Column2"])
def test_without_a_name_what_stands_in_a_column_speaks(session, county, name):
    rows = [["晨曦", "13900002046"], ["云帆", "0990-1234567"]]

    assert fields(session, county, ["机构名称", name], *rows) == {"name": 0, "phone": 1}


@pytest.mark.parametrize(("north", "east"), [("lat", "lng"), ("LAT", "LON"), ("纬度值", "经度值")])
def test_a_position_is_known_by_the_names_that_programs_give_it(session, county, north, east):
    found = fields(session, county, ["机构名称", north, east], ["晨曦", "29.56", "106.55"])

    assert found == {"name": 0, "latitude": 1, "longitude": 2}


def test_of_two_columns_called_alike_the_one_with_the_numbers_is_read(session, county):
    header = ["机构名称", "许可证号第一个空", "许可证号第二个空"]
    rows = [["晨曦", "教民", "299010170000123"], ["云帆", "教民", "299010170000124"]]

    assert fields(session, county, header, *rows) == {"name": 0, "licence_number": 2}


@pytest.fixture
def command(app, county, tmp_path):
    def run(header, *rows, more=()):
        path = tmp_path / "list.xlsx"
        path.write_bytes(workbook(header, *rows))
        arguments = ["registry", "import", str(path), "--format", "json", *more]
        return app.test_cli_runner().invoke(args=arguments)

    return run


UNSURE = ["机构名称", "招生负责人"]
ROWS = [["晨曦画室", "周明远"], ["云帆球馆", "许芸"]]


def test_a_command_leaves_unread_what_is_not_certain_and_says_so(session, command):
    answer = command(UNSURE, *ROWS)

    assert answer.exit_code == 3
    assert json.loads(answer.stdout)["created"] == 2
    assert "“招生负责人”可能是“负责人”" in answer.stderr
    assert {one.responsible_person for one in session.query(Institution)} == {None}


@pytest.mark.parametrize("ours", ["负责人", ""])
def test_what_is_said_of_a_column_makes_it_certain(command, ours):
    answer = command(UNSURE, *ROWS, more=["--column", f"招生负责人={ours}"])

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["created"] == 2


def test_a_dry_run_says_it_as_well(command):
    assert command(UNSURE, *ROWS, more=["--dry-run"]).exit_code == 3


def test_what_was_left_unread_is_no_habit_of_the_sender(session, county, command):
    command(UNSURE, *ROWS, more=["--sender", "文旅局"])

    answer = command(UNSURE, *ROWS, more=["--sender", "文旅局"])

    assert "可能是" in answer.stderr


@pytest.mark.parametrize(
    ("name", "cells", "is_read"),
    [
        ("机构联系电话（手机）号", ["13900002046", "0990-1234567"], True),
        ("机构联系电话（手机）号", ["13900002046", "周明远"], False),
        ("培训地址信息", ["文澜街道东街1号", "石桥镇石桥街3号"], True),
        ("培训地址信息", ["文澜街道东街1号", "同意"], False),
        ("证照有效期终", [LAST, "2027.3.5"], True),
        ("公示期限", [LAST, "2027.3.5"], False),
    ],
)
def test_a_similar_name_is_certain_where_everything_under_it_is_such(command, name, cells, is_read):
    answer = command(["机构名称", name], *zip(["晨曦画室", "云帆球馆"], cells, strict=True))

    assert (answer.exit_code == 0) is is_read
    assert ("可能是" in answer.stderr) is not is_read


def test_half_a_position_is_not_read_by_a_command(command):
    rows = [["晨曦画室", "106.55", "29.56"], ["云帆球馆", "106.56", "南"]]

    answer = command(["机构名称", "lng", "lat"], *rows)

    assert answer.exit_code == 3
    assert json.loads(answer.stdout)["created"] == 2


def test_a_page_still_proposes_it_and_asks_to_check(session, county):
    content = workbook(UNSURE, *ROWS)

    found = columns_of(content, "list.xlsx", ground_of(session, county)).guesses

    assert [one.how for one in found] == [How.KNOWN, How.ALIKE]
