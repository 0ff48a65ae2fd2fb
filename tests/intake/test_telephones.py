"""A telephone number is the same whether an officer types it or a list brings it."""

import pytest

from tests.factories.lists import imported, workbook
from tests.factories.registry import institution
from training_oversight.registry.models import Institution

WRITTEN = {
    "139 0990 1234": "13909901234",
    "１３９０９９０１２３４": "13909901234",
    "+86-139-0990-1234": "13909901234",
    "(0990) 6123456": "0990-6123456",
    "0990-6123456转8": "0990-6123456转8",
    "13909901234/0990-6123456": "13909901234、0990-6123456",
    "无": None,
    "/": None,
    "办理中": None,
    "139 0990 123": "139 0990 123",
    "问门卫": "问门卫",
}
DOUBTFUL = {"139 0990 123", "问门卫"}


@pytest.mark.parametrize(("written", "kept"), WRITTEN.items())
def test_typed_and_imported_it_is_the_same_with_the_same_warning(
    county, inspector, session, written, kept
):
    township = county.townships[0]
    page = inspector.submit(
        "/institutions/new", name="星屿艺术", division_id=township.id, phone=written
    )
    _, batch = imported(session, county, workbook(["机构名称", "联系电话"], ["墨耕书法", written]))

    [line] = batch.rows
    typed, listed = (
        session.query(Institution).filter_by(name=name).one() for name in ("星屿艺术", "墨耕书法")
    )
    assert (typed.phone, listed.phone) == (kept, kept)
    assert ("不像电话" in page.text) == bool(line.warnings) == (written in DOUBTFUL)


def test_a_change_is_cleaned_as_well_and_asked_about(county, inspector, session):
    place = institution(county, name="星屿艺术", phone="13909901234")
    url = f"/institutions/{place.id}/edit"

    page = inspector.submit(url, phone="139 0990 0001 ")
    session.refresh(place)
    assert place.phone == "13909900001"
    assert "不像电话" not in page.text

    page = inspector.submit(url, phone="王主任")
    session.refresh(place)
    assert place.phone == "王主任"
    assert "不像电话" in page.text


@pytest.mark.parametrize(("typed", "kept"), [("", "13909901234"), ("-", None), ("无", None)])
def test_it_stays_unless_something_is_typed_and_goes_by_a_dash_or_none(
    county, inspector, session, typed, kept
):
    place = institution(county, name="星屿艺术", phone="13909901234")

    inspector.submit(f"/institutions/{place.id}/edit", phone=typed)

    session.refresh(place)
    assert place.phone == kept
