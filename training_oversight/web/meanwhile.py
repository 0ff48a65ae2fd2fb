"""Who changed a record while somebody else had its form open, as history tells it.

The pages below know no history; what knows it is handed in from above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import flask

from training_oversight.errors import StaleForm, Standing
from training_oversight.texts import Text

EXTENSION = "meanwhile"
Teller = Callable[[Standing, datetime | None], Sequence[Text]]


def hand_in(app: flask.Flask, teller: Teller) -> None:
    app.extensions[EXTENSION] = teller


def sentences(error: StaleForm, since: datetime | None) -> Sequence[Text]:
    """Who, when and what; where history has nothing to tell, what the error says itself."""
    tell: Teller | None = flask.current_app.extensions.get(EXTENSION)
    told = tell(error.standing, since) if tell and error.standing else ()
    return told or (error.text,)
