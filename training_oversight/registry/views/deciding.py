"""Closing, reopening, announcing an end, lifting an order: each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.registry import queries, service
from training_oversight.registry.ending import earliest_end
from training_oversight.registry.forms import AnnounceForm, CloseForm, ReasonForm
from training_oversight.registry.models import Institution, Licence
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.record import loaded
from training_oversight.registry.workflow import InstitutionVerb
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm, given, options
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

V = InstitutionVerb
HAPPENS = {
    V.CLOSE: Text("It leaves the live register; its papers, problems and history stay."),
    V.REOPEN: Text("It counts as operating again."),
    V.LIFT: Text("It may train again as far as its papers allow."),
    V.ANNOUNCE_END: Text("The register shows that it will end, and on what day."),
    V.WITHDRAW_END: Text("It counts as operating again, without an end."),
}
UNLICENSED = {
    V.LIFT: Text(
        "The order ends. It holds no permit that is valid today: without one it may not train "
        "pupils."
    ),
    V.REOPEN: Text(
        "It is operating again. It holds no permit that is valid today: one that was taken back "
        "stays cancelled, and a new one is recorded as such."
    ),
}
STAYS = {
    V.CLOSE: Text("Open problems stay on the ledger until each is closed."),
    V.REOPEN: Text("When and why it was closed stays in the history."),
    V.LIFT: Text("The notice that ordered it stays in the file."),
    V.ANNOUNCE_END: Text("Its permit stands until it is handed back."),
    V.WITHDRAW_END: Text("That it was announced stays in the history."),
}


@bp.route("/<int:institution_id>/close", methods=["GET", "POST"])
@requires(Permission.CLOSE_INSTITUTION)
def close(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), CloseForm()
    permits = queries.standing_permits(institution)
    form.handed_back.choices = options((one.id, _named(one)) for one in permits)

    def decide(session: Session) -> None:
        service.close(
            session,
            institution,
            kind=form.kind.data,
            closed_on=given(form.closed_on.data),
            handed_back=[one for one in permits if one.id in (form.handed_back.data or ())],
            today=clock.today(),
            **_common(form),
        )

    return _confirmed(institution, form, V.CLOSE, decide)


@bp.route("/<int:institution_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CLOSE_INSTITUTION)
def reopen(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), ReasonForm()

    def decide(session: Session) -> None:
        service.reopen(session, institution, **_common(form))

    return _confirmed(institution, form, V.REOPEN, decide)


@bp.route("/<int:institution_id>/lift", methods=["GET", "POST"])
@requires(Permission.CLOSE_INSTITUTION)
def lift(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), ReasonForm()

    def decide(session: Session) -> None:
        service.lift(session, institution, **_common(form))

    return _confirmed(institution, form, V.LIFT, decide)


@bp.route("/<int:institution_id>/announce-end", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def announce_end(institution_id: int) -> ResponseReturnValue:
    institution, today = loaded(institution_id), clock.today()
    form = AnnounceForm()

    def decide(session: Session) -> Sequence[Text]:
        announced, ending = given(form.announced_on.data), given(form.ending_on.data)
        is_short = service.announce_end(
            session,
            institution,
            announced_on=announced,
            ending_on=ending,
            today=today,
            **_common(form),
        )
        return [_too_short(announced)] if is_short else []

    return _confirmed(institution, form, V.ANNOUNCE_END, decide)


@bp.route("/<int:institution_id>/withdraw-end", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def withdraw_end(institution_id: int) -> ResponseReturnValue:
    institution, form = loaded(institution_id), ReasonForm()

    def decide(session: Session) -> None:
        service.withdraw_end(session, institution, **_common(form))

    return _confirmed(institution, form, V.WITHDRAW_END, decide)


def _too_short(announced: date) -> Text:
    return Text(
        "Recorded as it was declared, but it is announced less than six months ahead: at the "
        "earliest it could end on %(day)s.",
        day=earliest_end(announced),
    )


def _named(licence: Licence) -> str:
    return " ".join(part for part in (str(licence.type.label), licence.number) if part)


def _common(form: OversightForm) -> dict[str, Any]:
    return {
        "reason": form.reason.data or "",
        "by": current_officer(),
        "version": form.seen_version,
    }


def _confirmed(
    institution: Institution,
    form: OversightForm,
    verb: InstitutionVerb,
    decide: Callable[[Session], Sequence[Text] | None],
) -> ResponseReturnValue:
    """Ask once, on a page that says what will happen; then do it.

    ``decide`` gives what it has found on its way that the officer should know.
    """
    key = institution.id
    if not form.is_submitted():
        institution.workflow.check(current_officer(), institution, verb)
        form.version.data = str(institution.version)

    def act(session: Session) -> Done:
        known = decide(session)
        return Done(
            url_for(".show", institution_id=key),
            Text("Done: %(verb)s, %(name)s.", verb=verb.label, name=institution.name),
            know=known or (),
        )

    return answered(
        form,
        act,
        lambda: render_template(
            "registry/decide.html",
            form=form,
            institution=institution,
            verb=verb,
            happens=_happens(institution, verb),
            stays=STAYS[verb],
        ),
    )


def _happens(institution: Institution, verb: InstitutionVerb) -> Text:
    """Who has no permit may not read here that training can go on."""
    if verb in UNLICENSED and not queries.is_licensed(institution, clock.today()):
        return UNLICENSED[verb]
    return HAPPENS[verb]
