"""The list of notices: saved views, filters, counts. Read by the list page and the export."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Division, Officer, Scope
from training_oversight.notices import queries
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NoticeState
from training_oversight.registry import queries as registry
from training_oversight.registry.queries import Search
from training_oversight.texts import LabelledEnum, Text

ENDED = (NoticeState.WITHDRAWN, NoticeState.REVOKED)


class View(LabelledEnum):
    ALL = "all", Text("All")
    WAITING = "waiting", Text("Waiting for me")
    MINE = "mine", Text("Drafted by me")
    DRAFTS = "drafts", Text("Drafts")
    TO_APPROVE = "to_approve", Text("To be approved")
    TO_SERVE = "to_serve", Text("To be served")
    SERVED = "served", Text("Served")
    ENDED = "ended", Text("Void or revoked")

    @classmethod
    def of(cls, value: str | None) -> View:
        return next((view for view in cls if view.value == value), cls.ALL)


@dataclass(frozen=True)
class NoticeFilter:
    """What the address of the list asks for."""

    view: View = View.ALL
    series: str = ""
    township: Division | None = None
    text: str = ""
    # Where that text is: ``found``.
    found: sa.ColumnElement[bool] | None = None


def _view(view: View, officer: Officer) -> sa.ColumnElement[bool]:
    match view:
        case View.WAITING:
            return queries.waiting_for(officer)
        case View.MINE:
            return Notice.drafted_by_id == officer.id
        case View.DRAFTS:
            return Notice.state == NoticeState.DRAFT
        case View.TO_APPROVE:
            return Notice.state == NoticeState.SUBMITTED
        case View.TO_SERVE:
            return Notice.state == NoticeState.APPROVED
        case View.SERVED:
            return Notice.state == NoticeState.SERVED
        case View.ENDED:
            return Notice.state.in_(ENDED)
    return sa.true()


def found(session: Session, officer: Officer, text: str) -> sa.ColumnElement[bool] | None:
    """Notices with this in their number, or to an institution that the search box finds by it."""
    if not (number := unicodedata.normalize("NFKC", text).strip()):
        return None
    named = registry.belonging(session, Search.by(officer, text), Notice.institution_id)
    return sa.or_(Notice.number.contains(number, autoescape=True), named)


def conditions(officer: Officer, wanted: NoticeFilter) -> list[sa.ColumnElement[bool]]:
    found = [officer.scope.clause(Notice.division_path), _view(wanted.view, officer)]
    if wanted.series:
        found.append(Notice.series == wanted.series)
    if wanted.township is not None:
        found.append(Scope(wanted.township.path).clause(Notice.division_path))
    if wanted.found is not None:
        found.append(wanted.found)
    return found


def statement(officer: Officer, wanted: NoticeFilter) -> sa.Select[Notice]:
    return queries.listed(officer.scope).where(*conditions(officer, wanted))


def total(session: Session, officer: Officer, wanted: NoticeFilter) -> tuple[int, int]:
    """Both denominators: notices, and institutions among them."""
    counted = sa.select(
        sa.func.count(Notice.id), sa.func.count(sa.distinct(Notice.institution_id))
    ).where(*conditions(officer, wanted))
    notices, institutions = session.execute(counted).one()
    return notices, institutions


def view_counts(session: Session, officer: Officer) -> Mapping[View, int]:
    """How many each saved view holds: one query for all of them."""
    sums = [
        sa.func.coalesce(sa.func.sum(sa.case((_view(view, officer), 1), else_=0)), 0)
        for view in View
    ]
    row = session.execute(
        sa.select(*sums).select_from(Notice).where(officer.scope.clause(Notice.division_path))
    ).one()
    return dict(zip(View, row, strict=True))
