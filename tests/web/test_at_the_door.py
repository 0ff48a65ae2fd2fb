"""By which name, over which proxy and from which page somebody comes."""

from dataclasses import replace

import flask
import pytest

from tests.pages import Browser
from training_oversight.app import create_app


@pytest.fixture
def served(settings, session):
    """The application of an installation that differs in the settings given."""

    def make(**differing):
        made = create_app(replace(settings, **differing))
        made.testing = True
        return made

    return make


@pytest.mark.parametrize("https_only", [True, False])
def test_browsers_are_told_to_stay_with_https_where_every_page_comes_over_it(served, https_only):
    answer = served(https_only=https_only).test_client().get("/sign-in")

    assert ("max-age=31536000" in answer.headers.get("Strict-Transport-Security", "")) is https_only


@pytest.mark.parametrize("url", ["//desk", "/desk//", "/institutions//new", "///sign-in", "", "//"])
def test_a_doubled_slash_leads_to_no_host_that_the_question_named(app, session, url):
    answer = app.test_client().get(
        base_url="http://evil.example", environ_overrides={"PATH_INFO": url}
    )

    assert "evil.example" not in answer.headers.get("Location", "")
    assert not answer.headers.get("Location", "/").startswith("//")


@pytest.mark.parametrize(("name", "status"), [("jy.example.cn", 200), ("evil.example", 421)])
def test_a_site_answers_only_to_its_names(served, name, status):
    client = served(hosts=("jy.example.cn",)).test_client()

    answer = client.get("/sign-in", base_url=f"http://{name}")

    assert answer.status_code == status
    assert status == 200 or answer.text.startswith("本系统")


def test_without_names_it_answers_to_any(app, session):
    assert app.test_client().get("/sign-in", base_url="http://10.1.2.3").status_code == 200


@pytest.mark.parametrize("name", ["x" * 3000, "a." * 400, "a b", "ex/ample", "[", "\xff"])
def test_a_name_that_is_none_is_a_sentence(app, session, name):
    answer = app.test_client().get("/sign-in", headers={"Host": name})

    assert answer.status_code < 500


@pytest.mark.parametrize("referer", [{}, {"Referer": "https://jy.example.cn/sign-in"}])
def test_a_form_counts_by_its_token_behind_a_proxy_whatever_the_browser_leaves_out(
    served, county, referer
):
    browser = Browser(served(proxies=1), county.officer())
    behind = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.3.2.1", **referer}

    answer = browser.post("/sign-out", follow=False, headers=behind)

    assert answer.status_code == 302


def test_a_form_that_another_site_sends_is_refused_and_says_so(client_as, county):
    browser = client_as(county.officer())

    answer = browser.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}, status=400)

    assert "其他网站" in answer.text
    browser.get("/account", status=200)


@pytest.mark.parametrize(
    ("proxies", "told"),
    [(0, "127.0.0.1 http"), (1, "10.3.2.1 https"), (2, "203.0.113.9 https")],
)
def test_who_asked_is_believed_of_as_many_proxies_as_there_are(served, proxies, told):
    app = served(proxies=proxies)
    headers = {"X-Forwarded-For": "203.0.113.9, 10.3.2.1", "X-Forwarded-Proto": "https, https"}
    with app.test_client() as client:
        client.get("/healthz", headers=headers)
        found = f"{flask.request.remote_addr} {flask.request.scheme}"

    assert found == told
