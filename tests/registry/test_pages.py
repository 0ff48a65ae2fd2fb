"""The pages of the register, as officers of each role see them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.county import County
from tests.factories.registry import credit_code, institution, licence, licensed_institution
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.registry import queries, service
from training_oversight.registry.models import ClosingKind, LicenceType
from training_oversight.registry.service import values_of
from training_oversight.registry.workflow import InstitutionState

TODAY = date(2026, 10, 15)


@pytest.fixture
def inspector(client_as, county):
    return client_as(county.officer(Role.INSPECTOR))


@pytest.fixture
def head(client_as, county):
    return client_as(county.officer(Role.SECTION_HEAD))


def names(page):
    return [link.text.split("（俗称）")[0] for link in page.soup.select("td a.first")]


def listed(browser, **args):
    return names(browser.get("/institutions", query_string=args))


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


def closed(record, county):
    by = county.officer(Role.SECTION_HEAD)
    with database.transaction() as session:
        service.close(
            session,
            record,
            kind=ClosingKind.STOPPED,
            closed_on=TODAY,
            reason="现场已清空",
            by=by,
            today=TODAY,
        )


# The list


def test_the_list_is_sorted_by_pinyin_and_says_how_many(county, inspector):
    for name in ("张三书法", "安心托管", "李四美术"):
        institution(county, name=name)

    page = inspector.get("/institutions")

    assert names(page) == ["安心托管", "李四美术", "张三书法"]
    assert "筛出3家；共3家" in page.text


@pytest.mark.parametrize(
    "words",
    ["星", "星屿", "xyys", "XINGYU", "（艺术）", "文澜路118", "9909", "星屿 文澜", "９１９９"],
)
def test_the_search_finds_by_whatever_people_type(county, inspector, words):
    institution(
        county,
        name="星屿艺术",
        aliases=("星屿（艺术）工作室",),
        address="文澜路118号",
        phone="13809909001",
        uscc=credit_code(7),
    )
    institution(county, name="墨耕书法", address="南塘街3号", phone="13811112222")

    assert listed(inspector, q=words) == ["星屿艺术"]


def test_a_per_cent_sign_finds_nothing_but_itself(county, inspector):
    institution(county, name="星屿艺术")

    assert listed(inspector, q="%") == []


def test_the_search_finds_closed_institutions_that_the_plain_list_leaves_out(county, inspector):
    closed(institution(county, name="星屿艺术"), county)

    assert listed(inspector) == []
    assert listed(inspector, q="星屿") == ["星屿艺术"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"kind": "sports"}, ["跃动体育"]),
        ({"kind": ["sports", "arts"]}, ["星屿艺术", "跃动体育"]),
        ({"kind": "none"}, ["晨星托管"]),
        ({"licensed": "yes"}, ["跃动体育"]),
        ({"licensed": "no"}, ["晨星托管", "星屿艺术"]),
        ({"view": "unlicensed"}, ["晨星托管", "星屿艺术"]),
        ({"state": "ordered_to_stop"}, ["晨星托管"]),
        ({"view": "stopped"}, ["晨星托管"]),
        ({"department": "none"}, ["晨星托管"]),
        ({"officer": "none"}, ["晨星托管", "跃动体育"]),
        ({"view": "mine"}, ["星屿艺术"]),
        ({"department": "abc"}, []),
        ({"state": "nonsense"}, ["晨星托管", "星屿艺术", "跃动体育"]),
    ],
)
def test_filters_find_what_they_say(county, client_as, args, expected):
    officer = county.officer(Role.INSPECTOR)
    institution(county, name="星屿艺术", kind_code="arts", officer_in_charge_id=officer.id)
    licensed_institution(county, name="跃动体育", kind_code="sports")
    stopped = institution(county, name="晨星托管", kind_code=None)
    with database.transaction() as session:
        service.order_stop(session, stopped, by=officer, today=TODAY, source="澄教责停〔2026〕1号")

    assert listed(client_as(officer), **args) == expected


def test_township_and_officer_are_filters_too(county, client_as):
    officer = county.officer(Role.INSPECTOR)
    institution(county, name="星屿艺术", officer_in_charge_id=officer.id)
    there = institution(county, name="跃动体育", division=county.townships[1])
    browser = client_as(officer)

    assert listed(browser, township=there.division_id) == ["跃动体育"]
    assert listed(browser, officer=officer.id) == ["星屿艺术"]


def test_another_countys_institutions_are_not_listed(county, session, inspector):
    other = County(session, code="990202", name="临湖县")
    institution(other, name="临湖琴行")

    page = inspector.get("/institutions", query_string={"q": "临湖"})

    assert names(page) == []
    assert "没有符合条件的机构" in page.text


def test_fifty_a_page_and_the_next_page_goes_on(county, inspector):
    for number in range(52):
        institution(county, name=f"星屿{number:02}")

    first = inspector.get("/institutions")
    second = inspector.get(first.soup.select_one("a[rel=next]")["href"])

    assert len(names(first)) == 50
    assert names(second) == ["星屿50", "星屿51"]
    assert "第51–52项，共52项" in second.text


def test_the_list_sends_as_many_queries_for_30_rows_as_for_5(
    county, client_as, queries_of, session
):
    browser = client_as(county.officer(Role.INSPECTOR))

    def sent(more):
        for _ in range(more):
            licensed_institution(county)
        session.expunge_all()
        with queries_of() as statements:
            browser.get("/institutions")
        return len(statements)

    assert sent(5) == sent(25)


# Who may


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.INSPECTOR, 200),
        (Role.SECTION_HEAD, 200),
        (Role.HOTLINE, 200),
        (Role.PUBLISHER, 200),
        (Role.LEADER, 200),
        (Role.OBSERVER, 200),
        (Role.LIAISON, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_who_may_read_the_register(county, client_as, role, status):
    record = institution(county)
    browser = client_as(county.officer(role))

    browser.get("/institutions", status)
    browser.get(f"/institutions/{record.id}", status)


@pytest.mark.parametrize("role", [Role.HOTLINE, Role.OBSERVER, Role.LEADER, Role.PUBLISHER])
def test_who_only_reads_sees_no_button_and_opens_no_form(county, client_as, role):
    record = institution(county)
    browser = client_as(county.officer(role))

    page = browser.get(f"/institutions/{record.id}")
    links = [link["href"] for link in page.soup.select("main a[href]")]

    assert not [link for link in links if link.endswith(("/edit", "/officer", "/new", "/close"))]
    for step in ("edit", "officer", "close", "licences/new"):
        browser.get(f"/institutions/{record.id}/{step}", 403)


def test_every_page_of_a_foreign_institution_is_not_found(county, session, client_as):
    record = institution(county)
    paper = licence(county, record)
    other = County(session, code="990202", name="临湖县")
    browser = client_as(other.officer(Role.SECTION_HEAD))

    for step in (
        "", "/edit", "/officer", "/close", "/licences/new",
        f"/licences/{paper.id}/edit", f"/licences/{paper.id}/event",
    ):  # fmt: skip
        browser.get(f"/institutions/{record.id}{step}", 404)
    browser.post(f"/institutions/{record.id}/phone", status=404)


def test_a_licence_of_another_institution_is_not_found_under_this_one(county, inspector):
    record, other = institution(county), institution(county)
    paper = licence(county, other)

    inspector.get(f"/institutions/{record.id}/licences/{paper.id}/edit", 404)


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (InstitutionState.OPERATING, {"announce-end", "close"}),
        (InstitutionState.CLOSED, {"reopen"}),
    ],
)
def test_a_section_head_is_offered_the_moves_of_the_state(county, head, state, offered):
    record = institution(county)
    if state is InstitutionState.CLOSED:
        closed(record, county)

    page = head.get(f"/institutions/{record.id}")

    moves = {link["href"].rsplit("/", 1)[1] for link in page.soup.select(".next-step a.button")}
    assert offered <= moves
    assert not moves & ({"announce-end", "close", "reopen", "lift"} - offered)


def test_an_institution_without_an_officer_offers_to_name_one_first(county, head):
    record = institution(county)

    page = head.get(f"/institutions/{record.id}")

    assert page.soup.select_one(".next-step a.button")["href"].endswith("/officer")


# The telephone number


@pytest.mark.parametrize("role", [Role.HOTLINE, Role.INSPECTOR])
def test_a_number_is_masked_until_it_is_asked_for(county, client_as, role):
    record = institution(county, phone="13809901234")

    page = client_as(county.officer(role)).get(f"/institutions/{record.id}")

    assert "138****1234" in page.text
    assert "13809901234" not in page.text


def test_looking_at_the_number_is_recorded(county, inspector, session):
    record = institution(county, phone="13809901234")

    page = inspector.post(f"/institutions/{record.id}/phone", status=200)

    assert "13809901234" in page.text
    assert queries.history(session, record)[0].verb == "institution.phone_seen"


def test_the_hotline_cannot_look_at_the_number(county, client_as):
    record = institution(county, phone="13809901234")
    browser = client_as(county.officer(Role.HOTLINE))

    browser.post(f"/institutions/{record.id}/phone", status=403)


def test_the_form_keeps_a_number_that_it_does_not_show(county, inspector):
    record = institution(county, phone="13809901234")

    page = inspector.get(f"/institutions/{record.id}/edit")
    inspector.submit(f"/institutions/{record.id}/edit", pupils="12")

    assert "13809901234" not in page.text
    assert (record.phone, record.pupils) == ("13809901234", 12)


def test_a_dash_takes_the_number_off(county, inspector):
    record = institution(county, phone="13809901234")

    inspector.submit(f"/institutions/{record.id}/edit", phone="-")

    assert record.phone is None


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
        ({"name": "星" * 101}, "100"),
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


# Papers


def test_a_paper_is_recorded_with_a_doubt_about_its_number(county, inspector):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/new",
        type="school",
        number="123",
        issued_on="2021年3月5日",
        valid_until="2028-3-4",
    )

    assert "证照已登记" in page.text
    assert "123" in page.soup.select_one(".notice.tone-amber").text
    assert "2028年3月4日" in page.soup.select_one("#papers").text


def test_a_new_subject_permit_asks_for_its_reason_in_the_form(county, inspector):
    record = institution(county, kind_code="subject")
    address = f"/institutions/{record.id}/licences/new"

    refused = inspector.submit(address, 422, type="school", issued_on="2026-9-1")
    accepted = inspector.submit(
        address, type="school", issued_on="2026-9-1", exception_reason="换发新证"
    )

    assert "不再审批" in refused.soup.select_one(".error-summary").text
    assert accepted.soup.select_one("#papers .flag").text == "例外"


def test_a_paper_is_corrected_and_keeps_what_was_not_touched(county, inspector):
    record = institution(county)
    paper = licence(county, record, type=LicenceType.BUSINESS)

    inspector.submit(f"/institutions/{record.id}/licences/{paper.id}/edit", scope="艺术培训")

    assert (paper.scope, paper.issuer) == ("艺术培训", "澄江县教育局")
    assert paper.type is LicenceType.BUSINESS


def test_a_revoked_permit_shows_at_once_and_has_no_more_events(county, inspector):
    record = institution(county)
    paper = licence(county, record)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/{paper.id}/event",
        kind="licence.revoked",
        on_day="2026-10-14",
    )

    assert "已吊销" in page.soup.select_one("#papers").text
    assert not page.soup.select("#papers a[href$=event]")


def test_an_annual_check_stands_among_the_facts(county, inspector):
    record = institution(county)
    paper = licence(county, record)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/{paper.id}/event",
        kind="licence.annual_check",
        on_day="2026-4-1",
        year="2025",
        grade="passed",
    )

    assert "2025年 合格" in page.soup.select_one("#facts").text


def test_an_event_of_tomorrow_comes_back_with_its_sentence(county, inspector):
    record = institution(county)
    paper = licence(county, record)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/{paper.id}/event",
        422,
        kind="licence.suspended",
        on_day="2026-10-16",
    )

    assert "不能晚于今天" in page.soup.select_one(".error-summary").text


# Closing


def test_an_institution_is_closed_with_how_when_and_why(county, head):
    record = institution(county)

    page = head.submit(
        f"/institutions/{record.id}/close",
        kind="moved_away",
        closed_on="2026-10-01",
        reason="现场已搬空",
    )

    assert "已搬离" in page.soup.select_one(".head").text
    assert record.closed_on == date(2026, 10, 1)


def test_closing_without_a_reason_is_refused(county, head):
    record = institution(county)

    page = head.submit(
        f"/institutions/{record.id}/close", 422, kind="stopped", closed_on="2026-10-01", reason=""
    )

    assert "请说明理由" in page.soup.select_one(".error-summary").text


def test_closing_what_is_closed_says_so(county, head):
    record = institution(county)
    closed(record, county)

    head.get(f"/institutions/{record.id}/close", 409)


def test_it_reopens_with_a_reason(county, head):
    record = institution(county)
    closed(record, county)

    head.submit(f"/institutions/{record.id}/reopen", reason="登记有误")

    assert record.state is InstitutionState.OPERATING


def test_an_announced_end_stands_in_the_title_line(county, inspector):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/announce-end", ending_on="2027-04-15", reason="自行终止"
    )

    assert record.state is InstitutionState.ENDING
    assert "拟终止" in page.soup.select_one(".head").text


def test_an_order_to_stop_is_lifted_by_a_section_head(county, head):
    record, officer = institution(county), county.officer()
    with database.transaction() as session:
        service.order_stop(session, record, by=officer, today=TODAY, source="澄教责停〔2026〕1号")

    head.submit(f"/institutions/{record.id}/lift", reason="已取得许可")

    assert record.state is InstitutionState.OPERATING


def test_a_filter_that_is_set_comes_out_from_behind_more(inspector, county):
    institution(county)

    plain = inspector.get("/institutions").soup
    narrowed = inspector.get("/institutions?state=operating").soup

    assert plain.select_one(".filters-waiting select[name=state]")
    assert not narrowed.select_one(".filters-waiting select[name=state]")
    assert narrowed.select_one(".filters-boxes select[name=state]")


def test_a_name_that_says_it_is_informal_is_not_marked_again(inspector, county):
    institution(county, name="向屿画室（俗称）", informal_name=True)

    page = inspector.get("/institutions")

    assert page.soup.select_one("td a.first").text == "向屿画室（俗称）"


def test_a_choice_that_was_not_made_is_asked_for_in_words_of_the_form(head, county):
    one = institution(county)

    page = head.submit(
        f"/institutions/{one.id}/close", status=422, closed_on="2026-10-01", reason="已搬离"
    )

    assert "请选择终止方式" in page.soup.select_one(".error-summary").text
    assert "Not a valid choice" not in page.text


def test_a_figure_that_is_none_is_refused_in_the_readers_language(inspector, county):
    one = institution(county)

    page = inspector.submit(f"/institutions/{one.id}/edit", status=422, pupils="三十多")

    assert "请填写整数" in page.soup.select_one(".error-summary").text
