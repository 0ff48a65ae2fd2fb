"""What is deleted by itself: ended sign-ins, receipts of forms, files that no record names."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import flask
import sqlalchemy as sa

from training_oversight import clock, database
from training_oversight.accounts.models import OfficerSession
from training_oversight.batches import Outcome
from training_oversight.database import current_session, transaction
from training_oversight.field.service import photos
from training_oversight.files import pending, storage
from training_oversight.files.models import StoredFile
from training_oversight.web.models import FormReceipt

# A form that was open this long has no second press of its button to fear.
RECEIPTS_KEPT = timedelta(days=14)
SESSIONS_KEPT = timedelta(days=30)
FILES_KEPT = timedelta(days=1)


def _midnight(today: date) -> datetime:
    return clock.from_local(datetime.combine(today, time.min))


def forget_old_tokens(today: date) -> Outcome:
    """Delete receipts of forms and sign-ins that can no longer be used."""
    midnight = _midnight(today)
    with transaction() as session:
        old_receipts = FormReceipt.at < midnight - RECEIPTS_KEPT
        old_sign_ins = OfficerSession.created_at < midnight - SESSIONS_KEPT
        receipts = database.changed_rows(session, sa.delete(FormReceipt).where(old_receipts))
        sign_ins = database.changed_rows(session, sa.delete(OfficerSession).where(old_sign_ins))
    return Outcome(done=receipts + sign_ins)


def remove_unnamed_files(today: date) -> Outcome:
    """Remove files older than a day that no record names: their form was never saved.

    What somebody has sent ahead of a form, or from a phone ahead of its act, is named for as long
    as ``pending`` and ``photos`` say.
    """
    with transaction() as session:
        pending.forget(session, now=_midnight(today))
        photos.forget(session, now=_midnight(today))
    named = set(current_session().scalars(sa.select(StoredFile.sha256)))
    data_dir = flask.current_app.config["DATA_DIR"]
    return Outcome(done=storage.sweep(data_dir, named=named, before=_midnight(today) - FILES_KEPT))
