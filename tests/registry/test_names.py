"""What an institution was called before stays with it, and it is found by it."""

from datetime import date

import pytest

from tests.factories.registry import institution, listed
from tests.registry.test_institutions import edit
from training_oversight.registry.forms import naming
from training_oversight.registry.service import FormerName, values_of

TODAY = date(2026, 10, 15)


def former(record):
    return values_of(record).former_names


def test_a_name_that_is_given_up_is_kept_with_the_day(county):
    record = institution(county, name="星屿美术工作室")

    edit(county, record, name="星屿艺术培训中心")

    assert former(record) == (FormerName("星屿美术工作室", TODAY),)


def test_the_latest_former_name_stands_first(county):
    record = institution(county, name="一号")

    edit(county, record, name="二号")
    edit(county, record, name="三号")

    assert [one.name for one in former(record)] == ["二号", "一号"]


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("星屿艺术培训中芯", {"name": "星屿艺术培训中心", "name_corrected": True}),
        ("星屿（艺术）培训中心", {"name": "星屿(艺术) 培训中心"}),
        ("星屿艺术", {"pupils": 12}),
    ],
)
def test_a_spelling_put_right_is_no_former_name(county, name, changed):
    record = institution(county, name=name)

    edit(county, record, **changed)

    assert former(record) == ()


def test_what_people_called_a_place_becomes_another_name_of_it(county):
    record = institution(county, name="老许画室", informal_name=True)

    edit(county, record, name="星屿艺术培训中心", informal_name=False)

    assert (former(record), record.aliases) == ((), ["老许画室"])


def test_the_present_name_is_none_of_the_former_ones(county):
    record = institution(county, name="星屿艺术")
    edit(county, record, name="星屿美术")

    edit(county, record, name="星屿艺术")

    assert [one.name for one in former(record)] == ["星屿美术"]


def test_an_institution_is_found_by_its_former_name_and_its_initials(county, inspector):
    record = institution(county, name="晨曦画室")
    edit(county, record, name="星屿艺术培训中心")

    assert listed(inspector, q="晨曦") == ["星屿艺术培训中心"]
    assert listed(inspector, q="cxhs") == ["星屿艺术培训中心"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("星屿美术", (FormerName("星屿美术"),)),
        (
            "星屿美术（2023-05-01）、老许画室(2021年3月5日)",
            (FormerName("星屿美术", date(2023, 5, 1)), FormerName("老许画室", date(2021, 3, 5))),
        ),
        ("星屿（艺术）", (FormerName("星屿（艺术）"),)),
        ("星屿（艺术）中心（2020.1.2）", (FormerName("星屿（艺术）中心", date(2020, 1, 2)),)),
    ],
)
def test_former_names_are_typed_with_their_last_day_in_brackets(typed, meant):
    assert naming.former_split(typed) == meant
    assert naming.former_split(naming.former_joined(meant)) == meant


def test_the_record_says_what_it_was_called_and_until_when(county, inspector):
    record = institution(county, name="星屿美术工作室")

    inspector.submit(f"/institutions/{record.id}/edit", name="星屿艺术培训中心")
    page = inspector.get(f"/institutions/{record.id}")

    assert "曾用名：星屿美术工作室（至2026年10月15日）" in page.soup.select_one(".head").text


def test_the_tick_on_the_form_keeps_a_misspelt_name_off_the_record(county, inspector):
    record = institution(county, name="星屿艺术培训中芯")

    inspector.submit(f"/institutions/{record.id}/edit", name="星屿艺术培训中心", name_corrected="y")

    assert former(record) == ()


def test_former_names_can_be_put_right_on_the_form(county, inspector):
    record = institution(county, former_names=(FormerName("星屿美书", TODAY),))

    inspector.submit(f"/institutions/{record.id}/edit", former_names="星屿美术（2023-05-01）")

    assert former(record) == (FormerName("星屿美术", date(2023, 5, 1)),)
