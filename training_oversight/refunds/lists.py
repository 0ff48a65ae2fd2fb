"""A list of families as somebody sends it: which columns it has, and what stands in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from training_oversight import amounts
from training_oversight.catalogue.models import RefundFormula
from training_oversight.errors import BadInput, Checks
from training_oversight.refunds.drafts import RefundDraft
from training_oversight.refunds.families import Family, checked_phone
from training_oversight.refunds.formula import Contract, check
from training_oversight.spreadsheets import Row, Value, clean, read
from training_oversight.texts import Text

PARENT, PHONE, PUPIL, COURSE = "家长姓名", "家长电话", "学生姓名", "课程"
CONTRACT, BOUGHT, GIVEN, USED = "合同金额", "购买课时", "赠送课时", "已用课时"
SPELLINGS: Mapping[str, tuple[str, ...]] = {
    PARENT: (PARENT, "家长", "姓名", "申请人", "联系人", "监护人"),
    PHONE: (PHONE, "电话", "联系电话", "手机", "手机号", "手机号码", "联系方式"),
    PUPIL: (PUPIL, "学生", "学员", "学员姓名", "孩子姓名"),
    COURSE: (COURSE, "课程名称", "报读课程", "班级", "项目"),
    CONTRACT: (CONTRACT, "合同金额(元)", "缴费金额", "交费金额", "实缴金额", "金额", "总金额"),
    BOUGHT: (BOUGHT, "购买课时数", "合同课时", "总课时", "课时", "课时数"),
    GIVEN: (GIVEN, "赠送课时数", "赠课", "赠送"),
    USED: (USED, "已用课时数", "已上课时", "已消课时", "消课", "已消课"),
}
NEEDED = (PHONE, CONTRACT, BOUGHT, USED)
MEANT = {spelling: name for name, spellings in SPELLINGS.items() for spelling in spellings}
MOST_ROWS = 2000
WHOLE = re.compile(r"-?\d{1,9}")
# How the service calls a column whose figure it refuses.
FIELDS = {"contract": CONTRACT, "bought": BOUGHT, "given": GIVEN, "used": USED, "phone": PHONE}


@dataclass(frozen=True)
class Line:
    """A row by its number on the sender's screen: what it says, or why it cannot be used."""

    number: int
    draft: RefundDraft | None
    reasons: Sequence[Text] = ()


def lines_of(content: bytes, filename: str, used: RefundFormula) -> list[Line]:
    """Raises ``BadInput`` for a file that is none, or that lacks a column without which nothing
    can be counted."""
    sheet = read(content, filename, known=list(MEANT), max_rows=MOST_ROWS)
    columns = {MEANT.get(name, name): place for place, name in reversed([*enumerate(sheet.header)])}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadInput(Text("The list has no column %(names)s.", names="、".join(missing)))
    return [_line(row, columns, used) for row in sheet.rows]


def _line(row: Row, columns: Mapping[str, int], used: RefundFormula) -> Line:
    checks, cells = Checks(), dict.fromkeys(columns, "")
    for name, place in columns.items():
        with checks.each():
            cells[name] = _cell(name, row.cells[place])
    if checks.wrong:
        return Line(row.number, None, list(_reasons(checks.wrong)))
    with checks.each():
        phone = checked_phone(cells[PHONE])
    with checks.each():
        contract = _contract(cells)
        check(contract)
    if checks.wrong:
        return Line(row.number, None, list(_reasons(checks.wrong)))
    family = Family(phone, cells.get(PARENT, ""), cells.get(PUPIL, ""))
    return Line(row.number, RefundDraft(family, contract, used, cells.get(COURSE, "")))


def _cell(name: str, value: Value) -> str:
    try:
        return clean(value)
    except BadInput as error:
        raise BadInput(Text("%(column)s: %(reason)s", column=name, reason=error.text)) from None


def _contract(cells: Mapping[str, str]) -> Contract:
    checks, found = Checks(), dict[str, int]()
    with checks.each():
        found[CONTRACT] = amounts.typed_fen(cells[CONTRACT])
    for name in (BOUGHT, GIVEN, USED):
        with checks.each():
            found[name] = _lessons(name, cells.get(name, ""))
    if checks.wrong:
        # Each stands in a column of its own: none may hide another.
        raise _Several(checks.wrong)
    return Contract(found[CONTRACT], found[BOUGHT], found[GIVEN], found[USED])


class _Several(BadInput):
    def __init__(self, wrong: Sequence[BadInput]) -> None:
        super().__init__(wrong[0].text)
        self.wrong = wrong


def _lessons(name: str, written: str) -> int:
    """A whole number; no lessons given away is what an empty cell says."""
    plain = written.removesuffix("课时").removesuffix("节").strip()
    if not plain and name == GIVEN:
        return 0
    if not WHOLE.fullmatch(plain):
        raise BadInput(
            Text("%(column)s: “%(written)s” is no whole number.", column=name, written=written)
        )
    return int(plain)


def _reasons(wrong: Sequence[BadInput]) -> Iterator[Text]:
    for error in wrong:
        if isinstance(error, _Several):
            yield from (one.text for one in error.wrong)
        elif error.fields:
            yield from (
                Text("%(column)s: %(reason)s", column=FIELDS[name], reason=reason)
                for name, reason in error.fields.items()
            )
        else:
            yield error.text
