"""Addresses that change a public list: one page per step, each said before it is done."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.publication import presenting, queries, rules, service
from training_oversight.publication.forms import (
    ConfirmForm,
    NewBatchForm,
    ReturnForm,
    WithdrawForm,
)
from training_oversight.publication.models import Publication
from training_oversight.publication.views import bp
from training_oversight.publication.workflow import PublicationVerb
from training_oversight.texts import Counted, Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered_on

V = PublicationVerb


def loaded(publication_id: int) -> Publication:
    return queries.one(current_session(), publication_id, officer=current_officer())


def record_of(publication: Publication) -> str:
    return url_for("publication.show", publication_id=publication.id)


def answered_step(
    publication: Publication,
    form: OversightForm,
    act: Callable[[Session], Done],
    *,
    verb: Text,
    **words: object,
) -> ResponseReturnValue:
    """One step on its page, which says what it does before it is done."""
    back = (Text("Back to this list"), record_of(publication))
    known = {"publication": publication, "verb": verb, "back": back}
    return answered_on(form, act, "publication/step.html", **(known | words))


@bp.route("/new")
@requires(Permission.PREPARE_PUBLICATION)
def choose() -> ResponseReturnValue:
    """Which kind of list is to be prepared, and how each stands."""
    authority_id = current_officer().authority_id
    return render_template(
        "publication/choose.html",
        rules=rules.every(),
        unfinished=queries.unfinished(current_session(), authority_id),
        present=queries.present(current_session(), authority_id),
        presenting=presenting,
    )


@bp.route("/new/<kind>", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def new(kind: str) -> ResponseReturnValue:
    officer, form, rule = current_officer(), NewBatchForm(), rules.rule_of(kind)
    unfinished = queries.in_preparation(current_session(), officer.authority, kind)
    if unfinished is not None and request.method == "GET":
        flash(service.ALREADY, "know")
        return redirect(record_of(unfinished))
    standing = queries.standing(current_session(), officer.authority_id, kind)

    def act(session: Session) -> Done:
        made = service.prepare(
            session, rule, by=officer, today=clock.today(), correction=form.correction.data or ""
        )
        return Done(
            record_of(made),
            Text("The draft is ready. Nothing is public before somebody else approves it."),
        )

    return answered_on(form, act, "publication/new.html", rule=rule, standing=standing)


@bp.route("/<int:publication_id>/refresh", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def refresh(publication_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session) -> Done:
        service.refresh(session, publication, rules.rule_of(publication.kind), **acting.today(form))
        return Done(record_of(publication), Text("The entries are as the records stand today."))

    return answered_step(
        publication,
        form,
        act,
        verb=Text("Bring up to date"),
        happens=Text("Every entry is copied again from the records of today."),
        stays=Text("Entries that were left out stay left out, with their reasons."),
    )


@bp.route("/<int:publication_id>/submit", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def submit(publication_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    acting.opening(publication, V.SUBMIT)
    form = ConfirmForm(obj=publication)

    def act(session: Session) -> Done:
        service.submit(session, publication, **acting.today(form))
        return Done(
            record_of(publication), Text("Submitted. Somebody else reviews and publishes it.")
        )

    return answered_step(
        publication,
        form,
        act,
        verb=V.SUBMIT.label,
        happens=Text("The list goes to review; its entries cannot be changed meanwhile."),
        stays=Text("Nothing becomes public yet."),
        tells=Text("It appears in the work of those who may approve."),
    )


@bp.route("/<int:publication_id>/return", methods=["GET", "POST"])
@requires(Permission.APPROVE_PUBLICATION)
def return_(publication_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    acting.opening(publication, V.RETURN)
    form = ReturnForm(obj=publication)

    def act(session: Session) -> Done:
        service.return_(session, publication, note=form.reason.data or "", **acting.by(form))
        return Done(record_of(publication), Text("Returned to the preparer."))

    return answered_step(
        publication,
        form,
        act,
        verb=V.RETURN.label,
        happens=Text("The list becomes a draft again; the preparer sees your note."),
        stays=Text("Nothing becomes public."),
    )


@bp.route("/<int:publication_id>/approve", methods=["GET", "POST"])
@requires(Permission.APPROVE_PUBLICATION)
def approve(publication_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    acting.opening(publication, V.APPROVE)
    form = ConfirmForm(obj=publication)

    def act(session: Session) -> Done:
        service.approve(session, publication, rules.rule_of(publication.kind), **acting.today(form))
        return Done(record_of(publication), Text("Published. Everybody can read it now."))

    entries = len(queries.included(current_session(), publication))
    return answered_step(
        publication,
        form,
        act,
        verb=V.APPROVE.label,
        happens=Counted(
            "%(count)s entry becomes public at once, under the next batch number.",
            "%(count)s entries become public at once, under the next batch number.",
            count=entries,
        ),
        stays=Text("The batch that is public now stays readable as an old one."),
        tells=Text("Everybody: the list stands on the public site."),
    )


@bp.route("/<int:publication_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.APPROVE_PUBLICATION)
def withdraw(publication_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    acting.opening(publication, V.WITHDRAW)
    form = WithdrawForm(obj=publication)

    def act(session: Session) -> Done:
        service.withdraw(session, publication, reason=form.reason.data or "", **acting.today(form))
        return Done(record_of(publication), Text("Withdrawn. Its entries are not public any more."))

    return answered_step(
        publication,
        form,
        act,
        verb=V.WITHDRAW.label,
        happens=Text("The entries disappear from the public site at once; this cannot be undone."),
        stays=Text("Batch number, day and reason of the withdrawal stay readable."),
        tells=Text("Everybody who opens the batch reads the reason."),
        danger=True,
    )


@bp.route("/<int:publication_id>/discard", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def discard(publication_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    acting.opening(publication, V.DISCARD)
    form = ConfirmForm(obj=publication)

    def act(session: Session) -> Done:
        service.discard(session, publication, **acting.today(form))
        return Done(record_of(publication), Text("The draft is discarded."))

    return answered_step(
        publication,
        form,
        act,
        verb=V.DISCARD.label,
        happens=Text("The draft ends without becoming public; this cannot be undone."),
        stays=Text("The draft and its history stay readable for officers."),
        danger=True,
    )
