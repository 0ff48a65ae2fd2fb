"""What the rules of the register ask of the county, and where they write history.

The rules are the same for one record and for a list of ten thousand; only where the answers
come from differs, and when history is written. One record asks the database, question by
question; an import has the answers at hand and writes all history of a part at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Authority, Department, Division, Officer
from training_oversight.accounts.service import check_at_work
from training_oversight.audit import EventType
from training_oversight.database import Base
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.service.searching import refresh_search

One = TypeVar("One", bound=Base)


class Surroundings(Protocol):
    """The county in which an institution lies, as far as the rules ask about it."""

    @property
    def authority_id(self) -> int: ...

    @property
    def today(self) -> date: ...

    @property
    def at(self) -> datetime:
        """The instant of the running transaction."""

    @property
    def industry(self) -> Mapping[str, int | None]:
        """Kind -> the department that the county's mapping names for it."""

    def path_of(self, division_id: int) -> str | None:
        """Where a division lies; nothing if the officer may not enter records there."""

    def has_department(self, department_id: int) -> bool: ...

    def has_officer(self, officer_id: int) -> bool: ...

    def holder_of(self, uscc: str, *, but: int | None) -> str | None:
        """The name of the live institution that holds a credit code, other than ``but``."""


class Journal(Protocol):
    """Where it is written down what came to be and what was changed."""

    def new(self, model: type[One], **values: object) -> One:
        """A record to be filled in, before it is noted as ``created``."""

    def created(self, record: Base, kind: EventType, *, note: str = "") -> None: ...

    def reworded(self, institution: Institution) -> None:
        """Note that the words by which the search box finds it may be others now."""

    def editing(
        self, record: Base, kind: EventType, *, note: str = ""
    ) -> AbstractContextManager[None]:
        """Note what the block changes; nothing changed, nothing noted."""


def no_new_codes(session: Session, authority_id: int) -> None:
    """Until the transaction ends nobody else registers a credit code with this authority.

    Two who enter the same code at once must meet here, not at the unique index.
    """
    session.execute(
        sa.select(Authority.id).where(Authority.id == authority_id).with_for_update(key_share=True)
    )


@dataclass(frozen=True)
class CountyOfRecord:
    """The county of one record that an officer enters or changes."""

    session: Session
    authority_id: int
    by: Officer
    today: date

    @property
    def at(self) -> datetime:
        return database.instant(self.session)

    @cached_property
    def industry(self) -> Mapping[str, int | None]:
        return queries.industry(self.session, self.authority_id, today=self.today)

    def path_of(self, division_id: int) -> str | None:
        division = self.session.get(Division, division_id)
        return division.path if division and self.by.scope.covers(division.path) else None

    def has_department(self, department_id: int) -> bool:
        department = self.session.get(Department, department_id)
        return department is not None and department.authority_id == self.authority_id

    def has_officer(self, officer_id: int) -> bool:
        officer = self.session.get(Officer, officer_id)
        if officer is None or officer.authority_id != self.authority_id:
            return False
        check_at_work(officer, on=self.today, field="officer_in_charge_id")
        return True

    def holder_of(self, uscc: str, *, but: int | None) -> str | None:
        no_new_codes(self.session, self.authority_id)
        holder = queries.holder_of_uscc(self.session, uscc, authority_id=self.authority_id, but=but)
        return holder.name if holder is not None else None


@dataclass(frozen=True)
class AtOnce:
    """The journal of one record: each line is written when it is noted."""

    session: Session
    by: Officer

    def new(self, model: type[One], **values: object) -> One:
        return model(**values)

    def created(self, record: Base, kind: EventType, *, note: str = "") -> None:
        audit.created(self.session, record, kind, by=self.by, note=note)

    def reworded(self, institution: Institution) -> None:
        refresh_search(institution)

    @contextmanager
    def editing(self, record: Base, kind: EventType, *, note: str = "") -> Iterator[None]:
        with audit.editing(self.session, record, kind, by=self.by, note=note):
            yield
