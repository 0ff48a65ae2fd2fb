"""A file to fetch: the rows that were returned. Taking it out is recorded."""

from __future__ import annotations

import io

import flask
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.intake import contents, queries, rejects
from training_oversight.intake.returning import returned, taken_out
from training_oversight.intake.views.blueprint import bp
from training_oversight.intake.workflow import RowOutcome
from training_oversight.texts import Text
from training_oversight.web import downloads
from training_oversight.web.marks import recorded, requires

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/import/<int:batch_id>/rejected.xlsx")
@recorded
@requires(Permission.IMPORT_REGISTRY)
def rejected(batch_id: int) -> ResponseReturnValue:
    session = current_session()
    batch = queries.batch(session, batch_id, scope=current_officer().scope)
    contents.check_there(batch)
    counts = queries.counts(session, batch.id)
    file = io.BytesIO()
    rejects.write_rejects(file, batch.header, returned(session, batch.id))
    with transaction() as session:
        rows = counts[RowOutcome.REJECTED] + counts[RowOutcome.POSSIBLE_DUPLICATE]
        taken_out(session, batch, rows=rows, by=current_officer())
    return _download(file, Text("Returned rows of %(name)s", name=batch.filename))


def _download(file: io.BytesIO, name: Text) -> flask.Response:
    file.seek(0)
    answer = flask.send_file(file, mimetype=WORKBOOK)
    plain = str(name).removesuffix(".xlsx").removesuffix(".csv")
    return downloads.kept(answer, f"{plain}.xlsx")
