"""Columns that the database keeps sealed.

A model says ``phone: Mapped[str | None] = sealed("complaint_contact.phone")`` and beside it, where
the same telephone is to be found again, ``phone_mark: Mapped[str | None] = recognising("phone")``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.sql.operators import OperatorType, is_, is_not
from sqlalchemy.types import TypeDecorator

from training_oversight.database import Bytewise
from training_oversight.names.spelling import COUNTRY
from training_oversight.vault import keys

# ``info`` of a column of marks: whose.
MARKS_OF = "marks_of"


class Lost(str):
    """In the place of a text that cannot be opened any more. It is empty; ``is_lost`` tells."""

    __slots__ = ()


def is_lost(value: object) -> bool:
    return isinstance(value, Lost)


class _Incomparable(TypeDecorator.Comparator[str]):
    def operate(  # type: ignore[override]
        self, op: OperatorType, *other: object, **more: object
    ) -> sa.ColumnElement[str]:
        """Whether there is something at all; the same text is sealed differently each time."""
        if op not in (is_, is_not):
            raise TypeError("What is sealed cannot be compared: look for its mark (recognising).")
        return super().operate(op, *other, **more)


class Sealed(TypeDecorator[str]):
    """Text under the installation's key; the purpose, ``table.column``, is sealed with it.

    What was sealed for one column opens in no other. Reading it gives ``Lost`` where it cannot be
    opened; writing raises ``NoKey`` where there is no key.
    """

    impl = sa.LargeBinary
    cache_ok = True
    # No history says what it holds (``audit.differences``).
    is_protected = True
    comparator_factory = _Incomparable

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    @property
    def python_type(self) -> type[str]:
        return str

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:
        if value is None:
            return None
        if is_lost(value):
            raise TypeError("What is lost is not to be written over what may yet be opened.")
        return keys.current().seal(value.encode(), self.purpose)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:
        if value is None:
            return None
        try:
            return keys.current().open(bytes(value), self.purpose).decode()
        except keys.Unreadable:
            return Lost()


def sealed(purpose: str) -> MappedColumn[str | None]:
    """A column of ``Sealed``: nothing opens it but who asks for it, so lists leave it sealed."""
    return mapped_column(Sealed(purpose), deferred=True, deferred_group="sealed")


def recognising(name: str) -> MappedColumn[str | None]:
    """The column of ``mark`` of that sealed column: the same text has the same mark."""
    return mapped_column(Bytewise, index=True, info={"protected": True, MARKS_OF: name})


def mark(text: str) -> str:
    """By which a text is known again without being readable. Raises ``NoKey``."""
    keys.needed()
    return marks(text)[0]


def marks(text: str) -> Sequence[str]:
    """All marks that a text may have been kept with: ``phone_mark.in_(marks(typed))``."""
    return list(keys.current().recognise(_folded(text)))


def _folded(text: str) -> str:
    """One spelling: 138-0013 8000, １３８００１３８０００ and +8613800138000 are one number."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return COUNTRY.sub("", "".join(one for one in plain if one.isalnum() or one in "+@._"), count=1)
