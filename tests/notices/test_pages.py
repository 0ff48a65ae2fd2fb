"""The pages of a notice, opened and sent as officers do."""

import pytest

from tests.factories import ledger, notices, registry
from tests.factories.notices import page_of
from tests.pages import error_links, links
from training_oversight.accounts.permissions import Role
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NoticeState


def heads_browser(county, client_as):
    return client_as(county.officer(Role.SECTION_HEAD))


def test_a_notice_goes_from_draft_to_service(client_as, county):
    place = registry.institution(county, name="明径艺术培训学校")
    item = ledger.item(county, place, type="advertising")
    inspector, head = client_as(county.officer()), heads_browser(county, client_as)

    drafted = inspector.submit(
        f"/notices/new?institution={place.id}&item={item.id}",
        type_id=str(notices.notice_type(county).id),
    )
    notice = county.session.query(Notice).one()
    inspector.submit(page_of(notice, "/edit"))
    head.submit(page_of(notice, "/approve"))
    told = {"received_by": "许芸", "receiver_role": "负责人", "place": "文澜街道东街1号"}
    served = inspector.submit(
        page_of(notice, "/serve"), method="direct", attempted_on="今天", **told
    )

    assert "起草" in drafted.soup.text
    assert notice.state is NoticeState.SERVED
    assert item.due_on.isoformat() == "2026-11-05"
    assert "澄教责改〔2026〕1号" in served.text
    assert "期限从2026年10月15日的次日起算" in served.text


def test_the_list_of_types_suggests_a_stop_for_what_must_stop(client_as, county):
    place = registry.institution(county)
    ledger.item(county, place, type="unlicensed")

    page = client_as(county.officer()).get(f"/notices/new?institution={place.id}")

    assert not page.soup.select("input[name=type_id][checked]")
    assert "建议用停办通知书" in page.soup.select_one("#type_id-hint").text


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
