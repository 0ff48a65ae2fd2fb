"""The pages of a notice, opened and sent as officers do."""

import io
import re

import pypdfium2
import pytest

from tests.factories import ledger, notices, registry
from training_oversight.accounts.permissions import Role
from training_oversight.notices import queries
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NoticeState

RARE = "㛃龑祎珺堃"


def page_of(notice, step=""):
    return f"/notices/{notice.id}{step}"


def heads_browser(county, client_as):
    return client_as(county.officer(Role.SECTION_HEAD))


def links(answer):
    return {a["href"] for a in answer.soup.select("main a[href]")}


def error_links(answer):
    return [a["href"] for a in answer.soup.select(".error-summary a")]


def text_of(pdf):
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return re.sub(r"\s", "", "".join(p.get_textpage().get_text_range() for p in pages))


def test_a_notice_goes_from_draft_to_service(client_as, county):
    place = registry.institution(county, name="明径艺术培训学校")
    item = ledger.item(county, place, type="advertising")
    inspector, head = client_as(county.officer()), heads_browser(county, client_as)

    drafted = inspector.submit(f"/notices/new?institution={place.id}&item={item.id}")
    notice = county.session.query(Notice).one()
    inspector.submit(page_of(notice, "/edit"))
    head.submit(page_of(notice, "/approve"))
    served = inspector.submit(page_of(notice, "/serve"), received_by="许芸", receiver_role="负责人")

    assert "起草" in drafted.soup.text
    assert notice.state is NoticeState.SERVED
    assert item.due_on.isoformat() == "2026-11-05"
    assert "澄教责改〔2026〕1号" in served.text
    assert "期限从2026年10月15日的次日起算" in served.text


def test_the_list_of_types_suggests_a_stop_for_what_must_stop(client_as, county):
    place = registry.institution(county)
    ledger.item(county, place, type="unlicensed")

    page = client_as(county.officer()).get(f"/notices/new?institution={place.id}")

    chosen = page.soup.select_one("input[name=type_id][checked]")
    assert chosen.find_parent("label").text.strip() == "停办通知书"


def test_without_an_institution_one_chooses_among_those_that_wait(client_as, county):
    item = ledger.item(county, registry.institution(county, name="明径艺术培训学校"))
    ledger.item(county, due_on=county.today)

    page = client_as(county.officer()).get("/notices/new")

    assert f"/notices/new?institution={item.institution_id}" in links(page)
    assert len(page.soup.select("tbody tr")) == 1


def test_submitting_with_gaps_keeps_the_draft_and_points_at_each_gap(client_as, county):
    notice = notices.draft(county, count=2)
    browser = client_as(notice.drafted_by)

    answer = browser.submit(
        page_of(notice, "/edit"),
        409,
        **{"recipient_person": "", "facts": "新写的事实", "entries-1-length": ""},
    )
    again = browser.submit(page_of(notice, "/edit"), draft="1", recipient_person="许芸")

    assert notice.facts == "新写的事实"
    assert error_links(answer) == ["#recipient_person", "#entries-1-length"]
    assert "还差2处，不能送审。草稿已保存" in answer.text
    assert "草稿已存" in again.text
    assert notice.recipient_person == "许芸"


def test_the_page_after_a_refusal_can_be_sent_as_it_stands(client_as, county):
    notice = notices.draft(county)
    browser = client_as(notice.drafted_by)
    refused = browser.submit(page_of(notice, "/edit"), 409, recipient_person="")
    from tests.pages import filled_in

    data = filled_in(refused.soup.select_one("main form[method=post]"))
    browser.post(page_of(notice, "/edit"), data | {"recipient_person": "许芸"}, 200)

    assert notice.state is NoticeState.SUBMITTED


def test_a_wrong_number_of_days_keeps_what_was_typed(client_as, county):
    notice = notices.draft(county)

    answer = client_as(notice.drafted_by).submit(
        page_of(notice, "/edit"), 422, **{"entries-0-length": "十五", "facts": "新写的事实"}
    )

    assert "请填整数天数" in answer.text
    assert answer.soup.select_one("[name=entries-0-length]")["value"] == "十五"
    assert answer.soup.select_one("[name=facts]").text.strip() == "新写的事实"


def test_pressing_twice_submits_once(client_as, county):
    notice = notices.draft(county)
    browser = client_as(notice.drafted_by)
    from tests.pages import filled_in

    form = filled_in(browser.get(page_of(notice, "/edit")).soup.select_one("main form"))
    browser.post(page_of(notice, "/edit"), form, 200)
    second = browser.post(page_of(notice, "/edit"), form, 200)

    assert "没有重复办理" in second.text or "已经" in second.text
    assert notice.state is NoticeState.SUBMITTED


def test_a_stale_draft_is_refused_with_what_was_typed(client_as, county):
    notice = notices.draft(county)
    browser = client_as(notice.drafted_by)
    stale = str(notice.version)
    notices.rewritten(county, notice, facts="别人写的")

    answer = browser.submit(page_of(notice, "/edit"), 409, version=stale, facts="我写的", draft="1")

    assert notice.facts == "别人写的"
    assert answer.soup.select_one("[name=facts]").text.strip() == "我写的"


def test_who_drafted_sees_no_button_to_approve(client_as, county):
    head = county.officer(Role.SECTION_HEAD)
    notice = notices.submitted(county, by=head)
    browser = client_as(head)

    page = browser.get(page_of(notice))
    answer = browser.get(page_of(notice, "/approve"), 403)

    assert page_of(notice, "/approve") not in links(page)
    assert "这份文书是您起草的，要由别人审批签发。" in answer.text


def test_serving_before_approval_is_said_plainly(client_as, county):
    notice = notices.submitted(county)

    answer = client_as(county.officer()).get(page_of(notice, "/serve"), 409)

    assert "现在不能办“登记送达”：这条记录的状态是“待审批”。" in answer.text


def test_service_without_proof_comes_back_with_the_fields_named(client_as, county):
    notice = notices.approved(county)

    answer = client_as(county.officer()).submit(
        page_of(notice, "/serve"), 422, method="left", witness=""
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
        page_of(notice, "/serve"), method="left", detail="当面拒收", proof=(buffer, "留置.jpg")
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
        page_of(notice, "/serve"), 422, received_by="许芸", receiver_role="负责人", proof=fake
    )

    assert "证据.jpg" in answer.text
    assert answer.soup.select_one("[name=received_by]")["value"] == "许芸"


def test_a_future_day_is_refused(client_as, county):
    notice = notices.approved(county)

    answer = client_as(county.officer()).submit(
        page_of(notice, "/serve"),
        422,
        received_by="许芸",
        receiver_role="负责人",
        attempted_on="2026-10-20",
    )

    assert "不能晚于今天" in answer.text


def test_a_failed_attempt_shows_in_the_list(client_as, county):
    notice = notices.approved(county)
    browser = client_as(county.officer())

    browser.submit(page_of(notice, "/failed"), failure="门锁着，没有人。")
    page = browser.get("/notices?view=to_serve")

    assert "送达未成1次" in page.text


def test_an_announcement_is_completed_from_the_record(client_as, county, at):
    notice = notices.approved(county)
    browser = client_as(county.officer())
    running = browser.submit(
        page_of(notice, "/serve"), method="announcement", detail="下落不明", place="县政府网站"
    )
    at(county.today.replace(month=11, day=16))
    browser = client_as(county.officer())

    ready = browser.get(page_of(notice))
    browser.submit(page_of(notice, "/complete-announcement"))

    assert "公告到2026年11月16日期满" in running.text
    assert page_of(notice, "/complete-announcement") in links(ready)
    assert notice.served_on == county.today


@pytest.mark.parametrize("step", ["/withdraw", "/revoke", "/return"])
def test_grave_steps_have_a_page_and_want_a_reason(client_as, county, step):
    made = {"/withdraw": "approved", "/revoke": "served", "/return": "submitted"}[step]
    notice = getattr(notices, made)(county)
    browser = heads_browser(county, client_as)
    name = "note" if step == "/return" else "reason"

    browser.submit(page_of(notice, step), 422, **{name: ""})
    browser.submit(page_of(notice, step), **{name: "事实有误"})

    assert notice.state is not NoticeState[made.upper()]
    assert "事实有误" in (notice.ended_reason + notice.returned_note)


def test_the_pdf_says_what_was_typed_rare_names_included(client_as, county):
    place = registry.institution(county, name=f"{RARE}艺术培训学校", responsible_person=RARE)
    notice = notices.draft(county, institution=place)
    browser = client_as(notice.drafted_by)

    before = text_of(browser.get(page_of(notice, "/notice.pdf")).data)
    notices.approved(county, notices.submitted(county, notice))
    after = text_of(browser.get(page_of(notice, "/notice.pdf")).data)

    assert "拟稿" in before
    for words in (f"{RARE}艺术培训学校", "澄教责改〔2026〕1号", "搬离器材柜", "15个工作日内"):
        assert words in after
    assert RARE in after


def test_the_pdf_stays_after_the_institution_is_renamed(client_as, county):
    from training_oversight import database

    place = registry.institution(county, name="明径艺术培训学校")
    notice = notices.approved(county, institution=place)
    browser = client_as(notice.drafted_by)
    before = browser.get(page_of(notice, "/notice.pdf")).data
    with database.transaction():
        place.name = "换名培训中心"

    after = browser.get(page_of(notice, "/notice.pdf")).data

    assert after == before


def test_the_proof_of_service_prints_blank_and_filled_in(client_as, county):
    notice = notices.approved(county)
    browser = client_as(county.officer())

    blank = text_of(browser.get(page_of(notice, "/receipt.pdf")).data)
    notices.served(county, notice)
    filled = text_of(browser.get(page_of(notice, "/receipt.pdf")).data)

    assert "许芸" not in blank
    assert "☑直接送达" in filled
    assert "许芸" in filled


def test_a_foreign_county_has_no_such_notice(client_as, county):
    notice = notices.approved(county)
    elsewhere = client_as(county.officer(division=county.townships[2]))

    for step in ("", "/edit", "/approve", "/serve", "/withdraw", "/notice.pdf", "/receipt.pdf"):
        answer = elsewhere.get(page_of(notice, step), None)

        assert answer.status_code in (403, 404), step


def test_a_reader_sees_notices_and_no_buttons(client_as, county):
    notice = notices.approved(county)

    page = client_as(county.officer(Role.OBSERVER)).get(page_of(notice))

    assert not page.soup.select(".moves .button")
    assert not [url for url in links(page) if url.endswith(("/serve", "/failed", "/withdraw"))]


@pytest.mark.parametrize("made", ["draft", "submitted", "approved", "served"])
@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.SECTION_HEAD, Role.LEADER, Role.PUBLISHER])
def test_every_button_of_the_record_opens(client_as, county, made, role):
    notice = getattr(notices, made)(county)
    browser = client_as(county.officer(role))

    for button in browser.get(page_of(notice)).soup.select(".moves a.button"):
        assert browser.get(button["href"], 200)


def test_the_list_filters_and_counts(client_as, county):
    notices.approved(county, type="stop")
    notices.draft(county)
    browser = client_as(county.officer())

    everything = browser.get("/notices")
    stops = browser.get("/notices?type=stop")
    found = browser.get("/notices?q=停办〔2026〕1号")
    nothing = browser.get("/notices?view=ended")

    assert len(everything.soup.select("tbody tr")) == 2
    assert len(stops.soup.select("tbody tr")) == 1
    assert len(found.soup.select("tbody tr")) == 1
    assert nothing.soup.select_one(".empty")


def test_the_list_sends_the_same_number_of_queries_for_many(client_as, county, queries_of):
    notices.served(county)
    browser = client_as(county.officer())
    with queries_of() as few:
        browser.get("/notices")
    for _ in range(4):
        notices.served(county)
    notices.approved(county)

    with queries_of() as many:
        browser.get("/notices")

    assert len(many) == len(few)


def test_the_record_sends_the_same_number_of_queries_for_many_items(client_as, county, queries_of):
    one, many = notices.served(county), notices.served(county, count=4)
    browser = client_as(county.officer())
    browser.get(page_of(one))
    with queries_of() as few:
        browser.get(page_of(one))

    with queries_of() as more:
        browser.get(page_of(many))

    assert len(more) == len(few)


def test_what_waits_is_each_officers_own(county):
    head = county.officer(Role.SECTION_HEAD)
    mine, other = county.officer(), county.officer()
    to_approve = notices.submitted(county, by=mine)
    to_serve = notices.approved(county, by=mine, head=head)
    session = county.session

    found = [
        session.scalars(queries.listed(one.scope).where(queries.waiting_for(one))).all()
        for one in (head, mine, other)
    ]

    assert found == [[to_approve], [to_serve], []]


def test_an_item_on_its_way_says_whose_step_is_next(app, county):
    from training_oversight.web.contributions import contributions

    head = county.officer(Role.SECTION_HEAD)
    notice = notices.submitted(county)
    key = notice.entries[0].item_id

    with app.test_request_context():
        found = contributions(app).steps_of("items", county.session, head, [key], county.today)
        theirs = contributions(app).steps_of(
            "items", county.session, notice.drafted_by, [key], county.today
        )

    assert str(found[key].label) == "审批签发"
    assert found[key].url.endswith(f"/notices/{notice.id}/approve")
    assert not theirs[key].mine
    assert theirs[key].url is None


def test_an_announcement_is_completed_no_sooner_than_it_has_run(client_as, county):
    officer = county.officer()
    notice = notices.announced(county, notices.approved(county, by=officer), by=officer)

    page = client_as(officer).get(f"/notices/{notice.id}/complete-announcement")

    assert "公告还没有期满，到2026年11月16日" in page.text
    assert not page.soup.select("main form button")
