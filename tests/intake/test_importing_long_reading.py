"""Reading a long list by an errand, and forgetting a list."""

from datetime import timedelta

import sqlalchemy as sa

from tests.factories import errands
from tests.factories.columns_page import READ, stored_rows, the_batch
from tests.factories.lists import HEADER, many, read_in, sent, workbook
from training_oversight import clock
from training_oversight.audit import Event
from training_oversight.intake import reading
from training_oversight.intake.workflow import ImportState


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
    assert verbs == ["import.uploaded", "import.settled", "import.read"]


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
        kept.append(len(rows))
        return keep(session, batch_id, rows)

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
