"""Institutions, licensed or not, where they are, and the papers they hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Authority, Department, Division, InDivision, Officer
from training_oversight.database import NEVER_REUSED, Base, Flag, JsonList, PrimaryKey, enum_column
from training_oversight.registry.models.kinds import (
    AnnualGrade,
    ClosingKind,
    LegalForm,
    LicenceEventKind,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    Tenure,
)
from training_oversight.registry.workflow import INSTITUTION_WORKFLOW, InstitutionState
from training_oversight.workflow import Workflow

# What lists are sorted by where there is nothing: an end that never comes, a day long gone.
NO_END = date(9999, 12, 31)
NEVER = datetime(1900, 1, 1, tzinfo=UTC)


class Institution(InDivision, Base):
    """A place that trains, licensed or not. Every one that was ever seen has one record."""

    __tablename__ = "institution"
    __table_args__ = (
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_if_closed"
        ),
        sa.Index(
            "uq_institution_uscc_live",
            "authority_id",
            "uscc",
            unique=True,
            sqlite_where=sa.text("uscc IS NOT NULL AND state <> 'closed'"),
            postgresql_where=sa.text("uscc IS NOT NULL AND state <> 'closed'"),
        ),
        # Holds all that the counts over the list ask for.
        sa.Index(
            "ix_institution_count", "division_path", "state", "withdrawn", "officer_in_charge_id"
        ),
        # With the place in them: "of nobody" and "of no department" are asked in a scope, too.
        sa.Index(
            "ix_institution_officer", "officer_in_charge_id", "division_path", "state", "withdrawn"
        ),
        sa.Index(
            "ix_institution_department",
            *("industry_department_id", "division_path", "state", "withdrawn"),
        ),
        sa.Index("ix_institution_kind", "kind_code", "division_path", "state", "withdrawn"),
        # One for each order of the list; a narrow scope is sorted after it was found.
        sa.Index("ix_institution_by_name", "sort_key", "id"),
        sa.Index("ix_institution_by_licence", "sort_licence", "id"),
        sa.Index("ix_institution_by_visit", "sort_visited", "id"),
        sa.Index("ix_institution_state_list", "state", "sort_key", "id"),
        sa.Index("ix_institution_match", "authority_id", "match_name"),
        # Closed ones included, which the unique one leaves out.
        sa.Index("ix_institution_uscc", "authority_id", "uscc"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    division_id: Mapped[int] = mapped_column(sa.ForeignKey("division.id"), index=True)
    name: Mapped[str]
    # The name is what the place is called, not what a paper says (俗称).
    informal_name: Mapped[Flag] = mapped_column(default=False)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    # [{"name": …, "until": day}], newest first: what it was called before (曾用名).
    former_names: Mapped[JsonList] = mapped_column(default=list)
    # Name with width, brackets, spaces and case removed: what "the same name" means.
    match_name: Mapped[str]
    # NFKC upper case of everything that the search box looks in (``naming.search_text``).
    search_text: Mapped[str]
    # The digits of the telephone numbers, apart: not everybody may search by them.
    search_phone: Mapped[str] = mapped_column(default="", info={"protected": True})
    # ASCII pinyin, so that both databases sort alike.
    sort_key: Mapped[str]
    # When its last permit ends, and when it was last visited. Both are kept by the database
    # itself (sorting.py): a list cannot be paged by what is only computed.
    sort_licence: Mapped[date] = mapped_column(default=NO_END)
    sort_visited: Mapped[datetime] = mapped_column(default=NEVER)
    kind_code: Mapped[str | None]
    legal_form: Mapped[LegalForm | None] = mapped_column(enum_column(LegalForm))
    stages: Mapped[list[str]] = mapped_column(default=list)
    mode: Mapped[Mode | None] = mapped_column(enum_column(Mode))
    uscc: Mapped[str | None]
    responsible_person: Mapped[str | None]
    # 法定代表人 and 校长, where papers or the national platform name them apart.
    legal_representative: Mapped[str | None]
    principal: Mapped[str | None]
    organiser: Mapped[str | None]
    # 注册地址 and 登记部门; the places of teaching are its venues.
    registered_address: Mapped[str | None]
    registered_with: Mapped[str | None]
    # 培训内容, in the institution's own words.
    courses: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(info={"protected": True})
    pupils: Mapped[int | None]
    staff: Mapped[int | None]
    # When the two were last said.
    counted_on: Mapped[date | None]
    platform_id: Mapped[str | None]
    platform_entered_on: Mapped[date | None]
    # The supervised account for prepaid fees (预收费资金监管账户).
    fund_bank: Mapped[str | None]
    fund_account: Mapped[str | None] = mapped_column(info={"protected": True})
    industry_department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("department.id"))
    # Set when an officer overrode the county's mapping of kinds; why is in the history.
    department_overridden: Mapped[Flag] = mapped_column(default=False)
    officer_in_charge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    note: Mapped[str] = mapped_column(default="")
    # The day of which an officer has confirmed that it has no permit (无证). Without it, and
    # without a permit on file, nothing is known: no number in a list is no statement.
    unlicensed_on: Mapped[date | None]
    state: Mapped[InstitutionState] = mapped_column(
        enum_column(InstitutionState), default=InstitutionState.OPERATING
    )
    ordered_to_stop_on: Mapped[date | None]
    ending_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closing_kind: Mapped[ClosingKind | None] = mapped_column(enum_column(ClosingKind))
    # Not an institution of its own: joined with another, or an import that was taken back.
    # Such a record is closed and is counted in no list.
    withdrawn: Mapped[Flag] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    entered_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    authority: Mapped[Authority] = relationship()
    division: Mapped[Division] = relationship()
    industry_department: Mapped[Department | None] = relationship()
    officer_in_charge: Mapped[Officer | None] = relationship()
    venues: Mapped[list[Venue]] = relationship(
        back_populates="institution", order_by="(Venue.main.desc(), Venue.id)"
    )
    licences: Mapped[list[Licence]] = relationship(
        back_populates="institution", order_by="Licence.id"
    )

    workflow: ClassVar[Workflow] = INSTITUTION_WORKFLOW
    __mapper_args__ = {"version_id_col": version}

    @property
    def main_venue(self) -> Venue | None:
        return next((v for v in self.venues if v.main and v.ended_on is None), None)

    def is_nobodys(self, today: date) -> bool:
        """In nobody's charge; ``queries.nobodys`` says the same of rows."""
        charge = self.officer_in_charge
        return charge is None or not charge.works_on(today)


class Venue(Base):
    """A place where an institution teaches. WGS-84, with where the position comes from."""

    __tablename__ = "venue"
    __table_args__ = (
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_or_none"),
        sa.Index(
            "uq_venue_main",
            "institution_id",
            unique=True,
            sqlite_where=sa.text("main AND ended_on IS NULL"),
            postgresql_where=sa.text("main AND ended_on IS NULL"),
        ),
        # What is nearest to a point is looked for in a box.
        sa.Index("ix_venue_position", "latitude", "longitude"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    main: Mapped[Flag] = mapped_column(default=True)
    address: Mapped[str]
    premises: Mapped[Premises | None] = mapped_column(enum_column(Premises))
    tenure: Mapped[Tenure | None] = mapped_column(enum_column(Tenure))
    landlord: Mapped[str | None] = mapped_column(info={"protected": True})
    lease_until: Mapped[date | None]
    area: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    position_source: Mapped[PositionSource | None] = mapped_column(enum_column(PositionSource))
    position_accuracy: Mapped[int | None]
    ended_on: Mapped[date | None]

    institution: Mapped[Institution] = relationship(back_populates="venues")


class Licence(Base):
    """A document with number, issuer, scope and validity."""

    __tablename__ = "licence"
    __table_args__ = (sa.Index("ix_licence_number", "number"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    institution_id: Mapped[int] = mapped_column(sa.ForeignKey("institution.id"), index=True)
    type: Mapped[LicenceType] = mapped_column(enum_column(LicenceType))
    number: Mapped[str | None]
    issuer: Mapped[str | None]
    scope: Mapped[str | None]
    issued_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    # Kept from its events: suspended since; ended (revoked or cancelled) on.
    suspended_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_by: Mapped[LicenceEventKind | None] = mapped_column(enum_column(LicenceEventKind))
    # Why a new subject licence for compulsory stages was entered all the same.
    exception_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    institution: Mapped[Institution] = relationship(back_populates="licences")
    events: Mapped[list[LicenceEvent]] = relationship(order_by="LicenceEvent.on_day.desc()")
    __mapper_args__ = {"version_id_col": version}


class LicenceEvent(Base):
    __tablename__ = "licence_event"

    id: Mapped[PrimaryKey]
    licence_id: Mapped[int] = mapped_column(sa.ForeignKey("licence.id"), index=True)
    kind: Mapped[LicenceEventKind] = mapped_column(enum_column(LicenceEventKind))
    on_day: Mapped[date]
    grade: Mapped[AnnualGrade | None] = mapped_column(enum_column(AnnualGrade))
    year: Mapped[int | None]
    # Of a renewal: until when the paper was valid before it.
    previous_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    entered_at: Mapped[datetime]
