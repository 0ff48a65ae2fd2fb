"""How publications look: shapes of their states, and what the public statuses mean."""

from __future__ import annotations

from training_oversight.publication.models import Publication, PublicStatus
from training_oversight.publication.workflow import PublicationState
from training_oversight.texts import Text
from training_oversight.web.components import Shape, Status, Tone

BUREAUS = Text("Education bureaus of the counties")
S, P = PublicationState, PublicStatus

_STATES = {
    S.DRAFT: (Shape.NOT_BEGUN, Tone.INK),
    S.SUBMITTED: (Shape.WAITING, Tone.BLUE),
    S.PUBLISHED: (Shape.DONE, Tone.GREEN),
    S.WITHDRAWN: (Shape.ENDED, Tone.GREY),
    S.SUPERSEDED: (Shape.ENDED, Tone.GREY),
    S.DISCARDED: (Shape.ENDED, Tone.GREY),
}

# No red: an entry is not a verdict.
_PUBLIC = {
    P.RECTIFIED: (Shape.DONE, Tone.GREEN),
    P.WAITING: (Shape.WAITING, Tone.BLUE),
    P.RECTIFYING: (Shape.UNDER_WAY, Tone.INK),
    P.STOPPED: (Shape.ENDED, Tone.INK),
    P.REFERRED: (Shape.ENDED, Tone.INK),
}

MEANINGS = {
    P.RECTIFIED: Text("Checked and found put right; the problem was written off the ledger."),
    P.WAITING: Text("The institution says it is done; our check is not finished yet."),
    P.RECTIFYING: Text("Within the time that was set, or still not put right."),
    P.STOPPED: Text("We checked that it no longer enrols or teaches."),
    P.REFERRED: Text("Another department is responsible and has been handed the case."),
}


def state_of(publication: Publication) -> Status:
    shape, tone = _STATES[publication.state]
    return Status(shape, publication.state.label, tone)


def public_status(status: PublicStatus) -> Status:
    shape, tone = _PUBLIC[status]
    return Status(shape, status.label, tone)


def batch_label(publication: Publication) -> Text:
    """“2026年第3批”, or what stands in its place before there is a number."""
    if publication.batch is None:
        return Text("Not published yet")
    return Text("Batch %(batch)s of %(year)s", batch=publication.batch, year=publication.year)


def list_words() -> dict[str, object]:
    """What the template of a list needs to put statuses into words."""
    return {
        "batch_label": batch_label,
        "status_of": public_status,
        "meanings": [(public_status(s), MEANINGS[s]) for s in PublicStatus],
        "static_pages": False,
    }
