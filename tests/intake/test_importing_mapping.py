"""What each column of a list is taken for, and correcting that."""

import pytest

from tests.factories.columns_page import READ, stored_rows, taken_for, the_batch
from tests.factories.lists import HEADER, many, read_in, sent, uscc, workbook
from training_oversight.intake.workflow import ImportState


def test_every_column_says_what_it_is_taken_for_and_why(client_as, county):
    header = ["机构名称", "负责人的电话号", "社会信用代码（营业执照）号", "甲", "星级"]
    rows = [[f"晨曦画室{n}", f"1390000{n:04}", uscc(n), "文澜街道", "五星"] for n in (1, 2, 3)]

    page = sent(client_as(county.officer()), workbook(header, *rows))

    assert taken_for(page) == {
        "机构名称": ("name", "列名"),
        "负责人的电话号": ("phone", "列名相近，请核对"),
        "社会信用代码（营业执照）号": ("uscc", "列名相近，请核对"),
        "甲": ("division_id", "按内容判断，请核对"),
        "星级": ("", "没有认出，不读取"),
    }
    assert "有3列" in page.soup.select_one(".notice").text
    assert "晨曦画室1" in page.soup.select_one(".columns-of-list").text


@pytest.mark.parametrize(
    "header",
    [
        "营业执照有效期",
        "消防验收日期",
        "租赁合同期限",
        "主管部门电话",
        "填表人姓名",
        "检查发现的问题",
    ],
)
def test_what_speaks_of_something_else_is_not_guessed(client_as, county, header):
    page = sent(
        client_as(county.officer()), workbook(["机构名称", header], ["晨曦画室", "2027-01-01"])
    )

    assert taken_for(page)[header][0] == ""


def test_of_two_columns_for_one_field_one_is_read_and_the_other_named(client_as, county, session):
    header = ["机构名称", "经营地址", "办学地址"]
    browser = client_as(county.officer())

    page = sent(browser, workbook(header, ["晨曦画室", "澄江县东街1号", "澄江县西街2号"]))
    preview = browser.submit(page.request.path, form=READ)

    assert taken_for(page)["经营地址"] == ("", "已读取另一列")
    assert "经营地址" in preview.soup.select_one(".notice").text
    assert stored_rows(session)[0].values["address"] == "澄江县西街2号"


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"column-1": "name"}, "“机构名称”已从A列读取"),
        ({"column-0": ""}, "哪一列是机构名称"),
    ],
)
def test_columns_that_contradict_each_other_are_refused(
    client_as, county, session, choice, sentence
):
    browser = client_as(county.officer())
    page = sent(browser, workbook(["机构名称", "地址"], ["晨曦画室", "东街"]))

    refused = browser.submit(page.request.path, 422, form=READ, **choice)

    assert sentence in refused.soup.select_one(".error-summary").text
    assert the_batch(session).state is ImportState.UPLOADED
    # What was chosen is still there.
    assert taken_for(refused)["机构名称" if "column-0" in choice else "地址"][0] == next(
        iter(choice.values())
    )


def test_after_the_preview_the_columns_can_be_corrected(client_as, county, session):
    browser = client_as(county.officer())
    preview = read_in(
        browser, workbook(["机构名称", "丙"], ["晨曦画室", "云帆"]), **{"column-1": "organiser"}
    )

    page = browser.get(f"{preview.request.path}/columns")
    browser.submit(page.request.path, form=READ, **{"column-1": "aliases"})

    assert taken_for(page)["丙"][0] == "organiser"
    assert [row.values for row in stored_rows(session)] == [
        {"name": "晨曦画室", "aliases": ["云帆"]}
    ]


def test_the_columns_of_a_list_that_was_written_stay_as_they_are(client_as, county, session):
    browser = client_as(county.officer())
    preview = read_in(browser, workbook(HEADER, *many(1)))
    path = f"{preview.request.path}/columns"
    page = browser.get(path)
    form = page.soup.select_one(READ)
    data = {one["name"]: one.get("value", "") for one in form.select("input, select")}
    browser.submit(preview.request.path, form="form[action$=confirm]")

    answer = browser.post(path, data=data, status=200)

    assert answer.request.path == preview.request.path
    assert len(stored_rows(session)) == 1


def test_two_who_settle_the_columns_do_not_overwrite_each_other(client_as, county, session):
    first, second = client_as(county.officer()), client_as(county.officer())
    page = sent(first, workbook(HEADER, *many(1)))
    form = second.get(page.request.path).soup.select_one(READ)
    data = {one["name"]: one.get("value", "") for one in form.select("input")}
    first.submit(page.request.path, form=READ)

    answer = second.post(page.request.path, data=data | {"column-0": "name"}, status=409)

    assert answer.soup.select_one(".error-summary")
