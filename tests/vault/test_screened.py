"""A text that goes to others is looked through first; what nobody keeps is covered."""

import pytest
from bs4 import BeautifulSoup
from wtforms import TextAreaField

from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.vault.screening import COVER
from training_oversight.web.forms import Required


class Form(ScreenedForm):
    screened = ("words", "reason")
    words = TextAreaField(Text("Answer"), validators=[Required(Text("Write the answer."))])
    reason = TextAreaField(Text("Reason"))


TOLD = "王女士（13800138000）说退费，再打13800138000或0990-8234567"


@pytest.fixture
def sent(app, session):
    """The form as the server sees it, after a press with these answers."""

    def send(names=("王丽华",), **answers):
        with app.test_request_context("/", method="POST", data=answers):
            form = Form(names=names, meta={"csrf": False})
            return form, form.accepted()

    return send


def again(form, **answers):
    return {"words": form.words.data, "looked_at": form.looked_at.data} | answers


def codes(form):
    """What was found, with the value of its box."""
    return {
        text: value for value, text in ((one.value, str(one.label)) for one in form.keep.choices)
    }


def code(form, words):
    return next(value for text, value in codes(form).items() if f"【{words}】" in text)


def test_a_text_that_tells_nobody_is_taken_at_once(sent):
    form, accepted = sent(words="已经退费")

    assert accepted
    assert form.words.data == "已经退费"
    assert form.keep is None


def test_what_was_found_is_shown_first_and_nothing_is_taken(sent):
    form, accepted = sent(words=TOLD)

    assert not accepted
    assert form.status == 422
    assert form.words.data == TOLD
    assert len(codes(form)) == 3
    assert "电话号码" in next(iter(text for text in codes(form) if "0990" in text))
    assert ("keep", form.keep.errors[0]) in form.faults()


def test_what_nobody_keeps_is_covered(sent):
    first, _ = sent(words=TOLD)

    form, accepted = sent(**again(first))

    assert accepted
    assert form.words.data == f"{COVER}（{COVER}）说退费，再打{COVER}或{COVER}"


def test_what_is_kept_stays_wherever_it_stands(sent):
    first, _ = sent(words=TOLD)

    form, accepted = sent(**again(first, keep=[code(first, "13800138000")]))

    assert accepted
    assert form.words.data == f"{COVER}（13800138000）说退费，再打13800138000或{COVER}"


def test_what_was_typed_after_the_look_is_shown_as_well(sent):
    first, _ = sent(words=TOLD)

    form, accepted = sent(**again(first, words=TOLD + "，QQ 1234567", reason="问13900139000"))

    assert not accepted
    assert len(codes(form)) == 5
    assert form.words.data == TOLD + "，QQ 1234567"


def test_another_mistake_shows_the_places_at_the_same_time(sent):
    form, accepted = sent(words="", reason="问13900139000")

    assert not accepted
    assert len(codes(form)) == 1
    assert not form.keep.errors


def test_a_box_that_was_never_offered_is_refused(sent):
    first, _ = sent(words=TOLD)

    form, accepted = sent(**again(first, keep=["0123456789abcdef"]))

    assert not accepted
    assert form.keep.errors


def test_who_may_not_know_the_name_learns_nothing_of_it(sent):
    form, accepted = sent(names=(), words="王丽华来过")

    assert accepted
    assert form.words.data == "王丽华来过"


def test_before_anything_is_sent_there_is_nothing_to_look_at(app, session):
    with app.test_request_context("/"):
        form = Form(data={"words": TOLD})

    assert form.keep is None
    assert form.looked_at is None


def test_what_was_found_is_no_markup(sent):
    form, _ = sent(words="<b>13800138000</b>")

    shown = BeautifulSoup("".join(str(option.label) for option in form.keep), "lxml")
    assert shown.find("b") is None
