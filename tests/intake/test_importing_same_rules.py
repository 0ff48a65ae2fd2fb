"""What a list says ends in the same rows and the same history as what an officer types."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.lists import imported, uscc, workbook
from training_oversight import database
from training_oversight.audit import Event
from training_oversight.intake import queries, writing
from training_oversight.intake.matching import Judged
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry import service
from training_oversight.registry.columns import BY_FIELD
from training_oversight.registry.fields import (
    OWN,
    OWN_COLUMNS,
    PAPER_COLUMNS,
    PLACE_COLUMNS,
    PLACES,
    Kind,
)
from training_oversight.registry.models import (
    Institution,
    LegalForm,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    Stage,
    Tenure,
)
from training_oversight.registry.service import (
    FormerName,
    InstitutionValues,
    LicenceValues,
    licence_values_of,
    values_of,
)

# Keys differ; a version counts how often a record was saved, and a form saves in two steps.
OWN_OF_A_ROW = {"id", "institution_id", "version", "authority_id", "division_id", "division_path"}

# What is given under the name of its column, by the field of a list that says it.
FIELDS = {column: field for field, column in PAPER_COLUMNS.items()}
SPOKEN = {
    LegalForm.COMPANY: "公司", LegalForm.NON_ENTERPRISE: "民非", Mode.BOTH: "线上线下",
    Mode.OFFLINE: "线下", Premises.SHOP: "商铺", Premises.DWELLING: "住宅", Stage.PRIMARY: "小学",
    Stage.JUNIOR: "初中", LicenceType.SCHOOL: "办学许可证", LicenceType.TRAINING: "培训许可证",
    Tenure.RENTED: "租赁", "sports": "体育", "arts": "文化艺术", "subject": "学科",
}  # fmt: skip

# A value for every text that is declared; those that say more follow.
SOME = {
    one.column: f"甲{one.order}"
    for one in (*OWN, *PLACES)
    if one.kind in (Kind.TEXT, Kind.PERSON, Kind.BODY, Kind.PLACE, Kind.CODE)
}
FULL = SOME | {
    "name": "云帆球类培训中心（南塘）", "aliases": ("云帆球馆", "小云帆"), "kind_code": "sports",
    "uscc": uscc(7), "legal_form": LegalForm.NON_ENTERPRISE,
    "stages": (Stage.PRIMARY, Stage.JUNIOR), "mode": Mode.BOTH, "responsible_person": "周明远",
    "organiser": "周明远", "phone": "13900002046", "pupils": 120, "staff": 8,
    "platform_id": "P-0099", "note": "=不是公式", "address": "澄江县南塘路8号",
    "premises": Premises.SHOP, "landlord": "吴秀兰", "area": 300, "latitude": 29.5601,
    "longitude": 106.5502, "former_names": (FormerName("云帆体育"), FormerName("小帆")),
    "courses": "篮球、足球", "legal_representative": "许芸", "principal": "柳长卿",
    "registered_address": "澄江县文澜路2号", "registered_with": "澄江县民政局",
    "fund_bank": "澄江农商银行", "fund_account": "6228000011112222333",
    "platform_entered_on": date(2023, 9, 1), "tenure": Tenure.RENTED,
    "lease_until": date(2027, 3, 5),
}  # fmt: skip
PERMIT = {
    "type": LicenceType.TRAINING, "number": "299010170000123", "issuer": "澄江县体育局",
    "valid_until": date(2027, 3, 5), "issued_on": date(2024, 3, 6),
    "valid_from": date(2024, 3, 6), "exception_reason": "省厅批复",
}  # fmt: skip
NEW = {
    "a name alone": ({"name": "晨曦画室"}, None),
    "everything": (FULL, PERMIT),
    "a place without papers": ({"name": "小太阳托管", "address": "文澜路3号"}, None),
    "a position alone": ({"name": "小太阳", "latitude": 29.5, "longitude": 106.5}, None),
    "a permit alone": (
        {"name": "明德书院", "kind_code": "arts"},
        {"type": LicenceType.SCHOOL, "number": "299010170000124"},
    ),
    "a rare character": ({"name": "㐂乐㸚书屋", "uscc": uscc(9), "kind_code": "arts"}, None),
}


def said(values):
    """The header and the row of a list that says the same."""
    header = [BY_FIELD[FIELDS.get(name, name)].label.chinese for name in values]
    return header, [cell(value) for value in values.values()]


def cell(value):
    if isinstance(value, tuple):
        return "、".join(cell(one) for one in value)
    if isinstance(value, FormerName):
        return value.name
    return SPOKEN.get(value) or str(value)


def rows_of(session, institution):
    """Every column of the institution, its venues and its papers, but its own keys."""
    session.flush()
    session.expire_all()
    return [
        (type(record).__name__, columns(record))
        for record in (institution, *institution.venues, *institution.licences)
    ]


def columns(record):
    return {
        column.key: getattr(record, column.key)
        for column in sa.inspect(type(record)).columns
        if column.key not in OWN_OF_A_ROW
    }


def events_of(session, institution):
    """What the history says of them, in whatever order it was written."""
    subjects = [institution, *institution.venues, *institution.licences]
    found = []
    for record in subjects:
        entries = session.scalars(
            sa.select(Event)
            .where(Event.subject_kind == record.__tablename__, Event.subject_id == record.id)
            .order_by(Event.sequence)
        )
        found += [
            (event.verb, without_keys(event.changes), event.facts, event.note, event.actor_name)
            for event in entries
        ]
    return found


def without_keys(changes):
    return {name: change for name, change in changes.items() if name not in OWN_OF_A_ROW}


def typed(county, values, paper):
    """As an officer enters it: the institution first, then its paper."""
    source = PositionSource.IMPORTED if "latitude" in values else None
    with database.transaction() as session:
        institution = service.create(
            session,
            values=InstitutionValues(
                division_id=county.division.id,
                position_source=source,
                # Of a list whose map nobody names a position is good to a kilometre.
                position_accuracy=1000 if source else None,
                **values,
            ),
            by=county.system,
            today=county.today,
        )
        if paper:
            service.add_licence(
                session,
                institution,
                values=LicenceValues(**paper),
                by=county.system,
                today=county.today,
            )
    return institution


def listed(session, county, values, paper):
    """As a list brings it."""
    header, row = said(values | (paper or {}))
    counts, batch = imported(session, county, workbook(header, row))
    [line] = batch.rows
    assert line.institution_id, (counts, line.reasons)
    return session.get_one(Institution, line.institution_id)


@pytest.fixture
def neighbour(session):
    """Another county with the same kinds, so that the same credit code can be entered again."""
    return County(session, code="990202", name="临川县")


def departments_of(*counties):
    """Department -> its code: the same one has another key in each county."""
    return {one.id: code for county in counties for code, one in county.departments.items()}


def alike(one, other, codes):
    """Replace the keys of departments by their codes in both."""
    return [_named(found, codes) for found in (one, other)]


def _named(found, codes):
    for _, values in found:
        if "industry_department_id" in values:
            values["industry_department_id"] = codes.get(values["industry_department_id"])
    return found


@pytest.mark.parametrize(("values", "paper"), NEW.values(), ids=NEW)
def test_a_new_institution_is_the_same_typed_and_imported(
    session, county, neighbour, values, paper
):
    by_hand = typed(neighbour, values, paper)

    by_list = listed(session, county, values, paper)

    codes = departments_of(county, neighbour)
    mine, other = alike(rows_of(session, by_list), rows_of(session, by_hand), codes)
    assert mine == other
    first, second = (
        [(verb, {**changes, "industry_department_id": None}, *rest) for verb, changes, *rest in one]
        for one in (events_of(session, by_list), events_of(session, by_hand))
    )
    assert first == second


CHANGED = {
    "the name": ({"name": "云帆体育培训中心"}, {}),
    "another name": ({"aliases": ("云帆球馆", "小云帆", "云帆馆")}, {}),
    "the kind": ({"kind_code": "arts"}, {}),
    "the venue": ({"address": "南塘路18号", "premises": Premises.DWELLING}, {}),
    "people": ({"responsible_person": "许芸", "phone": "13900002047", "pupils": 90}, {}),
    "the paper": ({}, {"valid_until": date(2029, 3, 4), "issuer": "澄江县教育局"}),
    "all at once": (
        {"name": "云帆", "stages": (Stage.JUNIOR,), "area": 500},
        {"valid_until": date(2029, 3, 4)},
    ),
}


@pytest.mark.parametrize(("values", "paper"), CHANGED.values(), ids=CHANGED)
def test_a_change_is_the_same_typed_and_imported(session, county, neighbour, values, paper):
    by_hand, by_list = typed(neighbour, FULL, PERMIT), typed(county, FULL, PERMIT)
    with database.transaction():
        if values:
            service.edit(
                session,
                by_hand,
                values=replace(values_of(by_hand), **values),
                by=county.system,
                today=county.today,
                version=None,
            )
        if paper:
            [licence] = by_hand.licences
            service.change_licence(
                session,
                licence,
                values=replace(licence_values_of(licence), **paper),
                by=county.system,
                today=county.today,
                version=None,
            )

    names = {"name": FULL["name"], "uscc": FULL["uscc"], "number": PERMIT["number"]}
    listed(session, county, names | values, paper)

    codes = departments_of(county, neighbour)
    mine, other = alike(rows_of(session, by_list), rows_of(session, by_hand), codes)
    assert mine == other
    first, second = (
        [(verb, changes.keys(), *rest) for verb, changes, *rest in events_of(session, one)]
        for one in (by_list, by_hand)
    )
    assert first == second


def test_the_table_above_leaves_out_no_column_that_a_list_can_say():
    keys_of_the_county = {"division_id", "officer_in_charge_id"}
    said = {*OWN_COLUMNS, *PLACE_COLUMNS, *PAPER_COLUMNS.values()}

    assert said - FULL.keys() - PERMIT.keys() == keys_of_the_county


def test_what_the_rules_refuse_is_returned_and_leaves_no_trace(session, county):
    """The preview knows this rule as well; here it is the writing that must not go round it."""
    place = typed(county, {"name": "明德学堂", "kind_code": "subject"}, None)
    rows = [
        judged(1, RowOutcome.NEW, {"name": "新学堂", "kind_code": "subject"}),
        judged(2, RowOutcome.NEW, {"name": "新画室"}),
        judged(3, RowOutcome.CHANGED, {"name": "明德学堂", "phone": "13900002046"}, place),
    ]
    for row in (rows[0], rows[2]):
        row.values["licence_number"] = row.changes["licence_number"] = "299010170000124"
    rows[2].changes = {name: [None, value] for name, value in rows[2].values.items()}
    ground = queries.ground(session, county.division, scope=county.system.scope, today=county.today)

    with database.transaction():
        writing.write(session, rows, ground, by=county.system)

    assert [row.outcome for row in rows] == [
        RowOutcome.REJECTED, RowOutcome.NEW, RowOutcome.REJECTED,
    ]  # fmt: skip
    assert all("no longer approved" in row.reasons[0].message for row in (rows[0], rows[2]))
    names = session.scalars(sa.select(Institution.name).order_by(Institution.name)).all()
    assert names == ["新画室", "明德学堂"]
    session.expire_all()
    assert (place.phone, place.licences) == (None, [])
    assert [event[0] for event in events_of(session, place)] == ["institution.registered"]


def judged(number, outcome, values, institution=None):
    return Judged(number, [], dict(values), outcome=outcome, institution=institution)
