"""Each look asks why, and stays in the history."""

import pytest
import sqlalchemy as sa

from tests.factories import registry
from training_oversight.audit import Event
from training_oversight.database import transaction
from training_oversight.errors import BadInput
from training_oversight.vault import looking


def looks(session):
    wanted = sa.select(Event).where(Event.verb == looking.LOOKED.verb)
    return session.scalars(wanted).all()


def test_who_looked_and_why_stays(session, county):
    place, officer = registry.institution(county), county.officer()

    with transaction():
        looking.look(session, place, why=" 回访退费结果 ", by=officer)

    [event] = looks(session)
    assert (event.actor_id, event.note) == (officer.id, "回访退费结果")
    assert (event.subject_kind, event.subject_id) == ("institution", place.id)


def test_the_reason_repeats_no_number(session, county):
    place = registry.institution(county)

    with transaction():
        looking.look(session, place, why="拨打13800138000回访", by=county.officer())

    assert "13800138000" not in looks(session)[0].note


@pytest.mark.parametrize("why", ["", "   ", "核实", "……………", "查 看"])
def test_a_reason_that_says_nothing_is_refused(session, county, why):
    place = registry.institution(county)

    with pytest.raises(BadInput) as refused, transaction():
        looking.look(session, place, why=why, by=county.officer())

    assert "why" in refused.value.fields
    assert looks(session) == []
