"""What a public form must bear: floods, other counties, files of any kind, pages left open."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.uploads import photo
from tests.telling.test_form import WHAT, WHERE, WHO, form_of, orders, sent, turned
from training_oversight import clock
from training_oversight.accounts import paces as pacing
from training_oversight.complaints.models import ComplaintContact
from training_oversight.files.models import Attachment, PendingFile
from training_oversight.telling import paces
from training_oversight.vault import keys

BAD = [
    ("补课.exe", b"MZ" + b"\0" * 400),
    ("照片.jpg", b"<script>alert(1)</script>"),
    ("合同.pdf", b"%PDF-1.4 /JavaScript"),
    ("表.docx", b"PK\x03\x04" + b"\0" * 60),
]


def at_second(browser):
    return turned(browser, browser.get("/tell-us"), **WHERE)


def test_of_two_thousand_forms_from_one_address_few_are_taken(app, session):
    taken = 0
    with app.test_request_context():
        for _ in range(2000):
            try:
                pacing.keep(paces.SENT, "sent", "203.0.113.7")
                taken += 1
            except pacing.TooFast:
                continue

    assert taken == 21


def test_who_sends_too_fast_reads_so_and_loses_nothing(client_as, county, monkeypatch):
    monkeypatch.setattr(paces, "SENT", pacing.OF_CODE)
    for _ in range(11):
        sent(client_as())

    page = sent(client_as(), status=429)

    assert "请等60秒" in page.text
    assert len(orders(county)) == 11
    assert form_of(page)["words"] == WHAT["words"]


def test_who_turns_pages_too_fast_is_told_when_to_go_on(client_as, county, monkeypatch):
    monkeypatch.setattr(paces, "TURNED", pacing.OF_CODE)
    browser = client_as()
    for _ in range(11):
        at_second(browser)

    page = turned(browser, browser.get("/tell-us"), 429, **WHERE)

    assert page.headers["Retry-After"] == "60"
    assert form_of(page)["place"] == WHERE["place"]


@pytest.mark.parametrize(("name", "data"), BAD)
def test_what_is_no_photo_is_named_and_the_photos_stay(client_as, county, name, data):
    browser = client_as()
    files = [(io.BytesIO(data), name), (io.BytesIO(photo()), "教室.png")]

    page = turned(browser, at_second(browser), 422, **WHAT, photos=files)

    assert name in page.soup.select_one(".error-summary").text
    assert "教室.png" in page.soup.select_one(".public-photos").text
    done = turned(browser, turned(browser, page), **WHO)
    assert done.soup.select_one(".public-code")
    (kept,) = county.session.scalars(sa.select(Attachment)).all()
    assert kept.name == "材料1.png"
    assert county.session.scalars(sa.select(PendingFile)).all() == []


def test_a_photo_can_be_left_out_again_and_ten_are_one_too_many(client_as, county):
    browser = client_as()
    ten = [(io.BytesIO(photo(size=(20 + n, 20))), f"{n}.png") for n in range(10)]

    page = turned(browser, at_second(browser), 422, **WHAT, photos=ten)

    rows = page.soup.select(".public-photos li")
    assert len(rows) == 9
    assert "“9.png”没有收下" in page.text
    drop = rows[0].select_one("input")["value"]
    page = turned(browser, page, **{"photos-drop": drop})
    turned(browser, page, **WHO)
    assert len(county.session.scalars(sa.select(Attachment)).all()) == 8


def test_photos_without_the_token_of_a_form_are_kept_for_nobody(client_as, county):
    browser = client_as()
    data = form_of(at_second(browser)) | WHAT | {"photos": (io.BytesIO(photo()), "a.png")}
    del data["once"]

    browser.post("/tell-us", data, content_type="multipart/form-data")

    assert county.session.scalars(sa.select(PendingFile)).all() == []


def test_a_place_in_another_county_is_told_where_to_turn(client_as, county):
    browser = client_as()
    elsewhere = WHERE | {"township": "elsewhere"}

    page = turned(browser, browser.get("/tell-us"), 422, **elsewhere)

    assert "12345" in page.soup.select_one(".error-summary").text
    assert form_of(page)["place"] == WHERE["place"]


def test_where_several_counties_are_here_the_first_question_is_which(client_as, county, session):
    County(session, code="990202", name="临川县")
    browser = client_as()

    page = browser.get("/tell-us")
    links = [a["href"] for a in page.soup.select("main li a")]

    assert links == [f"/tell-us?county={code}" for code in sorted((county.code, "990202"))]
    sent(browser, start=links[0])
    assert orders(county)[0].authority_id == county.authority.id


def test_a_page_left_open_past_its_visit_comes_back_as_it_was_typed(client_as, county):
    browser = client_as()
    page = turned(browser, at_second(browser), **WHAT)
    data = form_of(page) | WHO
    browser.http.delete_cookie("session")

    again = browser.post("/tell-us", data | {"csrf_token": "lost"}, status=400)

    assert "还没有提交" in again.text
    assert form_of(again)["words"] == WHAT["words"]
    assert turned(browser, again, **WHO).soup.select_one(".public-code")
    assert len(orders(county)) == 1


def test_from_another_web_site_nothing_is_taken(client_as, county):
    answer = client_as().http.post("/tell-us", data=WHERE, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 400
    assert orders(county) == []


def test_two_tabs_are_two_messages(client_as, county):
    browser = client_as()

    sent(browser)
    sent(browser)

    assert len(orders(county)) == 2


def test_one_step_back_keeps_what_was_typed_in_both(client_as, county):
    browser = client_as()
    page = turned(browser, at_second(browser), words="写到一半", back="1")

    assert form_of(page)["place"] == WHERE["place"]
    assert form_of(page)["words"] == "写到一半"


def test_what_is_missing_in_the_last_part_is_said_all_at_once(client_as, county):
    browser = client_as()
    page = turned(browser, at_second(browser), **WHAT)

    refused = turned(browser, page, 422, anonymous="no", secret="abc")

    told = refused.soup.select_one(".error-summary").text
    assert "至少" in told
    assert "匿名" in told


def test_a_part_that_was_taken_out_is_asked_for_again(client_as, county):
    browser = client_as()
    page = turned(browser, at_second(browser), **WHAT)

    refused = turned(browser, page, 422, **WHO, words="")

    assert refused.soup.select_one("textarea[name=words]")


def test_a_contact_is_sealed_and_stands_on_no_page(client_as, county):
    who = {"anonymous": "no", "name": "林素问", "phone": "13800138000", "secret": "桂花树下"}

    page = sent(client_as(), who=who)

    (contact,) = county.session.scalars(sa.select(ComplaintContact)).all()
    assert contact.complaint_id == orders(county)[0].id
    assert "13800138000" not in page.text
    assert "林素问" not in page.text


def test_without_a_key_only_anonymous_messages_are_taken(client_as, county):
    held = keys.current()
    keys.use(keys.Keyring(()))
    try:
        browser = client_as()
        page = turned(browser, at_second(browser), **WHAT)
        assert not page.soup.select_one("input[name=phone]")
        assert turned(browser, page, **WHO).soup.select_one(".public-code")
    finally:
        keys.use(held)


def test_the_code_is_shown_for_half_an_hour(client_as, county, at):
    browser = client_as()
    sent(browser)

    at(clock.now() + timedelta(minutes=31))

    assert browser.http.get("/tell-us/told").location == "/tell-us"


def test_who_has_sent_nothing_is_shown_no_code(client_as, county):
    assert client_as().http.get("/tell-us/told").location == "/tell-us"
