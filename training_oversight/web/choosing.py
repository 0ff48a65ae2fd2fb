"""Rows of a list that are chosen for a step: those that are ticked, or all that was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from flask import request, url_for

from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web import safe_request
from training_oversight.web.components import Link, Words
from training_oversight.web.contributions import Holder, contributions
from training_oversight.web.paging import SIZE

# More at once would keep others from writing for too long, and more no form should send.
MOST = 2000
# The parts of an address that say where in the rows, and how they are shown: not which they are.
SHOWING = frozenset({"cols", "view", "all", "at"})


@dataclass(frozen=True)
class Selection:
    """What may be done with rows of a list (components/list.html), and what is chosen now."""

    moves: Sequence[Link]
    # How many were found, in words: “53 items”.
    found: Words
    # Keys beside the page that are chosen, too; nothing where only boxes choose.
    rest: Sequence[int] | None
    # The same page with all that was found chosen, and without.
    all_url: str | None
    clear_url: str


def selection(
    listing: str,
    officer: Holder,
    *,
    here: Collection[int],
    total: int,
    found: Words,
    keys: Callable[[], Iterable[int]],
    address: Callable[[str | None], str],
) -> Selection | None:
    """Nothing for who may do nothing with them.

    ``here`` are the keys on the page, ``keys()`` all that was found, ``address`` this page with
    that value of ``all``.
    """
    moves = [
        Link(one.label, url_for(one.endpoint)) for one in contributions().bulks_of(listing, officer)
    ]
    if not moves:
        return None
    everything = request.args.get("all") == "1" and total <= MOST
    return Selection(
        moves=moves,
        found=found,
        rest=[key for key in keys() if key not in here] if everything else None,
        all_url=address("1") if not everything and SIZE < total <= MOST else None,
        clear_url=address(None),
    )


def on_page(listing: str, officer: Holder, found: Words) -> Selection | None:
    """The same for a list of which no more than the rows of a page are chosen at once."""
    return selection(
        listing,
        officer,
        here=(),
        total=0,
        found=found,
        keys=tuple,
        address=lambda _every: "",
    )


def keep(view: str) -> list[tuple[str, str]]:
    """What of this address says which rows, in which order."""
    given = [pair for pair in request.args.items(multi=True) if pair[0] not in SHOWING]
    return [*given, ("view", view)]


def few(keys: list[int]) -> list[int]:
    """Not too many at once. Raises ``BadInput``."""
    if len(keys) > MOST:
        raise BadInput(Text("At most %(most)s at once. Filter the list further.", most=MOST))
    return keys


def ticked() -> list[int]:
    """The rows that the form of the list names. Raises ``BadInput`` for too many."""
    return few(safe_request.keys(request.form.getlist("id")))
