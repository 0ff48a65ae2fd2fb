"""What the forms offer to choose from, and what they mean as a draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import flask
from sqlalchemy.orm import Session
from wtforms import Field
from wtforms.fields.choices import SelectChoice

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Checklist, ViolationType
from training_oversight.inspections.forms import listed, member
from training_oversight.inspections.models import Answer, Approval, Visit
from training_oversight.inspections.service import FindingDraft, Handling, NewPlace, VisitDraft
from training_oversight.inspections.service.sent_before import client_key
from training_oversight.registry.models import Institution, Premises
from training_oversight.texts import Text
from training_oversight.web.choices import ToChoose, with_none
from training_oversight.web.forms import AtMost, OversightForm, Required, given

PLACE_FIELDS = (
    "place_name", "place_address", "place_division_id", "place_kind", "place_premises",
    "place_unregistered",
)  # fmt: skip
NAME, LINE = 60, 200


def offer(session: Session, form: OversightForm, *, visit: Visit | None = None) -> None:
    """Fill the choices that every form of a visit has; who inspects is for the officer to say."""
    officer, today = current_officer(), clock.today()
    inspectors = accounts.colleagues(
        session, officer.scope, today=today, permission=Permission.LOG_VISIT
    )
    known = {one.id: one for one in inspectors}
    if visit is not None:
        known |= {one.id: one for one in visit.officers}
    form.officers.choices = listed((one.id, _described(one)) for one in known.values())


def _described(officer: Officer) -> str | Text:
    if officer.certificate_number:
        return Text(
            "%(name)s, certificate %(number)s", name=officer.name, number=officer.certificate_number
        )
    return Text("%(name)s, no certificate", name=officer.name)


def offer_checklists(
    session: Session, form: OversightForm, institution: Institution | None
) -> None:
    found = _checklists(session)
    form.checklist_id.choices = listed([(0, Text("None")), *((one.id, one.label) for one in found)])
    if not form.is_submitted():
        fitting = fitting_checklist(session, institution)
        form.checklist_id.data = fitting.id if fitting else 0


def _checklists(session: Session) -> Sequence[Checklist]:
    authority = current_officer().authority_id
    return catalogue.checklists(session, authority_id=authority, today=clock.today())


def fitting_checklist(session: Session, institution: Institution | None) -> Checklist | None:
    return catalogue.fitting_checklist(
        session,
        institution.kind_code if institution else None,
        authority_id=current_officer().authority_id,
        today=clock.today(),
    )


def chosen_checklist(session: Session, form: OversightForm) -> Checklist | None:
    return session.get(Checklist, form.checklist_id.data) if form.checklist_id.data else None


def keep_place(session: Session, form: OversightForm) -> None:
    """The place is unknown: ask for what can be seen of it."""
    officer, fields = current_officer(), form._fields
    towns = accounts.townships(session, officer.scope)
    kinds = catalogue.kinds(session, authority_id=officer.authority_id, today=clock.today())
    own = (officer.division_id, officer.division.name)
    fields["place_division_id"].offer(listed([(t.id, t.name) for t in towns] or [own]))
    fields["place_kind"].choices = listed(
        [("", Text("Not known yet")), *((kind.code, kind.label) for kind in kinds)]
    )
    _require(fields["place_name"], Text("Enter what the place is called."), AtMost(NAME))
    _require(fields["place_address"], Text("Enter where the place is."), AtMost(LINE))


def _require(field: Field, sentence: Text, *more: object) -> None:
    field.validators = [Required(sentence), *more]
    field.flags.required = True


def drop_place(form: OversightForm) -> None:
    for name in PLACE_FIELDS:
        del form[name]


def place_of(
    session: Session, form: OversightForm, institution: Institution | None
) -> Institution | NewPlace:
    if institution is not None:
        return institution
    premises = form.place_premises.data
    return NewPlace(
        name=form.place_name.data,
        address=form.place_address.data,
        division=session.get_one(Division, given(form.place_division_id.data)),
        kind_code=form.place_kind.data or None,
        premises=member(Premises, premises) if premises else None,
        unregistered=form.place_unregistered.data,
    )


def draft(
    session: Session, form: OversightForm, place: Institution | NewPlace, **more: Any
) -> VisitDraft:
    """What the form says of a visit; ``more`` are the facts that only some forms ask for."""
    return VisitDraft(
        place=place,
        kind=form.kind.data,
        purpose=form.purpose.data or "",
        officers=[session.get_one(Officer, key) for key in form.officers.data],
        helpers=form.helpers.data or "",
        approval=form.approval.data or Approval.UNSTATED,
        approved_by_name=form.approved_by_name.data,
        approved_on=form.approved_on.data,
        outside_number=form.outside_number.data,
        client_key=client_key(form.client_key.data),
        **more,
    )


def closing(form: OversightForm) -> dict[str, Any]:
    return {
        "representative": form.representative.data,
        "representative_role": form.representative_role.data,
        "statement": form.statement.data or "",
        "minutes": form.minutes.data or "",
    }


def answers_sent(checklist: Checklist | None) -> dict[str, Answer]:
    """The answers of a whole page, by the code of their question."""
    sent = flask.request.form
    known = {answer.value: answer for answer in Answer}
    return {
        item["code"]: known[value]
        for item in (checklist.items if checklist else ())
        if (value := sent.get(f"answer-{item['code']}", "")) in known
    }


def offer_violations(
    session: Session, fields: Iterable[ToChoose], *, suggested: str | None = None
) -> None:
    """The county's violation types with their categories; what a question suggests stands first."""
    types = catalogue.violation_types(
        session, authority_id=current_officer().authority_id, today=clock.today()
    )
    ordered = sorted(types, key=lambda kind: kind.code != suggested)
    for one in fields:
        one.offer(_violation(kind) for kind in ordered)


def _violation(kind: ViolationType) -> SelectChoice:
    """With its severity, which the form follows until another is chosen."""
    words = f"{kind.category}：{kind.label}"
    return SelectChoice(kind.id, words, {"data-severity": kind.severity.value})


def offer_questions(fields: Iterable[Field], checklist: Checklist | None) -> None:
    """Which question of the checklist a problem belongs to, if to one."""
    asked = [(item["code"], item["text"]) for item in (checklist.items if checklist else ())]
    for one in fields:
        one.choices = with_none(listed(asked), Text("None of them"))


def problem(session: Session, form: OversightForm, *, item: str | None = None) -> FindingDraft:
    """What a problem's controls say."""
    kind = session.get_one(ViolationType, given(form.violation_type_id.data))
    return FindingDraft(
        violation_type=kind,
        severity=form.severity.data or kind.severity,
        facts=form.facts.data or "",
        handling=member(Handling, form.handling.data),
        note=form.note.data or "",
        checklist_item_code=item,
    )
