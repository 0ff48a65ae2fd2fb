"""A file that a phone wrote as the last way out: the same acts, checked the same way."""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training_oversight.accounts.models import Officer
from training_oversight.database import transaction
from training_oversight.errors import BadInput, OversightError
from training_oversight.field import service
from training_oversight.field.acts import MOST, UNREADABLE, ActKind, Told
from training_oversight.field.answering import Json, Outcome, refuse_others, take_all
from training_oversight.files import storage
from training_oversight.texts import Text

NO_EXPORT: Final = Text(
    "This is not a file that a phone exported from the site visits page. Choose the file whose "
    "name begins with “field-”."
)


@dataclass(frozen=True)
class Line:
    """One act or photo of the file, and what became of it."""

    words: Text | str
    outcome: Outcome
    sentence: str = ""


def read(content: bytes) -> Json:
    """What the phone wrote. Raises ``BadInput`` for any other file."""
    try:
        sent = json.loads(content)
    except ValueError:
        raise BadInput(NO_EXPORT) from None
    if not isinstance(sent, dict) or not isinstance(sent.get("acts"), list):
        raise BadInput(NO_EXPORT)
    return sent


def take(sent: Json, *, by: Officer, data_dir: Path) -> list[Line]:
    """First the photos, then the acts in their order, each by itself."""
    refuse_others(Told(sent), by)
    pictures = sent.get("files") or []
    if not isinstance(pictures, list):
        raise BadInput(NO_EXPORT)
    lines = [_picture(Told(one), by, data_dir) for one in pictures]
    acts = sent["acts"]
    if not isinstance(acts, list):
        raise BadInput(NO_EXPORT)
    for first in range(0, len(acts), MOST):
        part = acts[first : first + MOST]
        lines += _lines(part, take_all(sent | {"acts": part}, by=by).acts)
    return lines


def _lines(acts: Sequence[object], answered: Sequence[Json]) -> list[Line]:
    return [
        Line(_words(act), _outcome(told["outcome"]), str(told.get("sentence", "")))
        for act, told in zip(acts, answered, strict=True)
    ]


def _outcome(value: object) -> Outcome:
    return next(one for one in Outcome if one.value == value)


def _words(act: object) -> Text | str:
    kind = act.get("kind") if isinstance(act, dict) else None
    found = next((one for one in ActKind if one.value == kind), None)
    return found.label if found else str(kind)


def _picture(told: Told, by: Officer, data_dir: Path) -> Line:
    name = told.text("name", longest=200)
    try:
        content = base64.b64decode(told.text("base64", longest=2 * storage.LIMIT), validate=True)
        kept = service.store(
            io.BytesIO(content), name, told.text("sha256"), data_dir=data_dir, limit=storage.LIMIT
        )
        with transaction() as session:
            service.receive(session, kept, by=by)
    except binascii.Error:
        return Line(name, Outcome.REFUSED, str(UNREADABLE))
    except OversightError as error:
        return Line(name, Outcome.REFUSED, str(error.text))
    return Line(name, Outcome.TAKEN)
