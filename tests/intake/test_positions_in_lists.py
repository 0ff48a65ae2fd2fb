"""Positions of a list: in the country, the right way round, and from a map that somebody named."""

import pytest

from tests.factories.lists import judged, one, read_in, sent, workbook
from training_oversight.intake.cleaning import Cleaning, cleaning
from training_oversight.intake.manner import Manner
from training_oversight.intake.workflow import RowOutcome
from training_oversight.places import Datum, Position, distance

HEADER = ["机构名称", "地址", "纬度", "经度"]
# As Amap has it; a telephone there says something else.
AMAP = ("29.555458", "106.570363")
CONFIRM = "form[action$=confirm]"


def row(north, east):
    return ["霁甲艺术", "文澜街道东街1号", north, east]


@pytest.mark.parametrize(
    ("north", "east", "why"),
    [
        ("0", "0", "0,0不是位置"),
        ("0.0", "0.000", "0,0不是位置"),
        ("30.27", "-106.2", "不在中国境内"),
        ("-30.27", "106.2", "不在中国境内"),
        ("2.9", "106.2", "不在中国境内"),
        ("54.1", "106.2", "不在中国境内"),
    ],
)
def test_what_is_no_place_in_the_country_is_left_out_with_a_word(session, county, north, east, why):
    found = judged(session, county, HEADER, row(north, east))[0]

    assert found.outcome is RowOutcome.NEW
    assert "latitude" not in found.values
    assert why in " ".join(map(str, found.warnings))


def test_exchanged_figures_are_noticed_and_put_right(session, county):
    found = judged(session, county, HEADER, row("106.570363", "29.555458"))[0]

    assert (found.values["latitude"], found.values["longitude"]) == (29.555458, 106.570363)
    assert "写反了" in str(found.warnings[0])


@pytest.mark.parametrize(
    ("written", "value", "how"),
    [
        ("106.570363", 29.555458, Cleaning.EXCHANGED),
        ("29.555458", 29.558301, Cleaning.CONVERTED),
        ("北纬29.555458度", 29.555458, Cleaning.NUMBER),
    ],
)
def test_what_was_done_to_a_figure_is_said_in_its_own_words(written, value, how):
    assert cleaning("latitude", written, value) is how


def test_where_nobody_names_the_map_it_is_good_to_a_kilometre(session, county):
    found = judged(session, county, HEADER, row(*AMAP))[0]

    assert found.values["latitude"] == float(AMAP[0])
    assert found.values["position_accuracy"] == 1000


@pytest.mark.parametrize(("datum", "off"), [(Datum.GCJ02, 300), (Datum.BD09, 900)])
def test_figures_of_a_named_map_are_converted(session, county, datum, off):
    found = judged(session, county, HEADER, row(*AMAP), manner=Manner(datum))[0]

    there = Position(found.values["latitude"], found.values["longitude"])
    assert distance(there, Position(float(AMAP[0]), float(AMAP[1]))) > off
    assert "position_accuracy" not in found.values


def test_the_page_asks_once_and_remembers_it_for_the_sender(client_as, county, session):
    browser = client_as(county.officer())
    preview = read_in(browser, workbook(HEADER, row(*AMAP)), sender="石桥镇", datum="gcj02")
    browser.submit(preview.request.path, form=CONFIRM)

    venue = one(session, name="霁甲艺术").main_venue
    assert abs(venue.latitude - float(AMAP[0])) > 0.001
    assert venue.position_accuracy is None
    again = sent(browser, workbook(HEADER, row(*AMAP)), sender="石桥镇")
    assert again.soup.select_one("select[name=datum] option[selected]")["value"] == "gcj02"


def test_a_list_without_positions_is_not_asked(client_as, county):
    page = sent(client_as(county.officer()), workbook(["机构名称"], ["霁甲艺术"]))

    assert not page.soup.select_one("#whole-list")


def test_the_page_calls_a_map_that_nobody_named_unknown(client_as, county):
    page = sent(client_as(county.officer()), workbook(HEADER, row(*AMAP)))

    first = page.soup.select_one("select[name=datum] option")
    assert (first["value"], first.text) == ("", "不清楚（误差按一公里算）")
