"""Reading the catalogue: a county's own entry goes before the shipped one of the same code."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import law
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue.models import (
    AnswerRule,
    CalendarDay,
    CalendarYear,
    CatalogueVersion,
    Checklist,
    CloseReason,
    InstitutionKind,
    Limit,
    NoticeType,
    Phrase,
    PhraseUse,
    RefundFormula,
    RepeatRule,
    Setting,
    ViolationType,
    VisitRule,
    in_words,
)
from training_oversight.errors import NotFound
from training_oversight.places.geocoding import Geocoding
from training_oversight.texts import Text

# The code of the only rule of its kind.
REPEATS = "repeats"
VISITS = "visits"
Version = TypeVar("Version", bound=CatalogueVersion)


def entries(
    session: Session, model: type[Version], *, authority_id: int | None, today: date
) -> Sequence[Version]:
    """The entries in force on a day, own before shipped, in their order."""
    asked = {"today": today, "authority": authority_id}
    return _own_first(session.scalars(_in_force(model), asked).all())


def labels(
    session: Session, model: type[CatalogueVersion], *, authority_id: int | None, today: date
) -> dict[str, str]:
    """Code -> name of the entries in force, in their order, for lists: reads no more than that."""
    asked = {"today": today, "authority": authority_id}
    found = _own_first(session.execute(_names_in_force(model), asked).all())
    return {entry.code: in_words(entry.name, entry.name_en) for entry in found}


@functools.cache
def _in_force(model: type[Version]) -> sa.Select[Version]:
    """Built once: nearly every page asks for some."""
    today = sa.bindparam("today", type_=sa.Date())
    return sa.select(model).where(
        model.valid_from <= today,
        sa.or_(model.valid_to.is_(None), model.valid_to > today),
        sa.or_(model.authority_id.is_(None), model.authority_id == sa.bindparam("authority")),
    )


@functools.cache
def _names_in_force(model: type[CatalogueVersion]) -> sa.Select[*tuple[object, ...]]:
    return _in_force(model).with_only_columns(
        model.code, model.name, model.name_en, model.position, model.authority_id
    )


def _own_first(found: Sequence[Any]) -> list[Any]:
    # Shipped first, so that the county's own takes its place.
    by_code = {e.code: e for e in sorted(found, key=lambda e: e.authority_id is not None)}
    return sorted(by_code.values(), key=lambda e: (e.position, e.code))


def entry(
    session: Session, model: type[Version], code: str, *, authority_id: int | None, today: date
) -> Version:
    """One entry in force. Raises ``NotFound``."""
    for found in entries(session, model, authority_id=authority_id, today=today):
        if found.code == code:
            return found
    raise NotFound(Text("The catalogue has no entry “%(code)s” on this day.", code=code))


def kinds(session: Session, *, authority_id: int | None, today: date) -> Sequence[InstitutionKind]:
    return entries(session, InstitutionKind, authority_id=authority_id, today=today)


def kind_labels(session: Session, *, authority_id: int | None, today: date) -> dict[str, str]:
    """Code -> name of the kinds, for list pages: one query however many rows."""
    return labels(session, InstitutionKind, authority_id=authority_id, today=today)


def violation_types(
    session: Session, *, authority_id: int | None, today: date
) -> Sequence[ViolationType]:
    return entries(session, ViolationType, authority_id=authority_id, today=today)


def notice_types(
    session: Session, *, authority_id: int | None, today: date
) -> Sequence[NoticeType]:
    """Only those that the county has switched on."""
    found = entries(session, NoticeType, authority_id=authority_id, today=today)
    return [kind for kind in found if kind.enabled]


def close_reasons(
    session: Session, *, authority_id: int | None, today: date
) -> Sequence[CloseReason]:
    return entries(session, CloseReason, authority_id=authority_id, today=today)


def checklists(session: Session, *, authority_id: int | None, today: date) -> Sequence[Checklist]:
    return entries(session, Checklist, authority_id=authority_id, today=today)


def fitting_checklist(
    session: Session, kind_code: str | None, *, authority_id: int | None, today: date
) -> Checklist | None:
    """The first made for the kind of institution, else the first for all kinds."""
    return fitting(checklists(session, authority_id=authority_id, today=today), kind_code)


def fitting(found: Sequence[Checklist], kind_code: str | None) -> Checklist | None:
    """Which of the checklists is for that kind of institution."""
    own = [one for one in found if kind_code in one.kinds]
    return next(iter(own + [one for one in found if not one.kinds]), None)


def limit(session: Session, code: str, *, authority_id: int | None, today: date) -> Limit:
    """A number of days set by the county, for instance ``verify`` or ``task_report``."""
    return entry(session, Limit, code, authority_id=authority_id, today=today)


def refund_formulas(
    session: Session, *, authority_id: int | None, today: date
) -> Sequence[RefundFormula]:
    return entries(session, RefundFormula, authority_id=authority_id, today=today)


def approved_kinds(session: Session, *, authority_id: int | None, today: date) -> frozenset[str]:
    """The kinds of complaint of which somebody else reads the answer first."""
    rules = entries(session, AnswerRule, authority_id=authority_id, today=today)
    return frozenset(one.code for one in rules if one.approved)


def repeat_rule(session: Session, *, authority_id: int | None, today: date) -> RepeatRule:
    return entry(session, RepeatRule, REPEATS, authority_id=authority_id, today=today)


def visit_rule(session: Session, *, authority_id: int | None, today: date) -> VisitRule:
    return entry(session, VisitRule, VISITS, authority_id=authority_id, today=today)


def phrases(
    session: Session, use: PhraseUse, *, authority_id: int | None, today: date
) -> list[str]:
    """Always Chinese, whatever the language of the screen."""
    held = entries(session, Phrase, authority_id=authority_id, today=today)
    return [one.name for one in held if one.use is use and one.enabled]


def working_calendar(session: Session, *, authority_id: int | None) -> law.WorkingCalendar:
    """The calendar of an authority: the shipped one, the State's days that the operator entered
    since, and over both the authority's own. Without an authority: what holds everywhere."""
    years = session.scalars(sa.select(CalendarYear)).all()
    days = session.scalars(
        sa.select(CalendarDay).where(
            sa.or_(CalendarDay.authority_id.is_(None), CalendarDay.authority_id == authority_id)
        )
    ).all()
    state = law.shipped_calendar().with_changes(
        **_departing([day for day in days if day.authority_id is None]),
        known_years=[year.year for year in years],
        sources={year.year: Text("%(source)s", source=year.source) for year in years},
    )
    return state.with_changes(**_departing([day for day in days if day.authority_id is not None]))


def _departing(days: Sequence[CalendarDay]) -> dict[str, Any]:
    return {
        "days_off": {day.day: day.name for day in days if not day.working},
        "working_days": [day.day for day in days if day.working],
    }


def versions(
    session: Session, model: type[Version], code: str, *, authority_id: int | None
) -> Sequence[Version]:
    """Every version of an entry that the authority has seen, the latest first."""
    return session.scalars(
        sa.select(model)
        .where(
            model.code == code,
            sa.or_(model.authority_id.is_(None), model.authority_id == authority_id),
        )
        .order_by(model.valid_from.desc(), model.id.desc())
    ).all()


def entered_days(session: Session, year: int, *, authority_id: int | None) -> Sequence[CalendarDay]:
    """The days of a year that were entered for the authority, or for every county."""
    return session.scalars(
        sa.select(CalendarDay)
        .where(
            CalendarDay.day >= date(year, 1, 1),
            CalendarDay.day <= date(year, 12, 31),
            sa.or_(CalendarDay.authority_id.is_(None), CalendarDay.authority_id == authority_id),
        )
        .order_by(CalendarDay.day, CalendarDay.authority_id.is_not(None))
    ).all()


def settings(
    session: Session, codes: Sequence[str], *, authority_id: int | None
) -> dict[str, Setting]:
    """Those of the settings that the authority has changed, by code."""
    found = session.scalars(
        sa.select(Setting).where(Setting.authority_id == authority_id, Setting.code.in_(codes))
    )
    return {setting.code: setting for setting in found}


def map_settings(session: Session, *, authority_id: int | None) -> maps.MapSettings:
    """What the authority has set for its maps, without the shape and without the key."""
    asked = (maps.TILES, maps.OUTLINE, maps.GEOCODER)
    found = session.execute(
        sa.select(Setting.code, Setting.value).where(
            Setting.authority_id == authority_id, Setting.code.in_(asked)
        )
    )
    return maps.understood({row.code: row.value for row in found})


def outline_shape(session: Session, *, authority_id: int | None) -> dict[str, object]:
    """The authority's outline as GeoJSON in WGS-84. Raises ``NotFound``."""
    found = settings(session, [maps.SHAPE], authority_id=authority_id)
    if maps.SHAPE not in found or not found[maps.SHAPE].value:
        raise NotFound
    return found[maps.SHAPE].value


def geocoding(session: Session, *, authority_id: int | None) -> Geocoding | None:
    """The map service that the authority asks for addresses, with its key; none: off."""
    found = settings(session, [maps.GEOCODER], authority_id=authority_id)
    if maps.GEOCODER not in found:
        return None
    setting = found[maps.GEOCODER]
    return maps.with_key(maps.understood({setting.code: setting.value}).geocoder, setting.secret)
