"""The period, kind and township that figures and lists of refunds are narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.refunds.queries import UNKNOWN, Period, Wanted
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, Words
from training_oversight.web.day_argument import AskedDay, asked_day

DAYS: tuple[str, ...] = ("from", "until")
UNKNOWN_KIND = Text("Kind not known yet")


@dataclass(frozen=True)
class Asked:
    """What of an address makes sense; the rest is left out, a day that is none is told."""

    since: AskedDay
    until: AskedDay
    kind: str
    division_id: int | None

    @property
    def wanted(self) -> Wanted:
        return Wanted(Period(self.since.day, self.until.day), self.kind, self.division_id)

    @property
    def address(self) -> dict[str, str]:
        """What an address carries of it."""
        known = {
            "from": self.since.day.isoformat() if self.since.day else "",
            "until": self.until.day.isoformat() if self.until.day else "",
            "kind": self.kind,
            "township": str(self.division_id or ""),
        }
        return {name: value for name, value in known.items() if value}

    @property
    def only_days(self) -> dict[str, str]:
        address = self.address
        return {name: address[name] for name in DAYS if name in address}

    @property
    def problem(self) -> Text | None:
        return self.since.problem or self.until.problem


def asked() -> Asked:
    kind = request.args.get("kind", "").strip()
    return Asked(
        asked_day("from"),
        asked_day("until"),
        kind if kind in kinds() else "",
        request.args.get("township", type=int),
    )


def kinds() -> dict[str, Words]:
    """Every kind of institution of the county, by its code, and the one that nobody has said."""
    known = catalogue.kind_labels(
        current_session(), authority_id=current_officer().authority_id, today=clock.today()
    )
    return {**known, UNKNOWN: UNKNOWN_KIND}


def days(found: Asked, endpoint: str, kept: dict[str, str]) -> list[Filter]:
    """The two boxes of the period in which refunds were entered."""
    return [
        _day("from", Text("Entered from"), found.since, endpoint, kept),
        _day("until", Text("Entered until"), found.until, endpoint, kept),
    ]


def opened(found: Asked, endpoint: str, kept: dict[str, str]) -> list[Filter]:
    """The same of the period in which events were opened."""
    return [
        _day("from", Text("Opened from"), found.since, endpoint, kept),
        _day("until", Text("Opened until"), found.until, endpoint, kept),
    ]


def places(endpoint: str, kept: dict[str, str]) -> list[Filter]:
    """Kind and township of the institution."""
    towns = accounts.townships(current_session(), current_officer().scope)
    named = [(str(one.id), one.name) for one in towns]
    return [
        choice("kind", Text("Kind"), [*kinds().items()], kept, endpoint),
        choice("township", Text("Township"), named, kept, endpoint),
    ]


def choice(
    name: str,
    label: Text,
    known: Sequence[tuple[str, Words]],
    kept: dict[str, str],
    endpoint: str,
) -> Filter:
    """A box of the line, with what the address has of it."""
    chosen = kept.get(name, "")
    offered = [Choice(code, words, code == chosen) for code, words in known]
    return Filter(
        name,
        label,
        [Choice("", Text("All"), not chosen), *offered],
        clear_url=_without(name, endpoint, kept),
    )


def _day(name: str, label: Text, day: AskedDay, endpoint: str, kept: dict[str, str]) -> Filter:
    chosen = [Choice(day.shown, day.shown, True)] if day.typed else []
    return Filter(name, label, chosen, clear_url=_without(name, endpoint, kept), day=True)


def _without(name: str, endpoint: str, kept: dict[str, str]) -> str:
    return asking(endpoint, {key: value for key, value in kept.items() if key != name})
