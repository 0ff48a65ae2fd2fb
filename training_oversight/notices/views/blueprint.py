"""The addresses of this area, and the record that most of them are about."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.database import current_session
from training_oversight.notices import queries
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NoticeVerb

bp = Blueprint("notices", __name__, url_prefix="/notices")


def asked_for(notice_id: int) -> Notice:
    """The notice of the address; a foreign one does not exist."""
    return queries.get(current_session(), current_officer(), notice_id)


def open_for(notice_id: int, verb: NoticeVerb) -> Notice:
    """The notice, if this officer can open the page of that step now."""
    notice = asked_for(notice_id)
    acting.opening(notice, verb)
    return notice
