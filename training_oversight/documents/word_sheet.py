"""The sheet that a .docx is written on: paper, margins, faces, what stands at head and foot.

Sizes and margins of a letter are those of GB/T 9704: characters of size three, 22 lines of
28 on a page. The faces are sold and cannot be carried; each computer that has them shows
them, and any other takes the next of ``OTHERWISE``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from training_oversight.documents.blocks import DEMO_HEAD, PAGE_FOOT, Layout, Paper

BODY: Final = "仿宋_GB2312"
HEADING: Final = "方正小标宋简体"
OTHERWISE: Final = {
    BODY: ("仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    HEADING: ("方正小标宋_GBK", "小标宋", "华文中宋", "STZhongsong", "宋体", "Noto Serif CJK SC"),
}
SMALL: Final = 10.5
A4: Final = (210, 297)
MM_OF_A_POINT: Final = 25.4 / 72
WORD_2013: Final = "15"  # newer than that there is no other way of setting


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Margins in millimetres, the letters and the distance of lines in points."""

    top: float
    bottom: float
    left: float
    right: float
    size: float
    leading: float

    @property
    def width(self) -> float:
        """Of the text, in points."""
        return (A4[0] - self.left - self.right) / MM_OF_A_POINT


SHEETS: Mapping[Layout, Sheet] = {
    Layout.LETTER: Sheet(top=37, bottom=35, left=28, right=26, size=16, leading=28.95),
    Layout.FORM: Sheet(top=24, bottom=22, left=25, right=22, size=13, leading=20),
}


def blank(paper: Paper) -> Document:
    """An empty document on the sheet of this paper."""
    document, sheet = docx.Document(), SHEETS[paper.layout]
    _margins(document, sheet)
    _faces(document, sheet)
    _settings(document)
    _properties(document, paper)
    _head_and_foot(document, paper)
    return document


def _margins(document: Document, sheet: Sheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(A4[0]), Mm(A4[1])
    section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
    section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
    section.header_distance = section.footer_distance = Mm(15)


def _faces(document: Document, sheet: Sheet) -> None:
    """One face for all scripts: what the library's own template names is not to be found here."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(sheet.size)
    normal.paragraph_format.line_spacing = Pt(sheet.leading)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.widow_control = True
    face(normal.element.get_or_add_rPr(), BODY)
    _no_gaps(normal.element.get_or_add_pPr())
    for defaults in document.styles.element.iter(qn("w:rPrDefault")):
        for fonts in defaults.iter(qn("w:rFonts")):
            fonts.attrib.clear()
            _all_scripts(fonts, BODY)
        for language in defaults.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
    _name_faces(document)


def _no_gaps(properties: BaseOxmlElement) -> None:
    """Figures stand as close to Chinese signs as these to each other: 2026年, not 2026 年."""
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
        off = OxmlElement(tag, {qn("w:val"): "0"})
        properties.insert_element_before(off, "w:bidi", "w:adjustRightInd", "w:snapToGrid",
                                         "w:spacing", "w:ind", "w:jc")  # fmt: skip


def face(properties: BaseOxmlElement, name: str) -> None:
    """Set all scripts of a run or a style in this face."""
    _all_scripts(properties.get_or_add_rFonts(), name)


def _all_scripts(fonts: BaseOxmlElement, name: str) -> None:
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _name_faces(document: Document) -> None:
    """The table in which a reader finds what to take where a face is missing."""
    table = OxmlElement("w:fonts")
    for name, others in OTHERWISE.items():
        font = _with(table, "w:font", name=name)
        _with(font, "w:altName", val=",".join(others))
        _with(font, "w:charset", val="86")
        _with(font, "w:family", val="roman")
    part, package = document.part, document.part.package
    for key in [k for k, one in part.rels.items() if one.reltype == RELATIONSHIP_TYPE.FONT_TABLE]:
        part.drop_rel(key)
    named = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        serialize_part_xml(table),
        package,
    )
    part.relate_to(named, RELATIONSHIP_TYPE.FONT_TABLE)


def _with(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})
    parent.append(made)
    return made


def _properties(document: Document, paper: Paper) -> None:
    """Who issues it, what it is, of which day; nothing of the library or of the computer."""
    said, day = document.core_properties, paper.made_on
    made_at = datetime.combine(day, time(), UTC) if day else datetime(1970, 1, 1, tzinfo=UTC)
    said.title, said.author, said.last_modified_by = paper.title, paper.authority, paper.authority
    said.comments, said.language = "", "zh-CN"
    said.created = said.modified = made_at


def _settings(document: Document) -> None:
    """Chinese punctuation is squeezed, and Word sets it as a file of its own."""
    for tag, name, value in (
        ("w:compatSetting", "w:val", WORD_2013),
        ("w:characterSpacingControl", "w:val", "compressPunctuation"),
        ("w:themeFontLang", "w:eastAsia", "zh-CN"),
    ):
        # Of the settings of compatibility the first says as which release.
        next(document.settings.element.iter(qn(tag))).set(qn(name), value)


def _head_and_foot(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.alignment = foot.alignment = ALIGN.CENTER
    # A draft says so in large letters.
    head.add_run(paper.mark).font.size = Pt(22)
    if paper.demo:
        head.add_run(f"　{DEMO_HEAD}").font.size = Pt(SMALL)
    before, between, after = PAGE_FOOT
    _said(foot, before)
    _counted(foot, "PAGE")
    _said(foot, between)
    _counted(foot, "NUMPAGES")
    _said(foot, after)


def _said(foot: Paragraph, words: str) -> Run:
    run = foot.add_run(words)
    run.font.size = Pt(SMALL)
    return run


def _counted(foot: Paragraph, field: str) -> None:
    """A number that whoever opens the file counts; until then there is a 1."""
    for step in ("begin", field, "separate", "1", "end"):
        if step == field:
            _with(_said(foot, "")._r, "w:instrText").text = field
        elif step == "1":
            _said(foot, step)
        else:
            _with(_said(foot, "")._r, "w:fldChar", fldCharType=step)
