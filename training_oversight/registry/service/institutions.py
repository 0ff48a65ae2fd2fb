"""Putting institutions on the register and changing what is known of them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from training_oversight import audit, database, workflow
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Authority, Department, Division, Officer
from training_oversight.audit import EventType
from training_oversight.catalogue import queries as catalogue_queries
from training_oversight.errors import BadInput, NotFound
from training_oversight.law import identifiers
from training_oversight.registry import naming, queries
from training_oversight.registry.models import Institution, Venue
from training_oversight.registry.service import names
from training_oversight.registry.service.values import OWN, VENUE, InstitutionValues
from training_oversight.texts import Text

REGISTERED = EventType.declare("institution.registered", Text("Put on the register"))
CHANGED = EventType.declare("institution.changed", Text("Register entry changed"))
VENUE_ADDED = EventType.declare("venue.added", Text("Venue recorded"))
VENUE_CHANGED = EventType.declare("venue.changed", Text("Venue changed"))
ASSIGNED = EventType.declare("institution.assigned", Text("Officer in charge changed"), ["to"])


def create(session: Session, *, values: InstitutionValues, by: Officer, today: date) -> Institution:
    """Put an institution on the register, licensed or not.

    Raises ``BadInput`` for a credit code that is wrong or held by another live institution.
    """
    division = _division(session, values, by=by)
    authority = accounts.authority_of(session, division)
    if authority is None:
        raise BadInput(Text("No authority acts in %(division)s.", division=division.name))
    institution = Institution(
        authority_id=authority.id,
        aliases=[],
        former_names=[],
        stages=[],
        entered_at=database.instant(session),
    )
    with session.no_autoflush:
        _take_over(session, institution, values, division=division, today=today)
    audit.created(session, institution, REGISTERED, by=by, note=values.department_reason)
    _place(session, institution, values, by=by)
    refresh_search(institution)
    _settled(session, institution)
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
    database.locked(session, institution)
    workflow.seen(institution, version)
    if not by.scope.covers(institution.division_path):
        raise NotFound
    division = _division(session, values, by=by)
    with audit.editing(session, institution, CHANGED, by=by, note=values.department_reason):
        _take_over(session, institution, values, division=division, today=today)
    _place(session, institution, values, by=by)
    refresh_search(institution)
    # A change of the venue alone must make forms that others hold stale, too.
    flag_modified(institution, "note")
    _settled(session, institution)


def assign_officer(
    session: Session,
    institution: Institution,
    *,
    officer: Officer,
    by: Officer,
    version: int | None = None,
) -> None:
    """Make an officer the one in charge (监管责任人)."""
    database.locked(session, institution)
    workflow.seen(institution, version)
    if not by.scope.covers(institution.division_path):
        raise NotFound
    _check_in_charge(officer, institution.authority_id)
    with audit.editing(session, institution, ASSIGNED, by=by, to=officer.name):
        institution.officer_in_charge_id = officer.id
    _settled(session, institution)


def refresh_search(institution: Institution) -> None:
    """Gather again what the search box looks in; after venues or licences changed, too."""
    institution.search_text = naming.search_text(
        [institution.name, *institution.aliases, *names.former(institution)],
        [
            *(venue.address for venue in institution.venues if venue.ended_on is None),
            institution.uscc,
            *(licence.number for licence in institution.licences),
            institution.phone,
            institution.platform_id,
        ],
    )


def _take_over(
    session: Session,
    institution: Institution,
    values: InstitutionValues,
    *,
    division: Division,
    today: date,
) -> None:
    names.take(institution, values, today=today)
    if (institution.pupils, institution.staff) != (values.pupils, values.staff):
        institution.counted_on = today
    for column in OWN:
        setattr(institution, column, getattr(values, column))
    institution.stages = [stage.value for stage in values.stages]
    institution.division_id, institution.division_path = division.id, division.path
    institution.search_text = institution.search_text or ""
    institution.uscc = _free_uscc(session, institution, values.uscc)
    if values.officer_in_charge_id is not None:
        officer = session.get(Officer, values.officer_in_charge_id)
        _check_in_charge(officer, institution.authority_id)
    _settle_department(session, institution, values, division=division, today=today)


def _division(session: Session, values: InstitutionValues, *, by: Officer) -> Division:
    division = session.get(Division, values.division_id)
    if division is None or not by.scope.covers(division.path):
        sentence = Text("Choose a township or street of your own county.")
        raise BadInput(sentence, {"division_id": sentence})
    return division


def _check_in_charge(officer: Officer | None, authority_id: int) -> None:
    if officer is None or officer.authority_id != authority_id:
        sentence = Text("The officer in charge must belong to the same authority.")
        raise BadInput(sentence, {"officer_in_charge_id": sentence})


def _free_uscc(session: Session, institution: Institution, typed: str | None) -> str | None:
    """The credit code in its one spelling, if no other live institution holds it."""
    if not typed:
        return None
    try:
        code = identifiers.check_uscc(typed)
    except BadInput as error:
        raise BadInput(error.text, {"uscc": error.text}) from error
    # Two who enter the same code at once must meet here, not at the unique index.
    session.execute(
        sa.select(Authority.id)
        .where(Authority.id == institution.authority_id)
        .with_for_update(key_share=True)
    )
    holder = queries.holder_of_uscc(
        session, code, authority_id=institution.authority_id, but=institution.id
    )
    if holder is not None:
        sentence = Text(
            "%(name)s already has credit code %(code)s. Open that record instead, or compare "
            "the code with the licence.",
            name=holder.name,
            code=code,
        )
        raise BadInput(sentence, {"uscc": sentence})
    return code


def _settle_department(
    session: Session,
    institution: Institution,
    values: InstitutionValues,
    *,
    division: Division,
    today: date,
) -> None:
    """The industry department: by the county's mapping of kinds, or as an officer decided."""
    mapped = _mapped_department(session, institution, division=division, today=today)
    chosen = values.industry_department_id
    if chosen is None or (mapped is not None and chosen == mapped.id):
        institution.industry_department_id = mapped.id if mapped else None
        institution.department_overridden = False
        return
    _check_override(session, institution, values)
    institution.industry_department_id = chosen
    institution.department_overridden = True


def _check_override(session: Session, institution: Institution, values: InstitutionValues) -> None:
    department = session.get(Department, values.industry_department_id)
    if department is None or department.authority_id != institution.authority_id:
        sentence = Text("Choose a department of your own county.")
        raise BadInput(sentence, {"industry_department_id": sentence})
    unchanged = (
        institution.department_overridden
        and institution.industry_department_id == values.industry_department_id
    )
    if not values.department_reason and not unchanged:
        sentence = Text("Say why another department than that of the kind is responsible.")
        raise BadInput(sentence, {"department_reason": sentence})


def _mapped_department(
    session: Session, institution: Institution, *, division: Division, today: date
) -> Department | None:
    if institution.kind_code is None:
        return None
    kinds = catalogue_queries.kinds(session, authority_id=institution.authority_id, today=today)
    kind = next((one for one in kinds if one.code == institution.kind_code), None)
    if kind is None:
        sentence = Text("There is no such kind of institution in the catalogue.")
        raise BadInput(sentence, {"kind_code": sentence})
    if not kind.department_code:
        return None
    return accounts.department_for(session, kind.department_code, division)


def _place(
    session: Session, institution: Institution, values: InstitutionValues, *, by: Officer
) -> None:
    """The main venue as the values say; it is added when there is something to say of it."""
    venue = institution.main_venue
    if venue is None:
        if values.has_venue:
            venue = Venue(main=True, **{name: getattr(values, name) for name in VENUE})
            institution.venues.append(venue)
            audit.created(session, venue, VENUE_ADDED, by=by)
        return
    with audit.editing(session, venue, VENUE_CHANGED, by=by):
        for column in VENUE:
            setattr(venue, column, getattr(values, column))


def _settled(session: Session, institution: Institution) -> None:
    """Write, and forget the related records that the keys no longer name."""
    session.flush()
    session.expire(institution, ["division", "industry_department", "officer_in_charge"])
