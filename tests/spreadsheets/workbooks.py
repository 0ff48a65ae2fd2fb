"""Workbooks of today, .xlsx, as people and other programs make them."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl


def workbook(*rows, sheets=(), prepare=None):
    """``prepare`` may change the first sheet before it is saved."""
    book = openpyxl.Workbook()
    book.active.title = "台账"
    for row in rows:
        book.active.append(row)
    for title, content in sheets:
        other = book.create_sheet(title)
        for row in content:
            other.append(row)
    if prepare:
        prepare(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def merging(*ranges):
    def merge(sheet):
        for cells in ranges:
            sheet.merge_cells(cells)

    return merge


def archive(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def altered(content, **changes):
    """A workbook with some of its parts given through a function each: ``sheet1=lambda xml: …``."""
    changed = {}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            change = changes.get(re.sub(r".*/|\.xml$", "", name))
            part = file.read(name)
            changed[name] = change(part.decode()).encode() if change else part
    return archive(**changed)


def of_cells(*rows):
    """A workbook whose rows of cells are given as XML."""
    content = "".join(rows)

    def fill(xml):
        return re.sub(
            r"<sheetData.*</sheetData>|<sheetData\s*/>", f"<sheetData>{content}</sheetData>", xml
        )

    return altered(workbook(["x"]), sheet1=fill)


def text_cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
