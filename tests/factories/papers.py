"""Papers of an invented county as they are frozen, and what is printed of them."""

import io
import re
from datetime import date, datetime

import pypdfium2

from training_oversight import documents
from training_oversight.documents import (
    NoticeContent,
    Person,
    PrintedRecipient,
    Requirement,
    ServiceReceiptContent,
)

RARE = "龑祎珺堃昇赟镕㛃"
NOTICE = NoticeContent(
    title="责令限期整改通知书",
    effect="rectify",
    authority="澄江县教育局",
    number="澄教责改〔2026〕41号",
    issued_on=date(2026, 11, 21),
    recipient=PrintedRecipient(
        name="启明星文化艺术培训中心",
        uscc="91530422MA6K8A1B2C",
        address="环城北路118号二楼",
        responsible_person=RARE,
    ),
    facts="现场有学生17人。\n培训结束时间为21:10。",
    legal_basis=("依据甲", "依据乙"),
    requirements=(
        Requirement(text="停止学科类培训。", period="立即"),
        Requirement(text="办理退费。", period="自收到本通知书之日起15个工作日内"),
    ),
    consequence="逾期不改正的，将依法处理。",
    remedies="如有异议，可以自收到之日起六十日内申请行政复议。",
    contact_person="王昇",
    contact_phone="0877-5550101",
    hotline="0877-5550110",
)
RECEIPT = ServiceReceiptContent(
    authority="澄江县教育局",
    title="责令限期整改通知书",
    number="澄教责改〔2026〕41号",
    recipient="启明星文化艺术培训中心",
    place="环城北路118号",
    method="留置送达",
    served_at=datetime(2026, 11, 22, 10, 5),  # noqa: DTZ001 - a wall clock
    servers=(Person(name="王昇", certificate="Y1"), Person(name="李镕")),
    witnesses=(Person(name="赵赟"),),
    refusal_reason="拒绝签收。",
)


def pages_of(pdf):
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def text_of(pdf):
    """All that is printed, in order, without spaces, line ends and page footers."""
    return re.sub(r"第\d+页共\d+页", "", bare("".join(pages_of(pdf))))


def printed(paper, **options):
    return text_of(documents.pdf(paper, **options))


def written(paper, **options):
    """All that stands in the text of the .docx, in order."""
    document = word_file(documents.docx(paper, **options))
    return bare("".join(map(_words, document.iter_inner_content())))


def word_file(content):
    """The .docx, opened as a program opens it."""
    import docx

    return docx.Document(io.BytesIO(content))


def _words(part):
    if not hasattr(part, "rows"):
        return part.text
    return "".join(cell.text for row in part.rows for cell in row.cells)


def bare(text):
    return re.sub(r"\s", "", text)


def assert_in_order(text, *pieces):
    position = 0
    for piece in map(bare, pieces):
        found = text.find(piece, position)
        assert found >= 0, f"{piece} is missing after {text[:position][-40:]}"
        position = found + len(piece)
