"""查询办理情况: state and public answer, to who has the code and the word."""

from datetime import timedelta

import pytest

from tests.factories import complaints
from tests.factories.ledger import done
from training_oversight import clock
from training_oversight.accounts import passwords
from training_oversight.complaints import service

WORD = "桂花树下"


def with_word(make, county, **values):
    return make(county, tracking_hash=passwords.hashed_word(WORD), **values)


def asked(browser, code, word=WORD, status=200):
    return browser.submit("/tell-us/track", status, code=code, secret=word)


@pytest.mark.parametrize(
    ("make", "heading", "answer"),
    [
        (complaints.received, "已登记", None),
        (complaints.accepted, "已受理", None),
        (complaints.assigned, "办理中", None),
        (complaints.objected, "办理中", None),
        # A draft that waits for approval is no answer.
        (complaints.submitted, "办理中", None),
        (complaints.answered, "已答复", complaints.ANSWER.words),
        (complaints.closed, "已办结", complaints.ANSWER.words),
        (complaints.declined, "不予受理", None),
    ],
)
def test_the_page_says_state_and_public_answer(client_as, county, make, heading, answer):
    order = with_word(make, county)
    told_to_nobody = (order.where, order.number, complaints.ANSWER.reasons, complaints.WORDS)

    page = asked(client_as(), order.tracking_code)

    assert page.soup.h1.text == heading
    assert page.request.path == "/tell-us/track/state"
    assert (complaints.ANSWER.words in page.text) is (answer is not None)
    for hidden in (*told_to_nobody, complaints.REPORTER.name):
        assert hidden not in page.text


def test_why_it_was_not_taken_up_is_said_where_words_were_written_for_it(client_as, county):
    order = with_word(complaints.received, county)
    given = {"by": complaints.desk(county), "today": clock.today()}
    done(service.decline, order, reason="内部：不归我局。", words="请拨打邻县热线。", **given)

    page = asked(client_as(), order.tracking_code)

    assert "请拨打邻县热线。" in page.text
    assert "内部" not in page.text


def test_a_merged_call_follows_the_order_that_took_it_in(client_as, county):
    call = with_word(complaints.merged, county)

    assert asked(client_as(), call.tracking_code).soup.h1.text == "已受理"


def test_a_wrong_code_and_a_wrong_word_are_told_alike(client_as, county):
    order = with_word(complaints.received, county)
    without_word = complaints.received(county)

    answers = {
        asked(client_as(), code, word, status=422).soup.select_one(".error-summary").text
        for code, word in (
            (order.tracking_code, "猜的词语"),
            ("0000000000", WORD),
            (without_word.tracking_code, WORD),
        )
    }

    assert len(answers) == 1


def test_a_code_may_be_typed_in_groups_and_full_width(client_as, county):
    order = with_word(complaints.received, county)
    code = order.tracking_code
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in code)

    assert asked(client_as(), f" {code[:3]} {code[3:6]}-{code[6:]}").soup.h1.text == "已登记"
    assert asked(client_as(), wide).soup.h1.text == "已登记"


def test_without_code_and_word_nothing_is_read(client_as, county):
    browser = client_as()
    order = with_word(complaints.received, county)
    asked(browser, order.tracking_code)

    browser.get("/tell-us/track")

    answer = browser.http.get("/tell-us/track/state")
    assert answer.status_code == 302
    assert answer.location == "/tell-us/track"


def test_the_page_closes_by_itself_after_half_an_hour(client_as, county, at):
    browser = client_as()
    asked(browser, with_word(complaints.received, county).tracking_code)

    at(clock.now() + timedelta(minutes=31))

    assert browser.http.get("/tell-us/track/state").status_code == 302


def test_who_guesses_a_code_is_slowed_down_wherever_they_come_from(client_as, county):
    order = with_word(complaints.received, county)
    browser, statuses = client_as(), []

    for n in range(12):
        answer = browser.post(
            "/tell-us/track",
            {"code": order.tracking_code, "secret": f"猜测第{n}次"},
            environ_overrides={"REMOTE_ADDR": f"203.0.113.{n}"},
        )
        statuses.append(answer.status_code)

    assert statuses == [422] * 11 + [429]


def test_who_guesses_codes_from_one_address_is_slowed_down(client_as, county):
    browser = client_as()

    statuses = [
        browser.post("/tell-us/track", {"code": f"{n:010}", "secret": WORD}).status_code
        for n in range(40)
    ]

    assert statuses.count(429) >= 9
