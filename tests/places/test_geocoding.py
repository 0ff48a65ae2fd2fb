"""From addresses to positions, against a map service on this machine."""

from __future__ import annotations

import time

import pytest

from tests import map_service
from training_oversight.places import Datum, Position, distance, from_wgs84
from training_oversight.places.geocoding import (
    AddressNotFound,
    Finder,
    Geocoding,
    GeocodingService,
    ServiceRefuses,
    ServiceSilent,
)

B, T = GeocodingService.BAIDU, GeocodingService.TIANDITU
PLACE = Position(24.6721, 102.9155)


@pytest.fixture
def service():
    with map_service.running() as service:
        yield service


def finder(service=B, per_second=1000.0):
    return Finder(Geocoding(service, "k3y", per_second))


def baidu(place=PLACE, **more):
    shown = from_wgs84(place, Datum.BD09)
    location = {"lng": shown.longitude, "lat": shown.latitude}
    said = {"precise": 1, "confidence": 80, "comprehension": 100, "level": "门址"} | more
    return {"status": 0, "result": {"location": location} | said}


def tianditu(place=PLACE, **more):
    location = {"score": 100, "level": "门址", "keyWord": "", **more}
    position = {"lon": str(place.longitude), "lat": str(place.latitude)}
    return {"msg": "ok", "location": location | position, "status": "0"}


def test_baidu_answers_in_bd_09_and_is_understood_in_wgs_84(service):
    service.answer = baidu()

    found = finder().find("文澜街道文澜路12号", ["澄江县"])

    assert distance(found.position, PLACE) <= 1
    assert (found.accuracy, found.level, found.service) == (100, "门址", B)
    host, query = service.asked[0]
    assert host == "api.map.baidu.com"
    assert query == {"ak": "k3y", "output": "json", "address": "澄江县文澜街道文澜路12号"}


def test_tianditu_answers_in_cgcs2000_and_promises_no_metres(service):
    service.answer = tianditu()

    found = finder(T).find("文澜街道文澜路12号", ["澄江县"])

    assert found.position == PLACE
    assert (found.accuracy, found.level, found.service) == (None, "门址", T)
    host, query = service.asked[0]
    assert host == "api.tianditu.gov.cn"
    assert query == {"ds": '{"keyWord": "澄江县文澜街道文澜路12号"}', "tk": "k3y"}


@pytest.mark.parametrize(
    ("confidence", "metres"), [(100, 20), (99, 50), (90, 50), (75, 200), (70, 300), (50, 1000)]
)
def test_baidus_confidence_is_kept_in_metres(service, confidence, metres):
    service.answer = baidu(confidence=confidence)

    assert finder().find("文澜路12号", ["澄江县"]).accuracy == metres


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("文澜路12号", "云南省玉溪市澄江县文澜路12号"),
        ("澄江县文澜路12号", "云南省玉溪市澄江县文澜路12号"),
        ("玉溪市澄江县文澜路12号", "云南省玉溪市澄江县文澜路12号"),
        ("云南省玉溪市澄江县文澜路12号", "云南省玉溪市澄江县文澜路12号"),
        ("县府路3号", "云南省玉溪市澄江县县府路3号"),
    ],
)
def test_where_an_address_lies_is_said_once(service, address, asked):
    service.answer = tianditu()

    finder(T).find(address, ["云南省", "玉溪市", "澄江县"])

    assert service.addresses() == [asked]


def test_an_address_too_long_for_baidu_loses_its_end(service):
    service.answer = baidu()

    finder().find("文澜街道文澜路12号" + "澜" * 40, ["澄江县"])

    (asked,) = service.addresses()
    assert asked.startswith("澄江县文澜街道文澜路12号澜")
    assert len(asked.encode()) <= 84


@pytest.mark.parametrize(
    ("which", "answer"),
    [
        (B, {"status": 0, "result": []}),
        (B, {"status": 1, "msg": "Internal Service Error:无相关结果", "results": []}),
        (B, {"status": 2, "msg": "Request Parameter Error:address invalid"}),
        (B, baidu(level="区县")),
        (B, baidu(confidence=45)),
        (B, baidu(confidence=0)),
        (T, {"status": "101", "msg": "无结果"}),
        (T, tianditu(level="区县")),
    ],
)
def test_an_address_that_is_not_known_well_enough_is_no_position(service, which, answer):
    service.answer = answer

    with pytest.raises(AddressNotFound) as refusal:
        finder(which).find("不知道路1号", ["澄江县"])

    assert str(which.label) in str(refusal.value)


@pytest.mark.parametrize("status", [200, 210, 211, 240, 5, 302, 301])
def test_a_key_that_baidu_refuses_ends_the_asking(service, status):
    service.answer = {"status": status, "message": "APP不存在"}

    with pytest.raises(ServiceRefuses) as refusal:
        finder().find("文澜路12号", ["澄江县"])

    assert str(status) in str(refusal.value)
    assert "k3y" not in str(refusal.value)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (403, {"code": 301001, "msg": "非法key", "resolve": "请到API控制台重新申请Key"}),
        (400, {"code": 308011, "message": "请求参数非法长度或不合规"}),
        (403, "<html>no JSON</html>"),
        (429, "slow down"),
    ],
)
def test_what_tianditu_says_with_its_refusal_is_passed_on(service, status, answer):
    service.status, service.answer = status, answer

    with pytest.raises(ServiceSilent if status == 429 else ServiceRefuses) as refusal:
        finder(T).find("文澜路12号", ["澄江县"])

    if isinstance(answer, dict):
        assert answer.get("msg", answer.get("message")) in str(refusal.value)
    assert "k3y" not in str(refusal.value)


# The library warns before it refuses a latitude that there is none of.
@pytest.mark.filterwarnings("ignore:Latitude normalization:UserWarning")
@pytest.mark.parametrize("which", GeocodingService)
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, "<html>maintenance</html>"),
        (200, {}),
        (200, []),
        (200, "null"),
        (200, {"status": 0, "result": {"location": {}}}),
        (200, {"status": "0", "location": {"lon": "x", "lat": "y", "keyWord": ""}}),
        (200, {"status": "0", "location": {"lon": "24", "lat": "102", "keyWord": ""}}),
        (200, {"status": 0, "result": {"location": {"lat": 102, "lng": 24}, "level": ""}}),
        (500, "fault"),
        (503, "busy"),
    ],
)
def test_an_answer_that_is_none_is_a_sentence_and_no_fault(service, which, status, answer):
    service.status, service.answer = status, answer

    with pytest.raises(ServiceSilent) as refusal:
        finder(which).find("文澜路12号", ["澄江县"])

    assert str(which.label) in str(refusal.value)
    # Nothing that only the library would say.
    assert not {"Non-successful", "deserialize", "Internal", "Error"} & set(
        str(refusal.value).replace("（", " ").split()
    )


def test_too_fast_for_baidu_is_not_used_up(service):
    service.answer = {"status": 401, "message": "当前并发量已经超过约定并发配额"}

    with pytest.raises(ServiceSilent):
        finder().find("文澜路12号", ["澄江县"])


def test_no_network_is_a_sentence():
    with map_service.running():
        nobody = finder()

    with pytest.raises(ServiceSilent) as refusal:
        nobody.find("文澜路12号", ["澄江县"])

    assert "连不上百度地图" in str(refusal.value)
    assert "Errno" not in str(refusal.value)


def test_the_service_is_never_asked_faster_than_agreed(service):
    service.answer = baidu()
    slow = finder(per_second=20)
    began = time.monotonic()

    for _ in range(4):
        slow.find("文澜路12号", ["澄江县"])

    assert time.monotonic() - began >= 3 / 20
