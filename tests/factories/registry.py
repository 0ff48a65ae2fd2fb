"""Institutions and their papers, made through the service."""

from datetime import date

import sqlalchemy as sa

from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.law import identifiers
from training_oversight.registry import service
from training_oversight.registry.models import (
    ClosingKind,
    ConversionKind,
    LicenceType,
    LicenceWarning,
)
from training_oversight.registry.service import ConversionValues, InstitutionValues, LicenceValues


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


def licence(county, record, *, type=LicenceType.SCHOOL, by=None, **values):
    """A permit of the institution, valid this year; anything can be set by keyword."""
    number = county.next()
    defaults = {
        "number": f"1{county.code}70{number:06}",
        "issuer": "澄江县教育局",
        "issued_on": date(2021, 3, 5),
        "valid_from": date(2021, 3, 5),
        "valid_until": date(2028, 3, 4),
    }
    with database.transaction() as session:
        return service.add_licence(
            session,
            record,
            values=LicenceValues(type=type, **(defaults | values)),
            by=by or county.system,
            today=clock.today(),
        )


def licensed_institution(county, **values):
    """An institution with a permit that stands."""
    record = institution(county, **values)
    licence(county, record)
    return record


def warning(county, record):
    """That a paper of the institution comes to its end."""
    paper = licence(county, record, type=LicenceType.OTHER, valid_until=clock.today())
    with database.transaction() as session:
        service.warn(session, paper, by=county.system, today=clock.today())
    return county.session.scalars(
        sa.select(LicenceWarning).where(LicenceWarning.licence_id == paper.id)
    ).one()


def conversion(county, record, *, on_day=None, by=None):
    """That the institution was converted to another kind."""
    before = record.kind_code
    with database.transaction() as session:
        return service.convert(
            session,
            record,
            values=ConversionValues(
                kind=ConversionKind.OTHER,
                on_day=on_day or clock.today(),
                from_kind_code=before,
                to_kind_code="sports" if before != "sports" else "arts",
                from_legal_form=record.legal_form,
                to_legal_form=record.legal_form,
            ),
            by=by or county.system,
            today=clock.today(),
            version=None,
        )


def closed(record, county):
    by = county.officer(Role.SECTION_HEAD)
    with database.transaction() as session:
        service.close(
            session,
            record,
            kind=ClosingKind.STOPPED,
            closed_on=clock.today(),
            reason="现场已清空",
            by=by,
            today=clock.today(),
        )


def names(page):
    """The institutions that a page of the register lists."""
    links = page.tree.xpath("//td//a[contains(concat(' ', @class, ' '), ' first ')]")
    return [link.text_content().split("（俗称）")[0] for link in links]


def listed(browser, **args):
    return names(browser.get("/institutions", query_string=args))


def confirmed(county, record):
    """An officer has found out that it has no permit."""
    with database.transaction() as session:
        service.confirm_unlicensed(
            session, record, on_day=clock.today(), note="检查时自述没有办学许可证",
            by=county.officer(), today=clock.today(),
        )  # fmt: skip
    return record
