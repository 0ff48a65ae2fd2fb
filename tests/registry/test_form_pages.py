"""The form of an institution: what is refused, what is kept, what is saved."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.registry import (
    credit_code,
    institution,
    listed,
)
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.registry import queries, service
from training_oversight.registry.service import values_of

TODAY = date(2026, 10, 15)


def changed(record, county, **values):
    by = county.officer()
    with database.transaction() as session:
        service.edit(
            session,
            record,
            values=replace(values_of(record), **values),
            by=by,
            today=TODAY,
            version=None,
        )


# Creating


def new(browser, county, status=200, **answers):
    township = county.townships[0]
    return browser.submit(
        "/institutions/new", status, **({"name": "星屿艺术", "division_id": township.id} | answers)
    )


def test_a_name_and_a_township_are_enough(county, inspector):
    page = new(inspector, county)

    assert page.soup.h1.text.startswith("星屿艺术")
    assert "星屿艺术已登记入册" in page.text
    assert "类别不明" in page.text


def test_all_that_is_typed_is_kept(county, inspector, session):
    new(
        inspector,
        county,
        kind_code="arts",
        legal_form="non_enterprise",
        stages=["primary", "junior"],
        uscc=credit_code(3).lower(),
        phone="13809901234",
        address="文澜路118号3层",
        premises="shop",
        area="760",
        position="29.56, 106.55",
        aliases="星屿工作室、星屿美术",
    )

    (record,) = queries.possible_duplicates(session, name="星屿艺术", scope=county.officer().scope)
    venue = record.main_venue
    assert (record.uscc, record.stages) == (credit_code(3), ["primary", "junior"])
    assert record.aliases == ["星屿工作室", "星屿美术"]
    assert (venue.latitude, venue.longitude, venue.area) == (29.56, 106.55, 760)
    assert record.industry_department.code == "culture"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"name": ""}, "请填写机构名称。"),
        ({"division_id": ""}, "请选择乡镇街道。"),
        ({"uscc": credit_code(1)[:17]}, "18位"),
        ({"uscc": "91990101MA00000010"}, "有一位抄错"),
        ({"position": "somewhere"}, "29.56, 106.55"),
        ({"name": "星" * 201}, "200"),
        ({"aliases": f"小星、{'星' * 201}"}, "一个名称最多200个字"),
    ],
)
def test_a_wrong_entry_comes_back_with_a_sentence_and_all_that_was_typed(
    county, inspector, answers, sentence
):
    page = new(inspector, county, 422, organiser="澄江县星屿文化服务有限公司", **answers)

    assert sentence in page.soup.select_one(".error-summary").text
    assert "澄江县星屿文化服务有限公司" in page.text


def test_a_possible_duplicate_is_shown_with_a_link_before_anything_is_saved(
    county, inspector, session
):
    first = institution(county, name="星屿（艺术）")

    page = new(inspector, county, 422, name="星屿艺术")

    assert page.soup.select_one(f'main a[href="/institutions/{first.id}"]')
    assert listed(inspector) == ["星屿（艺术）"]


def test_after_comparing_it_can_be_saved_all_the_same(county, inspector):
    institution(county, name="星屿（艺术）")

    new(inspector, county, name="星屿艺术", not_the_same="y")

    assert sorted(listed(inspector)) == ["星屿艺术", "星屿（艺术）"]


def test_a_credit_code_that_is_taken_is_refused_even_after_comparing(county, inspector):
    first = institution(county, name="墨耕书法", uscc=credit_code(1))

    page = new(inspector, county, 422, uscc=credit_code(1), not_the_same="y")

    assert "墨耕书法已登记信用代码" in page.text
    assert page.soup.select_one(f'main a[href="/institutions/{first.id}"]')


def test_pressing_twice_registers_once(county, inspector):
    page = inspector.get("/institutions/new")
    once = page.soup.select_one("input[name=once]")["value"]
    answers = {"name": "星屿艺术", "division_id": county.townships[0].id, "once": once}

    inspector.post("/institutions/new", answers)
    again = inspector.post("/institutions/new", answers)

    assert listed(inspector) == ["星屿艺术"]
    assert again.soup.h1.text.startswith("星屿艺术")


# Editing


def test_a_stale_form_comes_back_with_both_versions_and_can_then_be_saved(county, inspector):
    record = institution(county, organiser="甲公司")
    page = inspector.get(f"/institutions/{record.id}/edit")
    seen = page.soup.select_one("input[name=version]")["value"]
    changed(record, county, organiser="乙公司")

    refused = inspector.submit(
        f"/institutions/{record.id}/edit", 409, organiser="丙公司", version=seen
    )
    table = refused.soup.select_one("main table").text

    assert "乙公司" in table
    assert "丙公司" in table
    assert refused.soup.select_one("#organiser")["value"] == "丙公司"
    assert refused.soup.select_one("input[name=version]")["value"] == str(record.version)


def test_an_officer_who_left_stays_in_charge_when_something_else_is_changed(county, inspector):
    gone = county.officer(Role.INSPECTOR)
    record = institution(county, officer_in_charge_id=gone.id)
    with database.transaction():
        gone.ended_on = TODAY

    inspector.submit(f"/institutions/{record.id}/edit", pupils="3")

    assert (record.officer_in_charge_id, record.pupils) == (gone.id, 3)


def test_the_officer_in_charge_is_handed_over(county, inspector):
    record, other = institution(county), county.officer(Role.INSPECTOR, name="陈立群")

    page = inspector.submit(f"/institutions/{record.id}/officer", officer_id=other.id)

    assert "监管责任人已改为陈立群" in page.text
    assert record.officer_in_charge_id == other.id


def test_a_name_that_says_it_is_informal_is_not_marked_again(inspector, county):
    institution(county, name="向屿画室（俗称）", informal_name=True)

    page = inspector.get("/institutions")

    assert page.soup.select_one("td a.first").text == "向屿画室（俗称）"


def test_a_figure_that_is_none_is_refused_in_the_readers_language(inspector, county):
    one = institution(county)

    page = inspector.submit(f"/institutions/{one.id}/edit", status=422, pupils="三十多")

    assert "请填写0到100000的整数" in page.soup.select_one(".error-summary").text


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        ("organiser", "王　明", "王明"),
        ("organiser", "暂无", None),
        ("registered_with", "澄江县 民政局", "澄江县民政局"),
        ("courses", "ＡＢＣ英语", "ABC英语"),
        ("platform_id", "ＱＧ 990101", "QG990101"),
        ("fund_account", "6228 0000-1111 2222", "6228000011112222"),
        ("fund_account", "-", None),
    ],
)
def test_what_is_typed_is_spelt_as_a_list_would_bring_it(inspector, county, column, typed, kept):
    record = institution(county, **{column: "A-1"})

    inspector.submit(f"/institutions/{record.id}/edit", **{column: typed})

    assert getattr(record, column) == kept


def test_a_name_that_only_says_there_is_none_is_no_name(inspector, county):
    page = new(inspector, county, 422, name="暂无")

    assert "请填写机构名称。" in page.soup.select_one(".error-summary").text


def test_a_remark_keeps_its_lines(inspector, county):
    record = institution(county)

    inspector.submit(f"/institutions/{record.id}/edit", note="一、有证\n二、无校车")

    assert record.note.splitlines() == ["一、有证", "二、无校车"]
