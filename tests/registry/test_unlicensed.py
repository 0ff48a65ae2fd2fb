"""Unknown is not absent: 无证 is what an officer has confirmed, in one act, with the day."""

from datetime import date

import pytest

from tests.factories.registry import confirmed, institution, licence, listed
from training_oversight import database
from training_oversight.errors import BadInput, WrongState
from training_oversight.registry import service
from training_oversight.registry.models import LicenceType

HOW = {"reason": "检查时自述没有办学许可证"}


def test_no_number_in_a_list_is_said_as_not_recorded(county, inspector):
    record = institution(county, name="启衡数学")

    page = inspector.get("/institutions?cols=permit")

    assert "未登记许可证" in page.soup.select_one("tbody").text
    assert "无证" not in page.soup.select_one("tbody").text
    said = inspector.get(f"/institutions/{record.id}").soup.select_one("main").text
    assert "未登记许可证" in said
    assert "停止培训" not in said
    assert listed(inspector, view="unlicensed") == []


def test_one_act_with_its_day_makes_it_unlicensed(county, inspector, session):
    record = institution(county, name="启衡数学")

    inspector.submit(f"/institutions/{record.id}/unlicensed", on_day="2026-10-12", **HOW)

    session.refresh(record)
    assert record.unlicensed_on == date(2026, 10, 12)
    assert listed(inspector, view="unlicensed") == ["启衡数学"]
    page = inspector.get(f"/institutions/{record.id}")
    assert "停止培训、妥善安置学生" in page.soup.select_one("#suggestion").text
    assert HOW["reason"] in inspector.get(f"/institutions/{record.id}/history").text


def test_a_day_to_come_is_refused_beside_its_field(county, inspector):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/unlicensed", status=422, on_day="2026-10-16", **HOW
    )

    assert page.soup.select_one("#on_day-error")


def test_it_is_taken_back_with_a_reason(county, inspector):
    record = confirmed(county, institution(county, name="启衡数学"))

    inspector.submit(f"/institutions/{record.id}/not-unlicensed", reason="查到许可证，待补登")

    assert listed(inspector, view="unlicensed") == []


def test_a_permit_that_comes_on_file_later_speaks_for_itself(county, inspector):
    record = confirmed(county, institution(county, name="启衡数学"))

    licence(county, record)

    assert listed(inspector, view="unlicensed") == []
    assert listed(inspector, licensed="unlicensed") == []


@pytest.mark.parametrize("type", [LicenceType.SCHOOL, LicenceType.TRAINING])
def test_with_a_permit_on_file_it_is_not_confirmed(county, type):
    record = institution(county)
    licence(county, record, type=type, valid_until=date(2025, 1, 1))

    with pytest.raises(WrongState):
        confirmed(county, record)


def test_no_day_to_come_by_the_service_either(county):
    record = institution(county)

    with pytest.raises(BadInput), database.transaction() as session:
        service.confirm_unlicensed(
            session, record, on_day=date(2026, 10, 16), note="查询",
            by=county.officer(), today=county.today,
        )  # fmt: skip
