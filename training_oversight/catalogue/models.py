"""The county's own catalogue, in versions: records point at the version they used.

A row without an authority is shipped with the product; a row of the county's own with
the same code goes before it. An edit ends the version in force and adds the next.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from training_oversight import texts
from training_oversight.database import Base, Flag, JsonList, JsonObject, PrimaryKey, enum_column
from training_oversight.law import Period, Unit
from training_oversight.texts import LabelledEnum, Language, Text


class Severity(LabelledEnum):
    MINOR = "minor", Text("Minor")
    SERIOUS = "serious", Text("Serious")
    GRAVE = "grave", Text("Grave")


class Effect(LabelledEnum):
    """What a paper does. Types are data; what each effect sets off is code."""

    RECTIFY = "rectify", Text("Rectify by a date")
    STOP = "stop", Text("Stop unlawful training at once")
    REFER = "refer", Text("Refer to another department")
    INFORM = "inform", Text("Inform and remind")
    TALK = "talk", Text("Talk")
    ASSIGN = "assign", Text("Assign")
    URGE = "urge", Text("Urge")
    BAN = "ban", Text("Ban (off unless the county switches it on)")


class LegalNature(LabelledEnum):
    ORDER = "order", Text("Order to correct")
    PENALTY = "penalty", Text("Administrative penalty")
    COERCIVE = "coercive", Text("Coercive measure")
    GUIDANCE = "guidance", Text("Administrative guidance")
    INTERNAL = "internal", Text("Internal paper")


class Check(LabelledEnum):
    """A completeness check that a notice type may ask for before it can be submitted."""

    PERSON = "person", Text("Name of the responsible person")
    FACTS = "facts", Text("Facts found")
    BASIS = "basis", Text("A legal basis for every problem")
    REQUIREMENTS = "requirements", Text("A requirement for every problem")
    DEADLINES = "deadlines", Text("A deadline for every requirement")
    TWO_OFFICERS = "two_officers", Text("Two officers with certificates inspected")
    APPROVED_VISIT = "approved_visit", Text("The visit was approved")
    REMEDIES = "remedies", Text("Remedies and their time limits")


class GivenLessons(LabelledEnum):
    """What lessons that were given away mean when a contract is undone."""

    LAST = "last", Text("Cost nothing and are taken last")
    FIRST = "first", Text("Cost nothing and are taken first")
    SHARED = "shared", Text("Share in the price of the contract")


class PhraseUse(LabelledEnum):
    """Where the beginning of a sentence is offered."""

    CALL = "call", Text("While a call is typed")
    ANSWER = "answer", Text("While an answer is written")
    LEAD = "lead", Text("While a lead is typed")


class Rounding(LabelledEnum):
    """How the last figure of a calculation becomes whole fen; it is rounded only there."""

    NEAREST = "nearest", Text("To the nearest fen, half a fen up")
    UP = "up", Text("Up, in favour of the family")
    DOWN = "down", Text("Down, in favour of the institution")


def in_words(name: str, name_en: str) -> str:
    """The name in the reader's language. A county's own entry may have only one."""
    return name_en if name_en and texts.language() is Language.ENGLISH else name


def _one_of_each(table: str, key: str, *, among: str = "") -> tuple[sa.Index, sa.Index]:
    """One row per key of the shipped ones, and one of each authority's own."""
    shipped = sa.text(f"{among}authority_id IS NULL")
    own = sa.text(f"{among}authority_id IS NOT NULL")
    return (
        sa.Index(f"uq_{table}_shipped", key, unique=True,
                 sqlite_where=shipped, postgresql_where=shipped),
        sa.Index(f"uq_{table}_own", "authority_id", key, unique=True,
                 sqlite_where=own, postgresql_where=own),
    )  # fmt: skip


class CatalogueVersion(Base):
    """Columns of every catalogue table."""

    __abstract__ = True

    id: Mapped[PrimaryKey]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @declared_attr
    def authority_id(cls) -> Mapped[int | None]:
        return mapped_column(sa.ForeignKey("authority.id"))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[sa.Index, ...]:
        # One version in force per code.
        table = cls.__tablename__
        return _one_of_each(table, "code", among="valid_to IS NULL AND ")

    @property
    def label(self) -> str:
        return in_words(self.name, self.name_en)

    def in_force(self, today: date) -> bool:
        return self.valid_from <= today and (self.valid_to is None or today < self.valid_to)


class InstitutionKind(CatalogueVersion):
    """学科类, 体育, … and which department is responsible for the kind."""

    __tablename__ = "institution_kind"

    # Code of the industry department (行业主管部门); empty: not settled, shown as a gap.
    department_code: Mapped[str | None]


class ViolationType(CatalogueVersion):
    """A kind of violation (违规类型), what it suggests, and its legal basis."""

    __tablename__ = "violation_type"

    category: Mapped[str]
    category_en: Mapped[str] = mapped_column(default="")
    severity: Mapped[Severity] = mapped_column(enum_column(Severity))
    effect: Mapped[Effect] = mapped_column(enum_column(Effect))
    # Codes of the kinds it applies to; empty for all.
    kinds: Mapped[list[str]]
    # Codes of the departments that joint enforcement would ask.
    departments: Mapped[list[str]]
    # Empty where no verified article is shipped: the county fills it in.
    legal_basis: Mapped[str]
    measure: Mapped[str]


class NoticeType(CatalogueVersion):
    """A type of paper: its words are data, its effect and nature are code."""

    __tablename__ = "notice_type"

    effect: Mapped[Effect] = mapped_column(enum_column(Effect))
    nature: Mapped[LegalNature] = mapped_column(enum_column(LegalNature))
    # Between the authority's short name and the year, for instance 责改.
    prefix: Mapped[str]
    # Which words it is printed in: a code of ``paper_templates``.
    template_code: Mapped[str]
    checks: Mapped[list[str]]
    default_length: Mapped[int]
    unit: Mapped[Unit] = mapped_column(enum_column(Unit))
    longest: Mapped[int]
    consequence: Mapped[str]
    enabled: Mapped[Flag]


class CloseReason(CatalogueVersion):
    """Why an item leaves the ledger: 整改到位, 当场改正, 已停办, …"""

    __tablename__ = "close_reason"

    # May close an open item without an application, with a re-check and an approver.
    direct: Mapped[Flag]
    # What the public lists say of an item closed for this reason; ``statuses`` knows the words.
    public_status: Mapped[str]


class Checklist(CatalogueVersion):
    """Questions for a visit. A version is never changed, so answers keep their questions."""

    __tablename__ = "checklist"

    kinds: Mapped[list[str]]
    # [{code, section, text, hint, violation_type, phrases}]
    items: Mapped[JsonList]


class Limit(CatalogueVersion):
    """A number of days that the county may change, with where it comes from."""

    __tablename__ = "day_limit"

    length: Mapped[int]
    unit: Mapped[Unit] = mapped_column(enum_column(Unit))
    source: Mapped[str]

    @property
    def period(self) -> Period:
        return Period(self.length, self.unit)


class RefundFormula(CatalogueVersion):
    """How the county counts what a family gets back. It proposes; what was agreed goes before."""

    __tablename__ = "refund_formula"

    given: Mapped[GivenLessons] = mapped_column(enum_column(GivenLessons))
    rounding: Mapped[Rounding] = mapped_column(enum_column(Rounding))
    # Who says so. What is shipped is a suggestion and no law.
    source: Mapped[str]


class AnswerRule(CatalogueVersion):
    """Whether the answer to a kind of complaint is read by somebody else first. Its code is the
    kind."""

    __tablename__ = "answer_rule"

    approved: Mapped[Flag]
    source: Mapped[str]


class RepeatRule(CatalogueVersion):
    """From how many complaints about a place, within how many days, its orders are raised."""

    __tablename__ = "repeat_rule"
    __table_args__ = (  # type: ignore[assignment]
        *_one_of_each("repeat_rule", "code", among="valid_to IS NULL AND "),
        sa.CheckConstraint("days > 0 AND orders > 1", name="several_within_days"),
    )

    days: Mapped[int]
    orders: Mapped[int]
    source: Mapped[str]


class VisitRule(CatalogueVersion):
    """How often a year an institution is visited, which kinds of visit do not count, and within how
    many days a visit of another department is offered to be joined. The law fixes no number."""

    __tablename__ = "visit_rule"
    __table_args__ = (  # type: ignore[assignment]
        *_one_of_each("visit_rule", "code", among="valid_to IS NULL AND "),
        sa.CheckConstraint("most IS NULL OR most > 0", name="some_visits"),
        sa.CheckConstraint("together_days >= 0", name="days_together"),
    )

    # Nothing: the county has published no cap.
    most: Mapped[int | None]
    exempt: Mapped[list[str]]
    together_days: Mapped[int]
    source: Mapped[str]


class Phrase(CatalogueVersion):
    """The beginning of a sentence that is put in by a press; its name is the words."""

    __tablename__ = "phrase"

    use: Mapped[PhraseUse] = mapped_column(enum_column(PhraseUse))
    enabled: Mapped[Flag]


class CalendarDay(Base):
    """A day that departs from the week: as the State Council arranges it, for every county, or
    an authority's own, which goes before the State's."""

    __tablename__ = "calendar_day"

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int | None] = mapped_column(sa.ForeignKey("authority.id"))
    day: Mapped[date]
    working: Mapped[Flag]
    name: Mapped[str]
    source: Mapped[str]
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    entered_at: Mapped[datetime]

    __table_args__ = _one_of_each("calendar_day", "day")


class CalendarYear(Base):
    """That the State's arrangement of a year is known, beyond the years that are shipped."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]


class NumberSeries(Base):
    """The next number of a series in a year. Never goes back; a gap is a voided number."""

    __tablename__ = "number_series"

    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"), primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    next_number: Mapped[int] = mapped_column(default=1)


class Setting(Base):
    """One of a county's settings. Absent: what the product ships."""

    __tablename__ = "setting"
    __table_args__ = (sa.UniqueConstraint("authority_id", "code"),)

    id: Mapped[PrimaryKey]
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("authority.id"))
    code: Mapped[str]
    value: Mapped[JsonObject] = mapped_column(default=dict)
    # A key or password, never shown again and never in the history.
    secret: Mapped[str | None] = mapped_column(info={"protected": True})
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
