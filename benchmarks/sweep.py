"""The overdue sweep of 50,000 items, beside the bare SQL that finds them."""

from __future__ import annotations

import time

import sqlalchemy as sa

from benchmarks import county
from training_oversight import clock
from training_oversight.database import current_session
from training_oversight.enforcement.jobs import raise_overdue_items
from training_oversight.ledger.models import RectificationItem

ITEMS = 50_000


def run() -> None:
    print(f"Overdue sweep of {ITEMS:,} items")
    county.build(ITEMS, overdue=True)
    today = clock.today()
    bare = _took(
        lambda: (
            current_session()
            .execute(sa.select(RectificationItem.id).where(RectificationItem.overdue_on(today)))
            .all()
        )
    )
    first = _took(lambda: raise_overdue_items(today))
    again = _took(lambda: raise_overdue_items(today))
    print(f"  bare SQL finds them   {bare:8.3f} s")
    print(f"  raising them all      {first:8.3f} s   1 : {first / bare:.0f}")
    print(f"  the next morning      {again:8.3f} s   1 : {again / bare:.1f}")


def _took(act: object) -> float:
    began = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - began
