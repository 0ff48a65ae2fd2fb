from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from tests.spreadsheets.old_workbooks import old_workbook
from tests.spreadsheets.open_documents import open_document
from tests.spreadsheets.workbooks import merging, workbook
from training_oversight import spreadsheets
from training_oversight.errors import TooLarge
from training_oversight.spreadsheets import DestroyedNumber

KNOWN = ["机构名称", "统一社会信用代码", "地址", "发证日期"]
HEADER = ["机构名称", "统一社会信用代码", "地址"]
WHOLE = workbook(HEADER, ["甲"])
FORMATS = {"xlsx": workbook, "xls": old_workbook, "ods": open_document}


def read(content, filename="台账.xlsx", **wishes):
    return spreadsheets.read(content, filename, known=KNOWN, **wishes)


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_every_kind_of_workbook_is_read_alike(make):
    content = make(
        ["星河区校外培训机构台账"],
        ["机构名称", "统一社会信用代码", None, "发证日期", "人数"],
        ["甲（文澜）", "0012", None, date(2021, 3, 5), 12],
        [],
        ["\u3000乙\xa0", "９１", "二路\n3号", None, 2.5],
    )

    sheet = read(content)

    assert sheet.header == ["机构名称", "统一社会信用代码", "", "发证日期", "人数"]
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, ["甲（文澜）", "0012", "", date(2021, 3, 5), "12"]),
        (5, ["乙", "９１", "二路\n3号", "", "2.5"]),
    ]
    assert sheet.unknown == ["人数", "C"]


@pytest.mark.parametrize(
    "filename", ["台账.xls", "台账.csv", "台账.et", "台账.pdf", "台账", "台账.XLSX", ""]
)
def test_the_content_decides_and_not_the_name(filename):
    for content in (WHOLE, old_workbook(HEADER, ["甲"]), open_document(HEADER, ["甲"])):
        assert [row.cells[0] for row in read(content, filename).rows] == ["甲"]


def test_a_text_under_the_name_of_a_workbook_is_read():
    content = "机构名称\t地址\n甲\t一路\n".encode("gb18030")

    assert read(content, "台账.xls").rows[0].cells == ["甲", "一路"]


def test_cells_become_text_and_days():
    content = workbook(
        ["机构名称", *"abcde", "发证日期"],
        [
            "\u3000甲\xa0",
            12.0,
            0.1 + 0.2,
            150019971234560,
            9.15e17,
            None,
            datetime.combine(date(2021, 3, 5), time(9)),
        ],
    )

    cells = read(content).rows[0].cells

    assert cells[:4] == ["甲", "12", "0.3", "150019971234560"]
    assert cells[4] == DestroyedNumber("9.15E+17")
    assert cells[5:] == ["", date(2021, 3, 5)]


def test_truths_times_and_durations_are_read_as_they_are_shown():
    row = ["甲", True, False, time(9, 30), timedelta(hours=30), 0.0000001]

    cells = read(workbook(["机构名称", *"abcde"], row)).rows[0].cells

    assert cells == ["甲", "TRUE", "FALSE", "09:30", "30:00", "0.0000001"]


@pytest.mark.parametrize("make", [workbook, open_document])
def test_truths_are_read_from_other_formats_too(make):
    assert read(make(["机构名称", "a"], ["甲", True])).rows[0].cells == ["甲", "TRUE"]


def test_unknown_columns_are_named_and_unnamed_ones_with_data_get_their_letter():
    content = workbook(["机构名称", "备用", None, None], ["甲", "1", None, "x"])

    sheet = read(content)

    assert sheet.unknown == ["备用", "D"]
    assert sheet.header == ["机构名称", "备用", "", ""]
    assert sheet.written == ["机构名称", "备用", "", ""]


def test_blank_columns_beside_and_in_a_table_do_no_harm():
    content = workbook([None, "机构名称", None, "地址"], [None, "甲", None, "一路"])

    sheet = read(content)

    assert (sheet.header, sheet.unknown) == (["", "机构名称", "", "地址"], [])
    assert sheet.rows[0].cells == ["", "甲", "", "一路"]


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_rows_can_be_read_one_by_one_and_once_more(make):
    table = spreadsheets.open_table(make(HEADER, ["甲"], ["乙"]), "", KNOWN)

    rows = table.rows()

    assert next(rows).cells[0] == "甲"
    assert [row.cells[0] for row in table.rows()] == ["甲", "乙"]
    assert [row.number for row in rows] == [3]
    assert table.count == 2


def test_a_path_is_read_like_its_content(tmp_path):
    for content in (WHOLE, old_workbook(HEADER, ["甲"]), "机构名称\n甲\n".encode()):
        path = tmp_path / "台账"
        path.write_bytes(content)

        assert spreadsheets.read(path, known=KNOWN) == read(content)


def test_too_many_rows_are_counted_and_refused(in_english):
    content = workbook(HEADER, *(["甲"] for _ in range(12)), ["合计"])

    with pytest.raises(TooLarge) as refusal:
        read(content, max_rows=11)

    assert "12 rows" in str(refusal.value)
    assert len(read(content, max_rows=12).rows) == 12


def test_a_file_over_the_limit_of_size_is_refused(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(WHOLE)

    for source in (WHOLE, path):
        with pytest.raises(TooLarge):
            read(source, max_bytes=100)


XLSX_MERGES = workbook(
    ["机构名称", "乡镇", "面积"],
    ["甲", "文澜", 10], ["乙", None, 20], ["丙", "东城", None], [], ["丁", None, 5],
    prepare=merging("B2:B3", "B4:B6", "C3:C4"),
)  # fmt: skip
XLS_MERGES = old_workbook(
    ["机构名称", "乡镇", "面积"],
    ["甲", "文澜", 10], ["乙", None, 20], ["丙", "东城", None], [], ["丁", None, 5],
    merges=[(2, 2, 3, 2), (4, 2, 6, 2), (3, 3, 4, 3)],
)  # fmt: skip


@pytest.mark.parametrize("content", [XLSX_MERGES, XLS_MERGES], ids=["xlsx", "xls"])
def test_a_cell_merged_over_rows_stands_in_each_of_them_and_makes_no_rows(content):
    rows = [(row.number, row.cells) for row in read(content).rows]

    assert rows == [
        (2, ["甲", "文澜", "10"]),
        (3, ["乙", "文澜", "20"]),
        (4, ["丙", "东城", "20"]),
        (6, ["丁", "东城", "5"]),
    ]


def test_a_cell_merged_over_columns_stands_only_in_the_first():
    content = workbook(HEADER, ["甲", "91", None], prepare=merging("B2:C2"))

    assert read(content).rows[0].cells == ["甲", "91", ""]
