"""What a phone may say of a visit, read strictly from what it sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self, TypeVar
from uuid import UUID

from training_oversight.errors import BadInput
from training_oversight.inspections.service.sent_before import client_key
from training_oversight.places import Position
from training_oversight.texts import LabelledEnum, Text

# Of one sending; a phone with more sends them in turns.
MOST: Final = 100
LONGEST: Final = 5000
# The years of a clock that was ever set.
EARLIEST, LATEST = 2000, 2200
# A difference between the clocks that is worth a word.
CLOCKS_DIFFER: Final = timedelta(minutes=5)


M = TypeVar("M", bound=StrEnum)


class ActKind(LabelledEnum):
    START = "start", Text("Visit begun on the phone")
    POSITION = "position", Text("Position found by the phone")
    ANSWER = "answer", Text("Question answered on the phone")
    PROBLEM = "problem", Text("Problem written down on the phone")
    PHOTO = "photo", Text("Photo taken on the phone")
    TEAM = "team", Text("Who inspects, said on the phone")
    FINISH = "finish", Text("Visit finished on the phone")
    NOT_POSSIBLE = "not_possible", Text("Not possible, said on the phone")


UNREADABLE: Final = Text(
    "The phone sent something that cannot be read. Export it to a file and hand it to the office."
)


class Told:
    """The values of an act. What is missing or of another kind is ``BadInput``."""

    def __init__(self, values: object) -> None:
        if not isinstance(values, Mapping):
            raise BadInput(UNREADABLE)
        self._values: Mapping[str, object] = values

    def text(self, name: str, *, longest: int = LONGEST) -> str:
        value = self._values.get(name) or ""
        if not isinstance(value, str) or len(value) > longest or "\0" in value:
            raise BadInput(UNREADABLE)
        return value.strip()

    def number(self, name: str) -> int | None:
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadInput(UNREADABLE)
        if not 0 <= value < 2**31:
            raise BadInput(UNREADABLE)
        return round(value)

    def numbers(self, name: str) -> list[int]:
        value = self._values.get(name) or []
        if not isinstance(value, list) or not all(type(one) is int for one in value):
            raise BadInput(UNREADABLE)
        return value[:MOST]

    def words(self, name: str) -> dict[str, str]:
        value = self._values.get(name) or {}
        if not isinstance(value, Mapping):
            raise BadInput(UNREADABLE)
        told = Told(value)
        return {str(key): told.text(key) for key in value}

    def member(self, kind: type[M], name: str) -> M:
        value = self._values.get(name)
        found = next((one for one in kind if one.value == value), None)
        if found is None:
            raise BadInput(UNREADABLE)
        return found

    def key(self, name: str) -> UUID:
        if (found := client_key(self.text(name))) is None:
            raise BadInput(UNREADABLE)
        return found

    def instant(self, name: str) -> datetime:
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise BadInput(UNREADABLE) from None
        if found.tzinfo is None or not EARLIEST <= found.year <= LATEST:
            raise BadInput(UNREADABLE)
        return found.astimezone(UTC)

    def day(self, name: str) -> date | None:
        """Nothing where none was said."""
        if not (written := self.text(name)):
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise BadInput(UNREADABLE) from None

    @property
    def position(self) -> Position | None:
        """Where the phone says it was; a position that is none on Earth is no position."""
        pair = (self._values.get("latitude"), self._values.get("longitude"))
        latitude, longitude = (
            float(one) if isinstance(one, int | float) and not isinstance(one, bool) else None
            for one in pair
        )
        if latitude is None or longitude is None:
            return None
        try:
            return Position(latitude, longitude)
        except BadInput:
            return None


@dataclass(frozen=True)
class Act:
    """One thing that an officer did on the phone, under a key of the phone's own."""

    key: UUID
    kind: ActKind
    # The visit by our number, or by the key under which the phone began it.
    visit_id: int | None
    visit_key: UUID | None
    phone_at: datetime
    done_at: datetime
    told: Told
    sha256: str

    @classmethod
    def read(cls, sent: object, *, ahead: timedelta, now: datetime) -> Self:
        """``ahead``: by how much our clock is ahead of the phone's. Raises ``BadInput``."""
        told = Told(sent)
        phone_at = told.instant("at")
        visit_id = told.number("visit_id")
        return cls(
            key=told.key("key"),
            kind=told.member(ActKind, "kind"),
            visit_id=visit_id,
            visit_key=None if visit_id else told.key("visit_key"),
            phone_at=phone_at,
            done_at=min(phone_at + ahead, now),
            told=told,
            sha256=_hash(sent),
        )


def _hash(sent: object) -> str:
    plain = json.dumps(sent, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()


def ahead_of(phone_now: datetime, now: datetime) -> timedelta:
    """By how much our clock is ahead of the phone's; a few minutes are the way they took."""
    difference = now - phone_now
    return difference if abs(difference) > CLOCKS_DIFFER else timedelta()
