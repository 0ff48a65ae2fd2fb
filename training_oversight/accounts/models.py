"""Who works with the system, for which authority, in which division."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column, relationship

from training_oversight.accounts.permissions import (
    GRANTED,
    NEVER_LENT,
    OF_THE_WHOLE,
    Permission,
    Role,
    granted,
)
from training_oversight.database import (
    NEVER_REUSED,
    UNRECORDED,
    Base,
    Flag,
    PrimaryKey,
    Versioned,
    enum_column,
)
from training_oversight.texts import LabelledEnum, Language, Text


class DivisionLevel(LabelledEnum):
    PROVINCE = "province", Text("Province")
    PREFECTURE = "prefecture", Text("Prefecture")
    COUNTY = "county", Text("County")
    TOWNSHIP = "township", Text("Township or street")


class Division(Base):
    """An administrative division. ``path`` is the codes from the top, each ended by a slash.

    A record lies in a division if its path begins with the division's path.
    """

    __tablename__ = "division"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    level: Mapped[DivisionLevel] = mapped_column(enum_column(DivisionLevel))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("division.id"), index=True)
    path: Mapped[str] = mapped_column(unique=True)


class Authority(Base, Versioned):
    """The county, or town with delegated powers, that acts. Numbers and settings belong to it."""

    __tablename__ = "authority"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(unique=True)
    # As printed at the head of papers, for instance the full name of the education bureau.
    name: Mapped[str]
    # The short form in document numbers, for instance 澄教.
    short_name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    hotline: Mapped[str] = mapped_column(default="")
    remedies: Mapped[str] = mapped_column(default="")
    division_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"), index=True)
    version: Mapped[int] = mapped_column()

    division: Mapped[Division] = relationship()
    __mapper_args__ = {"version_id_col": version}


class Department(Base):
    """A department of the county: the education bureau, the police, a township office."""

    __tablename__ = "department"
    __table_args__ = (sa.UniqueConstraint("authority_id", "code"),)

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    code: Mapped[str]
    name: Mapped[str]
    ended_on: Mapped[date | None]


@dataclass(frozen=True)
class Scope:
    """Which county records an officer may see: those under a division, or everything."""

    path: str = ""

    @classmethod
    def everything(cls) -> Scope:
        """For jobs and the public pages, which act for all counties in the database."""
        return cls("")

    def covers(self, path: str) -> bool:
        return path.startswith(self.path)

    def clause(self, path: MappedColumn[Any] | sa.ColumnElement[str] | Any) -> Any:
        """The same for a query. A range, because LIKE uses no index on every database."""
        if not self.path:
            return sa.true()
        return sa.and_(path >= self.path, path < self.path + "~")


@dataclass(frozen=True)
class Lender:
    """Who lent a role to a colleague."""

    id: int
    name: str


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


class Decision(LabelledEnum):
    """What became of a proposal. It is no state of a procedure: it is said once, or not yet."""

    CONFIRMED = "confirmed", Text("Confirmed")
    REFUSED = "refused", Text("Refused")
    WITHDRAWN = "withdrawn", Text("Withdrawn")


class InDivision:
    """A county record: its division, frozen at creation, decides who may see it."""

    division_path: Mapped[str] = mapped_column(index=True)


class RightsProposal(InDivision, Base):
    """Rights that one person would give an officer, until a second one confirms them."""

    __tablename__ = "rights_proposal"

    id: Mapped[PrimaryKey]
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    # Roles to be added, columns to be set: see ``service.rights``.
    wanted: Mapped[dict[str, Any]]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    proposed_at: Mapped[datetime]
    # Empty while it waits.
    decision: Mapped[Decision | None] = mapped_column(enum_column(Decision))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None]
    # Why it was refused.
    reason: Mapped[str] = mapped_column(default="")

    officer: Mapped[Officer] = relationship(foreign_keys=officer_id)
    proposed_by: Mapped[Officer] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=decided_by_id)

    __table_args__ = (
        sa.CheckConstraint("proposed_by_id <> officer_id", name="not_for_oneself"),
        sa.CheckConstraint(
            "coalesce(decision, '') <> 'confirmed' OR (decided_by_id <> proposed_by_id"
            " AND decided_by_id <> officer_id)",
            name="confirmed_by_a_second_person",
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_by_id IS NULL) = (decided_at IS NULL)",
            name="decided_by_somebody",
        ),
        sa.Index("uq_rights_proposal_waiting", "officer_id", unique=True,
                 sqlite_where=sa.text("decision IS NULL"),
                 postgresql_where=sa.text("decision IS NULL")),
    )  # fmt: skip


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


class OfficerSession(Base):
    """One sign-in on one device. Ended rows are deletable; the history keeps sign-ins."""

    __tablename__ = "officer_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    created_at: Mapped[datetime]
    # When it was last used, to within a minute, and from which address of the network.
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(default="")
    device: Mapped[str]
    ended_at: Mapped[datetime | None]


class SavedFilter(InDivision, Base):
    """A list as an officer wants to find it again: filters, order and columns of an address."""

    __tablename__ = "saved_filter"
    __table_args__ = (sa.UniqueConstraint("officer_id", "listing", "name"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    # Which list, as contributions name it.
    listing: Mapped[str]
    name: Mapped[str]
    # The part of the address after the question mark. The history does not repeat it: a filter
    # may hold a telephone number that was looked for.
    query: Mapped[str] = mapped_column(info={"protected": True})
    # Offered to the colleagues of the same authority, too.
    shared: Mapped[Flag] = mapped_column(default=False)
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    officer: Mapped[Officer] = relationship()
    __mapper_args__ = {"version_id_col": version}
