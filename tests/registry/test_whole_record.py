"""Everything that the national platform and the county want to know stands on the record."""

from datetime import date

from tests.factories.registry import institution
from tests.registry.test_institutions import edit
from training_oversight.registry.models import Tenure

ANSWERS = {
    "courses": "美术、书法",
    "legal_representative": "许明",
    "principal": "许芸",
    "registered_with": "澄江县民政局",
    "registered_address": "澄江县南塘街道1号",
    "platform_id": "QG990101",
    "platform_entered_on": "2024-03-05",
    "fund_bank": "澄江农商行",
    "fund_account": "990100200300408812",
    "tenure": "rented",
    "lease_until": "2028-06-30",
}


def test_what_is_typed_on_the_form_is_kept_and_shown(county, inspector):
    record = institution(county)

    page = inspector.submit(f"/institutions/{record.id}/edit", **ANSWERS)

    assert record.platform_entered_on == date(2024, 3, 5)
    assert (record.main_venue.tenure, record.main_venue.lease_until) == (
        Tenure.RENTED,
        date(2028, 6, 30),
    )
    facts = page.soup.select_one("#facts").text
    for words in (
        "美术、书法", "许明", "许芸", "澄江县民政局", "澄江县南塘街道1号", "QG990101",
        "2024年3月5日录入", "澄江农商行", "租用", "至2028年6月30日",
    ):  # fmt: skip
        assert words in facts


def test_the_form_shows_again_what_it_kept(county, inspector):
    record = institution(county)
    inspector.submit(f"/institutions/{record.id}/edit", **ANSWERS)

    inspector.submit(f"/institutions/{record.id}/edit", note="无变化")

    assert (record.courses, record.registered_with) == ("美术、书法", "澄江县民政局")
    assert record.platform_entered_on == date(2024, 3, 5)
    assert record.main_venue.tenure is Tenure.RENTED


def test_a_count_says_of_what_day_it_is(county, at, client_as):
    record = institution(county, pupils=200)
    at(date(2026, 11, 2))
    edit(county, record, note="走访")
    assert record.counted_on == date(2026, 10, 15)

    edit(county, record, pupils=214)

    assert record.counted_on == date(2026, 11, 2)
    assert "2026年11月2日的数" in client_as(county.officer()).get(f"/institutions/{record.id}").text


def test_without_a_count_there_is_no_day(county):
    assert institution(county).counted_on is None
