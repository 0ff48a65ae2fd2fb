"""The map of institutions: the same set as the list, and a list of places without script."""

import json

import pytest

from tests.factories import ledger
from tests.factories.county import County
from tests.factories.registry import (
    closed,
    confirmed,
    institution,
    licensed_institution,
    listed,
    names,
)
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import service as catalogue
from training_oversight.maps.views import mapping
from training_oversight.places import Datum, Position, distance, from_wgs84, outline
from training_oversight.registry.models import PositionSource, Premises

SQUARE = [[102.8, 24.5], [103.0, 24.5], [103.0, 24.8], [102.8, 24.8], [102.8, 24.5]]


def at(county, latitude=24.67, longitude=102.91, **values):
    return institution(county, latitude=latitude, longitude=longitude, **values)


def points(browser, **args):
    answer = browser.get("/institutions/map/points", query_string=args)
    return json.loads(answer.text)["points"]


def set_tiles(county, **values):
    usual = {"address": "https://tiles.example.cn/{z}/{x}/{y}.png", "approval": "GS(2024)1号"}
    officer = county.officer(Role.ADMINISTRATOR)
    with database.transaction() as session:
        catalogue.set_tiles(session, maps.Tiles(**(usual | values)), by=officer, version=None)


def set_outline(county):
    officer = county.officer(Role.ADMINISTRATOR)
    with database.transaction() as session:
        catalogue.set_outline(
            session,
            outline.Outline([[SQUARE]]),
            name="澄江.geojson",
            approval="云S(2025)1号",
            by=officer,
            version=None,
        )


def test_the_list_and_the_map_lead_to_each_other_with_the_same_filters(county, inspector):
    institution(county)

    listed = inspector.get("/institutions?kind=arts&view=all&at=x")
    there = listed.soup.find("a", string="地图")["href"]
    back = inspector.get(there).soup.find("a", string="列表")["href"]

    assert there == "/institutions/map?kind=arts&view=all"
    assert back == "/institutions?kind=arts&view=all"


def test_without_script_the_map_is_a_list_of_places(county, inspector):
    at(county, name="有位置", address="文澜路1号", position_source=PositionSource.DEVICE,
       position_accuracy=15)  # fmt: skip
    bare = institution(county, name="没有位置", address="文澜路2号")

    page = inspector.get("/institutions/map")

    assert names(page) == ["没有位置", "有位置"]
    rows = {row.select_one("a.first").text: row.text for row in page.soup.select("tbody tr")}
    assert "文澜路1号" in rows["有位置"]
    assert "误差约15米" in rows["有位置"]
    add = page.soup.find("a", string="补录位置")
    assert add["href"] == f"/institutions/{bare.id}/position"
    assert "没有位置" in add["aria-label"]


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("", ["无位置", "有位置"]),
        ("yes", ["有位置"]),
        ("no", ["无位置"]),
        ("x", ["无位置", "有位置"]),
    ],
)
def test_those_with_and_those_without_a_position_are_parts_of_the_list(
    county, inspector, part, found
):
    at(county, name="有位置")
    institution(county, name="无位置")

    page = inspector.get(f"/institutions/map?position={part}")

    assert names(page) == found
    counts = [tab.text for tab in page.soup.select('nav[aria-label="位置"] .count')]
    assert counts == ["2", "1", "1"]


def test_the_points_are_the_same_filtered_set_in_the_officers_scope(session, county, inspector):
    at(county, name="艺术")
    at(county, name="体育", kind_code="sports")
    institution(county, name="没有位置")
    closed(at(county, name="已关停"), county)
    at(County(session, code="990202", name="云汀县"), name="别县")

    assert [one["name"] for one in points(inspector)] == ["体育", "艺术"]
    assert [one["name"] for one in points(inspector, kind="sports")] == ["体育"]
    assert [one["name"] for one in points(inspector, view="closed")] == ["已关停"]


def test_every_filter_of_the_list_finds_the_same_institutions_on_the_map(county, inspector):
    at(county, name="齐全", officer_in_charge_id=county.officer().id, phone="13800000001")
    at(county, name="无乡镇", division=county.division, premises=Premises.SHOP)
    page = inspector.get("/institutions/map").soup
    asked = [
        *(
            (box.find_parent("select")["name"], box["value"])
            for box in page.select("option[value]")
        ),
        *((box["name"], box["value"]) for box in page.select("form.filters input[type=checkbox]")),
        ("gap", "any"),
    ]

    differing = [
        (name, value)
        for name, value in asked
        if {one["name"] for one in points(inspector, view="all", **{name: value})}
        != set(listed(inspector, view="all", **{name: value}))
    ]

    assert {"gap", "premises", "township"} <= {name for name, _ in asked}
    assert differing == []


def test_a_point_says_nothing_about_persons(county, inspector):
    at(county, name="星屿艺术", phone="13809907777", responsible_person="许芸", landlord="房东甲",
       address="文澜路1号3栋501室")  # fmt: skip

    (point,) = points(inspector)

    assert set(point) == {"id", "name", "about", "marks", "flags", "lat", "lng"}
    for secret in ("13809907777", "许芸", "房东甲", "501"):
        assert secret not in json.dumps(point, ensure_ascii=False)


def test_marks_say_the_state_and_the_permit_in_words_with_shapes(county, inspector):
    confirmed(county, at(county, name="无证机构"))
    at(county, name="未登记机构")
    licensed = licensed_institution(county, name="有证机构", latitude=24.6, longitude=102.9)
    closed(at(county, name="关停机构"), county)

    marks = {one["name"]: one["marks"] for one in points(inspector, view="all")}
    legend = inspector.get("/institutions/map").soup.select(".map-legend [data-mark]")

    assert marks == {
        "无证机构": ["unlicensed"],
        licensed.name: ["licensed"],
        "未登记机构": ["unrecorded"],
        "关停机构": ["closed", "unrecorded"],
    }
    words = {one["data-mark"]: one.text.strip() for one in legend}
    assert {mark for each in marks.values() for mark in each} <= set(words)
    assert len(set(words.values())) == len(words)
    assert all(one.select_one("svg") for one in legend)


def test_a_point_says_that_problems_are_open(county, inspector):
    item = ledger.item(county, at(county, name="有问题"))
    at(county, name="没有问题")

    flags = {one["id"]: one["flags"] for one in points(inspector)}

    assert flags.pop(item.institution_id) == ["有未销号问题"]
    assert list(flags.values()) == [[]]


def test_more_points_than_a_map_can_hold_are_said_so(county, inspector, monkeypatch):
    monkeypatch.setattr(mapping, "MOST_POINTS", 2)
    for _ in range(3):
        at(county)

    assert len(points(inspector)) == 2
    page = inspector.get("/institutions/map")
    assert "只显示前2个点位，共3个" in page.text


def test_on_the_ground_of_amap_points_stand_where_amap_has_them(county, inspector):
    set_tiles(county, datum=Datum.GCJ02)
    at(county)

    (point,) = points(inspector)

    expected = from_wgs84(Position(24.67, 102.91), Datum.GCJ02)
    assert (point["lat"], point["lng"]) == (
        round(expected.latitude, 6), round(expected.longitude, 6),
    )  # fmt: skip
    assert distance(Position(point["lat"], point["lng"]), Position(24.67, 102.91)) > 100


def test_nothing_is_fetched_from_outside_until_the_county_has_set_a_ground(county, inspector):
    before = inspector.get("/institutions/map")
    set_tiles(county, labels="https://names.example.cn:8443/{z}/{x}/{y}.png")
    after = inspector.get("/institutions/map")

    assert "example.cn" not in before.headers["Content-Security-Policy"]
    policy = after.headers["Content-Security-Policy"]
    images = next(rule for rule in policy.split("; ") if rule.startswith("img-src"))
    assert images.endswith("https://names.example.cn:8443 https://tiles.example.cn")
    assert "example.cn" not in policy.replace(images, "")
    for other in ("/institutions", "/desk", "/institutions/map/points"):
        assert "example.cn" not in inspector.get(other).headers["Content-Security-Policy"]


def test_the_approval_numbers_stand_on_the_map(county, inspector):
    set_tiles(county)
    set_outline(county)

    frame = inspector.get("/institutions/map").soup.select_one("[data-map]")

    assert frame["data-approvals"] == "审图号：云S(2025)1号、GS(2024)1号"
    assert frame["data-outline"] == "/institutions/map/outline"


def test_the_outline_is_for_who_may_see_the_register(client_as, session, county, inspector):
    inspector.get("/institutions/map/outline", status=404)
    set_outline(county)

    found = json.loads(inspector.get("/institutions/map/outline").text)

    assert found == {"type": "MultiPolygon", "coordinates": [[SQUARE]]}
    client_as(county.officer(Role.LIAISON)).get("/institutions/map/outline", status=403)
    other = County(session, code="990202", name="云汀县")
    client_as(other.officer()).get("/institutions/map/outline", status=404)


@pytest.mark.parametrize(
    "query",
    ["endpoint=x", "_external=1", "_scheme=ftp", "_method=POST", "_anchor=x", "datum=x&near=1,1",
     "at=%00", "kind=%FF", "township=x&township=99999999999"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/institutions/map", "/institutions", "/institutions/map/points"])
def test_no_address_is_a_fault(county, inspector, path, query):
    assert inspector.get(f"{path}?{query}").status_code == 200


def test_many_institutions_cost_no_more_queries_than_one(county, inspector, queries_of):
    def cost(url):
        with queries_of() as sent:
            inspector.get(url)
        return len(sent)

    at(county)
    urls = ["/institutions/map", "/institutions/map/points", "/institutions/map?near=24.67,102.91"]
    before = [cost(url) for url in urls]
    for _ in range(25):
        licensed_institution(county, latitude=24.67, longitude=102.91)

    after = [cost(url) for url in urls]
    # The circle stops growing once it holds enough.
    assert all(late <= early for late, early in zip(after, before, strict=True)), (before, after)


def test_who_may_not_see_the_register_has_no_map(client_as, county):
    for path in ("", "/points", "/outline"):
        client_as(county.officer(Role.LIAISON)).get(f"/institutions/map{path}", status=403)
