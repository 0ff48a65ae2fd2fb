"""The summary of what is wrong in a form, in the order in which the page has the fields.

The page alone knows that order: a form is declared once and laid out by its template.
"""

from __future__ import annotations

import re

SUMMARY = re.compile(r"(<ul data-faults>)(.*?)(</ul>)", re.DOTALL)
LINE = re.compile(r"<li>.*?</li>", re.DOTALL)
FIELD = re.compile(r'href="#([^"]+)"')


def in_page_order(page: str) -> str:
    """Lines that lead to no field stay first."""
    return SUMMARY.sub(lambda found: found[1] + _sorted(found[2], page) + found[3], page, count=1)


def _sorted(lines: str, page: str) -> str:
    def place(line: str) -> int:
        field = FIELD.search(line)
        return page.find(f'id="{field[1]}"') if field else -1

    return "\n".join(sorted(LINE.findall(lines), key=place))
