"""Every kind of bad input that counties send, through the pages that they send it to.

Each time: a clear sentence in Chinese, the right status, nothing lost of what was typed,
and nothing doubled or half saved in the tables. What the services below answer is tested
beside them.
"""

import io

import pytest

from tests.factories import enforcement, ledger, notices, registry
from tests.factories.lists import uscc
from tests.factories.uploads import heavy_photo, huge_png
from tests.journeys.answers import readable, refusal, rows, somewhere
from tests.journeys.forms_with_files import WITH_FILES
from tests.pages import filled_in
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.files.models import Attachment
from training_oversight.inspections.models import Visit
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NoticeState
from training_oversight.registry.models import Institution


def events(session, verb):
    return rows(session, Event, Event.verb == verb)


def typed(answer, name):
    control = answer.soup.select_one(f"[name={name}]")
    return control.text.strip() if control.name == "textarea" else control["value"]


def opened(browser, url):
    """The form of a page as it stands, to be sent later or twice."""
    return filled_in(browser.get(url).soup.select_one("main form[method=post]"))


@pytest.mark.parametrize("code", ["91990101MA00000010", "9199O101", "12"])
def test_a_wrong_credit_code(client_as, county, session, code):
    page = client_as(county.officer()).submit(
        "/institutions/new", 422, name="星屿艺术培训中心", uscc=code, address="文澜路118号"
    )

    assert "信用代码" in refusal(page)
    assert (typed(page, "name"), typed(page, "uscc")) == ("星屿艺术培训中心", code)
    assert typed(page, "address") == "文澜路118号"
    assert rows(session, Institution) == 0


@pytest.mark.parametrize("compared", [False, True])
def test_a_credit_code_that_another_institution_has(client_as, county, session, compared):
    registry.institution(county, name="墨耕书法", uscc=uscc(1))
    answers = somewhere(county) | ({"not_the_same": "y"} if compared else {})

    page = client_as(county.officer()).submit(
        "/institutions/new", 422, name="星屿艺术培训中心", uscc=uscc(1), **answers
    )

    assert ("信用代码" if compared else "可能已经登记过") in refusal(page)
    assert "墨耕书法" in page.soup.select_one("main").text
    assert typed(page, "name") == "星屿艺术培训中心"
    assert rows(session, Institution) == 1


# Two people, two presses, two tabs


def test_two_officers_approve_the_same_notice(client_as, county, session):
    notice = notices.submitted(county)
    url = f"/notices/{notice.id}/approve"
    first, second = (client_as(county.officer(Role.SECTION_HEAD)) for _ in range(2))
    forms = [opened(browser, url) for browser in (first, second)]

    first.post(url, forms[0], status=200)
    late = second.post(url, forms[1], status=409)

    readable(late.soup.select_one("main").text)
    assert events(session, "notice.approve") == 1
    assert rows(session, Notice, Notice.number.is_not(None)) == 1


@pytest.mark.parametrize("times", [2, 3])
def test_a_form_sent_again(client_as, county, session, times):
    browser = client_as(county.officer())
    url = "/institutions/new"
    form = opened(browser, url) | {"name": "星屿艺术培训中心"} | somewhere(county)

    answers = [browser.post(url, form, status=200) for _ in range(times)]

    assert rows(session, Institution) == 1
    assert "没有重复" in readable(answers[-1].soup.select_one(".notice").text)
    said = [[readable(one.text) for one in answer.soup.select(".notice")] for answer in answers]
    assert said[1][1:] == said[0]
    assert len({answer.request.path for answer in answers}) == 1


def test_a_form_that_was_opened_before_somebody_elses_change(client_as, county, session):
    place = registry.institution(county, name="星屿艺术")
    url = f"/institutions/{place.id}/edit"
    early, late = (client_as(county.officer()) for _ in range(2))
    stale = opened(late, url) | {"note": "门口已贴告知书"}

    early.submit(url, address="南塘街3号")
    page = late.post(url, stale, status=409)

    assert "改过这条记录" in refusal(page)
    assert "办学地址（文澜街道文澜路1号 → 南塘街3号）" in refusal(page)
    assert typed(page, "note") == "门口已贴告知书"
    session.expire_all()
    assert (place.note or "", place.main_venue.address) == ("", "南塘街3号")
    assert events(session, "venue.changed") == 1


# What cannot have happened


def test_a_notice_served_before_it_was_approved(client_as, county, session):
    notice = notices.submitted(county)

    page = client_as(county.officer()).get(f"/notices/{notice.id}/serve", status=409)

    assert "待审" in readable(page.soup.select_one("main").text)
    assert notice.state is NoticeState.SUBMITTED
    assert events(session, "notice.serve") == 0


def test_a_service_dated_before_the_approval(client_as, county):
    notice = notices.approved(county)

    page = client_as(county.officer()).submit(
        f"/notices/{notice.id}/serve", 422,
        attempted_on="2026-10-14", method="direct", place="文澜街道东街1号", received_by="许芸",
        receiver_role="负责人",
    )  # fmt: skip

    assert "不能早于" in refusal(page)
    assert typed(page, "received_by") == "许芸"
    assert notice.state is NoticeState.APPROVED


@pytest.mark.parametrize("day", ["2026-10-16", "2027.1.1", "2026年12月31日"])
@pytest.mark.parametrize("form", ["visit", "service", "report", "convening", "licence"])
def test_a_day_in_the_future(client_as, county, session, form, day):
    url, field, answers, words = FUTURE[form](county)
    officer = county.officer(Role.SECTION_HEAD)
    before = rows(session, Event)

    page = client_as(officer).submit(url, 422, **(answers | {field: day, words: "照此保留"}))

    assert "不能晚于" in refusal(page)
    assert page.soup.select_one(f"#{field}-error")
    assert (typed(page, field), typed(page, words)) == (day, "照此保留")
    assert rows(session, Event) == before + 1  # the signing in


FUTURE = {
    "visit": lambda county: (
        f"/visits/new/entered?institution={registry.institution(county).id}",
        "happened_at",
        {
            "happened_time": "14:30",
            "unanswered_reason": "负责人不在场",
            "kind": "routine",
            "officers": [str(county.officer().id)],
        },
        "purpose",
    ),
    "service": lambda county: (
        f"/notices/{notices.approved(county).id}/serve",
        "attempted_on",
        {"method": "direct", "place": "文澜街道东街1号", "receiver_role": "负责人"},
        "received_by",
    ),
    "report": lambda county: (
        f"/items/{ledger.item(county).id}/apply",
        "received_on",
        {},
        "report",
    ),
    "convening": lambda county: (
        f"/cases/{enforcement.raised_case(county).id}/convene",
        "decided_on",
        {"document": "澄双减组批〔2026〕11号"},
        "decided_by",
    ),
    "licence": lambda county: (
        f"/institutions/{registry.institution(county).id}/licences/new",
        "issued_on",
        {"number": "190101700000010", "type": "school"},
        "issuer",
    ),
}


# Photos


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (heavy_photo(30), "大.jpg", 413, "MB"),
        ("这是文字".encode(), "现场.jpg", 422, "不是照片"),
        (huge_png(60_000, 60_000), "巨幅.png", 422, "60000"),
    ],
    ids=["30 MB", "text named .jpg", "huge pixels"],
)
@pytest.mark.parametrize("form", ["visit", "problem", "photos", "service", "report", "task"])
def test_a_photo_that_cannot_be_kept(client_as, county, session, form, data, name, status, words):
    officer, url, field, answers, kept = WITH_FILES[form](county)
    before = rows(session, Visit), rows(session, Event)

    page = client_as(officer).submit(url, status, **answers, **{field: (io.BytesIO(data), name)})
    page.request.environ["wsgi.input"].close()

    assert words in refusal(page)
    assert "name" not in refusal(page)
    if kept:
        assert typed(page, kept) == answers[kept]
    assert rows(session, Attachment) == 0
    assert (rows(session, Visit), rows(session, Event) - 1) == before
