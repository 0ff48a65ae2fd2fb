"""Coverage: the parts add up to the whole, and every figure opens exactly its rows."""

import json

import pytest

from tests.factories import campaigns, registry
from tests.factories.inspections import by_service
from training_oversight.accounts.permissions import Role
from training_oversight.campaigns import service
from training_oversight.campaigns.queries import TargetState, TargetView, coverage, targets
from training_oversight.inspections import service as inspecting

T = TargetState


@pytest.fixture
def campaign(county):
    """Twelve targets in three townships, with somebody in every state."""
    among = [
        registry.institution(county, division_id=county.townships[number % 3].id)
        for number in range(12)
    ]
    one = campaigns.running(county, among=among)
    some = campaigns.of(county, one)
    by, today = one.prepared_by, county.today
    visits = campaigns.visited_by(county, one, some[:6])
    by_target = {
        key: rows[0].visit
        for key, rows in targets.visits(county.session, [t.id for t in some[:6]]).items()
    }
    assert len(visits) == 6
    campaigns.finished(county, by_target[some[0].id])
    campaigns.finished(county, by_target[some[1].id])
    campaigns.shut(county, by_target[some[2].id])
    again = campaigns.shut(county, by_target[some[3].id])
    by_service(inspecting.start, again, by=again.officers[0])
    campaigns.finished(county, again)
    by_service(service.exempt, one, [some[6].id], reason="已停业", by=by, today=today)
    # Exempt, and visited all the same: what has happened goes before what was decided.
    by_service(service.exempt, one, [some[4].id], reason="已停业", by=by, today=today)
    campaigns.finished(county, by_target[some[4].id])
    by_service(service.take_out, one, [some[7].id], reason="重复登记", by=by, today=today)
    return one


def test_every_target_is_in_one_part_and_the_parts_add_up(county, campaign):
    found = coverage.coverage(county.session, campaign.id, {})

    assert {state: found.whole.of(state) for state in T} == {
        T.VISITED: 4, T.PLANNED: 1, T.NOT_POSSIBLE: 1, T.EXEMPT: 1, T.LEFT: 4,
    }  # fmt: skip
    assert found.whole.targets == 11
    for parts in (found.townships, found.officers, found.kinds):
        assert sum(part.targets for part in parts) == found.whole.targets
        for state in T:
            assert sum(part.of(state) for part in parts) == found.whole.of(state)
        for part in parts:
            assert sum(part.of(state) for state in T) == part.targets


def test_the_tabs_say_what_the_coverage_says(county, campaign):
    whole = coverage.coverage(county.session, campaign.id, {}).whole
    counts = targets.counts(county.session, campaign.id, targets.TargetFilter())

    assert counts[TargetView.ALL] == whole.targets
    assert counts[TargetView.OWED] == whole.owed
    assert counts[TargetView.OUT] == 1
    for state in T:
        view = next(one for one in TargetView if one.value == state.value)
        assert counts[view] == whole.of(state)


def test_every_figure_on_the_page_opens_exactly_its_rows(county, campaign, client_as):
    browser = client_as(county.officer(Role.OBSERVER))
    page = browser.get(f"/campaigns/{campaign.id}")
    figures = [
        (int(link.text.replace(",", "")), link["href"])
        for link in page.soup.select("table a")
        if f"/campaigns/{campaign.id}/targets" in link["href"]
    ]

    assert len(figures) > 20
    for figure, address in figures:
        opened = browser.get(address)
        assert len(opened.soup.select("table.ledger tbody tr")) == figure, address


def test_a_visit_that_is_planned_after_a_shut_door_still_counts_as_not_possible(county, campaign):
    found = coverage.coverage(county.session, campaign.id, {})

    assert found.whole.of(T.NOT_POSSIBLE) == 1
    assert found.whole.owed == 6


def test_the_command_says_the_same_and_adds_up(county, campaign, app):
    answer = app.test_cli_runner().invoke(
        args=["campaigns", "coverage", campaign.number, "--format", "json"]
    )

    said = json.loads(answer.stdout)
    assert list(said) == [
        "campaign", "targets", "visited", "planned", "not_possible", "exempt", "left",
        "by_township",
    ]  # fmt: skip
    assert said["campaign"] == campaign.number
    parts = ("visited", "planned", "not_possible", "exempt", "left")
    for row in [said, *said["by_township"]]:
        assert sum(row[part] for part in parts) == row["targets"]
    for part in ("targets", *parts):
        assert sum(row[part] for row in said["by_township"]) == said[part]
    assert {row["division"] for row in said["by_township"]} == {
        town.code for town in county.townships
    }


def test_the_command_refuses_a_number_that_is_none(county, app):
    answer = app.test_cli_runner().invoke(args=["campaigns", "coverage", "ZX-2026-99"])

    assert answer.exit_code == 2
    assert "没有编号为" in answer.stderr


def test_counting_takes_as_many_statements_however_many_targets(county, queries_of):
    counts = []
    for many in (3, 12):
        one = campaigns.running(county, among=campaigns.places(county, many))
        with queries_of() as sent:
            coverage.coverage(county.session, one.id, {})
        counts.append(len(sent))

    assert counts[0] == counts[1]
