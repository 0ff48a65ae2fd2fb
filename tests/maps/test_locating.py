"""Positions by address: asked for as long work, and never taken over what a person said."""

import io
import json

import openpyxl
import pytest
import sqlalchemy as sa

from tests.factories import errands
from tests.factories.county import County
from tests.factories.registry import closed, institution
from tests.map_service import PLACE, UNKNOWN, answer
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.errands.models import Errand
from training_oversight.errands.workflow import ErrandState
from training_oversight.maps import locating, service
from training_oversight.places import Position, distance
from training_oversight.registry.models import PositionSource

S = PositionSource
REFUSED = {"status": 302, "message": "天配额超限"}


def venue_of(session, record):
    session.refresh(record, ["venues"])
    session.refresh(record.main_venue)
    return record.main_venue


def placed(record, county, source, latitude=24.6, **more):
    officer = county.officer()
    with database.transaction() as session:
        service.place_venue(
            session, record, position=Position(latitude, 102.9), source=source, by=officer, **more
        )


def errand_of(session):
    session.expire_all()
    return session.scalars(sa.select(Errand).order_by(Errand.id.desc())).first()


def test_addresses_are_asked_for_and_their_positions_kept_in_wgs_84(
    app, session, county, inspector, service_of
):
    record = institution(county, address="文澜街道文澜路12号")

    inspector.submit("/institutions/map/locate")
    errands.run_all(app)

    venue = venue_of(session, record)
    assert distance(Position(venue.latitude, venue.longitude), PLACE) <= 1
    assert (venue.position_source, venue.position_accuracy) == (S.GEOCODED, 100)
    assert service_of.addresses() == ["澄江县文澜街道文澜路12号"]
    event = history.history(session, venue)[0]
    assert (event.verb, event.note) == ("venue.placed", "百度地图 门址")
    done = errand_of(session)
    assert done.state is ErrandState.DONE
    assert done.outcome[1] == {"asked": 1, "found": 1, "missed": 0, "skipped": 0}


def test_what_a_person_or_a_telephone_said_is_never_replaced(
    app, session, county, inspector, service_of
):
    given = [institution(county) for _ in range(4)]
    for record, source in zip(given, (S.DEVICE, S.PINNED, S.TYPED, S.IMPORTED), strict=True):
        placed(record, county, source)
    institution(county, address="")
    closed(institution(county), county)
    wanted = institution(county, address="文澜路12号")

    inspector.submit("/institutions/map/locate")
    errands.run_all(app)

    assert [venue_of(session, record).latitude for record in given] == [24.6] * 4
    assert service_of.addresses() == ["澄江县文澜路12号"]
    assert venue_of(session, wanted).position_source is S.GEOCODED


def test_a_position_set_while_the_service_was_asked_stays(session, county, service_of):
    record, officer = institution(county), county.officer()
    unplaced = locating.queries.unplaced(session, record.id, officer.scope)
    found = locating.finder_of(session, officer).find(unplaced.address, unplaced.within)
    placed(record, county, S.PINNED)

    taken = locating._taken_over(record.id, unplaced, found, by=officer)

    assert taken is False
    assert venue_of(session, record).position_source is S.PINNED


def test_a_position_of_an_address_that_has_changed_meanwhile_is_not_taken(
    session, county, service_of
):
    record, officer = institution(county, address="文澜路12号"), county.officer()
    unplaced = locating.queries.unplaced(session, record.id, officer.scope)
    found = locating.finder_of(session, officer).find(unplaced.address, unplaced.within)
    record.main_venue.address = "南塘街3号"
    session.commit()

    assert locating._taken_over(record.id, unplaced, found, by=officer) is False
    assert venue_of(session, record).latitude is None


@pytest.mark.parametrize(("again", "asked"), [(None, 0), ("y", 1)])
def test_positions_found_by_address_are_asked_for_again_only_when_told(
    app, session, county, inspector, service_of, again, asked
):
    record = institution(county, address="文澜路12号")
    placed(record, county, S.GEOCODED)

    inspector.submit("/institutions/map/locate", status=200 if again else 422, again=again)
    errands.run_all(app)

    assert len(service_of.asked) == asked
    assert (venue_of(session, record).latitude == 24.6) is (again is None)


def test_only_the_filtered_set_in_reach_is_asked_for(app, session, county, inspector, service_of):
    institution(county, address="文澜路12号", kind_code="sports")
    institution(county, address="南塘街3号")
    institution(County(session, code="990202", name="云汀县"), address="别县路1号")

    inspector.submit("/institutions/map/locate?kind=sports")
    errands.run_all(app)

    assert service_of.addresses() == ["澄江县文澜路12号"]


def test_what_came_of_every_address_is_a_list_with_reasons(
    app, session, county, inspector, service_of
):
    institution(county, name="找得到", address="文澜路12号")
    institution(county, name="找不到", address="无名巷1号")
    institution(county, name="=太粗", address="城东街道")
    service_of.answers = {"无名巷": UNKNOWN, "城东": answer(confidence=30)}

    inspector.submit("/institutions/map/locate")
    errands.run_all(app)

    done = errand_of(session)
    assert done.outcome[1] == {"asked": 3, "found": 1, "missed": 2, "skipped": 0}
    page = inspector.get(f"/errands/{done.id}")
    assert "2个没有查到" in page.text
    file = inspector.get(f"/errands/{done.id}/file")
    rows = rows_of(file.data)
    file.close()
    assert [(row[0], row[3]) for row in rows] == [
        ("名称", "结果"), ("=太粗", "没有查到"), ("找不到", "没有查到"), ("找得到", "已查到"),
    ]  # fmt: skip
    reasons = {row[0]: row[4] for row in rows}
    assert "没有查到这个地址" in reasons["找不到"]
    assert "只查到所在区域" in reasons["=太粗"]
    assert reasons["找得到"] == "精度约100米"


def rows_of(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_key_that_is_refused_ends_it_with_the_reason_and_keeps_what_was_found(
    app, session, county, inspector, service_of
):
    first = institution(county, name="甲", address="文澜路12号")
    second = institution(county, name="乙", address="无名巷")
    institution(county, name="丙", address="城东路9号")
    service_of.answers = {"无名巷": REFUSED}

    inspector.submit("/institutions/map/locate")
    errands.run_all(app)

    failed = errand_of(session)
    assert failed.state is ErrandState.FAILED
    page = inspector.get(f"/errands/{failed.id}").text
    assert "配额已用完（302）" in page
    assert "查询1个地址：查到1个位置" in page
    assert "2个没有查" in page
    file = inspector.get(f"/errands/{failed.id}/file")
    rows = {row[0]: row[3] for row in rows_of(file.data)}
    file.close()
    assert rows == {"名称": "结果", "甲": "已查到", "乙": "没有查", "丙": "没有查"}
    assert venue_of(session, first).position_source is S.GEOCODED
    assert venue_of(session, second).latitude is None
    assert len(service_of.asked) == 2


def test_a_service_that_is_down_is_not_asked_to_the_end(
    app, session, county, inspector, service_of
):
    for _ in range(locating.MOST_SILENCES + 3):
        institution(county)
    service_of.status = 503

    inspector.submit("/institutions/map/locate")
    errands.run_all(app)

    assert errand_of(session).state is ErrandState.FAILED
    assert len(service_of.asked) == locating.MOST_SILENCES


def test_one_silence_holds_up_nobody(app, session, county, inspector, service_of):
    for n in range(12):
        institution(county, address=f"无名巷{n}号" if n % 2 else f"文澜路{n}号")
    service_of.answers = {"无名巷": "<html>"}

    inspector.submit("/institutions/map/locate")
    errands.run_all(app)

    assert errand_of(session).outcome[1] == {"asked": 12, "found": 6, "missed": 6, "skipped": 0}


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(session, county, service_of):
    records, officer = [institution(county) for _ in range(4)], county.officer()
    finder, kept = locating.finder_of(session, officer), []

    class Cut(Exception):
        pass

    def told(tally):
        kept.append(json.loads(json.dumps(vars(tally))))
        if tally.asked == 2:
            raise Cut

    ids = [record.id for record in records]
    with pytest.raises(Cut):
        locating.locate_all(ids, finder, locating.LocatingTally(), by=officer, told=told)
    again = locating.LocatingTally(**kept[-1])
    locating.locate_all(ids, finder, again, by=officer, told=lambda _: None)

    assert (again.asked, again.found) == (4, 4)
    assert len(service_of.asked) == 4


def test_nothing_is_asked_while_no_service_is_chosen(county, inspector, session):
    institution(county)

    page = inspector.get("/institutions/map/locate")

    assert "没有设置地图服务商" in page.text
    assert not page.soup.select("main form[method=post]")
    assert "按地址查找位置" not in inspector.get("/institutions/map").soup.main.text
    assert inspector.post("/institutions/map/locate", status=200).status_code == 200
    assert errand_of(session) is None


def test_the_map_leads_to_it_where_something_is_missing(county, inspector, service_of):
    institution(county, kind_code="sports")

    link = inspector.get("/institutions/map?kind=sports").soup.find("a", string="按地址查找位置")

    assert link["href"] == "/institutions/map/locate?kind=sports"


def test_who_may_not_edit_may_not_ask(client_as, county, service_of):
    client_as(county.officer(Role.OBSERVER)).get("/institutions/map/locate", status=403)


def test_an_errand_of_an_officer_whose_rights_have_gone_finds_nothing(
    app, session, county, service_of
):
    other = County(session, code="990202", name="云汀县")
    foreign = institution(other, address="别县路1号")
    errands.asked(locating.LOCATE, by=county.officer(), ids=[foreign.id, 999_999])

    errands.run_all(app)

    assert errand_of(session).outcome[1]["skipped"] == 2
    assert service_of.asked == []


def test_the_page_counts_all_that_wait_also_beyond_one_time(
    county, inspector, service_of, monkeypatch
):
    for _ in range(3):
        institution(county)
    monkeypatch.setattr("training_oversight.maps.views.locating.MOST_AT_ONCE", 2)

    page = inspector.get("/institutions/map/locate")

    assert "3家" in page.soup.select_one("main").text
    assert "最多2个" in page.soup.select_one("main").text


def test_a_key_refused_at_once_leaves_its_reason_and_no_empty_list(
    app, session, county, inspector, service_of
):
    institution(county)
    service_of.answer = REFUSED

    inspector.submit("/institutions/map/locate")
    errands.run_all(app)

    page = inspector.get(f"/errands/{errand_of(session).id}").soup.select_one("main")
    assert "配额已用完" in page.text
    assert "查询0个" not in page.text
    assert not page.select('a[href$="/file"]')
