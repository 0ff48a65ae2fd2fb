from __future__ import annotations

import pytest

from tests.spreadsheets.workbooks import merging, workbook
from training_oversight import spreadsheets
from training_oversight.spreadsheets.left_out import (
    ADDS_UP,
    IS_EXAMPLE,
    IS_HEADING,
    IS_NOTE,
    NAMES_ANEW,
    NUMBERS_COLUMNS,
    REPEATS,
    UNDER_ANOTHER,
)

HEADER = ["序号", "机构名称", "地址", "人数"]
WHOLE = [1, "甲", "一路", 10]


def read(*rows, prepare=None):
    content = workbook(["台账", None], HEADER, *rows, prepare=prepare)
    return spreadsheets.read(content, "台账.xlsx", known=HEADER)


@pytest.mark.parametrize(
    "row",
    [
        ["合计", None, None, 10],
        [None, "合  计", None, 10],
        [None, None, "总计：", 10],
        ["小计", "1家", None, 10],
        ["文澜街道小计", None, None, 10],
        ["合计（1家）", None, None, 10],
        ["本页小计", None, None, 10],
        [2, "共计1家", None, 10],
        ["累计：1", None, None, 10],
        ["学科类合计", None, None, None],
    ],
)
def test_a_row_of_sums_is_left_out_and_reported(row):
    sheet = read(WHOLE, row, [2, "乙"])

    assert [one.number for one in sheet.rows] == [3, 5]
    assert sheet.left_out == [(4, ADDS_UP)]


@pytest.mark.parametrize(
    "row",
    [
        ["填表人：张三", None, "审核人：李四", None],
        ["制表日期:2026.3.5"],
        [None, "备注：本表一式两份"],
        ["注：1.本表由乡镇填报"],
        ["注1：不含托管"],
        ["填表说明"],
        ["单位负责人（签字）：", None, "填报时间：2026年3月5日", None],
        ["审核：", None, "制表："],
        ["联系电话：0990-1"],
    ],
)
def test_a_note_under_the_table_is_left_out_and_reported(row):
    sheet = read(WHOLE, row)

    assert [one.number for one in sheet.rows] == [3]
    assert sheet.left_out == [(4, IS_NOTE)]


def test_a_line_across_the_table_is_no_row():
    sheet = read(
        ["一、文澜街道"],
        WHOLE,
        ["（二）东城街道"],
        [2, "乙"],
        ["以上数据截至3月底"],
        prepare=merging("A7:D7"),
    )

    assert [one.number for one in sheet.rows] == [4, 6]
    assert sheet.left_out == [(3, IS_HEADING), (5, IS_HEADING), (7, IS_HEADING)]


def test_what_is_repeated_for_printing_is_reported():
    sheet = read(WHOLE, ["台账", None], HEADER, [2, "乙"])

    assert [one.number for one in sheet.rows] == [3, 6]
    assert sheet.left_out == [(4, REPEATS), (5, REPEATS)]


def test_numbers_of_columns_and_examples_are_no_rows():
    sheet = read([1, 2, 3, 4], ["示例", "晨曦画室", "一路", 9], WHOLE, ["例1", "x"])

    assert [one.number for one in sheet.rows] == [5]
    assert sheet.left_out == [(3, NUMBERS_COLUMNS), (4, IS_EXAMPLE), (6, IS_EXAMPLE)]


@pytest.mark.parametrize(
    "row",
    [
        [2, "合计划教育培训中心", "二路", 3],
        [2, "小计算机培训", "二路", 3],
        [2, "总计数学", None, None],
        [2, "统计学习中心", None, None],
        [2, "注册会计培训", "二路", None],
        [2, "示例外语", "二路", None],
        [2, "说明白演讲", None, None],
        [2, "甲", "一路：合计三间", "合计"],
        [None, "只有名称", None, None],
        [2, "一二三、艺术", "二路", None],
        [1, 2, 3, None],
    ],
)
def test_a_row_that_only_looks_like_a_sum_or_a_note_is_kept(row):
    sheet = read(WHOLE, row)

    assert [one.number for one in sheet.rows] == [3, 4]
    assert sheet.left_out == []


def test_a_second_table_with_other_columns_is_not_read_as_the_first():
    sheet = read(WHOLE, [], ["序号", "地址", "机构名称"], [1, "二路", "乙"], HEADER, [2, "丙"])

    assert [row.cells[1] for row in sheet.rows] == ["甲", "丙"]
    assert sheet.left_out == [(5, NAMES_ANEW), (6, UNDER_ANOTHER), (7, REPEATS)]


def test_columns_named_twice_are_one_table():
    sheet = read(["序号", "人数", "机构名称"], WHOLE, [2, "乙"])

    assert [row.number for row in sheet.rows] == [4, 5]
    assert sheet.left_out == [(3, NAMES_ANEW)]


def test_blank_rows_are_skipped_and_the_others_keep_their_numbers():
    sheet = read(WHOLE, [], ["  ", "\u3000"], [2, "乙"])

    assert [row.number for row in sheet.rows] == [3, 6]
    assert sheet.left_out == []
