"""Styles and scripts are kept by browsers for a year; when one changes, it is found anew."""

import gzip

import pytest

from tests.factories import ledger
from training_oversight.web import assets


@pytest.fixture
def page(client_as, county):
    return client_as(ledger.inspector(county)).get("/items")


def addresses(page):
    styles = [link["href"] for link in page.soup.select("link[rel=stylesheet]")]
    scripts = [one["src"] for one in page.soup.select("script[src]")]
    ahead = [link["href"] for link in page.soup.select("link[rel=modulepreload]")]
    return styles, scripts, ahead


def test_a_page_asks_for_one_sheet_and_names_its_scripts_ahead(page):
    styles, scripts, ahead = addresses(page)

    assert [one.rpartition("/")[2] for one in styles] == ["desk.css"]
    assert [one.rpartition("/")[2] for one in scripts] == ["main.js"]
    assert len(ahead) == len(assets.scripts()) > 5


def test_what_a_page_asks_for_is_kept_for_a_year(page, app):
    browser = app.test_client()
    styles, scripts, ahead = addresses(page)

    for address in [*styles, *scripts, *ahead]:
        answer = browser.get(address)
        assert answer.status_code == 200
        assert answer.cache_control.max_age == assets.YEAR
        assert answer.cache_control.immutable
        assert assets.release() in address


@pytest.mark.parametrize("name", ["css/desk.css", "js/main.js"])
@pytest.mark.parametrize("before", ["", "0123456789abcdef/"])
def test_an_address_of_another_release_gets_the_present_file_and_is_not_kept(app, name, before):
    answer = app.test_client().get(f"/static/{before}{name}")

    assert answer.data == assets.content(name)
    assert answer.cache_control.no_cache
    assert answer.cache_control.max_age is None


@pytest.mark.parametrize("name", ["css/nothing.css", "../app.py", "css/", "%2e%2e/app.py"])
def test_nothing_but_the_files_of_the_folder_is_served(app, name):
    assert app.test_client().get(f"/static/{assets.release()}/{name}").status_code == 404


def test_a_changed_file_has_another_address(tmp_path, monkeypatch):
    (tmp_path / "a.css").write_text("a {}")
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    before = assets.release.__wrapped__()

    (tmp_path / "a.css").write_text("a { color: #000000 }")

    assert assets.release.__wrapped__() != before


def test_pages_and_sheets_are_sent_compressed(page, app, client_as, county):
    browser = client_as(ledger.inspector(county)).http
    plain = browser.get("/items").data

    small = browser.get("/items", headers={"Accept-Encoding": "gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(gzip.decompress(small.data)) == pytest.approx(len(plain), rel=0.02)
    assert len(small.data) < len(plain) / 3


def test_every_shape_that_a_row_points_to_stands_on_its_page_once(page):
    drawn = {use["href"].removeprefix("#") for use in page.soup.select("svg.icon use")}
    shapes = [one["id"] for one in page.soup.select("symbol")]

    assert drawn <= set(shapes)
    assert len(shapes) == len(set(shapes)) == 9
