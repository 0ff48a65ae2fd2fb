"""The whole file of an institution put together, for one page or for a batch of papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.foot import foot
from training_oversight.catalogue import queries as catalogue
from training_oversight.desk.dossier import printed, queries
from training_oversight.desk.dossier.facts import facts
from training_oversight.desk.dossier.sections import DossierSection, sections
from training_oversight.files.models import Attachment
from training_oversight.registry.models import Institution
from training_oversight.texts import Language, Text, speaking

# Which right opens which part; the others are the register's own.
RIGHTS = {
    "visits": Permission.VIEW_VISITS,
    "findings": Permission.VIEW_VISITS,
    "items": Permission.VIEW_LEDGER,
    "notices": Permission.VIEW_NOTICES,
    "cases": Permission.VIEW_CASES,
    "publications": Permission.VIEW_PUBLICATIONS,
}


def rights_of(officer: Officer) -> frozenset[Permission]:
    """Those of the officer's rights that open a part."""
    return frozenset(right for right in RIGHTS.values() if officer.may(right))


@dataclass(frozen=True)
class WholeFile:
    institution: Institution
    facts: Sequence[tuple[Text, object]]
    parts: Sequence[DossierSection]
    files: Sequence[Attachment] = ()

    def on_paper(
        self, *, by: Officer, today: date, sealed: Text | None, demo: bool
    ) -> printed.DossierContent:
        return printed.content(
            self.institution, self.facts, self.parts, by=by, today=today, sealed=sealed, demo=demo
        )


@dataclass(frozen=True)
class _Names:
    """What an authority calls its kinds and departments on the day."""

    kinds: Mapping[str, str]
    departments: Mapping[int, str]


class Maker:
    """Makes the files of institutions in a scope, with the parts that some rights open."""

    def __init__(
        self, session: Session, *, scope: Scope, rights: Collection[Permission], today: date
    ) -> None:
        self.session, self.scope, self.rights, self.today = session, scope, rights, today
        self._names: dict[int, _Names] = {}

    def whole(self, institution_id: int) -> WholeFile:
        """Raises ``NotFound`` outside the scope."""
        known = queries.known(self.session, institution_id, self.scope, self.rights)
        names = self._names_of(known.institution.authority_id)
        parts = [
            part
            for part in sections(known, names.kinds, names.departments, today=self.today)
            if part.key not in RIGHTS or RIGHTS[part.key] in self.rights
        ]
        told = facts(known.institution, names.kinds, today=self.today)
        return WholeFile(known.institution, told, parts, known.attachments)

    def paper(self, institution_id: int, *, by: Officer, demo: bool) -> printed.DossierContent:
        """What will be printed; in Chinese, whatever the officer reads."""
        with speaking(Language.CHINESE):
            whole, sealed = self.whole(institution_id), self._sealed
            return whole.on_paper(by=by, today=self.today, sealed=sealed, demo=demo)

    @cached_property
    def _sealed(self) -> Text | None:
        """One for a batch of papers."""
        return foot(self.session)

    def _names_of(self, authority_id: int) -> _Names:
        if authority_id not in self._names:
            found = accounts.departments(self.session, authority_id)
            self._names[authority_id] = _Names(
                catalogue.kind_labels(self.session, authority_id=authority_id, today=self.today),
                {one.id: one.name for one in found},
            )
        return self._names[authority_id]
