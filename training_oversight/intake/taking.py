"""A list of which a command says how it is read: the steps of the pages, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Division, Officer
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, StaleForm
from training_oversight.files import storage
from training_oversight.intake import (
    certainty,
    guessing,
    queries,
    reading,
    remembering,
    returning,
    running,
    tallying,
    uploading,
)
from training_oversight.intake.cleaning import taught
from training_oversight.intake.cleaning.taught import CLOSED, Word
from training_oversight.intake.guessing import INSTITUTIONS, SURE, Guess, How
from training_oversight.intake.manner import Manner
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.queries import Ground
from training_oversight.intake.rejects import Rejected
from training_oversight.intake.running import Told
from training_oversight.intake.uploading import Columns
from training_oversight.intake.words import folded
from training_oversight.intake.workflow import ImportState, RowOutcome
from training_oversight.law.wording import Joined
from training_oversight.places import Datum
from training_oversight.registry.columns import BY_FIELD, FIELDS
from training_oversight.spreadsheets import Table, glance
from training_oversight.texts import Text

READ = "read"


@dataclass(frozen=True)
class Wishes:
    """What was said of a file: its sheet, its header's row, columns in our or its own words."""

    sheet: str | None = None
    header_row: int | None = None
    # Header as written -> any spelling of a column of ours; "" for one that is not read.
    columns: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""
    # (spelling of a column of ours, word of the list) -> a word of ours; "" leaves it empty.
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    # What becomes of hidden rows: READ, or anything else; None where nobody said.
    hidden: str | None = None
    # What was said of the whole list; None where it is as of its sender's last one.
    datum: Datum | None = None
    apart: bool | None = None


@dataclass
class ReadingTally:
    """What a reading found, as the answer of a command counts it."""

    outcomes: Counter[RowOutcome] = field(default_factory=Counter)
    warned: int = 0

    @property
    def rows(self) -> int:
        return self.outcomes.total()


def columns_of(session: Session, file: Path, wishes: Wishes, ground: Ground) -> Columns:
    """How a file is read: as its sender's last one, as its names say, and as was wished.

    Raises ``BadInput`` or ``TooLarge`` for a file that holds no list, and for a wish about a
    column that is not there.
    """
    before = remembering.columns(session, ground.authority.id, wishes.sender)
    found = glance(
        file, file.name, INSTITUTIONS.known_with(before),
        sheet=wishes.sheet, header_row=wishes.header_row, **reading.LIMITS,
    )  # fmt: skip
    if wishes.sheet is not None and wishes.sheet not in {one.name for one in found.sheets}:
        raise BadInput(Text("The file has no sheet called %(name)s.", name=wishes.sheet))
    if found.table is None:
        raise found.trouble or BadInput(Text("The file holds no table."))
    guessed = [
        one if one.key in wishes.columns else certain
        for one, certain in _pairs(found.table, before, ground)
    ]
    known = remembering.words(session, ground.authority.id, wishes.sender)
    said = _said(wishes.words, ground)
    fields = _fields(guessed, wishes.columns)
    taken = reading.hidden(found.table) if wishes.hidden == READ else frozenset()
    table = reading.taking(found.table, taken)
    columns = Columns(
        table, guessed, fields, taken, said=said, known=known, sheets=found.sheets,
        manner=_manner(session, wishes, ground),
    )  # fmt: skip
    columns.check()
    return columns


def _pairs(
    table: Table, before: Mapping[str, str], ground: Ground
) -> Iterator[tuple[Guess, Guess]]:
    """Every column as it is guessed, and as far as that is certain."""
    guessed = guessing.guesses(table, before, ground)
    return zip(guessed, certainty.settled(table, guessed, ground), strict=True)


def _manner(session: Session, wishes: Wishes, ground: Ground) -> Manner:
    before = remembering.manner(session, ground.authority.id, wishes.sender)
    apart = before.apart if wishes.apart is None else wishes.apart
    return Manner(wishes.datum or before.datum, apart)


def _said(wished: Mapping[tuple[str, str], str], ground: Ground) -> Mapping[str, Mapping[str, str]]:
    said: dict[str, dict[str, str]] = {}
    for (name, word), ours in wished.items():
        one, meaning = _meaning(name, word, ours, ground)
        said.setdefault(one, {})[folded(word)] = meaning
    return said


def _meaning(name: str, word: str, ours: str, ground: Ground) -> tuple[str, str]:
    """The field that is spoken of, and what the word means in it."""
    spelt = {folded(each): one for each, one in FIELDS.items()} | {one: one for one in CLOSED}
    found = spelt.get(folded(name), "")
    if found not in CLOSED:
        known = Joined([BY_FIELD[one].label for one in CLOSED])
        raise BadInput(Text("Words are known of these columns alone: %(names)s.", names=known))
    meaning = taught.meaning_of(found, ours, ground) if ours else ""
    if meaning is None:
        raise BadInput(
            Text(
                "“%(ours)s” is no word of %(column)s: “%(word)s” cannot mean that.",
                ours=ours,
                column=BY_FIELD[found].label,
                word=word,
            )
        )
    return found, meaning


def not_understood(columns: Columns, ground: Ground) -> list[Word]:
    """The words of the first rows that nobody has said anything of."""
    places = reading.fields_of(columns.mapping)
    found = taught.asked(columns.table.rows(), places, ground, columns.words)
    return [one for one in found.words if one.key not in columns.words.get(one.field, {})]


def _fields(guessed: list[Guess], wished: Mapping[str, str]) -> list[str]:
    named = {one.key: one.place for one in guessed}
    fields = [one.field for one in guessed]
    for written, ours in wished.items():
        if written not in named:
            raise BadInput(Text("The file has no column called %(name)s.", name=written))
        if ours and ours not in FIELDS:
            raise BadInput(Text("The register has no column called %(name)s.", name=ours))
        fields[named[written]] = FIELDS.get(ours, "")
    return fields


def unsure(columns: Columns) -> list[Guess]:
    """The columns that are read without their name being known, for somebody to check."""
    pairs = zip(columns.guesses, columns.fields, strict=True)
    return [one for one, field in pairs if field and field == one.field and one.how not in SURE]


def left_unread(columns: Columns) -> list[Guess]:
    """The columns of which it is not certain what they are, and of which nobody said it."""
    pairs = zip(columns.guesses, columns.fields, strict=True)
    return [one for one, field in pairs if one.how is How.UNSURE and not field]


def is_whole(columns: Columns, wishes: Wishes) -> bool:
    """Whether everything was read, or it was said what is not."""
    table = columns.table
    rows = reading.not_asked(table)
    if wishes.hidden is None:
        rows |= reading.hidden(table)
    return not rows and not left_unread(columns)


def tried(
    session: Session, columns: Columns, ground: Ground, tally: ReadingTally
) -> Iterator[Rejected]:
    """Judge a list and write nothing: the rows that would be returned; all others are counted."""
    fields = reading.fields_of(columns.mapping)
    parts = reading.judged(
        *(session, columns.table.rows(), fields, ground),
        words=columns.words,
        manner=columns.manner,
        ahead=columns.table.rows(),
    )
    for rows in parts:
        tally.outcomes.update(row.outcome for row in rows)
        tally.warned += sum(bool(row.warnings) for row in rows)
        kept = [reading.stored(0, row) for row in rows if row.outcome in returning.RETURNED]
        yield from returning.explained(
            session,
            [(one["cells"], one["reasons"], one["outcome"], one["candidates"]) for one in kept],
        )


def taken_in(
    file: Path, columns: Columns, division: Division, ground: Ground, *,
    folder: Path, sender: str, by: Officer, told: Told,
) -> int:  # fmt: skip
    """Keep the file and its rows, read and judged; the key of the list.

    Raises ``StaleForm`` when somebody had it read differently meanwhile.
    """
    with file.open("rb") as content:
        stored = storage.store(content, folder, limit=reading.MOST_BYTES)
    with transaction() as session:
        batch = uploading.upload(
            session, stored, filename=file.name, division=division, sender=sender, by=by,
            authority=ground.authority,
        )  # fmt: skip
        session.flush()
        uploading.read_here(session, batch, columns, by=by)
        session.flush()
        key, version = batch.id, batch.version

    def wanted() -> ImportBatch | None:
        again = queries.held(current_session(), key)
        waits = again.state is ImportState.READING and again.version == version
        return again if waits else None

    read = running.read_list(
        key, columns.table, by=by, today=ground.today, wanted=wanted, told=told
    )
    if read is None:
        raise StaleForm(Text("Somebody had this list read on its page meanwhile; go on there."))
    return key


def tally_of(session: Session, batch: ImportBatch) -> ReadingTally:
    counts = queries.counts(session, batch.id)
    return ReadingTally(Counter(counts), batch.tallies.get(tallying.WARNING, 0))
