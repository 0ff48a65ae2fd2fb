"""The blueprint, and what its pages begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from flask import Blueprint, request

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import queries
from training_oversight.campaigns.models import Campaign
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.web.forms import OversightForm

bp = Blueprint("campaigns", __name__, url_prefix="/campaigns")
Form = TypeVar("Form", bound=OversightForm)


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


def loaded(campaign_id: int) -> Campaign:
    return queries.campaign(current_session(), current_officer(), campaign_id)


def form_for(
    kind: type[Form], record: Versioned | None = None, *, read: bool = True, **defaults: object
) -> Form:
    """The form with the version of the record that is being looked at.

    Without ``read`` it stays empty: what was sent chose rows and filled nothing in.
    """
    seen: dict[str, object] = {} if record is None else {"version": record.version}
    data = seen | defaults
    return kind(data=data) if read else kind(formdata=None, data=data)


def is_confirmed() -> bool:
    """A list's own form chooses rows; only that of the step's page says what is done to them."""
    return "once" in request.form


def kinds() -> Mapping[str, str]:
    return catalogue.kind_labels(
        current_session(), authority_id=current_officer().authority_id, today=clock.today()
    )


def inspectors() -> Sequence[Officer]:
    return accounts.colleagues(
        current_session(),
        current_officer().scope,
        today=clock.today(),
        permission=Permission.LOG_VISIT,
    )
