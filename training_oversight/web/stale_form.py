"""Who changed a record while somebody else had its form open, as history tells it.

The pages below know no history; what knows it is handed in from above.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import flask

from training_oversight.errors import ChangedRecord, StaleForm
from training_oversight.texts import Text

EXTENSION = "stale_form"


@dataclass(frozen=True)
class Meanwhile:
    """``before``: column -> its value when the form was opened, of those changed since."""

    sentences: Sequence[Text]
    before: Mapping[str, object] = field(default_factory=dict)


Teller = Callable[[ChangedRecord, datetime | None], Meanwhile | None]


def hand_in(app: flask.Flask, teller: Teller) -> None:
    app.extensions[EXTENSION] = teller


def told(error: StaleForm, since: datetime | None) -> Meanwhile:
    """Who, when and what; where history has nothing to tell, what the error says itself."""
    tell: Teller | None = flask.current_app.extensions.get(EXTENSION)
    found = tell(error.standing, since) if tell and error.standing else None
    return found or Meanwhile((error.text,))
