"""What every table is made of: its base, its columns' types, the names of its constraints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A point in time: aware, in UTC, on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("An instant must be aware.")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(members: type[StrEnum], *, check: str = "") -> sa.Enum:
    """A StrEnum stored as its value, with a check that refuses anything else.

    ``check`` names it where one table has two columns of the same enum.
    """
    return sa.Enum(
        members,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda enum: [member.value for member in enum],
        name=check or members.__name__.lower(),
    )


# Compared byte by byte on both databases, whatever order PostgreSQL was created with: scopes are
# ranges of paths, pages begin behind a sort key, and both databases list alike.
Bytewise = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
# For tables whose rows can be removed: the history of one must never become that of the next.
# PostgreSQL gives no key twice by itself.
NEVER_REUSED = {"sqlite_autoincrement": True}
# What a machine keeps of its own work on a record. The history does not say it.
UNRECORDED = {"unrecorded": True}
PrimaryKey = Annotated[int, mapped_column(primary_key=True)]
Flag = Annotated[bool, mapped_column(sa.Boolean(create_constraint=False))]

# Kept as JSON in a shape that the class or the code beside it names.
JsonObject = dict[str, Any]
JsonList = list[Any]
# What a column of JSON may hold: as much of its shape as the code that writes it keeps to.
JSON_SHAPES = (
    *(list[str], list[int], list[object], list[dict[str, object]]),
    *(dict[str, str], dict[str, int], dict[str, object], dict[str, list[object]]),
    *(dict[str, dict[str, str]], JsonObject, JsonList),
)


class Base(DeclarativeBase):
    """Base of all tables. Text has no length limit; forms do."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Bytewise,
        date: sa.Date(),
        datetime: Instant(),
        **dict.fromkeys(JSON_SHAPES, sa.JSON()),
    }


class Versioned:
    """A record that two people may change: the second save is an error, not a loss."""

    version: Mapped[int] = mapped_column()
