"""The states of the centre's orders as a table."""

from __future__ import annotations

import io

import flask
from flask.typing import ResponseReturnValue

from training_oversight import clock, spreadsheets
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.orders import reporting, service
from training_oversight.orders.views.blueprint import bp
from training_oversight.texts import Language, Text, speaking
from training_oversight.web.marks import requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/states.xlsx", methods=["POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def states() -> ResponseReturnValue:
    """What the desk enters at the centre; that it left the building is recorded."""
    session, officer = current_session(), current_officer()
    found = reporting.orders(session, officer)
    with transaction() as writing:
        service.record_export(writing, officer.authority, rows=len(found), by=officer)
    target = io.BytesIO()
    # The centre reads Chinese, whatever the screen of the desk speaks.
    with speaking(Language.CHINESE):
        header = [str(one) for one in reporting.HEADER]
        title = str(Text("States of the centre's orders"))
        spreadsheets.write(target, header, reporting.rows(found), title=title)
    target.seek(0)
    name = f"{title}-{clock.today():%Y%m%d}.xlsx"
    return flask.send_file(target, mimetype=XLSX, as_attachment=True, download_name=name)
