"""One officer saves twice at the same moment, as with two windows or a double click."""

import sqlalchemy as sa

from tests.at_once import at_once, one_within_another
from tests.factories.county import County
from training_oversight import database
from training_oversight.accounts import service
from training_oversight.accounts.models import Officer, SavedFilter
from training_oversight.audit.queries import verify


def test_of_two_filters_of_one_name_the_second_is_told_that_it_is_taken(own):
    officer = County(database.current_session()).officer().id
    database.close_session()

    def save(session):
        by = session.get_one(Officer, officer)
        service.save_filter(
            session, listing="institutions", name="无证", query="q=1", shared=False, by=by
        )

    def save_too(_session):
        with database.transaction() as session:
            save(session)

    answers = one_within_another(save, save_too)

    session = database.current_session()
    assert answers == [None, "BadInput"]
    assert len(session.scalars(sa.select(SavedFilter)).all()) == 1
    assert verify(session).broken == []


def test_of_two_renamed_alike_one_keeps_its_name(own):
    county = County(database.current_session())
    by = county.officer()
    with database.transaction() as session:
        keys = [
            service.save_filter(
                session, listing="institutions", name=name, query="", shared=False, by=by
            ).id
            for name in ("甲", "乙")
        ]
    officer = by.id
    database.close_session()

    def rename(session, *, by):
        saved = session.get_one(SavedFilter, keys.pop())
        service.change_saved(session, saved, name="丙", query="", shared=False, by=by)

    answers = at_once(rename, [officer] * 2)

    session = database.current_session()
    assert answers == ["BadInput", None]
    assert sorted(session.scalars(sa.select(SavedFilter.name)))[0] == "丙"
    assert len(set(session.scalars(sa.select(SavedFilter.name)))) == 2


def test_columns_chosen_twice_at_once_are_those_chosen_last(own):
    officer = County(database.current_session()).officer().id
    database.close_session()

    def choose(session, query="cols=name"):
        by = session.get_one(Officer, officer)
        service.keep_columns(session, listing="institutions", query=query, by=by)

    def choose_too(_session):
        with database.transaction() as session:
            choose(session, "cols=phone")

    answers = one_within_another(choose, choose_too)

    session = database.current_session()
    assert answers == [None, None]
    assert session.scalars(sa.select(SavedFilter.query)).all() == ["cols=phone"]
