"""What hangs on an institution goes over to another, and comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.accounts.models import Division, Officer
from training_oversight.audit import EventType
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.audit.differences import difference, plain, snapshot
from training_oversight.database import Base
from training_oversight.files.models import Attachment
from training_oversight.names import naming
from training_oversight.registry import references
from training_oversight.registry.models import Institution, Licence, LicenceEvent, Venue
from training_oversight.registry.queries.positions import IS_MAIN
from training_oversight.texts import Text

MOVED = EventType.declare("record.moved", Text("Moved to the joined record"))
RETURNED = EventType.declare("record.returned", Text("Moved back from the joined record"))
SUBJECT = Institution.__tablename__


@dataclass
class Moved:
    """The keys of everything that went over, as the joining keeps them."""

    records: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    licences: list[int] = field(default_factory=list)
    # Event -> the licence that it belonged to. Where both records have the same licence, the events
    # of its second copy go over to the first.
    events: dict[str, int] = field(default_factory=dict)
    venues: list[int] = field(default_factory=list)
    # Venue -> [main, ended on] before.
    standing: dict[str, list[object]] = field(default_factory=dict)
    attachments: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, object]:
        return {
            "records": self.records,
            "licences": self.licences,
            "events": self.events,
            "venues": self.venues,
            "standing": self.standing,
            "attachments": self.attachments,
        }

    @property
    def count(self) -> int:
        return count_of(self.keys)


def count_of(keys: Mapping[str, Any]) -> int:
    """How many records of other areas, papers and venues were moved."""
    others = sum(len(ids) for kinds in keys["records"].values() for ids in kinds.values())
    return others + len(keys["licences"]) + len(keys["venues"]) + len(keys["attachments"])


def over(
    session: Session, gone: Institution, kept: Institution, *, main_venue: bool, by: Officer
) -> Moved:
    """Move everything from ``gone`` to ``kept``; each record's history says so.

    ``main_venue``: the main venue of ``gone`` becomes the main venue of ``kept``. Raises
    ``IntegrityError`` where both have something of which an institution can have only one.
    """
    moved = Moved()
    with session.begin_nested():
        _licences(session, gone, kept, moved)
        _venues(session, gone, kept, moved, main_venue=main_venue)
        for model, attribute, record in list(references.of_institution(session, gone.id)):
            setattr(record, attribute, kept.id)
            kinds = moved.records.setdefault(model.__tablename__, {})
            kinds.setdefault(attribute, []).append(record.id)
            moved.entries.append(Entry(record, MOVED, {attribute: [gone.id, kept.id]}))
        for attachment in _attachments(session, gone.id):
            attachment.subject_id = kept.id
            moved.attachments.append(attachment.id)
        session.flush()
    record_many(session, moved.entries, by=by)
    session.expire(kept, ["venues", "licences"])
    session.expire(gone, ["venues", "licences"])
    return moved


def _licences(session: Session, gone: Institution, kept: Institution, moved: Moved) -> None:
    known = {(one.type, one.number): one for one in kept.licences if one.number}
    for licence in list(gone.licences):
        twin = known.get((licence.type, licence.number)) if licence.number else None
        if twin is None:
            _move(licence, kept, moved)
            moved.licences.append(licence.id)
            continue
        # The same paper twice: what happened to it is joined, its second copy stays behind.
        for happened in list(licence.events):
            moved.events[str(happened.id)] = licence.id
            happened.licence_id = twin.id
    session.flush()


def _venues(
    session: Session, gone: Institution, kept: Institution, moved: Moved, *, main_venue: bool
) -> None:
    main, other_main = kept.main_venue, gone.main_venue
    addresses = {naming.match_name(one.address): one for one in kept.venues if not one.ended_on}
    if main_venue and main is not None and other_main is not None:
        moved.standing[str(main.id)] = [main.main, plain(main.ended_on)]
        main.main = False
        if naming.match_name(main.address) == naming.match_name(other_main.address):
            main.ended_on = database.written_on(session)
        main = None
        session.flush()
    for venue in list(gone.venues):
        same = naming.match_name(venue.address) in addresses and venue.ended_on is None
        if same and not (main_venue and venue is other_main):
            continue
        moved.standing[str(venue.id)] = [venue.main, plain(venue.ended_on)]
        venue.main = venue.main and main is None
        _move(venue, kept, moved)
        moved.venues.append(venue.id)
    session.flush()


def _move(record: Licence | Venue, to: Institution, moved: Moved) -> None:
    moved.entries.append(Entry(record, MOVED, {"institution_id": [record.institution_id, to.id]}))
    record.institution_id = to.id


def _attachments(session: Session, institution_id: int) -> Sequence[Attachment]:
    return session.scalars(
        sa.select(Attachment)
        .where(Attachment.subject_kind == SUBJECT, Attachment.subject_id == institution_id)
        .order_by(Attachment.id)
    ).all()


def back(
    session: Session, keys: Mapping[str, Any], kept: Institution, gone: Institution, *, by: Officer
) -> None:
    """Give back what went over and is still there."""
    entries = [
        *_back(session, Licence, "institution_id", keys["licences"], kept, gone),
        *_back(session, Venue, "institution_id", keys["venues"], kept, gone),
    ]
    known = dict.fromkeys(
        (model.__tablename__, attribute) for model, attribute in references.referring()
    )
    models = {model.__tablename__: model for model, _ in references.referring()}
    for table, attributes in keys["records"].items():
        for attribute, ids in attributes.items():
            if (table, attribute) in known:
                entries += _back(session, models[table], attribute, ids, kept, gone)
    _events_back(session, keys["events"], kept)
    for attachment in _attachments(session, kept.id):
        if attachment.id in keys["attachments"]:
            attachment.subject_id = gone.id
    session.flush()
    _stand_again(session, keys["standing"])
    record_many(session, entries, by=by)


def _back(
    session: Session,
    model: type[Any],
    attribute: str,
    ids: Sequence[int],
    kept: Institution,
    gone: Institution,
) -> Iterator[Entry]:
    wanted = sa.select(model).where(model.id.in_(ids), getattr(model, attribute) == kept.id)
    for record in session.scalars(wanted.order_by(model.id)).all():
        setattr(record, attribute, gone.id)
        if isinstance(record, Venue):
            # Until it is known which of both records' venues is the main one.
            record.main = False
        yield Entry(record, RETURNED, {attribute: [kept.id, gone.id]})


def _events_back(session: Session, events: Mapping[str, int], kept: Institution) -> None:
    keys = [int(key) for key in events]
    papers = {licence.id for licence in kept.licences}
    for happened in session.scalars(sa.select(LicenceEvent).where(LicenceEvent.id.in_(keys))):
        if happened.licence_id in papers:
            happened.licence_id = events[str(happened.id)]


def _stand_again(session: Session, standing: Mapping[str, Sequence[Any]]) -> None:
    venues = session.scalars(
        sa.select(Venue).where(Venue.id.in_([int(key) for key in standing]))
    ).all()
    for venue in venues:
        ended = standing[str(venue.id)][1]
        venue.ended_on = date.fromisoformat(ended) if ended else None
        venue.main = False
    session.flush()
    for venue in venues:
        venue.main = standing[str(venue.id)][0] and not _has_main(session, venue)
    session.flush()


def _has_main(session: Session, venue: Venue) -> bool:
    """Whether its institution has got another main venue in the meantime."""
    wanted = sa.select(Venue.id).where(
        Venue.institution_id == venue.institution_id, IS_MAIN, Venue.id != venue.id
    )
    return session.scalar(wanted.limit(1)) is not None


def changed(record: Base, before: Mapping[str, object]) -> dict[str, object]:
    """Column -> [before, now], protected ones with their values: for giving them back."""
    return difference(before, snapshot(record))


def unchanged(record: Base, changes: Mapping[str, Sequence[object]]) -> dict[str, object]:
    """Column -> its value of before, of those that nobody has changed since."""
    now = snapshot(record)
    return {name: before for name, (before, after) in changes.items() if now[name] == after}


def restore(session: Session, institution: Institution, values: Mapping[str, object]) -> None:
    """Set columns back to what JSON kept of them."""
    with session.no_autoflush:
        for name, value in values.items():
            setattr(institution, name, _revived(institution, name, value))
        institution.sort_key = naming.sort_key(institution.name)
        division = session.get_one(Division, institution.division_id)
        institution.division_path = division.path


def _revived(record: Base, name: str, value: Any) -> object:
    """A value as JSON kept it, in the column's own type."""
    kind = sa.inspect(type(record)).columns[name].type
    if value is None:
        return None
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value
