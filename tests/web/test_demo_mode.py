"""What is there in demo mode only, and what an installation refuses without."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

import config
from tests.pages import Browser
from training_oversight.accounts.models import Officer
from training_oversight.app import create_app

KEY = "6f1c0b7de2a94835bb02c7e6a1d5f394"


@pytest.fixture
def in_earnest(app, settings, session):
    """The application of a county, as it runs outside demo mode."""
    made = create_app(replace(settings, demo=False))
    made.testing = True
    return made


def test_every_component_stands_on_the_design_page(client_as):
    page = client_as().get("/design", status=200)

    assert len(page.soup.select("main section, main h2")) >= 5


@pytest.mark.parametrize("secret", ["demo-county", "演示数据", "zhoumin"])
def test_a_countys_own_sign_in_page_names_no_demo_sign_ins(in_earnest, client_as, secret):
    page = Browser(in_earnest).get("/sign-in", status=200)

    assert secret not in page.text
    assert secret in client_as().get("/sign-in").text


def test_a_county_has_no_design_page(in_earnest):
    Browser(in_earnest).get("/design", status=404)


@pytest.mark.parametrize("demo", [None, "", "0", "no", "off"])
def test_a_county_without_a_secret_key_is_refused(demo):
    environment = {} if demo is None else {"DEMO": demo}

    with pytest.raises(config.WrongSetting):
        config.read(environment)

    assert config.read(environment | {"SECRET_KEY": KEY}).demo is False


@pytest.mark.parametrize(
    "guessed", ["x", config.DEMO_KEY, "x" * 64, "long but seven", "secret" * 9]
)
def test_a_key_that_can_be_guessed_is_refused_outside_demo_mode(guessed):
    with pytest.raises(config.WrongSetting, match="SECRET_KEY can be guessed"):
        config.read({"SECRET_KEY": guessed})

    assert config.read({"SECRET_KEY": guessed, "DEMO": "1"}).secret_key == guessed


@pytest.mark.parametrize("https_only", [None, "1"])
def test_the_session_cookie_is_kept_from_scripts_and_other_sites(settings, session, https_only):
    environment = {"SECRET_KEY": KEY, "DATABASE_URL": settings.database_url}
    environment |= {"HTTPS_ONLY": https_only} if https_only else {}
    app = create_app(config.read(environment))
    client = app.test_client()

    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is (https_only == "1")


def test_the_demo_county_is_not_loaded_where_a_county_works(in_earnest, session):
    before = session.scalar(sa.select(sa.func.count()).select_from(Officer))

    answer = in_earnest.test_cli_runner().invoke(args=["demo", "load"])

    assert answer.exit_code not in (0, None)
    assert "DEMO=1" in answer.stderr
    assert "demo-county" not in answer.output
    assert session.scalar(sa.select(sa.func.count()).select_from(Officer)) == before
