"""A form that a person cannot send is not opened: who may, or why not, is said before typing."""

import pytest

from tests.factories import correspondence, enforcement, inspections, ledger
from training_oversight.accounts.permissions import Role

HEAD = Role.SECTION_HEAD


def asked_task(county):
    return enforcement.task_of(county, enforcement.convened_case(county))


def reported_task(county):
    return enforcement.reported_task(county, enforcement.convened_case(county))


@pytest.mark.parametrize(
    ("make", "page", "status"),
    [
        (ledger.item, "/items/{}/close", 409),
        (ledger.item, "/items/{}/verify", 409),
        (ledger.item, "/items/{}/return", 409),
        (ledger.item, "/items/{}/reopen", 409),
        (ledger.applied, "/items/{}/apply", 409),
        (ledger.applied, "/items/{}/close-directly", 409),
        (ledger.closed, "/items/{}/close", 409),
        (ledger.closed, "/items/{}/void", 409),
        (inspections.visit, "/visits/{}/finish", 409),
        (inspections.visit, "/visits/{}/not-possible", 409),
        (enforcement.raised_case, "/cases/{}/conclude", 409),
        (enforcement.convened_case, "/cases/{}/convene", 409),
        (asked_task, "/cases/tasks/{}/release", 409),
        (asked_task, "/cases/tasks/{}/edit", 409),
        (asked_task, "/cases/tasks/{}/redirect", 409),
        (asked_task, "/cases/tasks/{}/insist", 409),
        (reported_task, "/cases/tasks/{}/cancel", 409),
        (correspondence.waiting, "/outbox/{}/hand-over", 409),
    ],
)
def test_what_is_not_ready_or_was_done_by_a_colleague_is_said_at_once(
    county, client_as, make, page, status
):
    record = make(county)

    answer = client_as(county.officer(HEAD)).get(page.format(record.id), status=status)

    assert not answer.soup.select("main form[method=post] button[data-main]")


def test_who_is_a_party_reads_so_before_typing(county, client_as):
    officer = county.officer()
    item = ledger.applied(county, in_charge=officer)

    page = client_as(officer).get(f"/items/{item.id}/verify", status=403)

    assert (
        "别人" in page.soup.select_one("main").text or "他人" in page.soup.select_one("main").text
    )
    assert not page.soup.select("main form[method=post] button[data-main]")


def test_what_can_be_sent_is_opened(county, client_as):
    item = ledger.verified(county)

    page = client_as(county.officer(HEAD)).get(f"/items/{item.id}/close")

    assert page.soup.select_one("main form[method=post] button[data-main]")
