"""The dossier as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from training_oversight.accounts.models import Officer
from training_oversight.audit import EventType
from training_oversight.desk.dossier.sections import DossierSection
from training_oversight.documents import FrozenContent
from training_oversight.registry.models import Institution
from training_oversight.texts import Language, Text, rendered, speaking

PRINTED = EventType.declare("dossier.printed", Text("Whole file printed"), ["sections"])


@dataclass(frozen=True, kw_only=True)
class PrintedFact(FrozenContent):
    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class PrintedRow(FrozenContent):
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedSection(FrozenContent):
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[PrintedRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DossierContent(FrozenContent):
    """One institution's file as it stood on a day; always in Chinese."""

    TEMPLATE: ClassVar[str] = "desk/documents/dossier.typ"

    authority: str
    name: str
    printed_on: str
    printed_by: str
    facts: tuple[PrintedFact, ...] = ()
    sections: tuple[PrintedSection, ...] = ()
    sealed: str = ""
    demo: bool = False


def content(
    institution: Institution,
    facts: Sequence[tuple[Text, Any]],
    sections: Sequence[DossierSection],
    *,
    by: Officer,
    today: date,
    sealed: Text | None,
    demo: bool,
) -> DossierContent:
    """What will be printed; the sections are those that the officer may view."""
    with speaking(Language.CHINESE):
        return DossierContent(
            authority=institution.authority.name,
            name=institution.name,
            printed_on=today.isoformat(),
            printed_by=by.name,
            facts=tuple(
                PrintedFact(label=rendered(label), value=rendered(value)) for label, value in facts
            ),
            sections=tuple(
                PrintedSection(
                    title=rendered(one.title),
                    head=tuple(rendered(word) for word in one.head),
                    widths=tuple(one.widths),
                    rows=tuple(
                        PrintedRow(cells=tuple("" if c is None else rendered(c) for c in row))
                        for row in one.rows
                    ),
                )
                for one in sections
            ),
            sealed="" if sealed is None else rendered(sealed),
            demo=demo,
        )
