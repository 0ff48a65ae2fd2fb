"""A licence that comes to its end: what the officer did about it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.registry import queries, saying, service
from training_oversight.registry.forms import WarningForm
from training_oversight.registry.models import LicenceEventKind, LicenceWarning
from training_oversight.registry.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.marks import requires


@bp.route("/licence-warnings/<int:warning_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def warning(warning_id: int) -> ResponseReturnValue:
    """Record what was done; a renewal itself is recorded on the paper, and ends the warning."""
    session, officer = current_session(), current_officer()
    found, form = queries.warning(session, warning_id, officer.scope), WarningForm()
    if form.accepted():
        with form.saving() as session:
            service.answer_warning(
                session, found, how=form.how.data, note=form.note.data or "", by=officer
            )
            form.done(*_after(found, form.how.data))
        if form.response:
            return form.response
    waits = queries.waiting_for(session, found)
    if waits not in (None, found.id):
        # An address of an earlier day; the paper has been told of again since.
        return redirect(url_for(".warning", warning_id=waits))
    return render_template(
        "registry/warning.html",
        form=form,
        warning=found,
        licence=found.licence,
        institution=found.institution,
        charge=saying.charged(found.institution.officer_in_charge, clock.today()),
        nobodys=found.institution.is_nobodys(clock.today()),
        renewed=LicenceEventKind.RENEWED.value,
        status=saying.licence_status(found.licence, clock.today()),
        waits=waits is not None,
    ), form.status


def _after(warning: LicenceWarning, how: service.WarningAnswer) -> tuple[str, Text]:
    """Where the officer goes on: a paper that is given up still has to be ended on record."""
    if how is not service.WarningAnswer.HANDED_BACK:
        url = url_for(".show", institution_id=warning.institution_id, _anchor="papers")
        return url, Text("Recorded: %(what)s.", what=how)
    url = url_for(
        ".licence_event",
        institution_id=warning.institution_id,
        licence_id=warning.licence_id,
        kind=LicenceEventKind.CANCELLED.value,
    )
    return url, Text("Recorded. Record here, too, on which day the paper was handed back.")
