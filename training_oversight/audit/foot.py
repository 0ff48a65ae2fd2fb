"""The last seal as it stands at the foot of what is printed or taken out."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight.audit import seals
from training_oversight.texts import Text

# Enough to compare by eye; the file of seals has the whole.
SHOWN = 16


def foot(session: Session) -> Text | None:
    """Until when the history was sealed as this was made, and by what it is known."""
    last = seals.latest(session)
    if last is None:
        return None
    return Text(
        "History sealed until %(day)s: seal %(number)s, %(events)s events in all, %(hash)s",
        day=date.fromisoformat(last.day),
        number=last.number,
        events=f"{last.total:,}",
        hash=last.hash[:SHOWN],
    )
