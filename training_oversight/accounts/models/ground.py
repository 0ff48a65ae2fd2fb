"""Divisions, the authority that acts in one, its departments, and the scope of who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.database import (
    Base,
    PrimaryKey,
    Versioned,
    enum_column,
)
from training_oversight.texts import LabelledEnum, Text


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

    def clause(self, path: sa.SQLColumnExpression[str]) -> sa.ColumnElement[bool]:
        """The same for a query. A range, because LIKE uses no index on every database."""
        if not self.path:
            return sa.true()
        return sa.and_(path >= self.path, path < self.path + "~")


class InDivision:
    """A county record: its division, frozen at creation, decides who may see it."""

    division_path: Mapped[str] = mapped_column(index=True)
