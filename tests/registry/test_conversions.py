"""Conversions: one file, one history, counted by their day."""

from datetime import date

import pytest

from tests.factories.county import County
from tests.factories.registry import institution
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, NotFound, WrongState
from training_oversight.registry import queries, service
from training_oversight.registry.models import ConversionKind, LegalForm
from training_oversight.registry.queries import Span
from training_oversight.registry.service import ConversionValues

TODAY = date(2026, 10, 15)
K, F = ConversionKind, LegalForm
TO_NON_PROFIT = ConversionValues(
    K.TO_NON_PROFIT,
    date(2026, 9, 1),
    "arts",
    "arts",
    F.COMPANY,
    F.NON_ENTERPRISE,
    "澄教批〔2026〕3号",
)
TO_NON_SUBJECT = ConversionValues(
    K.TO_NON_SUBJECT, date(2026, 9, 1), "subject", "arts", F.COMPANY, F.COMPANY
)


def convert(county, record, values, *, by=None, version=None):
    with database.transaction() as session:
        return service.convert(
            session, record, values=values, by=by or county.system, today=TODAY, version=version
        )


def changed(values, **others):
    return ConversionValues(**(vars(values) | others))


def counts(session, county, first=None, last=None):
    found = queries.conversion_counts(session, county.officer().scope, Span(first, last))
    return {kind: count for kind, count in found.items() if count}


def test_the_institution_becomes_what_it_was_converted_to(county, session):
    record = institution(county, kind_code="subject", legal_form=F.COMPANY)

    convert(county, record, TO_NON_SUBJECT)

    assert (record.kind_code, record.industry_department.code) == ("arts", "culture")
    event = queries.history(session, record)[0]
    assert (event.verb, event.changes["kind_code"]) == (
        "institution.converted",
        ["subject", "arts"],
    )
    assert event.facts["happened_on"] == "2026-09-01"


def test_a_department_that_an_officer_decided_on_stays(county):
    sports = county.departments["sports"].id
    record = institution(
        county, kind_code="subject", industry_department_id=sports, department_reason="县里明确"
    )

    convert(county, record, TO_NON_SUBJECT)

    assert record.industry_department_id == sports


def test_an_earlier_conversion_entered_later_only_adds_to_the_file(county, session):
    record = institution(county, kind_code="arts", legal_form=F.NON_ENTERPRISE)
    convert(county, record, TO_NON_PROFIT)

    convert(county, record, changed(TO_NON_SUBJECT, on_day=date(2021, 12, 1)))

    assert (record.kind_code, record.legal_form) == ("arts", F.NON_ENTERPRISE)
    assert counts(session, county) == {K.TO_NON_PROFIT: 1, K.TO_NON_SUBJECT: 1}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (changed(TO_NON_PROFIT, to_legal_form=F.COMPANY), "to_kind_code"),
        (changed(TO_NON_PROFIT, to_legal_form=F.INDIVIDUAL), "to_legal_form"),
        (
            changed(TO_NON_PROFIT, from_legal_form=F.NON_ENTERPRISE, to_kind_code="sports"),
            "to_legal_form",
        ),
        (changed(TO_NON_SUBJECT, from_kind_code="sports"), "to_kind_code"),
        (changed(TO_NON_SUBJECT, to_kind_code=None), "to_kind_code"),
        (changed(TO_NON_SUBJECT, to_kind_code="no_such_kind"), "to_kind_code"),
        (changed(TO_NON_PROFIT, on_day=date(2026, 10, 16)), "on_day"),
    ],
)
def test_what_is_no_such_conversion_is_refused(county, session, values, field):
    record = institution(county, kind_code="subject", legal_form=F.COMPANY)

    with pytest.raises(BadInput) as refused:
        convert(county, record, values)

    assert field in refused.value.fields
    assert counts(session, county) == {}


def test_another_conversion_may_be_any_change(county):
    record = institution(county, kind_code="arts")

    made = convert(
        county, record,
        ConversionValues(K.OTHER, TODAY, "arts", "care", None, F.INDIVIDUAL),
    )  # fmt: skip

    assert (record.kind_code, record.legal_form, made.kind) == ("care", F.INDIVIDUAL, K.OTHER)


def test_conversions_are_counted_by_their_day(county, session):
    for day in (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1)):
        record = institution(county, kind_code="arts", legal_form=F.COMPANY)
        convert(county, record, changed(TO_NON_PROFIT, on_day=day))

    september = counts(session, county, date(2026, 9, 1), date(2026, 9, 30))

    assert september == {K.TO_NON_PROFIT: 2}


def test_one_that_is_struck_off_is_counted_no_more(county, session):
    record = institution(county, kind_code="arts", legal_form=F.COMPANY)
    made = convert(county, record, TO_NON_PROFIT)

    with database.transaction():
        service.strike_off(session, made, reason="重复登记", by=county.system)

    assert counts(session, county) == {}
    assert queries.history(session, record)[0].note == "重复登记"
    assert record.legal_form is F.NON_ENTERPRISE
    with pytest.raises(WrongState), database.transaction():
        service.strike_off(session, made, reason="重复登记", by=county.system)


def test_a_foreign_institution_is_not_found(county, session):
    record = institution(county, legal_form=F.COMPANY)
    foreign = County(session, code="990202", name="临湖县").officer()

    with pytest.raises(NotFound):
        convert(county, record, TO_NON_PROFIT, by=foreign)


# Pages

ANSWERS = {
    "kind": "to_non_profit",
    "on_day": "2026-9-1",
    "from_legal_form": "company",
    "to_legal_form": "non_enterprise",
    "document": "澄教批〔2026〕3号",
}


def test_a_conversion_is_recorded_on_its_page_and_stands_on_the_record(county, inspector):
    record = institution(county, legal_form=F.COMPANY)

    page = inspector.submit(f"/institutions/{record.id}/convert", **ANSWERS)

    said = page.soup.select_one("#conversions").text
    assert "营转非" in said
    assert "澄教批〔2026〕3号" in said
    assert record.legal_form is F.NON_ENTERPRISE


def test_pressed_twice_it_is_recorded_once(county, inspector, session):
    record = institution(county, legal_form=F.COMPANY)
    form = inspector.get(f"/institutions/{record.id}/convert").soup.select_one("main form")
    from tests.pages import filled_in

    data = filled_in(form) | ANSWERS
    for _ in range(2):
        inspector.post(f"/institutions/{record.id}/convert", data=data, status=200)

    assert counts(session, county) == {K.TO_NON_PROFIT: 1}


@pytest.mark.parametrize(
    ("before", "after", "side"),
    [
        ({"legal_form": F.COMPANY}, {"legal_form": "non_enterprise"}, "from_form=company"),
        ({"kind_code": "subject"}, {"kind_code": "arts"}, "from_kind=subject"),
    ],
)
def test_an_edit_that_looks_like_a_conversion_offers_to_record_one(
    county, inspector, before, after, side
):
    record = institution(county, **before)

    page = inspector.submit(f"/institutions/{record.id}/edit", **after)
    link = page.soup.select_one(".notice.tone-amber a")
    form = inspector.get(link["href"])

    assert link.text == "登记转型"
    assert side in link["href"]
    name, value = next(iter(before.items()))
    chosen = form.soup.select_one(f"#from_{name} option[selected]")["value"]
    assert chosen == str(value)


def test_other_edits_offer_nothing(county, inspector):
    record = institution(county, legal_form=F.NON_ENTERPRISE)

    page = inspector.submit(f"/institutions/{record.id}/edit", legal_form="company")

    assert page.soup.select(".notice.tone-amber") == []


def test_the_list_counts_every_kind_in_the_days_asked_for(county, inspector):
    first = institution(county, legal_form=F.COMPANY)
    second = institution(county, kind_code="subject", legal_form=F.COMPANY)
    convert(county, first, TO_NON_PROFIT)
    convert(county, second, changed(TO_NON_SUBJECT, on_day=date(2025, 9, 1)))

    page = inspector.get("/institutions/conversions?from=2026-01-01&to=2026-12-31")
    every = inspector.get("/institutions/conversions")
    one = inspector.get("/institutions/conversions?kind=to_non_subject")

    assert [tab.select_one(".count").text for tab in page.soup.select(".tabs a")] == list("1100")
    assert [link.text for link in page.soup.select("td a.first")] == [first.name]
    assert len(every.soup.select("td a.first")) == 2
    assert [link.text for link in one.soup.select("td a.first")] == [second.name]


def test_another_countys_conversions_are_not_listed(county, session, client_as):
    record = institution(county, legal_form=F.COMPANY)
    convert(county, record, TO_NON_PROFIT)
    other = County(session, code="990202", name="临湖县").officer(Role.SECTION_HEAD)

    page = client_as(other).get("/institutions/conversions")

    assert record.name not in page.text


def test_the_register_leads_to_the_conversions(inspector):
    page = inspector.get("/institutions")

    assert page.soup.select('a[href="/institutions/conversions"]')


def test_the_list_of_conversions_takes_the_same_statements_however_long(
    county, inspector, queries_of
):
    def sent():
        inspector.get("/institutions/conversions")
        with queries_of() as found:
            inspector.get("/institutions/conversions")
        return len(found)

    convert(county, institution(county, legal_form=F.COMPANY), TO_NON_PROFIT)
    few = sent()
    for _ in range(6):
        convert(county, institution(county, legal_form=F.COMPANY), TO_NON_PROFIT)

    assert sent() == few
