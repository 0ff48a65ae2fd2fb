"""A .docx of the same blocks as the PDF, to go on writing in. The seal is never drawn in it.

This module needs a library of 20 MB in memory: it is imported where somebody asks for
a .docx, not before.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as Line

from training_oversight.documents import word_sheet
from training_oversight.documents.blocks import (
    Addressee,
    Block,
    Form,
    FormRow,
    Labelled,
    Layout,
    Masthead,
    Numbered,
    Paper,
    Paragraph,
    Particulars,
    Party,
    Phrases,
    Remark,
    Signature,
)
from training_oversight.documents.word_sheet import HEADING, SHEETS, SMALL

LABELS = 7.5  # width of the first column of a form, in letters
PADDING = 1.5  # of a cell, both sides together
PART_OF_SIGNATURE = 0.6  # of the width of the text, on the right


def written(paper: Paper, say: Callable[[str], str]) -> bytes:
    """The file. ``say`` gives each text as it can be written."""
    word = _Word(paper, say)
    for block in paper.blocks:
        word.write(block)
    out = io.BytesIO()
    word.document.save(out)
    return out.getvalue()


class _Word:
    """A document that is being written."""

    def __init__(self, paper: Paper, say: Callable[[str], str]) -> None:
        self.document: Document = word_sheet.blank(paper)
        self.sheet = SHEETS[paper.layout]
        self.is_form = paper.layout is Layout.FORM
        self.say = say

    def write(self, block: Block) -> None:
        match block:
            case Masthead():
                self._masthead(block)
            case Party() | Particulars():
                for one in block.lines:
                    self._labelled(one, indent=2 if isinstance(block, Particulars) else 0)
            case Addressee():
                self._addressee(block)
            case Paragraph():
                self._indented(block.text)
            case Phrases():
                self._indented("　　".join(block.phrases))
            case Numbered():
                self._numbered(block)
            case Signature():
                self._signature(block)
            case Remark():
                line = self._line(block.text, size=SMALL)
                line.paragraph_format.space_before = Pt(self.sheet.size)
            case Form():
                self._form(block)

    def _line(self, text: str, *, size: float = 0, face: str = "") -> Line:
        return self._said(self.document.add_paragraph(), text, size=size, face=face)

    def _said(self, line: Line, text: str, *, size: float = 0, face: str = "") -> Line:
        """Put a text at the end of a line: the one way in which words come into the file."""
        run = line.add_run(self.say(text))
        if size:
            run.font.size = Pt(size)
        if face:
            word_sheet.face(run._r.get_or_add_rPr(), face)
        return line

    def _letters(self, count: float) -> Pt:
        """So many letters wide."""
        return Pt(self.sheet.size * count)

    def _masthead(self, block: Masthead) -> None:
        for text, size in ((block.authority, 18), (block.title, 22)):
            line = self._line(text, size=size, face=HEADING)
            line.alignment = ALIGN.CENTER
            line.paragraph_format.line_spacing = Pt(size * 1.6)
        if self.is_form:
            line.paragraph_format.space_after = Pt(10)
        else:
            number = self._line(block.number)
            number.alignment = ALIGN.RIGHT
            number.paragraph_format.space_after = Pt(8)
            _ruled(number)

    def _labelled(self, block: Labelled, *, indent: int) -> None:
        """A long value hangs under its own beginning."""
        line = self._line(block.label + block.value)
        width = len(block.label)
        line.paragraph_format.left_indent = self._letters(indent + width)
        line.paragraph_format.first_line_indent = self._letters(-width)

    def _addressee(self, block: Addressee) -> None:
        self._line(block.name)
        if block.details:
            self._line(block.details, size=12)

    def _indented(self, text: str) -> None:
        line = self._line(text)
        line.alignment = ALIGN.JUSTIFY
        line.paragraph_format.first_line_indent = self._letters(2)

    def _numbered(self, block: Numbered) -> None:
        """The number is written, not counted by the reader: it is part of what is said."""
        for point in block.points:
            for place, text in enumerate(point.paragraphs):
                line = self._line(text if place else f"{point.number}\t{text}")
                line.alignment = ALIGN.JUSTIFY
                line.paragraph_format.left_indent = self._letters(4)
                line.paragraph_format.first_line_indent = self._letters(0 if place else -2)

    def _signature(self, block: Signature) -> None:
        """On one page, with the last line of the text before it and what comes after."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        for place, text in enumerate((block.authority, block.seal, block.day)):
            line = self._line(text)
            line.alignment = ALIGN.CENTER
            line.paragraph_format.left_indent = Pt(self.sheet.width * (1 - PART_OF_SIGNATURE))
            line.paragraph_format.space_before = self._letters(0 if place else 2)
            line.paragraph_format.keep_with_next = True

    def _form(self, block: Form) -> None:
        table = self.document.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, self._widths(), strict=True):
            column.width = width
        for given in block.rows:
            row = table.add_row()
            _in_one_piece(row)
            self._row(row, given)

    def _widths(self) -> tuple[Length, Length]:
        label = self._letters(LABELS)
        return label, Pt(self.sheet.width - label.pt)

    def _row(self, row: _Row, given: FormRow) -> None:
        label, cell = row.cells
        for one, width in zip(row.cells, self._widths(), strict=True):
            one.width = width
            one.vertical_alignment = VERTICAL.CENTER
            one.paragraphs[0].paragraph_format.space_before = Pt(4)
        for place, text in enumerate(given.label):
            self._said(_next(label, place), text).alignment = ALIGN.CENTER
        label.paragraphs[-1].paragraph_format.space_after = Pt(4)
        self._cell(cell, given)

    def _cell(self, cell: _Cell, given: FormRow) -> None:
        room = self.sheet.width / self.sheet.size - LABELS - PADDING
        known = self._said(cell.paragraphs[0], "\n".join(_in_lines(given.phrases, room)))
        line = known
        if given.room:
            line = cell.add_paragraph()
            line.paragraph_format.space_before = Pt(self.sheet.leading * (given.room - 1))
        self._said(line, given.pen)
        if given.pen and (given.room or not given.phrases):
            line.alignment = ALIGN.RIGHT
        line.paragraph_format.space_after = Pt(4)


def _in_lines(phrases: Iterable[str], room: float) -> Iterator[str]:
    """Phrases side by side in lines of so many letters; a long one is broken by the reader."""
    line = ""
    for phrase in phrases:
        longer = f"{line}　{phrase}" if line else phrase
        if line and _width(longer) > room:
            yield line
            line = phrase
        else:
            line = longer
    yield line


def _width(text: str) -> float:
    return sum(0.5 if one.isascii() else 1 for one in text)


def _next(cell: _Cell, place: int) -> Line:
    """A cell has its first line from the beginning."""
    first: Line = cell.paragraphs[0]
    return cell.add_paragraph() if place else first


def _ruled(line: Line) -> None:
    """With a rule below it."""
    borders = OxmlElement("w:pBdr")
    rule = {"val": "single", "sz": "6", "space": "1", "color": "000000"}
    borders.append(OxmlElement("w:bottom", {qn(f"w:{name}"): rule[name] for name in rule}))
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _in_one_piece(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
