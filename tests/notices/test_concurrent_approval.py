"""Approvers in processes of their own, on a database of their own, with real commits."""

from datetime import date

import sqlalchemy as sa

from tests import processes
from tests.factories import notices
from tests.factories.county import County
from training_oversight import clock, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import WrongState
from training_oversight.notices import service
from training_oversight.notices.models import Notice


def approve(talk, officer_id, *notice_ids):
    """Approve the notices one by one; then say which of them were approved before."""
    late = []
    for key in notice_ids:
        try:
            with database.transaction() as session:
                service.approve(
                    session,
                    session.get_one(Notice, key),
                    by=session.get_one(Officer, officer_id),
                    today=date(2026, 10, 15),
                    calendar=catalogue.working_calendar(session, authority_id=None),
                )
        except WrongState:
            late.append(key)
    talk.send(late)


def approve_at_once(work):
    """One process for each (officer, notices); what came late."""
    with processes.running(*[(approve, officer, *some) for officer, some in work]) as running:
        for process in running:
            process.let_go()
        late = [key for process in running for key in process.hears()]
        assert [process.ended() for process in running] == [0] * len(running)
    return late


def numbers():
    chosen = sa.select(Notice.number, Notice.serial).order_by(Notice.serial)
    return database.current_session().execute(chosen).all()


def test_eight_approvers_at_once_give_no_number_twice_and_lose_none(own):
    county = County(database.current_session())
    drafter = county.officer()
    waiting = [notices.submitted(county, by=drafter).id for _ in range(24)]
    heads = [county.officer(Role.SECTION_HEAD).id for _ in range(8)]

    late = approve_at_once([(head, waiting[n::8]) for n, head in enumerate(heads)])

    assert late == []
    assert [serial for _, serial in numbers()] == list(range(1, 25))
    assert len({number for number, _ in numbers()}) == 24


def test_two_officers_who_approve_the_same_notice_give_it_one_number(own):
    county = County(database.current_session())
    notice = notices.submitted(county).id
    heads = [county.officer(Role.SECTION_HEAD).id for _ in range(2)]

    late = approve_at_once([(head, [notice]) for head in heads])

    assert late == [notice]
    assert numbers() == [(f"澄教责改〔{clock.today().year}〕1号", 1)]
