"""Text tables, as Chinese Excel, WPS and other systems write them."""

from __future__ import annotations

import pytest

from training_oversight import spreadsheets
from training_oversight.errors import BadInput
from training_oversight.spreadsheets import DestroyedNumber, ErrorCell
from training_oversight.spreadsheets.unusable import DamagedText

HEADER = ["机构名称", "统一社会信用代码", "地址"]


def read(text, encoding="utf-8", **wishes):
    known = wishes.pop("known", HEADER)
    return spreadsheets.read(text.encode(encoding), "台账.csv", known=known, **wishes)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_text_tables_are_read_in_every_usual_encoding(encoding, delimiter, end):
    row = delimiter.join(["甲", "'=1+1", '"一路,2;3号\n后楼"'])
    text = f"台账{end}{delimiter.join(HEADER)}{end}{end}{row}{end}"
    mark = "\ufeff" if encoding == "utf-16-le" else ""

    sheet = read(mark + text, encoding)

    assert sheet.header == HEADER
    assert [(r.number, r.cells) for r in sheet.rows] == [(4, ["甲", "=1+1", "一路,2;3号\n后楼"])]


def test_a_code_that_excel_rounded_before_saving_as_text_is_flagged():
    sheet = read('机构名称,统一社会信用代码\n甲,9.15E+17\n乙,="0012"\n丙,#N/A\n')

    assert [row.cells[1] for row in sheet.rows] == [
        DestroyedNumber("9.15E+17"), "0012", ErrorCell("#N/A")
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_an_unknown_header_is_taken_apart_by_the_mark_that_makes_columns(delimiter):
    rows = [["名儿", "地儿", "话儿"], ["甲", "一路", "1,2"], ["乙", "二路;", "3"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    sheet = read(text, header_row=1, known=())

    assert sheet.header == rows[0]
    assert [row.cells for row in sheet.rows] == rows[1:]


def test_commas_in_the_sentences_above_a_table_of_tabs_do_not_lead_astray():
    sheet = read("说明：甲,乙,丙,丁,戊,己,庚\n机构名称\t地址\n甲,乙\t一路\n")

    assert sheet.rows[0].cells == ["甲,乙", "一路"]


def test_short_and_long_rows_get_one_cell_per_column():
    sheet = read("机构名称,地址\n甲\n乙,二路,多,,\n")

    assert [row.cells for row in sheet.rows] == [["甲", "", ""], ["乙", "二路", "多"]]
    assert sheet.unknown == ["C"]


@pytest.mark.parametrize("text", ['机构名称\n"甲\n乙\n', '机构名称\n"甲"乙\n', '"机构名称\n甲'])
def test_a_quotation_mark_out_of_place_swallows_no_row(text):
    with pytest.raises(BadInput) as refusal:
        read(text, header_row=1)

    assert "引号" in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_sign_that_was_cut_in_two_costs_its_cell_and_not_the_list(encoding, delimiter):
    lines = [["机构名称", "地址"], ["霁甲艺术", "文澜街道东街1号南楼"], ["霁乙托管", "石桥镇2号"]]
    whole = "\n".join(delimiter.join(line) for line in lines).encode(encoding)
    narrow = "楼".encode(encoding.replace("utf-16", "utf-16-le"))
    # The second byte of 楼; the last of the file where every sign has two.
    cut = whole[:-1] if encoding == "utf-16" else whole.replace(narrow, narrow[:-1])

    rows = spreadsheets.read(cut, known=HEADER).rows

    if encoding == "utf-16":
        assert rows[1].cells == ["霁乙托管", DamagedText("石桥镇2\ufffd")]
        return
    assert rows[0].cells == ["霁甲艺术", DamagedText("文澜街道东街1号南\ufffd")]
    assert rows[1].cells == ["霁乙托管", "石桥镇2号"]


def test_a_stray_byte_does_not_turn_the_whole_list_into_another_encoding():
    text = "机构名称,地址\n霁甲艺术,文澜街道东街1号\n霁乙托管,石桥镇2号\n".encode()

    rows = spreadsheets.read(text.replace(b"1", b"\x81\x30"), known=HEADER).rows

    assert rows[0].cells[0] == "霁甲艺术"
    assert isinstance(rows[0].cells[1], DamagedText)
    assert rows[1].cells == ["霁乙托管", "石桥镇2号"]


def test_a_text_that_another_program_has_damaged_already_is_read_in_its_own_encoding():
    rows = spreadsheets.read("机构名称\n\ufffd远\n乙\n".encode(), known=HEADER).rows

    assert [row.cells for row in rows] == [[DamagedText("\ufffd远")], ["乙"]]
