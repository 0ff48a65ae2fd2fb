"""The papers themselves, as PDF and .docx, and the files that prove service."""

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

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.route("/<int:notice_id>/notice.pdf")
@requires(Permission.VIEW_NOTICES)
def paper(notice_id: int) -> flask.Response:
    """The notice: of the frozen content once it is approved, before that marked as a draft."""
    return _pdf(*_paper(notice_id))


@bp.route("/<int:notice_id>/notice.docx")
@requires(Permission.VIEW_NOTICES)
def paper_to_edit(notice_id: int) -> flask.Response:
    """The same words for the office's own program; the PDF stays the paper."""
    return _docx(*_paper(notice_id))


@bp.route("/<int:notice_id>/receipt.pdf")
@requires(Permission.VIEW_NOTICES)
def receipt(notice_id: int) -> flask.Response:
    """The proof of service: filled in after service, else to print and sign."""
    return _pdf(*_receipt(notice_id))


@bp.route("/<int:notice_id>/receipt.docx")
@requires(Permission.VIEW_NOTICES)
def receipt_to_edit(notice_id: int) -> flask.Response:
    return _docx(*_receipt(notice_id))


def _paper(notice_id: int) -> tuple[Paper, str]:
    """The notice in blocks, and the name of its file."""
    content = printed.current(asked_for(notice_id))
    paper = compositions.paper(replace(content, demo=_demo()))
    return paper, f"{content.title}{content.number}"


def _receipt(notice_id: int) -> tuple[Paper, str]:
    notice = asked_for(notice_id)
    served = next((one for one in reversed(notice.services) if one.succeeded), None)
    content = printed.receipt(notice, served)
    paper = receipt_form.paper(replace(content, demo=_demo()))
    return paper, f"{paper.title}{content.number}"


def _demo() -> bool:
    """A fact about the installation, not about the paper."""
    demo: bool = current_app.config["DEMO"]
    return demo


def _pdf(paper: Paper, name: str) -> flask.Response:
    # Drawing takes a moment; no reading is held open meanwhile.
    close_session()
    drawn = documents.pdf(paper, instead=_instead(paper))
    return downloads.opened(flask.Response(drawn, mimetype="application/pdf"), f"{name}.pdf")


def _docx(paper: Paper, name: str) -> flask.Response:
    close_session()
    written = documents.docx(paper, instead=_instead(paper))
    return downloads.kept(flask.Response(written, mimetype=DOCX), f"{name}.docx")


def _instead(paper: Paper) -> str:
    """A draft is no notice yet: what no font has is marked in it, and refused at approval."""
    return documents.GETA if paper.mark else ""


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
