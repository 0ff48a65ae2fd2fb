"""Counts that stand on every page are kept until history grows, and for ten seconds at most."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import ledger
from training_oversight import clock, database
from training_oversight.audit import answers


@pytest.fixture
def asked():
    times = []

    def ask():
        times.append(1)
        return len(times)

    return ask


def test_a_question_is_asked_once_while_nothing_happens(session, asked):
    assert answers.kept(session, "how many", asked) == 1
    assert answers.kept(session, "how many", asked) == 1


def test_another_question_gets_its_own_answer(session, asked):
    assert answers.kept(session, ("how many", 1), asked) == 1
    assert answers.kept(session, ("how many", 2), asked) == 2


def test_the_next_event_is_the_end_of_every_answer(session, county, asked):
    answers.kept(session, "how many", asked)

    ledger.item(county)

    assert answers.kept(session, "how many", asked) == 2


def test_no_answer_is_older_than_ten_seconds(session, asked, monkeypatch):
    since = clock.elapsed()
    answers.kept(session, "how many", asked)

    monkeypatch.setattr(clock, "elapsed", lambda: since + answers.KEPT_FOR + 1)

    assert answers.kept(session, "how many", asked) == 2


def test_a_step_that_is_not_finished_asks_itself_and_leaves_no_answer(session, asked):
    with database.transaction() as writing:
        assert answers.kept(writing, "how many", asked) == 1
    assert answers.kept(session, "how many", asked) == 2


def test_another_database_has_other_answers(own, asked):
    first = own.sessions()
    assert answers.kept(first, "how many", asked) == 1

    with database.Database("sqlite://").engine.connect() as connection:
        other = Session(connection)
        database.Base.metadata.tables["event"].create(connection)
        assert answers.kept(other, "how many", asked) == 2
    first.close()


def test_only_so_many_answers_are_kept(session, asked, monkeypatch):
    monkeypatch.setattr(answers, "MOST_KEPT", 2)
    for number in range(3):
        answers.kept(session, number, asked)

    assert answers.kept(session, 0, asked) == 4
    assert answers.kept(session, 2, asked) == 3


def test_the_menu_counts_what_somebody_else_has_just_done(client_as, county):
    item = ledger.item(county)
    browser = client_as(ledger.section_head(county))
    before = waiting(browser)

    ledger.verified(county)

    assert waiting(browser) == before + 1
    assert item.number in browser.get("/items").text


def waiting(browser):
    """The figure that the menu has at the ledger."""
    line = browser.get("/items").soup.select_one('.sidenav a[href="/items"] + .count')
    return int(line.text) if line else 0
