"""The papers themselves, as PDF, and the files that prove service."""

from __future__ import annotations

from dataclasses import replace

import flask
from flask import current_app

from training_oversight import documents
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import close_session, current_session
from training_oversight.documents import NoticeContent, ServiceReceiptContent
from training_oversight.files import sending
from training_oversight.notices import printed
from training_oversight.notices.views.blueprint import asked_for, bp
from training_oversight.web import downloads
from training_oversight.web.marks import requires


@bp.route("/<int:notice_id>/notice.pdf")
@requires(Permission.VIEW_NOTICES)
def paper(notice_id: int) -> flask.Response:
    """The notice: of the frozen content once it is approved, before that marked as a draft."""
    notice = asked_for(notice_id)
    content = printed.current(notice)
    return _pdf(content, f"{content.title}{content.number}.pdf")


@bp.route("/<int:notice_id>/receipt.pdf")
@requires(Permission.VIEW_NOTICES)
def receipt(notice_id: int) -> flask.Response:
    """The proof of service: filled in after service, else to print and sign."""
    notice = asked_for(notice_id)
    served = next((one for one in reversed(notice.services) if one.succeeded), None)
    content = printed.receipt(notice, served)
    return _pdf(content, f"送达回证{content.number}.pdf")


def _pdf(content: NoticeContent | ServiceReceiptContent, name: str) -> flask.Response:
    # Whether this is a demonstration is a fact about the installation, not about the paper.
    marked = replace(content, demo=current_app.config["DEMO"])
    # Drawing takes a moment; no reading is held open meanwhile.
    close_session()
    answer = flask.Response(
        documents.render(content.TEMPLATE, marked.to_json()), mimetype="application/pdf"
    )
    return downloads.opened(answer, name)


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
