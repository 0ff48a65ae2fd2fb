"""Sending a list, saying how it is read, and saying yes to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.widgets import HiddenInput

from training_oversight.intake.cleaning import taught
from training_oversight.intake.cleaning.taught import Word, Words
from training_oversight.intake.guessing import INSTITUTIONS, Guess
from training_oversight.intake.manner import Manner
from training_oversight.intake.queries import Ground
from training_oversight.intake.readable import Readable
from training_oversight.intake.reading import MOST_BYTES, MOST_ROWS
from training_oversight.spreadsheets.limits import MEGABYTE
from training_oversight.texts import Text
from training_oversight.web import maps_of_figures
from training_oversight.web.forms import AtMost, OversightForm, Required, options
from training_oversight.web.safe_request import whole

LONGEST_SENDER = 60
NOT_READ = Text("Not read")
COLUMN = "column-"
# Before what a word means, so that an empty meaning is not the same as none.
MEANS = "="


class UploadForm(OversightForm):
    list = FileField(
        Text("List"),
        description=Text(
            ".xlsx, .xls, .ods or .csv, at most %(rows)s rows and %(size)s MB. Titles above the "
            "header, sums below it and columns in any order are fine.",
            rows=f"{MOST_ROWS:,}",
            size=MOST_BYTES // MEGABYTE,
        ),
        validators=[Required(Text("Choose the file with the list."))],
    )
    sender = StringField(
        Text("Who sent the list"),
        description=Text("How the columns are read is remembered under this name."),
        validators=[AtMost(LONGEST_SENDER)],
    )
    division_id = SelectField(
        Text("Where rows without a township lie"),
        coerce=int,
        validators=[Required(Text("Choose the county or a township."))],
    )


class ColumnsForm(OversightForm):
    """Which field each column is; made for a table by ``columns_form``."""

    sheet = HiddenField()
    header = HiddenField()
    # Rows that the reader would leave out, to be read all the same.
    taken = SelectMultipleField(
        Text("Rows to read all the same"), coerce=whole, validate_choice=False, default=()
    )

    datum = maps_of_figures.datum(
        Text(
            "Lists mostly carry figures of Amap or Baidu, hundreds of metres off; they are "
            "converted."
        )
    )
    apart = BooleanField(
        Text("Rows of one credit code and several addresses are institutions of their own"),
        description=Text("Otherwise they are further venues of the first."),
    )
    hidden = BooleanField(Text("Read the hidden rows, too"))

    @property
    def fields_chosen(self) -> list[str]:
        """What was chosen for every column, in their order."""
        columns = (one for one in self if one.name.startswith(COLUMN))
        return [one.data or "" for one in columns]

    @property
    def manner(self) -> Manner:
        return Manner(self.datum.data, bool(self.apart.data))

    def said(self, words: Iterable[Word]) -> dict[str, dict[str, str | None]]:
        """What was said of each word; None where it is to be read as it is."""
        found: dict[str, dict[str, str | None]] = {}
        for one in words:
            chosen: str = self[one.name].data or ""
            meaning = chosen.removeprefix(MEANS) if chosen.startswith(MEANS) else None
            found.setdefault(one.field, {})[one.key] = meaning
        return found


def columns_form(
    guesses: Sequence[Guess],
    words: Iterable[Word] = (),
    ground: Ground | None = None,
    said: Words | None = None,
    among: Readable = INSTITUTIONS,
    **given: object,
) -> ColumnsForm:
    """The form for these columns, filled in with what they were taken for.

    ``words`` are asked about, too; of some ``said`` tells already what they mean.
    """
    fields = {
        f"{COLUMN}{one.place}": SelectField(
            Text("What column %(letter)s holds", letter=one.letter),
            default=one.field,
            choices=options(
                [("", NOT_READ), *((each.field, each.label) for each in among.columns)]
            ),
        )
        for one in guesses
    }
    if ground is not None:
        fields.update(_word_fields(words, ground, said or {}))
    made = type("ColumnsOfAList", (ColumnsForm,), fields)
    form: ColumnsForm = made(**given)
    return form


def _word_fields(words: Iterable[Word], ground: Ground, said: Words) -> dict[str, SelectField]:
    fields: dict[str, SelectField] = {}
    for number, one in enumerate(words):
        known = taught.meanings(one.field, ground)
        meaning = said.get(one.field, {}).get(one.key)
        is_known = meaning == "" or meaning in dict(known)
        fields[one.name] = SelectField(
            Text("What “%(word)s” means", word=one.written),
            id=f"word-{number}",
            default=f"{MEANS}{meaning}" if is_known else "",
            choices=options(
                [
                    ("", one.fate.label),
                    (MEANS, _left_empty(one.field, ground)),
                    *((f"{MEANS}{value}", label) for value, label in known),
                ]
            ),
        )
    return fields


def _left_empty(field: str, ground: Ground) -> Text:
    """A place is never empty: an institution lies somewhere."""
    if field != "division_id":
        return Text("Leave empty")
    if ground.division == ground.county:
        return Text("Leave empty: by its address, else %(place)s", place=ground.county.name)
    return Text("Leave empty: lies in %(place)s", place=ground.division.name)


class DecisionForm(OversightForm):
    """Writing or discarding a list that was looked at: the list's version and one press."""


class SheetForm(OversightForm):
    """Another sheet of the file of a list."""

    sheet = HiddenField()


class RowForm(OversightForm):
    """What was said of one row, and what had been said when the page was opened."""

    choice = HiddenField()
    seen = HiddenField()


class RowsForm(OversightForm):
    """The same of all rows on a page."""

    rows = SelectMultipleField(
        Text("Rows"), coerce=whole, validate_choice=False, default=(), widget=HiddenInput()
    )
