"""Officers: who works here, with which roles, until when. For administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import (
    devices,
    lent_queries,
    passwords,
    queries,
    rights_queries,
    rights_words,
    service,
)
from training_oversight.accounts.forms import EndServiceForm, NewOfficerForm, OfficerForm
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.leaving import WORK_LEFT
from training_oversight.accounts.models import (
    NO_ROLE,
    Department,
    Division,
    Officer,
    RightsProposal,
)
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import Event, timeline
from training_oversight.audit import queries as audit_queries
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.database import current_session, transaction
from training_oversight.errors import NotFound
from training_oversight.texts import Text
from training_oversight.web.choices import listed
from training_oversight.web.components import Shape, Status, TimelineEntry, Tone
from training_oversight.web.contributions import contributions
from training_oversight.web.forms import OversightForm, given
from training_oversight.web.marks import requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered, answered_after

# Of the fields of the form those that read the same in the history.
LABELS = {
    "name": Text("Name of the officer"),
    "certificate_number": Text("Enforcement certificate number"),
    "phone": Text("Phone"),
    "borrowed_from": Text("Borrowed from"),
    "borrowed_until": Text("Last day here"),
}
READING = Reading(("officer",), by(LABELS))

# Events that say on which device and from where.
FROM_SOMEWHERE = ("officer.signed_in", "officer.wrong_passwords")
# Kept nowhere, so a second answer cannot repeat it.
SHOWN_ONCE = Text(
    "The temporary password was shown once, by the first answer. If you did not see it, reset the "
    "password."
)

bp = Blueprint("officers", __name__, url_prefix="/officers")


@dataclass(frozen=True)
class OfficerLine:
    officer: Officer
    status: Status
    seen_at: datetime | None


@bp.route("")
@requires(Permission.MANAGE_OFFICERS)
def index() -> str:
    session, scope = current_session(), current_officer().scope
    found = queries.staff(session, scope, today=clock.today())
    waiting = rights_queries.waiting(session, scope)
    seen = queries.last_sign_ins(session, [officer.id for officer in found])
    return render_template(
        "officers/index.html",
        rows=[OfficerLine(officer, _status(officer), seen.get(officer.id)) for officer in found],
        waiting=[(one, rights_words.changes(session, one)) for one in waiting],
        lent=lent_queries.lent_within(session, scope, today=clock.today()),
        working=sum(officer.works_on(clock.today()) for officer in found),
    )


def _status(officer: Officer) -> Status:
    """What keeps an officer from signing in, if anything."""
    if officer.ended_on is not None:
        return Status(Shape.ENDED, Text("Left on %(day)s", day=officer.ended_on), Tone.GREY)
    if not officer.works_on(clock.today()):
        return Status(Shape.ENDED, Text("Gone back"), Tone.GREY)
    if not officer.role_rows:
        return Status(Shape.SOON, NO_ROLE, Tone.AMBER)
    if officer.borrowed_until is not None:
        return Status(None, Text("Borrowed until %(day)s", day=officer.borrowed_until))
    return Status(None, Text("At work"))


def officer_in_scope(officer_id: int) -> Officer:
    """An officer in scope. The system's own is not a person to be administered."""
    found = queries.acting(current_session(), officer_id, today=clock.today())
    foreign = found is None or not current_officer().scope.covers(found.division_path)
    if found is None or foreign or Role.SYSTEM in found.roles:
        raise NotFound
    return found


def _choices(form: OfficerForm, authority_id: int) -> None:
    session, by = current_session(), current_officer()
    departments = queries.departments(session, authority_id)
    form.department_id.offer(listed((d.id, d.name) for d in departments))
    divisions = queries.divisions(session, by.scope)
    form.division_id.offer(listed((d.id, d.name) for d in divisions))


@bp.route("/add", methods=["GET", "POST"])
@requires(Permission.MANAGE_OFFICERS)
def add() -> ResponseReturnValue:
    form = NewOfficerForm()
    _choices(form, current_officer().authority_id)

    def act(session: Session, made: Password) -> Done:
        officer = service.add(
            session,
            username=form.username.data,
            name=form.name.data,
            department=session.get_one(Department, given(form.department_id.data)),
            division=session.get_one(Division, given(form.division_id.data)),
            roles=form.roles.data,
            password_hash=made.hashed,
            certificate_number=form.certificate_number.data or None,
            phone=form.phone.data or None,
            borrowed_from=form.borrowed_from.data or None,
            borrowed_until=form.borrowed_until.data,
            by=current_officer(),
        )
        return _shown_once(form, officer, made)

    return answered_after(
        form, _password, act, lambda: render_template("officers/add.html", form=form)
    )


@dataclass(frozen=True)
class Password:
    typed: str
    hashed: str


def _password() -> Password:
    """A new one. To hash it takes its time: not within a transaction."""
    typed = passwords.generated()
    return Password(typed, passwords.hashed(typed))


def _shown_once(form: OversightForm, officer: Officer, made: Password) -> Done:
    """The password on the page itself: a message would travel in the cookie first."""
    form.say_if_repeated(SHOWN_ONCE)
    return Done(
        url_for(".show", officer_id=officer.id),
        instead=lambda: render_template(
            "officers/password.html", officer=officer, password=made.typed
        ),
    )


@bp.route("/<int:officer_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_OFFICERS)
def show(officer_id: int) -> ResponseReturnValue:
    officer = officer_in_scope(officer_id)
    own = [row.role for row in officer.role_rows]
    form = OfficerForm(obj=officer, roles=own)
    _choices(form, officer.authority_id)
    return answered(
        form,
        lambda session: _change(session, form, session.get_one(Officer, officer_id)),
        lambda: render_template(
            "officers/show.html",
            officer=officer,
            form=form,
            status=_status(officer),
            own=officer.id == current_officer().id,
            history=_history(officer, form),
            waiting=rights_words.box(current_session(), officer, current_officer()),
            lent=lent_queries.delegations_of(current_session(), officer.id, today=clock.today()),
        ),
    )


def _history(officer: Officer, form: OfficerForm) -> list[TimelineEntry]:
    labels = {field.name: field.label.text for field in form}
    names = {
        name: {choice.value: choice.label for choice in form[name].choices}
        for name in ("department_id", "division_id")
    }
    events = audit_queries.history(current_session(), officer, limit=30)
    return timeline.entries(events, labels, names, dict.fromkeys(FROM_SOMEWHERE, _from_where))


def _from_where(event: Event) -> Text | str:
    """On which device, from which address of the network; older events do not know it."""
    device = devices.words(event.facts["device"]) if "device" in event.facts else ""
    address = event.facts.get("address", "")
    if device and address:
        return Text("%(device)s, from %(address)s", device=device, address=address)
    return Text("From %(address)s", address=address) if address else device


def _change(session: Session, form: OfficerForm, officer: Officer) -> Done:
    waits = service.change(
        session,
        officer,
        roles=form.roles.data,
        by=current_officer(),
        version=form.seen_version,
        name=form.name.data,
        department_id=form.department_id.data,
        division_id=form.division_id.data,
        certificate_number=form.certificate_number.data or None,
        phone=form.phone.data or None,
        borrowed_from=form.borrowed_from.data or None,
        borrowed_until=form.borrowed_until.data,
    )
    return Done(url_for(".show", officer_id=officer.id), _saved(officer, waits))


def _saved(officer: Officer, waits: RightsProposal | None) -> Text:
    if waits is None:
        return Text("Saved: %(name)s.", name=officer.name)
    return Text(
        "Saved: %(name)s. What gives rights waits until a second person confirms it.",
        name=officer.name,
    )


@bp.route("/<int:officer_id>/reset-password", methods=["GET", "POST"])
@requires(Permission.MANAGE_OFFICERS)
def reset_password(officer_id: int) -> ResponseReturnValue:
    officer = officer_in_scope(officer_id)
    form = OversightForm()

    def act(session: Session, made: Password) -> Done:
        service.change_password(
            session, officer, password_hash=made.hashed, by=current_officer(), temporary=True
        )
        return _shown_once(form, officer, made)

    return answered_after(
        form,
        _password,
        act,
        lambda: render_template("officers/reset_password.html", form=form, officer=officer),
    )


@bp.route("/<int:officer_id>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_OFFICERS)
def end(officer_id: int) -> ResponseReturnValue:
    officer = officer_in_scope(officer_id)
    form = EndServiceForm()

    def act(session: Session) -> Done:
        service.end_service(
            session, officer, today=clock.today(), by=current_officer(), note=form.reason.data
        )
        return Done(url_for(".index"), Text("%(name)s no longer signs in.", name=officer.name))

    return answered(
        form,
        act,
        lambda: render_template(
            "officers/end.html",
            form=form,
            officer=officer,
            left=contributions().fact_of(Officer, WORK_LEFT, officer, clock.today()),
        ),
    )


@bp.route("/<int:officer_id>/resume", methods=["POST"])
@requires(Permission.MANAGE_OFFICERS)
def resume(officer_id: int) -> ResponseReturnValue:
    officer = officer_in_scope(officer_id)
    with transaction() as session:
        service.resume_service(session, officer, by=current_officer())
    sentence = Text(
        "%(name)s is in service again as soon as a second person confirms it.", name=officer.name
    )
    flash(sentence, "done")
    return redirect(url_for(".show", officer_id=officer_id))
