"""Static pages and tables for the county government's own site."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import flask
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Authority
from training_oversight.errors import BadInput
from training_oversight.publication import presenting
from training_oversight.publication import public_queries as queries
from training_oversight.publication.models import Publication
from training_oversight.publication.presenting import BUREAUS
from training_oversight.publication.static_pages import StaticList, addresses, present_page
from training_oversight.publication.workflow import PublicationState
from training_oversight.texts import Language, Text, speaking
from training_oversight.web import assets

# What the last export wrote, so that the next one takes away what is public no more.
MANIFEST = "export.json"
S = PublicationState
STYLES = ("icons/mark.svg", "css/site.css")


@dataclass
class Exported:
    # Batches that can be read there, and batches of which the day and the reason of the
    # withdrawal can.
    publications: int = 0
    withdrawn: int = 0
    files: list[str] = field(default_factory=list)


def export(session: Session, folder: Path) -> Exported:
    """Write every batch that is or was public into ``folder``.

    Raises ``BadInput`` if that cannot be done.

    Made beside the folder first, then moved in file by file, the first page last: nobody
    meets a page that is half written or leads nowhere.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        earlier = _earlier(folder)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as made:
            exported = _made(session, Path(made))
            # Broken off half way, the next one still knows all that may lie there.
            _note(folder, earlier | set(exported.files))
            _moved(Path(made), folder, exported.files)
        _cleared(folder, earlier - set(exported.files))
        _note(folder, set(exported.files))
    except OSError as error:
        raise BadInput(
            Text(
                "Cannot write into %(folder)s: %(reason)s. Nothing there was changed in part; "
                "give a folder that can be written.",
                folder=str(folder),
                reason=error.strerror or str(error),
            )
        ) from error
    return exported


def _made(session: Session, folder: Path) -> Exported:
    done = Exported()

    def keep(name: str, content: bytes) -> None:
        _write(folder, name, content)
        done.files.append(name)

    lists = queries.lists(session)
    with speaking(Language.CHINESE):
        for name in STYLES:
            keep(f"static/{name}", assets.content(name))
        for owner, latest in lists:
            known = queries.batches(session, owner, latest.kind)
            site = StaticList(owner, latest.kind, known)
            for publication in known:
                for name, content in site.batch(session, publication):
                    keep(name, content)
            for name, content in site.overview():
                keep(name, content)
            gone = sum(batch.state == S.WITHDRAWN for batch in known)
            done.withdrawn += gone
            done.publications += len(known) - gone
        keep("index.html", _index(lists))
    return done


def _index(lists: Sequence[tuple[Authority, Publication]]) -> bytes:
    owners = {owner.id: owner.name for owner, _publication in lists}
    page = flask.render_template(
        "public/home.html",
        lists=lists,
        stands=S.PUBLISHED,
        batch_label=presenting.batch_label,
        authority_name=next(iter(owners.values())) if len(owners) == 1 else BUREAUS,
        hotline="",
        public_home="index.html",
        url_for=addresses({(o.code, p.kind): present_page(o, p) for o, p in lists}),
    )
    return page.encode()


def _write(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _moved(made: Path, folder: Path, names: list[str]) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(made / name, folder / name)


def _earlier(folder: Path) -> set[str]:
    """What earlier exports wrote here. Raises ``BadInput`` when that cannot be read any more.

    Going on without it would leave withdrawn lists where everybody reads them.
    """
    note = folder / MANIFEST
    if not note.exists():
        return set()
    try:
        names = json.loads(note.read_text(encoding="utf-8"))
    except ValueError:
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadInput(
            Text(
                "%(file)s is damaged: it no longer says what an earlier export wrote, so lists "
                "that were withdrawn since would stay. Nothing was written; empty the folder or "
                "give another one, then export again.",
                file=str(note),
            )
        )
    return set(names)


def _cleared(folder: Path, names: set[str]) -> None:
    """Take away what an earlier export wrote and this one did not: withdrawn lists above all."""
    for name in names:
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            path.unlink()


def _note(folder: Path, names: set[str]) -> None:
    """Keep what lies here for the next export, whole or not at all."""
    fresh = folder / f".{MANIFEST}"
    fresh.write_text(json.dumps(sorted(names), indent=0) + "\n", encoding="utf-8")
    os.replace(fresh, folder / MANIFEST)
