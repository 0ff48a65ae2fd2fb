"""The pages of refunds and closing events, for each role that uses them."""

import pytest

from tests.factories import complaints, refunds
from tests.factories.ledger import finding
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.refunds.models import Refund
from training_oversight.refunds.workflow import EventState, RefundState

TODAY = "2026-10-15"


@pytest.fixture
def desk(client_as, county):
    return client_as(county.officer(Role.HOTLINE))


def typed(county, **values):
    return {
        "parent": "霍思远", "phone": "199 0000 8801", "pupil": "小满", "course": "美术",
        "contract": "3,640元", "bought": "48", "given": "0", "used": "20",
        "formula_id": str(refunds.formula(county).id),
    } | values  # fmt: skip


def test_the_desk_enters_a_refund_from_the_menu_and_reads_the_calculation(desk, county):
    place = institution(county)
    assert place.name in desk.get(f"/refunds/where?q={place.name}").text

    page = desk.submit(f"/refunds/new?institution={place.id}", **typed(county))

    assert "按公式应退2,123.33元" in page.text
    assert "3640.00元 ÷ 48课时 × 28课时" in page.text
    assert "霍**" in page.text
    assert "199****8801" in page.text
    assert "小满" not in page.text


def test_a_refused_form_keeps_what_was_typed_and_names_all_that_is_wrong(desk, county):
    place = institution(county)

    page = desk.submit(
        f"/refunds/new?institution={place.id}", 422,
        **typed(county, contract="三千", used="-2", phone="x", formula_id=None),
    )  # fmt: skip

    told = page.soup.select_one(".error-summary").text
    assert "不是金额" in told
    assert "请选择按哪个公式计算" in told
    assert page.soup.select_one("input[name=contract]")["value"] == "三千"


def test_a_second_entry_of_a_family_is_refused_beside_its_telephone(desk, county):
    place = institution(county)
    desk.submit(f"/refunds/new?institution={place.id}", **typed(county))

    page = desk.submit(f"/refunds/new?institution={place.id}", 422, **typed(county))

    assert "该家长已登记" in page.soup.select_one("#phone-error").text


def test_a_refund_goes_from_its_agreement_to_the_last_payment(desk, county):
    made = refunds.refund(county)
    url = f"/refunds/{made.id}"
    page = desk.submit(f"{url}/agree", fen="2000", way="mediation", agreed_on=TODAY, note="")
    assert "已商定：2,000元" in page.text

    desk.submit(f"{url}/pay", fen="500", paid_on=TODAY, way="account", note="监管账户划付")
    refused = desk.submit(f"{url}/pay", 422, fen="1500.01", paid_on=TODAY, way="talk", note="")
    page = desk.submit(f"{url}/pay", fen="1500", paid_on=TODAY, way="talk", note="")

    assert "未退1500.00元" in refused.text
    assert "已全部退清" in page.text
    assert made.state == RefundState.SETTLED


def test_a_leader_reads_amounts_and_no_names(client_as, county):
    made = refunds.agreed(county, event=refunds.event(county))
    refunds.paid(county, made, 100)
    leader = client_as(county.officer(Role.LEADER))

    pages = [
        leader.get(url).text
        for url in (
            "/refunds", f"/refunds/{made.id}", "/refunds/events",
            f"/refunds/events/{made.event_id}",
        )
    ]  # fmt: skip

    for page in pages:
        assert "2,123.33元" in page
        assert "霍" not in page
        assert "199****" not in page


def test_who_looks_at_the_contact_says_why_and_sees_it_once(desk, county):
    made = refunds.refund(county)
    desk.submit(f"/refunds/{made.id}/contact", 422, why="看")

    page = desk.submit(f"/refunds/{made.id}/contact", why="核对合同金额")

    assert "霍思远" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "核对合同金额" in desk.get(f"/refunds/{made.id}").text


@pytest.mark.parametrize("words", ["TF-2026-0001", "tf-2026-1", "19900008801", "霍家画室"])
def test_a_refund_is_found_by_number_telephone_and_institution(desk, county, words):
    place = institution(county, name="霍家画室")
    desk.submit(f"/refunds/new?institution={place.id}", **typed(county))
    refunds.refund(county)

    page = desk.get(f"/refunds?q={words}")

    assert len(page.soup.select("tbody tr")) == 1


def test_a_leader_finds_nobody_by_a_telephone(client_as, county):
    made = refunds.refund(county)
    number = county.session.get_one(Refund, made.id).phone

    page = client_as(county.officer(Role.LEADER)).get(f"/refunds?q={number}")

    assert page.soup.select("tbody tr") == []


def test_figures_of_a_family_are_checked_and_later_corrected(desk, county):
    made = refunds.signed_up(county)

    desk.submit(f"/refunds/{made.id}/check", used="24")
    page = desk.submit(f"/refunds/{made.id}/correct", used="0")

    assert (made.state, made.used) == (RefundState.ENTERED, 0)
    assert "已更正" in page.text


def test_a_dispute_a_withdrawal_and_the_mark_of_the_platform(desk, head, county):
    made, other = refunds.refund(county), refunds.refund(county)

    assert "有争议" in desk.submit(f"/refunds/{made.id}/dispute", reason="机构不认").text
    desk.submit(f"/refunds/{made.id}/platform", entered_on=TODAY)
    head.submit(f"/refunds/{other.id}/withdraw", reason="登记有误")

    assert (made.platform_on, other.state) == (county.today, RefundState.WITHDRAWN)
    desk.get(f"/refunds/{made.id}/withdraw", status=403)


def test_a_payment_in_error_is_taken_back_by_the_head(head, county):
    made = refunds.agreed(county)
    part = refunds.paid(county, made, 100)

    page = head.submit(f"/refunds/{made.id}/parts/{part.id}/void", reason="录成别家的")

    assert "录入有误，不计：录成别家的" in page.text
    assert made.paid_fen == 0
    head.get(f"/refunds/{refunds.refund(county).id}/parts/{part.id}/void", status=404)


def test_an_event_is_opened_on_the_page_of_the_institution(desk, county):
    place = institution(county)

    page = desk.submit(
        f"/refunds/events/new?institution={place.id}", happened_on=TODAY, summary="人去楼空"
    )
    again = desk.get(f"/refunds/events/new?institution={place.id}", follow_redirects=True)

    assert "TY-2026-01" in page.text
    assert "已有停业事件" in again.text
    assert "TY-2026-01" in desk.get(f"/institutions/{place.id}").text


def test_an_event_shows_one_total_with_the_balance_beside_it(desk, county):
    running = refunds.event(county)
    refunds.paid(county, refunds.agreed(county, event=running), 12_333)
    refunds.signed_up(county, running)
    url = f"/refunds/events/{running.id}"

    page = desk.submit(f"{url}/balance", fen="1.2万", as_of=TODAY, source="银行函〔2026〕3号")

    assert "2户" in page.text
    assert "123.33元" in page.text
    assert "12,000元" in page.text
    assert "其中1笔由家长自行登记" in page.text


def test_the_head_tells_families_takes_it_back_and_ends_the_event(head, county):
    running = refunds.event(county)
    url = f"/refunds/events/{running.id}"
    page = head.submit(f"{url}/announce", text="请带合同来窗口。")
    assert "请带合同来窗口。" in page.text

    (link,) = page.soup.select("a[href$=take-back]")
    head.submit(link["href"], reason="时间有误")
    head.submit(f"{url}/close", conclusion="已全部退清。")
    assert running.state == EventState.CLOSED
    head.get(link["href"], status=404)

    head.submit(f"{url}/reopen", reason="又有家长来")
    assert running.state == EventState.OPEN


def test_refunds_of_an_event_stand_on_its_own_list(desk, county):
    running = refunds.event(county)
    mine, other = refunds.refund(county, event=running), refunds.refund(county)

    page = desk.get(f"/refunds?event={running.id}")

    assert mine.number in page.text
    assert other.number not in page.text


def test_a_refund_is_entered_into_an_event_and_not_into_that_of_another_place(desk, county):
    running, other = refunds.event(county), institution(county)
    url = f"/refunds/new?institution={running.institution_id}&event={running.id}"

    page = desk.submit(url, **typed(county))

    assert running.number in page.text
    desk.get(f"/refunds/new?institution={other.id}&event={running.id}", status=404)
    desk.get(f"/refunds/new?institution={other.id}&finding=999", status=404)
    assert desk.get("/refunds/new", status=302).location.endswith("/refunds/where")


def test_single_refunds_stand_on_the_page_of_the_institution(desk, county):
    made = refunds.agreed(county)

    assert made.number in desk.get(f"/institutions/{made.institution_id}").text


def test_a_refund_is_opened_from_what_a_visit_found(inspector, county):
    found = finding(county)
    page = inspector.get(f"/visits/findings/{found.id}")
    (link,) = [one["href"] for one in page.soup.select(".moves a") if one.text == "登记退费"]

    inspector.submit(link, **typed(county))

    page = inspector.get(f"/visits/findings/{found.id}")
    (link,) = [one["href"] for one in page.soup.select("a") if one.text == "TF-2026-0001"]
    assert f"/visits/findings/{found.id}" in inspector.get(link).text


def test_a_refund_is_opened_from_a_complaint_and_stands_on_it(desk, county):
    told = complaints.received(county)
    page = desk.get(f"/complaints/{told.id}")
    link = page.soup.select_one("a[href*='complaint=']")["href"]

    made = desk.submit(link, **typed(county))

    assert told.number in made.text
    assert "TF-2026-0001" in desk.get(f"/complaints/{told.id}").text


def test_the_menu_counts_what_waits_for_whoever_follows_it_up(client_as, county):
    mine, other = county.officer(), county.officer()
    running = refunds.event(county, by=mine)
    refunds.signed_up(county, running)
    refunds.refund(county, by=mine)
    refunds.agreed(county, by=other)

    def waiting(officer):
        page = client_as(officer).get("/account")
        return [one.text for one in page.soup.select(".sidenav a.count[href*='refunds.index']")]

    assert waiting(mine) == ["2"]
    assert waiting(other) == []
