"""What cleaning makes of cells, and that it says so."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.lists import uscc
from training_oversight import clock
from training_oversight.intake import queries
from training_oversight.intake.cleaning import Cleaning, RowCleaner, cleaning
from training_oversight.intake.cleaning.fields import CLEANERS
from training_oversight.intake.reading import stored
from training_oversight.registry import cells
from training_oversight.registry.columns import BY_FIELD
from training_oversight.registry.fields import BY_NAME, Kind
from training_oversight.spreadsheets import DestroyedNumber, Row

FIELDS = sorted(CLEANERS.keys() & BY_FIELD.keys())


@pytest.fixture
def ground(session, county):
    return queries.ground(session, county.division, scope=county.system.scope, today=clock.today())


def cleaned(ground, **cells):
    """A row of these fields, after cleaning; it has a name."""
    told = {"name": "晨曦画室", **cells}
    places = {name: place for place, name in enumerate(told)}
    return RowCleaner(ground, places).clean(Row(7, list(told.values())))


@pytest.mark.parametrize(
    ("field", "written", "understood", "how"),
    [
        ("name", "晨　曦 画室", "晨曦画室", Cleaning.SPACES),
        ("address", "东街\x001号\x00", "东街1号", Cleaning.SPACES),
        ("platform_id", "\x00A1\uffff", "A1", Cleaning.SPACES),
        ("name", "ＡＢＣ英语", "ABC英语", Cleaning.WIDTH),
        ("responsible_person", "王　明", "王明", Cleaning.SPACES),
        ("phone", "139 0000 2046", "13900002046", Cleaning.SPACES),
        ("phone", "１３９００００２０４６", "13900002046", Cleaning.WIDTH),
        ("phone", "139-0000-2046", "13900002046", Cleaning.NUMBER),
        ("phone", "+86 13900002046", "13900002046", Cleaning.NUMBER),
        ("phone", "13900002046.0", "13900002046", Cleaning.NUMBER),
        ("phone", "（0990）1234567", "0990-1234567", Cleaning.NUMBER),
        ("phone", "0990-1234567转8", "0990-1234567转8", None),
        ("phone", "13900002046/0990-1234567", "13900002046、0990-1234567", Cleaning.NUMBER),
        ("uscc", f" {uscc(7)[:9]} {uscc(7)[9:].lower()} ", uscc(7), Cleaning.NUMBER),
        ("uscc", "办理中", "", Cleaning.EMPTY),
        ("organiser", "/", "", Cleaning.EMPTY),
        ("landlord", "无", "", Cleaning.EMPTY),
        ("licence_number", "教民299010170000123号", "299010170000123", Cleaning.WRAPPING),
        ("licence_until", "2027.3.5", "2027-03-05", Cleaning.DAY),
        ("licence_until", "2027年3月5日", "2027-03-05", Cleaning.DAY),
        ("licence_until", "46451", "2027-03-05", Cleaning.SERIAL),
        ("licence_until", "2027年2月", "2027-02-28", Cleaning.DAY),
        ("licence_until", "2024.3.6至2027.3.5", "2027-03-05", Cleaning.DAY),
        ("licence_until", "2024.3.6-2027.3.5", "2027-03-05", Cleaning.DAY),
        ("licence_until", "2024-03-06-2027-03-05", "2027-03-05", Cleaning.DAY),
        ("licence_until", "2024年3月至2027年3月", "2027-03-31", Cleaning.DAY),
        ("licence_until", "长期", "", Cleaning.EMPTY),
        ("licence_issued_on", "2024.3", "", Cleaning.NO_DAY),
        ("licence_until", date(2027, 3, 5), "2027-03-05", None),
        ("pupils", "约120人", 120, Cleaning.UNIT),
        ("pupils", "1,200", 1200, Cleaning.UNIT),
        ("pupils", "120", 120, None),
        ("area", "120.5平方米", 120, Cleaning.UNIT),
        ("kind_code", "体育", "sports", None),
        ("kind_code", "体育类", "sports", Cleaning.WORD),
        ("kind_code", "非学科类（体育）", "sports", Cleaning.WORD),
        ("kind_code", "非学科-艺术类", "arts", Cleaning.WORD),
        ("kind_code", "托管班", "care", Cleaning.WORD),
        ("legal_form", "有限责任公司(自然人独资)", "company", Cleaning.WORD),
        ("stages", "小学初中", ["primary", "junior"], Cleaning.WORD),
        ("stages", "小学、初中", None, None),
    ],
)
def test_a_cell_is_cleaned_and_it_is_said_how(ground, field, written, understood, how):
    row = cleaned(ground, **{field: written})

    if understood is not None:
        assert row.values.get(field, "") == understood
    found = row.cleaned.get(field)
    assert (cleaning(field, *found) if found else None) == how
    assert found is None or found[0] == str(written)


def test_a_township_is_known_by_its_office_and_by_what_lies_in_it(ground, county):
    words = ["文澜街道", "文澜", "澄江县文澜街道", "文澜街道办事处", "文澜街办", "文澜街道东门社区"]

    found = [cleaned(ground, division_id=word).values["division_id"] for word in words]

    assert found == [county.townships[0].id] * len(words)


@pytest.mark.parametrize("address", ["文澜街道东街1号", "澄江县文澜街道 东街1号"])
def test_a_list_without_townships_is_placed_by_its_addresses(ground, county, address):
    row = cleaned(ground, address=address)

    assert row.values["division_id"] == county.townships[0].id
    assert row.cleaned["division_id"] == [row.values["address"], county.townships[0].id]


@pytest.mark.parametrize(
    ("division", "address"),
    [("", "文澜路8号"), ("", "东街1号(文澜街道)"), ("无此镇", "文澜街道东街1号")],
)
def test_an_address_that_names_no_township_or_another_word_places_nothing(
    ground, division, address
):
    assert "division_id" not in cleaned(ground, division_id=division, address=address).values


def test_a_township_that_somebody_wrote_or_chose_is_not_placed_by_the_address(ground, county):
    town = county.townships[1]

    written = cleaned(ground, division_id=town.name, address="文澜街道东街1号")
    chosen = cleaned(replace(ground, division=town), address="文澜街道东街1号")

    assert written.values["division_id"] == town.id
    assert "division_id" not in chosen.values


@pytest.mark.parametrize("written", ["自2024年3月6日至2027年3月5日", "2024.3.6-2027.3.5"])
def test_a_period_says_the_first_day_too_and_shows_it(ground, written):
    row = cleaned(ground, licence_until=written)

    assert row.values["licence_valid_from"] == "2024-03-06"
    assert row.cleaned["licence_valid_from"] == [written, "2024-03-06"]
    assert row.warnings == []


def test_a_period_that_contradicts_the_column_of_its_first_day_is_told(ground):
    row = cleaned(
        ground, licence_valid_from="2024-03-07", licence_until="2024.3.6-2027.3.5"
    )  # fmt: skip

    assert row.values["licence_valid_from"] == "2024-03-07"
    assert [str(one) for one in row.warnings] == [
        "许可证有效期起：“2024.3.6-2027.3.5”与本列写的不一致，以本列为准。"
    ]


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("licence_issued_on", "2021.3"),
        ("licence_issued_on", "2021年3月"),
        ("licence_issued_on", "二〇二一年三月"),
        ("licence_issued_on", "2021年"),
        ("licence_valid_from", "2021-03"),
        ("licence_until", "2024年"),
        ("lease_until", "2024"),
    ],
)
def test_a_day_that_is_missing_keeps_nobody_off_the_register(ground, field, written):
    row = cleaned(ground, **{field: written})

    assert field not in row.values
    assert row.reasons == []
    assert row.cleaned[field] == [written, ""]
    assert [written in str(one) for one in row.warnings] == [True]


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [("pupils", "100000", 100_000), ("pupils", "100001人", None), ("area", "1200000㎡", None)],
)
def test_a_count_that_no_institution_can_have_stays_empty_as_the_form_refuses_it(
    ground, field, written, kept
):
    row = cleaned(ground, **{field: written})

    assert row.values.get(field) == kept
    assert row.reasons == []
    assert [f"“{written}”超过100000" in str(one) for one in row.warnings] == [True] * (not kept)


@pytest.mark.parametrize("written", ["2021.13.5", "2021-2-30", "21.3.5", "三年前"])
def test_a_day_that_cannot_be_is_still_a_reason(ground, written):
    assert len(cleaned(ground, licence_issued_on=written).reasons) == 1


def test_a_kind_that_only_says_what_it_is_not_stays_empty_with_a_warning(ground):
    row = cleaned(ground, kind_code="非学科类")

    assert "kind_code" not in row.values
    assert len(row.warnings) == 1
    assert row.reasons == []


@pytest.mark.parametrize("written", ["20-30人", "40余人", "若干"])
def test_a_number_that_is_no_single_one_stays_empty_with_a_warning(ground, written):
    row = cleaned(ground, pupils=written)

    assert "pupils" not in row.values
    assert row.reasons == []
    assert [one.values["reason"].values["written"] for one in row.warnings] == [written]


def test_a_telephone_that_is_none_is_kept_with_a_warning(ground):
    row = cleaned(ground, phone="问门卫")

    assert row.values["phone"] == "问门卫"
    assert len(row.warnings) == 1


@pytest.mark.parametrize("field", ["uscc", "licence_number", "phone", "platform_id"])
def test_a_number_that_excel_has_destroyed_comes_back_with_that_reason(ground, field):
    row = cleaned(ground, **{field: DestroyedNumber("9.19901010000000E+17")})

    assert field not in row.values
    assert "Excel" in str(row.reasons[0])
    assert str(BY_FIELD[field].label) in str(row.reasons[0])


def test_a_row_gives_its_cells_back_as_they_stood(ground):
    row = cleaned(ground, licence_until=date(2027, 3, 5), phone="１３９", uscc=" 办理中 ")

    assert stored(1, row)["cells"] == ["晨曦画室", {"day": "2027-03-05"}, "１３９", " 办理中 "]


PIECES = st.sampled_from(
    [
        *("无", "/", "办理中", "教民", "号", "299010170000123", "2021", "年", "3", "月", "5", "日"),
        *(".", "-", "至", "（", "）", "(", ")", "人", "约", "平方米", "小学", "初中", "、", "体育"),
        *("类", "非学科", "文澜", "街道", "办事处", "139", "0000", "2046", "0990", "1234567", "转"),
        *("+86", "ＡＢ", "１２", "公司", "有限", "线上", "线下", "E+17", "45000", "°", "长期"),
        *("\u3000", "\u200b", "\ufeff", "\u0301", "𠮷", "ﬁ", "①", "㎡", "½", "İ", " ", "\n", "\t"),
    ]
)
WRITTEN = st.one_of(
    st.text(max_size=40), st.lists(PIECES, max_size=8).map("".join), st.dates().map(str)
)
QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUICK
@given(field=st.sampled_from(FIELDS), written=WRITTEN)
def test_any_text_becomes_a_value_or_a_reason(ground, field, written):
    row = cleaned(ground, **{field: written})

    assert field in row.values or row.reasons or row.cleaned or row.warnings or not written.strip()


@QUICK
@given(field=st.sampled_from(FIELDS), written=WRITTEN)
def test_cleaning_twice_changes_nothing(ground, session, county, field, written):
    words = cells.words_for(session, county.authority, today=clock.today())
    once = cleaned(ground, **{field: written})
    if field not in once.values:
        return
    said = str(cells.shown(field, once.values[field], words))
    if BY_NAME[field].kind in (Kind.DAY, Kind.LAST_DAY):
        said = once.values[field]

    again = cleaned(ground, **{field: said})

    assert again.values[field] == once.values[field]
    assert field not in again.cleaned
    assert again.reasons == once.reasons
