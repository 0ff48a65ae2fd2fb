"""The settings of the map: what they allow, what they keep to themselves, who may change them."""

import io
import json

import pytest
import sqlalchemy as sa

from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit.models import Event
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import queries, service
from training_oversight.catalogue.models import Setting
from training_oversight.errors import BadInput, StaleForm
from training_oversight.places import Datum
from training_oversight.places.geocoding import Geocoding, GeocodingService

ADDRESS = "https://t0.tianditu.gov.cn/vec_w/wmts?x={x}&y={y}&z={z}&tk=browser-key"
SQUARE = [[102.8, 24.5], [103.0, 24.5], [103.0, 24.8], [102.8, 24.8], [102.8, 24.5]]
KEY = "s3cret-server-key"


@pytest.fixture
def officer(county):
    return county.officer(Role.ADMINISTRATOR)


@pytest.fixture
def browser(client_as, officer):
    return client_as(officer)


@pytest.fixture
def known(session, county):
    return lambda: queries.map_settings(session, authority_id=county.authority.id)


def outline_file(ring=SQUARE, name="澄江.geojson"):
    content = json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()
    return (io.BytesIO(content), name)


def history(session, code):
    """The events of a setting, oldest first."""
    setting = session.scalars(sa.select(Setting).where(Setting.code == code)).one()
    return session.scalars(
        sa.select(Event)
        .where(Event.subject_kind == "setting", Event.subject_id == setting.id)
        .order_by(Event.sequence)
    ).all()


def test_nothing_is_set_and_nothing_is_fetched_until_the_county_says_so(browser, known):
    page = browser.get("/settings/map")

    assert known() == maps.MapSettings()
    assert "空白底图" in page.text
    assert "不附带任何行政区域界线" in page.text
    assert "地址不发往外部" in page.text


def test_an_inspector_may_not_change_the_map(client_as, county):
    browser = client_as(county.officer())

    for page in ("", "/tiles", "/outline", "/outline/remove", "/geocoder"):
        browser.get(f"/settings/map{page}", status=403)


def test_the_index_of_the_settings_leads_to_the_map(browser):
    assert browser.get("/settings").soup.select_one('main a[href="/settings/map"]')


def test_a_ground_is_kept_with_its_source_and_its_approval_number(browser, known, session):
    page = browser.submit(
        "/settings/map/tiles",
        address=ADDRESS,
        labels=ADDRESS.replace("vec", "cva"),
        attribution="天地图",
        approval="GS(2024)0568号",
    )

    assert "GS(2024)0568号" in page.text
    assert known().tiles == maps.Tiles(
        address=ADDRESS,
        labels=ADDRESS.replace("vec", "cva"),
        datum=Datum.WGS84,
        attribution="天地图",
        approval="GS(2024)0568号",
    )
    assert known().tiles.origins == ["https://t0.tianditu.gov.cn"]
    assert [event.verb for event in history(session, maps.TILES)] == ["setting.tiles"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://tiles.example.cn/{z}/{x}.png", "各出现一次"),
        ("https://tiles.example.cn/{z}/{x}/{y}/{y}.png", "各出现一次"),
        ("https://{s}.example.cn/{z}/{x}/{y}.png", "{s}"),
        ("ftp://tiles.example.cn/{z}/{x}/{y}.png", "https://"),
        ("javascript:alert(1)//{z}{x}{y}", "https://"),
        ("//tiles.example.cn/{z}/{x}/{y}.png", "https://"),
        ("https://user:pass@tiles.example.cn/{z}/{x}/{y}.png", "https://"),
        ("https://*/{z}/{x}/{y}.png", "https://"),
        ("https://tiles.example.cn; script-src */{z}/{x}/{y}", "https://"),
        ("https://tiles.example.cn:99999999/{z}/{x}/{y}", "https://"),
        ("https://[tiles/{z}/{x}/{y}", "https://"),
        ("https://tiles.example.cn/{z}/{x}/{y} .png", "不能使用的字符"),
        ('https://tiles.example.cn/{z}/{x}/{y}".png', "不能使用的字符"),
        ("https://tiles.example.cn/{z}/{x}/{y}/{key}", "不能使用的字符"),
    ],
)
def test_an_address_that_would_not_show_a_map_is_refused(browser, known, address, words):
    page = browser.submit(
        "/settings/map/tiles", status=422, address=address, approval="GS(2024)0568号"
    )

    assert words in page.soup.select_one(".error-summary").text
    assert known().tiles is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"address": ADDRESS, "approval": ""}, "请填写审图号"),
        ({"address": "", "labels": ADDRESS}, "请先填写瓦片地址"),
        ({"address": ADDRESS, "approval": "x", "datum": "bd09"}, "请从给出的选项中选择"),
    ],
)
def test_a_ground_without_its_papers_or_of_the_wrong_cut_is_refused(browser, known, typed, words):
    page = browser.submit("/settings/map/tiles", status=422, **typed)

    assert words in page.soup.select_one(".error-summary").text
    assert known().tiles is None


def test_emptying_the_address_brings_the_plain_ground_back(browser, known):
    browser.submit("/settings/map/tiles", address=ADDRESS, approval="GS(2024)0568号")

    browser.submit("/settings/map/tiles", address="")

    assert known().tiles is None
    assert "空白底图" in browser.get("/settings/map").text


def test_an_outline_is_kept_in_wgs_84_and_its_history_without_the_points(
    browser, known, session, county
):
    page = browser.submit(
        "/settings/map/outline", outline=outline_file(), datum="gcj02", approval="云S(2025)12号"
    )

    assert "1个面，5个点" in page.text
    note = known().outline
    assert (note.name, note.approval, note.surfaces, note.points) == (
        "澄江.geojson", "云S(2025)12号", 1, 5,
    )  # fmt: skip
    shape = queries.outline_shape(session, authority_id=county.authority.id)
    assert shape["coordinates"][0][0][0] != SQUARE[0]
    assert abs(shape["coordinates"][0][0][0][0] - SQUARE[0][0]) < 0.01
    (event,) = history(session, maps.OUTLINE)
    assert event.changes["value"][1]["sha256"] == note.sha256
    assert "coordinates" not in json.dumps(event.changes)


def test_a_file_that_is_no_outline_comes_back_with_the_reason_beside_it(browser, known):
    page = browser.submit(
        "/settings/map/outline",
        status=422,
        outline=(io.BytesIO(b"PK"), "outline.shp"),
        approval="云S(2025)12号",
    )

    assert "不是GeoJSON" in page.soup.select_one(".error-summary").text
    assert page.soup.select_one("#outline-error, [id*=outline]")
    assert known().outline is None


def test_words_instead_of_the_file_are_no_fault(browser, known):
    page = browser.submit("/settings/map/outline", status=422, outline="澄江", approval="云S1号")

    assert "GeoJSON" in page.soup.select_one(".error-summary").text
    assert known().outline is None


def test_an_outline_needs_its_approval_number(browser, known):
    page = browser.submit("/settings/map/outline", status=422, outline=outline_file(), approval="")

    assert "请填写审图号" in page.text
    assert known().outline is None


def test_an_outline_is_taken_off_the_map_again(browser, known, session, county):
    browser.submit("/settings/map/outline", outline=outline_file(), approval="云S(2025)12号")

    page = browser.submit("/settings/map/outline/remove")

    assert "轮廓已撤下" in page.text
    assert known().outline is None
    assert [event.verb for event in history(session, maps.OUTLINE)] == ["setting.outline"] * 2


def test_the_key_of_the_service_is_kept_and_never_shown(browser, session, county):
    browser.submit("/settings/map/geocoder", service="tianditu", key=KEY, per_second="2")
    browser.submit("/settings/map/geocoder", service="tianditu", key="", per_second="3")

    found = queries.geocoding(session, authority_id=county.authority.id)
    assert found == Geocoding(GeocodingService.TIANDITU, KEY, 3)
    for page in ("/settings/map", "/settings/map/geocoder"):
        assert KEY not in browser.get(page).text
    assert "已保存，不显示" in browser.get("/settings/map").text
    events = history(session, maps.GEOCODER)
    assert len(events) == 2
    assert KEY not in json.dumps([[event.changes, event.facts] for event in events])
    assert events[0].changes["secret"] == ["*", "*"]


def test_a_service_needs_a_key_of_its_own(browser, known):
    page = browser.submit("/settings/map/geocoder", status=422, service="baidu", key="")
    assert "请填写百度地图" in page.soup.select_one(".error-summary").text

    browser.submit("/settings/map/geocoder", service="baidu", key=KEY)
    browser.submit("/settings/map/geocoder", status=422, service="tianditu", key="")

    assert known().geocoder.service is GeocodingService.BAIDU


def test_switching_the_service_off_forgets_its_key(browser, known, session, county):
    browser.submit("/settings/map/geocoder", service="baidu", key=KEY)

    browser.submit("/settings/map/geocoder", service="")

    assert known().geocoder is None
    assert queries.geocoding(session, authority_id=county.authority.id) is None
    setting = session.scalars(sa.select(Setting).where(Setting.code == maps.GEOCODER)).one()
    assert setting.secret is None


@pytest.mark.parametrize("per_second", ["0", "21", "-1", "", "x"])
def test_the_pace_of_questions_has_bounds(browser, known, per_second):
    browser.submit(
        "/settings/map/geocoder", status=422, service="baidu", key=KEY, per_second=per_second
    )

    assert known().geocoder is None


def test_a_form_opened_before_somebody_else_saved_is_refused(officer):
    def save(version, approval="GS(2024)0568号"):
        tiles = maps.Tiles(ADDRESS, approval=approval)
        with database.transaction() as writing:
            service.set_tiles(writing, tiles, by=officer, version=version)

    save(0)
    with pytest.raises(StaleForm):
        save(0)
    save(1, "GS(2025)0001号")
    with pytest.raises(StaleForm):
        save(1)


def test_saving_the_same_again_writes_no_history(browser, session):
    for _ in range(2):
        browser.submit("/settings/map/tiles", address=ADDRESS, approval="GS(2024)0568号")

    assert len(history(session, maps.TILES)) == 1


def test_the_history_says_what_the_ground_was(browser):
    browser.submit("/settings/map/tiles", address=ADDRESS, approval="GS(2024)0568号")
    browser.submit("/settings/map/tiles", address=ADDRESS, approval="GS(2025)0001号")

    page = browser.get("/settings/map")

    assert "GS(2024)0568号" in page.text
    assert "GS(2025)0001号" in page.text


def test_the_settings_of_one_county_are_not_those_of_another(session, county, browser):
    browser.submit("/settings/map/tiles", address=ADDRESS, approval="GS(2024)0568号")

    assert queries.map_settings(session, authority_id=county.authority.id + 1000).tiles is None


def test_checks_hold_below_the_form_too():
    with pytest.raises(BadInput):
        maps.check_tiles("https://tiles.example.cn/{z}/{x}.png")
