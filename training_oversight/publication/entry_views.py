"""Leaving an entry out of a list that is prepared, and putting it back."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.publication import presenting, queries, service
from training_oversight.publication.forms import ConfirmForm, RemoveForm
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.step_views import loaded, page_of, record_of
from training_oversight.publication.views import bp
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/<int:publication_id>/entries/<int:entry_id>/remove", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def remove(publication_id: int, entry_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    entry = queries.entry(current_session(), publication, entry_id)
    form = RemoveForm(obj=publication)

    def act(session: Session) -> Done:
        service.remove(
            session,
            entry,
            reason=form.reason.data or "",
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )
        return Done(record_of(publication), Text("The entry is left out."))

    return answered(
        form,
        act,
        lambda: page_of(
            publication,
            form,
            verb=Text("Leave out of the list"),
            happens=Text(
                "“%(name)s” will not be public in this batch, nor in later ones, until somebody "
                "puts it back.",
                name=_words(publication, entry),
            ),
            stays=Text("The entry and your reason stay on this page; it can be put back."),
        ),
    )


@bp.route("/<int:publication_id>/entries/<int:entry_id>/restore", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def restore(publication_id: int, entry_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    entry = queries.entry(current_session(), publication, entry_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session) -> Done:
        service.restore(session, entry, by=current_officer(), version=form.seen_version)
        return Done(record_of(publication), Text("The entry is back in the list."))

    return answered(
        form,
        act,
        lambda: page_of(
            publication,
            form,
            verb=Text("Put back into the list"),
            happens=Text(
                "“%(name)s” will be public in this batch.", name=_words(publication, entry)
            ),
            stays=Text("That it was left out, and why, stays in the history."),
        ),
    )


def _words(publication: Publication, entry: PublicEntry) -> str:
    """Name and problem, as the list has them."""
    row = presenting.row(publication, entry)
    return "，".join(words for words in (row.name, row.words) if words)
