"""A long form whose sign-in ended, or began anew, in another tab keeps what was typed."""

import pytest

from tests.factories import ledger
from tests.pages import filled_in

REPORT = "器材柜已搬走，照片随后补。"


@pytest.fixture
def typed(county, client_as):
    officer = county.officer()
    browser, url = client_as(officer), f"/items/{ledger.item(county).id}/apply"
    form = filled_in(browser.get(url).soup.select_one("main form"))
    return officer, browser, url, form | {"report": REPORT}


def test_signed_out_in_another_tab(typed):
    _officer, browser, url, form = typed
    browser.http.delete_cookie("session")

    answer = browser.http.post(url, data=form)

    assert answer.status_code == 401
    assert "请重新登录" in answer.text


def test_out_and_in_again_in_another_tab(typed, client_as):
    officer, _browser, url, form = typed
    anew = client_as(officer)

    answer = anew.http.post(url, data=form)

    assert answer.status_code == 400
    assert REPORT in answer.text
    assert "尚未保存" in answer.text


def test_another_site_still_sends_nothing(typed, client_as):
    _officer, browser, url, form = typed

    answer = browser.http.post(url, data=form, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 400
    assert REPORT not in answer.text
