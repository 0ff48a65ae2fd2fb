"""Leaving an entry out of a list that is prepared, and putting it back."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.publication import presenting, queries, service
from training_oversight.publication.forms import ConfirmForm, RemoveForm
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.step_views import answered_step, loaded, record_of
from training_oversight.publication.views import bp
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done


@bp.route("/<int:publication_id>/entries/<int:entry_id>/remove", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def remove(publication_id: int, entry_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    entry = queries.entry(current_session(), publication, entry_id)
    form = RemoveForm(obj=publication)

    def act(session: Session) -> Done:
        service.remove(session, entry, reason=form.reason.data or "", **acting.today(form))
        return Done(record_of(publication), Text("The entry is left out."))

    return answered_step(
        publication,
        form,
        act,
        verb=Text("Leave out of the list"),
        happens=Text(
            "“%(name)s” will not be public in this batch, nor in later ones, until somebody "
            "puts it back.",
            name=_words(publication, entry),
        ),
        stays=Text("The entry and your reason stay on this page; it can be put back."),
    )


@bp.route("/<int:publication_id>/entries/<int:entry_id>/restore", methods=["GET", "POST"])
@requires(Permission.PREPARE_PUBLICATION)
def restore(publication_id: int, entry_id: int) -> ResponseReturnValue:
    publication = loaded(publication_id)
    entry = queries.entry(current_session(), publication, entry_id)
    form = ConfirmForm(obj=publication)

    def act(session: Session) -> Done:
        service.restore(session, entry, **acting.by(form))
        return Done(record_of(publication), Text("The entry is back in the list."))

    return answered_step(
        publication,
        form,
        act,
        verb=Text("Put back into the list"),
        happens=Text("“%(name)s” will be public in this batch.", name=_words(publication, entry)),
        stays=Text("That it was left out, and why, stays in the history."),
    )


def _words(publication: Publication, entry: PublicEntry) -> str:
    """Name and problem, as the list has them."""
    row = presenting.row(publication, entry)
    return "，".join(words for words in (row.name, row.words) if words)
