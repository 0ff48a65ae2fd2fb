"""Words of a list that a closed choice does not know: which they are, and what a county says of
them.

What a word means is kept as a word that is understood: the code of a kind or a township, an
officer's user name, several stages between commas. An empty one leaves the cell empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from training_oversight.errors import BadInput
from training_oversight.intake.cleaning.choices import SEPARATORS, UnknownWord
from training_oversight.intake.cleaning.fields import CLEANERS
from training_oversight.intake.cleaning.reading import Said
from training_oversight.intake.queries import Ground
from training_oversight.intake.words import folded
from training_oversight.law.wording import Joined
from training_oversight.names.spelling import one_spelling
from training_oversight.registry.fields import BY_NAME, LISTED, Kind
from training_oversight.registry.models import Stage
from training_oversight.spreadsheets import Row, Value, clean
from training_oversight.texts import LabelledEnum, Text

# Field -> word as it is compared -> what it means.
Words = Mapping[str, Mapping[str, str]]

# Columns of which every word must be known here, in the order of the register.
CLOSED = tuple(
    one.name
    for one in LISTED
    if one.kind in (Kind.INSTITUTION_KIND, Kind.TOWNSHIP, Kind.CHOICE, Kind.STAGES, Kind.OFFICER)
)
# A longer one is a sentence, which nobody will write again.
LONGEST_WORD = 60
# Who settles the columns waits: so many rows are looked at, so many words of a column are asked.
WITHIN = 20_000
MOST_ASKED = 40
COMMA = "、"


class Fate(LabelledEnum):
    """What becomes of a word of which nobody says anything."""

    RETURNED = "returned", Text("As it is: the rows are returned")
    WARNED = "warned", Text("As it is: stays empty, with a warning")
    READ = "read", Text("As it is: it is understood")


@dataclass(frozen=True)
class Word:
    """A word that is not understood, or that somebody said something of."""

    field: str
    # As most rows write it.
    written: str
    count: int
    fate: Fate

    @property
    def key(self) -> str:
        return folded(self.written)

    @property
    def name(self) -> str:
        """Of its control on a form."""
        return f"word-{self.field}-{self.key}"


@dataclass(frozen=True)
class UnknownWords:
    """The words to be asked about; ``is_cut``: of some column there are more."""

    words: Sequence[Word] = ()
    is_cut: bool = False


class Taught:
    """What a county said of its words, as far as it still means something here."""

    def __init__(self, ground: Ground, words: Words) -> None:
        self.ground = ground
        self.words = {
            field: {word: it for word, it in said.items() if self._is_known(field, it)}
            for field, said in words.items()
            if field in CLOSED
        }

    def _is_known(self, field: str, meaning: str) -> bool:
        return not meaning or meaning_of(field, meaning, self.ground) is not None

    def put(self, field: str, cell: Value) -> Value:
        """The cell in words that are understood. Raises ``BadInput`` for one nobody can read."""
        said = self.words.get(field)
        if not said:
            return cell
        parts = words_of(field, cell)
        if not any(folded(part) in said for part in parts):
            return cell
        return COMMA.join(said.get(folded(part), part) for part in parts)


def words_of(field: str, cell: Value) -> list[str]:
    """The words in a cell: several only where several may stand."""
    text = one_spelling(clean(cell))
    parts = SEPARATORS.split(text) if BY_NAME[field].kind is Kind.STAGES else [text]
    return [part for part in map(str.strip, parts) if part]


def meaning_of(field: str, word: str, ground: Ground) -> str | None:
    """What a word that is understood is kept as; nothing for one that is not, or not allowed."""
    try:
        value = CLEANERS[field](word, ground, Said())
    except BadInput:
        return None
    if not value:
        return None
    match BY_NAME[field].kind:
        case Kind.STAGES:
            return COMMA.join(value)
        case Kind.TOWNSHIP:
            return next(one.code for one in ground.towns.values() if one.id == value)
        case Kind.OFFICER:
            officers = (one for one in ground.officers.values() if one)
            return next(one.username for one in officers if one.id == value)
    return str(value)


def fate_of(field: str, word: str, ground: Ground) -> Fate:
    """A word for somebody else's township is understood: nobody can say that it is another."""
    said = Said()
    try:
        CLEANERS[field](word, ground, said)
    except UnknownWord:
        return Fate.RETURNED
    except BadInput:
        return Fate.READ
    return Fate.WARNED if said.warnings else Fate.READ


def asked(
    rows: Iterable[Row], columns: Mapping[str, int], ground: Ground, words: Words
) -> UnknownWords:
    """The words of the first rows to be asked about: of each column those in most rows."""
    cells = _cells(rows, {field: columns[field] for field in CLOSED if field in columns})
    found: list[Word] = []
    is_cut = False
    for field, counted in cells.items():
        ranked = _ranked(field, counted, ground, words.get(field, {}))
        found += ranked[:MOST_ASKED]
        is_cut = is_cut or len(ranked) > MOST_ASKED
    return UnknownWords(found, is_cut)


def _cells(rows: Iterable[Row], places: Mapping[str, int]) -> dict[str, Counter[Any]]:
    counted: dict[str, Counter[Any]] = {field: Counter() for field in places}
    if places:
        for row in islice(rows, WITHIN):
            for field, place in places.items():
                if row.cells[place]:
                    counted[field][row.cells[place]] += 1
    return counted


def _ranked(field: str, cells: Counter[Any], ground: Ground, said: Mapping[str, str]) -> list[Word]:
    """The words of a column that are not understood, and those that something was said of."""
    spelt: dict[str, Counter[str]] = {}
    for cell, count in cells.items():
        for word in _readable(field, cell):
            spelt.setdefault(folded(word), Counter())[word] += count
    found = []
    for key, spellings in spelt.items():
        written = spellings.most_common(1)[0][0]
        fate = fate_of(field, written, ground)
        if key in said or (fate is not Fate.READ and len(written) <= LONGEST_WORD):
            found.append(Word(field, written, spellings.total(), fate))
    return sorted(found, key=lambda one: -one.count)


def _readable(field: str, cell: Value) -> list[str]:
    try:
        return words_of(field, cell)
    except BadInput:
        return []


def meanings(field: str, ground: Ground) -> list[tuple[str, object]]:
    """What a word of the field may mean, and how the register calls that."""
    match BY_NAME[field].kind:
        case Kind.INSTITUTION_KIND:
            return list(zip(ground.kind_labels, ground.kind_names, strict=True))
        case Kind.TOWNSHIP:
            towns = {one.id: one for one in ground.towns.values() if ground.scope.covers(one.path)}
            inside = sorted(towns.values(), key=lambda one: one.path)
            return [(one.code, one.name) for one in inside]
        case Kind.OFFICER:
            officers = {one.id: one for one in ground.officers.values() if one}
            return [(one.username, f"{one.name}·{one.username}") for one in officers.values()]
        case Kind.STAGES:
            every = list(Stage)
            # From one stage to another: 九年一贯 is primary and junior.
            count = len(every)
            ends = [(low, low + size) for size in range(1, count + 1) for low in range(count)]
            ranges = [every[low:high] for low, high in ends if high <= count]
            return [
                (COMMA.join(stage.value for stage in one), Joined([stage.label for stage in one]))
                for one in ranges
            ]
    return [(one.value, one.label) for one in BY_NAME[field].choices or ()]
