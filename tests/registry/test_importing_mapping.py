"""Which sheet is read, which row names the columns, what each column is; remembered per sender."""

from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from tests.factories import errands, worst_lists
from tests.factories.county import County
from tests.factories.lists import HEADER, many, read_in, sent, table, uscc, workbook
from tests.factories.worst_lists import saved
from tests.spreadsheets.old_workbooks import compound
from training_oversight import clock
from training_oversight.audit import Event
from training_oversight.registry.importing import reading
from training_oversight.registry.models import ImportBatch, ImportMapping, ImportRow, ImportState

READ = "form[novalidate]"


def taken_for(page):
    """Header as written -> what it is read as, how it was recognised."""
    found = {}
    for row in page.soup.select(".columns-of-list tbody tr"):
        chosen = row.select_one("option[selected]")
        cells = row.select("td")
        found[cells[1].text.strip()] = (chosen["value"], cells[4].text.strip())
    return found


def the_batch(session):
    return session.scalars(sa.select(ImportBatch).execution_options(populate_existing=True)).one()


def stored_rows(session):
    return session.scalars(sa.select(ImportRow).order_by(ImportRow.number)).all()


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


def test_a_correction_is_read_and_remembered_for_the_sender(client_as, county, session):
    browser = client_as(county.officer())
    content = workbook(["名头", "别名", "乙"], ["晨曦画室", "云帆球馆", "随便"])
    choice = {"column-0": "note", "column-1": "name", "column-2": ""}

    read_in(browser, content, sender="南塘街道", **choice)
    page = sent(browser, content, sender="南塘街道")
    other = sent(browser, content, sender="文澜街道")

    assert [row.values["name"] for row in stored_rows(session)] == ["云帆球馆"]
    assert taken_for(page)["别名"] == ("name", "同上次")
    assert taken_for(page)["名头"] == ("note", "同上次")
    assert taken_for(page)["乙"] == ("", "没有认出，不读取")
    assert "2列按“南塘街道”上次" in page.soup.select_one(".notice").text
    assert taken_for(other)["别名"][0] == "aliases"
    assert "南塘街道" in browser.get("/institutions/import").soup.select_one("datalist").decode()


def test_a_column_that_somebody_did_not_want_is_not_read_the_next_time(client_as, county):
    browser = client_as(county.officer())
    content = workbook(["机构名称", "备注"], ["晨曦画室", "待查"])

    read_in(browser, content, sender="南塘街道", **{"column-1": ""})
    page = sent(browser, content, sender="南塘街道")

    assert taken_for(page)["备注"] == ("", "同上次")


def test_that_one_of_two_columns_was_not_read_is_no_habit(client_as, county):
    browser = client_as(county.officer())
    both = workbook(
        ["名称", "办学地址", "经营地址"], ["晨曦画室", "澄江县东街1号", "澄江县西街2号"]
    )
    read_in(browser, both, sender="南塘街道")

    one = sent(browser, workbook(["名称", "经营地址"], ["晨曦画室", "西街"]), sender="南塘街道")

    assert taken_for(one)["经营地址"] == ("address", "列名")


def test_what_one_county_remembers_another_does_not(client_as, county, session):
    other = County(session, code="990202", name="临川县")
    content = workbook(["名称", "别名"], ["晨曦画室", "云帆"])
    read_in(client_as(county.officer()), content, sender="街道", **{"column-1": "note"})

    page = sent(client_as(other.officer()), content, sender="街道")

    assert taken_for(page)["别名"] == ("aliases", "列名")
    assert session.scalar(sa.select(sa.func.count()).select_from(ImportMapping)) == 1


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


def test_a_long_list_is_read_by_an_errand(app, client_as, county, session, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    monkeypatch.setattr(reading, "PART", 4)
    browser = client_as(county.officer())
    rows = [*many(11, bad=1), ["合计", "", "", "", "", ""], many(11)[10]]

    waiting = read_in(browser, workbook(HEADER, *rows))
    state = the_batch(session).state
    errands.run_all(app)
    preview = browser.get(waiting.request.path)

    batch = the_batch(session)
    assert state is ImportState.READING
    assert not waiting.soup.select("form[action$=confirm]")
    assert batch.state is ImportState.PREVIEWED
    assert (batch.row_count, len(batch.left_out)) == (12, 1)
    assert [row.number for row in stored_rows(session)] == [*range(2, 13), 14]
    assert "新增 10" in " ".join(preview.soup.select_one(".tabs").text.split())
    assert "未变 1" in " ".join(preview.soup.select_one(".tabs").text.split())
    verbs = session.scalars(
        sa.select(Event.verb).where(Event.subject_kind == "import_batch").order_by(Event.sequence)
    ).all()
    assert verbs == ["import.uploaded", "import.read"]


def test_reading_that_was_broken_off_ends_the_same_when_it_is_begun_again(
    app, client_as, county, session, monkeypatch, at
):
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    monkeypatch.setattr(reading, "PART", 4)
    keep, kept = reading.keep, []

    def broken_off(session, batch_id, rows):
        if len(kept) == 2:
            kept.append(None)
            raise RuntimeError("the process ends here")
        keep(session, batch_id, rows)
        kept.append(len(rows))

    monkeypatch.setattr(reading, "keep", broken_off)
    browser = client_as(county.officer())
    waiting = read_in(browser, workbook(HEADER, *many(13)))

    errands.run_all(app)
    between = len(stored_rows(session))
    at(clock.now() + timedelta(minutes=1))
    errands.run_all(app)

    assert between == 8
    assert [row.number for row in stored_rows(session)] == list(range(2, 15))
    preview = browser.get(waiting.request.path)
    assert "新增 13" in " ".join(preview.soup.select_one(".tabs").text.split())


def test_a_list_whose_reading_was_stopped_can_be_read_again_or_discarded(
    app, client_as, county, session, monkeypatch
):
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    browser = client_as(county.officer())
    waiting = read_in(browser, workbook(HEADER, *many(11)))
    browser.submit(f"/errands/{the_batch(session).errand_id}", form="form[action$=stop]")

    stuck = browser.get(waiting.request.path)
    monkeypatch.setattr(reading, "AT_ONCE", 100)
    preview = browser.submit(f"{waiting.request.path}/columns", form=READ)

    assert "没有读完" in stuck.text
    assert "新增 11" in " ".join(preview.soup.select_one(".tabs").text.split())


def test_a_discarded_file_is_kept_no_more(client_as, county, session):
    browser = client_as(county.officer())
    page = sent(browser, workbook(HEADER, *many(2)))

    browser.submit(page.request.path, form="form[action$=discard]")

    batch = the_batch(session)
    assert batch.state is ImportState.DISCARDED
    assert batch.file_sha256 is None
    answer = browser.get(page.request.path, follow_redirects=True)
    assert answer.request.path.endswith(str(batch.id))


def test_the_same_file_of_another_list_stays_when_one_is_discarded(client_as, county, session):
    browser = client_as(county.officer())
    content = workbook(HEADER, *many(2))
    first, second = sent(browser, content), sent(browser, content)

    browser.submit(first.request.path, form="form[action$=discard]")

    assert "明德培训中心第1分部" in browser.get(second.request.path).text


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
