"""The figures for a brief: they add up to the fen, and each opens exactly its rows."""

import json
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import refunds
from tests.factories.enforcement import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.refunds import queries, service
from training_oversight.refunds.models import RefundWay
from training_oversight.refunds.queries import Period, Wanted


@pytest.fixture
def several(county):
    """Two kinds and two townships, an event with a family of two contracts, ways and a withdrawn
    refund, one of a month ago."""
    first = institution(county, kind_code="arts", division_id=county.townships[0].id)
    second = institution(county, kind_code="sports", division_id=county.townships[1].id)
    nobody_knows = institution(county, kind_code=None, division_id=county.townships[1].id)
    event = refunds.event(county, first)
    family = refunds.family(county)
    for course in ("美术", "书法"):
        made = refunds.agreed(county, event=event, whose=family, course=course)
        refunds.paid(county, made, 10_001, way=RefundWay.ACCOUNT)
    refunds.settled(county, second)
    refunds.paid(county, refunds.refund(county, nobody_knows), 77, way=RefundWay.COURT)
    refunds.withdrawn(county, second)
    refunds.ended(county)
    voided = refunds.agreed(county, second)
    refunds.paid(county, voided, 500)
    done(
        service.void_part, voided.parts[0], reason="录错", by=county.officer(Role.SECTION_HEAD),
        today=county.today,
    )  # fmt: skip
    with clock.standing_at(clock.now() - timedelta(days=40)):
        refunds.refund(county, first)
    return county


def added(parts):
    return tuple(
        sum(getattr(part.totals, name) for part in parts)
        for name in ("families", "refunds", "due", "paid", "left")
    )


def whole(total):
    return (total.families, total.refunds, total.due, total.paid, total.left)


@pytest.mark.parametrize("since", [None, 3, 60])
@pytest.mark.parametrize("until", [None, 3])
def test_the_parts_add_up_to_the_fen(several, session, since, until):
    period = Period(*(None if days is None else several.today - timedelta(days)
                      for days in (since, until)))  # fmt: skip

    found = queries.figures(session, several.officer(), period)

    assert added(found.by_kind) == added(found.by_township) == whole(found.total)
    assert sum(found.total.by_way.values()) == found.total.paid
    assert found.total.unaccounted == 0
    assert found.total.due == found.total.paid + found.total.left


def test_families_are_counted_once_and_withdrawn_refunds_not_at_all(several, session):
    found = queries.figures(session, several.officer(), Period(several.today))

    assert (found.total.families, found.total.refunds) == (4, 5)
    assert found.total.by_way[RefundWay.ACCOUNT] == 20_002
    assert (found.events.opened, found.events.open, found.events.closed) == (2, 1, 1)


def test_the_day_belongs_to_the_period_on_both_sides(several, session):
    officer, today = several.officer(), several.today
    on_the_day = queries.figures(session, officer, Period(today, today))
    before = queries.figures(session, officer, Period(None, today - timedelta(1)))

    assert on_the_day.total.refunds == 5
    assert before.total.refunds == 1
    assert queries.figures(session, officer, Period(today + timedelta(1))).total.refunds == 0


def figures_of(page):
    """What the page of rows says over them, and how many there are."""
    facts = {one.dt.text: one.dd.text for one in page.soup.select(".facts div")}
    return facts, len(page.soup.select("table.ledger tbody tr"))


@pytest.mark.parametrize("asked", ["", "?from=2026-10-01", "?until=2026-10-01"])
def test_every_number_opens_exactly_its_rows(several, client_as, asked):
    browser = client_as(several.officer())
    page = browser.get(f"/refunds/figures{asked}")
    by_part = page.soup.select(".table-scroll tbody tr")
    assert len(by_part) >= 4

    for row in by_part:
        families, count, due, paid, left = (cell.text for cell in row.select("td.right"))
        [url] = {link["href"] for link in row.select("a")}
        facts, rows = figures_of(browser.get(url))
        assert rows == int(count), url
        said = [facts[name] for name in ("家长（户）", "应退", "已退", "未退")]
        assert said == [families, due, paid, left], url


def test_every_way_opens_exactly_its_payments_and_every_state_its_events(several, client_as):
    browser = client_as(several.officer())
    page = browser.get("/refunds/figures")
    opened = 0

    for link in page.soup.select("table.plain a"):
        address = urlsplit(link["href"])
        if address.path == "/refunds/payments":
            shown = browser.get(link["href"])
            amounts = [cell.text for cell in shown.soup.select("td.s-right")]
            assert link.text in shown.soup.select_one(".head").text
            assert fen(link.text) == sum(map(fen, amounts)), link["href"]
            opened += 1
        elif address.path == "/refunds/events":
            assert int(link.text) == figures_of(browser.get(link["href"]))[1]
            assert parse_qs(address.query).keys() <= {"state"}
            opened += 1

    assert opened == len(RefundWay) + 1 + 3


def fen(written):
    return round(float(re.sub(r"[^\d.]", "", written)) * 100)


def test_a_day_that_is_none_is_told_and_narrows_nothing(several, client_as):
    for url in ("/refunds/figures", "/refunds/payments", "/refunds/events", "/refunds"):
        page = client_as(several.officer()).get(f"{url}?from=2026-13-45&township=x&kind=y")

        assert page.soup.select_one(".notice-bar, .notice"), url


def test_another_county_counts_nothing_of_ours(several, session):
    abroad = several.officer(division=several.townships[2])

    assert queries.figures(session, abroad, Period()).total.refunds == 0
    assert session.scalars(queries.counting(abroad, Wanted())).all() == []


def test_four_queries_however_many_refunds_there_are(several, session, queries_of):
    officer = several.officer()

    with queries_of() as sent:
        queries.figures(session, officer, Period())

    assert len(sent) == 4


def test_the_command_says_the_same_in_whole_fen(app, several, session):
    run = app.test_cli_runner().invoke
    found = queries.figures(session, several.system, Period(several.today))

    answer = run(
        args=["refunds", "figures", "--from", several.today.isoformat(), "--format", "json"]
    )

    said = json.loads(answer.stdout)
    assert (said["families"], said["refunds"], said["due"], said["paid"], said["left"]) == whole(
        found.total
    )
    for parts in ("by_kind", "by_township"):
        for name in ("families", "refunds", "due", "paid", "left"):
            assert sum(one[name] for one in said[parts].values()) == said[name]
    assert sum(said["by_way"].values()) == said["paid"]
    assert said["events_opened"] == said["events_open"] + said["events_closed"] == 2
    words = run(args=["refunds", "figures"]).stdout
    assert "families: 5" in words


def test_the_command_refuses_who_may_not_read_and_what_is_no_day(app, several):
    run = app.test_cli_runner().invoke
    liaison = several.officer(Role.LIAISON)

    assert run(args=["refunds", "figures", "--by", liaison.username]).exit_code == 2
    assert run(args=["refunds", "figures", "--from", "gestern"]).exit_code == 2
