"""The page of the possible duplicates, and saying there what a row is."""

import sqlalchemy as sa

from tests.factories.lists import read_in, workbook
from training_oversight.intake.models import ImportRow

DUPLICATES = "outcome=possible_duplicate"


HEADER = ["机构名称", "乡镇街道", "联系电话", "地址"]


CONFIRM = "form[action$=confirm]"


LIKE = ["晨曦艺术培训学校", "文澜街道", "13900002046", "澄江县东街1号"]


def row_of(session, number=2):
    return session.scalars(
        sa.select(ImportRow).filter_by(number=number).execution_options(populate_existing=True)
    ).one()


def told(browser, *rows):
    """The page of the possible duplicates of a list with these rows."""
    preview = read_in(browser, workbook(HEADER, *rows))
    return browser.get(f"{preview.request.path}?{DUPLICATES}")


def say(browser, page, row, words, status=200):
    """Press the button with these words beside a row."""
    form = next(
        form
        for form in page.soup.select(f"#row-{row.id} form")
        if form.button.text.strip() == words
    )
    data = {field["name"]: field["value"] for field in form.select("input")}
    return browser.post(form["action"], data=data, status=status)
