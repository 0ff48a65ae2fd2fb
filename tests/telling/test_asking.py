"""向反映人提问: asked on the tracking page; the desk and the handler read the reply."""

from datetime import timedelta

import pytest

from tests.factories import complaints
from tests.factories.ledger import done
from tests.telling.test_tracking import asked, with_word
from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as audit
from training_oversight.complaints.service import hand
from training_oversight.errors import Blocked, NotPermitted, WrongState
from training_oversight.telling import queries, service

QUESTION = "上课的是几楼？"
REPLY = "三楼靠东，门口贴着红纸。"


def ask(county, order, *, by=None):
    by = by or complaints.desk(county)
    return done(service.ask, order, question=QUESTION, by=by, today=clock.today())


def reply(county, order):
    by = accounts.system(county.session)
    return done(service.reply, order, words=REPLY, by=by, now=clock.now())


def read(county, order, *, by=None):
    done(service.read, order, by=by or complaints.desk(county), today=clock.today())


def verbs(county, order):
    return [(one.verb, one.note) for one in audit.history(county.session, order)]


def test_question_reply_and_reading_stand_in_the_history_without_their_words(county):
    order = with_word(complaints.assigned, county)

    ask(county, order)
    reply(county, order)
    read(county, order)

    told = [verb for verb, _note in verbs(county, order)]
    assert {"complaint.asked_reporter", "complaint.reporter_replied", "complaint.reply_read"} <= {
        *told
    }
    assert not [note for _verb, note in verbs(county, order) if note in (QUESTION, REPLY)]
    (question,) = queries.questions(county.session, order.id)
    assert (question.reply, question.read_on) == (REPLY, clock.today())


def test_the_named_handler_asks_and_others_of_the_department_do_not(county):
    order = with_word(complaints.assigned, county)
    handler, other = complaints.handler(county), complaints.handler(county)
    done(hand, order, handler=handler, by=complaints.desk(county), today=clock.today())

    with pytest.raises(NotPermitted):
        ask(county, order, by=other)

    assert ask(county, order, by=handler).asked_by_id == handler.id


def test_a_second_question_waits_for_the_reply_to_the_first(county):
    order = with_word(complaints.received, county)
    ask(county, order)

    with pytest.raises(Blocked, match="还没有回复"):
        ask(county, order)

    reply(county, order)
    ask(county, order)


def test_who_chose_no_word_cannot_be_asked(county):
    with pytest.raises(Blocked, match="没有定查询词"):
        ask(county, complaints.received(county))


def test_nobody_is_asked_once_it_is_answered(county):
    with pytest.raises(WrongState, match="不再提问"):
        ask(county, with_word(complaints.answered, county))


def test_one_of_a_merged_call_is_asked_while_its_order_is_open(county):
    assert ask(county, with_word(complaints.merged, county))


def test_there_is_nothing_to_reply_to_and_nothing_to_read_without_a_question(county):
    order = with_word(complaints.received, county)

    with pytest.raises(WrongState, match="没有等待回复"):
        reply(county, order)
    with pytest.raises(WrongState, match="没有未看"):
        read(county, order)
    ask(county, order)
    with pytest.raises(WrongState, match="没有未看"):
        read(county, order)


def test_the_desk_asks_on_a_page_and_the_reporter_replies_on_theirs(client_as, county):
    order = with_word(complaints.assigned, county)
    at_desk, at_home = client_as(complaints.desk(county)), client_as()
    url = f"/complaints/{order.id}"

    at_desk.submit(f"{url}/question", question=QUESTION)
    page = asked(at_home, order.tracking_code)
    thanks = at_home.submit("/tell-us/track/state", reply=REPLY)

    assert QUESTION in page.text
    assert "您的回复已经收到。" in thanks.text
    assert not thanks.soup.select_one("form")
    shown = at_desk.get(url)
    assert REPLY in shown.text
    assert "还没有看" in shown.text
    after = at_desk.submit(url, form="form[action$='/question/read']")
    assert "还没有看" not in after.text


def test_an_unread_reply_waits_for_the_desk(client_as, county):
    order = with_word(complaints.assigned, county)
    ask(county, order)
    reply(county, order)
    desk = client_as(complaints.desk(county))

    assert "看反映人的回复" in desk.get("/desk").text
    read(county, order)
    assert "看反映人的回复" not in desk.get("/desk").text


def test_who_is_neither_desk_nor_handler_sees_neither_question_nor_reply(client_as, county):
    order = with_word(complaints.assigned, county)
    ask(county, order)
    reply(county, order)
    url = f"/complaints/{order.id}"

    for role in (Role.LEADER, Role.SECTION_HEAD, Role.INSPECTOR):
        page = client_as(county.officer(role)).get(url)
        assert QUESTION not in page.text
        assert REPLY not in page.text
    inspector = client_as(county.officer(Role.INSPECTOR))
    assert inspector.get(f"{url}/question", status=403)


def test_a_reply_without_words_is_refused_and_a_double_press_counts_once(client_as, county):
    order = with_word(complaints.assigned, county)
    ask(county, order)
    browser = client_as()
    asked(browser, order.tracking_code)

    refused = browser.submit("/tell-us/track/state", 422, reply="  ")

    assert "请写您的回复。" in refused.text


def test_a_reply_typed_after_the_visit_had_ended_is_kept(client_as, county, at):
    order = with_word(complaints.assigned, county)
    ask(county, order)
    code = order.tracking_code
    browser = client_as()
    asked(browser, code)
    at(clock.now() + timedelta(minutes=40))

    ended = browser.post("/tell-us/track/state", {"reply": REPLY}, status=401)
    form = {"kept": ended.soup.select_one("input[name=kept]")["value"], "code": code}
    again = browser.post("/tell-us/track", form | {"secret": "桂花树下"}, status=200)

    assert REPLY in again.soup.select_one("textarea[name=reply]").text
