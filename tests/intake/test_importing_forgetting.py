"""Lists on which nobody decided are discarded after a while, their file with them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.lists import HEADER, confirmed, many, previewed, read_in, sent, workbook
from training_oversight import clock, database
from training_oversight.intake.forgetting import KEPT, forget_undecided_lists
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.workflow import ImportState


def state_of(session):
    return session.scalars(sa.select(ImportBatch.state)).one()


@pytest.mark.parametrize("arrive", [read_in, sent])
def test_a_list_that_waits_too_long_is_forgotten_with_what_was_typed_in_it(
    client_as, county, session, arrive
):
    arrive(client_as(county.officer()), workbook(HEADER, *many(2)))

    early = forget_undecided_lists(clock.today() + KEPT)
    then = state_of(session)
    late = forget_undecided_lists(clock.today() + KEPT + timedelta(days=1))
    again = forget_undecided_lists(clock.today() + KEPT + timedelta(days=1))

    assert (early.done, late.done, again.done) == (0, 1, 0)
    assert then is not ImportState.DISCARDED
    assert state_of(session) is ImportState.DISCARDED
    assert session.scalars(sa.select(ImportBatch.file_sha256)).one() is None
    assert session.scalars(sa.select(ImportRow)).all() == []


def test_what_was_written_stays_and_what_is_being_read_is_left_alone(session, county):
    batch = previewed(session, county, workbook(HEADER, *many(2)))
    confirmed(county, batch)
    busy = previewed(session, county, workbook(HEADER, *many(1)))
    with database.transaction():
        busy.state = ImportState.WRITING

    outcome = forget_undecided_lists(clock.today() + KEPT * 2)

    assert (outcome.done, outcome.failed) == (0, 0)
    assert batch.state is ImportState.CONFIRMED
    assert len(session.scalars(sa.select(ImportRow)).all()) == 3
