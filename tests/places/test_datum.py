"""Coordinates of other systems: against points that the services themselves published."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training_oversight.errors import BadInput
from training_oversight.places import Datum, Position, distance, from_wgs84, to_wgs84

# Every province from Nansha to Mohe and from Pamir to Fuyuan lies inside.
IN_CHINA = st.builds(Position, st.floats(3.8, 53.6), st.floats(73.4, 135.1))
ANYWHERE = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
SHIFTED = st.sampled_from([Datum.GCJ02, Datum.BD09])
DATUMS = st.sampled_from(list(Datum))

KNOWN = [
    # The test points that every implementation of the public formula carries.
    (Datum.GCJ02, (31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    (Datum.GCJ02, (22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    (Datum.GCJ02, (39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    # What 高德's own conversion answers, from the example in its documentation.
    (Datum.GCJ02, (39.990475, 116.481499), (39.991754014757, 116.487585177952)),
    (Datum.GCJ02, (39.990375, 116.481499), (39.991653917101, 116.487585177952)),
    # What 百度's own conversion answers, from the example in its documentation.
    (Datum.BD09, (29.575429778924, 114.21892734521), (29.57908428837437, 114.2307519546763)),
]


@pytest.mark.parametrize(("datum", "measured", "shown"), KNOWN)
def test_known_points_are_met_to_a_metre_both_ways(datum, measured, shown):
    found = from_wgs84(Position(*measured), datum)
    back = to_wgs84(*shown, datum)

    assert distance(Position(found.latitude, found.longitude), Position(*shown)) <= 1
    assert distance(back, Position(*measured)) <= 1


def test_the_systems_are_hundreds_of_metres_apart():
    here = Position(29.56, 106.55)
    amap, baidu = (from_wgs84(here, datum) for datum in (Datum.GCJ02, Datum.BD09))

    assert 400 < distance(here, Position(amap.latitude, amap.longitude)) < 700
    assert 900 < distance(here, Position(baidu.latitude, baidu.longitude)) < 1500


@given(IN_CHINA, DATUMS)
@settings(max_examples=500)
def test_there_and_back_is_the_same_place_everywhere_in_china(here, datum):
    shown = from_wgs84(here, datum)
    back = to_wgs84(shown.latitude, shown.longitude, datum)

    assert abs(back.latitude - here.latitude) < 1e-6
    assert abs(back.longitude - here.longitude) < 1e-6
    assert distance(back, here) < 1


@given(IN_CHINA, SHIFTED)
def test_back_and_there_is_the_same_place_too(shown, datum):
    measured = to_wgs84(shown.latitude, shown.longitude, datum)
    again = from_wgs84(measured, datum)

    assert math.isclose(again.latitude, shown.latitude, abs_tol=1e-6)
    assert math.isclose(again.longitude, shown.longitude, abs_tol=1e-6)


@given(IN_CHINA)
def test_gcj_02_moves_every_place_in_china_by_less_than_a_kilometre_and_by_something(here):
    shown = from_wgs84(here, Datum.GCJ02)

    assert 10 < distance(here, Position(shown.latitude, shown.longitude)) < 1000


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(48.85, 2.35), (-33.87, 151.2), (0, 0), (90, 180), (-90, -180)]
)
@pytest.mark.parametrize("datum", Datum)
def test_nothing_is_moved_outside_china(latitude, longitude, datum):
    here = Position(latitude, longitude)
    shown = from_wgs84(here, datum)

    assert (shown.latitude, shown.longitude) == (latitude, longitude)
    assert to_wgs84(latitude, longitude, datum) == here


@given(ANYWHERE, DATUMS)
def test_any_numbers_on_the_globe_can_be_converted(here, datum):
    assert isinstance(to_wgs84(here.latitude, here.longitude, datum), Position)
    assert distance(to_wgs84(here.latitude, here.longitude, datum), here) < 3000


@pytest.mark.parametrize("datum", Datum)
def test_numbers_off_the_globe_are_refused(datum):
    with pytest.raises(BadInput):
        to_wgs84(106.55, 29.56, datum)
