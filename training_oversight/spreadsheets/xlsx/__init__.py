"""The workbooks of today, .xlsx and .xlsm: every part is looked through, then one sheet is read."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree

from python_calamine import CalamineSheet, CalamineWorkbook

from training_oversight.spreadsheets import archives
from training_oversight.spreadsheets.cells import Value, from_cells
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Grid, Line
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.xlsx import calamine
from training_oversight.spreadsheets.xlsx.extents import Extent
from training_oversight.spreadsheets.xlsx.shared_texts import SharedTexts

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Of the part that lists the sheets and the one that says where they are; it is read as a whole.
LONGEST_LIST = 8 << 20
TEXTS = re.compile(rb"<(?:\w+:)?sst[\s/>]")

# By row the cells that the reader takes for empty, by their column counted from 0.
Lost = dict[int, dict[int, Value]]


@dataclass(frozen=True)
class Workbook:
    book: CalamineWorkbook
    names: list[str]
    lost: dict[str, Lost]

    def grid(self, name: str) -> Grid:
        sheet, merges = calamine.sheet(self.book, name)
        lost = self.lost.get(name, {})
        height, width = (place + 1 for place in sheet.end or (-1, -1))
        return Grid(name, partial(_lines, sheet, lost), max(height, *lost, 0), width, merges)


def opened(source: Source) -> Workbook:
    lost = _look_through(source)
    book = calamine.workbook(source)
    return Workbook(book, calamine.visible(book), lost)


def _lines(sheet: CalamineSheet, lost: Lost) -> Iterator[Line]:
    # The reader leaves out the empty columns before the first one, though not the empty rows.
    margin: Line = [""] * sheet.start[1] if sheet.start else []
    number = 0
    for number, raw in enumerate(sheet.iter_rows(), start=1):
        cells = margin + from_cells(raw)
        yield _completed(cells, lost[number]) if number in lost else cells
    for below in range(number + 1, max(lost, default=0) + 1):
        yield _completed([], lost.get(below, {}))


def _completed(cells: Line, lost: dict[int, Value]) -> Line:
    cells.extend([""] * (max(lost, default=-1) + 1 - len(cells)))
    for column, value in lost.items():
        cells[column] = value
    return cells


def _look_through(source: Source) -> dict[str, Lost]:
    texts: list[SharedTexts] = []
    extents: dict[str, Extent] = {}
    with archives.opened(source) as archive:
        for name, chunks in archives.parts(archive, source.limits):
            for place, chunk in enumerate(chunks):
                if place == 0 and TEXTS.search(chunk):
                    texts.append(SharedTexts(source.limits))
                    looked: Extent | SharedTexts = texts[-1]
                elif place == 0:
                    looked = extents[name] = Extent(source.limits)
                looked.look(chunk)
        for extent in extents.values():
            extent.finish()
        source.limits.check_whole(sum(each.rows * each.columns for each in extents.values()))
        for name, extent in extents.items():
            for kept in texts:
                if not kept.are_short(extent.filled):
                    kept.check(archives.chunks(archive, name))
        lost = {name.lower(): extent.values for name, extent in extents.items() if extent.values}
        sheets = list(_sheets(archive, source.limits))
        if len({part for _, part in sheets}) < len(sheets):
            # One part under several names would be read, and counted, once for each.
            raise archives.damaged()
        return {title: lost[part] for title, part in sheets if part in lost}


def _sheets(archive: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, str]]:
    """Title and part of every sheet; those that lead nowhere count as well."""
    try:
        if max(archive.getinfo(part).file_size for part in (RELATIONS, WORKBOOK)) > LONGEST_LIST:
            raise archives.damaged()
        relations = ElementTree.fromstring(archive.read(RELATIONS))
        workbook = ElementTree.fromstring(archive.read(WORKBOOK))
    except (LookupError, ElementTree.ParseError) as error:
        raise archives.damaged() from error
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = workbook.findall(".//{*}sheet")
    limits.check_sheets(len(found))
    for sheet in found:
        identity = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        if identity in targets:
            yield (
                sheet.get("name", ""),
                posixpath.normpath(posixpath.join("/xl", targets[identity])).lstrip("/").lower(),
            )
