"""History can only be added to, and a change behind the system's back is found."""

import json

import pytest
import sqlalchemy as sa

from tests.audit.tampering import tampered
from training_oversight import audit, database
from training_oversight.accounts.service.officers import CHANGED
from training_oversight.audit import Event, queries
from training_oversight.audit.kinds import EventType, UndeclaredFact
from training_oversight.texts import Text

FLIPPED = {
    "subject_kind": "offices",
    "subject_id": 987654,
    "sequence": 77,
    "verb": "officer.changee",
    "from_state": "a",
    "to_state": "b",
    "on_day": "2026-10-14",
    "at": "2026-10-15 01:00:00.000001",
    "actor_id": None,
    "actor_name": "陈立郡",
    "note": "改过昵",
    "changes": json.dumps({"name": ["甲", "丙"]}),
    "facts": json.dumps({"roles": ["inspectos"]}),
    "previous_hash": "0" * 64,
    "hash": "0" * 64,
}


@pytest.fixture
def history(session, county):
    """Three events of one officer."""
    officer = county.officer(name="陈立群")
    with database.transaction():
        for note in ("改过名", "又改过"):
            audit.record(
                session, officer, CHANGED, by=officer, note=note,
                changes={"name": ["甲", "陈立群"]}, roles=["inspector"],
            )  # fmt: skip
    return queries.history(session, officer)


def test_an_untouched_history_holds(session, history):
    verdict = queries.verify(session)

    assert verdict.broken == []
    assert verdict.events >= len(history)
    assert verdict.records >= 1


def test_every_column_is_tried(history):
    assert set(FLIPPED) == {column.key for column in Event.__table__.columns} - {"id"}


@pytest.mark.parametrize("column", FLIPPED)
def test_one_flipped_byte_in_any_column_is_found(session, history, column):
    middle = history[1]

    tampered(
        session, f"UPDATE event SET {column} = :value WHERE id = :id",
        value=FLIPPED[column], id=middle.id,
    )  # fmt: skip

    assert queries.verify(session).broken


def test_a_deleted_event_is_found_by_the_next(session, history):
    tampered(session, "DELETE FROM event WHERE id = :id", id=history[1].id)

    last = history[0]
    assert queries.verify(session).broken == [f"officer/{last.subject_id}#{last.sequence}"]


def test_a_later_event_sealed_anew_does_not_hide_the_change(session, history):
    middle = history[1]
    middle_id = middle.id
    session.expunge(middle)
    middle.note = "改得天衣无缝"

    tampered(
        session, "UPDATE event SET note = :note, hash = :hash WHERE id = :id",
        note=middle.note, hash=middle.seal(), id=middle_id,
    )  # fmt: skip

    assert queries.verify(session).broken == [f"officer/{middle.subject_id}#{history[0].sequence}"]


@pytest.mark.parametrize("statement", ["UPDATE event SET note = 'x'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_change_history(session, history, statement):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
        session.execute(sa.text(statement))


def test_protected_columns_are_recorded_without_their_values(session, county):
    officer = county.officer()

    with database.transaction(), audit.editing(session, officer, CHANGED, by=officer):
        officer.phone = "13800002046"

    event = queries.history(session, officer)[0]
    assert event.changes == {"phone": ["*", "*"]}


def test_an_edit_that_changes_nothing_leaves_no_event(session, county):
    officer = county.officer()
    before = len(queries.history(session, officer))

    with database.transaction(), audit.editing(session, officer, CHANGED, by=officer):
        officer.name = str(officer.name)

    assert len(queries.history(session, officer)) == before


def test_a_fact_that_was_not_declared_is_refused(session, county):
    officer = county.officer()

    with pytest.raises(UndeclaredFact), database.transaction():
        audit.record(session, officer, CHANGED, by=officer, home_address="文澜路1号")


def test_a_kind_of_event_has_one_meaning():
    with pytest.raises(ValueError, match="declared twice"):
        EventType.declare(CHANGED.verb, Text("Officer added"))


BROKEN = {
    "changes": ["{", "[1]", "\x00"],
    "facts": ["nothing"],
    "on_day": ["2026-13-45", "yesterday", b"2026-10-15"],
    "at": ["noon", "2026-10-15", b"\xff\xfe"],
    "note": [b"\xff\xfe\x00", 7],
    "sequence": ["two", b"2"],
    "subject_id": ["nobody"],
    "hash": [b"\x00\x01"],
    "actor_id": ["somebody"],
}


@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column, each in BROKEN.items() for value in each]
)
def test_a_row_that_cannot_be_read_is_listed_and_the_rest_is_looked_at(
    session, history, column, value
):
    if session.get_bind().dialect.name == "postgresql":
        pytest.skip("PostgreSQL keeps no value of another type")
    wrong = history[1]
    tampered(session, f"UPDATE event SET {column} = :to WHERE id = :id", to=value, id=wrong.id)

    verdict = queries.verify(session)

    assert verdict.broken
    assert verdict.events >= len(history)


def test_a_day_beyond_all_days_is_listed(session, history):
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("a word of PostgreSQL")
    record = f"officer/{history[1].subject_id}"
    tampered(
        session, "UPDATE event SET on_day = 'infinity', at = '-infinity' WHERE id = :id",
        id=history[1].id,
    )  # fmt: skip

    assert f"{record}#2" in queries.verify(session).broken


def verify(app, *options):
    return app.test_cli_runner().invoke(args=["audit", "verify", *options])


def test_the_command_counts_and_exits_0(app, session, history):
    answer = verify(app, "--format", "json")

    found = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert set(found) == {
        *("records", "events", "broken", "seals", "sealed_until", "unsealed"),
        *("late", "lost", "since", "seals_broken", "contradicted"),
    }
    assert found["broken"] == []
    assert found["events"] >= len(history)


def test_the_command_names_what_is_broken_and_exits_1(app, session, history):
    tampered(session, "UPDATE event SET note = '改' WHERE id = :id", id=history[1].id)

    answer = verify(app, "--format", "json")

    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["broken"] == [f"officer/{history[1].subject_id}#2"]
