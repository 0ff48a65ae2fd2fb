"""Old ledgers that contradict themselves, and what is said of each row."""

import io
from datetime import date

import openpyxl
import pypdfium2
import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.lists import workbook
from training_oversight.intake.checking import queries, rules
from training_oversight.intake.checking.columns import LEDGER
from training_oversight.intake.models import CheckKind, LedgerCheck
from training_oversight.law.identifiers import make_uscc
from training_oversight.registry.models import Institution
from training_oversight.spreadsheets import open_table
from training_oversight.texts import Language, rendered, speaking

K = CheckKind
TODAY = date(2026, 10, 15)
RIGHT = make_uscc("91990101MA0000001")
WRONG = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")
START = "/institutions/check"


def found(header, *rows):
    """(kind, row) of everything that is wrong; the header is row 1."""
    return [(one.kind, one.row) for one in looked(header, rows)]


def words(header, *rows):
    with speaking(Language.CHINESE):
        return [rendered(one.why) for one in looked(header, rows)]


def looked(header, rows):
    table = open_table(workbook(header, *rows), "台账.xlsx", LEDGER.known)
    fields = [LEDGER.fields.get(name) for name in table.header]
    places = {field: place for place, field in enumerate(fields) if field}
    return rules.findings(table.rows(), places, today=TODAY)


@pytest.mark.parametrize(
    ("header", "row", "kinds"),
    [
        (["机构名称", "信用代码"], ["甲画室", RIGHT], []),
        (["机构名称", "信用代码"], ["甲画室", "办理中"], []),
        (["机构名称", "信用代码"], ["甲画室", WRONG], [K.BAD_CODE]),
        (["机构名称", "信用代码"], ["甲画室", 915101000000000000], [K.BAD_CODE]),
        (["机构名称", "许可证号"], ["甲画室", "教民199010170000001号"], []),
        (["机构名称", "许可证号"], ["甲画室", "12345"], [K.BAD_CODE]),
        (["机构名称", "有效期至"], ["甲画室", "2026-10-15"], []),
        (["机构名称", "有效期至"], ["甲画室", "2026.10.14"], [K.EXPIRED]),
        (["机构名称", "有效期至"], ["甲画室", "长期"], []),
        # One that is gone need not renew.
        (
            ["机构名称", "有效期至", "状态", "关停日期"],
            ["甲画室", "2020-1-1", "已注销", "2021年3月5日"],
            [],
        ),
        (["机构名称", "状态", "关停日期"], ["甲画室", "已关停", ""], [K.NO_CLOSING_DAY]),
        (["机构名称", "状态"], ["甲画室", "已停办"], [K.NO_CLOSING_DAY]),
        (["机构名称", "状态"], ["甲画室", "未关停"], []),
        (["机构名称", "状态"], ["甲画室", "正常"], []),
        (
            ["机构名称", "问题", "整改情况", "销号日期"],
            ["甲画室", "无证", "已销号", ""],
            [K.NO_CLOSING_DAY],
        ),
        (["机构名称", "问题", "台账状态"], ["甲画室", "无证", "已销号"], [K.NO_CLOSING_DAY]),
        (["机构名称", "问题", "整改情况"], ["甲画室", "无证", "未整改到位"], []),
        (
            ["机构名称", "发文日期", "整改时限"],
            ["甲画室", "2026-5-1", "2026-4-30"],
            [K.DEADLINE_FIRST],
        ),
        (["机构名称", "发文日期", "整改时限"], ["甲画室", "2026-5-1", "2026-5-1"], []),
        (["机构名称", "有效期至"], ["甲画室", "明年"], [K.UNREADABLE]),
        (["机构名称", "地址"], ["", "某街1号"], [K.NO_NAME]),
    ],
)
def test_what_is_wrong_with_a_row(header, row, kinds):
    assert [kind for kind, _ in found(header, row)] == kinds


def test_a_row_twice_in_a_list_of_institutions():
    header = ["机构名称", "乡镇街道", "信用代码"]

    seen = found(
        header,
        ["启明星（城东）培训中心", "文澜街道", ""],
        ["启明星(城东)培训中心", "文澜街道", ""],
        ["启明星(城东)培训中心", "南塘街道", ""],
        ["晨曦画室", "南塘街道", RIGHT],
        ["晨曦美术", "南塘街道", RIGHT.lower()],
    )

    assert seen == [(K.DUPLICATE, 3), (K.DUPLICATE, 6)]


def test_a_ledger_of_problems_may_name_an_institution_often():
    header = ["机构名称", "存在问题"]

    seen = found(header, ["甲画室", "无证"], ["甲画室", "超范围"], ["甲画室", "无 证"])

    assert seen == [(K.DUPLICATE, 4)]


def test_the_sentences_say_what_to_compare():
    header = ["机构名称", "发文日期", "整改时限"]

    assert words(header, ["甲画室", "2026-5-1", "2026-4-30"]) == [
        "整改期限是2026年4月30日，发文却是2026年5月1日。"
    ]


def test_what_is_no_table_is_refused(inspector, session):
    page = inspector.submit(START, status=422, list=(io.BytesIO(b"\x00\x01"), "台账.xlsx"))

    assert page.soup.select_one(".error-summary")
    assert session.scalar(sa.select(sa.func.count()).select_from(LedgerCheck)) == 0


def test_the_list_of_checks_does_not_read_their_findings(checked, session, county):
    session.expunge_all()

    ((check, findings),) = queries.latest(session, county.officer().scope)

    assert findings == 2
    assert "findings" in sa.inspect(check).unloaded


def test_the_page_lists_what_was_looked_through_before(checked, session, inspector):
    session.expunge_all()

    row = inspector.get(START).soup.select_one("tbody tr")

    assert [cell.text.strip() for cell in row.select("td")][:2] == ["旧台账.xlsx", "2"]


@pytest.fixture
def checked(inspector):
    header = ["机构名称", "信用代码", "有效期至"]
    rows = [["甲画室", WRONG, "2020-1-1"], ["乙舞蹈", RIGHT, "2030-1-1"]]
    return inspector.submit(START, list=(io.BytesIO(workbook(header, *rows)), "旧台账.xlsx"))


def test_the_page_shows_every_finding_and_imports_nothing(checked, session):
    assert [int(tab.text) for tab in checked.soup.select(".tabs .count")] == [
        2,
        0,
        0,
        1,
        1,
        0,
        0,
        0,
    ]
    assert "甲画室" in checked.soup.select_one("tbody").text
    assert "乙舞蹈" not in checked.soup.select_one("tbody").text
    assert session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 0


def test_the_tabs_show_one_kind(checked, inspector):
    page = inspector.get(f"{checked.request.path}?kind={K.EXPIRED.value}")

    assert len(page.soup.select("tbody tr")) == 1
    assert "到期" in page.soup.select_one("tbody").text


def test_the_paper_to_sign_says_what_the_page_says(checked, inspector):
    answer = inspector.get(f"{checked.request.path}/paper.pdf")

    document = pypdfium2.PdfDocument(answer.data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for words in ("旧台账体检表", "旧台账.xlsx", "共2行", "其中1行有问题", "甲画室", "签字"):
        assert words in text.replace("\r\n", "")


def test_the_findings_as_a_file(checked, inspector):
    answer = inspector.get(f"{checked.request.path}/findings.xlsx")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert len(rows) == 3
    assert {row[1] for row in rows[1:]} == {"甲画室"}


def test_another_county_sees_nothing_of_it(checked, session, client_as):
    stranger = client_as(County(session, code="990202", name="临江县").officer())

    for page in ("", "/paper.pdf", "/findings.xlsx"):
        stranger.get(f"{checked.request.path}{page}", status=404)
