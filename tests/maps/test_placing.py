"""Setting the position of a venue: by a pin, by hand, by the device, in any system."""

import pytest

from tests.factories.county import County
from tests.factories.registry import institution
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.errors import NotFound, StaleForm
from training_oversight.maps import service
from training_oversight.places import Datum, Position, distance, from_wgs84
from training_oversight.registry.models import PositionSource

S = PositionSource
HERE = Position(24.6721, 102.9155)


def place(record, by, position=HERE, source=S.PINNED, **more):
    with database.transaction() as session:
        service.place_venue(session, record, position=position, source=source, by=by, **more)


def venue_of(session, record):
    session.refresh(record, ["venues"])
    session.refresh(record.main_venue)
    return record.main_venue


def test_a_pin_is_kept_with_its_source_and_its_history(session, county):
    record, officer = institution(county), county.officer(name="周敏")
    version = record.version

    place(record, officer)

    venue = venue_of(session, record)
    assert (venue.latitude, venue.longitude) == (HERE.latitude, HERE.longitude)
    assert (venue.position_source, venue.position_accuracy) == (S.PINNED, None)
    assert record.version > version
    event = history.history(session, venue)[0]
    assert (event.verb, event.actor_name) == ("venue.placed", "周敏")
    assert event.changes["position_source"] == [None, "pinned"]


def test_an_institution_without_a_venue_gets_one(session, county):
    record = institution(county, address="", premises=None)
    assert record.main_venue is None

    place(record, county.officer(), source=S.DEVICE, accuracy=12)

    venue = venue_of(session, record)
    assert (venue.address, venue.position_source, venue.position_accuracy) == ("", S.DEVICE, 12)


def test_a_position_set_on_an_old_page_is_refused(county):
    record, officer = institution(county), county.officer()
    seen = record.version
    place(record, officer)

    with pytest.raises(StaleForm):
        place(record, officer, Position(24.7, 102.9), version=seen)


def test_the_venue_of_another_county_cannot_be_moved(session, county):
    record = institution(County(session, code="990202", name="云汀县"))

    with pytest.raises(NotFound):
        place(record, county.officer())


def test_who_may_not_edit_has_no_page_for_it(client_as, county):
    record = institution(county)

    client_as(county.officer(Role.OBSERVER)).get(f"/institutions/{record.id}/position", status=403)
    other = County(county.session, code="990202", name="云汀县")
    client_as(other.officer()).get(f"/institutions/{record.id}/position", status=404)


@pytest.mark.parametrize("datum", Datum)
def test_figures_pasted_from_any_map_are_kept_where_the_place_is(session, county, inspector, datum):
    record, shown = institution(county), from_wgs84(HERE, datum)

    page = inspector.submit(
        f"/institutions/{record.id}/position",
        position=f"{shown.latitude}，{shown.longitude}",
        datum=datum.value,
    )

    assert "已保存" in page.text
    venue = venue_of(session, record)
    assert distance(Position(venue.latitude, venue.longitude), HERE) <= 1
    assert venue.position_source is S.TYPED


def test_typed_figures_of_a_map_that_nobody_named_are_good_to_a_kilometre(
    session, county, inspector
):
    record = institution(county)

    page = inspector.get(f"/institutions/{record.id}/position")
    inspector.submit(f"/institutions/{record.id}/position", position=str(HERE))

    assert page.soup.select_one("select[name=datum] option").text == "不清楚（误差按一公里算）"
    assert venue_of(session, record).position_accuracy == 1000


@pytest.mark.parametrize(
    ("how", "accuracy", "source", "metres"),
    [
        ("pinned", "", S.PINNED, None),
        ("pinned", "15", S.PINNED, None),
        ("device", "15", S.DEVICE, 15),
        ("device", "99999999999999", S.DEVICE, 10_000),
        ("device", "-3", S.DEVICE, None),
        ("device", "１５", S.DEVICE, None),
        ("imported", "15", S.TYPED, 1000),
        ("geocoded", "", S.TYPED, 1000),
        ("<b>", "x", S.TYPED, 1000),
    ],
)
def test_the_source_is_what_the_page_could_have_said(
    session, county, inspector, how, accuracy, source, metres
):
    record = institution(county)

    inspector.submit(
        f"/institutions/{record.id}/position",
        position=str(HERE), how=how, accuracy=accuracy,
    )  # fmt: skip

    venue = venue_of(session, record)
    assert (venue.position_source, venue.position_accuracy) == (source, metres)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "请填写经纬度"),
        ("文澜路12号", "29.56"),
        ("102.9155, 24.6721", "先写纬度"),
        ("24.6721", "29.56"),
    ],
)
def test_what_is_no_position_comes_back_with_a_sentence(session, county, inspector, typed, words):
    record = institution(county)

    page = inspector.submit(f"/institutions/{record.id}/position", status=422, position=typed)

    assert words in page.soup.select_one(".error-summary").text
    assert venue_of(session, record).latitude is None


def test_saving_what_was_measured_again_leaves_it_measured(session, county, inspector):
    record = institution(county)
    place(record, county.officer(), source=S.DEVICE, accuracy=8)

    page = inspector.submit(f"/institutions/{record.id}/position")

    assert "没有改动" in page.text
    venue = venue_of(session, record)
    assert (venue.position_source, venue.position_accuracy) == (S.DEVICE, 8)


def test_the_record_says_where_its_position_comes_from(county, inspector):
    record = institution(county)
    place(record, county.officer())

    page = inspector.get(f"/institutions/{record.id}")

    assert "图上标注" in page.text
    near = page.soup.find("a", string="附近机构")["href"]
    assert "near=24.6721,102.9155" in near.replace("%2C", ",")
    assert page.soup.find("a", string="设置位置")["href"].endswith(f"/{record.id}/position")
    assert "设置场所位置" in page.text


def test_the_page_shows_the_address_and_what_is_known_now(county, inspector):
    record = institution(county, address="文澜路12号")
    place(record, county.officer(), source=S.DEVICE, accuracy=8)

    page = inspector.get(f"/institutions/{record.id}/position")

    assert "文澜路12号" in page.text
    assert "24.672100, 102.915500" in page.text
    assert "本机" in page.text or "设备" in page.text
    assert "误差约8米" in page.text


def test_an_answer_for_a_place_that_is_given_up_is_not_wanted(county, session):
    record = institution(county, address="")

    with database.transaction() as writing:
        taken = service.place_by_address(
            writing, record, address="文澜路1号", position=HERE, accuracy=100,
            by=county.system, note="",
        )  # fmt: skip

    session.refresh(record, ["venues"])
    assert (taken, record.venues) == (False, [])
