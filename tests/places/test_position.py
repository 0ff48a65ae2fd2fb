from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.errors import BadInput
from training_oversight.places import Position, distance, parse

POSITIONS = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
# Nearer to the border than it is written, the last digit may lie beyond.
IN_CHINA = st.builds(Position, st.floats(3.1, 53.9), st.floats(73.1, 135.9))
HALF_ROUND = 20_015_115


@pytest.mark.parametrize(
    "written",
    [
        "29.56, 106.55",
        "29.56,106.55",
        "29.56 106.55",
        "２９．５６，１０６．５５",
        "29.56、106.55",
        " 29.56;106.55 ",
    ],
)
def test_a_position_is_read_however_it_is_pasted(written):
    assert parse(written) == Position(29.56, 106.55)


@pytest.mark.parametrize(
    "written", ["", "29.56", "29.56, 106.55, 3", "north, east", "29.56, 1O6.55"]
)
def test_what_is_no_position_is_refused(written):
    with pytest.raises(BadInput) as refusal:
        parse(written)

    assert refusal.value.text.values == {"text": written}


def test_latitude_and_longitude_in_the_wrong_order_are_pointed_out():
    with pytest.raises(BadInput) as refusal:
        parse("106.55, 29.56")

    assert "Latitude comes first" in refusal.value.text.message


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1), (math.nan, 0), (0, math.nan), (math.inf, 0)],
)
def test_a_position_off_the_globe_is_refused(latitude, longitude):
    with pytest.raises(BadInput):
        Position(latitude, longitude)


@pytest.mark.parametrize(
    ("there", "metres"),
    [
        (Position(29.56, 106.55), 0),
        # A degree of a great circle of the mean Earth (6,371,009 m) is 111,195 m.
        (Position(30.56, 106.55), 111_195),
        (Position(29.561, 106.55), 111),
    ],
)
def test_distances_are_whole_metres(there, metres):
    assert distance(Position(29.56, 106.55), there) == metres


@given(POSITIONS, POSITIONS)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_round(here, there):
    assert distance(here, there) == distance(there, here)
    assert 0 <= distance(here, there) <= HALF_ROUND


@given(IN_CHINA)
def test_a_position_survives_being_written_and_read_again(position):
    assert distance(parse(str(position)), position) <= 1


@pytest.mark.parametrize("typed", ["0, 0", "0.000000 0", "30.27, -106.2", "2.9, 106", "40.7, -74"])
def test_what_is_no_place_in_the_country_is_refused(typed):
    with pytest.raises(BadInput):
        parse(typed)


def test_the_ends_of_the_country_are_in_it():
    for typed in ("3.9, 112.3", "53.55, 122.3", "39.4, 73.5", "48.3, 135"):
        assert parse(typed)
