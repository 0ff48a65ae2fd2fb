"""The result of a check as a paper that a leader signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from training_oversight import clock
from training_oversight.accounts.models import Authority
from training_oversight.documents import FrozenContent
from training_oversight.intake.checking import service
from training_oversight.intake.models import LedgerCheck
from training_oversight.texts import Language, rendered, speaking


@dataclass(frozen=True, kw_only=True)
class CheckLine(FrozenContent):
    row: str
    name: str
    kind: str
    why: str


@dataclass(frozen=True, kw_only=True)
class CheckCount(FrozenContent):
    kind: str
    count: str


@dataclass(frozen=True, kw_only=True)
class CheckContent(FrozenContent):
    """A check of an old ledger; always in Chinese, as every paper."""

    TEMPLATE: ClassVar[str] = "intake/documents/ledger_check.typ"

    authority: str
    filename: str
    made_on: str
    made_by: str
    rows: str
    concerned: str
    counts: tuple[CheckCount, ...] = ()
    lines: tuple[CheckLine, ...] = ()
    demo: bool = False


def content(check: LedgerCheck, authority: Authority, *, demo: bool) -> CheckContent:
    with speaking(Language.CHINESE):
        return CheckContent(
            authority=authority.name,
            filename=check.filename,
            made_on=clock.day_of(check.made_at).isoformat(),
            made_by=check.made_by.name,
            rows=str(check.rows),
            concerned=str(service.rows_concerned(check)),
            counts=tuple(
                CheckCount(kind=rendered(kind), count=str(count))
                for kind, count in service.counts(check).items()
            ),
            lines=tuple(
                CheckLine(
                    row=str(one.row), name=one.name, kind=rendered(one.kind), why=rendered(one.why)
                )
                for one in service.findings(check)
            ),
            demo=demo,
        )
