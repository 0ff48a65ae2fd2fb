"""A long form whose sign-in ended, or began anew, in another tab keeps what was typed."""

import pytest

from tests.factories import ledger
from tests.pages import filled_in

REPORT = "器材柜已搬走，照片随后补。"
HERE = [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}]
ELSEWHERE = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://elsewhere.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]


@pytest.fixture
def typed(county, client_as):
    officer = county.officer()
    browser, url = client_as(officer), f"/items/{ledger.item(county).id}/apply"
    form = filled_in(browser.get(url).soup.select_one("main form"))
    return officer, browser, url, form | {"report": REPORT}


@pytest.mark.parametrize("headers", HERE)
def test_signed_out_in_another_tab(typed, headers):
    _officer, browser, url, form = typed
    browser.http.delete_cookie("session")

    answer = browser.http.post(url, data=form, headers=headers)

    assert answer.status_code == 401
    assert "请重新登录" in answer.text
    assert REPORT.encode("unicode_escape").decode() in answer.text.replace("&#34;", '"')


@pytest.mark.parametrize("headers", HERE)
def test_out_and_in_again_in_another_tab(typed, client_as, headers):
    officer, _browser, url, form = typed

    answer = client_as(officer).http.post(url, data=form, headers=headers)

    assert answer.status_code == 400
    assert REPORT in answer.text
    assert "所以没有保存" in answer.text


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_no_page_of_ours_sent_is_not_kept(typed, client_as, headers, signed_in):
    """A browser sends no cookie along from elsewhere: it looks as if nobody were signed in."""
    officer, browser, url, form = typed
    if signed_in:
        browser = client_as(officer)
    else:
        browser.http.delete_cookie("session")

    answer = browser.http.post(url, data=form, headers=headers)

    assert answer.status_code == 400
    assert "器材柜" not in answer.text
    assert "kept" not in answer.text
