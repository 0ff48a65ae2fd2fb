"""The filters of a list that was read: what the address asks for, and the boxes that ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for

from training_oversight.intake.cleaning import Cleaning
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.row_queries import RowFilter
from training_oversight.intake.tallying import WARNING, WHOLE_ROW
from training_oversight.intake.workflow import RowOutcome
from training_oversight.law.wording import Named
from training_oversight.registry.columns import BY_FIELD
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar

# Names of filters in the address -> the beginning of the mark that they ask for.
FILTERS = {"town": "town:", "reason": "reason:", "cleaned": "cleaned:"}
KEPT = (*FILTERS, "outcome", "q", "warnings", "at")
LONGEST = 60
# The tab of all rows, whatever becomes of them.
ALL = "all"
HOW = {one.value: one.label for one in Cleaning}


@dataclass(frozen=True)
class CleanedCells:
    """How many cells of a column were cleaned in one way; the address opens their rows."""

    field: Named
    how: Text
    count: int
    mark: str
    current: bool


def wanted_here(counts: Mapping[RowOutcome, int]) -> RowFilter:
    args = request.args
    marks = [f"{mark}{args[name][:LONGEST]}" for name, mark in FILTERS.items() if args.get(name)]
    if args.get("warnings"):
        marks.append(WARNING)
    return RowFilter(_outcome(counts), args.get("q", "").strip()[:LONGEST], tuple(marks))


def _outcome(counts: Mapping[RowOutcome, int]) -> RowOutcome | None:
    """The tab asked for, else the first with something in it."""
    asked = request.args.get("outcome")
    if asked == ALL:
        return None
    filled = (one for one in RowOutcome if counts[one])
    return next((one for one in RowOutcome if one.value == asked), None) or next(
        filled, RowOutcome.NEW
    )


def tab_of(wanted: RowFilter) -> str:
    return wanted.outcome.value if wanted.outcome is not None else ALL


def here() -> dict[str, str]:
    """What the address asks for, without whatever else somebody wrote into it."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def address(batch: ImportBatch, **changed: object) -> str:
    """This page's own address with some of its parts changed; ``None`` takes one away."""
    kept: dict[str, object] = {**here(), **changed}
    return asking(".show", {k: v for k, v in kept.items() if v}, batch_id=batch.id)


def bar(
    batch: ImportBatch, wanted: RowFilter, words: Mapping[str, Mapping[object, object]]
) -> FilterBar:
    """Only what was found in this list can be asked for."""
    towns = [(key, words["division_id"].get(int(key), key)) for key in _tallied(batch, "town:")]
    filters = [_single(batch, "town", Text("Township"), towns)]
    if wanted.outcome is RowOutcome.REJECTED:
        reasons = [
            (key, Text("The whole row") if key == WHOLE_ROW else BY_FIELD[key].label)
            for key in _tallied(batch, "reason:")
        ]
        filters.append(_single(batch, "reason", Text("What is wrong"), reasons))
    filters.append(_single(batch, "cleaned", Text("Cleaned"), _cleaned_choices(batch)))
    warned = [("1", Text("With a warning"))] if batch.tallies.get(WARNING) else []
    filters.append(_single(batch, "warnings", Text("Warnings"), warned))
    return FilterBar(
        action=url_for(".show", batch_id=batch.id),
        # A box with nothing to choose is none.
        filters=[one for one in filters if len(one.choices) > 1],
        search_label=Text("Name of the institution"),
        query=wanted.words,
        clear_url=url_for(".show", batch_id=batch.id, outcome=tab_of(wanted)),
        kept=[("outcome", tab_of(wanted))],
    )


def cleanings(batch: ImportBatch, wanted: RowFilter) -> list[CleanedCells]:
    """What was cleaned how often, by column in the order of the register's own list."""
    found = []
    for mark, count in _in_order(batch):
        field, _, how = mark.partition(".")
        found.append(
            CleanedCells(
                BY_FIELD[field].label,
                HOW[how],
                count,
                mark,
                f"cleaned:{mark}" in wanted.marks,
            )
        )
    return found


def _in_order(batch: ImportBatch) -> list[tuple[str, int]]:
    order = list(BY_FIELD)
    marks = [mark for mark in _tallied(batch, "cleaned:") if mark.partition(".")[0] in BY_FIELD]
    marks.sort(key=lambda mark: order.index(mark.partition(".")[0]))
    return [(mark, batch.tallies[f"cleaned:{mark}"]) for mark in marks]


def _cleaned_choices(batch: ImportBatch) -> list[tuple[str, object]]:
    return [
        (
            mark,
            Text(
                "%(column)s: %(reason)s",
                column=BY_FIELD[mark.partition(".")[0]].label,
                reason=HOW[mark.partition(".")[2]],
            ),
        )
        for mark, _ in _in_order(batch)
    ]


def _tallied(batch: ImportBatch, beginning: str) -> Sequence[str]:
    return [key.removeprefix(beginning) for key in batch.tallies if key.startswith(beginning)]


def _single(
    batch: ImportBatch, name: str, label: Text, choices: Iterable[tuple[str, object]]
) -> Filter:
    chosen = request.args.get(name, "")
    return Filter(
        name,
        label,
        [
            Choice("", Text("All"), chosen=not chosen),
            *(Choice(value, words, value == chosen) for value, words in choices),
        ],
        clear_url=address(batch, **{name: None, "at": None}),
    )
