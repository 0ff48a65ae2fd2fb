"""A campaign from the filter of the register to its end, as each role carries it through."""

import json

import pytest

from tests.factories import registry
from training_oversight.accounts.permissions import Role
from training_oversight.campaigns.models import Campaign, CampaignReport
from training_oversight.campaigns.queries import targets

PLAN = {
    "title": "秋季专项检查",
    "superior": "示例市教育局",
    "document_number": "示教监〔2026〕31号",
    "begins_on": "10-15",
    "ends_on": "11-15",
    "kind": "campaign",
    "checklist_id": "0",
    "plan": "按乡镇分片，两人一组，逐家检查。",
}


def with_ids(browser, url, keys, **answers):
    """A step for rows of the list: its page first, then its form."""
    page = browser.post(url, {"id": keys}, status=200)
    hidden = {
        one["name"]: one["value"]
        for one in page.soup.select("main form input[type=hidden]")
        if one["name"] != "id"
    }
    return browser.post(url, {**hidden, "id": keys, **answers}, status=200)


@pytest.mark.both_databases
def test_a_campaign_runs_from_a_filter_to_its_result(app, county, client_as):
    town = county.townships[1]
    places = [registry.institution(county, division_id=town.id) for _ in range(4)]
    planner, partner = county.officer(), county.officer()
    office, head = client_as(planner), client_as(county.officer(Role.SECTION_HEAD))
    scope = f"township={town.id}"

    # The scope is chosen with the register's own filters, and the plan put down.
    assert "今天4家" in office.get(f"/campaigns/scope?{scope}").text
    office.submit(f"/campaigns/new?{scope}", **PLAN)
    one = county.session.query(Campaign).one()
    url = f"/campaigns/{one.id}"
    office.submit(f"{url}/submit")
    # Another person approves it; the planner begins.
    office.get(f"{url}/approve", 403)
    assert one.title in head.get("/desk").text
    head.submit(f"{url}/approve")
    assert "共4家对象" in office.submit(f"{url}/start").text

    # What is registered now is proposed.
    later = registry.institution(county, division_id=town.id)
    assert "又有1家符合范围" in office.get(url).text
    office.submit(f"{url}/proposed", id=[later.id], decision="add", reason="新登记")

    # Visits for all of them, in one act.
    found = targets.keys(one.id, targets.TargetFilter())
    keys = list(county.session.scalars(found))
    told = with_ids(
        office, f"{url}/plan", keys[:4], officers=[planner.id, partner.id], way="one_team",
        first_on="今天", per_day="4", approval="approved",
    )  # fmt: skip
    assert "已安排4次检查" in told.text
    visits = [rows[0].visit for rows in targets.visits(county.session, keys[:4]).values()]
    assert office.get("/rounds").text.count("待检查") >= 4

    # Two are visited, at one the door is shut, one is put on another day.
    for visit in visits[:2]:
        office.post(f"/visits/{visit.id}/start", {"version": visit.version}, status=200)
        office.submit(f"/visits/{visit.id}/finish", unanswered_reason="另行核实")
    office.submit(
        f"/visits/{visits[2].id}/not-possible", kind="closed_door", note="门锁着", again_on="10-20"
    )
    links = targets.planned_visits(county.session, one.id, keys)
    later_on = next(link for link in links if link.visit_id == visits[3].id)
    with_ids(office, f"{url}/replan", [later_on.target_id], first_on="10-22", reason="停电")
    with_ids(office, f"{url}/exempt", [keys[4]], reason="刚登记，下季度检查")

    # The command says what the page says.
    said = app.test_cli_runner().invoke(
        args=["campaigns", "coverage", one.number, "--format", "json"]
    )
    figures = json.loads(said.stdout)
    assert [figures[name] for name in ("targets", "visited", "planned", "not_possible")] == [
        5, 2, 1, 1,
    ]  # fmt: skip
    assert (figures["exempt"], figures["left"]) == (1, 0)

    # The township reports that there was nothing.
    office.submit(f"{url}/reports/ask", townships=[town.id], due_on="10-25")
    report = county.session.query(CampaignReport).one()
    office.submit(
        f"/campaigns/reports/{report.id}/zero", reported_on="今天", reported_by_name="街道办主任"
    )
    assert "零报告" in office.get(f"{url}/reports").text

    # It is closed once somebody has said why two were not visited.
    office.submit(f"{url}/close", 409, conclusion="完成")
    owed = county.session.scalars(
        targets.keys(one.id, targets.TargetFilter(view=targets.TargetView.OWED))
    ).all()
    with_ids(office, f"{url}/explain", owed, reason="两家已暂停营业")
    office.submit(f"{url}/close", conclusion="检查2家，未发现问题。")
    county.session.refresh(one)
    assert one.state.value == "closed"
    assert len(places) == 4
