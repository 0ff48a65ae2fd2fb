"""Every header means one field: who leads, who stands on the papers, where it is registered."""

import pytest

from tests.factories import exports
from tests.factories.lists import columns_of, ground_of, imported, looked, one, workbook
from training_oversight import database
from training_oversight.exports import layouts
from training_oversight.intake import reading
from training_oversight.intake.cleaning import CLEANERS
from training_oversight.intake.register_values import on_register
from training_oversight.intake.workflow import RowOutcome
from training_oversight.registry.columns import BY_FIELD, COLUMNS
from training_oversight.registry.models import Tenure

WHOLE = {
    "机构名称": "云帆球类培训中心",
    "曾用名": "云帆体育、小云帆",
    "办学地址": "澄江县南塘路8号",
    "注册地址": "澄江县文澜路2号",
    "登记机关": "澄江县民政局",
    "培训内容": "篮球、足球",
    "负责人": "周明远",
    "法定代表人": "许芸",
    "校长": "柳长卿",
    "场所来源": "租赁",
    "租期至": "2027.3.5",
    "监管银行": "澄江农商银行",
    "监管账号": "6228 0000 1111 2222 333",
    "平台录入时间": "2023年9月1日",
}


def test_people_addresses_and_the_fund_go_where_they_belong(session, county):
    imported(session, county, workbook(list(WHOLE), list(WHOLE.values())))

    place = one(session)
    assert (place.responsible_person, place.legal_representative, place.principal) == (
        "周明远",
        "许芸",
        "柳长卿",
    )
    assert place.former_names == [
        {"name": "云帆体育", "until": None},
        {"name": "小云帆", "until": None},
    ]
    assert (place.main_venue.address, place.registered_address) == (
        "澄江县南塘路8号",
        "澄江县文澜路2号",
    )
    assert (place.registered_with, place.courses) == ("澄江县民政局", "篮球、足球")
    assert (place.main_venue.tenure, str(place.main_venue.lease_until)) == (
        Tenure.RENTED,
        "2027-03-05",
    )
    assert (place.fund_bank, place.fund_account) == ("澄江农商银行", "6228000011112222333")
    assert str(place.platform_entered_on) == "2023-09-01"


@pytest.mark.parametrize(
    ("header", "read"),
    [
        (["名称", "注册地址"], {"address": 1}),
        (["名称", "住所"], {"address": 1}),
        (["名称", "注册地址", "地址"], {"registered_address": 1, "address": 2}),
        (["名称", "注册地址", "台账状态"], {"registered_address": 1}),
        (["名称", "法人"], {"legal_representative": 1}),
        (["名称", "校长", "负责人"], {"principal": 1, "responsible_person": 2}),
    ],
)
def test_the_only_address_of_a_countys_list_is_where_the_place_is(session, county, header, read):
    content = workbook(header, ["晨曦画室", *[""] * (len(header) - 1)])

    found = columns_of(content, "list.xlsx", ground_of(session, county))

    assert reading.fields_of(found.mapping) == {"name": 0} | read


def test_a_former_name_that_is_known_is_no_change_and_its_day_stays(session, county):
    imported(session, county, workbook(list(WHOLE), list(WHOLE.values())))
    with database.transaction():
        one(session).former_names = [{"name": "云帆体育", "until": "2024-01-01"}]

    known, _ = looked(
        session, county, workbook(["名称", "曾用名"], ["云帆球类培训中心", "云帆体育"])
    )
    new, _ = looked(session, county, workbook(["名称", "曾用名"], ["云帆球类培训中心", "小云帆"]))

    assert known.rows[0].outcome is RowOutcome.UNCHANGED
    assert new.rows[0].changes["former_names"][1] == [
        {"name": "云帆体育", "until": "2024-01-01"},
        {"name": "小云帆", "until": None},
    ]


@pytest.mark.parametrize("form", layouts.FileForm)
def test_the_whole_row_goes_out_and_comes_in_without_a_change(session, county, form):
    imported(session, county, workbook(list(WHOLE), list(WHOLE.values())))
    content = exports.file(county, form)
    seen, _ = looked(session, county, content, f"list.{form.value}")

    assert [row.outcome for row in seen.rows] == [RowOutcome.UNCHANGED]
    assert seen.columns.unread == []


def test_every_column_is_cleaned_and_stands_on_the_register(session, county):
    imported(session, county, workbook(["机构名称"], ["云帆球类培训中心"]))

    assert set(BY_FIELD) == set(CLEANERS) == set(on_register(one(session)))


def test_no_header_means_two_fields():
    spellings = [word for column in COLUMNS for word in column.spellings]

    assert len(spellings) == len(set(spellings))
