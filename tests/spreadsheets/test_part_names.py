"""Workbooks whose parts other programs call otherwise: Excel and WPS open them, and so do we."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.spreadsheets.workbooks import workbook
from training_oversight import spreadsheets
from training_oversight.errors import BadInput

HEADER = ["机构名称", "地址"]


def renamed(*changes, more=()):
    """A workbook with parts of its names, and what speaks of them, put otherwise."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEADER, ["霁甲艺术", "东街1号"]))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            part = name, old.read(name)
            for change in changes:
                part = change(*part)
            new.writestr(zipfile.ZipInfo(part[0]), part[1])
        for name in more:
            new.writestr(name, b"<x/>")
    return stream.getvalue()


def with_backslashes(name, content):
    info = name.replace("/", "\\")
    return info, content


def from_the_root(name, content):
    return f"/{name}", content


def in_capitals(name, content):
    return name.replace("xl/", "XL/").replace("workbook", "Workbook"), content


def numbered(name, content):
    moved = name.replace("workbook.xml", "workbook2.xml")
    return moved, content.replace(b"xl/workbook.xml", b"xl/workbook2.xml")


def in_another_folder(name, content):
    if name == "_rels/.rels":
        return name, content.replace(b"xl/workbook.xml", b"office/book.xml")
    moved = name.replace("xl/", "office/").replace("workbook.xml", "book.xml")
    return moved, content.replace(b'"/xl/', b'"')


@pytest.mark.parametrize(
    "changes",
    [
        [with_backslashes], [from_the_root], [in_capitals], [numbered], [in_another_folder],
        [numbered, with_backslashes],
    ],
    ids=lambda changes: "-".join(one.__name__ for one in changes),
)  # fmt: skip
def test_a_workbook_is_read_whatever_its_parts_are_called(changes):
    sheet = spreadsheets.read(renamed(*changes), known=HEADER)

    assert [row.cells for row in sheet.rows] == [["霁甲艺术", "东街1号"]]


def test_two_parts_that_would_have_one_name_are_no_workbook():
    with pytest.raises(BadInput):
        spreadsheets.read(renamed(with_backslashes, more=["xl/workbook.xml"]), known=HEADER)
