"""What the register itself adds to its list: filters behind “more”, saved filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.registry import listing, queries
from training_oversight.registry.models import (
    AnnualGrade,
    Institution,
    LegalForm,
    Licence,
    LicenceEvent,
    LicenceEventKind,
    Mode,
    PositionSource,
    Premises,
    Stage,
    Venue,
)
from training_oversight.registry.queries import NOBODY, has_position
from training_oversight.registry.queries.positions import MAIN
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.contributions import Facet, Pairs
from training_oversight.web.listings import Bulk, Listing

Clause = sa.ColumnElement[bool]
Choices = Callable[[Session, Officer], Pairs]
YES = "yes"
UNKNOWN = (NOBODY, Text("Not known"))


def _of(members: type[LabelledEnum], *more: tuple[str, Text]) -> Choices:
    return lambda _session, _officer: [*members.choices(), *more]


def _is(
    column: sa.SQLColumnExpression[object],
    members: type[LabelledEnum],
    value: str,
) -> Clause:
    """The column holds the member of that value, or nothing."""
    if value == NOBODY:
        return sa.and_(column.is_(None))
    return sa.and_(column.in_([member for member in members if member.value == value]))


def _legal_form(value: str, _today: date) -> Clause:
    return _is(Institution.legal_form, LegalForm, value)


def _mode(value: str, _today: date) -> Clause:
    return _is(Institution.mode, Mode, value)


def _stage(value: str, _today: date) -> Clause:
    # A list kept as JSON: its text is the same on both databases.
    return sa.cast(Institution.stages, sa.Text).contains(f'"{value}"')


def _main_venue(*conditions: Clause) -> Clause:
    # Also on the map, which reads the venues beside the institutions.
    return sa.select(Venue.id).where(MAIN, *conditions).correlate(Institution).exists()


def _premises(value: str, _today: date) -> Clause:
    if value == NOBODY:
        return ~_main_venue(Venue.premises.is_not(None))
    return _main_venue(_is(Venue.premises, Premises, value))


def _position(value: str, _today: date) -> Clause:
    if value == NOBODY:
        return has_position(yes=False)
    return _main_venue(_is(Venue.position_source, PositionSource, value))


def _platform(value: str, _today: date) -> Clause:
    known = Institution.platform_id.is_not(None)
    return known if value == YES else ~known


def _grade(value: str, today: date) -> Clause:
    """The grade of this year's check or, before there is one, of last year's."""
    check = (
        sa.select(LicenceEvent.grade)
        .join(Licence, Licence.id == LicenceEvent.licence_id)
        .where(
            Licence.institution_id == Institution.id,
            LicenceEvent.kind == LicenceEventKind.ANNUAL_CHECK,
            LicenceEvent.year >= today.year - 1,
        )
        # What was entered last is the one that counts.
        .order_by(LicenceEvent.year.desc(), LicenceEvent.id.desc())
        .limit(1)
        .correlate(Institution)
        .scalar_subquery()
    )
    return _is(check, AnnualGrade, value)


def _has_or_not(_session: Session, _officer: Officer) -> Pairs:
    return [(YES, Text("Recorded")), (NOBODY, Text("Missing"))]


def _facet(
    name: str,
    label: Text,
    choices: Choices,
    clause: Callable[[str, date], Clause],
    order: int,
) -> Facet[Officer]:
    return Facet(listing.LISTING, name, label, choices, clause, order=order)


NO_CHECK = (NOBODY, Text("None recorded since last year"))
FACETS = (
    _facet("form", Text("Legal form"), _of(LegalForm, UNKNOWN), _legal_form, 72),
    _facet("stage", Text("Who is taught"), _of(Stage), _stage, 73),
    _facet("mode", Text("Mode"), _of(Mode, UNKNOWN), _mode, 74),
    _facet("grade", Text("Annual check"), _of(AnnualGrade, NO_CHECK), _grade, 75),
    _facet("premises", Text("Premises"), _of(Premises, UNKNOWN), _premises, 76),
    _facet("platform", Text("Number on the national platform"), _has_or_not, _platform, 77),
    _facet(
        *("position", Text("Position of the venue")),
        _of(PositionSource, (NOBODY, Text("Missing"))),
        *(_position, 78),
    ),
)

LISTING = Listing(
    name=listing.LISTING,
    label=Text("Institutions"),
    endpoint="registry.index",
    permission=Permission.VIEW_REGISTRY,
    parameters=listing.parameters,
    lasting=listing.lasting,
)

BULKS = (
    Bulk(
        *(listing.LISTING, Text("Name the officer in charge"), "registry.assign_many"),
        Permission.EDIT_REGISTRY,
        order=10,
    ),
)


def work_left(officer: Officer, _today: date) -> Text | None:
    """What an officer leaves behind in the register, for who ends their service."""
    keys = queries.in_charge_of(current_session(), officer, scope=Scope.everything())
    if not keys:
        return None
    return Text(
        "%(name)s is in charge of %(count)s institutions. From then on they count as in "
        "nobody's charge, until the section head hands them over.",
        name=officer.name,
        count=len(keys),
    )
