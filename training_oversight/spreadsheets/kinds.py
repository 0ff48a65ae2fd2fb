"""What a file is: its content decides, whatever it is called."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

import filetype

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import archives, delimited, xlsx
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Book, Line
from training_oversight.texts import Text

HEAD = 4096
ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WEB_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?(?:<!doctype\s+html|<(?:html|head|meta|body|table|style|div)\b|mime-version:)",
    re.IGNORECASE | re.DOTALL,
)


def opened(source: Source, recognised: Callable[[list[Line]], int]) -> Book:
    """``recognised`` counts the column names in the first lines of a text."""
    head = source.head(HEAD)
    if head.startswith(ZIP):
        return _archive(source)
    if head.startswith(OLE):
        raise archives.locked() if ENCRYPTED in source.content() else _other(Text("an old .xls"))
    _check_text(head)
    return delimited.opened(source, recognised)


def _archive(source: Source) -> Book:
    names = archives.names(source)
    if "xl/workbook.xml" in names:
        return xlsx.opened(source)
    if "xl/workbook.bin" in names:
        raise _other(Text("a binary workbook (.xlsb)"))
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise _other(Text("another document"))
    raise _other(Text("a compressed archive"))


def _check_text(head: bytes) -> None:
    plain = head.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xfe\xff")
    if WEB_PAGE.match(plain):
        raise BadInput(
            Text(
                "The file is a web page, as some systems export it under the name of .xls: open "
                "it in Excel or WPS, save it as .xlsx and send that."
            )
        )
    if plain.lstrip().startswith(b"<?xml"):
        raise _other(Text("an XML file"))
    if plain.startswith(b"%PDF-"):
        raise _other(Text("a PDF"))
    if plain.startswith(rb"{\rtf"):
        raise _other(Text("another document"))
    if b"\0" in head and not head.startswith(UTF_16):
        raise _other(_guessed(head))


def _guessed(head: bytes) -> Text:
    if filetype.is_image(head):
        return Text("a picture")
    if filetype.is_archive(head):
        return Text("a compressed archive")
    return Text("another kind of file")


def _other(found: Text) -> BadInput:
    return BadInput(
        Text(
            "The file is %(found)s, which cannot be read: open it in Excel or WPS, save the table "
            "as .xlsx and send that.",
            found=found,
        )
    )
