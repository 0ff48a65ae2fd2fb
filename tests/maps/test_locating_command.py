"""``registry geocode``: the same as the errand, by command."""

import json

from tests.factories.registry import institution
from tests.map_service import UNKNOWN
from tests.maps.test_locating import S, venue_of
from training_oversight.accounts.permissions import Role


def run(app, *words):
    return app.test_cli_runner().invoke(args=["registry", "geocode", *words])


def test_the_command_asks_for_the_same(app, session, county, service_of):
    record = institution(county, address="文澜路12号")
    institution(county, address="无名巷")
    service_of.answers = {"无名巷": UNKNOWN}
    officer = county.officer()

    told = run(app, "--by", officer.username, "--format", "json")

    assert json.loads(told.stdout) == {"asked": 2, "found": 1, "not_found": 1}
    assert told.exit_code != 0
    assert venue_of(session, record).position_source is S.GEOCODED


def test_the_command_says_when_no_service_is_chosen_or_who_may_not(app, county):
    nobody = run(app, "--by", county.officer().username)
    observer = run(app, "--by", county.officer(Role.OBSERVER).username)

    assert "没有设置可按地址查询的地图服务商" in nobody.output
    assert "没有修改机构台账的权限" in observer.output
