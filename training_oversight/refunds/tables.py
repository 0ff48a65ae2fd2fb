"""The refunds of an event as a table that leaves the office.

The national platform publishes no columns for refunds: the institution stands under the names that
it does publish, everything else under the county's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from training_oversight import amounts
from training_oversight.refunds.models import Refund
from training_oversight.spreadsheets import write
from training_oversight.texts import rendered
from training_oversight.vault.sealing import is_lost

# As the list that comes in names them, so that the table can be compared with it.
PARENT, PHONE = "家长姓名", "家长电话"


@dataclass(frozen=True)
class TableColumn:
    name: str
    value: Callable[[Refund], object]


COLUMNS = (
    TableColumn("名称", lambda one: one.institution.name),
    TableColumn("统一社会信用代码", lambda one: one.institution.uscc),
    TableColumn("编号", lambda one: one.number),
    TableColumn("课程", lambda one: one.course),
    TableColumn("合同金额", lambda one: amounts.yuan(one.contract_fen)),
    TableColumn("购买课时", lambda one: one.bought),
    TableColumn("赠送课时", lambda one: one.given),
    TableColumn("已用课时", lambda one: one.used),
    TableColumn("应退", lambda one: amounts.yuan(one.due_fen)),
    TableColumn("已退", lambda one: amounts.yuan(one.paid_fen)),
    TableColumn("未退", lambda one: amounts.yuan(one.left_fen)),
    TableColumn("进展", lambda one: rendered(one.state)),
    TableColumn("商定方式", lambda one: rendered(one.agreed_how) if one.agreed_how else ""),
    TableColumn("登记日期", lambda one: one.entered_on),
    TableColumn("录入全国平台日期", lambda one: one.platform_on),
)
# Who is to be reached, for who said what for. Minors are named in no table.
FAMILY = (
    TableColumn(PARENT, lambda one: _readable(one.parent)),
    TableColumn(PHONE, lambda one: _readable(one.phone)),
)


def _readable(words: str | None) -> str | None:
    return None if is_lost(words) else words


def columns(*, named: bool) -> Sequence[TableColumn]:
    return (*COLUMNS, *FAMILY) if named else COLUMNS


def workbook(refunds: Iterable[Refund], *, named: bool) -> BytesIO:
    shown, file = columns(named=named), BytesIO()
    write(
        file,
        [column.name for column in shown],
        ([column.value(one) for column in shown] for one in refunds),
        title="退费",
    )
    file.seek(0)
    return file
