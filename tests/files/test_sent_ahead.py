"""What was sent with a form, or ahead of it, is kept until the form is saved."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import inspections, ledger
from tests.factories.addresses import sent_ahead
from tests.factories.uploads import photo, upload
from tests.pages import filled_in
from training_oversight import clock
from training_oversight.errors import BadInput
from training_oversight.files import pending
from training_oversight.files.models import Attachment, PendingFile, StoredFile
from training_oversight.files.queries import evidence
from training_oversight.ledger.models import LimitBasis, Verdict
from training_oversight.ledger.service import FixedLimit
from training_oversight.scheduling.housekeeping import remove_unnamed_files

pytestmark = pytest.mark.both_databases
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
COLOURS = ("red", "green", "blue")


def names(page):
    return [one.text for one in page.soup.select(".file-name") if not one.find_parent("template")]


def attached(session, kind):
    session.expire_all()
    return session.scalars(sa.select(Attachment.name).filter_by(subject_kind=kind)).all()


def dropped(browser, key):
    data = {"csrf_token": browser.token()}
    return browser.http.post(f"/files/pending/{key}/drop", data=data).status_code


def four(*, bad=True):
    good = [upload(photo(color=colour), f"{place}.jpg") for place, colour in enumerate(COLOURS)]
    return [*good, upload(HEIC, "坏.heic")] if bad else good


def test_of_four_photos_one_cannot_be_read_and_three_are_saved(county, client_as, session):
    visit = inspections.visit_under_way(county)

    page = client_as(county.officer()).submit(f"/visits/{visit.id}/photos", photos=four())

    assert attached(session, "visit") == ["0.jpg", "1.jpg", "2.jpg"]
    assert "“坏.heic”" in page.text


def test_a_refused_form_keeps_its_readable_photos_and_names_the_other(county, client_as, session):
    item = ledger.item(county)
    browser = client_as(county.officer())

    refused = browser.submit(f"/items/{item.id}/apply", 422, report="", documents=four())

    assert names(refused) == ["0.jpg", "1.jpg", "2.jpg"]
    assert "“坏.heic”" in refused.soup.select_one(".error-summary").text
    assert attached(session, "rectification_item") == []
    browser.submit(f"/items/{item.id}/apply", report="已搬走。", received_on="今天")
    assert attached(session, "rectification_item") == ["0.jpg", "1.jpg", "2.jpg"]
    assert session.scalars(sa.select(PendingFile)).all() == []


def test_photos_sent_one_after_another_add_up(county, client_as):
    item, browser = ledger.item(county), client_as(county.officer())

    for place, colour in enumerate(COLOURS):
        photos = upload(photo(color=colour), f"{place}.jpg")
        page = browser.submit(f"/items/{item.id}/apply", 422, report="", documents=photos)

    assert names(page) == ["0.jpg", "1.jpg", "2.jpg"]
    assert names(browser.get(f"/items/{item.id}/apply")) == ["0.jpg", "1.jpg", "2.jpg"]


def test_what_is_to_be_left_out_is_not_saved(county, client_as, session):
    item, browser = ledger.item(county), client_as(county.officer())
    url = f"/items/{item.id}/apply"
    page = browser.submit(url, 422, report="", documents=four(bad=False))
    first = page.soup.select_one("[name=documents-drop]")["value"]

    browser.submit(url, report="已搬走。", received_on="今天", **{"documents-drop": first})

    assert attached(session, "rectification_item") == ["1.jpg", "2.jpg"]


def test_nobody_sees_or_drops_what_another_sent(app, county, client_as, session):
    key = sent_ahead(app, county.officer())
    other = client_as(county.officer())

    assert other.http.get(f"/files/pending/{key}").status_code == 404
    assert dropped(other, key) == 404
    assert session.scalars(sa.select(PendingFile.id)).all() == [key]


def test_what_is_dropped_is_forgotten_with_its_content(app, county, client_as, session):
    by = county.officer()
    key = sent_ahead(app, by)

    assert dropped(client_as(by), key) == 204

    assert session.scalars(sa.select(PendingFile)).all() == []
    assert session.scalars(sa.select(StoredFile)).all() == []


def test_the_page_is_told_what_has_arrived_or_why_not(county, client_as):
    browser = client_as(county.officer())

    good = browser.post("/files/pending", {"place": "/x photos", "file": upload(photo(), "1.jpg")})
    bad = browser.post(
        "/files/pending", {"place": "/x photos", "file": upload(HEIC, "坏.heic")}, status=422
    )
    long = browser.post(
        "/files/pending", {"place": "x" * 500, "file": upload(photo(), "1.jpg")}, status=422
    )

    (told,) = good.json["files"]
    assert told["image"]
    shown = browser.get(told["url"])
    shown.close()
    assert shown.mimetype == "image/png"
    assert "损坏" in bad.json["sentence"]
    assert long.json["sentence"]


def test_the_same_content_is_one_file(app, county, session):
    by = county.officer()

    assert sent_ahead(app, by) == sent_ahead(app, by)


def test_more_files_than_anybody_looks_at_are_refused(app, county, monkeypatch):
    monkeypatch.setattr(pending, "MOST", 0)

    with pytest.raises(BadInput, match="一次最多"):
        sent_ahead(app, county.officer())


def test_a_second_press_brings_no_file_a_second_time(county, client_as, session):
    visit, browser = inspections.visit_under_way(county), client_as(county.officer())
    url = f"/visits/{visit.id}/photos"
    form = filled_in(browser.get(url).soup.select_one("main form"))

    for _press in range(2):
        browser.post(url, {**form, "photos": upload(photo(), "1.jpg")})

    assert attached(session, "visit") == ["1.jpg"]
    assert session.scalars(sa.select(PendingFile)).all() == []


def test_after_a_month_what_no_form_took_up_is_let_go_of(app, county, session):
    sent_ahead(app, county.officer())
    today = clock.today()

    with app.app_context():
        remove_unnamed_files(today + timedelta(days=30))
        assert len(session.scalars(sa.select(PendingFile)).all()) == 1
        remove_unnamed_files(today + timedelta(days=32))

    assert session.scalars(sa.select(PendingFile)).all() == []


def test_each_report_keeps_its_own_files(county, client_as, session):
    item, browser = ledger.item(county), client_as(county.officer())
    browser.submit(
        f"/items/{item.id}/apply",
        report="第一次",
        received_on="今天",
        documents=upload(photo(color="red"), "一.jpg"),
    )
    limit = FixedLimit(county.today + timedelta(days=9), LimitBasis.RE_CHECK)
    ledger.verified(county, item, verdict=Verdict.FAILED, new_limit=limit)
    browser.submit(
        f"/items/{item.id}/apply",
        report="第二次",
        received_on="今天",
        documents=upload(photo(color="blue"), "二.jpg"),
    )

    session.expire_all()
    found = evidence(session, {"rectification_item": [item.id]}, county.officer().scope)
    assert [(one.text, [file.name for file in found.came_with(one)]) for one in item.reports] == [
        ("第一次", ["一.jpg"]),
        ("第二次", ["二.jpg"]),
    ]
    page = browser.get(f"/items/{item.id}")
    assert page.text.index("第二次") < page.text.index("第一次")


def test_no_records_have_no_files(county, session):
    scope = county.officer().scope
    assert evidence(session, {"visit": []}, scope).files == ()
    assert evidence(session, {}, scope).of(None) == []


def test_too_many_files_are_said_on_the_form_with_what_was_typed(county, client_as, monkeypatch):
    monkeypatch.setattr(pending, "MOST", 2)
    item = ledger.item(county)

    page = client_as(county.officer()).submit(
        f"/items/{item.id}/apply", 422, report="已搬走。", documents=four(bad=False)
    )

    assert "一次最多 2 个文件" in page.soup.select_one(".error-summary").text
    assert page.soup.select_one("[name=report]").text.strip() == "已搬走。"


def test_a_photo_sent_twice_to_one_record_is_one_photo(county, client_as, session):
    visit, browser = inspections.visit_under_way(county), client_as(county.officer())
    browser.submit(f"/visits/{visit.id}/photos", photos=four(bad=False))

    browser.submit(f"/visits/{visit.id}/photos", photos=four(bad=False)[:2])

    assert attached(session, "visit") == ["0.jpg", "1.jpg", "2.jpg"]
    assert [one.verb for one in inspections.history.history(session, visit)].count(
        "file.attached"
    ) == len(COLOURS)


def test_the_same_photo_with_two_records_is_of_both(county, client_as, session):
    browser = client_as(county.officer())
    first, second = inspections.visit_under_way(county), inspections.visit_under_way(county)

    for visit in (first, second):
        browser.submit(f"/visits/{visit.id}/photos", photos=four(bad=False)[:1])

    assert attached(session, "visit") == ["0.jpg", "0.jpg"]
