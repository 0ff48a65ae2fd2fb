"""Words that officers took for something else, each where it stands."""

from datetime import date, timedelta

import pytest

from tests.factories import enforcement, ledger, notices
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.enforcement import queries, service
from training_oversight.ledger import presenting
from training_oversight.notices.forms import ServeForm
from training_oversight.notices.methods import RULES, EffectiveFrom
from training_oversight.texts import rendered
from training_oversight.web.time_left import days_left

TODAY = date(2026, 10, 15)


def labels(page):
    found = page.soup.select(".field-label")
    return {one.contents[0].strip(): bool(one.select(".optional")) for one in found}


@pytest.mark.parametrize(("days", "words"), [(0, "今天到期"), (1, "剩1天"), (9, "剩9天")])
def test_the_last_day_stands_alone(days, words):
    assert rendered(days_left(days).label) == words


def test_the_box_of_a_record_says_due_today_and_no_days(county, client_as):
    one = ledger.item(county, due_on=TODAY, in_charge=county.officer())

    box = client_as(one.officer_in_charge).get(f"/items/{one.id}").soup.select_one(".next-step")

    assert "今天到期" in box.text
    assert "剩0天" not in box.text


def test_who_follows_up_is_not_said_to_be_waited_for(county, client_as):
    one = ledger.item(county, due_on=TODAY + timedelta(days=5), in_charge=county.officer())
    colleague = county.officer(Role.SECTION_HEAD)

    own = client_as(one.officer_in_charge).get(f"/items/{one.id}").soup.select_one(".next-step")
    other = client_as(colleague).get(f"/items/{one.id}").soup.select_one(".next-step")

    assert "我跟进，期限" in own.text
    assert f"{one.officer_in_charge.name}跟进，期限" in other.text
    assert "跟进办" not in own.text + other.text


def test_what_was_reported_is_in_time_on_the_last_day_too(county):
    one = ledger.applied(county, ledger.item(county, due_on=TODAY), received_on=TODAY)

    assert rendered(presenting.time_of(one, TODAY).label) == "按期"


@pytest.mark.parametrize("end", ["taken out", "concluded"])
def test_only_what_was_taken_out_is_said_to_be(county, client_as, end):
    case = enforcement.raised_case(county)
    [entry] = queries.live_entries(county.session, case)
    officer = county.officer(Role.SECTION_HEAD)

    if end == "taken out":
        ledger.done(
            service.remove_item, case, entry, reason="已约谈", by=officer, today=county.today
        )
    else:
        ledger.done(service.set_aside, case, reason="已约谈", by=officer, today=county.today)

    page = client_as(officer).get(f"/items/{entry.item_id}")
    said = [words for words in ("移出联合执法", "联合执法结束") if words in page.text]
    assert said == [{"taken out": "移出联合执法", "concluded": "联合执法结束"}[end]]


def test_what_some_methods_of_service_need_is_not_called_optional(app):
    needed = {field for rule in RULES.values() for field in rule.proof}
    if any(rule.effective is EffectiveFrom.RECEIPT for rule in RULES.values()):
        needed |= {"receipt_on"}

    with app.test_request_context():
        form = ServeForm()

    assert {one.name for one in form if one.flags.required_at_times} == needed


def test_only_what_may_be_left_out_is_called_optional(county, client_as):
    notice = notices.approved(county)
    place = institution(county)
    browser = client_as(county.officer())

    serve = labels(browser.get(f"/notices/{notice.id}/serve"))
    register = labels(browser.get(f"/institutions/{place.id}/edit"))

    assert (serve["签收人"], serve["送达人"]) == (False, True)
    assert (register["另行确定部门的理由"], register["备注"]) == (False, True)


def test_in_english_the_switch_reads_chinese_and_no_other_word_is(county, client_as):
    officer = county.officer()
    browser = client_as(officer)

    browser.post("/language/en", {})
    page = browser.get("/account")

    switch = page.soup.select_one(".topbar-me form[action^='/language/'] button")
    assert switch.text == "中文"
