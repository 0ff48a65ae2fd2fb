"""Who works with the system, with which roles, of their own and lent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models.ground import Authority, Department, Division, Scope
from training_oversight.accounts.permissions import (
    GRANTED,
    NEVER_LENT,
    OF_THE_WHOLE,
    Permission,
    Role,
    granted,
)
from training_oversight.database import (
    UNRECORDED,
    Base,
    Flag,
    PrimaryKey,
    Versioned,
    enum_column,
)
from training_oversight.texts import Language, Text


@dataclass(frozen=True)
class Lender:
    """Who lent a role to a colleague."""

    id: int
    name: str


@dataclass(frozen=True)
class Loan:
    """A delegation of today, as it concerns one of its two officers."""

    other: str
    until: date
    # Whether the officer gave it; else they hold it.
    given: bool


# An officer whose first roles nobody has confirmed yet.
NO_ROLE = Text("No role yet")


class OfficerRole(Base):
    __tablename__ = "officer_role"

    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(enum_column(Role), primary_key=True)


class Officer(Base, Versioned):
    """A person who works with the system, or the system's own actor."""

    __tablename__ = "officer"
    # With it two names that differ by their letters' size alone are never two people.
    __table_args__ = (sa.CheckConstraint("username = lower(username)", name="small_letters"),)

    id: Mapped[PrimaryKey]
    # Of all counties in the database: who signs in names no county.
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None] = mapped_column(info={"protected": True})
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"), index=True)
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"), index=True)
    division_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"), index=True)
    # Frozen copy of the division's path: the officer's scope without a join.
    division_path: Mapped[str]
    certificate_number: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(info={"protected": True})
    language: Mapped[Language] = mapped_column(
        enum_column(Language), default=Language.CHINESE, info=UNRECORDED
    )
    # An officer lent by another office: from where, and the last day.
    borrowed_from: Mapped[str | None]
    borrowed_until: Mapped[date | None]
    must_change_password: Mapped[Flag] = mapped_column(default=False, info=UNRECORDED)
    # Who has known the password beside the officer, and since when: it was made and shown to them.
    password_set_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("officer.id"), info=UNRECORDED
    )
    password_set_at: Mapped[datetime | None] = mapped_column(info=UNRECORDED)
    shortcuts_off: Mapped[Flag] = mapped_column(default=False, info=UNRECORDED)
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    authority: Mapped[Authority] = relationship()
    department: Mapped[Department] = relationship()
    division: Mapped[Division] = relationship()
    password_set_by: Mapped[Officer | None] = relationship(remote_side="Officer.id")
    role_rows: Mapped[list[OfficerRole]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": version}

    # Roles lent by others for a time; set by ``queries.acting``, which knows the day.
    delegated_roles: frozenset[Role] = frozenset()
    lenders: tuple[tuple[Role, Lender], ...] = ()
    loans: tuple[Loan, ...] = ()

    @property
    def own_roles(self) -> frozenset[Role]:
        return frozenset(row.role for row in self.role_rows)

    @property
    def roles(self) -> frozenset[Role]:
        return self.own_roles | self.delegated_roles

    @property
    def permissions(self) -> frozenset[Permission]:
        held = granted(self.own_roles) | (granted(self.delegated_roles) - NEVER_LENT)
        if OF_THE_WHOLE.isdisjoint(held) or self.scope.covers(self.authority.division.path):
            return held
        return held - OF_THE_WHOLE

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def acts_for(self, permission: Permission) -> Lender | None:
        """In whose place the officer stands where their own roles do not reach."""
        if not self.lenders or permission in granted(self.own_roles) | NEVER_LENT:
            return None
        able = (who for role, who in self.lenders if permission in GRANTED[role])
        return min(able, key=lambda one: one.id, default=None)

    def doers(self, permission: Permission) -> Sequence[int]:
        """Who it is that acts: the officer, and in whose place."""
        lender = self.acts_for(permission)
        return [self.id] if lender is None else [self.id, lender.id]

    def may_any(self, permissions: Iterable[Permission]) -> bool:
        return not self.permissions.isdisjoint(permissions)

    @property
    def scope(self) -> Scope:
        return Scope.everything() if Role.SYSTEM in self.roles else Scope(self.division_path)

    @property
    def role_label(self) -> Text:
        """The first of the officer's own roles, as the top bar shows it."""
        own = {row.role for row in self.role_rows}
        return next((role.label for role in Role if role in own), NO_ROLE)

    # Whether the officer's service, own or lent by another office, covers a day. Whoever asks
    # for officers asks this, and not one of the two columns: said for one officer and for a query.

    def works_on(self, today: date) -> bool:
        ended = self.ended_on is not None and self.ended_on <= today
        gone_home = self.borrowed_until is not None and self.borrowed_until < today
        return not (ended or gone_home)

    @classmethod
    def working_on(cls, today: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
        return sa.and_(
            sa.or_(cls.ended_on.is_(None), cls.ended_on > today),
            sa.or_(cls.borrowed_until.is_(None), cls.borrowed_until >= today),
        )


class Delegation(Base):
    """One officer lends their roles to another for a time. History keeps who really acted."""

    __tablename__ = "delegation"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="in_order"),
        sa.CheckConstraint("from_id <> to_id", name="two_people"),
    )

    id: Mapped[PrimaryKey]
    from_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    to_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    revoked_at: Mapped[datetime | None]

    giver: Mapped[Officer] = relationship(foreign_keys=from_id)
    taker: Mapped[Officer] = relationship(foreign_keys=to_id)
