"""Reading a county's outline: only its surfaces, and every wrong file with a sentence."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.errors import BadInput, OversightError, TooLarge
from training_oversight.places import Datum, Position, distance, from_wgs84, outline

SQUARE = [[102.8, 24.5], [103.0, 24.5], [103.0, 24.8], [102.8, 24.8], [102.8, 24.5]]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}


def encoded(said):
    return json.dumps(said).encode()


@pytest.mark.parametrize(
    ("said", "surfaces"),
    [
        (POLYGON, 1),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}, 2),
        ({"type": "Feature", "properties": {"name": "澄江"}, "geometry": POLYGON}, 1),
        (
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "geometry": POLYGON, "properties": None}] * 3,
            },
            3,
        ),
    ],
)
def test_surfaces_are_found_whatever_they_are_wrapped_in(said, surfaces):
    found = outline.read(encoded(said), Datum.WGS84)

    assert found.polygons == [[SQUARE]] * surfaces
    assert found.points == 5 * surfaces
    assert found.geojson == {"type": "MultiPolygon", "coordinates": found.polygons}


def test_a_ring_is_closed_and_heights_and_marks_are_left_behind():
    open_ring = [[x, y, 1850.0] for x, y in SQUARE[:-1]]
    content = b"\xef\xbb\xbf" + encoded({"type": "Polygon", "coordinates": [open_ring]})

    assert outline.read(content, Datum.WGS84).polygons == [[SQUARE]]


@pytest.mark.parametrize("datum", Datum)
def test_an_outline_of_another_system_is_kept_where_it_really_is(datum):
    shifted = [from_wgs84(Position(y, x), datum) for x, y in SQUARE]
    ring = [[point.longitude, point.latitude] for point in shifted]

    found = outline.read(encoded({"type": "Polygon", "coordinates": [ring]}), datum)

    for (x, y), (a, b) in zip(found.polygons[0][0], SQUARE, strict=True):
        assert distance(Position(y, x), Position(b, a)) <= 1


def test_an_outline_is_drawn_where_the_map_has_the_county():
    shown = outline.shown_in({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, Datum.GCJ02)

    (x, y), expected = shown["coordinates"][0][0][0], from_wgs84(Position(24.5, 102.8), Datum.GCJ02)
    assert (x, y) == (round(expected.longitude, 6), round(expected.latitude, 6))


def test_a_hole_stays_a_hole():
    hole = [[102.85, 24.6], [102.9, 24.6], [102.9, 24.7], [102.85, 24.6]]

    found = outline.read(encoded({"type": "Polygon", "coordinates": [SQUARE, hole]}), Datum.WGS84)

    assert found.polygons == [[SQUARE, hole]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "GeoJSON"),
        (b"\xff\xfe\x00", "GeoJSON"),
        (b"PK\x03\x04", "GeoJSON"),
        (b"[" * 100_000, "GeoJSON"),
        (b"null", "GeoJSON"),
        (encoded({"type": "Polygon"}), "Polygon"),
        (encoded({"type": "Polygon", "coordinates": []}), "GeoJSON"),
        (encoded({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}), "GeoJSON"),
        (encoded({"type": "Polygon", "coordinates": [[[True, False]] * 4]}), "GeoJSON"),
        (encoded({"type": "Polygon", "coordinates": [[[102.8]] * 4]}), "GeoJSON"),
        (encoded({"type": "Polygon", "coordinates": [SQUARE[:2]]}), "角点"),
        (encoded({"type": "FeatureCollection", "features": []}), "没有面"),
        (encoded({"type": "Point", "coordinates": [102.8, 24.5]}), "Point"),
        (encoded({"type": "LineString", "coordinates": SQUARE}), "LineString"),
        # Latitude first, as people say it; and metres, as surveyors have it.
        (encoded({"type": "Polygon", "coordinates": [[[24.5, 102.8]] * 5]}), "经度在前"),
        (encoded({"type": "Polygon", "coordinates": [[[489321.2, 2712345.1]] * 5]}), "米"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 24], [1, 2], [2, 3], [3, 4]]]}', "nan"),
        (b'{"type": "Polygon", "coordinates": [[[1e999, 24], [1, 2], [2, 3], [3, 4]]]}', "inf"),
    ],
)
def test_a_file_that_is_no_outline_is_refused_in_words(content, words):
    with pytest.raises(BadInput) as refusal:
        outline.read(content, Datum.WGS84)

    assert words in str(refusal.value)


def test_a_file_too_large_or_drawn_too_finely_is_refused_with_the_figures():
    many = [[102 + n / 1e6, 24.5] for n in range(outline.MOST_POINTS + 1)]

    with pytest.raises(BadInput) as finely:
        outline.read(encoded({"type": "Polygon", "coordinates": [many]}), Datum.WGS84)
    with pytest.raises(TooLarge) as large:
        outline.read(b" " * (outline.MOST_BYTES + 1), Datum.WGS84)

    assert str(outline.MOST_POINTS + 2) in str(finely.value)
    assert "4.0 MB" in str(large.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "features", "geometry"]), inner)
    ),
)
SAID = st.builds(
    lambda kind, inner: {"type": kind, "coordinates": inner, "features": inner, "geometry": inner},
    st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection", 3]),
    JSON,
)


@given(JSON | SAID)
def test_no_file_is_a_fault(said):
    found = None

    with suppress(OversightError):
        found = outline.read(encoded(said), Datum.GCJ02)

    assert found is None or found.points >= 4
