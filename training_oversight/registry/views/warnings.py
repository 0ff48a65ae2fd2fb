"""A licence that comes to its end: what the officer did about it."""

from __future__ import annotations

import flask
from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.registry import presenting, queries, service
from training_oversight.registry.forms import WarningForm
from training_oversight.registry.models import LicenceEventKind, LicenceWarning
from training_oversight.registry.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/licence-warnings/<int:warning_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def warning(warning_id: int) -> ResponseReturnValue:
    """Record what was done; a renewal itself is recorded on the paper, and ends the warning."""
    session, officer = current_session(), current_officer()
    found, form = queries.warning(session, warning_id, officer.scope), WarningForm()

    def act(session: Session) -> Done:
        service.answer_warning(
            session, found, how=form.how.data, note=form.note.data or "", by=officer
        )
        return _after(found, form.how.data)

    def page() -> str:
        waits = queries.waiting_for(session, found)
        if waits not in (None, found.id):
            # An address of an earlier day; the paper has been told of again since.
            flask.abort(redirect(url_for(".warning", warning_id=waits)))
        return render_template(
            "registry/warning.html",
            form=form,
            warning=found,
            licence=found.licence,
            institution=found.institution,
            charge=presenting.charged(found.institution.officer_in_charge, clock.today()),
            nobodys=found.institution.is_nobodys(clock.today()),
            renewed=LicenceEventKind.RENEWED.value,
            status=presenting.licence_status(found.licence, clock.today()),
            waits=waits is not None,
        )

    return answered(form, act, page)


def _after(warning: LicenceWarning, how: service.WarningAnswer) -> Done:
    """Where the officer goes on: a paper that is given up still has to be ended on record."""
    if how is not service.WarningAnswer.HANDED_BACK:
        url = url_for(".show", institution_id=warning.institution_id, _anchor="papers")
        return Done(url, Text("Recorded: %(what)s.", what=how))
    url = url_for(
        ".licence_event",
        institution_id=warning.institution_id,
        licence_id=warning.licence_id,
        kind=LicenceEventKind.CANCELLED.value,
    )
    return Done(url, Text("Recorded. Record here, too, on which day the paper was handed back."))
