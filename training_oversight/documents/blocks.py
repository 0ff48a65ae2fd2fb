"""What a paper consists of from top to bottom, each part in the words that are printed.

A paper is composed once, here in blocks; the renderers, PDF and .docx, only lay
them out and add no words of their own. Pure text: whatever a block holds may have
been typed by somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Final

# What a pen fills in. GB/T 9704 writes days in figures, so there is room for two.
DAY_FOR_THE_PEN: Final = "　　年　　月　　日"
TIME_FOR_THE_PEN: Final = "　　时　　分"
MOMENT_FOR_THE_PEN: Final = DAY_FOR_THE_PEN + TIME_FOR_THE_PEN
# The head of every page in an installation that shows invented data.
DEMO_HEAD: Final = "演示数据 不具有法律效力"
# The foot of every page: its number and how many there are stand between these.
PAGE_FOOT: Final = ("第 ", " 页 共 ", " 页")


class Layout(StrEnum):
    """The sheet that a paper is set on."""

    LETTER = "letter"  # a paper that goes out: large letters, wide margins
    FORM = "form"  # a table to be filled in by hand


@dataclass(frozen=True, kw_only=True)
class Masthead:
    """Who issues it, what it is, and its number; one without a number says so here."""

    authority: str
    title: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A label, its colon with it, and the value: 地址：环城北路118号."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Party:
    """The party of an order, a line for each thing that is known of them."""

    lines: tuple[Labelled, ...]


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """Labelled lines in the text: 约谈时间, 约谈地点."""

    lines: tuple[Labelled, ...]


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom a letter addresses, with the colon, and small what tells them from others."""

    name: str
    details: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """One entry of a numbered list, in as many paragraphs as it has."""

    number: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Numbered:
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """Short phrases in one line, none of them broken: 联系人, 联系电话."""

    phrases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs, the place of the seal, the day. It stays with the text before it."""

    authority: str
    seal: str
    day: str


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What is said of the paper itself, small and below everything else."""

    text: str


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """A row of a form: its label, what is known, and what is left to a pen.

    ``phrases`` are not broken over lines; ``pen`` stands at the foot of a cell that has
    room for ``room`` lines above it.
    """

    label: tuple[str, ...]  # in lines
    phrases: tuple[str, ...] = ()
    pen: str = ""
    room: int = 0


@dataclass(frozen=True, kw_only=True)
class Form:
    """A table of two columns to be filled in by hand."""

    rows: tuple[FormRow, ...]


Block = (
    Masthead | Party | Particulars | Addressee | Paragraph | Numbered | Phrases | Signature
    | Remark | Form
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper as it will be laid out.

    ``mark`` says on every page that this is a draft and not the paper itself.
    """

    title: str
    authority: str
    blocks: tuple[Block, ...]
    made_on: date | None = None
    layout: Layout = Layout.LETTER
    mark: str = ""
    demo: bool = False


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Typed text, each of its lines a paragraph."""
    return (Paragraph(text=line.strip()) for line in text.split("\n") if line.strip())


def numbered(entries: Iterable[tuple[str, ...]]) -> Numbered:
    """Entries, counted from 1."""
    return Numbered(
        points=tuple(
            Point(number=f"{place}.", paragraphs=entry)
            for place, entry in enumerate(entries, start=1)
        )
    )


def to_json(paper: Paper) -> dict[str, object]:
    """Plain values, as typst reads them; every block says which one it is."""
    drawn: dict[str, object] = asdict(paper)
    drawn["made_on"] = paper.made_on.isoformat() if paper.made_on else ""
    drawn["blocks"] = [{"kind": kind(one), **asdict(one)} for one in paper.blocks]
    return drawn


def kind(block: Block) -> str:
    """How the renderers call it."""
    return type(block).__name__.lower()
