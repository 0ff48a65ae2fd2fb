"""A field of an institution is declared once, and everything that reads fields has it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import registry
from tests.factories.lists import imported, judged, workbook
from training_oversight.doubles.fields import CHOICES
from training_oversight.exports.layouts import PLATFORM, Layout, arranged
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry import presenting
from training_oversight.registry.columns import COLUMNS, FIELDS
from training_oversight.registry.fields import (
    ALL,
    BY_NAME,
    LARGEST,
    LISTED,
    OWN,
    PAPERS,
    PLACES,
    Joining,
    Kind,
)
from training_oversight.registry.forms import InstitutionForm, LicenceForm, VenueForm
from training_oversight.registry.models import Institution, LegalForm, Licence, Venue
from training_oversight.registry.timeline import LABELS, UNTOLD
from training_oversight.texts import Text, rendered

TABLES = ((Institution, OWN), (Venue, PLACES), (Licence, PAPERS))
# Columns that nobody types or lists as a field of their own.
NO_FIELD = {
    *("id", "institution_id", "authority_id", "version", "entered_at", "merged_into_id"),
    *("match_name", "sort_key", "sort_licence", "sort_visited", "search_text", "search_phone"),
    *("division_path", "withdrawn", "main"),
    # Asked beside a field, or following from it.
    *("informal_name", "counted_on", "department_overridden"),
    *("position_source", "position_accuracy"),
    # Moved by steps of the procedure.
    *("state", "unlicensed_on", "ordered_to_stop_on", "ending_on", "closed_on", "closing_kind"),
    *("ended_on", "ended_by", "suspended_on"),
}
# Each of these is one field alone, with tests of its own.
SINGLE = {
    *(Kind.NAME, Kind.ALIASES, Kind.FORMER_NAMES, Kind.INSTITUTION_KIND, Kind.STAGES),
    *(Kind.TOWNSHIP, Kind.DEPARTMENT, Kind.OFFICER, Kind.CREDIT_CODE, Kind.LICENCE_NUMBER),
    *(Kind.LATITUDE, Kind.LONGITUDE),
}
TEXTS = (Kind.TEXT, Kind.NOTE, Kind.PERSON, Kind.BODY, Kind.PLACE, Kind.ADDRESS)
PLAIN = [one for one in ALL if one.kind not in SINGLE]
OF_THE_RECORD = [one for one in (*OWN, *PLACES) if one.kind not in SINGLE]
named = pytest.mark.parametrize("field", ALL, ids=lambda one: one.name)


def value(field):
    """A value that no other field has."""
    number = list(BY_NAME).index(field.name) + 1
    match field.kind:
        case Kind.CODE:
            return f"QG{number:06}"
        case Kind.PHONE:
            return f"1390000{number:04}"
        case Kind.ACCOUNT:
            return f"6228000011{number:04}"
        case Kind.COUNT | Kind.AREA:
            return 700 + number
        case Kind.DAY | Kind.LAST_DAY:
            return date(2025, 1, 1) + timedelta(days=number)
        case Kind.CHOICE:
            return LegalForm.COMPANY if field.choices is LegalForm else list(field.choices)[1]
    return f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}第{number}号"


def written(field):
    """The same as a cell of a list says it."""
    return rendered(value(field).label if field.kind is Kind.CHOICE else value(field))


def typed(field):
    return value(field).value if field.kind is Kind.CHOICE else str(value(field))


def shown(field):
    """The same as a page says it."""
    if field.protected:
        return presenting.masked(field, value(field))
    return written(field)


def kept(record, field):
    if field in PLACES:
        return getattr(record.main_venue, field.column)
    return getattr(record.licences[0] if field in PAPERS else record, field.column)


def test_each_column_is_declared_or_known_to_be_no_field():
    undeclared = {
        column.key
        for model, fields in TABLES
        for column in sa.inspect(model).columns
        if column.key not in {one.column for one in fields}
    }

    assert undeclared == NO_FIELD
    assert all(hasattr(model, one.column) for model, fields in TABLES for one in fields)


def test_what_is_protected_on_pages_is_protected_in_history():
    in_history = {
        column.key
        for model, _ in TABLES
        for column in sa.inspect(model).columns
        if column.info.get("protected")
    }

    assert in_history - {"search_phone"} == {one.column for one in ALL if one.protected}
    assert all(one.kind in presenting.MASKS for one in ALL if one.protected)


def test_no_two_fields_have_one_name_one_place_or_one_header():
    assert len(BY_NAME) == len(ALL)
    assert len({one.order for one in LISTED}) == len(LISTED)
    assert sum(len(one.spellings) for one in COLUMNS) == len(FIELDS)


def test_only_what_a_list_says_goes_out_to_the_platform():
    published = [one for one in ALL if one.published]

    assert {one.name for one in published} == set(PLATFORM.fields)
    assert len({one.published.order for one in published}) == len(published)
    assert all(one.header for one in published)


@named
def test_it_is_typed_taken_out_joined_and_told_of(field, app):
    with app.test_request_context():
        controls = {*LicenceForm().data} if field in PAPERS else {*InstitutionForm().data}
        of_place = {*VenueForm().data}
    position = field.kind in (Kind.LATITUDE, Kind.LONGITUDE)
    name = "position" if position else field.column

    assert name in controls
    assert field not in PLACES or name in of_place
    assert field.header is None or field.name in arranged(Layout.OWN, None, personal=True).fields
    chosen = [group for group in CHOICES if field in group.fields]
    assert len(chosen) == (field in OWN and field.joining is Joining.CHOSEN)
    assert field.kind in UNTOLD or LABELS[field.column] == field.label


def test_all_that_is_typed_is_kept_and_read_on_the_record_and_in_the_whole_file(county, inspector):
    record = registry.institution(county)
    answers = {one.column: typed(one) for one in OF_THE_RECORD}

    inspector.submit(f"/institutions/{record.id}/edit", **answers)

    page = inspector.get(f"/institutions/{record.id}").soup.select_one("#facts").text
    whole = inspector.get(f"/institutions/{record.id}/dossier").text
    assert {one.name: kept(record, one) for one in OF_THE_RECORD} == {
        one.name: value(one) for one in OF_THE_RECORD
    }
    assert [one.name for one in OF_THE_RECORD if shown(one) not in page] == []
    assert [one.name for one in OF_THE_RECORD if shown(one) not in whole] == []


def test_all_that_a_list_says_is_read_and_stands_on_the_register(session, county):
    told = [one for one in PLAIN if one.header]
    header = ["机构名称", "办学许可证号", *(one.header.label.chinese for one in told)]
    row = ["晨曦画室", "299010170000123", *map(written, told)]

    _counts, batch = imported(session, county, workbook(header, row))

    record = session.get_one(Institution, batch.rows[0].institution_id)
    assert {one.name: kept(record, one) for one in told} == {one.name: value(one) for one in told}


@pytest.mark.parametrize(
    "field", [one for one in PLAIN if one.kind in TEXTS and one.header], ids=lambda one: one.name
)
def test_what_is_too_long_to_be_typed_is_too_long_for_a_list(session, county, inspector, field):
    record = registry.licensed_institution(county)
    paper = f"licences/{record.licences[0].id}/edit" if field in PAPERS else "edit"
    fits, more = ("字" * length for length in (field.longest, field.longest + 1))

    inspector.submit(f"/institutions/{record.id}/{paper}", 422, **{field.column: more})
    inspector.submit(f"/institutions/{record.id}/{paper}", **{field.column: fits})

    header = ["机构名称", "办学许可证号", field.header.label.chinese]
    rows = [
        [f"晨曦画室{size}", f"29901017000012{size}", it] for size, it in enumerate((fits, more))
    ]
    outcomes = [row.outcome for row in judged(session, county, header, *rows)]
    assert outcomes == [RowOutcome.NEW, RowOutcome.REJECTED]


@pytest.mark.parametrize("field", [one for one in PLAIN if one.kind in (Kind.COUNT, Kind.AREA)])
def test_a_count_has_one_limit_typed_and_imported(session, county, inspector, field):
    record = registry.institution(county)

    inspector.submit(f"/institutions/{record.id}/edit", 422, **{field.column: LARGEST + 1})
    inspector.submit(f"/institutions/{record.id}/edit", **{field.column: LARGEST})

    header = ["机构名称", field.header.label.chinese]
    [row] = judged(session, county, header, ["晨曦画室", str(LARGEST + 1)])
    assert kept(record, field) == LARGEST
    assert field.name not in row.values


def test_of_a_place_a_plain_field_is_said_with_its_name():
    field = replace(BY_NAME["area"], label=Text("Note"), kind=Kind.TEXT)

    assert str(presenting.place_note(field, "临街")) == "备注：临街"
    assert presenting.place_note(field, None) is None
