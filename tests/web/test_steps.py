"""The frame of a page with a form: what is said, where it goes, what a refusal leaves."""

import flask
import pytest
import sqlalchemy as sa

from training_oversight.errors import WrongState
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.models import FormReceipt
from training_oversight.web.steps import Done, answered, answered_after, pressed

SENT = {"once": "a-token-of-this-test"}


@pytest.fixture
def form(app, county):
    """A form that was sent and holds together."""
    with app.test_request_context(method="POST", data=SENT):
        yield OversightForm(meta={"csrf": False})


def receipts(session):
    return session.scalars(sa.select(FormReceipt.url)).all()


def said():
    return flask.get_flashed_messages(with_categories=True)


def refused(*_):
    raise WrongState(Text("Saved."))


def never(*_):
    pytest.fail("this was not to be called")


def test_what_was_done_is_said_before_what_is_good_to_know(form):
    also, know = Text("Submitted."), Text("Yes")

    answer = answered(
        form, lambda _: Done("/there", Text("Saved."), also=[also], know=[know]), never
    )

    assert answer.location == "/there"
    assert [(kind, str(words)) for kind, words in said()] == [
        ("done", "已保存。"), ("done", str(also)), ("know", str(know)),
    ]  # fmt: skip


def test_a_page_in_place_of_going_there_comes_after_the_transaction(form, session):
    seen = []

    def shown_once():
        seen.extend(receipts(session))
        return "a password"

    answer = answered(form, lambda _: Done("/there", instead=shown_once), never)

    assert answer == "a password"
    assert seen == ["/there"]


def test_a_refused_step_shows_the_page_and_leaves_no_receipt(form, session):
    page, status = answered(form, refused, lambda: "the page")

    assert (page, status) == ("the page", 409)
    assert receipts(session) == []


def test_nothing_is_begun_when_what_comes_before_is_refused(form, session):
    def first():
        form.refuse(WrongState(Text("Saved.")))

    page, status = answered_after(form, first, never, lambda: "the page")

    assert (page, status) == ("the page", 409)
    assert receipts(session) == []


def test_a_page_that_is_only_looked_at_does_nothing(app, county):
    with app.test_request_context():
        form = OversightForm(meta={"csrf": False})

        assert answered(form, never, lambda: "the page") == ("the page", 200)
        assert answered_after(form, never, never, lambda: "the page") == ("the page", 200)


def test_why_a_button_was_refused_is_said_where_the_officer_was(form):
    answer = pressed(form, refused, back="/here")

    assert answer.location == "/here"
    assert [(kind, str(words)) for kind, words in said()] == [("failed", "已保存。")]
