"""What is nearest to a point, beside the map and on it."""

import json

import pytest

from tests.factories.registry import institution, names
from tests.maps.test_map_pages import at
from training_oversight.maps.views import mapping
from training_oversight.places import Datum, Position, from_wgs84


def test_the_nearest_are_on_a_map_that_cannot_hold_all(county, inspector, monkeypatch):
    monkeypatch.setattr(mapping, "MOST_POINTS", 1)
    at(county, 24.7, 102.9, name="安心托管")
    at(county, 24.67, 102.91, name="张三书法")

    page = inspector.get("/institutions/map?near=24.67,102.91&kind=arts")
    url = page.soup.select_one("[data-map]")["data-points"]
    drawn = json.loads(inspector.get(url).text)["points"]

    assert [one["name"] for one in drawn] == ["张三书法", "安心托管"]
    assert "kind=arts" in url


def test_the_nearest_to_a_point_are_listed_with_their_distance(county, inspector):
    at(county, 24.68, 102.91, name="一公里外")
    at(county, 24.671, 102.91, name="一百米外")
    institution(county, name="没有位置")

    page = inspector.get("/institutions/map?near=24.67,102.91")

    assert names(page) == ["一百米外", "一公里外"]
    assert "相距111米" in page.text
    assert "离24.670000, 102.910000最近的2家" in page.text
    assert page.soup.select_one("#near")["value"] == "24.670000, 102.910000"


def test_a_point_of_another_map_is_asked_for_in_its_own_figures(county, inspector):
    at(county, 24.67, 102.91, name="就在这里")
    shown = from_wgs84(Position(24.67, 102.91), Datum.BD09)

    page = inspector.get(
        "/institutions/map",
        query_string={"near": f"{shown.latitude},{shown.longitude}", "datum": "bd09"},
    )

    assert "相距0米" in page.text


def test_what_is_far_away_is_said_in_kilometres(county, inspector):
    at(county, 24.67, 104.91, name="邻县交界处")

    page = inspector.get("/institutions/map?near=24.67,102.91")

    assert "相距202公里" in page.text


@pytest.mark.parametrize(
    "typed", ["24.67", "文澜路", "102.91, 24.67", "nan, nan", "1e999,1", "9" * 999]
)
def test_a_point_that_is_none_is_a_sentence_and_the_list_stays(county, inspector, typed):
    at(county, name="星屿艺术")

    page = inspector.get("/institutions/map", query_string={"near": typed})

    assert page.soup.select_one(".notice.tone-red")
    assert names(page) == ["星屿艺术"]
    assert page.soup.select_one(".map-list [aria-current]").text.split() == ["全部", "1"]


def test_nothing_near_is_said_with_a_way_on(county, inspector):
    institution(county)

    page = inspector.get("/institutions/map?near=24.67,102.91")

    assert "附近没有机构" in page.text
