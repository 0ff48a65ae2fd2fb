"""The blueprint, and what its pages begin with."""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, request, url_for
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Department, Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import PhraseUse
from training_oversight.complaints import queries, service
from training_oversight.complaints.forms import CHOOSE
from training_oversight.complaints.models import Complaint
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.texts import Text
from training_oversight.vault.screened import ScreenedForm
from training_oversight.web.choices import listed
from training_oversight.web.forms import OversightForm

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
Form = TypeVar("Form", bound=OversightForm)


def found(complaint_id: int) -> Complaint:
    return queries.complaint_for(current_session(), current_officer(), complaint_id)


def form_for(kind: type[Form], complaint: Complaint, /, **defaults: object) -> Form:
    """The form with the version of the order that is being looked at."""
    data = {"version": complaint.version, **defaults}
    if issubclass(kind, ScreenedForm) and request.method == "POST":
        known = queries.known_of(current_session(), current_officer(), complaint)
        return kind(data=data, names=known)
    return kind(data=data)


def handled(complaint: Complaint) -> None:
    """What is for an order that a department has opens for no other: a form that was sent is
    judged by the service, so that a refusal keeps what was typed."""
    if request.method == "GET":
        service.check_handled(complaint)


def page_of(complaint: Complaint) -> str:
    return url_for("complaints.show", complaint_id=complaint.id)


def departments(complaint: Complaint, *, without: int | None = None) -> list[SelectChoice]:
    held = accounts.departments(current_session(), complaint.authority_id)
    return listed([CHOOSE, *((one.id, one.name) for one in held if one.id != without)])


def department(session: Session, key: int | None) -> Department:
    one = session.get(Department, key) if key else None
    if one is None:
        raise NotFound
    return one


def officer(session: Session, key: int | None) -> Officer | None:
    return session.get(Officer, key) if key else None


def headed(verb: Text, complaint: Complaint) -> dict[str, object]:
    """What every page of a step shows of the order."""
    reads = queries.may_see_reporter(current_officer(), complaint)
    return {
        "complaint": complaint,
        "verb": verb,
        "heading": verb,
        "reads": reads,
        "numbers": numbers(complaint),
    }


def numbers(complaint: Complaint) -> dict[int, str]:
    """Of what was merged into an order, for what its reporters alone are told."""
    return {one.id: one.number for one in complaint.merged}


def phrases(use: PhraseUse) -> list[str]:
    """Beginnings of sentences that are put in by a press."""
    return catalogue.phrases(
        current_session(), use, authority_id=current_officer().authority_id, today=clock.today()
    )
