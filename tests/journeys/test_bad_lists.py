"""Lists that cannot be read, or only in part, through the page that takes them."""

import pytest

from tests.factories import errands
from tests.factories.lists import HEADER, many, read_in, sent, workbook
from tests.factories.uploads import photo
from tests.journeys.answers import readable, refusal, rows
from training_oversight.intake import confirming, long_work, reading
from training_oversight.intake.models import ImportBatch
from training_oversight.registry.models import Institution


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


@pytest.fixture
def long_from_a_hundred(monkeypatch):
    """What is an errand on the page, and the parts that it is done in, with few rows."""
    for module, many_rows in ((reading, 100), (long_work, 100), (confirming, 50)):
        monkeypatch.setattr(module, "AT_ONCE", many_rows)
    monkeypatch.setattr(reading, "PART", 60)


@pytest.mark.usefixtures("long_from_a_hundred")
def test_a_long_list_with_bad_rows(app, client_as, county, session):
    browser = client_as(county.officer())
    listed = workbook(HEADER, *many(250, bad=15))

    page = read_in(browser, listed)
    errands.run_all(app)
    preview = browser.get(page.request.path)
    browser.submit(page.request.path, form="form[action$=confirm]")
    errands.run_all(app)
    written = browser.get(page.request.path)
    back = browser.get(f"{page.request.path}/rejected.xlsx")
    again = read_in(browser, listed)
    errands.run_all(app)

    assert tabs(preview) == [235, 0, 0, 0, 15, 0, 250]
    assert "235" in written.text
    assert rows(session, Institution) == 235
    assert back.mimetype.endswith("spreadsheetml.sheet")
    assert tabs(browser.get(again.request.path)) == [0, 0, 235, 0, 15, 0, 250]


def tabs(page):
    return [int(tag.text.replace(",", "")) for tag in page.soup.select(".tabs .count")]
