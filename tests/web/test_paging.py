from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from training_oversight.database import Instant
from training_oversight.web.paging import Cursor, Key, decode, encode, paged


class Base(DeclarativeBase):
    pass


class Line(Base):
    __tablename__ = "paging_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    sort_key: Mapped[str]
    due_on: Mapped[date]


KEYS = [Key(Line.due_on, descending=True), Key(Line.sort_key), Key(Line.id)]
FIRST = date(2026, 1, 1)


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(
            Line(id=number, sort_key="ab"[number % 2], due_on=FIRST + timedelta(days=number // 5))
            for number in range(1, 24)
        )
        session.flush()
        yield session


def page_at(session, cursor, *, keys=KEYS, size=5):
    return paged(session, select(Line), keys=keys, cursor=cursor, address=str, total=23, size=size)


def in_order(session):
    lines = session.scalars(select(Line)).all()
    return sorted(lines, key=lambda line: (-line.due_on.toordinal(), line.sort_key, line.id))


def test_walking_forward_shows_every_row_once_in_order(session):
    seen, page = [], page_at(session, None)
    while True:
        assert page.first_index == len(seen) + 1
        seen += page.rows
        if page.next_url is None:
            break
        page = page_at(session, page.next_url)

    assert seen == in_order(session)


def test_walking_back_shows_the_same_pages_again(session):
    forward = [page_at(session, None)]
    while forward[-1].next_url:
        forward.append(page_at(session, forward[-1].next_url))

    page = forward[-1]
    for before in reversed(forward[:-1]):
        page = page_at(session, page.previous_url)
        assert (page.rows, page.first_index) == (before.rows, before.first_index)

    assert page.previous_url is None
    assert page.next_url is not None


def test_the_ends_have_no_address_beyond_them(session):
    only = page_at(session, None, size=50)

    assert (only.previous_url, only.next_url) == (None, None)
    assert (only.first_index, only.last_index) == (1, 23)


def test_a_row_that_goes_while_somebody_reads_moves_nothing_else(session):
    page = page_at(session, None)
    expected = in_order(session)[5:10]
    session.delete(page.rows[-1])
    session.flush()

    assert page_at(session, page.next_url).rows == expected


def test_rows_that_have_all_gone_lead_back_to_the_first_page(session):
    beyond = encode(Cursor((FIRST - timedelta(days=9), "z", 999), backwards=False, index=40))

    assert page_at(session, beyond).first_index == 1


def test_several_columns_come_back_as_rows_with_their_names(session):
    statement = select(Line.id, Line.sort_key)
    page = paged(session, statement, keys=[Key(Line.id)], cursor=None, address=str, size=2)

    assert [(row.id, row.sort_key) for row in page.rows] == [(1, "b"), (2, "a")]


def as_text(content):
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "é",
        "A" * 5000,
        as_text("text"),
        as_text([[1, 2], 0, 1]),
        as_text([["2026-01-01", "a", 1], 0, 1]),
        as_text([[{"on": "2026-13-45"}, "a", 1], 0, 1]),
        as_text([[{"on": "2026-01-01"}, "a\0", 1], 0, 1]),
        as_text([[{"on": "2026-01-01"}, "a", 2**70], 0, 1]),
        as_text([[{"on": "2026-01-01"}, "a", 1], 0, -4]),
        as_text([[{"on": "2026-01-01"}, "a", None], 0, 1]),
        as_text([[{"on": "2026-01-01"}, "a", True], 0, 1]),
        as_text([[{"on": "2026-01-01"}, "\ud800", 1], 0, 1]),
    ],
)
def test_an_edited_address_shows_the_first_page(session, cursor):
    assert page_at(session, cursor).rows == in_order(session)[:5]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_is_none_in_utc_is_no_place_in_a_list(moment):
    keys = [Key(Column("at", Instant))]

    assert decode(as_text([[{"at": moment}], 0, 1]), keys) is None


def test_a_cursor_survives_its_address():
    table = Table(
        "t",
        MetaData(),
        Column("at", DateTime),
        Column("instant", Instant),
        Column("on", Date),
        Column("k", String),
        Column("n", Integer),
    )
    moment = datetime(2026, 10, 15, 6, tzinfo=UTC)
    cursor = Cursor((moment, moment, date(2026, 3, 5), "chengxi", 7), True, 51)

    assert decode(encode(cursor), [Key(column) for column in table.columns]) == cursor


def test_a_list_is_not_sorted_by_what_may_be_missing(session):
    with pytest.raises(TypeError, match="None"):
        encode(Cursor((None,), backwards=False, index=1))
