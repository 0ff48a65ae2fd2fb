"""Columns that are sealed: in the database, in a session, in what is said of a fault."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.vault.rings import NEW, OLD, Base, Caller, holding
from training_oversight.audit.differences import masked, protected
from training_oversight.vault import sealing
from training_oversight.vault.keys import NoKey

PHONE = "13800138000"


@pytest.fixture
def session():
    engine = sa.create_engine("sqlite://", hide_parameters=True)
    Base.metadata.create_all(engine)
    with holding(NEW), Session(engine) as session:
        yield session


def kept(session, **values):
    caller = Caller(**{"phone": PHONE, "phone_mark": sealing.mark(PHONE)} | values)
    session.add(caller)
    session.flush()
    return caller


def test_the_database_holds_nothing_readable(session):
    kept(session)

    [row] = session.execute(sa.text("SELECT * FROM vault_caller")).all()
    assert PHONE not in str(row)
    assert PHONE.encode() not in row.phone


def test_what_was_sealed_is_read_again(session):
    caller = kept(session, name="王丽华")
    session.expire(caller)

    assert (caller.phone, caller.name) == (PHONE, "王丽华")


def test_nothing_at_all_stays_nothing(session):
    caller = kept(session, phone=None)
    session.expire(caller)

    assert caller.phone is None
    assert session.scalars(sa.select(Caller).where(Caller.phone.is_(None))).all() == [caller]
    assert session.scalars(sa.select(Caller).where(Caller.phone.is_not(None))).all() == []


def test_a_list_opens_nothing(session):
    kept(session)
    session.expunge_all()

    [caller] = session.scalars(sa.select(Caller))

    assert {"phone", "name"} <= sa.inspect(caller).unloaded


def test_no_history_says_what_it_was(session):
    told = masked(Caller, {"phone": [None, PHONE], "phone_mark": [None, "x"], "said": [None, "y"]})

    assert protected(Caller) == {"phone", "name", "phone_mark"}
    assert told == {"phone": ["*", "*"], "phone_mark": ["*", "*"], "said": [None, "y"]}


def test_without_its_key_it_is_lost_and_everything_else_is_there(session):
    with holding(OLD):
        caller = kept(session, said="收费")
    session.expire(caller)

    assert sealing.is_lost(caller.phone)
    assert not caller.phone
    assert not sealing.is_lost(caller.name)
    assert caller.said == "收费"


def test_what_is_lost_is_never_written_over_what_may_yet_be_opened(session):
    with holding(OLD):
        caller = kept(session)
    session.expire(caller)
    caller.name = caller.phone

    with pytest.raises(sa.exc.StatementError, match="What is lost is not to be written"):
        session.flush()


def test_without_a_key_the_sentence_is_for_the_clerk_and_nothing_is_kept(session):
    caller = Caller(phone=PHONE)
    session.add(caller)

    with holding(), pytest.raises(NoKey) as refused:
        session.flush()

    assert "PROTECTION_KEYS" in str(refused.value)
    assert PHONE not in str(refused.value)
    session.rollback()
    assert session.scalar(sa.select(sa.func.count()).select_from(Caller)) == 0


def test_a_fault_of_the_database_repeats_no_number(session):
    kept(session, id=1)

    with pytest.raises(sa.exc.IntegrityError) as fault:
        session.execute(sa.insert(Caller).values(id=1, phone=PHONE))

    assert PHONE not in str(fault.value)


def test_nobody_can_look_for_it_in_the_open(session):
    with pytest.raises(TypeError, match="recognising"):
        sa.select(Caller).where(Caller.phone == PHONE)


@pytest.mark.parametrize(
    "typed",
    [
        *(PHONE, "138 0013 8000", "138-0013-8000", "１３８００１３８０００"),
        *("+86 13800138000", "008613800138000"),
    ],
)  # fmt: skip
def test_the_same_telephone_is_known_again(session, typed):
    caller = kept(session)

    found = sa.select(Caller).where(Caller.phone_mark.in_(sealing.marks(typed)))

    assert session.scalars(found).all() == [caller]


def test_a_mark_tells_nothing_without_the_key(session):
    with holding(OLD):
        other = sealing.mark(PHONE)

    assert PHONE not in other
    assert other.partition(".")[2] != sealing.mark(PHONE).partition(".")[2]
    assert sealing.mark("13800138001") != sealing.mark(PHONE)


def test_without_a_key_there_is_no_mark_and_nothing_to_find():
    with holding():
        assert sealing.marks(PHONE) == []
        with pytest.raises(NoKey):
            sealing.mark(PHONE)


def test_a_column_says_what_it_is():
    assert Caller.__table__.c.phone.type.python_type is str
