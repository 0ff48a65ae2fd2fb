"""One import through the services, and taking it back.

``-m benchmarks.importing_once LIST`` does no more than the one, without a list the other.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import config
from training_oversight import clock
from training_oversight.accounts.models import Division, DivisionLevel, Officer
from training_oversight.app import create_app
from training_oversight.database import current_session, transaction
from training_oversight.errands.kinds import Work
from training_oversight.files import storage
from training_oversight.intake import (
    confirming,
    guessing,
    jobs,
    queries,
    reading,
    running,
    uploading,
)
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.uploading import Columns
from training_oversight.intake.workflow import RowOutcome


class Sent:
    """A list that was sent and of whose columns it is settled how they are read."""

    def __init__(self, path: Path, by: Officer) -> None:
        self.by, self.today = by, clock.today()
        folder = Path(os.environ["DATA_DIR"])
        with path.open("rb") as content:
            stored = storage.store(content, folder, limit=reading.MOST_BYTES)
        with transaction() as session:
            county = session.get_one(Division, by.authority.division_id)
            batch = uploading.upload(
                session, stored, filename=path.name, division=county, sender="", by=by
            )
        columns = self._columns(batch, stored.path)
        with transaction() as session:
            errand = uploading.read_later(
                session, batch, columns, by=by, version=None, kind=jobs.READ_LIST
            )
        self.batch_id, self.errand_id = batch.id, errand.id

    def _columns(self, batch: ImportBatch, path: Path) -> Columns:
        session = current_session()
        county = session.get_one(Division, batch.division_id)
        ground = queries.ground(session, county, scope=self.by.scope, today=self.today)
        table = reading.table_of(path, batch, sheet="", header_row=None)
        found = guessing.guesses(table, {}, ground)
        return Columns(table, found, [one.field for one in found])

    def read(self) -> None:
        params: dict[str, Any] = {"batch": self.batch_id, "taken": []}
        jobs.read_list(
            Work(
                self.errand_id, params, self.by, self.today, checkpoint={}, folder=Path(),
                report=lambda _done, _total, _checkpoint: None,
            )
        )  # fmt: skip

    def write(self) -> dict[RowOutcome, int]:
        with transaction() as session:
            batch = session.get_one(ImportBatch, self.batch_id)
            confirming.begin(session, batch, by=self.by)
        return running.write_list(self.batch_id, by=self.by, today=self.today)


def take_back(by: Officer) -> None:
    """Take back the list that was imported last."""
    last = sa.select(sa.func.max(ImportBatch.id))
    batch_id = current_session().scalars(last).one()
    running.undo_list(batch_id, by=by, today=clock.today())


def main() -> None:
    with create_app(config.read()).app_context():
        head = current_session().scalars(
            sa.select(Officer)
            .join(Division, Division.id == Officer.division_id)
            .where(Officer.username == "bench", Division.level == DivisionLevel.COUNTY)
        )
        if len(sys.argv) > 1:
            sent = Sent(Path(sys.argv[1]), head.one())
            sent.read()
            sent.write()
        else:
            take_back(head.one())


if __name__ == "__main__":
    main()
