"""The blueprint, and what its forms begin with."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import Blueprint
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Department
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm

bp = Blueprint("enforcement", __name__, url_prefix="/cases")
Form = TypeVar("Form", bound=OversightForm)


def form_for(kind: type[Form], record: Any, **defaults: Any) -> Form:
    """The form with the version of the record that is being looked at."""
    return kind(data={"version": record.version, **defaults})


def department_choices(
    authority_id: int, *, without: int | None = None
) -> list[tuple[object, object]]:
    found = accounts.departments(current_session(), authority_id)
    return [(one.id, one.name) for one in found if one.id != without]


def department(session: Session, key: int | None) -> Department:
    found = session.get(Department, key) if key else None
    if found is None:
        raise NotFound
    return found


CHOOSE: tuple[object, object] = ("", Text("Choose"))
