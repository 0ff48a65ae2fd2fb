"""一机构一档: what stands in each part of the file, in words that say it whole."""

from datetime import date, timedelta

import pytest

from tests.factories import inspections, ledger, notices, registry
from training_oversight import database
from training_oversight.registry import service
from training_oversight.registry.models import LicenceEventKind, LicenceType, Tenure
from training_oversight.registry.service import FormerName


@pytest.fixture
def opened(client_as, county):
    officer = county.officer()
    return lambda place: client_as(officer).get(f"/institutions/{place.id}/dossier")


def facts_of(page):
    rows = page.soup.select("#facts dl > div")
    return {row.dt.text.strip(): " ".join(row.dd.text.split()) for row in rows}


def rows_of(page, part):
    """The cells of each row by the head of their column."""
    section = page.soup.select_one(f"section#{part}")
    heads = [head.text.strip() for head in section.select("th")]
    return [
        dict(zip(heads, (" ".join(cell.text.split()) for cell in row.select("td")), strict=True))
        for row in section.select("tbody tr")
    ]


def test_all_that_the_register_keeps_is_there_and_what_is_secret_is_masked(county, opened):
    place = registry.institution(
        county,
        pupils=120,
        platform_id="QG990101",
        platform_entered_on=date(2024, 3, 5),
        fund_bank="澄江农商行",
        fund_account="990100200300408812",
        former_names=(FormerName("启明画室", date(2023, 5, 1)),),
        tenure=Tenure.RENTED,
        landlord="文和平",
        lease_until=date(2028, 6, 30),
    )

    page = opened(place)
    told, (venue,) = facts_of(page), rows_of(page, "venues")

    assert told["学生人数"] == "120（2026年10月15日的数）"
    assert told["全国平台编号"] == "QG990101（2024年3月5日录入）"
    assert told["预收费监管账户"] == "澄江农商行 ****8812"
    assert told["曾用名"] == "启明画室（至2023年5月1日）"
    assert (venue["场所来源"], venue["产权人或房东"]) == ("租用", "文**")
    assert venue["租期至"] == "2028年6月30日"


def test_the_record_page_and_the_whole_file_tell_facts_in_one_order(client_as, county, opened):
    place = registry.institution(county, pupils=120, legal_representative="文和平")

    record = client_as(county.officer()).get(f"/institutions/{place.id}")
    page = [row.dt.text.strip() for row in record.soup.select("#facts dl > div")]
    file = list(facts_of(opened(place)))

    shared = [label for label in page if label in file]
    assert {"类别", "法定代表人", "培训对象"} <= set(shared)
    assert shared == [label for label in file if label in shared]


def test_what_every_file_needs_is_named_when_it_is_missing(county, opened):
    told = facts_of(opened(registry.institution(county, kind_code=None, phone=None)))

    assert (told["类别"], told["联系电话"], told["信用代码"]) == ("未填", "未填", "未填")
    assert "法定代表人" not in told


def test_the_state_says_since_when(county, opened):
    place = registry.institution(county)
    registry.closed(place, county)

    assert facts_of(opened(place))["状态"] == "已关停，2026年10月15日"


def test_a_department_decided_by_hand_says_so(county, opened):
    place = registry.institution(
        county, industry_department_id=county.departments["sports"].id, department_reason="实为体育"
    )

    assert facts_of(opened(place))["行业主管部门"].endswith("（另行指定）")


def test_the_main_venue_comes_first_and_former_ones_last(county, opened):
    place = registry.institution(county, address="文澜路1号")
    with database.transaction() as session:
        service.add_venue(
            session, place, values=service.VenueValues(address="城东路2号"), by=county.system,
            version=None,
        )  # fmt: skip

    assert [row["地址"] for row in rows_of(opened(place), "venues")] == [
        "文澜路1号（主要场所）", "城东路2号",
    ]  # fmt: skip


def test_a_fulfilled_notice_says_so_as_on_the_record(county, opened):
    place = registry.licensed_institution(county)
    served = notices.served(county, notices.approved(county, institution=place))
    for entry in served.entries:
        ledger.closed(county, ledger.verified(county, ledger.applied(county, entry.item)))

    (row,) = rows_of(opened(place), "notices")

    assert row["状态"] == "已履行"


def test_a_problem_that_is_late_says_by_how_much(county, opened, at):
    place = registry.institution(county)
    ledger.item(county, place, due_on=county.today)
    at(county.today + timedelta(days=4))

    (row,) = rows_of(opened(place), "items")

    assert row["状态"] == "整改中，逾期4天"


def test_events_of_all_papers_stand_newest_first_with_their_paper(county, opened):
    place = registry.institution(county)
    papers = [
        registry.licence(county, place, type=one) for one in (LicenceType.SCHOOL, LicenceType.FIRE)
    ]
    for paper, day in zip(papers, (date(2026, 3, 1), date(2026, 9, 1)), strict=True):
        with database.transaction() as session:
            service.record_licence_event(
                session, paper, kind=LicenceEventKind.CHANGED, on_day=day, by=county.system,
                today=county.today, note="变更",
            )  # fmt: skip

    rows = rows_of(opened(place), "checks")

    assert [row["证照"] for row in rows] == ["消防验收", "办学许可证"]


def test_what_is_short_is_never_broken_over_two_lines(county, opened):
    place = registry.institution(county)
    inspections.visit(county, place)

    page = opened(place)

    assert page.soup.select("#visits td.nowrap")[0].text.strip().endswith("日")


def test_visits_are_not_called_tasks_nor_inspectors_accounts(county, opened):
    place = registry.institution(county)
    inspections.visit(county, place)

    page = opened(place)

    assert page.soup.select_one("#visits h2").text.strip().startswith("检查情况")
    assert "检查人员" in rows_of(page, "visits")[0]


def test_a_sentence_and_a_reason_are_joined_without_two_marks(county, opened):
    place = registry.institution(county)
    with database.transaction() as session:
        service.announce_end(
            session, place, ending_on=county.today + timedelta(days=30), announced_on=county.today,
            reason="租约到期", by=county.system, today=county.today, version=None,
        )  # fmt: skip

    assert (
        rows_of(opened(place), "history")[0]["备注"]
        == "提前不足六个月；拟终止日期：2026年11月14日；租约到期"
    )
