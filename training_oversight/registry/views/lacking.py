"""What the file of one institution still lacks, and where it is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import flask

from training_oversight.accounts.models import DivisionLevel
from training_oversight.registry import queries
from training_oversight.registry.models import TRAINING_LICENCES, Institution, LegalForm
from training_oversight.texts import Text

UNEXPLAINED = Text("New permit of a subject institution, without a reason")


@dataclass(frozen=True)
class Gap:
    """Something that the file lacks, and where it is filled in: a field of the form, or a page."""

    words: Text
    field: str = ""
    page: str = "registry.edit"
    licence_id: int | None = None

    def url(self, institution: Institution) -> str:
        return flask.url_for(
            self.page,
            institution_id=institution.id,
            licence_id=self.licence_id,
            _anchor=self.field or None,
        )


def gaps(institution: Institution, today: date) -> list[Gap]:
    """What the file still lacks. Nothing is refused for it; the list is for filling in."""
    venue = institution.main_venue
    lacking = (
        (institution.kind_code is None, Gap(Text("Kind not known"), "kind_code")),
        (
            institution.industry_department_id is None,
            Gap(Text("Industry department not settled"), "industry_department_id"),
        ),
        (
            institution.is_nobodys(today),
            Gap(Text("Nobody is in charge"), page="registry.assign"),
        ),
        (
            institution.division.level is not DivisionLevel.TOWNSHIP,
            Gap(Text("No township"), "division_id"),
        ),
        (_owes_code(institution), Gap(Text("No credit code"), "uscc")),
        (
            not _names_somebody(institution),
            Gap(Text("No responsible person"), "responsible_person"),
        ),
        (institution.phone is None, Gap(Text("No telephone number"), "phone")),
        (venue is None or not venue.address, Gap(Text("No address"), "address")),
        (
            venue is None or venue.latitude is None,
            Gap(Text("No position of the venue"), "position"),
        ),
        (
            not any(one.type in TRAINING_LICENCES for one in institution.licences),
            Gap(Text("No permit on file"), page="registry.add_licence"),
        ),
        *(
            (True, Gap(UNEXPLAINED, "exception_reason", "registry.change_licence", one.id))
            for one in institution.licences
            if queries.is_unexplained(one, institution.kind_code)
        ),
        (
            institution.platform_id is None,
            Gap(Text("No number on the national platform"), "platform_id"),
        ),
        (
            institution.fund_account is None and queries.is_licensed(institution, today),
            Gap(Text("No prepaid-fund account"), "fund_account"),
        ),
    )
    return [gap for missing, gap in lacking if missing]


def _names_somebody(institution: Institution) -> bool:
    """Most lists have one column for it: 法定代表人(负责人)."""
    return bool(
        institution.responsible_person or institution.legal_representative or institution.principal
    )


def _owes_code(institution: Institution) -> bool:
    return institution.uscc is None and institution.legal_form not in (
        None,
        LegalForm.UNREGISTERED,
    )
