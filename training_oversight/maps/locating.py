"""Positions of institutions by their address: one after another, as long work or by command.

One transaction for each, and none while the map service is being asked. What a person or a
telephone has said of a position stays (``place_by_address``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session, transaction
from training_oversight.errands.kinds import ErrandKind, ErrandResult, Unfinished, Work, declare
from training_oversight.errors import NotFound, OversightError, WrongState
from training_oversight.law.sentences import packed, unpacked
from training_oversight.maps import queries, service
from training_oversight.maps.queries import Unplaced
from training_oversight.places.geocoding import (
    AddressNotFound,
    Finder,
    Found,
    ServiceRefuses,
    ServiceSilent,
)
from training_oversight.registry import queries as registry
from training_oversight.spreadsheets import write
from training_oversight.texts import Text

# A day's quota of a small contract; at one a second more than half an hour.
MOST_AT_ONCE = 2000
# The service is down, not the address wrong.
MOST_SILENCES = 5
MAP = "/institutions/map"
FOUND = Text("Position found")
NOT_FOUND = Text("Not found")
NOT_ASKED = Text("Not asked")
NOT_NEEDED = Text("No longer needed")
OFF = Text(
    "No map service is set that knows addresses. The administrator chooses one in the map settings."
)


@dataclass
class LocatingTally:
    """How far it is, as a checkpoint keeps it. ``missed`` are institutions and why."""

    asked: int = 0
    found: int = 0
    skipped: list[int] = field(default_factory=list)
    missed: list[list[Any]] = field(default_factory=list)
    silences: int = 0

    def miss(self, institution_id: int, error: OversightError) -> None:
        self.missed.append([institution_id, packed(error.text)])

    @property
    def sentence(self) -> Text:
        return Text(
            "%(asked)s addresses asked: %(found)s positions found, %(missed)s not found, "
            "%(skipped)s no longer needed.",
            asked=self.asked,
            found=self.found,
            missed=len(self.missed),
            skipped=len(self.skipped),
        )


def finder_of(session: Session, officer: Officer) -> Finder:
    """The county's map service. Raises ``WrongState`` while none is chosen."""
    chosen = catalogue.geocoding(session, authority_id=officer.authority_id)
    if chosen is None:
        raise WrongState(OFF)
    return Finder(chosen)


def locate_all(
    ids: Sequence[int],
    finder: Finder,
    tally: LocatingTally,
    *,
    by: Officer,
    told: Callable[[LocatingTally], None],
) -> LocatingTally:
    """Ask for each that ``tally`` has not asked for yet; ``told`` hears of every one.

    An address that is not found holds up nobody. Raises ``ServiceRefuses`` at once, and
    ``ServiceSilent`` after some silences in a row.
    """
    for institution_id in ids[tally.asked :]:
        try:
            locate(institution_id, finder, by=by)
            tally.found += 1
            tally.silences = 0
        except _NotNeeded:
            tally.skipped.append(institution_id)
        except AddressNotFound as error:
            tally.miss(institution_id, error)
            tally.silences = 0
        except ServiceSilent as error:
            tally.miss(institution_id, error)
            tally.silences += 1
            if tally.silences >= MOST_SILENCES:
                tally.asked += 1
                raise
        tally.asked += 1
        told(tally)
    return tally


class _NotNeeded(Exception):
    """It has a position by now, or no address, or is out of this officer's reach."""


def locate(institution_id: int, finder: Finder, *, by: Officer) -> None:
    """Ask for one address and take the answer over. Raises what the service raises."""
    session = current_session()
    unplaced = queries.unplaced(session, institution_id, by.scope)
    # The network may take its time; nothing is held open meanwhile.
    session.rollback()
    if unplaced is None:
        raise _NotNeeded
    found = finder.find(unplaced.address, unplaced.within)
    if not _taken_over(institution_id, unplaced, found, by=by):
        raise _NotNeeded


def _taken_over(institution_id: int, unplaced: Unplaced, found: Found, *, by: Officer) -> bool:
    with transaction() as session:
        try:
            institution = registry.get(session, institution_id, by.scope)
        except NotFound:
            return False
        return service.place_by_address(
            session,
            institution,
            address=unplaced.address,
            position=found.position,
            accuracy=found.accuracy,
            by=by,
            note=f"{found.service.label} {found.level}".strip(),
        )


def _run(work: Work) -> ErrandResult:
    session = current_session()
    finder, ids = finder_of(session, work.by), work.params["ids"]
    tally = LocatingTally(**work.checkpoint)

    def told(tally: LocatingTally) -> None:
        work.progress(tally.asked, len(ids), dict(vars(tally)))

    try:
        locate_all(ids, finder, tally, by=work.by, told=told)
    except (ServiceRefuses, ServiceSilent) as error:
        if not tally.asked:
            raise
        left = Text("%(count)s not asked.", count=len(ids) - tally.asked)
        said = Text("%(why)s %(tally)s %(left)s", why=error.text, tally=tally.sentence, left=left)
        raise Unfinished(_result(said, tally, work)) from error
    return _result(tally.sentence, tally, work)


def _result(sentence: Text, tally: LocatingTally, work: Work) -> ErrandResult:
    """What came of every address, as a list; the map shows those that are left."""
    complete = tally.found == len(work.params["ids"])
    name = Text("Positions by address")
    return ErrandResult(
        sentence,
        file=_told_of_each(tally, work),
        file_name=f"{name}.xlsx",
        address=MAP if complete else f"{MAP}?position=no",
    )


def _told_of_each(tally: LocatingTally, work: Work) -> Path:
    """A line for each address: what is left for people to look up stands first."""
    ids = work.params["ids"]
    left: dict[int, tuple[Text, object]] = dict.fromkeys(ids[tally.asked :], (NOT_ASKED, ""))
    left |= dict.fromkeys(tally.skipped, (NOT_NEEDED, ""))
    left |= {key: (NOT_FOUND, unpacked([sentence])[0]) for key, sentence in tally.missed}
    order = {NOT_FOUND: 0, NOT_ASKED: 1, FOUND: 2, NOT_NEEDED: 3}
    lines = []
    for one in queries.addressed(current_session(), ids, work.by.scope):
        result, why = left.get(one.id) or (FOUND, _how_exact(one.accuracy))
        lines.append((order[result], [one.name, one.division, one.address, result, why]))
    target = work.folder / "addresses.xlsx"
    header = [
        *(Text("Name"), Text("Township or street"), Text("Address of the venue")),
        *(Text("What came of it"), Text("Why")),
    ]
    # Stable: within a result by name, as the query has them.
    write(target, header, [line for _, line in sorted(lines, key=lambda each: each[0])])
    return target


def _how_exact(metres: int | None) -> Text | str:
    return Text("to about %(metres)s m", metres=metres) if metres else ""


LOCATE = declare(
    ErrandKind(
        code="registry.locate",
        label=Text("Find positions by address"),
        permission=Permission.EDIT_REGISTRY,
        run=_run,
        if_stopped=Text("Positions found so far stay; the other addresses are not asked for."),
    )
)
