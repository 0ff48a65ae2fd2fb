"""Institutions and their papers, made through the service."""

from training_oversight import clock, database
from training_oversight.law import identifiers
from training_oversight.registry import service
from training_oversight.registry.service import InstitutionValues


def institution(county, *, by=None, **values):
    """An institution of the county's first township; anything can be set by keyword."""
    number = county.next()
    division = values.pop("division", county.townships[0])
    defaults = {
        "name": f"星屿艺术培训中心{number}",
        "division_id": division.id,
        "kind_code": "arts",
        "address": f"文澜街道文澜路{number}号",
        "phone": f"1380990{number:04}",
        "responsible_person": "许芸",
    }
    with database.transaction() as session:
        return service.create(
            session,
            values=InstitutionValues(**(defaults | values)),
            by=by or county.system,
            today=clock.today(),
        )


def credit_code(number, county_code="990101", register="91"):
    """A valid credit code that no real company has."""
    return identifiers.make_uscc(f"{register}{county_code}MA{number:07}")
