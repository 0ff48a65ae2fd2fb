"""Where the inspectors stand, typed into the box of the running visit: of which map, too."""

import pytest

from tests.factories import inspections as made
from tests.factories.registry import institution
from training_oversight.places import Datum, Position, distance, from_wgs84


@pytest.mark.parametrize(
    ("datum", "metres"), [("wgs84", None), ("gcj02", None), ("bd09", None), ("", 1000)]
)
def test_the_box_on_the_visit_page_asks_for_the_map(county, client_as, session, datum, metres):
    here = Position(29.56, 106.55)
    visit = made.visit_under_way(county, institution(county, latitude=29.56, longitude=106.55))
    shown = from_wgs84(here, Datum(datum)) if datum else here

    browser = client_as(county.officer())
    offered = browser.get(f"/visits/{visit.id}/inspect").soup.select("form[data-place] option")

    browser.submit(
        f"/visits/{visit.id}/inspect",
        form="form[data-place]",
        position=f"{shown.latitude}, {shown.longitude}",
        datum=datum,
    )

    assert datum in [one["value"] for one in offered]
    session.refresh(visit)
    assert (visit.distance, visit.position_accuracy) == (0, metres)
    assert distance(Position(visit.latitude, visit.longitude), here) < 1


def test_what_the_device_tells_needs_no_map(county, client_as, session):
    visit = made.visit_under_way(county, institution(county, latitude=29.56, longitude=106.55))

    client_as(county.officer()).submit(
        f"/visits/{visit.id}/inspect",
        form="form[data-place]",
        position="29.56, 106.55",
        datum="bd09",
        accuracy="12",
        source="device",
    )

    session.refresh(visit)
    assert (visit.distance, visit.position_accuracy) == (0, 12)
