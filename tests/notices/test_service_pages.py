"""Service of a notice: its proof, its failed attempts, its announcement."""

import io

import pytest

from tests.factories import notices
from tests.factories.notices import page_of
from tests.pages import error_links, links
from training_oversight.notices.workflow import NoticeState


def test_service_without_proof_comes_back_with_the_fields_named(client_as, county):
    notice = notices.approved(county)

    answer = client_as(county.officer()).submit(
        page_of(notice, "/serve"), 422, method="left", attempted_on="今天", witness=""
    )

    assert set(error_links(answer)) == {"#detail", "#witness"}
    assert notice.state is NoticeState.APPROVED


def test_a_photo_stands_for_the_witness_and_can_be_opened(client_as, county):
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, "JPEG")
    buffer.seek(0)
    notice = notices.approved(county)
    browser = client_as(county.officer())

    page = browser.submit(
        page_of(notice, "/serve"),
        method="left",
        attempted_on="今天",
        detail="当面拒收",
        proof=(buffer, "留置.jpg"),
    )
    file = next(url for url in links(page) if "/files/" in url)
    opened = browser.get(file)
    opened.close()

    assert notice.state is NoticeState.SERVED
    assert opened.mimetype == "image/jpeg"
    assert client_as(county.officer(division=county.townships[2])).get(file, 404)


def test_a_text_that_calls_itself_a_photo_is_refused(client_as, county):
    notice = notices.approved(county)
    fake = (io.BytesIO(b"only text"), "证据.jpg")

    answer = client_as(county.officer()).submit(
        page_of(notice, "/serve"),
        422,
        method="direct",
        received_by="许芸",
        receiver_role="负责人",
        proof=fake,
    )

    assert "证据.jpg" in answer.text
    assert answer.soup.select_one("[name=received_by]")["value"] == "许芸"


def test_a_future_day_is_refused(client_as, county):
    notice = notices.approved(county)

    answer = client_as(county.officer()).submit(
        page_of(notice, "/serve"),
        422,
        method="direct",
        place="文澜街道东街1号",
        received_by="许芸",
        receiver_role="负责人",
        attempted_on="2026-10-20",
    )

    assert "不能晚于今天" in answer.text


def test_a_failed_attempt_shows_in_the_list(client_as, county):
    notice = notices.approved(county)
    browser = client_as(county.officer())

    browser.submit(
        page_of(notice, "/failed"), method="direct", attempted_on="今天", failure="门锁着，没有人。"
    )
    page = browser.get("/notices?view=to_serve")

    assert "送达未成1次" in page.text


def test_an_announcement_is_completed_from_the_record(client_as, county, at):
    notice = notices.approved(county)
    browser = client_as(county.officer())
    running = browser.submit(
        page_of(notice, "/serve"),
        method="announcement",
        attempted_on="今天",
        detail="下落不明",
        place="县政府网站",
    )
    at(county.today.replace(month=11, day=16))
    browser = client_as(county.officer())

    ready = browser.get(page_of(notice))
    browser.submit(page_of(notice, "/complete-announcement"))

    assert "公告到2026年11月16日期满" in running.text
    # The last day to serve would contradict the day on which it counts.
    assert "前" not in running.soup.select_one(".next-step-head").text
    assert page_of(notice, "/complete-announcement") in links(ready)
    assert notice.served_on == county.today


def test_an_announcement_is_completed_no_sooner_than_it_has_run(client_as, county):
    officer = county.officer()
    notice = notices.announced(county, notices.approved(county, by=officer), by=officer)

    page = client_as(officer).get(f"/notices/{notice.id}/complete-announcement")

    assert "公告还没有期满，到2026年11月16日" in page.text
    assert not page.soup.select("main form button")


@pytest.mark.parametrize("page", ["/serve", "/failed"])
def test_nobody_is_said_to_have_served_it_and_no_way_or_place_is_chosen_before_somebody_says_so(
    client_as, county, page
):
    notice = notices.approved(county)

    form = client_as(county.officer()).get(page_of(notice, page)).soup.select_one("main form")

    assert not form.select("[name=method][checked]")
    assert [form.select_one(f"[name={name}]").get("value") for name in ("place", "served_by")] == [
        "",
        "",
    ]
    assert notice.recipient_address in form.text


def test_who_enters_a_service_is_not_said_to_have_served_it(client_as, county):
    notice = notices.approved(county)

    client_as(county.officer()).submit(
        page_of(notice, "/serve"),
        method="direct",
        attempted_on="今天",
        place="文澜街道东街1号",
        received_by="许芸",
        receiver_role="负责人",
    )

    assert [one.served_by for one in notice.services] == [""]
