"""An edit ends a version and adds the next; records keep the version that they used."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.catalogue.test_shipped_catalogue import changed, in_force, values_of
from tests.factories.county import County
from tests.factories.unarranged import LAST_ARRANGED, MONDAY, YEAR
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.catalogue import queries, service
from training_oversight.catalogue.models import CalendarDay, ViolationType
from training_oversight.errors import BadInput, NotPermitted, StaleForm

YESTERDAY = date(2026, 10, 14)


@pytest.fixture
def officer(county):
    return county.officer(Role.ADMINISTRATOR)


def test_an_own_version_goes_before_the_shipped_one(session, county, officer):
    changed(session, officer, county, "fees", name="收费周期过长")

    assert in_force(session, county, "fees").name == "收费周期过长"


def test_another_county_does_not_see_it(session, county, officer):
    other = County(session, code="990102", name="临溪县")

    changed(session, officer, county, "fees", name="收费周期过长")

    assert in_force(session, other, "fees").name == "收费超过规定周期或金额"


def test_yesterday_is_still_read_with_yesterdays_version(session, county, officer):
    shipped = in_force(session, county, "fees")

    changed(session, officer, county, "fees", name="收费周期过长")

    assert in_force(session, county, "fees", today=YESTERDAY).id == shipped.id


def test_a_record_keeps_the_version_that_it_used(session, county, officer, at):
    used = changed(session, officer, county, "fees", name="收费周期过长")
    at(date(2026, 10, 20))

    changed(session, officer, county, "fees", name="收费周期超过三个月")

    assert session.get_one(ViolationType, used.id).name == "收费周期过长"
    assert used.valid_to == date(2026, 10, 20)
    assert in_force(session, county, "fees").name == "收费周期超过三个月"


def test_two_edits_on_one_day_leave_the_second(session, county, officer):
    changed(session, officer, county, "fees", name="收费周期过长")

    changed(session, officer, county, "fees", name="收费周期超过三个月")

    assert in_force(session, county, "fees").name == "收费周期超过三个月"


def test_a_form_opened_before_another_edit_is_refused(session, county, officer):
    present = in_force(session, county, "fees")
    changed(session, officer, county, "fees", name="收费周期过长")

    with pytest.raises(StaleForm), database.transaction():
        service.change(
            session, present, model=ViolationType, values=values_of(present),
            by=officer, today=county.today, seen=present.id,
        )  # fmt: skip


def test_a_new_entry_must_not_take_a_code_in_use(session, county, officer):
    values = values_of(in_force(session, county, "fees"))

    with pytest.raises(BadInput), database.transaction():
        service.change(
            session, None, model=ViolationType, values=values, by=officer, today=county.today
        )


def test_ending_the_own_version_brings_the_shipped_one_back(session, county, officer, at):
    own = changed(session, officer, county, "fees", name="收费周期过长")
    at(date(2026, 10, 20))

    with database.transaction():
        service.end(session, own, by=officer, today=county.today)

    assert in_force(session, county, "fees").name == "收费超过规定周期或金额"


def test_a_shipped_entry_cannot_be_ended(session, county, officer):
    shipped = in_force(session, county, "fees")

    with pytest.raises(NotPermitted), database.transaction():
        service.end(session, shipped, by=officer, today=county.today)


def test_every_edit_is_in_the_history_with_what_it_said(session, county, officer):
    own = changed(session, officer, county, "fees", name="收费周期过长")

    [event] = history.history(session, own)

    assert (event.verb, event.actor_id) == ("catalogue.changed", officer.id)
    assert event.changes["name"] == [None, "收费周期过长"]


def calendar_of(session, county):
    return queries.working_calendar(session, authority_id=county.authority.id)


def test_a_day_entered_by_hand_is_off_and_in_the_history(session, county, officer):
    day = MONDAY

    with database.transaction():
        service.enter_local_day(
            session, day, working=False, name="春节", source="国办发明电", by=officer
        )

    assert not calendar_of(session, county).is_working_day(day)
    [event, *_] = history.history(session, officer.authority)
    assert event.facts == {
        "day": str(MONDAY), "working": False, "name": "春节", "source": "国办发明电"
    }  # fmt: skip


def test_a_day_taken_back_is_what_the_week_says(session, county, officer):
    day = MONDAY
    with database.transaction():
        service.enter_local_day(session, day, working=False, name="误", source="误", by=officer)

    with database.transaction():
        service.take_back_local_day(session, day, by=officer)

    assert session.scalars(sa.select(CalendarDay)).all() == []
    assert calendar_of(session, county).is_working_day(day)


def test_a_confirmed_year_is_no_longer_provisional(session, county, officer):
    before = calendar_of(session, county).provisional_between(day := MONDAY, day)

    with database.transaction():
        service.confirm_year(
            session, YEAR, source=f"国办发明电〔{LAST_ARRANGED}〕7号", by=county.system
        )

    calendar = calendar_of(session, county)
    assert before
    assert not calendar.provisional_between(day, day)
    assert f"国办发明电〔{LAST_ARRANGED}〕7号" in str(calendar.source(YEAR))


def test_a_version_that_has_ended_is_not_ended_again(session, county, officer):
    own = changed(session, officer, county, "fees", name="收费周期过长")
    changed(session, officer, county, "fees", name="收费周期超过三个月")

    with pytest.raises(StaleForm, match="有人改过这一条"), database.transaction():
        service.end(session, own, by=officer, today=county.today)

    assert in_force(session, county, "fees").name == "收费周期超过三个月"


def test_a_day_entered_again_is_one_day_with_what_was_said_last(session, county, officer):
    for working, name in ((False, "误"), (True, "调休上班")):
        with database.transaction():
            service.enter_local_day(
                session, MONDAY, working=working, name=name, source="通知", by=officer
            )

    [day] = session.scalars(sa.select(CalendarDay)).all()
    assert (day.working, day.name) == (True, "调休上班")
    assert calendar_of(session, county).is_working_day(MONDAY)
    said = [event.facts["name"] for event in history.history(session, officer.authority)[:2]]
    assert said == ["调休上班", "误"]
