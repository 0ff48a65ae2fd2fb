"""Files that are no table, or none that can be read: one clear sentence each."""

from __future__ import annotations

import re
import struct

import pytest

from tests.spreadsheets.old_workbooks import compound, old_workbook, record
from tests.spreadsheets.open_documents import open_document
from tests.spreadsheets.workbooks import altered, archive, workbook
from training_oversight import spreadsheets
from training_oversight.errors import BadInput
from training_oversight.texts import Language, speaking

HEADER = ["机构名称", "地址"]
WHOLE, OLD, OPEN = (make(HEADER, ["甲"]) for make in (workbook, old_workbook, open_document))
PNG = (
    b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0) + b"\0" * 9
)
HTML = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>机构名称</table>"


def read(content, filename="台账.xlsx", **wishes):
    return spreadsheets.read(content, filename, known=HEADER, **wishes)


def lying_archive():
    """A workbook whose sheet has another length than the archive's table of contents says."""
    content = bytearray(WHOLE)
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(content)


def encrypted_archive():
    """Every part is marked as encrypted, as archivers do."""
    content = bytearray(WHOLE)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def hidden(xml):
    # Of the sheet alone, not of the windows; some writers say that it is visible.
    shown = re.sub(r'(<sheet [^>]*?) state="visible"', r"\1", xml)
    return re.sub(r"<sheet (?=[^>]*/>)", '<sheet state="hidden" ', shown)


REFUSED = {
    "empty": (b"", "The file is empty."),
    "picture": (PNG, "a picture"),
    "pdf": (b"%PDF-1.4\n", "a PDF"),
    "rich text": (rb"{\rtf1\ansi}", "another document"),
    "executable": (b"MZ\x90\0\3\0\0\0", "another kind of file"),
    "web page": (HTML.encode("gb18030"), "a web page"),
    "web page of a browser": (
        b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><TABLE>",
        "under the name of .xls",
    ),
    "web page in XML": (b'<?xml version="1.0"?>\n<html><tr>', "under the name of .xls"),
    "web page to sign in": (b"<!DOCTYPE html><form>" + "请登录".encode(), "without a table"),
    "part of a web page": (b"<script>location='/login'</script>", "without a table"),
    "web page with a base": (b"<meta charset='gbk'><table><tr><td>", "under the name of .xls"),
    "web page in UTF-16": (HTML.encode("utf-16"), "a web page"),
    "web page with its pictures": (b"MIME-Version: 1.0\nX: y", "a web page"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "an XML file"),
    "compressed": (archive(**{"台账.xlsx": WHOLE}), "a compressed archive"),
    "compressed otherwise": (b"Rar!\x1a\x07\x00" + bytes(64), "a compressed archive"),
    "document": (archive(**{"word/document.xml": "x"}), "another document"),
    "open document": (
        open_document(mimetype="application/vnd.oasis.opendocument.text"),
        "another document",
    ),
    "old document": (compound({"WordDocument": b"x"}), "another document"),
    "binary workbook": (archive(**{"xl/workbook.bin": b"x"}), "(.xlsb)"),
    "truncated": (WHOLE[: len(WHOLE) // 2], "damaged or incomplete"),
    "truncated old": (OLD[: len(OLD) // 2], "damaged or incomplete"),
    "truncated open": (OPEN[: len(OPEN) // 2], "damaged or incomplete"),
    "only a beginning": (OLD[:20], "damaged or incomplete"),
    "cut within the sheet": (
        old_workbook(HEADER, mangle=lambda s: s[:-4]),
        "damaged or incomplete",
    ),
    "lying": (lying_archive(), "damaged or incomplete"),
    "hollow": (archive(**{"xl/workbook.xml": "x"}), "damaged or incomplete"),
    "no XML": (open_document(**{"content.xml": "x"}), "damaged or incomplete"),
    "locked": (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "password"),
    "locked old": (old_workbook(HEADER, locked=True), "password"),
    "locked open": (
        open_document(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "password",
    ),
    "locked open package": (
        open_document(**{"META-INF/manifest.xml": "x", "encrypted-package": "x"}),
        "password",
    ),
    "locked archive": (encrypted_archive(), "password"),
    "bytes": (bytes(range(1, 9)) * 40 + b"\xff\xff", "neither a workbook nor text"),
    "no header": (workbook(["甲", "乙"], ["1", "2"]), "No header was found"),
    "no cells": (workbook(), "No header was found"),
    "no rows": (workbook(HEADER), "not a single row"),
    "only sums": (workbook(HEADER, ["合计", 3]), "not a single row"),
    "no visible sheet": (altered(WHOLE, workbook=hidden), "no sheet that can be seen"),
    "no visible open sheet": (open_document(HEADER, hidden=["台账"]), "no sheet that can be seen"),
    "open quotation mark": ('机构名称\n"甲\n乙\n'.encode(), "quotation mark"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_table_is_refused_with_what_is_wrong(case, in_english):
    content, why = REFUSED[case]

    with pytest.raises(BadInput) as refusal:
        read(content)

    assert why in str(refusal.value)


@pytest.mark.parametrize("case", REFUSED)
def test_every_refusal_is_a_chinese_sentence(case):
    with pytest.raises(BadInput) as refusal, speaking(Language.CHINESE):
        read(REFUSED[case][0])

    sentence = str(refusal.value)
    assert sentence.endswith("。")
    assert sentence != str(refusal.value.text.message)


def test_a_path_that_does_not_exist_is_refused_by_name(tmp_path, in_english):
    with pytest.raises(BadInput) as refusal:
        spreadsheets.read(tmp_path / "台账.xlsx", known=HEADER)

    assert "台账.xlsx cannot be read" in str(refusal.value)


def test_without_any_known_name_somebody_has_to_say_which_row_is_the_header():
    with pytest.raises(spreadsheets.NoHeader) as refusal:
        spreadsheets.open_table(WHOLE)

    assert str(refusal.value) == "请指出哪一行是表头。"


LAST_SECTOR = struct.pack("<I", len(OLD) // 512 - 2)


def circles(content):
    """The container with its table of chains leading in a circle."""
    changed = bytearray(content)
    for place in range(512, 1024, 4):
        changed[place : place + 4] = struct.pack("<I", 2)
    return bytes(changed)


@pytest.mark.parametrize(
    "content",
    [
        circles(OLD),
        OLD[:48] + struct.pack("<I", 0x0FFFFFFF) + OLD[52:],
        OLD[:68] + LAST_SECTOR + OLD[72:-4] + LAST_SECTOR,
        OLD[:30] + struct.pack("<H", 31) + OLD[32:],
        old_workbook(HEADER, mangle=lambda stream: stream.replace(record(0x22, b"\0\0"), b"")[:60]),
    ],
    ids=["circle", "outside", "tables without end", "giant sectors", "cut"],
)
def test_a_damaged_container_ends_in_a_sentence(content):
    with pytest.raises(BadInput) as refusal:
        read(content)

    assert "损坏" in str(refusal.value)
