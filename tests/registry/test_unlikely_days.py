"""A day outside the years of papers is saved as it was typed, and doubted aloud."""

import pytest

from tests.factories.registry import institution, licence
from training_oversight.registry.models import LicenceEventKind

DOUBT = "不在1982年至2100年之间，请与原件核对。"


@pytest.fixture
def inspector(client_as, county):
    return client_as(county.officer())


@pytest.mark.parametrize(
    ("begins", "ends", "doubts"),
    [
        ("1981-12-31", "2027-06-30", 1),
        ("1982-01-01", "2100-12-31", 0),
        ("2024-07-01", "2101-01-01", 1),
        ("1925-07-01", "2126-06-30", 2),
    ],
)
def test_first_and_last_day_of_a_paper(county, inspector, begins, ends, doubts):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/new",
        type="business",
        valid_from=begins,
        valid_until=ends,
    )

    [paper] = record.licences
    assert [paper.valid_from.isoformat(), paper.valid_until.isoformat()] == [begins, ends]
    assert page.text.count(DOUBT) == doubts


def test_a_correction_names_the_field_and_the_day(county, inspector):
    paper = licence(county, institution(county))

    page = inspector.submit(
        f"/institutions/{paper.institution_id}/licences/{paper.id}/edit", valid_until="2126-06-30"
    )

    assert f"“有效期至”已按所填的2126年6月30日保存，但{DOUBT}" in page.text.replace(" ", "")


def test_the_new_end_of_a_renewal(county, inspector):
    paper = licence(county, institution(county))

    page = inspector.submit(
        f"/institutions/{paper.institution_id}/licences/{paper.id}/event",
        kind=LicenceEventKind.RENEWED.value,
        on_day="2026-10-01",
        valid_until="2129-06-30",
    )

    assert DOUBT in page.text


@pytest.mark.parametrize("path", ["edit", "venues/new"])
def test_the_end_of_a_lease(county, inspector, path):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/{path}", address="文澜街道南街2号", lease_until="2126-06-30"
    )

    assert DOUBT in page.text
