"""Families without an account sign up with the code of the event, and read their own refund."""

import pytest
import sqlalchemy as sa

from tests.factories import refunds
from tests.vault.rings import holding
from training_oversight.refunds import codes
from training_oversight.refunds.models import EntryWay, Refund
from training_oversight.refunds.workflow import RefundState

ANSWERS = {
    "phone": "199 0007 0001", "parent": "霍思远", "pupil": "小满", "course": "美术",
    "contract": "3640", "bought": "48", "given": "", "used": "20",
}  # fmt: skip


@pytest.fixture
def visitor(client_as, county):
    return client_as()


def sign_up(visitor, event, status=200, **answers):
    return visitor.submit(f"/families/sign-up?code={event.code}", status, **(ANSWERS | answers))


def signed(county):
    return county.session.scalars(sa.select(Refund).order_by(Refund.id)).all()


def ask(visitor, code, phone="19900070001", status=200):
    return visitor.submit("/families", status, code=code, phone=phone)


def test_a_family_signs_up_and_reads_how_its_refund_stands(visitor, county):
    event = refunds.event(county)

    page = sign_up(visitor, event)

    (made,) = signed(county)
    assert page.soup.select_one(".public-code").text == codes.shown(made.code)
    assert made.code not in page.request.url
    assert (made.state, made.entered_how) == (RefundState.SIGNED_UP, EntryWay.SIGN_UP)
    assert (made.handler_id, made.given) == (event.opened_by_id, 0)
    told = refunds.told(county, event).text
    mine = ask(visitor, codes.shown(made.code).lower()).text
    assert "2,123.33元" in mine
    assert "还没有对照合同核对" in mine
    assert told in mine
    assert "霍思远" not in mine
    assert "小满" not in mine


def test_what_was_paid_is_read_and_nothing_of_a_withdrawn_refund(visitor, county):
    made = refunds.agreed(county, event=refunds.event(county), whose=refunds.Family("19900070001"))
    refunds.paid(county, made, 12_333)
    gone = refunds.withdrawn(county, whose=refunds.Family("19900070001"))

    paid, withdrawn = ask(visitor, made.code).text, ask(visitor, gone.code).text

    assert "123.33元" in paid
    assert "2,000元" in paid
    assert "已撤销" in withdrawn
    assert "元" not in withdrawn.split("<main")[1].split("</main")[0]


def test_a_code_without_its_telephone_and_a_wrong_code_are_told_alike(visitor, county):
    made = refunds.refund(county)

    told = {
        ask(visitor, code, phone, 422).soup.select_one(".error-summary").text
        for code, phone in ((made.code, "19900079999"), ("AAAA-AAAA-AAAA", "19900070001"))
    }

    assert len(told) == 1
    assert "12345" not in ask(visitor, made.code, "12345", 422).soup.select_one("main").text


def test_an_unknown_or_ended_event_takes_no_sign_up(visitor, county):
    ended = refunds.ended(county)

    for code in ("ABCD", ended.code):
        page = visitor.get(f"/families/sign-up?code={code}")
        assert "没有可登记的事件" in page.text
        assert not page.soup.select("form[method=post]")
    assert "没有可登记的事件" not in visitor.get("/families/sign-up").text


def test_a_second_sign_up_says_no_number_and_a_second_press_makes_no_second_refund(visitor, county):
    event = refunds.event(county)
    url = f"/families/sign-up?code={event.code}"
    form = visitor.get(url).soup.select_one("main form")
    once = form.select_one("[name=once]")["value"]

    first, second = (visitor.post(url, ANSWERS | {"once": once}) for _ in "12")
    again = sign_up(visitor, event, 422)

    assert len(signed(county)) == 1
    shown = {page.soup.select_one(".public-code").text for page in (first, second)}
    assert shown == {codes.shown(signed(county)[0].code)}
    assert "不能再登记一笔" in again.text
    assert signed(county)[0].number not in again.text


def test_what_cannot_be_is_said_beside_its_field_and_typed_text_stays(visitor, county):
    page = sign_up(visitor, refunds.event(county), 422, phone="不告诉", used="50", parent="")

    assert "请填写您的姓名" in page.text
    assert page.soup.select_one("[name=phone]")["value"] == "不告诉"
    page = sign_up(visitor, refunds.event(county), 422, phone="不告诉", used="50")
    assert "电话号码请写数字" in page.soup.select_one("#phone-error").text
    assert "已用50课时" in page.soup.select_one("#used-error").text
    assert signed(county) == []


def test_what_fills_in_the_trap_is_thanked_and_forgotten(visitor, county):
    page = sign_up(visitor, refunds.event(county), website="https://example.org")

    assert page.soup.select_one(".public-code")
    assert signed(county) == []


def test_who_has_not_signed_up_here_is_shown_no_code(visitor):
    assert visitor.get("/families/signed-up", status=302).location.endswith("/families")


def test_a_network_that_sends_very_much_waits_and_keeps_what_it_typed(visitor, county):
    event = refunds.event(county)
    for number in range(61):
        visitor.post(
            f"/families/sign-up?code={event.code}",
            ANSWERS | {"phone": f"1990008{number:04}", "once": f"a{number}"},
        )

    page = sign_up(visitor, event, 429, phone="19900089999")

    assert "10秒" in page.text
    assert page.soup.select_one("[name=phone]")["value"] == "19900089999"
    assert len(signed(county)) == 61


def test_telephones_cannot_be_tried_out_on_a_code(visitor, county):
    made = refunds.refund(county, whose=refunds.Family("19900070001"))
    for number in range(11):
        ask(visitor, made.code, f"1990006{number:04}", 422)

    ask(visitor, made.code, status=429)


def test_without_a_key_the_page_says_where_to_go_instead(visitor, county):
    event = refunds.event(county)

    with holding():
        page = visitor.get(f"/families/sign-up?code={event.code}")

    assert "还不能安全保存" in page.text
    assert not page.soup.select("form[method=post]")


def test_no_page_of_families_is_kept_by_a_browser(visitor, county):
    event = refunds.event(county)

    for url in ("/families", "/families/sign-up", f"/families/sign-up?code={event.code}"):
        assert visitor.get(url).headers["Cache-Control"] == "no-store"
