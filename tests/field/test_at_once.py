"""The same act from a phone twice at one moment, each on a connection of its own."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.at_once import one_within_another
from tests.factories.county import County
from tests.factories.field import act, begin
from tests.factories.inspections import checklist, visit_under_way
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.accounts.models import Officer
from training_oversight.field import answering, service
from training_oversight.field.acts import Act
from training_oversight.field.models import FieldAct
from training_oversight.inspections.models import Visit

BEGUN = "0b5f4c3e-6a2d-4a53-9a0f-2f6f1c1d7e55"


def an_answer(county, officer):
    visit = visit_under_way(county, by=officer, officers=[officer])
    item = checklist(county).items[0]["code"]
    return act("answer", visit=visit, item=item, answer="yes", base="")


def a_beginning(county, officer):
    return begin(county, institution(county), BEGUN)


@pytest.mark.parametrize("of", [an_answer, a_beginning])
def test_it_is_done_once_and_both_are_told_so(own, of):
    county = County(database.current_session())
    officer = county.officer()
    sent, key = of(county, officer), officer.id
    envelope = {"officer": key, "phone_now": clock.now().isoformat(), "acts": [sent]}
    before = len(database.current_session().scalars(sa.select(Visit)).all())
    database.close_session()
    heard = []

    def first(session):
        read = Act.read(sent, ahead=timedelta(), now=clock.now())
        service.take(session, read, by=session.get_one(Officer, key), today=clock.today())

    def second(session):
        answered = answering.take_all(envelope, by=session.get_one(Officer, key))
        heard.append(answered.acts[0]["outcome"])

    assert one_within_another(first, second) == [None, None]
    assert heard == ["again"]
    with own.sessions() as session:
        assert len(session.scalars(sa.select(FieldAct)).all()) == 1
        assert len(session.scalars(sa.select(Visit)).all()) == before + (of is a_beginning)
