"""Putting institutions on the register and changing what is known of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service import check_at_work
from training_oversight.audit import EventType
from training_oversight.errors import BadInput, Checks
from training_oversight.law import identifiers
from training_oversight.registry.models import Institution, Venue
from training_oversight.registry.service import names
from training_oversight.registry.service.opening import opened
from training_oversight.registry.service.surroundings import (
    AtOnce,
    CountyOfRecord,
    Journal,
    Surroundings,
)
from training_oversight.registry.service.values import TAKEN_OVER, VENUE, InstitutionValues
from training_oversight.texts import Text
from training_oversight.workflow import authorise

REGISTERED = EventType.declare("institution.registered", Text("Put on the register"))
CHANGED = EventType.declare("institution.changed", Text("Register entry changed"))
VENUE_ADDED = EventType.declare("venue.added", Text("Venue recorded"))
VENUE_CHANGED = EventType.declare("venue.changed", Text("Venue changed"))
ASSIGNED = EventType.declare("institution.assigned", Text("Officer in charge changed"), ["to"])


def create(session: Session, *, values: InstitutionValues, by: Officer, today: date) -> Institution:
    """Put an institution on the register, licensed or not.

    Raises ``BadInput`` for a credit code that is wrong or held by another live institution.
    """
    division = session.get(Division, values.division_id)
    authority = accounts.authority_of(session, division) if division else None
    if division is not None and authority is None:
        raise BadInput(Text("No authority acts in %(division)s.", division=division.name))
    authorise(by, division or by, Permission.EDIT_REGISTRY)
    around = CountyOfRecord(session, authority.id if authority else 0, by, today)
    with session.no_autoflush:
        institution = enter(values, around, AtOnce(session, by))
    _settled(session, institution)
    return institution


def enter(values: InstitutionValues, around: Surroundings, journal: Journal) -> Institution:
    """The rules by which an institution comes onto the register, typed in or imported."""
    institution = journal.new(
        Institution,
        authority_id=around.authority_id,
        aliases=[],
        former_names=[],
        stages=[],
        entered_at=around.at,
    )
    _take_over(institution, values, around)
    venue = _new_venue(institution, values, journal)
    journal.reworded(institution)
    journal.created(institution, REGISTERED, note=values.department_reason)
    if venue is not None:
        journal.created(venue, VENUE_ADDED)
    return institution


def edit(
    session: Session,
    institution: Institution,
    *,
    values: InstitutionValues,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    """Change what is known of an institution. Raises ``StaleForm``, ``BadInput``."""
    opened(session, institution, by=by, version=version)
    around = CountyOfRecord(session, institution.authority_id, by, today)
    rewrite(institution, values, around, AtOnce(session, by))
    _settled(session, institution)


def rewrite(
    institution: Institution, values: InstitutionValues, around: Surroundings, journal: Journal
) -> None:
    """The rules by which an institution changes, typed in or imported."""
    with journal.editing(institution, CHANGED, note=values.department_reason):
        _take_over(institution, values, around)
    _change_venue(institution, values, journal)
    journal.reworded(institution)
    # A change of the venue alone must make forms that others hold stale, too.
    flag_modified(institution, "note")


def assign_officer(
    session: Session,
    institution: Institution,
    *,
    officer: Officer,
    by: Officer,
    version: int | None = None,
) -> None:
    """Make an officer the one in charge (监管责任人)."""
    opened(session, institution, by=by, version=version)
    _check_in_charge(officer.authority_id == institution.authority_id)
    check_at_work(officer, on=database.written_on(session), field="officer_id")
    with audit.editing(session, institution, ASSIGNED, by=by, to=officer.name):
        institution.officer_in_charge_id = officer.id
    _settled(session, institution)


def _take_over(institution: Institution, values: InstitutionValues, around: Surroundings) -> None:
    division_path, uscc, checks = "", None, Checks()
    with checks.each():
        division_path = _path(values, around)
    with checks.each():
        uscc = _free_uscc(institution, values.uscc, around)
    in_charge = values.officer_in_charge_id
    if in_charge is not None and in_charge != institution.officer_in_charge_id:
        with checks.each():
            _check_in_charge(around.has_officer(in_charge))
    checks.settle()
    names.take(institution, values, today=around.today)
    if (institution.pupils, institution.staff) != (values.pupils, values.staff):
        institution.counted_on = around.today
    for column in TAKEN_OVER:
        setattr(institution, column, getattr(values, column))
    institution.stages = [stage.value for stage in values.stages]
    institution.division_id, institution.division_path = values.division_id, division_path
    institution.uscc = uscc
    _settle_department(institution, values, around)


def _path(values: InstitutionValues, around: Surroundings) -> str:
    path = around.path_of(values.division_id)
    if path is None:
        sentence = Text("Choose a township or street of your own county.")
        raise BadInput(sentence, {"division_id": sentence})
    return path


def _check_in_charge(colleague: bool) -> None:
    if not colleague:
        sentence = Text("The officer in charge must belong to the same authority.")
        raise BadInput(sentence, {"officer_in_charge_id": sentence})


def _free_uscc(institution: Institution, typed: str | None, around: Surroundings) -> str | None:
    """The credit code in its one spelling, if no other live institution holds it."""
    if not typed:
        return None
    try:
        code = identifiers.check_uscc(typed)
    except BadInput as error:
        raise BadInput(error.text, {"uscc": error.text}) from error
    holder = around.holder_of(code, but=institution.id)
    if holder is not None:
        sentence = Text(
            "%(name)s already has credit code %(code)s. Open that record instead, or compare "
            "the code with the licence.",
            name=holder,
            code=code,
        )
        raise BadInput(sentence, {"uscc": sentence})
    return code


def _settle_department(
    institution: Institution, values: InstitutionValues, around: Surroundings
) -> None:
    """The industry department: by the county's mapping of kinds, or as an officer decided."""
    mapped = _mapped_department(institution.kind_code, around)
    chosen = values.industry_department_id
    if chosen is None or chosen == mapped:
        institution.industry_department_id = mapped
        institution.department_overridden = False
        return
    _check_override(institution, values, chosen, around)
    institution.industry_department_id = chosen
    institution.department_overridden = True


def _check_override(
    institution: Institution, values: InstitutionValues, chosen: int, around: Surroundings
) -> None:
    if not around.has_department(chosen):
        sentence = Text("Choose a department of your own county.")
        raise BadInput(sentence, {"industry_department_id": sentence})
    unchanged = institution.department_overridden and institution.industry_department_id == chosen
    if not values.department_reason and not unchanged:
        sentence = Text("Say why another department than that of the kind is responsible.")
        raise BadInput(sentence, {"department_reason": sentence})


def _mapped_department(kind_code: str | None, around: Surroundings) -> int | None:
    if kind_code is None:
        return None
    if kind_code not in around.industry:
        sentence = Text("There is no such kind of institution in the catalogue.")
        raise BadInput(sentence, {"kind_code": sentence})
    return around.industry[kind_code]


def _new_venue(
    institution: Institution, values: InstitutionValues, journal: Journal
) -> Venue | None:
    """The main venue, if there is something to say of it."""
    if not values.has_venue:
        return None
    venue = journal.new(Venue, main=True, **{name: getattr(values, name) for name in VENUE})
    institution.venues.append(venue)
    return venue


def _change_venue(institution: Institution, values: InstitutionValues, journal: Journal) -> None:
    venue = institution.main_venue
    if venue is None:
        if (added := _new_venue(institution, values, journal)) is not None:
            journal.created(added, VENUE_ADDED)
        return
    with journal.editing(venue, VENUE_CHANGED):
        for column in VENUE:
            setattr(venue, column, getattr(values, column))


def _settled(session: Session, institution: Institution) -> None:
    """Write, and forget the related records that the keys no longer name."""
    session.flush()
    session.expire(institution, ["division", "industry_department", "officer_in_charge"])
