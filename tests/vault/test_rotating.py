"""Changing the key: all is sealed again, some at a time, as often as one likes."""

import json

import pytest
import sqlalchemy as sa

from tests.vault.rings import NEW, OLD, Base, Caller, holding
from training_oversight import schema
from training_oversight.database import transaction
from training_oversight.vault import keys, rotating, sealing

OURS = rotating.tables(Base.metadata)


@pytest.fixture
def callers(session):
    """Five, sealed under the old key."""
    with transaction():
        Base.metadata.create_all(session.connection())
    with holding(OLD):
        keep(session, *(f"1380013800{number}" for number in range(5)))
    yield session
    with transaction():
        Base.metadata.drop_all(session.connection())


def keep(session, *phones):
    with transaction():
        session.add_all(
            Caller(phone=phone, name="王丽华", phone_mark=sealing.mark(phone)) for phone in phones
        )


def names_of_keys(session):
    held = sa.select(sa.type_coerce(Caller.phone, sa.LargeBinary), Caller.phone_mark)
    return {
        (keys.name_of(bytes(phone)), mark.partition(".")[0])
        for phone, mark in session.execute(held)
    }


def test_everything_is_sealed_again_under_the_first_key(callers):
    with holding(NEW, OLD):
        done = rotating.reseal(OURS)

    assert (done.rows, done.lost) == (5, 0)
    assert names_of_keys(callers) == {("2026", "2026")}
    with holding(NEW):
        callers.expire_all()
        assert {one.phone for one in callers.scalars(sa.select(Caller))} >= {"13800138003"}
        found = sa.select(Caller).where(Caller.phone_mark == sealing.mark("13800138003"))
        assert callers.scalars(found).one().name == "王丽华"


def test_a_second_time_there_is_nothing_to_do(callers):
    with holding(NEW, OLD):
        rotating.reseal(OURS)

        assert rotating.reseal(OURS).rows == 0


def test_cut_off_in_the_middle_it_goes_on_where_it_was(callers, monkeypatch):
    monkeypatch.setattr(rotating, "AT_ONCE", 2)
    done = []

    def until_cut_off(session, *rest):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return some(session, *rest)

    some = rotating._reseal_some
    monkeypatch.setattr(rotating, "_reseal_some", until_cut_off)
    with holding(NEW, OLD), pytest.raises(KeyboardInterrupt):
        rotating.reseal(OURS)
    assert names_of_keys(callers) == {("2026", "2026"), ("2025", "2025")}
    monkeypatch.setattr(rotating, "_reseal_some", some)

    with holding(NEW, OLD):
        again = rotating.reseal(OURS)

    assert again.rows == 1
    assert names_of_keys(callers) == {("2026", "2026")}


def test_what_nobody_can_open_stays_as_it_is_and_is_counted(callers, monkeypatch):
    monkeypatch.setattr(rotating, "AT_ONCE", 2)
    with holding(NEW):
        keep(callers, "13800138009")
        done = rotating.reseal(OURS)
        found = rotating.inventory(OURS)

    assert (done.rows, done.lost) == (0, 10)
    assert (found.rows, found.readable, found.lost) == (12, 2, 10)
    assert dict(found.keys) == {"2025": 10, "2026": 2}
    with holding(OLD):
        assert rotating.inventory(OURS).readable == 10


def test_a_row_of_which_a_part_is_lost_keeps_that_part(callers):
    with holding(NEW, OLD):
        keys_of = sa.text("UPDATE vault_caller SET name = phone WHERE id = 1")
        with transaction() as session:
            session.execute(keys_of)
        done = rotating.reseal(OURS)
        found = rotating.inventory(OURS)

    assert (done.rows, done.lost) == (5, 1)
    assert {one.column: one.lost for one in found.columns} == {
        "vault_caller.phone": 0,
        "vault_caller.name": 1,
    }


def test_an_empty_column_stays_empty(callers):
    with holding(OLD), transaction() as session:
        session.add(Caller(phone="13800138007"))
    with holding(NEW, OLD):
        rotating.reseal(OURS)

        assert rotating.inventory(OURS).rows == 11
        [caller] = callers.scalars(sa.select(Caller).where(Caller.name.is_(None)))
        assert (caller.phone, caller.phone_mark) == ("13800138007", None)


@pytest.fixture
def run(app, session, callers, monkeypatch):
    """A command of the vault, for the tables of this test."""
    monkeypatch.setattr(rotating, "tables", lambda: OURS)
    return lambda *words: app.test_cli_runner().invoke(args=["vault", *words])


def test_the_commands_say_how_it_stands_before_and_after(run):
    with holding(NEW, OLD):
        before = json.loads(run("check", "--format", "json").stdout)
        rotated = run("rotate", "--format", "json")
        after = json.loads(run("check", "--format", "json").stdout)

    assert before["keys"] == {
        "2026": {"rows": 0, "known": True, "writes": True},
        "2025": {"rows": 10, "known": True, "writes": False},
    }
    assert rotated.exit_code == 0
    assert json.loads(rotated.stdout) == {"key": "2026", "rows": 5, "lost": 0}
    assert after["keys"]["2025"]["rows"] == 0
    assert after["columns"][0] == {
        "column": "vault_caller.phone", "rows": 5, "readable": 5, "lost": 0,
    }  # fmt: skip


def test_a_key_that_is_missing_is_named_and_what_is_lost_with_it(run):
    with holding(NEW):
        checked, rotated = run("check"), run("rotate")

    assert (checked.exit_code, rotated.exit_code) == (1, 3)
    assert "key 2025: 10" in checked.stdout
    for answer in (checked, rotated):
        assert "PROTECTION_KEYS" in answer.stderr
        assert "13800138" not in answer.output


def test_without_any_key_the_command_says_so(run):
    with holding():
        answer = run("rotate")

    assert answer.exit_code == 2
    assert "PROTECTION_KEYS" in answer.stderr


def test_every_sealed_column_names_itself_is_put_off_and_stands_in_a_table_with_one_key():
    sealed = {
        f"{mapper.local_table.name}.{column.key}": (column.columns[0].type.purpose, column.deferred)
        for mapper in schema.Base.registry.mappers
        for column in mapper.column_attrs
        if isinstance(column.columns[0].type, sealing.Sealed)
    }

    assert "complaint_contact.phone" in sealed
    assert sealed == {name: (name, True) for name in sealed}
    assert all(len(one.table.primary_key.columns) == 1 for one in rotating.tables())
