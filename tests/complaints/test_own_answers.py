"""Each of those whose complaints were merged can be told what concerns them alone."""

import pytest
import sqlalchemy as sa

from tests.factories.complaints import (
    ANSWER,
    assigned,
    called,
    desk,
    handler,
    head,
    merged,
    received,
    redone,
    submitted,
)
from tests.factories.ledger import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts import passwords
from training_oversight.complaints import queries, service
from training_oversight.complaints.kinds import Channel, ComplaintKind, Truth
from training_oversight.complaints.models import OwnAnswer
from training_oversight.complaints.service import Written
from training_oversight.errors import NotFound
from training_oversight.orders import reporting
from training_oversight.telling import presenting, public_queries

OWN = "您家的余款2160元已于11月20日退还。"


def order(county, count=2, **values):
    """An order with so many further reporters."""
    place = institution(county)
    into = assigned(county, place)
    return into, [merged(county, place, into=into, **values) for _ in range(count)]


def written(**own):
    return Written(ANSWER.truth, ANSWER.reasons, ANSWER.words, own=own.get("own", {}))


def submit(county, into, own):
    done(service.submit, into, written(own=own), by=handler(county), today=clock.today())


def approve(county, into):
    done(service.approve, into, by=head(county), today=clock.today())


def test_who_has_none_of_their_own_is_told_the_answer_of_the_order(county):
    into, [one, other] = order(county)
    submit(county, into, {one.id: OWN})
    approve(county, into)

    assert [each.told_as_answer for each in (into, one, other)] == [ANSWER.words, OWN, ANSWER.words]


def test_nothing_is_told_before_it_is_approved(county):
    into, [one, _other] = order(county)

    submit(county, into, {one.id: OWN})

    assert one.told_as_answer == ""


@pytest.mark.parametrize("words", ["", ANSWER.words])
def test_an_own_answer_that_says_nothing_more_is_none(county, words):
    into, [one, _other] = order(county)

    submit(county, into, {one.id: words})

    assert county.session.scalar(sa.select(sa.func.count(OwnAnswer.id))) == 0


def test_a_complaint_that_was_not_merged_into_it_is_told_nothing_by_it(county):
    into, _others = order(county)

    with pytest.raises(NotFound):
        submit(county, into, {received(county).id: OWN})


def test_of_a_new_round_only_its_own_answers_count(county):
    into, [one, other] = order(county)
    submit(county, into, {one.id: OWN})
    approve(county, into)
    redone(county, into)
    submit(county, into, {other.id: OWN})
    approve(county, into)

    assert [each.told_as_answer for each in (one, other)] == [ANSWER.words, OWN]


def test_the_desk_tells_each_their_own_as_well(county):
    place = institution(county)
    into = received(county, place, kind=ComplaintKind.INQUIRY)
    one = merged(county, place, into=into)

    given = Written(Truth.NOT_EXAMINED, "按名单答复。", "请看公示名单。", {one.id: OWN})
    done(service.settle, into, given, by=desk(county), today=clock.today())

    assert one.told_as_answer == OWN


@pytest.mark.both_databases
def test_the_tracking_page_shows_each_reporter_their_own(county):
    into, [one, other] = order(county)
    submit(county, into, {one.id: OWN})
    approve(county, into)
    county.session.expire_all()

    told = {
        key: presenting.followed(public_queries.followed(county.session, key)).answer
        for key in (into.id, one.id, other.id)
    }

    assert told == {into.id: ANSWER.words, one.id: OWN, other.id: ANSWER.words}


def test_the_states_for_the_centre_carry_it(county):
    place = institution(county)
    into = assigned(county, place)
    one = merged(county, place, into=into, channel=Channel.CENTRE, outside_number="DH1")
    submit(county, into, {one.id: OWN})
    approve(county, into)

    [row] = reporting.rows(reporting.orders(county.session, desk(county)))

    assert OWN in row


def test_the_handler_writes_it_and_the_head_reads_it_before_approving(county, client_as):
    into, [one, other] = order(county, channel=Channel.CENTRE)
    url = f"/complaints/{into.id}"
    client_as(handler(county)).submit(
        f"{url}/answer", truth="true", reasons=ANSWER.reasons, words=ANSWER.words,
        **{f"own-{one.id}": OWN},
    )  # fmt: skip

    shown = client_as(head(county)).get(f"{url}/approve").text
    client_as(head(county)).submit(f"{url}/approve")
    desk_page = client_as(desk(county))

    assert OWN in shown
    assert one.number in shown
    assert OWN in desk_page.get(f"{url}/call?reporter={one.id}").text
    assert OWN not in desk_page.get(f"{url}/call?reporter={other.id}").text
    assert OWN in desk_page.get(f"/complaints/{one.id}").soup.select_one("[data-copied]").text
    assert OWN not in desk_page.get(f"/complaints/{other.id}").text


def test_what_was_sent_back_stands_in_the_form_again(county, client_as):
    into, [one, _other] = order(county)
    submit(county, into, {one.id: OWN})
    done(service.return_, into, reason="写明日期。", by=head(county))

    page = client_as(handler(county)).get(f"/complaints/{into.id}/answer")

    assert page.soup.select_one(f"#own-{one.id}").text.strip() == OWN


def test_what_tells_who_it_was_is_looked_through_in_it_too(county, client_as):
    into, [one, _other] = order(county)

    page = client_as(handler(county)).submit(
        f"/complaints/{into.id}/answer", 422, truth="true", reasons="已退。", words="已退。",
        **{f"own-{one.id}": "请打13800138000确认。"},
    )  # fmt: skip

    assert page.soup.select("input[name=keep]")


def test_no_reporter_reads_what_another_one_was_told(county, client_as):
    into, [one, other] = order(county, tracking_hash=passwords.hashed_word("四个字的词"))
    submit(county, into, {one.id: OWN})
    approve(county, into)
    pages = {}

    for each in (one, other):
        browser = client_as()
        pages[each.id] = browser.submit(
            "/tell-us/track", code=each.tracking_code, secret="四个字的词"
        ).text

    assert OWN in pages[one.id]
    assert OWN not in pages[other.id]
    assert ANSWER.words in pages[other.id]


def test_an_order_alone_has_no_field_for_others(county, client_as):
    complaint = submitted(county)
    done(service.return_, complaint, reason="写明日期。", by=head(county))

    page = client_as(handler(county)).get(f"/complaints/{complaint.id}/answer")

    assert page.soup.select("textarea[name^=own-]") == []
    assert queries.after_answers(county.session, [complaint.id])
    assert called
