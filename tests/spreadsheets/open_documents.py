"""Tables of LibreOffice, .ods, written by hand: an archive with a page of XML in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
PARTS = {"office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing"}


@dataclass(frozen=True)
class Spanning:
    """A cell merged with those right of it and below."""

    value: object
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Raw:
    """A cell, a row or rows as XML."""

    xml: str


COVERED = Raw("<table:covered-table-cell/>")
# What LibreOffice writes under every table.
EMPTY_REST = Raw(
    '<table:table-row table:number-rows-repeated="1048500">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def open_document(*rows, sheets=(), hidden=(), mimetype=MIMETYPE, styles="", before="", **parts):
    """``sheets`` holds names and rows of more sheets; those called in ``hidden`` are not shown.

    ``styles`` and what stands ``before`` the sheets are XML.
    """
    body = "".join(
        f"<table:table table:name={quoteattr(name)} "
        f'table:style-name="{"off" if name in hidden else "on"}">'
        f"{''.join(map(_row, content))}</table:table>"
        for name, content in [("台账", rows), *sheets]
    )
    content = (
        "<?xml version='1.0' encoding='UTF-8'?><office:document-content "
        + " ".join(f'xmlns:{key}="{NAMES}:{name}:1.0"' for key, name in PARTS.items())
        + "><office:automatic-styles>"
        + "".join(
            f'<style:style style:name="{name}" style:family="table">'
            f'<style:table-properties table:display="{shown}"/></style:style>'
            for name, shown in (("on", "true"), ("off", "false"))
        )
        + f"{styles}</office:automatic-styles><office:body><office:spreadsheet>{before}{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": mimetype, "content.xml": content, **parts})


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _row(row):
    if isinstance(row, Raw):
        return row.xml
    return f"<table:table-row>{''.join(map(cell, row))}</table:table-row>"


def cell(value, more=""):
    match value:
        case Raw():
            return value.xml
        case Spanning():
            spans = (
                f' table:number-columns-spanned="{value.columns}"'
                f' table:number-rows-spanned="{value.rows}"'
            )
            return cell(value.value, spans)
        case None:
            return f"<table:table-cell{more}/>"
        case bool():
            kind, shown = f'boolean" office:boolean-value="{str(value).lower()}', str(value).upper()
        case int() | float():
            kind, shown = f'float" office:value="{value}', str(value)
        case date():
            kind, shown = f'date" office:date-value="{value.isoformat()}', f"{value:%y/%m/%d}"
        case _:
            kind, shown = "string", value
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f'<table:table-cell office:value-type="{kind}"{more}>{paragraphs}</table:table-cell>'
