"""The daily seal: what is taken from the end of a history, or with a whole record, is missed."""

import json
from datetime import date

import pytest
import sqlalchemy as sa

from tests.audit.tampering import replace_row, tampered
from tests.factories import registry
from training_oversight import audit, database
from training_oversight.accounts.service.officers import CHANGED
from training_oversight.audit import Event, queries, sealing, seals
from training_oversight.audit.jobs import seal_days
from training_oversight.audit.models import DaySeal, seal_of
from training_oversight.audit.verifying import verify

THE_15TH, THE_16TH, THE_17TH = (date(2026, 10, day) for day in (15, 16, 17))


def noted(officer, note="改过"):
    with database.transaction() as session:
        audit.record(session, officer, CHANGED, by=officer, note=note)


@pytest.fixture
def officer(county):
    """Of whom five things are known of the 15th; it is the 16th now."""
    one = county.officer(name="陈立群")
    for _ in range(4):
        noted(one)
    return one


@pytest.fixture
def sealed(session, officer, at):
    at(THE_16TH)
    seal_days(THE_16TH)
    return officer


def all_seals(session):
    return list(seals.every(session))


def kept_outside(session):
    """The lines of a file as it was fetched before anything happened."""
    return [seals.line(seal, records(session, seal.number)) for seal in all_seals(session)]


def records(session, number):
    return session.scalar(sa.select(DaySeal.records).where(DaySeal.number == number))


def name(officer, *numbers):
    return f"officer/{officer.id}#{'-'.join(map(str, numbers))}"


def test_a_day_that_is_over_is_sealed_and_the_running_one_is_not(session, officer, at):
    seal_days(THE_15TH)
    assert all_seals(session) == []

    at(THE_16TH)
    seal_days(THE_16TH)

    (seal,) = all_seals(session)
    counted = session.scalar(sa.select(sa.func.count()).select_from(Event))
    last = session.scalar(sa.select(sa.func.max(Event.id)))
    assert (seal.number, seal.day, seal.events, seal.last_id) == (1, "2026-10-15", counted, last)
    assert seal.hash == seal.seal()


def test_sealing_again_changes_nothing(session, sealed):
    before = all_seals(session)

    seal_days(THE_16TH)

    assert all_seals(session) == before


def test_after_an_outage_every_day_gets_its_own_and_each_covers_the_one_before(session, sealed, at):
    noted(sealed)
    at(THE_17TH)
    noted(sealed)
    at(date(2026, 11, 2))

    seal_days(date(2026, 11, 2))

    one, two, three = all_seals(session)
    assert [seal.day for seal in (one, two, three)] == ["2026-10-15", "2026-10-16", "2026-10-17"]
    assert (two.previous_hash, three.previous_hash) == (one.hash, two.hash)
    assert three.total == one.events + two.events + three.events


def test_what_is_whole_is_found_whole_and_says_until_when(session, sealed):
    noted(sealed)

    verdict = verify(session, seals.read(kept_outside(session)))

    assert verdict.whole
    assert (verdict.seals, verdict.sealed_until, verdict.unsealed) == (1, "2026-10-15", 1)
    assert verdict.late == []


def test_a_tail_that_was_cut_off_is_missed_with_day_number_and_record(session, sealed):
    tampered(
        session, "DELETE FROM event WHERE subject_kind = 'officer' AND subject_id = :id"
        " AND sequence > 3", id=sealed.id,
    )  # fmt: skip

    verdict = verify(session)

    assert verdict.broken == []
    (loss,) = verdict.lost
    assert (loss.day, loss.seal, loss.missing) == ("2026-10-15", 1, 2)
    assert loss.records == [name(sealed, 4, 5)]
    assert verdict.since == "2026-10-15"


def test_a_record_that_was_removed_with_its_history_is_missed(session, county, at):
    place = registry.institution(county)
    at(THE_16TH)
    seal_days(THE_16TH)
    key = place.id
    tampered(
        session, "DELETE FROM event WHERE subject_kind = 'institution' AND subject_id = :id", id=key
    )

    (loss,) = verify(session).lost

    assert loss.records == [f"institution/{key}#1"]


def rewritten(session, officer):
    """The whole history of the officer with another note, every hash made anew."""
    previous = ""
    for event in reversed(queries.history(session, officer)):
        content = {
            column.key: getattr(event, column.key)
            for column in sa.inspect(Event).columns
            if column.key not in {"id", "hash"}
        } | {"note": "从未改过", "previous_hash": previous}
        previous = seal_of(content)
        tampered(
            session, "UPDATE event SET note = :note, previous_hash = :before, hash = :hash"
            " WHERE id = :id", note="从未改过", before=content["previous_hash"], hash=previous,
            id=event.id,
        )  # fmt: skip


def test_a_chain_rewritten_as_a_whole_is_found_by_the_seal(session, sealed):
    rewritten(session, sealed)

    verdict = verify(session)

    assert verdict.broken == []
    assert [(loss.day, loss.missing) for loss in verdict.lost] == [("2026-10-15", 0)]


def test_seals_rewritten_as_well_are_found_by_the_file_kept_outside(session, sealed):
    outside = kept_outside(session)
    rewritten(session, sealed)
    tampered(session, "DELETE FROM day_seal")
    seal_days(THE_16TH)
    assert verify(session).whole

    verdict = verify(session, seals.read(outside))

    assert verdict.seals_broken == ["1 (2026-10-15): not the one kept outside"]
    assert [loss.day for loss in verdict.lost] == ["2026-10-15"]


def test_a_database_put_back_to_an_old_copy_lacks_what_the_file_knows(session, sealed, at):
    noted(sealed)
    at(THE_17TH)
    seal_days(THE_17TH)
    outside = kept_outside(session)
    tampered(session, "DELETE FROM day_seal WHERE number = 2")
    tampered(session, "DELETE FROM event WHERE on_day = '2026-10-16'")
    assert verify(session).whole

    verdict = verify(session, seals.read(outside))

    assert verdict.seals_broken == ["2 (2026-10-16): missing"]
    assert [loss.records for loss in verdict.lost] == [[name(sealed, 6)]]
    assert verdict.since == "2026-10-16"


def test_an_event_that_comes_after_its_day_was_sealed_is_late_and_no_alarm(session, sealed, at):
    # A transaction that began before midnight and was committed in the morning.
    at(THE_15TH)
    noted(sealed)
    at(THE_16TH)

    before = verify(session)
    seal_days(THE_16TH)
    after = verify(session)

    assert before.whole
    assert before.late == [name(sealed, 6)]
    assert (after.whole, after.unsealed, after.late) == (True, 0, [name(sealed, 6)])
    assert [(seal.day, seal.events) for seal in all_seals(session)][1] == ("2026-10-15", 1)


def test_keys_that_were_given_and_not_used_are_no_gap(session, officer, at):
    seen = session.scalar(sa.select(sa.func.max(Event.id)))
    row = session.get_one(Event, seen)
    content = {column.key: getattr(row, column.key) for column in sa.inspect(Event).columns}
    follows = content | {"sequence": row.sequence + 1, "previous_hash": row.hash}
    follows["hash"] = seal_of({k: v for k, v in follows.items() if k not in {"id", "hash"}})
    session.execute(sa.insert(Event), [follows | {"id": seen + 7}])
    session.commit()
    at(THE_16TH)

    seal_days(THE_16TH)

    (seal,) = all_seals(session)
    assert seal.ids[-1] == [seen + 7, seen + 7]
    assert verify(session).whole


def test_too_many_records_for_one_day_are_not_named(session, officer, at, monkeypatch):
    monkeypatch.setattr(sealing, "MOST_RECORDS", 0)
    at(THE_16TH)
    seal_days(THE_16TH)
    tampered(session, "DELETE FROM event WHERE sequence > 4")

    (loss,) = verify(session).lost

    assert (loss.missing, loss.records) == (1, [])


@pytest.mark.parametrize("column", ["events", "total", "ids", "day", "hash", "sealed_at"])
def test_a_seal_that_was_changed_is_named(session, sealed, column):
    value = {"ids": "'[['", "day": "'2026-10-14'", "sealed_at": "'2026-10-16 01:00:00.000001'"}
    if session.get_bind().dialect.name == "postgresql":
        value["ids"] = "'[[1, 2]]'"

    tampered(session, f"UPDATE day_seal SET {column} = {value.get(column, '7')}")

    assert verify(session).seals_broken == [
        f"1 (2026-10-1{4 if column == 'day' else 5}): changed, or not in its place"
    ]


@pytest.mark.parametrize("statement", ["UPDATE day_seal SET events = 1", "DELETE FROM day_seal"])
def test_the_database_itself_refuses_to_change_a_seal(session, sealed, statement):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
        session.execute(sa.text(statement))


@pytest.mark.parametrize("table", ["event", "day_seal"])
def test_no_row_is_put_in_the_place_of_another(session, sealed, table):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
        replace_row(session, table)


def run(app, *args):
    return app.test_cli_runner().invoke(args=["audit", *args])


def test_the_commands_seal_write_the_file_and_compare_with_it(app, session, officer, at, tmp_path):
    at(THE_16TH)
    file = tmp_path / "seals.jsonl"

    first = run(app, "seal", "--file", str(file), "--format", "json")
    again = run(app, "seal", "--file", str(file), "--format", "json")
    compared = run(app, "verify", "--seals", str(file), "--format", "json")

    assert (first.exit_code, json.loads(first.stdout)["written"]) == (0, 1)
    assert json.loads(again.stdout)["written"] == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1
    assert (compared.exit_code, json.loads(compared.stdout)["seals"]) == (0, 1)


def test_the_command_says_what_is_missing_and_since_when(app, session, sealed, tmp_path):
    file = tmp_path / "seals.jsonl"
    run(app, "seal", "--file", str(file))
    tampered(session, "DELETE FROM day_seal")
    tampered(session, "DELETE FROM event WHERE sequence > 3")

    answer = run(app, "verify", "--seals", str(file))

    assert answer.exit_code == 1
    assert name(sealed, 4, 5) in answer.stderr
    assert "2026-10-15" in answer.stderr
    assert "since: 2026-10-15" in answer.stdout


def test_a_file_that_says_something_else_is_left_as_it_is(app, session, sealed, tmp_path):
    file = tmp_path / "seals.jsonl"
    run(app, "seal", "--file", str(file))
    before = file.read_text(encoding="utf-8")
    tampered(session, "DELETE FROM day_seal")
    tampered(session, "DELETE FROM event WHERE sequence > 3")

    answer = run(app, "seal", "--file", str(file))

    assert answer.exit_code == 2
    assert "--seals" in answer.stderr
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("harm", [lambda text: text.replace('"events":', '"events":1'), str.upper])
def test_a_file_that_was_changed_itself_is_refused_with_its_line(
    app, session, sealed, tmp_path, harm
):
    file = tmp_path / "seals.jsonl"
    run(app, "seal", "--file", str(file))
    file.write_text(harm(file.read_text(encoding="utf-8")), encoding="utf-8")

    answer = run(app, "verify", "--seals", str(file))

    assert answer.exit_code == 2
    assert "1" in answer.stderr
