"""The pages of campaigns, for each role that uses them."""

import io
from datetime import timedelta

import pytest

from tests.factories import campaigns, registry
from tests.factories.inspections import events
from tests.factories.uploads import photo
from training_oversight.accounts.permissions import Role
from training_oversight.campaigns.models import Campaign, TargetOrigin
from training_oversight.campaigns.queries import TargetState, targets
from training_oversight.campaigns.workflow import CampaignState

TODAY = "2026-10-15"


def chosen(browser, url, keys):
    """The page of a step that the list leads to with these rows ticked."""
    answer = browser.http.post(url, data={"id": keys, "csrf_token": browser.token()})
    return browser._checked(answer, 200)


def stepped(browser, url, keys, status=None, **answers):
    """The same, and the form of that page filled in and sent."""
    page = chosen(browser, url, keys)
    hidden = {
        one["name"]: one["value"]
        for one in page.soup.select("main form input[type=hidden]")
        if one["name"] != "id"
    }
    data = {**hidden, "id": keys, **answers}
    answer = browser.http.post(url, data=data, follow_redirects=status is None)
    return browser._checked(answer, status or 200)


def test_the_registers_filter_leads_to_a_scope_and_to_a_plan(inspector, county):
    place = registry.institution(county)
    town = county.townships[0]

    listed = inspector.get(f"/institutions?kind={place.kind_code}&township={town.id}")
    link = next(a for a in listed.soup.select("main a") if a.text == "制定专项行动")
    page = inspector.get(link["href"])

    assert f"kind={place.kind_code}" in link["href"]
    on = page.soup.select_one("a.button.main")["href"]
    assert f"township={town.id}" in on
    assert town.name in inspector.get(on).soup.select_one("main").text


def test_a_plan_with_what_is_wrong_is_refused_beside_its_fields_and_keeps_what_was_typed(
    inspector,
):
    page = inspector.submit(
        "/campaigns/new", 422, title="", begins_on="10-20", ends_on="10-16", plan="逐家检查"
    )

    assert "请填写行动名称" in page.soup.select_one("#title-error").text
    assert "请选择检查类别" in page.soup.select_one("#kind-error").text
    assert "逐家检查" in page.soup.select_one("textarea[name=plan]").text


def test_nobody_gets_a_button_that_would_be_refused(client_as, county):
    one = campaigns.running(county)

    page = client_as(county.officer(Role.OBSERVER)).get(f"/campaigns/{one.id}")

    assert page.soup.select("main .moves a") == []
    assert "移出" not in client_as(county.officer(Role.OBSERVER)).get(
        f"/campaigns/{one.id}/targets"
    ).text.replace("已移出", "")


def test_a_hotline_clerk_opens_no_campaign(client_as, county):
    one = campaigns.running(county)

    client_as(county.officer(Role.HOTLINE)).get(f"/campaigns/{one.id}", 403)


def test_who_begins_a_campaign_reads_how_many_targets_it_will_have(county, client_as):
    place = registry.institution(county)
    one = campaigns.approved(county, scope=f"kind={place.kind_code}")
    browser = client_as(one.prepared_by)

    page = browser.get(f"/campaigns/{one.id}/start")
    told = browser.submit(f"/campaigns/{one.id}/start")

    assert "固定为对象" in page.soup.select_one("main").text
    assert "行动已启动" in told.text
    county.session.refresh(one)
    assert one.state is CampaignState.RUNNING


def test_visits_are_proposed_before_they_are_planned(county, client_as):
    one = campaigns.running(county)
    team = [county.officer(), county.officer()]
    browser = client_as(one.prepared_by)
    url, keys = f"/campaigns/{one.id}/plan", [each.id for each in campaigns.of(county, one)]
    said = {
        "officers": [each.id for each in team],
        "way": "one_team",
        "lead_id": team[1].id,
        "first_on": "10-16",
        "per_day": "2",
        "approval": "approved",
        "helpers": "邻县教体局王某",
    }

    proposed = stepped(browser, url, keys, 200, preview="1", **said)

    assert "分配建议" in proposed.soup.select_one("main").text
    assert targets.visits(county.session, keys) == {}

    planned = stepped(browser, url, keys, **said)

    assert "已安排3次检查" in planned.text
    found = targets.visits(county.session, keys)
    visits = [rows[0] for rows in found.values()]
    assert {each.lead for each in visits} == {team[1].name}
    assert {each.visit.helpers for each in visits} == {"邻县教体局王某"}
    # The 17th and the 18th are a weekend.
    days = sorted({f"{each.visit.happened_at:%m-%d}" for each in visits})
    assert days == ["10-16", "10-19"]


def test_the_form_of_the_plan_says_what_is_missing(county, client_as):
    one = campaigns.running(county)
    keys = [each.id for each in campaigns.of(county, one)]

    page = stepped(client_as(one.prepared_by), f"/campaigns/{one.id}/plan", keys, 422)

    summary = page.soup.select_one(".error-summary").text
    for sentence in ("请选择检查人员", "请选择怎样分配对象", "请填写检查的第一天", "每组每天"):
        assert sentence in summary
    assert len(page.soup.select("input[name=id]")) == len(keys)


def test_all_that_is_left_can_be_planned_without_ticking(county, client_as):
    one = campaigns.running(county)

    page = client_as(one.prepared_by).get(f"/campaigns/{one.id}/plan")

    assert "3家尚未安排检查" in page.soup.select_one("main").text


def test_chosen_targets_are_planned_anew_from_the_list(county, client_as):
    one = campaigns.running(county)
    some = campaigns.of(county, one)
    campaigns.visited_by(county, one, some)

    told = stepped(
        client_as(one.prepared_by),
        f"/campaigns/{one.id}/replan",
        [each.id for each in some],
        first_on="10-20",
        per_day="5",
        reason="雨天改期",
    )

    assert "已重新安排3次检查" in told.text


@pytest.mark.parametrize(
    ("step", "state"),
    [("exempt", TargetState.EXEMPT), ("explain", TargetState.LEFT)],
)
def test_one_reason_stands_beside_all_that_were_chosen(county, client_as, step, state):
    one = campaigns.running(county)
    keys = [each.id for each in campaigns.of(county, one)]
    browser = client_as(one.prepared_by)

    refused = stepped(browser, f"/campaigns/{one.id}/{step}", keys, 422, reason="")
    told = stepped(browser, f"/campaigns/{one.id}/{step}", keys, reason="已停业")

    assert "请写明原因" in refused.text
    assert told.text.count("已停业") >= 3
    assert {targets.state(county.session, key) for key in keys} == {state}


def test_a_target_is_found_by_words_and_added_with_its_reason(county, client_as):
    one, place = campaigns.running(county), registry.institution(county)
    browser = client_as(one.prepared_by)

    found = browser.get(f"/campaigns/{one.id}/add?q={place.name}")
    told = browser.submit(f"/campaigns/{one.id}/add?institution={place.id}", reason="群众反映")

    assert place.name in found.soup.select_one("main").text
    assert f"已将{place.name}列为对象" in told.text
    assert campaigns.of(county, one)[-1].origin is TargetOrigin.ADDED


def test_what_fell_into_the_scope_waits_for_a_decision(county, client_as):
    place = registry.institution(county)
    one = campaigns.running(county, among=[place], scope=f"kind={place.kind_code}")
    later = registry.institution(county)
    browser = client_as(one.prepared_by)
    url = f"/campaigns/{one.id}/proposed"

    page = browser.get(f"/campaigns/{one.id}")
    refused = browser.submit(url, 422, decision="add", reason="新登记")
    told = browser.submit(url, id=[later.id], decision="add", reason="新登记")

    assert "未经人确定，不列为对象" in page.text
    assert "请勾选要处理的机构" in refused.text
    assert "已列入1家对象" in told.text
    assert events(county.session, campaigns.of(county, one)[-1]) == ["campaign_target.came_in"]


def test_a_campaign_with_open_targets_says_why_it_cannot_be_closed(county, client_as):
    one = campaigns.running(county)
    browser = client_as(one.prepared_by)

    page = browser.get(f"/campaigns/{one.id}")
    browser.submit(f"/campaigns/{one.id}/close", 409, conclusion="完成")

    assert "还有3家既未检查也未豁免" in page.soup.select_one(".locked").text


def test_another_campaign_is_made_from_an_earlier_one_without_its_paper_and_days(county, client_as):
    one = campaigns.closed(county)
    browser = client_as(county.officer())

    page = browser.get(f"/campaigns/new?from={one.id}")

    assert page.soup.select_one("textarea[name=plan]").text.strip() == campaigns.PLAN
    for name in ("title", "document_number", "begins_on", "ends_on"):
        assert not page.soup.select_one(f"[name={name}]").get("value")
    browser.submit(
        f"/campaigns/new?from={one.id}", title="秋季回头看", begins_on="10-20", ends_on="11-20",
        checklist_id="0",
    )  # fmt: skip
    made = county.session.query(Campaign).order_by(Campaign.id.desc()).first()
    assert made.based_on_id == one.id


def test_the_scope_of_a_plan_is_changed_with_the_same_filters(county, client_as):
    one = campaigns.planned(county)
    browser = client_as(one.prepared_by)
    town = county.townships[1]

    page = browser.get(f"/campaigns/scope?campaign={one.id}&township={town.id}")
    on = page.soup.select_one("a.button.main")["href"]
    browser.submit(on)

    county.session.refresh(one)
    assert one.scope == f"township={town.id}"
    assert town.name in one.scope_words


def test_institution_and_visit_say_to_which_campaign_they_belong(county, client_as):
    one = campaigns.running(county)
    target = campaigns.of(county, one)[0]
    [visit] = campaigns.visited_by(county, one, [target])
    browser = client_as(county.officer())

    assert one.title in browser.get(f"/institutions/{target.institution_id}").text
    visit.happened_at -= timedelta(0)
    assert one.number in browser.get(f"/visits/{visit.id}").text


def test_the_list_of_targets_takes_as_many_statements_however_many(county, client_as, queries_of):
    counts = []
    browser = client_as(county.officer(Role.OBSERVER))
    for many in (3, 12):
        one = campaigns.running(county, among=campaigns.places(county, many))
        campaigns.visited_by(county, one, campaigns.of(county, one))
        with queries_of() as sent:
            browser.get(f"/campaigns/{one.id}/targets")
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_the_superiors_document_is_kept_with_the_campaign(county, client_as):
    one = campaigns.running(county)
    browser = client_as(one.prepared_by)
    upload = (io.BytesIO(photo()), "示教监〔2026〕31号.png")

    page = browser.submit(f"/campaigns/{one.id}/papers", papers=upload)

    link = next(a for a in page.soup.select(".shots a"))
    assert "示教监〔2026〕31号" in link.text
    with browser.http.get(link["href"]) as sent:
        assert sent.status_code == 200
