"""What the styles of a workbook say of its cells: zeros that only the format shows, and cells that
are struck out. The reader tells neither."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from training_oversight.spreadsheets import number_formats
from training_oversight.spreadsheets.cells import Value, from_cell
from training_oversight.spreadsheets.xlsx.extents import PLACE, STYLE, column, styled_cells

OFF = frozenset({"0", "false", "none"})


@dataclass(frozen=True)
class Styles:
    """By the number of the style as cells give it."""

    zeros: Mapping[int, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Styled:
    """What they make of a sheet: by row the values by column counted from 0, and struck rows."""

    values: dict[int, dict[int, Value]]
    struck: Counter[int]


def of(part: Element) -> Styles:
    codes = {
        one.get("numFmtId", ""): one.get("formatCode", "") for one in part.iterfind(".//{*}numFmt")
    }
    fonts = {
        str(place) for place, one in enumerate(part.iterfind("{*}fonts/{*}font")) if _strikes(one)
    }
    looks = list(part.iterfind("{*}cellXfs/{*}xf"))
    patterns = (number_formats.pattern_of(codes.get(one.get("numFmtId", ""), "")) for one in looks)
    return Styles(
        {place: pattern for place, pattern in enumerate(patterns) if pattern},
        frozenset(place for place, one in enumerate(looks) if one.get("fontId") in fonts),
    )


def _strikes(font: Element) -> bool:
    found = font.find("{*}strike")
    return found is not None and found.get("val", "1") not in OFF


def looked(chunks: Iterable[bytes], styles: Styles) -> Styled:
    """The cells of a sheet that have one of these styles."""
    values: dict[int, dict[int, Value]] = defaultdict(dict)
    struck = Counter[int]()
    for attributes, kind, result in styled_cells(chunks, styles.zeros.keys() | styles.struck):
        place, style = PLACE.search(attributes), STYLE.search(attributes)
        if place is None or style is None:
            continue
        row, number = int(place[2]), int(style[1])
        if number in styles.struck:
            struck[row] += 1
        if (pattern := styles.zeros.get(number)) and kind in (b"", b"n") and result:
            values[row][column(place[1]) - 1] = _number(result, pattern)
    return Styled(values, struck)


def _number(result: bytes, pattern: str) -> Value:
    try:
        return number_formats.shown(from_cell(float(result)), pattern)
    except ValueError:
        return from_cell(result.decode(errors="replace"))
