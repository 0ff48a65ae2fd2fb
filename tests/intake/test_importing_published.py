"""Published lists of counties and platforms: nothing is lost, nothing taken for something else."""

import pytest

from tests.factories import published_lists as lists
from tests.factories.lists import ground_of, uscc, workbook
from training_oversight.intake import certainty, guessing, reading
from training_oversight.intake.cleaning import RowCleaner
from training_oversight.intake.readable import KNOWN
from training_oversight.intake.uploading import Columns
from training_oversight.spreadsheets import open_table


def read(session, county, rows):
    """The values of every row as a command reads them, and the columns that it leaves."""
    ground = ground_of(session, county)
    table = open_table(workbook(*rows), "list.xlsx", KNOWN)
    guesses = certainty.settled(table, guessing.guesses(table, {}, ground), ground)
    columns = Columns(table, guesses, [one.field for one in guesses])
    columns.check()
    cleaner = RowCleaner(ground, reading.fields_of(columns.mapping))
    found = [cleaner.clean(row) for row in table.rows()]
    assert all(not row.reasons for row in found)
    towns = {one.id: one.name for one in county.townships}
    for row in found:
        if "division_id" in row.values:
            row.values["division_id"] = towns[row.values["division_id"]]
    return [row.values for row in found], columns.unread


def test_a_list_of_places_without_a_licence_is_names_and_addresses(session, county):
    values, unread = read(session, county, lists.UNLICENSED)

    assert unread == []
    assert [one["name"] for one in values] == [row[0] for row in lists.UNLICENSED[1:]]
    assert [one["address"] for one in values] == [row[1].strip() for row in lists.UNLICENSED[1:]]
    assert {field for one in values for field in one} == {"name", "address"}


def test_the_table_behind_a_map_is_read_as_far_as_its_names_say(session, county):
    values, unread = read(session, county, lists.MAP)

    assert [one["name"] for one in values] == [row[2].strip() for row in lists.MAP[1:]]
    assert [one["address"] for one in values] == [row[3] for row in lists.MAP[1:]]
    assert {"id", "area"} <= set(unread)


def test_a_filing_form_is_no_other_number_person_or_day(session, county):
    values, unread = read(session, county, lists.FILING)

    assert values[0] == {
        "name": "霁远培训学校",
        "licence_number": "299010179901001",
        "registered_address": "文澜街道东街88号",
        "address": "南塘街道南街5号二层",
        "division_id": "南塘街道",
        "phone": "19909990042",
        "area": 320,
    }
    assert values[1]["phone"] == "0990-1230044"
    assert {
        "校长及电话",
        "身份证号码1",
        "发证机关审批意见",
        "发证机关审批意见时间",
        "教室面积",
    } <= set(unread)


def test_the_fields_of_the_national_platform_each_have_their_place(session, county):
    ((one,), unread) = read(session, county, lists.PLATFORM)

    assert one["name"] == "霁艺艺术培训中心"
    assert "uscc" not in one
    assert "licence_number" not in one
    assert (one["legal_representative"], one["principal"]) == ("安若水", "龚雨桐")
    assert (one["organiser"], one["registered_with"]) == ("霁艺文化传播有限公司", "澄江县民政局")
    assert (one["stages"], one["area"]) == (["preschool", "primary"], 150)
    assert "responsible_person" not in one
    assert unread == ["设立时间", "举办者属性", "办学资质说明"]


def test_the_table_of_electronic_licences_keeps_both_ends_of_the_term(session, county):
    ((one,), unread) = read(session, county, lists.LICENCES)

    assert one == {
        "name": "霁德培训学校",
        "uscc": uscc(38),
        "licence_number": "299010179903001",
        "address": "文澜街道东街31号",
        "division_id": "文澜街道",
        "principal": "龚雨桐",
        "kind_code": "arts",
        "courses": "美术",
        "licence_issuer": "澄江县教育局",
        "licence_issued_on": "2021-03-05",
        "licence_valid_from": "2021-03-05",
        "licence_until": "2024-03-04",
    }
    assert unread == ["证件ID", "身份证号", "主管部门", "证照状态"]


@pytest.mark.parametrize(
    "rows", [lists.UNLICENSED, lists.MAP, lists.FILING, lists.PLATFORM, lists.LICENCES]
)
def test_every_column_is_read_or_said_to_be_left(session, county, rows):
    _, unread = read(session, county, rows)
    table = open_table(workbook(*rows), "list.xlsx", KNOWN)
    guesses = guessing.guesses(table, {}, ground_of(session, county))

    left = {one.key for one in guesses if one.samples and not one.field}
    assert left - set(KNOWN) <= set(unread)
