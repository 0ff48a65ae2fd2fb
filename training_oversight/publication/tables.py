"""The list as a table, for officers, for readers and for the county government's site."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from training_oversight import spreadsheets
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.texts import Text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = (
    Text("No."),
    Text("Name of the institution"),
    Text("Township or street"),
    Text("Kind"),
    Text("Problem"),
    Text("Found on"),
    Text("To be put right by"),
    Text("Status of rectification"),
    Text("Finished on"),
)


def rows(entries: Iterable[PublicEntry]) -> Iterator[tuple[object, ...]]:
    for number, entry in enumerate(entries, start=1):
        yield (
            number,
            entry.institution_name,
            entry.division_name,
            entry.kind_name,
            entry.problem,
            entry.found_on,
            entry.due_on,
            entry.status,
            entry.finished_on,
        )


def workbook(entries: Iterable[PublicEntry]) -> io.BytesIO:
    content = io.BytesIO()
    spreadsheets.write(content, HEADER, rows(entries), title="整改情况")
    content.seek(0)
    return content


def csv(entries: Iterable[PublicEntry]) -> io.BytesIO:
    content = io.BytesIO()
    spreadsheets.write_csv(content, HEADER, rows(entries))
    content.seek(0)
    return content


def file_name(publication: Publication) -> str:
    """For a download: without a batch number, by the day of the data."""
    if publication.batch is None:
        return f"{publication.title}-{publication.as_of.isoformat()}"
    return f"{publication.title}-{publication.year}年第{publication.batch}批"
