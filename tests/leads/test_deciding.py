"""What becomes of a lead, and what never does."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import inspections, leads, registry
from tests.factories.enforcement import done
from training_oversight import clock, errors
from training_oversight.accounts.permissions import Role
from training_oversight.inspections import service as inspecting
from training_oversight.inspections.models import Finding, NotPossible, VisitKind
from training_oversight.inspections.workflow import VisitState
from training_oversight.leads import service
from training_oversight.leads.models import Lead
from training_oversight.leads.workflow import LeadState
from training_oversight.registry.models import Institution

pytestmark = pytest.mark.both_databases


def visited(county, made=None):
    """The visit that follows the lead is over."""
    made = made or leads.lead(county)
    visit = leads.follow(county, made)
    done(inspecting.start, visit, by=visit.entered_by)
    done(
        inspecting.finish, visit, by=visit.entered_by, unanswered_reason="只核对有没有证",
        words=inspecting.ClosingWords(),
    )  # fmt: skip
    return made


def confirm(made, by, **values):
    usual = {"note": "没有出示许可证，档案里也没有。", "today": clock.today()}
    done(service.confirm_unlicensed, made, by=by, **(usual | values))


def test_a_visit_planned_from_it_leads_back_to_it_and_says_nothing_of_it(county):
    made = leads.lead(county, registry.institution(county))

    visit = leads.follow(county, made)

    assert (made.state, made.visit) == (LeadState.FOLLOWED, visit)
    assert (visit.institution_id, visit.kind) == (made.institution_id, VisitKind.SINGLE_CASE)
    assert (visit.purpose, visit.minutes, visit.statement) == ("", "", "")
    assert county.session.scalar(sa.select(sa.func.count(Finding.id))) == 0


def test_a_described_place_enters_the_register_with_its_visit_and_not_before(county):
    made = leads.lead(county)
    names = sa.select(Institution.name).where(Institution.name == leads.PLACE)
    assert county.session.scalars(names).all() == []

    leads.follow(county, made)

    assert county.session.scalars(names).all() == [leads.PLACE]
    assert made.institution.unlicensed_on is None
    assert leads.FACTS not in made.institution.note


def test_the_visit_confirms_that_it_has_no_permit_of_its_own_day(county):
    made = visited(county)

    confirm(made, county.officer())

    assert made.institution.unlicensed_on == clock.day_of(made.visit.happened_at)


def test_nothing_is_confirmed_before_a_visit_has_been(county):
    waiting, planned = leads.lead(county), leads.followed(county)
    for made in (waiting, planned):
        with pytest.raises(errors.Blocked):
            confirm(made, county.officer())


def test_it_is_confirmed_once(county):
    made = visited(county)
    confirm(made, county.officer())

    with pytest.raises(errors.Blocked):
        confirm(made, county.officer())


def test_a_place_with_a_permit_is_not_confirmed_to_have_none(county):
    made = visited(county, leads.lead(county, registry.licensed_institution(county)))

    with pytest.raises(errors.Blocked):
        confirm(made, county.officer())


def test_the_hotline_confirms_nothing(county):
    made = visited(county)

    with pytest.raises(errors.NotPermitted):
        confirm(made, county.officer(Role.HOTLINE))


def test_it_follows_to_the_next_attempt_when_nobody_could_inspect(county):
    made = leads.followed(county)

    again = done(
        inspecting.not_possible, made.visit, kind=NotPossible.CLOSED, note="门锁着",
        again_on=clock.today() + timedelta(days=2), by=made.visit.entered_by, today=clock.today(),
    )  # fmt: skip

    county.session.refresh(made)
    assert made.visit_id == again.id
    assert made.state is LeadState.FOLLOWED
    assert inspections.events(county.session, made)[0] == "lead.next_attempt"
    assert again.state is VisitState.PLANNED


def test_no_visit_is_planned_for_a_day_that_is_over(county):
    yesterday = clock.today() - timedelta(days=1)

    with pytest.raises(errors.BadInput):
        leads.follow(county, leads.lead(county), planned_on=yesterday)


def test_the_second_press_follows_it_no_second_time(county):
    made = leads.lead(county)
    version = made.version
    leads.follow(county, made, version=version)

    with pytest.raises(errors.OversightError):
        leads.follow(county, made, version=version)


def test_without_a_reason_it_is_not_set_aside(county):
    made = leads.lead(county)

    with pytest.raises(errors.BadInput):
        done(service.set_aside, made, reason=" ", by=county.officer(), today=clock.today())

    assert made.state is LeadState.OPEN


@pytest.mark.parametrize("decided", [leads.handed_on, leads.set_aside])
def test_it_is_taken_up_again_and_the_history_keeps_what_was_decided(county, decided):
    made = decided(county)

    done(service.reopen, made, reason="部门退回。", by=county.officer())

    assert made.state is LeadState.OPEN
    assert (made.handed_to, made.decided_on, made.decided_note) == (None, None, "")
    assert len(inspections.events(county.session, made)) == 3


def test_a_day_to_come_and_a_place_that_nobody_names_are_refused(county):
    tomorrow = clock.today() + timedelta(days=1)

    with pytest.raises(errors.BadInput) as wrong:
        leads.lead(county, seen_on=tomorrow, place=" ")

    assert set(wrong.value.fields) == {"seen_on", "place"}
    assert county.session.scalar(sa.select(sa.func.count(Lead.id))) == 0


def test_an_observer_enters_none(county):
    with pytest.raises(errors.NotPermitted):
        leads.lead(county, by=county.officer(Role.OBSERVER))
