"""Which sheet is read, which rows name the columns, which rows count."""

import openpyxl
import pytest

from tests.factories import worst_lists
from tests.factories.columns_page import READ, stored_rows, taken_for, the_batch
from tests.factories.lists import HEADER, many, read_in, sent, table, workbook
from tests.factories.worst_lists import saved
from tests.spreadsheets.old_workbooks import compound


def test_a_list_without_a_known_header_is_read_as_somebody_says(client_as, county, session):
    browser = client_as(county.officer())

    page = sent(browser, worst_lists.headings_nobody_knows())
    assert "没有找到" in page.soup.select_one(".notice").text or page.soup.select(".notice")
    link = next(a["href"] for a in page.soup.select(".sheet a") if "header=1" in a["href"])
    chosen = browser.get(link)
    preview = browser.submit(link, form=READ)

    assert [field for field, _ in taken_for(chosen).values()] == [
        "uscc", "name", "division_id", "phone",
    ]  # fmt: skip
    assert len(stored_rows(session)) == 5
    assert the_batch(session).header_row == 1
    assert "晨星4号培训中心" in preview.text


def test_one_of_several_sheets_is_read_and_another_can_be_chosen(client_as, county, session):
    browser = client_as(county.officer())

    page = sent(browser, worst_lists.bureau_ledger())
    assert "2026年台账" in page.soup.select_one("table.plain b").text
    link = next(a["href"] for a in page.soup.select("main table.plain a") if "sheet=" in a["href"]
                and "已注销" in a.text)  # fmt: skip
    browser.submit(link, form=READ)

    batch = the_batch(session)
    assert (batch.sheet, batch.header_row) == ("已注销", 1)
    assert [row.values["name"] for row in stored_rows(session)] == ["旧时光画室"]


def test_the_header_can_be_another_row(client_as, county, session):
    browser = client_as(county.officer())
    content = workbook(
        ["机构名称", "类别", "地址"],
        ["单位名称", "培训类别", "办学地址"],
        ["晨曦画室", "体育", "东街"],
    )
    page = sent(browser, content)
    assert page.soup.select_one(".sheet-header th").text == "1"

    browser.submit(f"{page.request.path}?header=2", form=READ)

    assert [row.number for row in stored_rows(session)] == [3]


@pytest.mark.parametrize("header", ["0", "99", "-1", "abc", "9" * 12])
def test_a_header_that_cannot_be_is_a_sentence_or_ignored(client_as, county, header):
    browser = client_as(county.officer())
    page = sent(browser, workbook(HEADER, *many(2)))

    answer = browser.get(f"{page.request.path}?header={header}")

    assert answer.soup.select(".sheet")


def test_a_row_wrongly_left_out_can_be_taken_in(client_as, county, session):
    browser = client_as(county.officer())

    page = sent(browser, worst_lists.a_row_taken_for_a_note())
    left_out = [row.td.text.strip() for row in page.soup.select("#left-out tbody tr")]
    preview = browser.submit(page.request.path, form=READ, taken="3")

    batch = the_batch(session)
    assert left_out == ["第3行", "第4行"]
    assert "城东画室" in page.soup.select_one("#left-out").text
    assert [row.values["name"] for row in stored_rows(session)] == ["南塘琴行", "城东画室"]
    assert (batch.row_count, [number for number, _ in batch.left_out]) == (2, [4])
    again = browser.get(f"{preview.request.path}/columns")
    assert [box["value"] for box in again.soup.select("[name=taken][checked]")] == ["3"]


def test_a_protected_file_is_a_clear_sentence(client_as, county):
    locked = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})

    answer = sent(client_as(county.officer()), locked, "台账.xlsx", 422)

    assert "密码" in answer.soup.select_one(".error-summary").text


def test_a_name_of_a_sheet_that_is_not_there_reads_the_usual_one(client_as, county):
    browser = client_as(county.officer())
    page = sent(browser, workbook(HEADER, *many(2)))

    answer = browser.get(f"{page.request.path}?sheet=没有")

    assert "明德培训中心第1分部" in answer.text


def test_a_text_table_is_read_like_a_workbook(client_as, county, session):
    preview = read_in(client_as(county.officer()), table(HEADER, *many(2)), "台账.csv")

    assert "新增 2" in " ".join(preview.soup.select_one(".tabs").text.split())


def test_an_empty_sheet_beside_the_list_does_no_harm(client_as, county):
    book = openpyxl.Workbook()
    book.create_sheet("台账").append(HEADER)
    book["台账"].append(many(1)[0])

    page = sent(client_as(county.officer()), saved(book))

    assert taken_for(page)["机构名称"] == ("name", "列名")


def test_a_header_in_two_rows_is_called_by_both(client_as, county):
    book = openpyxl.Workbook()
    for line in (["序号", "机构名称", "证照", None], [None, None, "许可证号", "有效期"]):
        book.active.append(line)
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        book.active.merge_cells(cells)
    book.active.append([1, "晨曦画室", "299010170000123", "2021.3.5-2027.3.4"])

    page = sent(client_as(county.officer()), saved(book))

    assert "第1行至第2行是列名" in page.text
