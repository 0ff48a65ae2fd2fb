"""The list as a table, for officers, for readers and for the county government's site."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from training_oversight import spreadsheets
from training_oversight.publication import layout
from training_oversight.publication.layout import Layout
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.texts import Text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet's name holds no more.
SHEET_NAME = 31


def header(frozen: Layout) -> Sequence[Text | str]:
    labels = [str(column.label) for column in frozen.columns]
    return [Text("No."), *labels, Text("Status")]


def rows(frozen: Layout, entries: Iterable[PublicEntry]) -> Iterator[tuple[object, ...]]:
    for number, entry in enumerate(entries, start=1):
        said = frozen.statuses.get(entry.status)
        values = (value for _column, value in frozen.values(entry))
        yield (number, *values, said.label if said else "")


def workbook(publication: Publication, entries: Iterable[PublicEntry]) -> io.BytesIO:
    content, frozen = io.BytesIO(), layout.of(publication)
    title = publication.title[:SHEET_NAME]
    spreadsheets.write(content, header(frozen), rows(frozen, entries), title=title)
    content.seek(0)
    return content


def csv(publication: Publication, entries: Iterable[PublicEntry]) -> io.BytesIO:
    content, frozen = io.BytesIO(), layout.of(publication)
    spreadsheets.write_csv(content, header(frozen), rows(frozen, entries))
    content.seek(0)
    return content


def file_name(publication: Publication) -> str:
    """For a download: without a batch number, by the day of the data."""
    if publication.batch is None:
        return f"{publication.title}-{publication.as_of.isoformat()}"
    return f"{publication.title}-{publication.year}年第{publication.batch}批"
