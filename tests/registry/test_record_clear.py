"""The record says clearly what was asked wrongly, what is missing, and what two people changed."""

import pytest

from tests.factories.registry import closed, institution, licence, licensed_institution
from training_oversight.accounts.permissions import Role
from training_oversight.registry.models import Stage


def gaps(page):
    return [one.text.strip() for one in page.soup.select(".side-rows dt")]


@pytest.mark.parametrize("typed", ["2026-13-45", "去年"])
def test_a_day_that_cannot_be_read_is_said_and_stays_in_the_box(county, inspector, typed):
    page = inspector.get(f"/institutions/{licensed_institution(county).id}?on={typed}")

    box = page.soup.select_one("input[name=on]")
    assert (box["value"], box["aria-invalid"]) == (typed, "true")
    assert typed in page.soup.select_one(f"#{box['aria-describedby']}").text
    assert "今天的状态" in page.text


def test_a_span_of_conversions_that_cannot_be_read_is_said(county, inspector):
    page = inspector.get("/institutions/conversions?from=2026-02-30&to=2026-12-31")

    assert "没有“2026-02-30”这一天" in page.text
    assert page.soup.select_one("input[name=from]")["value"] == "2026-02-30"


def test_a_number_out_of_range_is_refused_in_chinese(county, inspector):
    page = inspector.submit(
        f"/institutions/{institution(county).id}/edit", status=422, pupils="200000"
    )

    assert "请填写0到100000的整数" in page.text
    assert page.soup.select_one("input[name=pupils]")["value"] == "200000"


def test_what_nobody_changed_is_not_among_the_differences(county, inspector):
    record = institution(county, stages=(Stage.PRIMARY,))
    url = f"/institutions/{record.id}/edit"
    version = inspector.get(url).soup.select_one("input[name=version]")["value"]
    inspector.submit(url, note="第一页")

    page = inspector.submit(url, status=409, version=version, note="第二页")

    rows = [row.get_text(" ", strip=True) for row in page.soup.select("main table tbody tr")]
    assert rows == ["备注 第一页 第二页"]


def test_an_account_is_missing_only_where_the_page_of_gaps_counts_it(county, inspector):
    unlicensed, licensed = institution(county), licensed_institution(county)

    assert "没有预收费监管账户" not in gaps(inspector.get(f"/institutions/{unlicensed.id}"))
    assert "没有预收费监管账户" in gaps(inspector.get(f"/institutions/{licensed.id}"))


def test_a_place_with_no_township_says_so(county, inspector):
    record = institution(county, division=county.division)

    assert "没有落到乡镇街道" in gaps(inspector.get(f"/institutions/{record.id}"))


def moves(page):
    return {
        one.text.strip(): one.get("href") for one in page.soup.select(".next-step [data-moves] a")
    }


def test_a_permit_that_is_still_out_is_taken_back_from_the_next_step(county, inspector):
    record = institution(county)
    permit = licence(county, record)
    closed(record, county)

    found = moves(inspector.get(f"/institutions/{record.id}"))
    form = inspector.get(found["收回许可证"])

    assert form.request.path == f"/institutions/{record.id}/licences/{permit.id}/event"
    assert form.soup.select_one("input[name=kind][checked]")["value"] == "licence.cancelled"


def test_who_may_not_record_papers_is_not_led_to_them(county, client_as):
    record = licensed_institution(county)
    closed(record, county)

    page = client_as(county.officer(Role.OBSERVER)).get(f"/institutions/{record.id}")

    assert "收回许可证" in page.soup.select_one(".next-step").text
    assert "收回许可证" not in moves(page)


def test_a_joined_record_says_where_it_is_dealt_with_and_each_names_the_other(county, head):
    kept, gone = institution(county, name="甲画室"), institution(county, name="乙画室")
    head.submit(f"/institutions/duplicates/{kept.id}/{gone.id}")

    box = head.get(f"/institutions/{gone.id}").soup.select_one(".next-step")
    joined = head.get(f"/institutions/{kept.id}").soup.select_one("#history li")

    assert "在合并后的档案里办理" in box.text
    assert "另一份档案并入本档案" in joined.text
    assert "乙画室" in joined.text


def test_naming_who_is_in_charge_already_says_so(county, head):
    officer = county.officer(name="何欣然")
    record = institution(county, officer_in_charge_id=officer.id)

    page = head.post(
        "/institutions/assign",
        {"id": [record.id], "officer_id": officer.id, "once": "a" * 24},
        status=200,
    )

    assert "这些机构已经由何欣然负责" in page.text


@pytest.mark.parametrize(
    ("named", "lacks"),
    [({}, True), ({"legal_representative": "许芸"}, False), ({"principal": "许芸"}, False)],
)
def test_whoever_stands_for_the_institution_fills_the_gap(client_as, county, named, lacks):
    record = institution(county, responsible_person=None, **named)

    page = client_as(county.officer()).get(f"/institutions/{record.id}")

    assert ("没有负责人" in gaps(page)) is lacks
