"""Several whole files in one act: an errand that puts one paper for each into a .zip."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import flask
import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.bulk import Entry, record_many
from training_oversight.database import current_session, transaction
from training_oversight.desk.dossier.making import Maker, rights_of
from training_oversight.desk.dossier.printed import PRINTED, DossierContent
from training_oversight.documents import GETA, render
from training_oversight.errands.kinds import ErrandKind, ErrandResult, Params, Work, declare
from training_oversight.errors import BadInput, NotFound
from training_oversight.registry.models import Institution
from training_oversight.texts import Counted, Text

# The files of a large town. More is a folder that nobody opens and some minutes for all others
# who wait; a county's files are printed town by town.
MOST: Final = 300
# What no file system takes in a name.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
LONGEST_NAME: Final = 60


def params(officer: Officer, keys: Sequence[int]) -> Params:
    """What is asked for: these institutions, with the parts that the officer may see today."""
    return {"institutions": list(keys), "rights": sorted(rights_of(officer))}


def chosen(session: Session, keys: Collection[int], scope: Scope) -> Sequence[Institution]:
    """Those of a selection that are in the scope, in the order of the list."""
    return session.scalars(
        sa.select(Institution)
        .where(
            Institution.id.in_(keys),
            Institution.withdrawn.is_(False),
            scope.clause(Institution.division_path),
        )
        .options(joinedload(Institution.division), raiseload("*"))
        .order_by(Institution.sort_key, Institution.id)
    ).all()


def too_many(count: int) -> BadInput:
    return BadInput(
        Text(
            "At most %(most)s whole files at once, %(count)s are chosen. Filter the list further, "
            "for instance by township, and print one part after the other.",
            most=MOST, count=count,
        )
    )  # fmt: skip


def _needs(asked: Params) -> Collection[Permission]:
    return [Permission(right) for right in asked["rights"]]


def _doing(done: int, total: int | None) -> Text:
    return Text("Printing whole files, %(done)s of %(total)s.", done=done, total=total or 0)


@dataclass
class _Batch:
    """One run over the institutions asked for."""

    work: Work
    printed: list[DossierContent] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """One paper after the other: what has been written needs no memory any more."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for key, paper in self._papers():
                pdf = render(paper.TEMPLATE, paper.to_json(), instead=GETA)
                self.printed.append(paper)
                self.keys.append(key)
                archive.writestr(_name(len(self.printed), paper.name), pdf)

    def _papers(self) -> Iterator[tuple[int, DossierContent]]:
        session, by, asked = current_session(), self.work.by, self.work.params
        maker = Maker(session, scope=by.scope, rights=_needs(asked), today=self.work.today)
        keys = [one.id for one in chosen(session, asked["institutions"], by.scope)]
        for done, key in enumerate(keys):
            self.work.progress(done, len(keys))
            try:
                yield key, maker.paper(key, by=by, demo=flask.current_app.config["DEMO"])
            except NotFound:
                # Moved to another county since the list was read.
                continue
        self.work.progress(len(keys), len(keys))

    def record(self) -> None:
        """That each was printed stays in its history."""
        with transaction() as session:
            found = session.scalars(sa.select(Institution).where(Institution.id.in_(self.keys)))
            parts = {
                key: len(paper.sections) for key, paper in zip(self.keys, self.printed, strict=True)
            }
            entries = [Entry(one, PRINTED, facts={"sections": parts[one.id]}) for one in found]
            record_many(session, entries, by=self.work.by)

    def said(self) -> Text:
        left_out = len(self.work.params["institutions"]) - len(self.printed)
        if not left_out:
            return Text("%(count)s whole files are printed.", count=len(self.printed))
        return Text(
            "%(count)s whole files are printed. %(left)s institutions are left out: they are "
            "not in your area any more, or were merged.",
            count=len(self.printed), left=left_out,
        )  # fmt: skip


def _run(work: Work) -> ErrandResult:
    """From the beginning each time: an archive half-written cannot be gone on with."""
    batch, path = _Batch(work), work.folder / "files.zip"
    batch.write(path)
    if not batch.printed:
        raise NotFound(NOTHING_LEFT)
    batch.record()
    name = Counted(
        "Whole file of %(count)s institution %(day)s",
        "Whole files of %(count)s institutions %(day)s",
        count=len(batch.printed),
        day=work.today,
    )
    return ErrandResult(batch.said(), file=path, file_name=f"{name}.zip")


def _name(serial: int, name: str) -> str:
    """A file's name inside the archive; the serial keeps two of one name apart, and the order."""
    return f"{serial:03} {_FORBIDDEN.sub('_', name)[:LONGEST_NAME].strip(' .')}.pdf"


NOTHING_LEFT = Text("None of the chosen institutions is in your area any more.")
DOSSIERS = declare(
    ErrandKind(
        code="desk.dossiers",
        label=Text("Printing of whole files"),
        # As many files leave the office as in an export.
        permission=Permission.EXPORT_REGISTRY,
        run=_run,
        doing=_doing,
        needs=_needs,
        if_stopped=Text("No file is made."),
    )
)
