"""Looking at what is sealed: with a reason, and never without a trace."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from training_oversight import audit
from training_oversight.audit import Actor, EventType
from training_oversight.database import Base
from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.vault import screening

LOOKED = EventType.declare("vault.looked", Text("Looked at the contact"))
# 核实退费: four characters say what for.
SHORTEST_REASON = 4


def look(
    session: Session,
    subject: Base,
    *,
    why: str,
    by: Actor,
    names: Iterable[str | None] = (),
) -> None:
    """Record in the history of ``subject`` who looks, and why.

    Who shows it has asked before whether they may. Numbers, addresses and the ``names`` of who is
    looked at are covered in the reason: the history has more readers than the contact. Raises
    ``BadInput``.
    """
    reason = "".join(why.split())
    if len(reason) < SHORTEST_REASON or len(set(reason)) == 1:
        said = Text("Say what you need the contact for, in four characters or more.")
        raise BadInput(said, {"why": said})
    audit.record(
        session, subject, LOOKED, by=by, note=screening.without_contacts(why.strip(), names)
    )
