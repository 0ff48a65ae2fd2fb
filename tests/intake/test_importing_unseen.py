"""Rows that a sender does not see, or never filled in: said, and a choice."""

import json

import pytest

from tests.factories.columns_page import READ, stored_rows
from tests.factories.lists import sent
from tests.spreadsheets.test_unseen import FORM, FULL, SIDES, hide, struck
from tests.spreadsheets.workbooks import workbook
from training_oversight.intake.models import ImportBatch

HEADER = ["机构名称", "地址"]
ROWS = [["晨曦画室", "东街1号"], ["云帆球馆", "东街2号"], ["明德书院", "东街3号"]]
FILTERED = workbook(HEADER, *ROWS, prepare=hide(rows=[3, 4]))


@pytest.fixture
def command(app, county, tmp_path):
    def run(content, *more):
        path = tmp_path / "list.xlsx"
        path.write_bytes(content)
        arguments = ["registry", "import", str(path), "--format", "json", *more]
        return app.test_cli_runner().invoke(args=arguments)

    return run


def test_a_command_says_that_rows_are_hidden_and_leaves_them(command):
    answer = command(FILTERED)

    assert answer.exit_code == 3
    assert json.loads(answer.stdout)["created"] == 1
    assert "第3–4行未读取：在表中是隐藏的" in answer.stderr


@pytest.mark.parametrize(("choice", "created"), [("read", 3), ("leave", 1)])
def test_what_becomes_of_hidden_rows_can_be_said(command, choice, created):
    answer = command(FILTERED, "--hidden", choice)

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["created"] == created


def test_the_page_asks_about_hidden_rows_and_remembers_the_answer(client_as, county, session):
    browser = client_as(county.officer())
    page = sent(browser, FILTERED)
    as_it_is = browser.submit(page.request.path, form=READ)
    numbers = [row.number for row in stored_rows(session)]

    again = browser.submit(page.request.path, form=READ, hidden="y")
    reopened = browser.get(page.request.path)

    assert "2行是隐藏的，未读取" in page.soup.select_one(".notices, main").parent.text
    assert not page.soup.select_one("input[name=hidden]").has_attr("checked")
    assert "第3–4行" in as_it_is.soup.select_one("#left-out, .side").text
    assert numbers == [2]
    assert [row.number for row in stored_rows(session)] == [2, 3, 4]
    assert reopened.soup.select_one("input[name=hidden]").has_attr("checked")
    assert again.status_code == 200


def test_of_two_columns_for_one_field_the_one_that_is_seen_is_read(client_as, county, session):
    content = workbook(
        ["机构名称", "联系电话", "电话"], ["晨曦画室", "13900002046", "13900002047"],
        prepare=hide(columns=["B"]),
    )  # fmt: skip
    browser = client_as(county.officer())

    browser.submit(sent(browser, content).request.path, form=READ)

    assert stored_rows(session)[0].values["phone"] == "13900002047"


def test_struck_out_rows_are_said_and_may_be_read_all_the_same(client_as, county, session):
    browser = client_as(county.officer())
    page = sent(browser, workbook(HEADER, *ROWS, prepare=struck("A3", "B3")))

    browser.submit(page.request.path, form=READ, taken="3")

    assert "整行划了删除线" in page.soup.select_one("#left-out").text
    assert [row.number for row in stored_rows(session)] == [2, 3, 4]


def test_a_command_that_leaves_struck_out_rows_has_done_a_part(command):
    answer = command(workbook(HEADER, *ROWS, prepare=struck("A3", "B3")))

    assert answer.exit_code == 3
    assert "删除线" in answer.stderr


def test_rows_that_nobody_has_filled_in_are_counted_and_not_returned(command, session):
    answer = command(workbook(FORM, FULL, [2, "云汀县"], [3], [4, "云汀县", None, None, 0]))

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) | {"list": 0, "warnings": 0} == {
        "list": 0, "rows": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0,
        "possible_duplicates": 0, "warnings": 0, "rejects_file": None,
    }  # fmt: skip
    assert "第3–5行未读取" in answer.stderr
    assert len(session.query(ImportBatch).one().left_out) == 3


def test_a_list_in_two_halves_comes_in_whole(command):
    answer = command(workbook(*SIDES))

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["created"] == 4
    assert "右栏接在左栏下面" in answer.stderr


def test_the_rows_under_a_second_header_are_said_to_be_left(command):
    other = ["被投诉单位", "联系电话", "备注"]

    answer = command(workbook(["机构名称", "地址", "负责人"], ROWS[0], other, ROWS[1]))

    assert answer.exit_code == 3
    assert "第4行未读取" in answer.stderr
