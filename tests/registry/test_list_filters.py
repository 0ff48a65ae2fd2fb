"""What the list of institutions can be asked beyond the register's own columns."""

from datetime import date, timedelta

import pytest

from tests.factories import enforcement, inspections, ledger, notices
from tests.factories.registry import (
    closed,
    confirmed,
    institution,
    licence,
    licensed_institution,
    listed,
)
from training_oversight import clock, database
from training_oversight.accounts.models import Division, DivisionLevel
from training_oversight.accounts.permissions import Role
from training_oversight.inspections.models import VisitKind
from training_oversight.registry import service
from training_oversight.registry.models import (
    AnnualGrade,
    LegalForm,
    LicenceEventKind,
    LicenceType,
    Mode,
    PositionSource,
    Premises,
    Stage,
)

TODAY = date(2026, 10, 15)


def days(number):
    return TODAY + timedelta(days=number)


def happened(county, paper, kind, **values):
    officer = county.officer()
    with database.transaction() as session:
        service.record_licence_event(
            session, paper, kind=kind, on_day=TODAY, by=officer, today=TODAY, **values
        )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("yes", ["长期", "两张", "三月", "一月"]),
        ("no", ["从未", "到期", "吊销", "中止"]),
        ("expiring_90", ["三月", "一月"]),
        ("expiring_30", ["一月"]),
        ("expired", ["到期"]),
        ("suspended", ["中止"]),
        ("revoked", ["吊销"]),
        ("none", ["从未"]),
        ("nonsense", ["长期", "从未", "到期", "吊销", "两张", "三月", "一月", "中止"]),
    ],
)
def test_permits_are_told_apart_by_what_they_are_worth_together(county, inspector, asked, expected):
    licence(county, institution(county, name="长期"), valid_until=None)
    licence(county, institution(county, name="三月"), valid_until=days(90))
    licence(county, institution(county, name="一月"), valid_until=days(30))
    licence(county, institution(county, name="到期"), valid_until=days(-1))
    two = institution(county, name="两张")
    licence(county, two, valid_until=days(5))
    licence(county, two, valid_until=days(500), type=LicenceType.TRAINING)
    for name, kind in (("中止", LicenceEventKind.SUSPENDED), ("吊销", LicenceEventKind.REVOKED)):
        happened(county, licence(county, institution(county, name=name)), kind)
    licence(county, institution(county, name="从未"), type=LicenceType.BUSINESS)

    assert sorted(listed(inspector, licensed=asked)) == sorted(expected)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"form": "company"}, ["甲"]),
        ({"form": "none"}, ["丙", "乙"]),
        ({"stage": "primary"}, ["甲"]),
        ({"mode": "online"}, ["乙"]),
        ({"premises": "dwelling"}, ["甲"]),
        ({"premises": "none"}, ["丙"]),
        ({"platform": "yes"}, ["乙"]),
        ({"platform": "none"}, ["丙", "甲"]),
        ({"position": "typed"}, ["甲"]),
        ({"position": "none"}, ["丙", "乙"]),
        ({"grade": "failed"}, ["甲"]),
        ({"grade": "none"}, ["丙", "乙"]),
        ({"grade": "../etc"}, ["丙", "甲", "乙"]),
    ],
)
def test_what_an_institution_is_can_be_filtered(county, inspector, asked, expected):
    first = institution(
        county,
        name="甲",
        legal_form=LegalForm.COMPANY,
        stages=(Stage.PRIMARY, Stage.JUNIOR),
        premises=Premises.DWELLING,
        latitude=29.5,
        longitude=106.5,
        position_source=PositionSource.TYPED,
    )
    institution(county, name="乙", mode=Mode.ONLINE, platform_id="P1", premises=Premises.SHOP)
    institution(county, name="丙")
    paper = licence(county, first)
    # The grade of the year that was entered last is the one that counts.
    happened(county, paper, LicenceEventKind.ANNUAL_CHECK, grade=AnnualGrade.PASSED, year=2025)
    happened(county, paper, LicenceEventKind.ANNUAL_CHECK, grade=AnnualGrade.FAILED, year=2025)

    assert listed(inspector, **asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"visited": "never"}, ["从未", "未进"]),
        ({"visited": "90"}, ["百日", "从未", "未进"]),
        ({"visited": "this_year"}, ["从未", "未进"]),
        ({"last_visit_before": days(-3).isoformat()}, ["百日", "从未", "未进"]),
        ({"last_visit_before": days(-2).isoformat()}, ["百日", "从未", "前日", "未进"]),
        ({"last_visit_before": "2026年10月12日"}, ["百日", "从未", "未进"]),
        ({"last_visit_before": "yesterday"}, ["百日", "从未", "前日", "未进"]),
    ],
)
def test_who_has_not_been_visited_is_found_by_day(county, inspector, asked, expected):
    for name, ago in (("百日", 100), ("前日", 3)):
        place = institution(county, name=name)
        inspections.visit(county, place, happened_at=clock.now() - timedelta(days=ago))
    institution(county, name="从未")
    inspections.visit(county, institution(county, name="未进"), kind=VisitKind.DESK)

    assert sorted(listed(inspector, **asked)) == sorted(expected)


def test_what_upper_areas_know_can_be_filtered(county, client_as):
    officer = county.officer(Role.SECTION_HEAD)
    overdue, served = institution(county, name="逾期"), institution(county, name="送达")
    institution(county, name="干净")
    ledger.item(county, overdue, due_on=TODAY - timedelta(days=1))
    notices.served(county, institution=served)
    enforcement.convened_case(county, institution(county, name="联合"))
    browser = client_as(officer)

    assert listed(browser, problems="overdue") == ["联合", "逾期"]
    assert "逾期" not in listed(browser, problems="none")
    assert "干净" in listed(browser, problems="none")
    assert listed(browser, notices="served") == ["送达"]
    assert listed(browser, notices="unfulfilled") == ["送达"]
    assert listed(browser, notices="to_serve") == []
    assert listed(browser, joint="live") == ["联合"]
    assert listed(browser, joint="convened") == ["联合"]
    assert listed(browser, joint="ever") == ["联合"]


def test_a_filter_is_offered_only_to_who_may_see_what_it_asks(county, client_as):
    """The hotline desk sees register and ledger, but no visits."""
    institution(county, name="星屿")
    desk = client_as(county.officer(Role.HOTLINE))

    page = desk.get("/institutions", query_string={"visited": "90", "sort": "visited"})

    assert page.soup.select_one("select[name=problems]")
    assert not page.soup.select_one("select[name=visited]")
    assert not page.soup.select_one(".columns-sheet [name=cols][value=visited]")
    # What is not offered does not narrow either, or the rows would tell.
    assert "筛出1家" in page.text


def test_no_more_than_five_boxes_lead_and_the_day_stands_behind_more(county, inspector):
    institution(county)

    soup = inspector.get("/institutions").soup

    leading = [box.find_parent(class_="filters-waiting") is None for box in soup.select(".filter")]
    assert leading.count(True) == 5
    assert soup.select_one(".filters-waiting [name=last_visit_before]")


def test_above_a_county_its_parts_are_offered_instead_of_townships(county, client_as, session):
    with database.transaction():
        top = Division(code="99", name="省", level=DivisionLevel.PROVINCE, path="99/")
        session.add(top)
    licensed_institution(county, name="星屿")
    wide = client_as(county.officer(Role.LEADER, division=top))

    soup = wide.get("/institutions").soup
    parts = {box["value"] for box in soup.select("input[name=township]")}

    assert str(county.division.id) in parts
    assert not parts & {str(town.id) for town in county.townships}
    assert listed(wide, township=county.division.id) == ["星屿"]
    assert listed(wide, township=county.townships[0].id) == []


def test_the_views_count_closed_and_stopped_by_state(county, client_as):
    officer = county.officer(Role.INSPECTOR)
    institution(county, officer_in_charge_id=officer.id)
    licensed_institution(county)
    confirmed(county, institution(county))
    closed(institution(county), county)

    tabs = client_as(officer).get("/institutions").soup.select(".tabs > ul > li")

    assert [tab.text.split()[-1] for tab in tabs] == ["1", "3", "1", "0", "1", "4"]


def test_a_phone_says_in_words_what_is_set_while_the_boxes_are_folded_away(county, inspector):
    institution(county)

    page = inspector.get("/institutions?view=live&licensed=none&gap=visit")

    words = page.soup.select_one(".filters-set.on-phone").text
    assert "办学许可：" in words
    assert "\u3000" in words
    assert inspector.get("/institutions?view=live").soup.select_one(".filters-set") is None
