"""What notices add to the list of institutions: who was served one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.ledger.contributed import Paper
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.notices.models import Notice, NoticeItem
from training_oversight.notices.workflow import NoticeState
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.contributions import Facet

SERVED, UNFULFILLED, TO_SERVE = "served", "unfulfilled", "to_serve"


def _choices(_session: Session, _officer: Officer) -> Sequence[tuple[str, Text]]:
    return [
        (SERVED, Text("Was served a notice")),
        (UNFULFILLED, Text("Served and not fulfilled")),
        (TO_SERVE, Text("Notice approved, not served")),
    ]


def papers(item: RectificationItem, _today: date) -> Sequence[Paper]:
    """Those that were served about the item; none requires what was corrected since."""
    found = current_session().execute(
        sa.select(Notice.id, Notice.number, Notice.served_on, NoticeItem.requirement)
        .join(NoticeItem, NoticeItem.notice_id == Notice.id)
        .where(NoticeItem.item_id == item.id, Notice.state == NoticeState.SERVED)
        .order_by(Notice.served_on.desc(), Notice.id.desc())
    )
    return [
        Paper(
            number=one.number,
            served_on=one.served_on,
            url=url_for("notices.show", notice_id=one.id),
            requires=one.requirement == item.measure,
        )
        for one in found
    ]


def has_notice(value: str, _today: date) -> sa.ColumnElement[bool]:
    """Institutions with a notice that stands: served, served in vain so far, or still to serve."""
    mine = Notice.institution_id == Institution.id
    if value == TO_SERVE:
        return sa.exists().where(mine, Notice.state == NoticeState.APPROVED)
    served = sa.and_(mine, Notice.state == NoticeState.SERVED)
    if value == SERVED:
        return sa.exists().where(served)
    return sa.exists().where(
        served,
        NoticeItem.notice_id == Notice.id,
        RectificationItem.id == NoticeItem.item_id,
        RectificationItem.state.in_(OWED),
    )


NOTICES = Facet(
    *("institutions", "notices", Text("Notices"), _choices, has_notice),
    permission=Permission.VIEW_NOTICES,
    order=62,
)
