"""A large export as an errand: written in the background, fetched when it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.foot import foot
from training_oversight.database import current_session, transaction
from training_oversight.errands.kinds import ErrandKind, ErrandResult, Params, Work, declare
from training_oversight.exports import queries as outgoing
from training_oversight.exports import service
from training_oversight.exports.layouts import FORMS, LAYOUTS, FileForm, Layout, arranged
from training_oversight.exports.writing import write_file
from training_oversight.registry import queries
from training_oversight.registry.cells import words_for
from training_oversight.registry.listing import wanted_of
from training_oversight.texts import Counted, Text

# Up to here the file comes at once.
MOST_AT_ONCE = 2_000


def params(
    *, address: str, layout: Layout, fields: Iterable[str] | None, form: FileForm, said: str,
    personal: bool,
) -> Params:  # fmt: skip
    """What is asked for: the address of the list, and the columns. ``said``: the same in words."""
    arrangement = arranged(layout, fields, personal=personal)
    return {
        "address": address,
        "layout": layout.value,
        "fields": list(arrangement.fields),
        "form": form.value,
        "said": said,
        "personal": service.holds_personal_data(arrangement),
    }


def _needs(asked: Params) -> Collection[Permission]:
    return [Permission.SEE_PERSONAL_DATA] if asked["personal"] else []


def _doing(done: int, total: int | None) -> Text:
    if total is None:
        return Text("Gathering the rows of the file.")
    return Text(
        "Writing the register: %(done)s of %(total)s rows.", done=f"{done:,}", total=f"{total:,}"
    )


def _run(work: Work) -> ErrandResult:
    """Write the file from the beginning: half a workbook cannot be gone on with."""
    session, asked, by = current_session(), work.params, work.by
    form, name = FORMS[asked["form"]], file_name(work)
    wanted = wanted_of(MultiDict(parse_qsl(asked["address"])), work.today, by=by)
    arrangement = arranged(LAYOUTS[asked["layout"]], asked["fields"], personal=asked["personal"])
    order = service.Order(
        keys=outgoing.in_order(session, queries.keys(by, wanted, today=work.today)),
        arrangement=arrangement,
        words=words_for(session, by.authority, today=work.today),
    )
    work.progress(0, len(order.keys))
    path = work.folder / name
    rows = service.rows(session, order, heard=work.progress)
    write_file(path, arrangement.header, rows, form=form, foot=foot(session))
    with transaction() as session:
        service.taken_out(
            session, by.authority, arrangement, rows=len(order.keys), filter=asked["said"], by=by
        )
    written = Counted(
        "The file has %(count)s institution.",
        "The file has %(count)s institutions.",
        count=f"{len(order.keys):,}",
    )
    return ErrandResult(written, file=path, file_name=name)


def file_name(work: Work) -> str:
    words = Text("Register of institutions %(day)s", day=work.today)
    return f"{words}.{work.params['form']}"


EXPORT = declare(
    ErrandKind(
        code="registry.export",
        label=Text("Export of the register"),
        permission=Permission.EXPORT_REGISTRY,
        run=_run,
        doing=_doing,
        needs=_needs,
        if_stopped=Text("No file is made."),
    )
)
