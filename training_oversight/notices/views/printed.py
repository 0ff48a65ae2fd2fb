"""The papers themselves, as PDF, and the files that prove service."""

from __future__ import annotations

from dataclasses import replace

import flask
from flask import current_app

from training_oversight import documents
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import close_session, current_session
from training_oversight.documents.blocks import Paper
from training_oversight.files import sending
from training_oversight.notices import compositions, printed, receipt_form
from training_oversight.notices.views.blueprint import asked_for, bp
from training_oversight.web import downloads
from training_oversight.web.marks import requires


@bp.route("/<int:notice_id>/notice.pdf")
@requires(Permission.VIEW_NOTICES)
def paper(notice_id: int) -> flask.Response:
    """The notice: of the frozen content once it is approved, before that marked as a draft."""
    notice = asked_for(notice_id)
    content = printed.current(notice)
    paper = compositions.paper(replace(content, demo=_demo()))
    return _pdf(paper, f"{content.title}{content.number}.pdf")


@bp.route("/<int:notice_id>/receipt.pdf")
@requires(Permission.VIEW_NOTICES)
def receipt(notice_id: int) -> flask.Response:
    """The proof of service: filled in after service, else to print and sign."""
    notice = asked_for(notice_id)
    served = next((one for one in reversed(notice.services) if one.succeeded), None)
    content = printed.receipt(notice, served)
    paper = receipt_form.paper(replace(content, demo=_demo()))
    return _pdf(paper, f"{paper.title}{content.number}.pdf")


def _demo() -> bool:
    """A fact about the installation, not about the paper."""
    demo: bool = current_app.config["DEMO"]
    return demo


def _pdf(paper: Paper, name: str) -> flask.Response:
    # Drawing takes a moment; no reading is held open meanwhile.
    close_session()
    # A draft is no notice yet: what cannot be printed is marked in it, and refused at approval.
    pdf = documents.pdf(paper, instead=documents.GETA if paper.mark else "")
    return downloads.opened(flask.Response(pdf, mimetype="application/pdf"), name)


@bp.route("/<int:notice_id>/files/<int:attachment_id>")
@requires(Permission.VIEW_NOTICES)
def attachment(notice_id: int, attachment_id: int) -> flask.Response:
    notice = asked_for(notice_id)
    return sending.send(
        current_session(),
        attachment_id,
        kind="notice",
        subject_id=notice.id,
        scope=current_officer().scope,
    )
