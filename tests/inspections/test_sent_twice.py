"""A phone that lost its network sends once more: nothing is there twice."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories import inspections as made
from tests.factories import ledger
from tests.factories.addresses import attached
from tests.factories.county import County
from tests.factories.inspections import all_of, events
from tests.factories.registry import institution
from tests.factories.uploads import photo, upload
from training_oversight.files.models import Attachment
from training_oversight.inspections.models import Finding, Visit
from training_oversight.inspections.service import NewPlace
from training_oversight.inspections.service.sent_before import client_key
from training_oversight.ledger.models import LimitBasis, Verdict
from training_oversight.ledger.service import FixedLimit
from training_oversight.registry.models import Institution

YESTERDAY = {"happened_at": "2026-10-14", "happened_time": "14:30"}
FILLED = YESTERDAY | {"unanswered_reason": "没有问", "found-0-facts": made.FACTS}


@pytest.mark.both_databases
@pytest.mark.parametrize("make", [made.visit, made.visit_under_way, made.planned_visit])
def test_a_visit_that_is_sent_twice_is_one(county, session, make):
    key, officer = uuid4(), county.officer()
    place = NewPlace(name="启衡数学工作室", address="桂园小区", division=county.division)

    first, second = (make(county, place, by=officer, client_key=key) for _ in range(2))

    assert first.id == second.id
    assert len(all_of(session, Visit)) == 1
    assert len(all_of(session, Institution)) == 1
    assert events(session, first).count("visit.logged") <= 1


def test_its_problems_are_not_recorded_a_second_time(county, session):
    key, officer, place = uuid4(), county.officer(), institution(county)
    for _ in range(2):
        made.visit(county, place, by=officer, client_key=key, findings=[made.finding_draft(county)])

    assert len(all_of(session, Finding)) == 1


def test_two_visits_without_a_key_are_two(county, session):
    place = institution(county)

    made.visit(county, place)
    made.visit(county, place)

    assert len(all_of(session, Visit)) == 2


def test_a_key_of_another_county_says_nothing(county, session):
    key, other = uuid4(), County(session, code="990102", name="临溪县")

    mine, theirs = (made.visit(one, client_key=key) for one in (county, other))

    assert mine.id != theirs.id


def test_a_form_that_is_filled_in_and_sent_again_changes_nothing(county, client_as, session):
    """What was kept under its key is sent with a fresh receipt; a form drawn anew has a new key."""
    browser, key = client_as(county.officer()), str(uuid4())
    said = {"kind": "routine", "officers": [str(county.officer().id)]}
    said["found-0-violation_type_id"] = str(made.violation_type(county).id)
    url = f"/visits/new/entered?institution={institution(county).id}"

    for _ in range(2):
        browser.submit(url, client_key=key, photos=upload(photo()), **said, **FILLED)

    [visit] = all_of(session, Visit)
    assert visit.client_key == key
    assert len(all_of(session, Finding)) == 1
    assert len(all_of(session, Attachment)) == 1
    assert events(session, visit).count("file.attached") == 1


def test_the_same_photo_with_another_report_is_attached_and_told_again(app, county, session):
    """Sent again with the record or with one report it is one; another report is a second act."""
    item, officer = ledger.applied(county), county.officer()
    again = FixedLimit(county.today + timedelta(days=9), LimitBasis.RE_CHECK)
    ledger.applied(county, ledger.verified(county, item, verdict=Verdict.FAILED, new_limit=again))

    for part in (None, *item.reports) * 2:
        attached(app, item, officer, part=part)

    assert events(session, item).count("file.attached") == 3
    assert len(all_of(session, Attachment)) == 3


@pytest.mark.parametrize(
    "typed", ["", None, "x", "0" * 36, str(UUID(int=5)) + " ", "１" * 8 + str(UUID(int=5))[8:]]
)
def test_what_is_no_key_is_none(typed):
    assert client_key(typed) is None


def test_every_form_has_a_key_of_its_own(county, client_as):
    browser = client_as(county.officer())
    url = f"/visits/new/entered?institution={institution(county).id}"

    keys = {browser.get(url).soup.select_one("input[name=client_key]")["value"] for _ in range(2)}

    assert len({client_key(key) for key in keys} - {None}) == 2
