"""Static pages and tables for the county government's own site."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Authority
from training_oversight.errors import BadInput
from training_oversight.publication import presenting, tables
from training_oversight.publication import public_queries as queries
from training_oversight.publication.models import Publication
from training_oversight.publication.presenting import BUREAUS, list_words
from training_oversight.texts import Language, Text, speaking
from training_oversight.web import assets
from training_oversight.web.paging import Page

# What the last export wrote, so that the next one takes away what is public no more.
MANIFEST = "export.json"
STYLES = ("icons/mark.svg", "css/site.css")


@dataclass
class Exported:
    publications: int = 0
    files: list[str] = field(default_factory=list)


def export(session: Session, folder: Path) -> Exported:
    """Write every standing list into ``folder``. Raises ``BadInput`` if that cannot be done.

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
    lists = queries.current_lists(session)
    with speaking(Language.CHINESE):
        for name in STYLES:
            _write(folder, f"static/{name}", assets.content(name))
            done.files.append(f"static/{name}")
        for owner, publication in lists:
            for name, content in _batch(session, owner, publication):
                _write(folder, name, content)
                done.files.append(name)
            done.publications += 1
        _write(folder, "index.html", _index(lists))
    done.files.append("index.html")
    return done


def _batch(
    session: Session, owner: Authority, publication: Publication
) -> Iterator[tuple[str, bytes]]:
    name = _name(owner, publication)
    entries = queries.all_entries(session, publication)
    page = flask.render_template(
        "public/list.html",
        publication=publication,
        page=Page(rows=entries, total=len(entries), first_index=1),
        action=None,
        superseded=False,
        entry_links=False,
        table_url=f"{name}.xlsx",
        **(list_words() | {"static_pages": True}),
        **_frame(owner.name, owner.hotline),
        owner=owner,
        corrections=queries.corrections(queries.batches(session, owner, publication.kind)),
    )
    yield f"{name}.html", page.encode()
    yield f"{name}.xlsx", tables.workbook(entries).getvalue()
    yield f"{name}.csv", tables.csv(entries).getvalue()


def _index(lists: Any) -> bytes:
    single = lists[0][0].name if len(lists) == 1 else None
    frame = _frame(single or BUREAUS, "")
    addresses = {owner.code: f"{_name(owner, batch)}.html" for owner, batch in lists}

    def address(endpoint: str, **values: object) -> str:
        listed = endpoint == "public.rectification"
        return addresses[values["code"]] if listed else _here(endpoint, **values)

    frame["url_for"] = address
    page = flask.render_template(
        "public/home.html", lists=lists, batch_label=presenting.batch_label, **frame
    )
    return page.encode()


def _frame(name: object, hotline: str) -> dict[str, object]:
    """What the templates need when no site stands behind them: all addresses are relative."""
    return {
        "authority_name": name,
        "hotline": hotline,
        "public_home": "index.html",
        "url_for": _here,
    }


def _here(endpoint: str, **values: object) -> str:
    return f"static/{values['filename']}" if endpoint == "static" else "index.html"


def _name(owner: Authority, publication: Publication) -> str:
    return f"{owner.code}-{publication.kind.value}-{publication.year}-{publication.batch}"


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
