"""A list whose errand is killed after its last row, before it could say that it is done."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import errands
from tests.factories.columns_page import the_batch
from tests.factories.lists import HEADER, imported, many, previewed, read_in, workbook
from training_oversight import clock
from training_oversight.errands import running as errands_running
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import ErrandState
from training_oversight.intake import long_work, reading
from training_oversight.intake.workflow import ImportState

ROWS = 11


@pytest.fixture(autouse=True)
def short_lists_are_long(monkeypatch):
    monkeypatch.setattr(long_work, "AT_ONCE", 5)
    monkeypatch.setattr(reading, "AT_ONCE", 5)


@pytest.fixture
def killed_at_the_end(app, at, monkeypatch):
    """Carry out what waits, but for its last word; then again, as the next process does."""

    def run():
        with monkeypatch.context() as dying:
            dying.setattr(errands_running._Turn, "_finish", killed)
            errands.run_all(app)
        at(clock.now() + timedelta(minutes=5))
        errands.run_all(app)

    def killed(*_):
        raise RuntimeError("the process ends here")

    return run


def told(session):
    errand = session.scalars(sa.select(Errand).order_by(Errand.id.desc())).first()
    session.refresh(errand)
    return errand.state, str(errand.attempts), errand


def address(batch):
    return f"/institutions/import/{batch.id}"


def test_what_was_read_is_told_as_read(client_as, county, session, killed_at_the_end):
    browser = client_as(county.officer())
    read_in(browser, workbook(HEADER, *many(ROWS)))

    killed_at_the_end()

    state, attempts, errand = told(session)
    page = browser.get(f"/errands/{errand.id}")
    assert (state, attempts) == (ErrandState.DONE, "2")
    assert f"{ROWS}行" in page.text
    assert the_batch(session).state is ImportState.PREVIEWED


def test_what_was_written_is_told_as_written(inspector, county, session, killed_at_the_end):
    batch = previewed(session, county, workbook(HEADER, *many(ROWS)))
    inspector.submit(address(batch), form="form#confirm")

    killed_at_the_end()

    state, attempts, errand = told(session)
    page = inspector.get(f"/errands/{errand.id}")
    assert (state, attempts) == (ErrandState.DONE, "2")
    assert f"新增{ROWS}家" in page.text


def test_what_was_taken_back_is_told_as_taken_back(inspector, county, session, killed_at_the_end):
    _, batch = imported(session, county, workbook(HEADER, *many(ROWS)))
    inspector.submit(f"{address(batch)}/undo", form="main form[method=post]")

    killed_at_the_end()

    state, attempts, errand = told(session)
    page = inspector.get(f"/errands/{errand.id}")
    assert (state, attempts) == (ErrandState.DONE, "2")
    assert f"撤下{ROWS}家" in page.text
