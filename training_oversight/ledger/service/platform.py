"""That an item was entered on the national platform, which is done there by hand."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import BadInput
from training_oversight.ledger.models import RectificationItem
from training_oversight.texts import Text
from training_oversight.workflow import authorise

ON_PLATFORM = EventType.declare("item.platform", Text("Entered on the national platform"))


def mark_platform(
    session: Session,
    item: RectificationItem,
    *,
    entered_on: date,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Note that somebody has entered it there, and on which day."""
    authorise(by, item, Permission.MANAGE_ITEM)
    database.locked(session, item)
    database.seen(item, version)
    if not item.found_on <= entered_on <= today:
        sentence = Text("The day lies between the day on which it was found and today.")
        raise BadInput(sentence, {"entered_on": sentence})
    with audit.editing(session, item, ON_PLATFORM, by=by):
        item.platform_on = entered_on
