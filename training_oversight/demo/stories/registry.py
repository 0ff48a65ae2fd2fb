"""What the register saw in its year: checks, a new name, a further place, a conversion, an end."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.database import current_session, transaction
from training_oversight.demo.timeline import Story
from training_oversight.demo.world import World
from training_oversight.registry import queries
from training_oversight.registry import service as registry
from training_oversight.registry.jobs import warn_of_licences
from training_oversight.registry.models import (
    AnnualGrade,
    ConversionKind,
    Institution,
    LegalForm,
    Licence,
    LicenceWarning,
    Tenure,
)
from training_oversight.registry.service import Graded, VenueValues

# How the checks of a year came out, over and over.
G = AnnualGrade
GRADES = (G.PASSED, G.EXCELLENT, G.PASSED, G.BASICALLY_PASSED)


def year_of_the_register(world: World) -> Story:
    """The acts that no visit brings about, some weeks apart."""
    licensed = [one for one in world.institutions if queries.standing_permits(one)]
    _annual_checks(world, licensed, clock.today().year - 1)
    yield 10
    _renamed(world, licensed[-1])
    yield 10
    _another_place(world, licensed[-2])
    yield 15
    _converted(world, licensed[-3], clock.today() - timedelta(days=20))
    yield 15
    with transaction() as session:
        registry.announce_end(
            session, licensed[-4], ending_on=clock.today() + timedelta(days=200),
            reason="房屋租约到期，不再续办。", by=_who(world), today=clock.today(), version=None,
        )  # fmt: skip


def warnings(world: World) -> Story:
    """Every working day the job tells of papers that end; most are followed up within days."""
    while True:
        warn_of_licences(clock.today())
        _followed_up(world)
        yield 1


def _annual_checks(world: World, licensed: list[Institution], year: int) -> None:
    grades = [Graded(one.id, GRADES[number % 4]) for number, one in enumerate(licensed)]
    grades[5] = Graded(licensed[5].id, AnnualGrade.FAILED)
    grades[9] = Graded(licensed[9].id, AnnualGrade.ABSENT)
    with transaction() as session:
        registry.grade_many(
            session, year, grades, on_day=clock.today(), by=_who(world), today=clock.today()
        )


def _renamed(world: World, place: Institution) -> None:
    with transaction() as session:
        values = dataclasses.replace(registry.values_of(place), name=f"新{place.name}")
        registry.edit(
            session, place, values=values, by=_who(world), today=clock.today(), version=None
        )


def _another_place(world: World, place: Institution) -> None:
    rented: dict[str, Any] = {
        "tenure": Tenure.RENTED,
        "landlord": f"{world.authority.division.name}新市商业管理公司",
        "lease_until": clock.today() + timedelta(days=600),
        "area": 180,
    }
    with transaction() as session:
        registry.add_venue(
            session,
            place,
            values=VenueValues(address=f"{place.division.name}新市路8号2层", **rented),
            by=_who(world),
            version=None,
        )


def _converted(world: World, place: Institution, on_day: date) -> None:
    with transaction() as session:
        registry.convert(
            session,
            place,
            values=registry.ConversionValues(
                kind=ConversionKind.TO_NON_PROFIT,
                on_day=on_day,
                from_kind_code=place.kind_code,
                to_kind_code=place.kind_code,
                from_legal_form=LegalForm.COMPANY,
                to_legal_form=LegalForm.NON_ENTERPRISE,
                document=f"{world.authority.short_name}批〔{on_day.year}〕3号",
            ),
            by=_who(world),
            today=clock.today(),
            version=None,
        )


def _followed_up(world: World) -> None:
    """Two of three are answered a few days after they were raised."""
    waiting = (
        sa.select(LicenceWarning)
        .join(Licence, Licence.id == LicenceWarning.licence_id)
        .join(Institution, Institution.id == LicenceWarning.institution_id)
        .where(
            _who(world).scope.clause(Institution.division_path),
            LicenceWarning.raised_on <= clock.today() - timedelta(days=4),
            LicenceWarning.id % 3 > 0,
            queries.warning_waits(),
        )
    )
    if current_session().scalar(waiting.limit(1)) is None:
        return
    with transaction() as session:
        for warning in session.scalars(waiting).all():
            registry.answer_warning(
                session,
                warning,
                how=registry.WarningAnswer.REMINDED,
                note="电话提醒，答应月底前来办。",
                by=warning.institution.officer_in_charge or _who(world),
            )


def _who(world: World) -> Officer:
    return world.inspectors[0]
