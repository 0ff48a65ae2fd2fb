"""The term of validity that a cell means: two days with something between them, or its last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from training_oversight.errors import BadInput
from training_oversight.spreadsheets.cells import Value
from training_oversight.spreadsheets.dates import NoDay, as_written, parse_date, parse_last_day

# A hyphen also stands within a day, so each place is tried.
BETWEEN = re.compile(r"\s*(?:至|到|~|[—–―]+|--?)\s*")
BEFORE = re.compile(r"^(?:有效期限?)?[:：]?(?:自|从|由)?\s*")
ENDLESS = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限"})


@dataclass(frozen=True)
class Term:
    """``start`` is none where its day is not said, ``end`` where there is none."""

    start: date | None
    end: date | None


def parse_period(value: Value | float | None) -> Term | None:
    """The term; none where there is none yet. Raises ``BadInput`` for anything else."""
    written = as_written(value)
    if written is None or isinstance(written, date):
        return Term(None, written) if written else None
    text = BEFORE.sub("", written)
    for between in BETWEEN.finditer(text):
        first, rest = text[: between.start()].removesuffix("起"), text[between.end() :]
        start = _understood(parse_date, first)
        end = _understood(parse_last_day, rest)
        if (start or _is_no_day(first)) and (end or rest in ENDLESS):
            return Term(start, end)
    return Term(None, None if text in ENDLESS else parse_last_day(text))


def _is_no_day(text: str) -> bool:
    try:
        parse_date(text)
    except NoDay:
        return True
    except BadInput:
        pass
    return False


def _understood(parse: Callable[[str], date | None], text: str) -> date | None:
    try:
        return parse(text)
    except BadInput:
        return None
