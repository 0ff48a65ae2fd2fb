"""Workbooks whose parts are called otherwise than their readers expect.

Some programs write xl\\workbook.xml, /xl/workbook.xml, XL/Workbook.xml or xl/workbook2.xml; Excel
and WPS open them all.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from xml.etree import ElementTree

from training_oversight.spreadsheets import archives
from training_oversight.spreadsheets.files import Source

START = "_rels/.rels"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Parts that are looked for by these very letters.
LOOKED_FOR = {one.lower(): one for one in (WORKBOOK, RELATIONS, START, "[Content_Types].xml")}
LONGEST_START = 1 << 20


def plainly_named(source: Source) -> Source:
    """The same workbook with its parts under their usual names."""
    with archives.opened(source) as archive:
        entries = archive.namelist()
        plain = {name: _plain(name) for name in entries}
        main = _main(archive, plain)
        names = _usual(plain, main)
        if all(name == usual for name, usual in names.items()):
            return source
        if len(set(names.values())) < len(entries):
            raise archives.damaged()
        return replace(source, where=_renamed(archive, names, main, source))


def _plain(name: str) -> str:
    parts = name.replace("\\", "/").lstrip("/").removeprefix("./")
    return LOOKED_FOR.get(parts.lower(), parts)


def _main(archive: zipfile.ZipFile, plain: Mapping[str, str]) -> str:
    """The part that is the workbook, as the first part of the archive says."""
    start = next((name for name, usual in plain.items() if usual == START), None)
    if start is None or archive.getinfo(start).file_size > LONGEST_START:
        return WORKBOOK
    try:
        relations = ElementTree.fromstring(archive.read(start))
    except ElementTree.ParseError:
        return WORKBOOK
    targets = (
        one.get("Target", "")
        for one in relations
        if one.get("Type", "").endswith("/officeDocument")
    )
    found = _plain(next(targets, WORKBOOK))
    return found if found in plain.values() else WORKBOOK


def _usual(plain: Mapping[str, str], main: str) -> dict[str, str]:
    folder, name = posixpath.split(main)
    if main == WORKBOOK or not name.endswith(".xml") or not _is_workbook(folder, plain.values()):
        return dict(plain)
    beside = f"{folder}/_rels/{name}.rels"
    moved = {main: WORKBOOK, beside: RELATIONS}
    return {one: moved.get(usual) or _moved(usual, folder) for one, usual in plain.items()}


def _is_workbook(folder: str, names: Iterable[str]) -> bool:
    """Texts and presentations begin with such a part, too."""
    return any(one.startswith(f"{folder}/worksheets/") for one in names)


def _moved(name: str, folder: str) -> str:
    return f"xl/{name.removeprefix(folder + '/')}" if name.startswith(f"{folder}/") else name


def _renamed(
    archive: zipfile.ZipFile, names: Mapping[str, str], main: str, source: Source
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name, chunks in archives.parts(archive, source.limits):
            with copy.open(names[name], "w") as part:
                for chunk in chunks:
                    # The first part says where the workbook is.
                    is_start = names[name] == START
                    part.write(_pointing(chunk, main) if is_start else chunk)
    return stream.getvalue()


def _pointing(start: bytes, main: str) -> bytes:
    return start.replace(b"\\", b"/").replace(f'{main}"'.encode(), f'{WORKBOOK}"'.encode())
