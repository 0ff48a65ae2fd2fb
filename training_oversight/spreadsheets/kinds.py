"""What a file is: its content decides, whatever it is called."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

import filetype

from training_oversight.errors import BadInput
from training_oversight.spreadsheets import archives, delimited, ods, part_names, xls, xlsx
from training_oversight.spreadsheets.files import Source
from training_oversight.spreadsheets.grids import Book, Line
from training_oversight.spreadsheets.xls.compound import Compound
from training_oversight.texts import Text

HEAD = 4096
ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
COMPRESSED = frozenset({"rar", "7z", "gz", "bz2", "xz", "tar", "zst", "lz4"})
WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    rb"(?:<!doctype\s+html|mime-version:"
    rb"|<(?:html|head|title|meta|base|link|script|body|table|style|div|form|p|font|center)\b)",
    re.IGNORECASE | re.DOTALL,
)

# Also in a page that came by post with its pictures, whose letters may be written as =3C.
A_ROW = re.compile(rb"(?:<|=3C)(?:tr|table)\b|content-transfer-encoding:\s*base64", re.IGNORECASE)


def opened(source: Source, recognised: Callable[[list[Line]], int]) -> Book:
    """``recognised`` counts the column names in the first lines of a text."""
    head = source.head(HEAD)
    if head.startswith(ZIP):
        return _archive(source)
    if head.startswith(OLE):
        return _compound(source)
    if xls.is_bare(head):
        return xls.opened_bare(source.content(), source.limits)
    _check_text(head, source)
    return delimited.opened(source, recognised)


def _archive(source: Source) -> Book:
    source = part_names.plainly_named(source)
    names = archives.names(source)
    if "xl/workbook.xml" in names:
        return xlsx.opened(source)
    if ods.CONTENT in names and _is_table(source, names):
        return ods.opened(source)
    if "xl/workbook.bin" in names:
        raise _other(Text("a binary workbook (.xlsb)"))
    if names & {"word/document.xml", "ppt/presentation.xml", ods.CONTENT}:
        raise _other(Text("another document"))
    raise _compressed()


def _is_table(source: Source, names: frozenset[str]) -> bool:
    """Texts and presentations have the same parts; some programs leave out which it is."""
    with archives.opened(source) as archive:
        kind = next(archives.chunks(archive, "mimetype"), b"") if "mimetype" in names else b""
        return not kind or b"spreadsheet" in kind


def _compound(source: Source) -> Book:
    container = Compound(source.content())
    if ENCRYPTED in container.names:
        raise archives.locked()
    if not set(xls.STREAMS) & set(container.names):
        raise _other(Text("another document"))
    return xls.opened(container, source.limits)


def _check_text(head: bytes, source: Source) -> None:
    plain = head.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xfe\xff")
    if WEB_PAGE.match(plain):
        raise _web_page(source.content().replace(b"\0", b""))
    if plain.lstrip().startswith(b"<?xml"):
        raise _other(Text("an XML file"))
    if plain.startswith(b"%PDF-"):
        raise _other(Text("a PDF"))
    if plain.startswith(rb"{\rtf"):
        raise _other(Text("another document"))
    if b"\0" in head and not head.startswith(UTF_16):
        raise _guessed(head)


def _web_page(content: bytes) -> BadInput:
    if not A_ROW.search(content):
        return BadInput(
            Text(
                "The file is a web page without a table, as a system gives it to who has to sign "
                "in again: sign in there, export the list anew and send that."
            )
        )
    return BadInput(
        Text(
            "The file is a web page, as some systems export it under the name of .xls: open "
            "it in Excel or WPS, save it as .xlsx and send that."
        )
    )


def _guessed(head: bytes) -> BadInput:
    kind = filetype.guess(head)
    if kind is not None and kind.extension in COMPRESSED:
        return _compressed()
    return _other(Text("a picture") if filetype.is_image(head) else Text("another kind of file"))


def _compressed() -> BadInput:
    return BadInput(
        Text("The file is a compressed archive: unpack it and send the table that is in it.")
    )


def _other(found: Text) -> BadInput:
    return BadInput(
        Text(
            "The file is %(found)s, which cannot be read: open it in Excel or WPS, save the table "
            "as .xlsx and send that.",
            found=found,
        )
    )
