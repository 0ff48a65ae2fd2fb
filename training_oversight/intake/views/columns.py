"""Pages: which sheet and which columns of a list are read, and as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import Field

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import BadInput, TooLarge
from training_oversight.intake import queries, reading, remembering, sheets, uploading
from training_oversight.intake.cleaning import taught
from training_oversight.intake.cleaning.taught import UnknownWords, Word, Words
from training_oversight.intake.forms import ColumnsForm, columns_form
from training_oversight.intake.guessing import INSTITUTIONS, Guess, guesses
from training_oversight.intake.jobs import READ_LIST
from training_oversight.intake.manner import Manner
from training_oversight.intake.matching import Judged
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.uploading import Columns
from training_oversight.intake.views import tables
from training_oversight.intake.views.blueprint import bp
from training_oversight.intake.views.record import ground_of
from training_oversight.intake.workflow import ImportState, is_open
from training_oversight.law.wording import Named
from training_oversight.registry.columns import BY_FIELD
from training_oversight.spreadsheets import Glance, Table
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_after


@dataclass(frozen=True)
class WordLine:
    """A word that is asked about, and the control that says what it means."""

    word: Word
    column: Named
    control: Field
    is_remembered: bool


@bp.route("/import/<int:batch_id>/columns", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def columns(batch_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    batch = queries.batch(session, batch_id, scope=officer.scope)
    if batch.file_sha256 is None or not is_open(batch):
        return redirect(url_for(".show", batch_id=batch_id))
    known = remembering.columns(session, batch.authority_id, batch.sender)
    glance = tables.glance(batch, INSTITUTIONS, reading.LIMITS, known)
    table = glance.table
    found = _guesses(batch, table, known) if table is not None else []
    form, asked = _form(batch, table, found)
    form.taken.choices = [(number, number) for number, _ in table.left_out] if table else []

    def page() -> str:
        if not form.is_submitted():
            form.taken.data = _taken_before(batch, table)
            before = _manner_before(batch)
            form.datum.data, form.apart.data = before.datum, before.apart
            form.hidden.data = bool(table and reading.hidden(table) & {*form.taken.data})
        return _page(batch, glance, found, form, asked)

    if table is None:
        return page()
    return answered_after(
        form,
        lambda: _read(batch, _chosen(batch, glance, found, form, asked), form, asked),
        lambda session, read: _settled(session, batch, read, form),
        page,
    )


def _form(
    batch: ImportBatch, table: Table | None, found: Sequence[Guess]
) -> tuple[ColumnsForm, UnknownWords]:
    """The form for these columns and for the words in them that are not understood."""
    form = columns_form(found, obj=batch)
    if table is None:
        return form, UnknownWords()
    ground, said = ground_of(batch.division_id), _said_before(batch)
    places = {name: place for place, name in enumerate(form.fields_chosen) if name in BY_FIELD}
    asked = taught.asked(table.rows(), places, ground, said)
    return columns_form(found, asked.words, ground, said, obj=batch), asked


def _said_before(batch: ImportBatch) -> Words:
    if batch.state is not ImportState.UPLOADED:
        return batch.words
    return remembering.words(current_session(), batch.authority_id, batch.sender)


def _manner_before(batch: ImportBatch) -> Manner:
    if batch.state is not ImportState.UPLOADED:
        return batch.manner
    return remembering.manner(current_session(), batch.authority_id, batch.sender)


def _guesses(batch: ImportBatch, table: Table, before: Mapping[str, str]) -> list[Guess]:
    found = guesses(table, before, ground_of(batch.division_id))
    if batch.state is ImportState.UPLOADED or list(table.written) != batch.header:
        return found
    # What the officer said the last time this very list was read.
    return uploading.as_read_before(batch, found)


def _chosen(
    batch: ImportBatch,
    glance: Glance,
    found: Sequence[Guess],
    form: ColumnsForm,
    asked: UnknownWords,
) -> Columns:
    table = given(glance.table)
    taken = tables.taken(form, table)
    chosen = Columns(
        reading.taking(table, taken),
        found,
        form.fields_chosen,
        taken,
        said=form.said(asked.words),
        known=_said_before(batch),
        manner=form.manner,
    )
    return replace(chosen, sheets=glance.sheets)


@dataclass(frozen=True)
class Read:
    """The columns as they were chosen, and the rows of a list that was short enough."""

    chosen: Columns
    rows: Sequence[Judged] | None


def _read(
    batch: ImportBatch, chosen: Columns, form: ColumnsForm, asked: UnknownWords
) -> Read | None:
    """Read a short list before the transaction; what is wrong goes to the form."""
    try:
        chosen.check()
        _check_asked(asked)
        if chosen.table.count > reading.AT_ONCE:
            return Read(chosen, None)
        places = reading.fields_of(chosen.mapping)
        ground = ground_of(batch.division_id)
        parts = reading.judged(
            *(current_session(), chosen.table.rows(), places, ground),
            words=chosen.words,
            manner=chosen.manner,
            ahead=chosen.table.rows(),
        )
        return Read(chosen, [row for part in parts for row in part])
    except (BadInput, TooLarge) as error:
        form.refuse(error)
        return None


def _settled(session: Session, batch: ImportBatch, read: Read, form: ColumnsForm) -> Done:
    """Keep the rows of a short list, and have a long one read."""
    officer, version = current_officer(), form.seen_version
    if read.rows is not None:
        uploading.read_now(session, batch, read.chosen, read.rows, by=officer, version=version)
    else:
        uploading.read_later(
            session, batch, read.chosen, by=officer, version=version, kind=READ_LIST
        )
    return Done(url_for(".show", batch_id=batch.id))


def _check_asked(asked: UnknownWords) -> None:
    """Raises ``BadInput`` for words of a column that was settled otherwise just now."""
    new = [one for one in asked.words if one.name not in request.form]
    if new:
        why = Text(
            "%(count)s words of the columns as they are read now are not understood. Say "
            "below what they mean, or have the list read as it is.",
            count=len(new),
        )
        raise BadInput(why, {new[0].name: why})


def _readers(batch: ImportBatch) -> dict[str, ImportBatch]:
    """The other lists that read a sheet of the same file."""
    found = sheets.readers(current_session(), batch, scope=current_officer().scope)
    return {name: one for name, one in found.items() if one is not batch}


def _taken_before(batch: ImportBatch, table: Table | None) -> list[int]:
    """The rows that were read all the same when this list was read before."""
    if table is None or batch.state is ImportState.UPLOADED:
        return []
    left = {number for number, _ in batch.left_out}
    return [number for number, _ in table.left_out if number not in left]


def _page(
    batch: ImportBatch,
    glance: Glance,
    found: Sequence[Guess],
    form: ColumnsForm,
    asked: UnknownWords,
) -> str:
    words = _lines(asked, form)
    return render_template(
        "intake/columns.html",
        **tables.values(batch, glance, found, form),
        address=lambda **more: url_for(".columns", batch_id=batch.id, **more),
        readers=_readers(batch),
        asked=asked,
        words=words,
        unsaid=sum(not one.is_remembered for one in words),
        within=taught.WITHIN,
        at_once=reading.AT_ONCE,
    )


def _lines(asked: UnknownWords, form: ColumnsForm) -> list[WordLine]:
    return [
        WordLine(one, BY_FIELD[one.field].label, form[one.name], bool(form[one.name].default))
        for one in asked.words
    ]
