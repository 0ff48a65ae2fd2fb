"""Lists that cannot be read, or only in part, through the page that takes them."""

import pytest

from tests.factories import errands
from tests.factories.lists import HEADER, many, read_in, sent, workbook
from tests.factories.uploads import photo
from tests.journeys.answers import readable, refusal, rows
from training_oversight.registry.models import ImportBatch, Institution


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"", "台账.xlsx", "文件是空的"),
        (workbook(HEADER, *many(30))[:900], "台账.xlsx", "损坏或不完整"),
        (photo(), "台账.xlsx", "这个文件是图片"),
        (workbook(HEADER), "台账.xlsx", "只有表头"),
    ],
    ids=["empty", "truncated", "a photo renamed", "no rows"],
)
def test_a_spreadsheet_that_cannot_be_read(client_as, county, session, content, filename, words):
    browser = client_as(county.officer())

    page = sent(browser, content, filename, status=422)

    assert words in refusal(page)
    assert (rows(session, ImportBatch), rows(session, Institution)) == (0, 0)


def test_unknown_columns_are_named_and_the_rest_is_read(client_as, county, session):
    browser = client_as(county.officer())
    header = [*HEADER, "星级", "备用电话"]

    page = read_in(browser, workbook(header, *[[*row, "五星", ""] for row in many(2)]))
    written = browser.submit(page.request.path, form="form[action$=confirm]")

    assert "星级" in readable(page.soup.select_one(".notice").text)
    assert "新增2家" in written.text
    assert rows(session, Institution) == 2


def test_five_thousand_rows_with_three_hundred_bad(app, client_as, county, session):
    browser = client_as(county.officer())
    listed = workbook(HEADER, *many(5000, bad=300))

    page = read_in(browser, listed)
    errands.run_all(app)
    preview = browser.get(page.request.path)
    browser.submit(page.request.path, form="form[action$=confirm]")
    errands.run_all(app)
    written = browser.get(page.request.path)
    back = browser.get(f"{page.request.path}/rejected.xlsx")
    again = read_in(browser, listed)
    errands.run_all(app)

    assert tabs(preview) == [4700, 0, 0, 0, 300, 0, 5000]
    assert "4,700" in written.text or "4700" in written.text
    assert rows(session, Institution) == 4700
    assert back.mimetype.endswith("spreadsheetml.sheet")
    assert tabs(browser.get(again.request.path)) == [0, 0, 4700, 0, 300, 0, 5000]


def tabs(page):
    return [int(tag.text.replace(",", "")) for tag in page.soup.select(".tabs .count")]
