"""Who has left, or gone back to the office that lent them, is nobody to be asked any more."""

import re
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tests.architecture.sources import PACKAGE, modules
from tests.factories import enforcement, inspections, ledger
from tests.factories.registry import institution, licence
from training_oversight import clock, database
from training_oversight.accounts import cli, lent_queries, queries, saved_queries, service
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.desk import gaps, unattended
from training_oversight.desk import queries as desk
from training_oversight.enforcement import queries as cases
from training_oversight.errors import BadInput
from training_oversight.inspections import service as visits
from training_oversight.ledger import service as items
from training_oversight.registry import jobs
from training_oversight.registry import queries as registry
from training_oversight.registry import service as records
from training_oversight.registry.models import Institution

TODAY = date(2026, 10, 15)
DAY = timedelta(days=1)
DAYS = [None, TODAY - DAY, TODAY, TODAY + DAY]


def gone_back(officer):
    """The last day was yesterday."""
    with database.transaction():
        officer.borrowed_from, officer.borrowed_until = "文澜街道", TODAY - DAY
    return officer


def left(officer):
    with database.transaction():
        officer.ended_on = TODAY
    return officer


LEAVING = pytest.mark.parametrize("go", [gone_back, left])


@pytest.mark.parametrize("ended_on", DAYS)
@pytest.mark.parametrize("borrowed_until", DAYS)
def test_python_and_sql_agree_on_who_works_on_a_day(county, session, ended_on, borrowed_until):
    officer = county.officer()
    with database.transaction():
        officer.ended_on, officer.borrowed_until = ended_on, borrowed_until

    found = session.scalars(
        sa.select(Officer).where(Officer.id == officer.id, Officer.working_on(TODAY))
    ).all()

    assert found == ([officer] if officer.works_on(TODAY) else [])


def test_the_last_day_of_a_borrowed_officer_is_worked_and_the_day_after_is_not(county):
    officer = gone_back(county.officer())

    assert [officer.works_on(TODAY + n * DAY) for n in (-2, -1, 0)] == [True, True, False]


def test_nothing_asks_for_one_of_the_two_columns_alone():
    """What is shown may name them; who is asked goes by the one fact."""
    asking = re.compile(r"\b(?:Officer|giver|taker|charge|officer)\.(?:ended_on|borrowed_until)\b")
    shown = {
        "accounts/admin_views.py",  # the list says since when, and until when
        "accounts/rights_words.py",  # a last day that is proposed
        "accounts/service/officers.py",  # ends and resumes it
        "accounts/service/rights.py",  # lengthens it
        "ledger/queries/lists.py",  # loads both for the fact
    }
    found = {
        path
        for module in modules()
        if asking.search(module.read_text(encoding="utf-8"))
        and (path := str(module.relative_to(PACKAGE))) not in shown
    }

    assert found == set()


@LEAVING
def test_roles_are_not_lent_beyond_the_lenders_last_day(county, session, go):
    head, inspector = county.officer(Role.SECTION_HEAD), county.officer()
    with database.transaction():
        service.delegate(
            session,
            head,
            taker=inspector,
            starts_on=TODAY - DAY,
            ends_on=TODAY + DAY,
            reason="出差",
        )
    go(head)

    acting = queries.acting(session, inspector.id, today=TODAY)

    assert acting.roles == {Role.INSPECTOR}
    assert lent_queries.lent_within(session, head.scope, today=TODAY) == []


@LEAVING
def test_nothing_is_lent_to_who_has_gone(county, session, go):
    head, other = county.officer(Role.SECTION_HEAD), go(county.officer())

    with database.transaction(), pytest.raises(BadInput):
        service.delegate(session, head, taker=other, starts_on=TODAY, ends_on=TODAY, reason="出差")


@LEAVING
def test_an_institution_in_the_charge_of_who_has_gone_is_nobodys(county, session, go):
    officer = county.officer()
    record = institution(county, officer_in_charge_id=officer.id)
    before = record.is_nobodys(TODAY)

    go(officer)

    found = session.scalars(sa.select(Institution).where(registry.nobodys(TODAY)))
    assert (before, record.is_nobodys(TODAY), found.all()) == (False, True, [record])


@LEAVING
def test_what_who_has_gone_was_in_charge_of_is_counted_as_without_an_owner(county, session, go):
    officer, head = county.officer(), county.officer(Role.SECTION_HEAD)
    record = institution(county, officer_in_charge_id=officer.id)
    licence(county, record, valid_until=TODAY + 10 * DAY)
    jobs.warn_of_licences(TODAY)
    ledger.item(county, record, in_charge=officer)
    go(officer)

    found = unattended.counted(session, head.scope, today=TODAY)
    counted = gaps.counted(session, queries.acting(session, head.id, today=TODAY), today=TODAY)

    assert found.items_without_owner == found.institutions_without_owner == 1
    assert found.endings_without_owner == 1
    assert (counted.lacking["owner"], counted.lacking["ending"], counted.items["owner"]) == (
        1,
        1,
        1,
    )


@pytest.mark.usefixtures("in_app")
@LEAVING
def test_a_licence_of_who_has_gone_waits_for_who_can_name_somebody(county, session, go):
    officer, head = county.officer(), county.officer(Role.SECTION_HEAD)
    record = institution(county, officer_in_charge_id=officer.id)
    licence(county, record, valid_until=TODAY + 10 * DAY)
    jobs.warn_of_licences(TODAY)
    before = desk.worklist(session, head, today=TODAY)

    go(officer)

    names = [line.source.name for line in desk.worklist(session, head, today=TODAY)]
    assert before == []
    assert desk.counts(session, head, TODAY)["registry.index"] == 1
    assert "licence-ending-of-nobody" in names


@LEAVING
def test_pages_say_that_the_officer_in_charge_has_left(county, client_as, go):
    officer = county.officer(name="周敏")
    record = institution(county, officer_in_charge_id=officer.id)
    item = ledger.item(county, record, in_charge=officer, due_on=TODAY + DAY)
    go(officer)
    browser = client_as(county.officer(Role.SECTION_HEAD))

    assert "周敏（已离岗）" in browser.get(f"/institutions/{record.id}").text
    assert "周敏（已离岗）" in browser.get(f"/items/{item.id}").text
    row = browser.get("/items?gap=owner").soup.select_one("tbody").text
    assert "周敏（已离岗）" in row
    assert "跟进" not in row


@LEAVING
def test_who_has_gone_can_be_chosen_nowhere(county, session, go):
    officer = go(county.officer(Role.INSPECTOR, Role.SECTION_HEAD))

    for permission in (
        None,
        Permission.LOG_VISIT,
        Permission.VERIFY_ITEM,
        Permission.APPROVE_NOTICE,
    ):
        asked = {"today": TODAY, "permission": permission}
        assert officer not in queries.colleagues(session, county_scope(county), **asked)
        assert officer.id not in queries.colleague_names(session, county_scope(county), **asked)


def county_scope(county):
    return county.officer(Role.LEADER).scope


@LEAVING
def test_who_has_gone_is_put_in_charge_of_nothing(county, session, go):
    officer, head = go(county.officer()), county.officer(Role.SECTION_HEAD)
    record, found = institution(county), ledger.finding(county)

    with database.transaction(), pytest.raises(BadInput):
        records.assign_officer(session, record, officer=officer, by=head)
    with database.transaction(), pytest.raises(BadInput):
        records.assign_many(session, [record.id], officer=officer, by=head, today=TODAY)
    with pytest.raises(BadInput):
        institution(county, officer_in_charge_id=officer.id)
    with database.transaction(), pytest.raises(BadInput):
        items.register(
            session, found, measure="", responsible_party="", responsible_person="",
            officer_in_charge=officer, limit=None, by=head, today=TODAY,
            calendar=ledger.calendar(county),
        )  # fmt: skip
    item = ledger.item(county)
    with database.transaction(), pytest.raises(BadInput):
        items.edit(
            session, item, measure="", responsible_party="", responsible_person="",
            officer_in_charge=officer, by=head,
        )  # fmt: skip


def test_a_visit_is_planned_only_with_who_still_works_here_on_its_day(county, session):
    officer, by = county.officer(), county.officer()
    with database.transaction():
        officer.borrowed_from, officer.borrowed_until = "文澜街道", TODAY + DAY

    def planned(day):
        at = clock.from_local(datetime.combine(day, time(9)))
        told = inspections.draft(county, officers=[officer], happened_at=at)
        with database.transaction():
            return visits.plan(session, draft=told, by=by, today=TODAY)

    assert planned(TODAY + DAY)
    with pytest.raises(BadInput):
        planned(TODAY + 2 * DAY)


@LEAVING
def test_who_has_gone_is_no_liaison_of_a_department(county, session, go):
    fire = county.departments["fire"]
    officer = enforcement.liaison(county, name="卢岩")
    before = cases.liaisons(session, [fire.id], TODAY)

    go(officer)

    assert before == {fire.id: ["卢岩"]}
    assert cases.liaisons(session, [fire.id], TODAY) == {}


@LEAVING
def test_filters_of_who_has_gone_are_not_offered(county, session, go):
    officer, colleague = county.officer(), county.officer()
    with database.transaction():
        service.save_filter(
            session, listing="items", name="超期", query="view=overdue", shared=True, by=officer
        )

    go(officer)

    assert saved_queries.of_listing(session, colleague, "items", today=TODAY) == []


@LEAVING
def test_no_command_acts_for_who_has_gone(county, session, go):
    officer = go(county.officer())

    with pytest.raises(BadInput):
        cli.actor(session, officer.username)


@LEAVING
def test_who_has_gone_stands_after_those_who_are_there(county, session, go):
    officer = county.officer()
    county.officer()
    go(officer)

    assert queries.staff(session, officer.scope, today=TODAY)[-1] is officer
