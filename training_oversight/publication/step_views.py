"""Addresses that change a public list: one page per step, each said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.publication import queries, service
from training_oversight.publication.forms import (
    ConfirmForm,
    NewBatchForm,
    RemoveForm,
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

V = PublicationVerb


def _publication(publication_id: int) -> Publication:
    return queries.one(current_session(), publication_id, officer=current_officer())


def _confirmed(
    publication: Publication,
    form: OversightForm,
    act: Callable[[Session, Publication], None],
    *,
    verb: Text,
    done: Text,
    **words: Any,
) -> ResponseReturnValue:
    """The page of one step: what it does, then the step itself."""
    record = url_for("publication.show", publication_id=publication.id)
    if form.accepted():
        with form.saving() as session:
            act(session, publication)
            form.done(record, done)
        if form.response:
            return form.response
    return render_template(
        "publication/step.html",
        form=form,
        publication=publication,
        verb=verb,
        back=(Text("Back to the list"), record),
        **({"stays": None, "tells": None, "danger": False} | words),
    ), form.status


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def new() -> ResponseReturnValue:
    officer, form = current_officer(), NewBatchForm()
    unfinished = queries.in_preparation(current_session(), officer.authority, service.KIND)
    if unfinished is not None and request.method == "GET":
        flash(service.ALREADY, "know")
        return redirect(url_for("publication.show", publication_id=unfinished.id))
    standing = queries.standing(current_session(), officer.authority_id, service.KIND)
    if form.accepted():
        with form.saving() as session:
            made = service.prepare(
                session, by=officer, today=clock.today(), correction=form.correction.data or ""
            )
            form.done(
                url_for("publication.show", publication_id=made.id),
                Text("The draft is ready. Nothing is public before somebody else approves it."),
            )
        if form.response:
            return form.response
    return render_template("publication/new.html", form=form, standing=standing), form.status


@bp.route("/<int:publication_id>/refresh", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def refresh(publication_id: int) -> ResponseReturnValue:
    publication = _publication(publication_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session, subject: Publication) -> None:
        service.refresh(
            session, subject, by=current_officer(), today=clock.today(), version=form.seen_version
        )

    return _confirmed(
        publication,
        form,
        act,
        verb=Text("Bring up to date"),
        done=Text("The entries are as the ledger stands today."),
        happens=Text("Every entry is copied again from the ledger of today."),
        stays=Text("Entries that were left out stay left out, with their reasons."),
    )


@bp.route("/<int:publication_id>/submit", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def submit(publication_id: int) -> ResponseReturnValue:
    publication = _publication(publication_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session, subject: Publication) -> None:
        service.submit(
            session, subject, by=current_officer(), today=clock.today(), version=form.seen_version
        )

    return _confirmed(
        publication,
        form,
        act,
        verb=V.SUBMIT.label,
        done=Text("Submitted. Somebody else reviews and publishes it."),
        happens=Text("The list goes to review; its entries cannot be changed meanwhile."),
        stays=Text("Nothing becomes public yet."),
        tells=Text("It appears in the work of those who may approve."),
    )


@bp.route("/<int:publication_id>/return", methods=["GET", "POST"])
@requires(Permission.APPROVE_PUBLICATION)
def return_(publication_id: int) -> ResponseReturnValue:
    publication = _publication(publication_id)
    form = ReturnForm(obj=publication)

    def act(session: Session, subject: Publication) -> None:
        service.return_(
            session,
            subject,
            note=form.reason.data or "",
            by=current_officer(),
            version=form.seen_version,
        )

    return _confirmed(
        publication,
        form,
        act,
        verb=V.RETURN.label,
        done=Text("Returned to the preparer."),
        happens=Text("The list becomes a draft again; the preparer sees your note."),
        stays=Text("Nothing becomes public."),
    )


@bp.route("/<int:publication_id>/approve", methods=["GET", "POST"])
@requires(Permission.APPROVE_PUBLICATION)
def approve(publication_id: int) -> ResponseReturnValue:
    publication = _publication(publication_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session, subject: Publication) -> None:
        service.approve(
            session, subject, by=current_officer(), today=clock.today(), version=form.seen_version
        )

    entries = len(queries.included(current_session(), publication))
    return _confirmed(
        publication,
        form,
        act,
        verb=V.APPROVE.label,
        done=Text("Published. Everybody can read it now."),
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
    publication = _publication(publication_id)
    form = WithdrawForm(obj=publication)

    def act(session: Session, subject: Publication) -> None:
        service.withdraw(
            session,
            subject,
            reason=form.reason.data or "",
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )

    return _confirmed(
        publication,
        form,
        act,
        verb=V.WITHDRAW.label,
        done=Text("Withdrawn. Its entries are not public any more."),
        happens=Text("The entries disappear from the public site at once; this cannot be undone."),
        stays=Text("Batch number, day and reason of the withdrawal stay readable."),
        tells=Text("Everybody who opens the batch reads the reason."),
        danger=True,
    )


@bp.route("/<int:publication_id>/discard", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def discard(publication_id: int) -> ResponseReturnValue:
    publication = _publication(publication_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session, subject: Publication) -> None:
        service.discard(
            session, subject, by=current_officer(), today=clock.today(), version=form.seen_version
        )

    return _confirmed(
        publication,
        form,
        act,
        verb=V.DISCARD.label,
        done=Text("The draft is discarded."),
        happens=Text("The draft ends without becoming public; this cannot be undone."),
        stays=Text("The draft and its history stay readable for officers."),
        danger=True,
    )


@bp.route("/<int:publication_id>/entries/<int:entry_id>/remove", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def remove(publication_id: int, entry_id: int) -> ResponseReturnValue:
    publication = _publication(publication_id)
    entry = queries.entry(current_session(), publication, entry_id)
    form = RemoveForm(obj=publication)

    def act(session: Session, _subject: Publication) -> None:
        service.remove(
            session,
            entry,
            reason=form.reason.data or "",
            by=current_officer(),
            version=form.seen_version,
        )

    return _confirmed(
        publication,
        form,
        act,
        verb=Text("Leave out of the list"),
        done=Text("The entry is left out."),
        happens=Text(
            "“%(name)s” (%(problem)s) will not be public in this batch.",
            name=entry.institution_name,
            problem=entry.problem,
        ),
        stays=Text("The entry and your reason stay on this page; it can be put back."),
    )


@bp.route("/<int:publication_id>/entries/<int:entry_id>/restore", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def restore(publication_id: int, entry_id: int) -> ResponseReturnValue:
    publication = _publication(publication_id)
    entry = queries.entry(current_session(), publication, entry_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session, _subject: Publication) -> None:
        service.restore(session, entry, by=current_officer(), version=form.seen_version)

    return _confirmed(
        publication,
        form,
        act,
        verb=Text("Put back into the list"),
        done=Text("The entry is back in the list."),
        happens=Text(
            "“%(name)s” (%(problem)s) will be public in this batch.",
            name=entry.institution_name,
            problem=entry.problem,
        ),
        stays=Text("That it was left out, and why, stays in the history."),
    )


def register(app: flask.Flask) -> None:
    """All officers' pages of the area: those of ``views`` and the steps added here."""
    app.register_blueprint(bp)
