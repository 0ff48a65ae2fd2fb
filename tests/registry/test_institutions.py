"""Putting institutions on the register and changing them."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.registry import credit_code, institution
from training_oversight import audit, database
from training_oversight.accounts.models import Division, DivisionLevel
from training_oversight.errors import BadInput, NotFound, StaleForm
from training_oversight.registry import queries, service
from training_oversight.registry.models import PositionSource
from training_oversight.registry.service import values_of


def edit(county, record, *, by=None, version=None, **changed):
    by = by or county.officer()
    with database.transaction() as session:
        service.edit(
            session,
            record,
            values=replace(values_of(record), **changed),
            by=by,
            today=county.today,
            version=version,
        )


def events_of(session, record):
    return [event.verb for event in queries.history(session, record)]


def test_a_place_without_any_paper_is_registered_by_name_alone(county):
    record = institution(county, name="晨星托管（俗称）", kind_code=None, address="", phone=None)

    assert (record.uscc, record.industry_department, record.venues) == (None, None, [])


def test_the_kind_decides_which_department_is_responsible(county):
    record = institution(county, kind_code="sports")

    assert record.industry_department.code == "sports"
    assert not record.department_overridden


def test_an_officer_can_decide_otherwise_with_a_reason(county):
    culture = county.departments["culture"].id

    record = institution(
        county, kind_code="sports", industry_department_id=culture, department_reason="县里明确"
    )

    assert record.industry_department.code == "culture"
    assert record.department_overridden


def test_deciding_otherwise_without_a_reason_is_refused(county):
    with pytest.raises(BadInput) as refused:
        institution(
            county,
            kind_code="sports",
            industry_department_id=county.departments["culture"].id,
        )

    assert "department_reason" in refused.value.fields


def test_a_changed_kind_moves_the_institution_to_that_kinds_department(county):
    record = institution(county, kind_code="arts")

    edit(county, record, kind_code="science")

    assert record.industry_department.code == "science"


def test_a_wrong_credit_code_is_named_beside_its_field(county):
    wrong = credit_code(1)[:-1] + ("0" if credit_code(1)[-1] != "0" else "1")

    with pytest.raises(BadInput) as refused:
        institution(county, uscc=wrong)

    assert "有一位抄错" in str(refused.value.fields["uscc"])


def test_a_credit_code_of_another_institution_is_refused(county):
    institution(county, name="星屿艺术", uscc=credit_code(1))

    with pytest.raises(BadInput) as refused:
        institution(county, name="星屿艺术分部", uscc=credit_code(1).lower())

    assert "星屿艺术" in str(refused.value)


def test_the_same_name_is_found_whatever_its_brackets(county, session):
    first = institution(county, name="澄江县星屿（艺术）培训中心")

    found = queries.possible_duplicates(
        session, name="澄江县星屿艺术培训中心", scope=county.officer().scope
    )

    assert found == [first]


def test_the_venue_is_placed_with_the_institution_and_edited_with_it(county, session):
    record = institution(
        county,
        address="文澜路1号",
        latitude=30.1,
        longitude=110.2,
        position_source=PositionSource.TYPED,
    )

    edit(county, record, address="文澜路2号")

    assert record.main_venue.address == "文澜路2号"
    assert "文澜路2号" in record.search_text
    assert events_of(session, record)[0] == "venue.changed"


def test_a_form_opened_before_another_officers_edit_is_refused(county):
    record = institution(county)
    seen = record.version
    edit(county, record, pupils=20)

    with pytest.raises(StaleForm):
        edit(county, record, pupils=30, version=seen)


def test_a_change_of_the_landlord_alone_makes_other_forms_stale(county):
    record = institution(county)
    seen = record.version
    edit(county, record, landlord="许先生")

    with pytest.raises(StaleForm):
        edit(county, record, pupils=30, version=seen)


def test_history_says_that_a_phone_changed_but_not_to_what(county, session):
    record = institution(county, phone="13809900001")

    edit(county, record, phone="13809900002")

    (event,) = session.scalars(
        sa.select(audit.Event).where(audit.Event.verb == "institution.changed")
    )
    assert event.changes == {"phone": ["*", "*"]}


def test_nothing_changed_leaves_no_event(county, session):
    record = institution(county)
    before = events_of(session, record)

    edit(county, record)

    assert events_of(session, record) == before


def test_an_officer_of_another_county_cannot_edit_it(county, session):
    record = institution(county)
    foreign = County(session, code="990202", name="临湖县").officer()

    with pytest.raises(NotFound):
        edit(county, record, by=foreign, pupils=5)


def test_an_officer_of_another_county_does_not_find_it(county, session):
    record = institution(county)
    foreign = County(session, code="990202", name="临湖县").officer()

    with pytest.raises(NotFound):
        queries.get(session, record.id, foreign.scope)


def test_assigning_an_officer_in_charge_is_recorded_by_name(county, session):
    record, officer = institution(county), county.officer(name="陈立群")
    head = county.officer()

    with database.transaction():
        service.assign_officer(session, record, officer=officer, by=head)

    assert record.officer_in_charge is officer
    assert queries.history(session, record)[0].facts == {"to": "陈立群"}


def test_no_institution_is_registered_where_no_authority_acts(county, session):
    nobodys = Division(code="88", name="无主省", level=DivisionLevel.PROVINCE, path="88/")
    with database.transaction() as writing:
        writing.add(nobodys)

    with pytest.raises(BadInput, match="无主省没有设置主管机关"):
        institution(county, division=nobodys)


def foreign(session):
    return County(session, code="990202", name="临湖县")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("division_id", lambda other: other.townships[0].id),
        ("officer_in_charge_id", lambda other: other.officer().id),
        ("industry_department_id", lambda other: other.departments["culture"].id),
        ("kind_code", lambda _other: "no_such_kind"),
    ],
)
def test_what_is_not_of_the_county_is_refused_beside_its_field(county, session, field, value):
    record = institution(county)
    before = getattr(record, field), events_of(session, record)

    with pytest.raises(BadInput) as refused:
        edit(county, record, **{field: value(foreign(session))})

    session.refresh(record)
    assert set(refused.value.fields) == {field}
    assert (getattr(record, field), events_of(session, record)) == before


def test_nobody_of_another_authority_is_put_in_charge(county, session):
    record, head, stranger = institution(county), county.officer(), foreign(session).officer()

    with pytest.raises(BadInput, match="监管责任人应当是本单位的人员"), database.transaction():
        service.assign_officer(session, record, officer=stranger, by=head)

    session.refresh(record)
    assert record.officer_in_charge_id is None


def test_the_first_place_that_is_told_later_becomes_the_main_one(county, session):
    record = institution(county, address="")

    edit(county, record, address="南塘路8号")

    assert record.main_venue.address == "南塘路8号"
    assert "venue.added" in events_of(session, record)
