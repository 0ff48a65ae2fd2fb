"""Notices of an invented county, each at the stage that its name says."""

from datetime import datetime, time

from tests.factories import ledger, registry
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import NoticeType
from training_oversight.notices import service
from training_oversight.notices.models import ServiceMethod
from training_oversight.notices.service import FailedAttempt, ItemTerms, ServiceAttempt, Wording


def notice_type(county, code="rectify"):
    return catalogue.entry(
        county.session, NoticeType, code, authority_id=county.authority.id, today=county.today
    )


def draft(county, *, type="rectify", items=None, institution=None, by=None, count=1):
    """A complete draft over open items of one institution."""
    place = institution or (items[0].institution if items else registry.institution(county))
    items = items or [ledger.item(county, place) for _ in range(count)]
    by = by or county.officer()
    kind = notice_type(county, type)
    with database.transaction() as session:
        return service.draft(
            session, institution=place, type=kind, items=items, by=by, today=county.today
        )


def submitted(county, notice=None, **values):
    notice = notice or draft(county, **values)
    with database.transaction() as session:
        service.submit(session, notice, by=notice.drafted_by, today=county.today)
    return notice


def approved(county, notice=None, *, head=None, **values):
    notice = notice or submitted(county, **values)
    head = head or county.officer(Role.SECTION_HEAD)
    calendar = ledger.calendar(county)
    with database.transaction() as session:
        service.approve(session, notice, by=head, today=county.today, calendar=calendar)
    return notice


def handing_over(county, method=ServiceMethod.DIRECT, *, on=None, at=time(9), **values):
    """A service with its proof, signed by the responsible person unless told otherwise."""
    given = {"received_by": "许芸", "receiver_role": "负责人", "place": "文澜路27号"}
    day = on or county.today
    moment = clock.from_local(datetime.combine(day, at))
    return ServiceAttempt(method=method, attempted_at=moment, **(given | values))


def failure(county, *, on=None, **values):
    given = {"failure": "门锁着，没有人。", "method": ServiceMethod.DIRECT}
    moment = clock.from_local(datetime.combine(on or county.today, time(9)))
    return FailedAttempt(attempted_at=moment, **(given | values))


def served(county, notice=None, *, by=None, attempt=None, **values):
    notice = notice or approved(county, **values)
    by, attempt = by or county.officer(), attempt or handing_over(county)
    calendar = ledger.calendar(county)
    with database.transaction() as session:
        service.serve(
            session, notice, attempt=attempt, by=by, today=county.today, calendar=calendar
        )
    return notice


def announced(county, notice, *, by=None):
    """Made public instead of handed over; it counts as served in thirty days."""
    given = {"detail": "负责人下落不明", "place": "县政府网站和机构门口", "received_by": ""}
    attempt = handing_over(county, ServiceMethod.ANNOUNCEMENT, receiver_role="", **given)
    by, calendar = by or county.officer(), ledger.calendar(county)
    with database.transaction() as session:
        service.announce(
            session, notice, attempt=attempt, by=by, today=county.today, calendar=calendar
        )
    return notice


def wording(notice, **changes):
    """What the draft says, with changes; ``asked`` as a function of each entry's present one."""
    change = changes.pop("asked", lambda one: one)
    basis = {one["item"]: one["text"] for one in notice.basis}
    given = {
        name: getattr(notice, name)
        for name in (
            "recipient",
            "recipient_name",
            "recipient_address",
            "recipient_person",
            "facts",
            "consequence",
            "remedies",
        )
    }
    asked = [
        change(
            ItemTerms(
                item_id=entry.item_id,
                basis=basis.get(entry.item_id, ""),
                requirement=entry.requirement,
                at_once=entry.at_once,
                length=entry.length,
                unit=entry.unit,
            )
        )
        for entry in notice.entries
    ]
    return Wording(**(given | {"asked": asked} | changes))


def rewritten(county, notice, **changes):
    """The draft after an officer has changed something in it."""
    words = wording(notice, **changes)
    with database.transaction() as session:
        service.update(session, notice, wording=words, by=notice.drafted_by)
    return notice


def page_of(notice, step=""):
    return f"/notices/{notice.id}{step}"
