"""The map in a real browser: what it draws, how it is used, and what there is without it."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.browser import map_squares
from tests.browser.conftest import served
from tests.browser.person import PHONE
from tests.conftest import THURSDAY
from tests.factories import registry
from training_oversight import clock, database
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import map_settings as maps
from training_oversight.catalogue import service as catalogue
from training_oversight.places import Datum, Position, distance, outline
from training_oversight.registry.models import Institution, PositionSource, Venue

SQUARE = [[102.8, 24.5], [103.0, 24.5], [103.0, 24.8], [102.8, 24.8], [102.8, 24.5]]
CROWD = 12
ARTS = "/institutions/map?kind=arts"


def fill(people):
    county = people.county
    for n in range(CROWD):
        registry.institution(county, latitude=24.6 + n / 10_000, longitude=102.9, name=f"人群{n}")
    registry.licensed_institution(county, latitude=24.75, longitude=102.95, name="远处培训中心")
    kinds = {
        "dragged": "sports",
        "clicked": "sports",
        "typed": "sports",
        "told": "care",
        "listed": "sports",
    }
    return {
        name: registry.institution(
            county,
            name=f"{name}培训中心",
            kind_code=kind,
            address="文澜路9号",
            **({"latitude": 24.65, "longitude": 102.95} if name == "dragged" else {}),
        ).id
        for name, kind in kinds.items()
    }


@pytest.fixture(scope="module")
def mapped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mapped")
    with clock.standing_at(THURSDAY), served(folder, fill) as site:
        yield site


@pytest.fixture
def set_up(mapped):
    """Settings of the map, made as the administrator would; gone after the test."""
    key = mapped.people.officers["钱进"].id

    def change(tiles=None, drawn=None):
        with database.transaction() as session:
            officer = session.get_one(Officer, key)
            catalogue.set_tiles(session, tiles, by=officer, version=None)
            catalogue.set_outline(
                session, drawn, name="x.json", approval="云S(2025)1号", by=officer, version=None
            )
        database.close_session()

    yield change
    change()


@pytest.fixture(scope="module")
def square_host():
    """It outlives every window: an open map still asks for squares when its test has ended."""
    with map_squares.host() as running:
        yield running


@pytest.fixture
def squares(square_host):
    square_host[1].clear()
    return square_host


def drawn_map(one, path="/institutions/map"):
    one.open(path)
    frame = one.page.locator("[data-map][data-drawn]")
    expect(frame).to_be_visible()
    return frame


def venue_of(name):
    database.close_session()
    found = (
        database.current_session()
        .scalars(sa.select(Venue).join(Institution).where(Institution.name == name))
        .one()
    )
    database.close_session()
    return found


def test_every_position_is_on_the_map_as_a_marker_or_in_a_figure(mapped, person):
    frame = drawn_map(person(mapped, "李敏"), ARTS)

    assert frame.get_attribute("data-drawn") == str(CROWD + 1)
    expect(frame.locator(".map-several")).to_contain_text(f"{CROWD}家")
    expect(frame.locator(".map-mark:not(.map-several)")).to_have_count(1)
    # The word that the legend has, with its shape.
    expect(frame.locator(".map-mark:not(.map-several) .status")).to_contain_text("有证")
    expect(frame.locator(".map-mark:not(.map-several) svg")).to_be_visible()


def test_a_row_of_the_list_finds_its_marker(mapped, person):
    one = person(mapped, "李敏")
    frame = drawn_map(one, ARTS)

    one.press("在图上看：人群3")

    popup = frame.locator(".leaflet-popup")
    expect(popup.get_by_role("link", name="人群3")).to_be_visible()
    expect(popup).to_contain_text("未登记许可证")
    expect(frame.get_by_role("button", name="人群3")).to_be_focused()
    expect(popup.get_by_role("button", name="关闭")).to_be_visible()
    popup.get_by_role("link", name="人群3").click()
    one.arrives("人群3")


def test_the_map_can_be_used_by_keys_alone(mapped, person):
    one = person(mapped, "李敏")
    frame = drawn_map(one, ARTS)
    figure = frame.get_by_role("button", name=f"这里有{CROWD}家机构，放大查看")

    figure.focus()
    one.page.keyboard.press("Enter")

    expect(figure).to_have_count(0)
    frame.get_by_role("button", name="缩小").press("Enter")
    far = frame.get_by_role("button", name="远处培训中心")
    one.press("在图上看：远处培训中心")
    expect(far).to_be_focused()
    one.page.keyboard.press("Escape")
    expect(frame.locator(".leaflet-popup")).to_have_count(0)


def test_the_outline_is_drawn_and_the_map_shows_all_of_it(mapped, person, set_up):
    set_up(drawn=outline.Outline([[SQUARE]]))

    frame = drawn_map(person(mapped, "李敏"))

    edge = frame.locator("svg path.leaflet-interactive, .leaflet-overlay-pane svg path").first
    expect(edge).to_be_attached()
    box, inside = frame.bounding_box(), edge.bounding_box()
    assert inside["width"] > 50
    assert box["x"] <= inside["x"] <= inside["x"] + inside["width"] <= box["x"] + box["width"]
    expect(frame).to_contain_text("审图号：云S(2025)1号")


def test_the_countys_ground_is_fetched_and_nothing_else_is(mapped, person, set_up, squares):
    host, fetched = squares
    one = person(mapped, "李敏")
    asked = []
    one.page.on("request", lambda request: asked.append(request.url))
    drawn_map(one)
    outside = [url for url in asked if not url.startswith((mapped.url, "data:"))]
    assert outside == []

    set_up(
        tiles=maps.Tiles(
            host + "/{z}/{x}/{y}.png", attribution="<b>测绘</b>", approval="GS(2024)1号"
        )
    )
    frame = drawn_map(one)

    expect(frame.locator("img.leaflet-tile-loaded").first).to_be_visible()
    # Words are words, whatever was typed.
    expect(frame).to_contain_text("<b>测绘</b>")
    assert fetched
    assert {referrer for _, referrer in fetched} == {mapped.url + "/"}


def test_a_pin_is_dragged_and_kept(mapped, person):
    one = person(mapped, "李敏")
    frame = drawn_map(one, "/institutions/{dragged}/position".format(**mapped.records))
    pin = frame.locator(".map-here > span")
    before = one.main.get_by_label("纬度，经度").input_value()
    box = pin.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    one.page.mouse.move(x, y)
    one.page.mouse.down()
    one.page.mouse.move(x + 60, y + 40, steps=8)
    one.page.mouse.up()
    after = one.main.get_by_label("纬度，经度").input_value()
    one.press("保存位置")

    one.arrives("dragged培训中心")
    venue = venue_of("dragged培训中心")
    assert before != after
    assert f"{venue.latitude:.6f}, {venue.longitude:.6f}" == after
    assert venue.position_source is PositionSource.PINNED
    assert venue.longitude > 102.95
    assert venue.latitude < 24.65


def test_a_click_sets_the_pin_in_the_figures_of_the_ground(mapped, person, set_up, squares):
    tiles = maps.Tiles(squares[0] + "/{z}/{x}/{y}.png", datum=Datum.GCJ02, approval="GS(2024)1号")
    set_up(tiles=tiles, drawn=outline.Outline([[SQUARE]]))
    one = person(mapped, "李敏", viewport=PHONE, has_touch=True)
    frame = drawn_map(one, "/institutions/{clicked}/position".format(**mapped.records))
    box = frame.bounding_box()

    frame.click(position={"x": box["width"] / 2, "y": box["height"] * 0.7})
    typed = one.main.get_by_label("纬度，经度").input_value()
    assert one.main.get_by_label("经纬度取自").input_value() == "gcj02"
    one.press("保存位置")

    one.arrives("clicked培训中心")
    venue = venue_of("clicked培训中心")
    shown = Position(*map(float, typed.split(",")))
    assert 100 < distance(shown, Position(venue.latitude, venue.longitude)) < 1000
    assert venue.position_source is PositionSource.PINNED


def test_typing_after_the_pin_is_typing(mapped, person):
    one = person(mapped, "李敏")
    frame = drawn_map(one, "/institutions/{typed}/position".format(**mapped.records))

    frame.click(position={"x": 200, "y": 200})
    one.main.get_by_label("纬度，经度").fill("24.61, 102.91")
    one.press("保存位置")

    one.arrives("typed培训中心")
    assert venue_of("typed培训中心").position_source is PositionSource.TYPED


def test_the_device_tells_where_it_stands_and_how_surely(mapped, person):
    there = {"latitude": 24.655, "longitude": 102.915, "accuracy": 12}
    one = person(mapped, "李敏", geolocation=there, permissions=["geolocation"])
    drawn_map(one, "/institutions/{told}/position".format(**mapped.records))

    one.press("我在现场，取本机位置")
    expect(one.main.get_by_label("纬度，经度")).to_have_value("24.655000, 102.915000")
    one.press("保存位置")

    one.arrives("told培训中心")
    venue = venue_of("told培训中心")
    assert (venue.position_source, venue.position_accuracy) == (PositionSource.DEVICE, 12)


def test_the_nearest_to_a_spot_on_the_map_and_to_oneself(mapped, person):
    here = {"latitude": 24.6, "longitude": 102.9, "accuracy": 5}
    one = person(mapped, "李敏", geolocation=here, permissions=["geolocation"])
    frame = drawn_map(one, ARTS)

    frame.click(position={"x": 40, "y": 400})
    one.follow("离此处最近的机构")
    expect(one.main.get_by_text("最近的13家")).to_be_visible()
    assert "kind=arts" in one.page.url

    one.press("我的位置")
    expect(one.main.get_by_text("离24.600000, 102.900000最近的13家")).to_be_visible()
    expect(one.main.locator("tbody tr").first).to_contain_text("人群0")
    expect(one.main.locator("tbody tr").first).to_contain_text("相距0米")


def test_without_script_there_is_the_list_and_the_nearest_all_the_same(mapped, person):
    one = person(mapped, java_script_enabled=False).sign_in("李敏")
    one.open("/institutions/map?kind=sports&position=no")

    expect(one.page.locator("[data-map]")).to_be_hidden()
    one.follow("补录位置", exact=False)
    one.write("纬度，经度", "24.7, 102.8")
    one.press("保存位置")
    one.follow("附近机构")

    first = one.main.locator("tbody tr").first
    expect(first).to_contain_text("相距0米")
    expect(first).to_contain_text("手工填写")
    expect(one.page.locator("[data-map]")).to_be_hidden()


def test_the_desk_pins_a_place_that_a_caller_describes(mapped, person):
    one = person(mapped, "李敏")
    one.open("/complaints/new")
    expect(one.main.locator("[data-map]")).to_be_hidden()

    one.main.get_by_text("在地图上标出地点").click()
    frame = one.main.locator("[data-map][data-drawn]")
    expect(frame).to_be_visible()
    frame.click(position={"x": 200, "y": 200})

    typed = one.main.get_by_label("地图上的纬度和经度").input_value()
    assert len(typed.split(",")) == 2
    assert one.main.get_by_label("经纬度取自").input_value() == "wgs84"


def test_who_has_no_account_pins_it_on_the_countys_map(mapped, person, set_up, squares):
    set_up(tiles=maps.Tiles(squares[0] + "/{z}/{x}/{y}.png", datum=Datum.GCJ02, approval="1号"))
    one = person(mapped, viewport=PHONE, has_touch=True)
    one.page.goto(f"{mapped.url}/tell-us?county={mapped.people.county.code}")

    one.page.get_by_text("地图上的位置（知道就填）").click()
    frame = one.page.locator("[data-map][data-drawn]")
    expect(frame).to_be_visible()
    frame.click(position={"x": 100, "y": 100})

    assert one.page.get_by_label("地图上的纬度和经度").input_value()
    assert one.page.get_by_label("经纬度取自").input_value() == "gcj02"
