"""Five messy spreadsheets from the upload to the register, as an officer would take them."""

import io
from datetime import date

import openpyxl
import pytest
import sqlalchemy as sa

from tests.factories import registry, worst_lists
from tests.factories.lists import read_in, sent
from training_oversight.intake import comparing, presenting
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry import cells
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import open_table

CONFIRM = "form[action$=confirm]"
DUPLICATES = "outcome=possible_duplicate"


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer())


def rows(session):
    return session.scalars(
        sa.select(ImportRow).order_by(ImportRow.number).execution_options(populate_existing=True)
    ).all()


def outcomes(session):
    return {row.number: row.outcome.value for row in rows(session)}


def tally(page):
    """The table that says where every row of the sheet has gone."""
    return {
        row.th.text.strip(): int(row.td.text.strip()) for row in page.soup.select(".split-rows tr")
    }


def file_of(page, browser):
    """The returned rows as somebody opens them."""
    answer = browser.get(f"{page.request.path}/rejected.xlsx")
    return openpyxl.load_workbook(io.BytesIO(answer.data)).active


def test_the_ledger_of_the_bureau(browser, county, session):
    preview = read_in(browser, worst_lists.bureau_ledger(), sender="县教育局")

    assert outcomes(session) == {5: "new", 6: "rejected", 7: "new", 8: "rejected", 9: "new"}
    assert tally(preview) == {
        "新增": 3, "变更": 0, "未变": 0, "疑似重复": 0, "退回": 2, "不导入": 0,
        "未读取：合计、说明、隐藏的行": 2, "没有去向": 0, "表头以下的行": 7,
    }  # fmt: skip
    reasons = browser.get(f"{preview.request.path}?outcome=rejected").text
    assert "Excel" in reasons
    assert "新批原因" in reasons
    browser.submit(preview.request.path, form=CONFIRM)
    found = {one.name: one for one in session.scalars(sa.select(Institution))}
    assert set(found) == {"晨曦画室", "明德书院", "北门琴行"}
    assert found["晨曦画室"].responsible_person == "王明"
    assert found["晨曦画室"].phone == "13900002046"
    assert found["明德书院"].uscc is None
    assert found["北门琴行"].phone == "13900002047"
    assert found["北门琴行"].division.name == "文澜街道"


def test_what_was_returned_is_corrected_and_imported_again(browser, county, session):
    preview = read_in(browser, worst_lists.bureau_ledger(), sender="县教育局")
    browser.submit(preview.request.path, form=CONFIRM)

    sheet = file_of(preview, browser)
    header = [cell.value for cell in sheet[1]]
    # The sender's own words, and in front why.
    assert header[:4] == ["退回原因", "序号", "机构名称", "所属街道"]
    assert "证照信用代码" in header
    assert [sheet.cell(row, 3).value for row in (2, 3)] == ["云帆球类培训中心", "ＡＢＣ英语"]
    assert sheet.cell(3, header.index("证照许可证号") + 1).value == "教民299010170000123号"
    sheet.cell(2, header.index("证照信用代码") + 1).value = "办理中"
    sheet.cell(1, len(header) + 1).value = "新批原因"
    sheet.cell(3, len(header) + 1).value = "省厅批复保留"
    page = sent(browser, worst_lists.saved(sheet.parent), "改好.xlsx", sender="县教育局")
    assert "同上次" in page.soup.select_one(".columns-of-list").text
    again = browser.submit(page.request.path, form="form[novalidate]")
    browser.submit(again.request.path, form=CONFIRM)

    names = session.scalars(sa.select(Institution.name).order_by(Institution.id)).all()
    assert names[3:] == ["云帆球类培训中心", "ABC英语"]
    abc = session.scalars(sa.select(Institution).filter_by(name="ABC英语")).one()
    assert abc.licences[0].exception_reason == "省厅批复保留"


def test_days_and_long_codes_come_back_as_they_were(browser, county, session):
    book = openpyxl.Workbook()
    book.active.append(["机构名称", "有效期至", "信用代码", "学员人数"])
    book.active.append(["", date(2027, 3, 5), "91990101MA0000001Y", 120])
    book.active.append(["合计培训", "明年", "123456789012345678", ""])

    preview = read_in(browser, worst_lists.saved(book))
    sheet = file_of(preview, browser)

    assert sheet["C2"].value.date() == date(2027, 3, 5)
    assert [sheet.cell(2, 4).value, sheet.cell(2, 5).value] == ["91990101MA0000001Y", "120"]
    assert [cell.value for cell in sheet[3]][1:4] == ["合计培训", "明年", "123456789012345678"]


def test_the_text_table_of_a_township(browser, county, session):
    preview = read_in(browser, worst_lists.township_text(), "摸底.csv", sender="南塘街道")

    assert outcomes(session) == {3: "new", 4: "new", 6: "unchanged"}
    assert tally(preview)["没有去向"] == 0
    # In red only where something is missing.
    assert not preview.soup.select(".split-missing")
    browser.submit(preview.request.path, form=CONFIRM)
    found = {one.name: one for one in session.scalars(sa.select(Institution))}
    assert found["南塘棋院"].main_venue.address == "澄江县南塘路1号"
    assert found["南塘棋院"].phone == "13900003001"
    assert found["向日葵托管"].phone == "13900003002、0990-7654321"
    assert found["南塘棋院"].legal_representative == "吴秀兰"


def test_a_table_without_a_header_that_anybody_knows(browser, county, session):
    page = sent(browser, worst_lists.headings_nobody_knows())
    link = next(a["href"] for a in page.soup.select(".sheet a") if "header=1" in a["href"])
    preview = browser.submit(link, form="form[novalidate]")
    browser.submit(preview.request.path, form=CONFIRM)

    found = session.scalars(sa.select(Institution).order_by(Institution.id)).all()
    assert [one.name for one in found] == [f"晨星{number}号培训中心" for number in range(4, 9)]
    assert all(one.uscc.isupper() for one in found)
    assert {one.phone for one in found} == {f"1390000{number:04}" for number in range(4, 9)}


def test_a_list_of_what_is_on_the_register_already(browser, county, session):
    towns = [town.name for town in county.townships]
    places = [
        registry.institution(
            county, name=f"{name}培训中心", phone=f"1390000{n:04}", address=f"{n}号"
        )
        for n, name in enumerate(["晨曦", "云帆", "明德"], start=1)
    ]
    told = [
        ("晨曦", towns[1], "", ""),
        ("云帆", towns[0], "1390000 0002", ""),
        ("北门", towns[2], "", "3号"),
        ("南塘", towns[1], "", "南塘路9号"),
    ]

    preview = read_in(browser, worst_lists.almost_the_same(told))

    assert outcomes(session) == {
        2: "possible_duplicate", 3: "possible_duplicate", 4: "possible_duplicate", 5: "new",
    }  # fmt: skip
    candidates = [[one["id"] for one in row.candidates] for row in rows(session)]
    assert candidates == [[places[0].id], [places[1].id], [places[2].id], []]
    page = browser.get(f"{preview.request.path}?{DUPLICATES}")
    browser.submit(page.request.url, form="#all-different")
    browser.submit(preview.request.path, form=CONFIRM)
    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 7


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (worst_lists.bureau_ledger(), "台账.xlsx"),
        (worst_lists.township_text(), "摸底.csv"),
        (worst_lists.a_row_taken_for_a_note(), "备注.xlsx"),
    ],
    ids=["ledger", "township", "notes"],
)
def test_no_row_is_ever_dropped(browser, county, session, content, filename):
    read_in(browser, content, filename)

    batch = session.scalars(sa.select(ImportBatch)).one()
    table = open_table(content, filename, ["机构名称", "机构"], sheet=batch.sheet or None,
                       header_row=batch.header_row)  # fmt: skip
    filled = {
        number
        for number, cells in enumerate(table._grid.lines(), start=1)
        if number > table.header_end and any(cells)
    }
    accounted = {row.number for row in rows(session)} | {number for number, _ in batch.left_out}
    assert accounted == filled
    assert batch.row_count + len(batch.left_out) == len(filled)


FILTERED = [
    ["晨曦　画室", "文澜街道", "139 0000 2046", ""],
    ["云帆画室", "南塘街道", "问门卫", ""],
    ["明德画室", "南塘街道", "13900002047", "9199"],
    ["合计画室", "白河镇", "13900002048", ""],
]


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("outcome=all", ["晨曦画室", "云帆画室", "明德画室", "合计画室"]),
        ("outcome=all&q=云", ["云帆画室"]),
        ("outcome=all&warnings=1", ["云帆画室"]),
        ("outcome=rejected&reason=uscc", ["明德画室"]),
        ("outcome=rejected&reason=division_id", ["合计画室"]),
        ("outcome=all&cleaned=phone.spaces", ["晨曦画室"]),
        ("outcome=new&town={town}", ["云帆画室"]),
        ("outcome=all&town={town}", ["云帆画室", "明德画室"]),
        ("outcome=all&q=%25", []),
        ("outcome=all&town=999999", []),
    ],
)
def test_the_preview_is_filtered(browser, county, wish, names):
    header = ["机构名称", "乡镇街道", "电话", "信用代码"]
    preview = read_in(browser, _book(header, *FILTERED))

    page = browser.get(f"{preview.request.path}?{wish.format(town=county.townships[1].id)}")

    found = [cell.select_one(".first").text.strip() for cell in page.soup.select("td.s-title")]
    assert found == names


def test_every_figure_of_what_was_cleaned_opens_its_rows(browser, county):
    preview = read_in(browser, _book(["机构名称", "乡镇街道", "电话", "信用代码"], *FILTERED))

    links = [a for a in preview.soup.select(".side-rows a") if "cleaned=" in a["href"]]

    assert links
    for link in links:
        page = browser.get(link["href"])
        assert len(page.soup.select("td.s-title")) == int(link.text)


def test_a_cleaned_cell_is_shown_as_written_and_as_understood(browser, county):
    preview = read_in(browser, _book(["机构名称", "电话"], ["晨　曦画室", "139 0000 2046"]))

    shown = [" ".join(one.text.split()) for one in preview.soup.select(".cleaned")]

    assert shown == [
        "机构名称：晨 曦画室 → 晨曦画室 去掉空格",
        "联系电话：139 0000 2046 → 13900002046 去掉空格",
    ]


def test_telephones_are_hidden_from_who_may_not_see_them(browser, county, session):
    registry.institution(county, name="晨曦培训中心", phone="13900002046", landlord="吴秀兰")
    header = ["机构名称", "电话", "房东"]
    lines = [["晨曦画室", "139 0000 2046", "吴 秀兰"], ["云帆", "1390000204７", "许 芸"]]
    read_in(browser, _book(header, *lines))
    found = rows(session)
    words = cells.words_for(session, county.authority, today=county.today)

    sayer = presenting.Sayer(words, protected=False)
    beside = comparing.comparisons(session, found[:1], sayer, scope=county.system.scope)

    shown = repr([*(sayer.line(row) for row in found), *beside])
    assert "***" in shown
    assert not [secret for secret in ("2046", "204７", "秀兰", "许 芸") if secret in shown]


def _book(header, *lines):
    book = openpyxl.Workbook()
    for line in (header, *lines):
        book.active.append(line)
    return worst_lists.saved(book)


def test_rows_that_were_left_out_by_a_person_stay_accounted_for(browser, county, session):
    registry.institution(county, name="晨曦培训中心", phone="13900002046")
    preview = read_in(browser, _book(["机构名称", "电话"], ["晨曦画室", "13900002046"]))
    page = browser.get(f"{preview.request.path}?{DUPLICATES}")
    form = next(one for one in page.soup.select(".beside-others form") if "不导入" in one.text)
    browser.post(form["action"], data={i["name"]: i["value"] for i in form.select("input")})

    after = browser.get(preview.request.path)

    assert rows(session)[0].outcome is RowOutcome.SKIPPED
    assert tally(after)["不导入"] == 1
    assert tally(after)["没有去向"] == 0
