"""A list is written or taken back while somebody else does the same, or joins its institutions."""

import pytest
import sqlalchemy as sa

from tests.at_once import one_within_another
from tests.factories.county import County
from tests.factories.lists import HEADER, ground_of, imported, many, previewed, uscc, workbook
from training_oversight import database
from training_oversight.accounts.models import Officer
from training_oversight.audit import Event
from training_oversight.audit.queries import verify
from training_oversight.doubles import service as joining
from training_oversight.intake import confirming, part_queries, running, undoing
from training_oversight.intake.forgetting import forget_contents
from training_oversight.intake.models import ImportBatch, ImportRow
from training_oversight.intake.workflow import ImportState, RowOutcome
from training_oversight.registry.models import ClosingKind, Institution

KEPT, GONE, FREE = uscc(1), uscc(2), uscc(3)


@pytest.fixture
def county(own):
    return County(database.current_session())


def moved(count):
    return [[*row[:3], "新街", *row[4:]] for row in many(count)]


def place(session, code):
    return session.scalars(sa.select(Institution).filter_by(uscc=code)).one()


@pytest.fixture
def list_over_two(county):
    """Three institutions and a list, begun, that changes them all; who acts, and the day."""
    session = database.current_session()
    imported(session, county, workbook(HEADER, *many(3)))
    batch = previewed(session, county, workbook(HEADER, *moved(3)))
    with database.transaction():
        confirming.begin(session, batch, by=county.system)
    return batch.id, county.system.id, county.today


def joined(session, by_id, versions=(None, None)):
    by = session.get_one(Officer, by_id)
    kept, gone = place(session, KEPT), place(session, GONE)
    joining.join(session, kept, gone, taken=set(), reason="同一家", by=by, versions=versions)


def outcomes(session, key):
    rows = session.scalars(sa.select(ImportRow).filter_by(batch_id=key).order_by(ImportRow.number))
    return [row.outcome for row in rows]


def test_a_row_for_a_record_that_is_just_being_joined_comes_back(list_over_two):
    key, by_id, today = list_over_two
    database.close_session()

    def write(session):
        running.write_list(key, by=session.get_one(Officer, by_id), today=today)

    answers = one_within_another(lambda session: joined(session, by_id), write)

    session = database.current_session()
    assert answers == [None, None]
    kept, free = place(session, KEPT), place(session, FREE)
    gone = session.scalars(sa.select(Institution).filter_by(merged_into_id=kept.id)).one()
    # The list knew two; the second is the first now, which a row of its own changes already.
    assert outcomes(session, key)[1] is RowOutcome.REJECTED
    assert (gone.withdrawn, gone.closing_kind) == (True, ClosingKind.MERGED)
    assert "新街" not in {venue.address for venue in gone.venues}
    assert free.main_venue.address == "新街"
    assert session.get_one(ImportBatch, key).state is ImportState.CONFIRMED
    assert verify(session).broken == []


def test_who_joins_records_that_a_list_is_just_changing_is_told_to_look_again(
    list_over_two, county
):
    key, by_id, _ = list_over_two
    session = database.current_session()
    ground = ground_of(session, county)
    seen = place(session, KEPT).version, place(session, GONE).version
    database.close_session()

    def write(session):
        batch, by = session.get_one(ImportBatch, key), session.get_one(Officer, by_id)
        confirming.write_some(session, batch, ground, by=by)

    def join(_session):
        with database.transaction() as session:
            joined(session, by_id, seen)

    answers = one_within_another(write, join)

    session = database.current_session()
    assert answers == [None, "StaleForm"]
    assert [place(session, code).withdrawn for code in (KEPT, GONE)] == [False, False]
    assert outcomes(session, key) == [RowOutcome.CHANGED] * 3
    assert verify(session).broken == []


def test_a_joining_that_waited_for_the_list_keeps_what_the_list_wrote(list_over_two, county):
    """Nobody says which version they saw: the joining takes the records as they are by then."""
    key, by_id, _ = list_over_two
    ground = ground_of(database.current_session(), county)
    database.close_session()

    def write(session):
        batch, by = session.get_one(ImportBatch, key), session.get_one(Officer, by_id)
        confirming.write_some(session, batch, ground, by=by)

    def join(_session):
        with database.transaction() as session:
            joined(session, by_id)

    answers = one_within_another(write, join)

    session = database.current_session()
    assert answers == [None, None]
    kept = place(session, KEPT)
    assert kept.main_venue.address == "新街"
    # What was joined since was dealt with since.
    names = {one.name for one in running.in_the_way(session, session.get_one(ImportBatch, key))}
    assert names == {"明德培训中心第1分部", "明德培训中心第2分部"}
    assert verify(session).broken == []


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize("parts", [0, 1], ids=["from the beginning", "while the first goes on"])
def test_taken_back_twice_at_once_it_is_taken_back_once(county, parts):
    session = database.current_session()
    imported(session, county, workbook(HEADER, *many(6)))
    _, batch = imported(session, county, workbook(HEADER, *moved(18)))
    key, by_id, today = batch.id, county.system.id, county.today
    database.close_session()

    def first(session):
        batch, by = session.get_one(ImportBatch, key), session.get_one(Officer, by_id)
        undoing.begin(session, batch, by=by)
        for _ in range(parts):
            undoing.undo_some(session, batch, by=by, today=today)

    def second(session):
        running.undo_list(key, by=session.get_one(Officer, by_id), today=today)

    answers = one_within_another(first, second)

    session = database.current_session()
    assert answers == [None, "WrongState"]
    # The first was cut off there; who goes on ends it.
    second(session)
    assert part_queries.taken_back(session, key) == {"new": 12, "changed": 6, "left_as_is": 0}
    ends = sa.select(sa.func.count()).select_from(Event).where(Event.verb == "import.undone")
    off = sa.select(sa.func.count()).select_from(Event).filter_by(verb="institution.taken_off")
    back = (
        sa.select(sa.func.count())
        .select_from(Event)
        .filter_by(verb="import.values_put_back", subject_kind="institution")
    )
    assert [session.scalar(count) for count in (ends, off, back)] == [1, 12, 6]
    assert verify(session).broken == []


def test_a_list_that_is_just_being_taken_back_is_not_forgotten(county, at):
    session = database.current_session()
    _, batch = imported(session, county, workbook(HEADER, *many(2)))
    key, by_id, today = batch.id, county.system.id, county.today
    late = today.replace(year=today.year + 1)
    database.close_session()
    at(late)

    def begin(session):
        batch, by = session.get_one(ImportBatch, key), session.get_one(Officer, by_id)
        undoing.begin(session, batch, by=by)

    answers = one_within_another(begin, lambda _session: forget_contents(late))

    session = database.current_session()
    assert answers == [None, None]
    assert session.get_one(ImportBatch, key).contents_gone_on is None
    assert len(session.get_one(ImportBatch, key).rows) == 2
