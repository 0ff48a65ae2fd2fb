"""What waits at institutions: the lines of the worklist about a record of one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from training_oversight.accounts.models import Division
from training_oversight.accounts.placeholders import AnyOfficer, Asking
from training_oversight.accounts.worklist import Statement, lines
from training_oversight.registry.models import Institution

NOTHING = sa.literal("")


def waits(
    officer: Asking,
    records: Any,
    key: sa.SQLColumnExpression[int],
    title: sa.SQLColumnExpression[object],
    *,
    at: sa.SQLColumnExpression[int],
    note: sa.SQLColumnExpression[object] = NOTHING,
    due: sa.SQLColumnExpression[object] | None = None,
    since: sa.SQLColumnExpression[object] | None = None,
) -> Statement:
    """The statement for ``records`` that wait, each at the institution whose key is ``at``.

    For counting, when ``officer`` is a placeholder, it selects the keys alone: joining a name to
    each takes ten times as long.
    """
    if isinstance(officer, AnyOfficer):
        return sa.select(key.label("key")).select_from(records)
    return (
        lines(
            key,
            title,
            note=sa.cast(note, sa.Text()),
            due=due,
            since=since,
            institution=Institution.name,
            kind_code=Institution.kind_code,
            division=Division.name,
        )
        .select_from(records)
        .join(Institution, Institution.id == at)
        .join(Division, Division.id == Institution.division_id)
    )


def in_charge(officer: Asking, at: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    """Whether the institution of the record is in the officer's charge."""
    return at.in_(sa.select(Institution.id).where(Institution.officer_in_charge_id == officer.id))


def numbered(model: Any, *, width: int) -> sa.ColumnElement[str]:
    """The year and the serial, written as the record writes them."""
    serial = sa.cast(model.serial, sa.Text())
    padding = sa.func.substr(sa.literal("0" * width), sa.func.length(serial) + 1)
    return sa.cast(model.year, sa.Text()) + "-" + padding + serial


def words_or(
    words: sa.SQLColumnExpression[object], otherwise: sa.SQLColumnExpression[object]
) -> sa.ColumnElement[object]:
    """No line without a name."""
    return sa.func.coalesce(sa.func.nullif(words, ""), otherwise)
