"""Whether a county rewards reports: its own setting, and nothing until it has said so."""

import pytest

from tests.factories import rewards
from training_oversight.accounts.permissions import Role
from training_oversight.complaints.kinds import ComplaintKind
from training_oversight.rewards import rules
from training_oversight.rewards.rules import RewardRules

URL = "/rewards/rules"


def kept(county):
    county.session.expire_all()
    return rules.of(county.session, county.authority.id)


def test_nothing_is_shipped(county):
    assert kept(county) is None


def test_what_the_county_sets_is_kept_and_said(county, client_as):
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    browser.submit(URL, rewarded="yes", kinds=["report"], most="1,000元", days="60")

    assert kept(county) == RewardRules([ComplaintKind.REPORT], 100_000, 60)
    assert "每项最高1,000元" in browser.get(URL).text


def test_it_can_be_ended_and_the_page_says_what_was(county, client_as):
    rewards.ruled(county)
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    browser.submit(URL, rewarded="no")

    assert kept(county) is None
    page = browser.get(URL)
    assert "不奖励举报" in page.text
    assert page.soup.select_one("ol.timeline")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kinds": []}, "请至少勾选一种类型"),
        ({"most": ""}, "请填写每项奖励的最高金额"),
        ({"most": "0"}, "请填写每项奖励的最高金额"),
        ({"most": "很多"}, "不是金额"),
        ({"days": "0"}, "请用数字填写天数"),
        ({"days": "两个月"}, "请用数字填写天数"),
        ({"days": "99999999"}, "请用数字填写天数"),
    ],
)
def test_what_makes_no_rule_is_refused_and_stays_typed(county, client_as, given, sentence):
    wanted = {"rewarded": "yes", "kinds": ["report"], "most": "1000", "days": "60"} | given

    page = client_as(county.officer(Role.ADMINISTRATOR)).submit(URL, status=422, **wanted)

    assert sentence in page.soup.main.text
    assert page.soup.select_one("[name=days]")["value"] == wanted["days"]
    assert kept(county) is None


def test_it_does_not_lapse_where_no_days_are_set(county, client_as):
    browser = client_as(county.officer(Role.ADMINISTRATOR))

    browser.submit(URL, rewarded="yes", kinds=["report"], most="1000", days="")

    assert kept(county).days is None


def test_a_second_tab_that_has_not_seen_it_is_refused(county, client_as):
    browser = client_as(county.officer(Role.ADMINISTRATOR))
    browser.submit(URL, rewarded="yes", kinds=["report"], most="1000", days="")

    stale = {"rewarded": "no", "version": "0", "csrf_token": browser.token(), "once": "x" * 24}
    answer = browser.http.post(URL, data=stale)

    assert answer.status_code == 409
    assert kept(county) is not None
