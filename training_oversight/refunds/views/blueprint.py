"""The blueprint, and what its forms begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from flask import Blueprint, request
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import RefundFormula
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.refunds.forms import ContractForm
from training_oversight.refunds.formula import Contract
from training_oversight.refunds.models import Refund
from training_oversight.registry.models import Institution
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.forms import OversightForm, given

bp = Blueprint("refunds", __name__, url_prefix="/refunds")
Form = TypeVar("Form", bound=OversightForm)


class Versioned(Protocol):
    """A record of which a form says which state of it was seen."""

    @property
    def version(self) -> int: ...


def form_for(kind: type[Form], record: Versioned, **defaults: object) -> Form:
    """The form with the version of the record that is being looked at."""
    data = {"version": record.version, **defaults}
    if issubclass(kind, ScreenedForm) and isinstance(record, Refund) and request.method == "POST":
        return kind(data=data, names=_known_of(record))
    return kind(data=data)


def _known_of(refund: Refund) -> Sequence[str | None]:
    """Who the family is, to be found in what the officer writes; nothing for an officer who may
    not read it, to whom it would tell that a guess was right."""
    if not current_officer().may(Permission.ENTER_REFUND):
        return ()
    return refund.parent, refund.phone, refund.pupil


def institution_asked_for(session: Session) -> Institution:
    found = session.get(Institution, request.args.get("institution", 0, type=int))
    if found is None or not current_officer().scope.covers(found.division_path):
        raise NotFound
    return found


def formulas(authority_id: int) -> list[RefundFormula]:
    return list(
        catalogue.refund_formulas(current_session(), authority_id=authority_id, today=clock.today())
    )


def choices(known: list[RefundFormula]) -> list[tuple[int, str]]:
    return [(one.id, one.label) for one in known]


def contract_of(form: ContractForm) -> Contract:
    return Contract(
        given(form.contract.data), given(form.bought.data), given(form.given.data),
        given(form.used.data),
    )  # fmt: skip


def chosen(known: list[RefundFormula], key: int | None) -> RefundFormula:
    """The formula in force that was chosen, or the one that the refund keeps."""
    found = next((one for one in known if one.id == key), None)
    if found is None:
        raise NotFound
    return found
