"""Dated public lists. Each entry is a masked copy of the day it was approved."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training_oversight.accounts.models import Authority, InDivision, Officer
from training_oversight.database import Base, Flag, PrimaryKey, enum_column
from training_oversight.publication.workflow import (
    PUBLICATION_WORKFLOW,
    PublicationState,
    PublicationVerb,
)
from training_oversight.workflow import Workflow, undecided


class Publication(InDivision, Base):
    """A list as it stood on a day (``as_of``), prepared by one person, approved by another."""

    __tablename__ = "publication"
    __table_args__ = (
        sa.UniqueConstraint("authority_id", "kind", "year", "batch"),
        sa.CheckConstraint(
            "state NOT IN ('published', 'withdrawn', 'superseded') OR "
            "(batch IS NOT NULL AND published_on IS NOT NULL)",
            name="batch_if_published",
        ),
        sa.CheckConstraint(
            "(published_on IS NULL) = (batch IS NULL) "
            "AND (published_on IS NULL) = (year IS NULL) "
            "AND (published_on IS NULL) = (approved_by_id IS NULL)",
            name="batch_by_approval",
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'submitted', 'discarded') OR published_on IS NULL",
            name="no_batch_before",
        ),
        sa.CheckConstraint(
            "state = 'discarded' OR (state = 'draft') = (submitted_on IS NULL)",
            name="submitted_on_if_submitted",
        ),
        sa.CheckConstraint(
            "(state IN ('withdrawn', 'superseded', 'discarded')) = (ended_on IS NOT NULL)",
            name="ended_on_if_ended",
        ),
        sa.CheckConstraint(
            "published_on >= submitted_on AND ended_on >= published_on", name="days_in_order"
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id",
            name="approved_by_another",
        ),
        # One list of a kind in preparation, and one that stands, per authority.
        sa.Index(
            "uq_publication_prepared",
            "authority_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'submitted')"),
            postgresql_where=sa.text("state IN ('draft', 'submitted')"),
        ),
        sa.Index(
            "uq_publication_standing",
            "authority_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        ),
        sa.Index("ix_publication_public", "state", "published_on", "id"),
    )

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    # The code of the rule that some area hands in (``rules.ListRule``).
    kind: Mapped[str]
    title: Mapped[str]
    # The columns of its entries and the words of their statuses, as they were on that day.
    columns: Mapped[list[dict[str, object]]]
    statuses: Mapped[list[dict[str, object]]]
    # On what the county rests the list, in the words of its catalogue of that day.
    basis: Mapped[str] = mapped_column(default="")
    state: Mapped[PublicationState] = mapped_column(
        enum_column(PublicationState), default=PublicationState.DRAFT
    )
    as_of: Mapped[date]
    # What this batch puts right in earlier ones, as the footer of the public pages says it.
    correction: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    batch: Mapped[int | None]
    prepared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    submitted_on: Mapped[date | None]
    returned_note: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    published_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()

    authority: Mapped[Authority] = relationship()
    prepared_by: Mapped[Officer] = relationship(foreign_keys=prepared_by_id)
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=approved_by_id)
    entries: Mapped[list[PublicEntry]] = relationship(
        back_populates="publication", order_by="PublicEntry.position"
    )

    workflow: ClassVar[Workflow] = PUBLICATION_WORKFLOW
    __mapper_args__ = {"version_id_col": version}


class PublicEntry(Base):
    """One row: a copy, so that what was public stays what it was."""

    __tablename__ = "public_entry"
    __table_args__ = (
        sa.UniqueConstraint("publication_id", "subject_kind", "subject_id"),
        sa.CheckConstraint(
            "(subject_kind IS NULL) = (subject_id IS NULL)", name="subject_kind_and_key"
        ),
        sa.CheckConstraint(
            "included OR (removed_reason <> '' AND removed_on IS NOT NULL)",
            name="removed_with_reason",
        ),
        sa.Index("ix_public_entry_list", "publication_id", "included", "sort_key", "id"),
        sa.Index("ix_public_entry_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[PrimaryKey]
    publication_id: Mapped[int] = mapped_column(sa.ForeignKey("publication.id"))
    position: Mapped[int]
    # Table and key of the record that it is about; none where it is about none of ours.
    subject_kind: Mapped[str | None]
    subject_id: Mapped[int | None]
    # Why the rule proposed it: [[message id, {values}]].
    why: Mapped[list[object]]
    included: Mapped[Flag] = mapped_column(default=True)
    removed_reason: Mapped[str] = mapped_column(default="")
    removed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    # The day on which somebody left it out, of this list or of an earlier one.
    removed_on: Mapped[date | None]
    # In the order of the publication's columns: words, days as they are written, or nothing.
    cells: Mapped[list[object]]
    status: Mapped[str]
    # When its matter was over, so that a list says that once.
    finished_on: Mapped[date | None]
    # Of its cells, what readers look for and narrow the list by.
    search_text: Mapped[str]
    township: Mapped[str]
    sort_key: Mapped[str]

    publication: Mapped[Publication] = relationship(back_populates="entries")


undecided.declare(Publication, PublicationVerb.APPROVE)
