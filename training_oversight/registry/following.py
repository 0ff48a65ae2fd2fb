"""What it does to institutions when the county gives a kind to another department."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.catalogue.models import InstitutionKind
from training_oversight.database import current_session
from training_oversight.registry import queries, service
from training_oversight.texts import Counted, Text
from training_oversight.web.contributions import Foreseen

# As many keys as one statement takes on every database.
AT_ONCE = 500
NOT_SETTLED = Text("Not settled")


def foreseen(
    by: Officer, _today: date, before: InstitutionKind | None, after: Mapping[str, object]
) -> Foreseen | None:
    """Whom another department for a kind would reach, before anybody says yes to it."""
    given = after["department_code"]
    to = str(given) if given else None
    if before is None or before.department_code == to:
        return None
    moved, kept = queries.reached_by_mapping(current_session(), by, before.code, to)
    if not moved:
        return None
    count = sum(moved.values())
    known = accounts.departments(current_session(), by.authority_id)
    names = {one.id: one.name for one in known}
    goal = next((one.name for one in known if one.code == to), NOT_SETTLED)
    return Foreseen(
        count=count,
        happens=Text("The industry department of %(count)s institutions changes now, in one act. "
                     "The history of each says so.", count=f"{count:,}"),
        parts=[
            Text("%(count)s institutions: %(before)s → %(after)s", count=f"{some:,}",
                 before=names.get(key or 0, NOT_SETTLED), after=goal)
            for key, some in moved.items()
        ],
        stays=Text("%(count)s institutions of this kind whose department was set one by one, with "
                   "a reason; and what is closed.", count=f"{kept:,}"),
    )  # fmt: skip


def followed(session: Session, by: Officer, today: date) -> Text | None:
    """The institutions of the county follow its mapping, in the name of who changed it."""
    keys = queries.off_the_mapping(session, today=today, scope=by.scope)
    count = sum(
        service.follow_mapping(session, keys[start : start + AT_ONCE], by=by, today=today)
        for start in range(0, len(keys), AT_ONCE)
    )
    if not count:
        return None
    return Counted(
        "%(count)s institution follows: its industry department is another.",
        "%(count)s institutions follow: their industry department is another.",
        count=count,
    )
