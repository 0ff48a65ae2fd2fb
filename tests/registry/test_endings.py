"""Endings announced ahead, permits handed back, and who cannot be reopened."""

from datetime import date

import pytest

from tests.factories.registry import institution, licence
from tests.registry.test_licences import happen
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, Blocked
from training_oversight.registry import queries, service
from training_oversight.registry.ending import earliest_end, is_short_notice
from training_oversight.registry.models import (
    ClosingKind,
    LicenceEventKind,
    LicenceState,
    LicenceType,
)
from training_oversight.registry.workflow import InstitutionState

TODAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("announced", "earliest"),
    [
        (date(2026, 10, 15), date(2027, 4, 15)),
        (date(2026, 1, 31), date(2026, 7, 31)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 6, 1)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_an_ending_is_announced_six_months_ahead(announced, earliest):
    assert earliest_end(announced) == earliest
    assert not is_short_notice(announced, earliest)
    assert is_short_notice(announced, date.fromordinal(earliest.toordinal() - 1))


def announce(county, record, ending_on, *, announced_on=None):
    by = county.officer()
    with database.transaction() as session:
        return service.announce_end(
            session, record, announced_on=announced_on, ending_on=ending_on, reason="",
            by=by, today=TODAY, version=None,
        )  # fmt: skip


def test_a_short_notice_is_recorded_and_marked(county, session, inspector):
    record = institution(county)

    assert announce(county, record, date(2027, 4, 14))

    assert (record.state, record.ending_on) == (InstitutionState.ENDING, date(2027, 4, 14))
    assert "提前不足六个月" in inspector.get(f"/institutions/{record.id}").text


def test_it_counts_from_the_day_of_the_announcement_and_not_of_entering(county):
    record = institution(county)

    assert not announce(county, record, date(2027, 1, 10), announced_on=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("announced", "ending", "field"),
    [
        (date(2026, 10, 16), date(2027, 6, 1), "announced_on"),
        (date(2026, 3, 1), date(2026, 10, 14), "ending_on"),
    ],
)
def test_days_that_cannot_be_are_refused(county, announced, ending, field):
    with pytest.raises(BadInput) as refused:
        announce(county, institution(county), ending, announced_on=announced)

    assert field in refused.value.fields


def test_the_form_says_what_is_too_short_and_saves_it_all_the_same(county, inspector):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/announce-end",
        announced_on="今天",
        ending_on="2026-12-31",
        reason="自行终止",
    )

    assert record.ending_on == date(2026, 12, 31)
    assert "2027年4月15日" in page.soup.select_one(".notice.tone-amber").text


def test_in_time_nothing_is_said(county, inspector):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/announce-end",
        announced_on="今天",
        ending_on="2027-04-15",
        reason="自行终止",
    )

    assert page.soup.select(".notice.tone-amber") == []
    assert "提前不足六个月" not in page.text


def step(browser, record):
    page = browser.get(f"/institutions/{record.id}")
    return page.soup.select_one("#next-step-title").text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 4, 14), "2027年4月15日前收回许可证"),
        (date(2027, 4, 15), "收回许可证，办理终止"),
        (date(2027, 5, 1), "收回许可证，办理终止"),
    ],
)
def test_on_the_announced_day_the_next_step_is_to_take_the_permit_back(
    county, client_as, at, day, said
):
    record = institution(county, officer_in_charge_id=county.officer().id)
    licence(county, record)
    announce(county, record, date(2027, 4, 15))
    at(day)

    assert said in step(client_as(county.officer()), record)


def test_the_list_says_so_too_and_opens_the_page_for_who_may_close_it(county, client_as, at):
    record = institution(county, officer_in_charge_id=county.officer(name="陈立群").id)
    announce(county, record, date(2027, 4, 15))
    at(date(2027, 4, 15))

    head = client_as(county.officer(Role.SECTION_HEAD)).get("/institutions")
    inspector = client_as(county.officer()).get("/institutions")

    link = head.soup.select_one(f'td a[href="/institutions/{record.id}/close"]')
    assert link.text == "收回许可证，办理终止"
    assert "陈立群" in link.parent.text
    assert "收回许可证，办理终止" in inspector.text
    assert not inspector.soup.select('td a[href$="/close"]')


def test_an_announced_ending_can_be_withdrawn(county, inspector):
    record = institution(county)
    announce(county, record, date(2027, 4, 15))

    inspector.submit(f"/institutions/{record.id}/withdraw-end", reason="继续办学")

    assert (record.state, record.ending_on) == (InstitutionState.OPERATING, None)


# Closing


def close_page(browser, record, **answers):
    return browser.submit(
        f"/institutions/{record.id}/close",
        closed_on="2026-10-10", reason="自行终止", **({"kind": "deregistered"} | answers),
    )  # fmt: skip


def test_the_permits_that_are_handed_back_end_with_it(county, session, head):
    record = institution(county)
    permit, other = licence(county, record), licence(county, record, type=LicenceType.BUSINESS)

    close_page(head, record, handed_back=str(permit.id))

    assert queries.licence_state(permit, TODAY) is LicenceState.CANCELLED
    assert permit.ended_on == date(2026, 10, 10)
    assert queries.licence_state(other, TODAY) is LicenceState.VALID
    assert {"institution.close", "licence.cancelled"} <= {
        event.verb for event in queries.history(session, record)
    }


def test_a_closing_by_revocation_revokes_them(county, head):
    record = institution(county)
    permit = licence(county, record)

    close_page(head, record, kind="revoked", handed_back=str(permit.id))

    assert queries.licence_state(permit, TODAY) is LicenceState.REVOKED


def test_a_permit_that_was_not_handed_back_is_the_next_step_of_the_closed_record(county, head):
    record = institution(county)
    permit = licence(county, record)
    close_page(head, record)

    assert "收回许可证" in step(head, record)

    happen(county, permit, LicenceEventKind.CANCELLED, by=county.system)
    assert "无" in step(head, record)


def test_a_paper_of_another_institution_cannot_be_taken_back_with_it(county, head):
    record, permit = institution(county), licence(county, institution(county))
    licence(county, record)

    page = head.submit(
        f"/institutions/{record.id}/close", 422,
        kind="stopped", closed_on="2026-10-10", reason="自行终止", handed_back=str(permit.id),
    )  # fmt: skip

    assert page.soup.select_one('.error-summary a[href="#handed_back"]')
    assert record.state is InstitutionState.OPERATING


def test_nor_by_what_is_sent_past_the_form(county, session):
    record, permit = institution(county), licence(county, institution(county))
    by = county.officer(Role.SECTION_HEAD)

    with (
        pytest.raises(BadInput, match="请从未收回的许可证中选择") as refused,
        database.transaction() as writing,
    ):
        service.close(
            writing, record, kind=ClosingKind.STOPPED, closed_on=TODAY, reason="自行终止",
            by=by, today=TODAY, handed_back=[permit],
        )  # fmt: skip

    session.refresh(record)
    session.refresh(permit)
    assert set(refused.value.fields) == {"handed_back"}
    assert (record.state, permit.ended_on) == (InstitutionState.OPERATING, None)


def test_only_permits_that_stand_are_offered(county, head):
    record = institution(county)
    gone = licence(county, record)
    happen(county, gone, LicenceEventKind.CANCELLED, by=county.system)
    standing = licence(county, record)
    licence(county, record, type=LicenceType.FIRE)

    page = head.get(f"/institutions/{record.id}/close")

    boxes = page.soup.select("input[name=handed_back]")
    assert [box["value"] for box in boxes] == [str(standing.id)]


@pytest.mark.parametrize("how", ["withdrawn", "merged"])
def test_what_is_no_institution_of_its_own_cannot_be_reopened(county, client_as, how):
    record, other = institution(county), institution(county)
    by = county.officer(Role.SECTION_HEAD)
    with database.transaction() as session:
        service.close(
            session, record, kind=ClosingKind.MERGED, closed_on=TODAY, reason="", by=by, today=TODAY
        )
        record.withdrawn = True
        record.merged_into_id = other.id if how == "merged" else None

    with pytest.raises(Blocked), database.transaction() as session:
        service.reopen(session, record, reason="", by=by, version=None)

    page = client_as(by).get(f"/institutions/{record.id}")
    assert page.soup.select_one(".next-step .locked dt").text == "恢复办学"
