"""一机构一档: title line, contents with counts, gaps that open their field, papers of any day."""

from datetime import date

import pytest

from tests.factories import ledger, notices
from tests.factories.registry import closed, institution, licence, licensed_institution
from tests.registry.test_institutions import edit
from tests.registry.test_licences import happen
from training_oversight.registry.models import AnnualGrade, LicenceEventKind, LicenceType

TODAY = date(2026, 10, 15)


def tags(page):
    return [tag.text for tag in page.soup.select(".head .tag")]


def contents(page):
    return {
        line.select_one("span").text: line.select_one(".count") and line.select_one(".count").text
        for line in page.soup.select(".contents a")
    }


@pytest.mark.parametrize(
    ("until", "said", "icon"),
    [
        (date(2027, 1, 14), None, None),
        (date(2027, 1, 13), "许可证90天后到期", "soon"),
        (date(2026, 12, 30), "许可证76天后到期", "soon"),
        (date(2026, 11, 15), "许可证31天后到期", "soon"),
        (date(2026, 11, 14), "许可证30天后到期", "close"),
        (TODAY, "许可证今天到期", "close"),
        (date(2026, 10, 14), "许可证已到期", "late"),
    ],
)
def test_the_title_line_counts_the_days_that_a_permit_has_left(
    county, inspector, until, said, icon
):
    record = institution(county)
    licence(county, record, valid_until=until)

    page = inspector.get(f"/institutions/{record.id}")

    assert tags(page)[1:] == ([said] if said else [])
    if icon:
        tag = page.soup.select(".head .tag")[1]
        assert ("tone-red" in tag["class"]) == (icon == "late")
        shape = "exclamation-triangle" if icon == "soon" else "exclamation-triangle-fill"
        assert tag.select_one("use")["href"] == f"#shape-{shape}"
        assert page.soup.select_one(f"symbol#shape-{shape} path")


def test_the_title_line_says_how_much_is_open_and_overdue(county, inspector):
    record = institution(county)
    licence(county, record)
    ledger.item(county, record, due_on=date(2026, 10, 10))
    ledger.item(county, record)

    assert "未销号问题2项，逾期1项" in tags(inspector.get(f"/institutions/{record.id}"))


def test_no_more_than_three_tags_stand_in_the_title_line(county, inspector):
    record = institution(county)
    paper = licence(county, record, valid_until=TODAY)
    happen(county, paper, LicenceEventKind.ANNUAL_CHECK, year=2025, grade=AnnualGrade.FAILED)
    ledger.item(county, record)

    assert tags(inspector.get(f"/institutions/{record.id}")) == [
        "正常", "许可证今天到期", "未销号问题1项",
    ]  # fmt: skip


def test_the_contents_count_what_each_part_holds(county, inspector):
    record = institution(county)
    licence(county, record)
    licence(county, record, type=LicenceType.BUSINESS)
    notices.approved(county, institution=record)

    found = contents(inspector.get(f"/institutions/{record.id}"))

    assert found["证照"] == "2"
    assert found["文书"] == "1"
    assert found["未销号问题"] == "1"
    assert found["检查和问题"] == "1"
    assert int(found["经过"]) == 4


@pytest.mark.parametrize(
    ("missing", "words", "field"),
    [
        ({"phone": None}, "没有联系电话", "phone"),
        ({"kind_code": None}, "类别不明", "kind_code"),
        ({}, "没有预收费监管账户", "fund_account"),
        ({}, "未登记全国平台编号", "platform_id"),
    ],
)
def test_a_gap_opens_the_form_at_its_field(county, inspector, missing, words, field):
    record = licensed_institution(county, **missing)

    page = inspector.get(f"/institutions/{record.id}")

    (link,) = page.soup.select(f'.side-rows a[aria-label="补录：{words}"]')
    assert link["href"] == f"/institutions/{record.id}/edit#{field}"
    assert inspector.get(link["href"]).soup.select_one(f"#{field}")


def test_nobody_in_charge_and_no_permit_open_their_own_pages(county, inspector):
    record = institution(county)

    page = inspector.get(f"/institutions/{record.id}")

    for step in ("officer", "licences/new"):
        assert page.soup.select(f'.side-rows a[href="/institutions/{record.id}/{step}"]')


def test_a_closed_institution_has_neither_gaps_nor_a_suggestion(county, inspector):
    record = institution(county, phone=None)
    closed(record, county)

    page = inspector.get(f"/institutions/{record.id}")

    assert "没有联系电话" not in page.text
    assert page.soup.select("#suggestion") == []


def test_the_papers_can_be_seen_as_they_stood_on_a_day(county, inspector):
    record = institution(county)
    paper = licence(county, record)
    happen(county, paper, LicenceEventKind.SUSPENDED, on_day=date(2026, 3, 1))
    happen(county, paper, LicenceEventKind.RESUMED, on_day=date(2026, 5, 1))

    then = inspector.get(f"/institutions/{record.id}?on=2026-04-01").soup.select_one("#papers")
    now = inspector.get(f"/institutions/{record.id}?on=nonsense").soup.select_one("#papers")

    assert "2026年4月1日的状态" in then.text
    assert then.select_one("td .status").text == "已暂停"
    assert now.select_one("td .status").text == "有效"


def test_a_long_history_has_a_page_of_its_own(county, inspector):
    record = institution(county)
    for pupils in range(1, 61):
        edit(county, record, by=county.system, pupils=pupils)

    page = inspector.get(f"/institutions/{record.id}")
    link = page.soup.select_one("#history a")
    everything = inspector.get(link["href"])

    assert len(page.soup.select(".timeline > li")) == 30
    assert link.text == "全部62条"
    assert len(everything.soup.select(".timeline > li")) == 50
    older = inspector.get(everything.soup.select_one("a[rel=next]")["href"])
    assert len(older.soup.select(".timeline > li")) == 12


def filled(county, record, count):
    paper = licence(county, record)
    for number in range(count):
        licence(county, record, type=LicenceType.OTHER, valid_until=date(2027, 1, 1 + number % 28))
        happen(
            county, paper, LicenceEventKind.ANNUAL_CHECK, by=county.system,
            year=2000 + number, grade=AnnualGrade.PASSED,
        )  # fmt: skip
        edit(county, record, by=county.system, pupils=number)
        ledger.item(county, record, by=county.system)


def test_the_page_sends_as_many_statements_for_a_long_history_as_for_a_short_one(
    county, inspector, queries_of
):
    def sent_for(record):
        inspector.get(f"/institutions/{record.id}")
        with queries_of() as sent:
            inspector.get(f"/institutions/{record.id}")
        return len(sent)

    short, long = institution(county), institution(county)
    filled(county, short, 3)
    filled(county, long, 12)

    assert sent_for(long) == sent_for(short)


def test_what_only_a_screen_can_answer_stays_off_the_paper(county, inspector):
    record = licensed_institution(county)

    soup = inspector.get(f"/institutions/{record.id}").soup

    assert "no-print" in soup.select_one("form.day-asked")["class"]
    lines = soup.select("main .links")
    assert len(lines) >= 4
    assert all("no-print" in line["class"] for line in lines)


def test_what_was_not_entered_is_not_said_to_be_absent(client_as, county):
    place = institution(county, uscc=None)

    page = client_as(county.officer()).get(f"/institutions/{place.id}")

    facts = {
        row.dt.text.strip(): row.dd.text.strip()
        for row in page.soup.select("dl div")
        if row.dt and row.dd
    }
    assert facts["信用代码"] == "未登记"
    assert facts["全国平台编号"].startswith("未登记")
    assert "无" not in facts.values()
