"""Putting an institution on the register, changing it, naming who is in charge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.differences import plain
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.errors import BadInput
from training_oversight.registry import presenting, queries, service
from training_oversight.registry.fields import BY_NAME, PROTECTED
from training_oversight.registry.forms import InstitutionForm
from training_oversight.registry.forms.controls import doubt_about
from training_oversight.registry.forms.unlikely import unlikely_days
from training_oversight.registry.models import Institution
from training_oversight.registry.service import InstitutionValues
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.record import loaded
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.messages import Message
from training_oversight.web.steps import Done, answered

# Not shown to anybody: what a hidden control carries.
BOOKKEEPING = (
    "csrf_token", "version", "once", "opened", "not_the_same", "name_corrected",
    "department_reason", *PROTECTED,
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field in two versions: as it stands now, and as this officer typed it."""

    label: Text
    present: str
    typed: str


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def create() -> ResponseReturnValue:
    form, officer = InstitutionForm(), current_officer()
    _offer(form, officer)
    twins = _twins(form, officer) if form.is_submitted() else []

    def act(session: Session) -> Done:
        # Here, so that a form pressed twice finds its receipt before it finds itself.
        if twins and not form.not_the_same.data:
            raise BadInput(
                Text("There may be a record of this place already. Compare before you save.")
            )
        made = service.create(session, values=form.values(), by=officer, today=clock.today())
        return Done(
            url_for(".show", institution_id=made.id),
            Text("%(name)s is on the register.", name=made.name),
            know=_doubts(form),
        )

    return answered(
        form, act, lambda: render_template("registry/create.html", form=form, twins=twins)
    )


@bp.route("/<int:institution_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def edit(institution_id: int) -> ResponseReturnValue:
    institution, officer = loaded(institution_id), current_officer()
    form = InstitutionForm()
    _offer(form, officer, institution)
    describe_unseen(form, service.values_of(institution))
    if not form.is_submitted():
        form.fill(service.values_of(institution))
        form.version.data = str(institution.version)

    def act(session: Session) -> Done:
        before = service.values_of(institution)
        values = form.values(before)
        service.edit(
            session,
            institution,
            values=values,
            by=officer,
            today=clock.today(),
            version=form.seen_version,
        )
        converts = service.looks_like_conversion(before, values)
        return Done(
            url_for(".show", institution_id=institution.id),
            Text("%(name)s is changed.", name=institution.name),
            know=[
                *_doubts(form),
                *([_conversion_hint(institution, before)] if converts else []),
            ],
        )

    def page() -> str:
        differences = _refreshed(form, loaded(institution_id), officer)
        return render_template(
            "registry/edit.html", form=form, institution=institution, differences=differences
        )

    return answered(form, act, page)


def _offer(form: InstitutionForm, officer: Officer, institution: Institution | None = None) -> None:
    session, today = current_session(), clock.today()
    authority_id = institution.authority_id if institution else officer.authority_id
    kinds = catalogue.kind_labels(session, authority_id=authority_id, today=today)
    if institution and institution.kind_code and institution.kind_code not in kinds:
        kinds[institution.kind_code] = institution.kind_code
    divisions = [(one.id, one.name) for one in accounts.townships(session, officer.scope)]
    own = institution.division if institution else officer.division
    if own.id not in dict(divisions):
        divisions.append((own.id, own.name))
    departments = accounts.departments(session, authority_id)
    form.offer(
        kind_code=list(kinds.items()),
        division_id=divisions,
        industry_department_id=[(one.id, one.name) for one in departments],
        officer_in_charge_id=people(officer, institution),
    )


def people(officer: Officer, institution: Institution | None) -> list[tuple[int, str]]:
    """Who can be in charge, and who is, even if they have left."""
    found = accounts.colleagues(
        current_session(), officer.scope, today=clock.today(), permission=Permission.LOG_VISIT
    )
    authority_id = institution.authority_id if institution else officer.authority_id
    people = {one.id: one.name for one in found if one.authority_id == authority_id}
    if institution and institution.officer_in_charge:
        people.setdefault(institution.officer_in_charge.id, institution.officer_in_charge.name)
    return list(people.items())


def describe_unseen(form: OversightForm, present: object) -> None:
    """Say of what the form does not show that it is there, and how it is taken off."""
    for name in PROTECTED:
        if name in form and (kept := getattr(present, name, None)):
            form[name].description = Text(
                "On record: %(value)s. Leave empty to keep it; what you type replaces it, - "
                "removes it.",
                value=presenting.masked(BY_NAME[name], kept),
            )


def _doubts(form: InstitutionForm) -> list[Message]:
    """What is unusual about the telephone and the days; it is kept all the same."""
    doubt = doubt_about(form.phone.data)
    return [*([] if doubt is None else [doubt]), *unlikely_days(form)]


def _conversion_hint(institution: Institution, before: InstitutionValues) -> Message:
    """An edit changes the entry; only a recorded conversion is counted as one."""
    url = url_for(
        ".convert",
        institution_id=institution.id,
        from_kind=before.kind_code,
        from_form=before.legal_form,
    )
    words = Text("If it was converted, record the conversion, too, or it is not counted.")
    return words, Text("Record a conversion"), url


def _twins(form: InstitutionForm, officer: Officer) -> list[Institution]:
    return list(
        queries.possible_duplicates(
            current_session(),
            name=form.name.data or "",
            uscc=form.uscc.data or "",
            scope=officer.scope,
        )
    )


def _refreshed(
    form: InstitutionForm, institution: Institution, officer: Officer
) -> list[Difference]:
    """After a stale save: both versions side by side; the next save counts against the new."""
    if form.status != HTTPStatus.CONFLICT:
        return []
    now = service.values_of(institution)
    present = InstitutionForm(formdata=None)
    _offer(present, officer, institution)
    present.fill(now)
    _leave(form, present, _untouched(form.values(now), form.before))
    return [
        Difference(field.label.text, before, typed)
        for field in form
        if field.name not in BOOKKEEPING
        and (typed := _said(field)) != (before := _said(present[field.name]))
    ]


def _untouched(typed: InstitutionValues, before: Mapping[str, object]) -> list[str]:
    """The fields that still say what they said when the form was opened."""
    return [
        name
        for name, value in before.items()
        if hasattr(typed, name) and _plain(getattr(typed, name)) == _plain(value)
    ]


def _plain(value: object) -> object:
    """As history keeps it; nothing is nothing, however it is written."""
    if isinstance(value, tuple):
        value = list(value)
    return None if value in ("", []) else plain(value)


def _leave(form: InstitutionForm, present: InstitutionForm, names: Sequence[str]) -> None:
    """What this officer never touched stays as somebody else has left it."""
    for name in names:
        if name in form and name not in PROTECTED:
            form[name].data, form[name].raw_data = present[name].data, None


def _said(field: object) -> str:
    """What a control says, in the words that it shows."""
    data, choices = getattr(field, "data", None), getattr(field, "choices", None)
    if choices and isinstance(data, (list, tuple)):
        return "、".join(str(one.label) for one in choices if one.value in data)
    if choices:
        return next((str(one.label) for one in choices if one.value == (data or "")), "")
    if isinstance(data, bool):
        return str(Text("Yes") if data else Text("No"))
    return "" if data is None else str(data)
