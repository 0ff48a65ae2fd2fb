"""The parts of a workbook, each looked through once before a reader sees it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import archives
from training_oversight.spreadsheets.cells import Value
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Unseen
from training_oversight.spreadsheets.limits import Limits
from training_oversight.spreadsheets.xlsx import styles
from training_oversight.spreadsheets.xlsx.extents import Extent
from training_oversight.spreadsheets.xlsx.shared_texts import SharedTexts
from training_oversight.spreadsheets.xlsx.styles import Styles

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Of the part that lists the sheets, the one that says where they are, and the one of the styles;
# it is read as a whole.
LONGEST_LIST = 8 << 20
TEXTS = re.compile(rb"<(?:\w+:)?sst[\s/>]")
TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True)
class Seen:
    """What the reader does not tell of a sheet.

    ``values`` holds, by row, cells that it takes for empty or for another, by their column counted
    from 0.
    """

    values: Mapping[int, Mapping[int, Value]] = field(default_factory=dict)
    unseen: Unseen = field(default_factory=Unseen)


@dataclass(frozen=True)
class Known:
    """The sheets by their titles, and whether days count from 1904."""

    sheets: Mapping[str, Seen]
    since_1904: bool


def look_through(source: Source) -> Known:
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
        return _known(archive, extents, source.limits)


def _known(archive: zipfile.ZipFile, extents: Mapping[str, Extent], limits: Limits) -> Known:
    workbook, relations = (_list(archive, name) for name in (WORKBOOK, RELATIONS))
    sheets = list(_sheets(workbook, relations, limits))
    if len({part for _, part in sheets}) < len(sheets):
        # One part under several names would be read, and counted, once for each.
        raise archives.damaged()
    names = {name.lower(): name for name in extents}
    looks = _styles(archive, relations, names)
    return Known(
        {
            title: _seen(archive, names[part], extents[names[part]], looks)
            for title, part in sheets
            if part in names
        },
        _is_since_1904(workbook),
    )


def _seen(archive: zipfile.ZipFile, part: str, extent: Extent, looks: Styles) -> Seen:
    values: dict[int, Mapping[int, Value]] = dict(extent.values)
    struck: Mapping[int, int] = {}
    if extent.filled and (looks.zeros or looks.struck):
        styled = styles.looked(archives.chunks(archive, part), looks)
        struck = styled.struck
        for row, cells in styled.values.items():
            values[row] = {**cells, **values.get(row, {})}
    unseen = Unseen(frozenset(extent.hidden_rows), frozenset(extent.hidden_columns), struck)
    return Seen(values, unseen)


def _list(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        if archive.getinfo(name).file_size > LONGEST_LIST:
            raise archives.damaged()
        return ElementTree.fromstring(archive.read(name))
    except (LookupError, ElementTree.ParseError) as error:
        raise archives.damaged() from error


def _is_since_1904(workbook: Element) -> bool:
    said = workbook.find("{*}workbookPr")
    return said is not None and said.get("date1904", "").lower() in TRUE


def _styles(archive: zipfile.ZipFile, relations: Element, names: Mapping[str, str]) -> Styles:
    """No workbook needs them: what cannot be read of them says nothing."""
    for relation in relations:
        part = names.get(_part(relation.get("Target", "")))
        if part and relation.get("Type", "").endswith("/styles"):
            with suppress(BadInput):
                return styles.of(_list(archive, part))
    return Styles()


def _sheets(workbook: Element, relations: Element, limits: Limits) -> Iterator[tuple[str, str]]:
    """Title and part of every sheet; those that lead nowhere count as well."""
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = workbook.findall(".//{*}sheet")
    limits.check_sheets(len(found))
    for sheet in found:
        identity = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        if identity in targets:
            yield sheet.get("name", ""), _part(targets[identity])


def _part(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()
