"""The settings pages: each edit is a version from today on, and only administrators make one."""

from datetime import date

import pytest

from tests.catalogue.test_shipped_catalogue import in_force
from tests.factories.unarranged import LAST_ARRANGED, YEAR
from tests.pages import filled_in
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.catalogue import queries
from training_oversight.catalogue.models import (
    Checklist,
    CloseReason,
    InstitutionKind,
    Limit,
    NoticeType,
)
from training_oversight.catalogue.sections import SECTIONS


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer(Role.ADMINISTRATOR))


def test_an_inspector_has_no_settings(client_as, county):
    browser = client_as(county.officer())

    assert browser.get("/settings", status=403)
    assert "系统设置" not in browser.get("/account").text


@pytest.mark.parametrize("slug", SECTIONS)
def test_every_section_lists_its_entries_and_opens_each(browser, slug):
    page = browser.get(f"/settings/{slug}")

    links = [a["href"] for a in page.soup.select("main table a")]
    assert links
    for link in links[:3]:
        assert "系统自带" in browser.get(link).text


def test_the_index_says_what_is_still_to_be_filled_in(at, client_as, county):
    at(date(LAST_ARRANGED, 10, 15))

    page = client_as(county.officer(Role.ADMINISTRATOR)).get("/settings")

    assert "条缺法律依据" in page.text
    assert f"{YEAR}年为暂定" in page.text


def test_a_county_gives_a_kind_to_another_department(browser, session, county):
    page = browser.submit("/settings/kinds/entry/science", department_code="education")

    assert "今天起生效" in page.text
    assert (
        in_force(session, county, "science", model=InstitutionKind).department_code == "education"
    )


def test_a_kind_whose_department_is_open_is_a_gap(browser, session, county):
    browser.submit("/settings/kinds/entry/science", department_code="")

    assert in_force(session, county, "science", model=InstitutionKind).department_code is None
    assert "1 类未定部门" in browser.get("/settings").text


def test_filling_in_a_legal_basis_keeps_everything_else(browser, session, county):
    before = in_force(session, county, "fees")

    browser.submit("/settings/violation-types/entry/fees", legal_basis="《某省培训收费办法》")

    after = in_force(session, county, "fees")
    assert after.legal_basis == "《某省培训收费办法》"
    assert (after.departments, after.measure, after.severity, after.position) == (
        before.departments, before.measure, before.severity, before.position,
    )  # fmt: skip


def test_an_edit_shows_in_the_versions_with_who_made_it(client_as, county):
    officer = county.officer(Role.ADMINISTRATOR, name="罗志远")
    browser = client_as(officer)

    browser.submit("/settings/limits/entry/verify", length="5")

    page = browser.get("/settings/limits/entry/verify")
    assert "罗志远" in page.text
    assert page.soup.select_one(".column-side").text.count("本局版本") == 1


def test_a_name_left_out_is_asked_for_and_nothing_is_saved(browser, session, county):
    page = browser.submit("/settings/violation-types/entry/fees", 422, name="", measure="退款")

    assert "请填写名称" in page.text
    assert "退款" in page.text
    assert in_force(session, county, "fees").authority_id is None


def test_the_second_of_two_open_forms_is_refused_with_what_it_typed(browser, session, county):
    slow = browser.get("/settings/limits/entry/verify").soup
    stale = slow.select_one("main form input[name=version]")["value"]
    browser.submit("/settings/limits/entry/verify", length="5")

    page = browser.submit("/settings/limits/entry/verify", 409, length="3", version=stale)

    assert 'value="3"' in page.text
    assert in_force(session, county, "verify", model=Limit).length == 5


@pytest.mark.parametrize("length", ["0", "-3", "366", "many", ""])
def test_a_limit_is_a_sensible_number_of_days(browser, length):
    page = browser.submit("/settings/limits/entry/verify", 422, length=length)

    assert "请填写1到365的整数" in page.text


def test_the_longest_period_is_not_shorter_than_the_one_proposed(browser):
    page = browser.submit(
        "/settings/notice-types/entry/rectify", 422, default_length="20", longest="10"
    )

    assert "最长期限不能短于建议期限" in page.text


def test_a_ban_is_offered_only_after_the_county_switched_it_on(browser, session, county):
    ours = {"authority_id": county.authority.id, "today": county.today}
    before = [kind.code for kind in queries.notice_types(session, **ours)]

    browser.submit("/settings/notice-types/entry/ban", enabled="y")

    assert "ban" not in before
    assert "ban" in [kind.code for kind in queries.notice_types(session, **ours)]


def test_a_new_notice_type_needs_no_code_change(browser, session, county):
    browser.submit(
        "/settings/notice-types/new",
        code="undertaking",
        name="整改承诺书",
        prefix="承诺",
        effect="inform",
        template_code="letter",
        nature="guidance",
        default_length="5",
        longest="10",
        enabled="y",
    )

    made = in_force(session, county, "undertaking", model=NoticeType)
    assert (made.prefix, made.default_length, made.enabled) == ("承诺", 5, True)
    assert made.template_code == "letter"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("letter", "“一般通知”的用语与效力“限期改正”不符"),
        ("no_such", "请从给出的选项中选择"),
    ],
)
def test_a_type_is_printed_only_in_words_that_say_what_it_does(
    browser, session, county, chosen, words
):
    page = browser.submit("/settings/notice-types/entry/rectify", 422, template_code=chosen)

    assert words in page.text
    assert in_force(session, county, "rectify", model=NoticeType).template_code == "rectify"


def test_a_code_in_use_is_refused(browser):
    page = browser.submit(
        "/settings/violation-types/new",
        422,
        code="fees",
        name="收费",
        category="收费",
        severity="minor",
    )

    assert "已有代码为“fees”的条目" in page.text


def test_a_close_reason_keeps_what_the_public_list_says(browser, session, county):
    browser.submit("/settings/close-reasons/entry/licensed", name="已补办证照")

    reason = in_force(session, county, "licensed", model=CloseReason)
    assert (reason.name, reason.public_status, reason.direct) == ("已补办证照", "rectified", True)


def test_questions_are_edited_as_rows(browser, session, county):
    before = in_force(session, county, "spot_check", model=Checklist).items
    last = len(before)

    browser.submit(
        "/settings/checklists/entry/spot_check",
        text_0="",
        text_1="培训内容与许可一致",
        **{f"text_{last}": "防火巡查记录完整", f"section_{last}": "安全与场所"},
    )

    after = in_force(session, county, "spot_check", model=Checklist).items
    assert [item["code"] for item in after] == [
        *(item["code"] for item in before[1:]), "own_1",
    ]  # fmt: skip
    assert after[0]["text"] == "培训内容与许可一致"
    assert after[-1]["section"] == "安全与场所"


def test_a_question_keeps_its_code_though_somebody_took_one_out_meanwhile(browser, session, county):
    url = "/settings/checklists/entry/spot_check"
    codes = {
        item["text"]: item["code"]
        for item in in_force(session, county, "spot_check", model=Checklist).items
    }
    stale = filled_in(browser.get(url).soup.select_one("main form[method=post]"))
    browser.submit(url, text_0="")

    page = browser.post(url, data=stale | {"name": "抽查"}, status=409)
    browser.post(url, data=filled_in(page.soup.select_one("main form[method=post]")))

    after = in_force(session, county, "spot_check", model=Checklist).items
    first, *others = after
    assert [one["text"] for one in after] == list(codes)
    assert [one["code"] for one in others] == [codes[one["text"]] for one in others]
    assert first["code"] == "own_1"


def test_ending_our_version_is_asked_about_and_then_done(client_as, session, county, at):
    officer = county.officer(Role.ADMINISTRATOR)
    client_as(officer).submit("/settings/limits/entry/verify", length="5")
    at(date(2026, 10, 20))

    page = client_as(officer).submit("/settings/limits/entry/verify/end")

    assert "本局条目已停用" in page.text
    assert in_force(session, county, "verify", model=Limit).length == 7


def test_a_shipped_entry_has_no_page_to_end_it(browser):
    assert browser.get("/settings/limits/entry/verify/end", status=404)


@pytest.mark.parametrize(
    "url", ["/settings/nothing", "/settings/kinds/entry/nothing", "/settings/limits/new"]
)
def test_what_is_not_there_is_not_found(browser, url):
    assert browser.get(url, status=404)


def test_the_remedies_are_edited_and_the_history_says_so(browser, session, county):
    browser.submit("/settings/authority", hotline="0990-7654321", remedies="可以依法申请行政复议。")

    session.refresh(county.authority)
    [event] = history.history(session, county.authority)
    assert county.authority.remedies == "可以依法申请行政复议。"
    assert set(event.changes) == {"hotline", "remedies"}
    assert "0990-7654321" in browser.get("/settings/authority").text
