"""Lists that cannot be read, or only in part, through the page that takes them."""

import io

import pytest

from tests.factories.lists import HEADER, many, table, workbook
from tests.factories.uploads import photo
from tests.journeys.answers import readable, refusal, rows
from training_oversight.registry.models import ImportBatch, Institution

IMPORT = "/institutions/import"


def send_list(browser, content, filename="台账.xlsx", status=200):
    answer = browser.submit(IMPORT, status, list=(io.BytesIO(content), filename))
    # The test client leaves the file open in which it keeps a large request.
    answer.request.environ["wsgi.input"].close()
    return answer


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"", "台账.xlsx", "文件是空的"),
        (workbook(HEADER, *many(30))[:900], "台账.xlsx", "损坏或不完整"),
        (photo(), "台账.xlsx", "内容却是图片"),
        (workbook(HEADER, *many(3)), "台账.csv", "改为.xlsx"),
        (table(["何物", "何处"], ["体育", "东街"]), "台账.csv", "机构名称"),
    ],
    ids=["empty", "truncated", "a photo renamed", "a workbook renamed", "no known column"],
)
def test_a_spreadsheet_that_cannot_be_read(client_as, county, session, content, filename, words):
    browser = client_as(county.officer())

    page = send_list(browser, content, filename, status=422)

    assert words in refusal(page)
    assert (rows(session, ImportBatch), rows(session, Institution)) == (0, 0)


def test_unknown_columns_are_named_and_the_rest_is_read(client_as, county, session):
    browser = client_as(county.officer())
    header = [*HEADER, "星级", "备用电话"]

    page = send_list(browser, workbook(header, *[[*row, "五星", ""] for row in many(2)]))
    written = browser.submit(page.request.path, form="form[action$=confirm]")

    assert "星级" in readable(page.soup.select_one(".notice").text)
    assert "新增2家" in written.text
    assert rows(session, Institution) == 2


def test_five_thousand_rows_with_three_hundred_bad(client_as, county, session):
    browser = client_as(county.officer())

    page = send_list(browser, workbook(HEADER, *many(5000, bad=300)))
    counts = [int(tag.text.replace(",", "")) for tag in page.soup.select(".tabs .count")]
    written = browser.submit(page.request.path, form="form[action$=confirm]")
    back = browser.get(f"{page.request.path}/rejected.xlsx")
    again = send_list(browser, workbook(HEADER, *many(5000, bad=300)))

    assert counts == [4700, 0, 0, 300]
    assert "4,700" in written.text or "4700" in written.text
    assert rows(session, Institution) == 4700
    assert back.mimetype.endswith("spreadsheetml.sheet")
    unchanged = [int(tag.text.replace(",", "")) for tag in again.soup.select(".tabs .count")]
    assert unchanged == [0, 0, 4700, 300]
