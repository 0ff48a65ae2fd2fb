"""From which day on a report or a re-check of an item can be dated, and why.

Between two re-checks lies a round: the institution reports, the office looks. What is dated
before its own round answers an earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.ledger.models import (
    ItemLimit,
    LimitBasis,
    RectificationItem,
    Verdict,
    Verification,
)
from training_oversight.texts import Text


@dataclass(frozen=True)
class Bound:
    """The first day that is possible, and the sentence for an earlier one."""

    day: date
    sentence: Text


def round_from(session: Session, item: RectificationItem) -> Bound:
    """The day on which the present round of an item began: nothing answers it before."""
    return _last(_beginnings(session, item))


def recheck_from(session: Session, item: RectificationItem) -> Bound:
    """The first day of a re-check: not before the reports that it answers."""
    bounds = [round_from(session, item)]
    if day := item.applied_on:
        sentence = Text("Not before %(day)s: that day the institution's report came in.", day=day)
        bounds.append(Bound(day, sentence))
    if day := item.second_met_on:
        sentence = Text("Not before %(day)s: that day the second limit was reported.", day=day)
        bounds.append(Bound(day, sentence))
    return _last(bounds)


def _last(bounds: Sequence[Bound]) -> Bound:
    """The latest; of several on one day the one that happened last."""
    return sorted(bounds, key=lambda bound: bound.day)[-1]


def _beginnings(session: Session, item: RectificationItem) -> Sequence[Bound]:
    bounds = [found(item)]
    if last := _last_verification(session, item):
        bounds.append(_rechecked(last))
    if put_back := _put_back_on(session, item):
        sentence = Text("Not before %(day)s: that day it came back on the ledger.", day=put_back)
        bounds.append(Bound(put_back, sentence))
    return bounds


def found(item: RectificationItem) -> Bound:
    day = item.found_on
    return Bound(day, Text("Not before %(day)s: that day the problem was found.", day=day))


def failed(day: date) -> Bound:
    return Bound(day, Text("Not before %(day)s: that day the re-check failed.", day=day))


def written_off(item: RectificationItem) -> Bound | None:
    """For a relapse: it has been put right until the day on which it was written off."""
    day = item.closed_on
    if day is None:
        return None
    return Bound(day, Text("Not before %(day)s: that day it was written off.", day=day))


def _rechecked(last: Verification) -> Bound:
    day = last.verified_on
    if last.verdict is Verdict.FAILED:
        return failed(day)
    return Bound(day, Text("Not before %(day)s: that day it was re-checked last.", day=day))


def _last_verification(session: Session, item: RectificationItem) -> Verification | None:
    return session.scalars(
        sa.select(Verification)
        .where(Verification.item_id == item.id)
        .order_by(Verification.verified_on.desc(), Verification.id.desc())
        .limit(1)
    ).first()


def _put_back_on(session: Session, item: RectificationItem) -> date | None:
    """The day of the last relapse, from which its limit was counted."""
    return session.scalar(
        sa.select(ItemLimit.starts_on)
        .where(ItemLimit.item_id == item.id, ItemLimit.basis == LimitBasis.REOPENED)
        .order_by(ItemLimit.id.desc())
        .limit(1)
    )
