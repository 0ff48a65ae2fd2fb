from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from training_oversight import spreadsheets
from training_oversight.spreadsheets.cells import trimmed
from training_oversight.texts import Text

HEADER = ["机构名称", "备注", "发证日期", "数量"]
KNOWN = HEADER
EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "https://x.cn"]


def written(rows, header=HEADER):
    stream = io.BytesIO()
    spreadsheets.write(stream, header, rows)
    return stream.getvalue()


def written_csv(rows, header=HEADER):
    stream = io.BytesIO()
    spreadsheets.write_csv(stream, header, rows)
    return stream.getvalue()


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_typed_becomes_a_formula_or_a_link(evil):
    content = written([[evil]])

    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (evil, "s", None)


@pytest.mark.parametrize("evil", EVIL[:5])
def test_a_formula_in_a_text_table_is_disarmed(evil):
    text = written_csv([[evil]]).decode("utf-8-sig")

    assert f"'{evil[:4]}" in text


def test_long_numbers_are_written_as_text_and_short_ones_as_numbers():
    content = written([[123456789012345678, 9.15e17, date(2021, 3, 5), 42]])

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["A2"].value == "123456789012345678"
    assert sheet["B2"].data_type == "s"
    assert sheet["C2"].value.date() == date(2021, 3, 5)
    assert sheet["D2"].value == 42


def test_sentences_truths_and_instants_are_written_for_a_reader():
    at = datetime(2026, 10, 14, 8, 20, tzinfo=UTC)

    content = written([[Text("Nobody."), True, at, None]])

    cells = [c.value for c in openpyxl.load_workbook(io.BytesIO(content)).active[2]]
    assert cells[2] == "2026-10-14 16:20"
    assert cells[3] is None


def test_a_text_longer_than_a_cell_is_cut_where_it_shows():
    content = written([["长" * 40_000]])

    value = openpyxl.load_workbook(io.BytesIO(content)).active["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


@pytest.mark.parametrize(("write", "name"), [(written, "a.xlsx"), (written_csv, "a.csv")])
def test_what_is_written_can_be_read_again(write, name):
    rows = [["甲", evil, date(2021, 3, 5), 7] for evil in EVIL]

    sheet = spreadsheets.read(write(rows), name, known=KNOWN)

    assert sheet.header == HEADER
    assert [row.cells[1] for row in sheet.rows] == EVIL
    assert {spreadsheets.parse_date(row.cells[2]) for row in sheet.rows} == {date(2021, 3, 5)}


TYPED = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t=+-@'\"0１＝,;"),
    max_size=30,
)
CELLS = st.one_of(
    TYPED,
    TYPED.flatmap(lambda text: st.sampled_from("=+-@'＝\t\n").map(lambda mark: mark + text)),
    st.from_regex(r"[0-9]{15,25}", fullmatch=True),
    st.sampled_from(
        ["'=1", "''+1", "_x000D_", '="0012"', "#N/A", "9.15E+17", "００１", "-", "A\n\nB"]
    ),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(CELLS, min_size=1, max_size=30))
@example(["'=1", "=", "\ufeff=1", "_x000D_"])
@pytest.mark.parametrize(("write", "name"), [(written, "a.xlsx"), (written_csv, "a.csv")])
def test_any_text_comes_back_as_it_was_written(write, name, texts):
    rows = [["甲", text] for text in texts]

    sheet = spreadsheets.read(write(rows), name, known=KNOWN)

    cells = [str(row.cells[1]) for row in sheet.rows]
    assert [" ".join(cell.split()) for cell in cells] == [
        " ".join(trimmed(t).split()) for t in texts
    ]


def test_files_can_be_written_to_a_path(tmp_path):
    spreadsheets.write(tmp_path / "a.xlsx", HEADER, [["甲"]])
    spreadsheets.write_csv(tmp_path / "a.csv", HEADER, [["甲"]])

    for name in ("a.xlsx", "a.csv"):
        sheet = spreadsheets.read(tmp_path / name, known=KNOWN)
        assert sheet.rows[0].cells == ["甲", "", "", ""]
