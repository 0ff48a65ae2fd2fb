"""Coverage: how the targets divide, in all and by township, officer and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Division, Officer
from training_oversight.campaigns.models import CampaignTarget
from training_oversight.campaigns.queries.states import (
    OWED,
    STANDS,
    TARGET_STATE,
    TargetState,
    state_of,
)


@dataclass
class Part:
    """The targets of one row, by how far they are: each target in one figure and one only."""

    key: object
    label: object
    by_state: Counter[TargetState] = field(default_factory=Counter)

    @property
    def targets(self) -> int:
        return self.by_state.total()

    @property
    def owed(self) -> int:
        return sum(self.by_state[one] for one in OWED)

    def of(self, state: TargetState) -> int:
        return self.by_state[state]


@dataclass(frozen=True)
class Coverage:
    whole: Part
    townships: Sequence[Part]
    officers: Sequence[Part]
    kinds: Sequence[Part]


def coverage(session: Session, campaign_id: int, kinds: Mapping[str, str]) -> Coverage:
    """All three ways to divide from one query: so no two can say different things."""
    each = (
        sa.select(
            CampaignTarget.township_id,
            CampaignTarget.officer_id,
            CampaignTarget.kind_code,
            TARGET_STATE.label("state"),
        )
        .where(CampaignTarget.campaign_id == campaign_id, STANDS)
        .subquery()
    )
    rows = session.execute(sa.select(*each.c, sa.func.count()).group_by(*each.c)).all()
    whole = Part(None, None)
    parts: tuple[dict[object, Part], ...] = ({}, {}, {})
    for *found, value, count in rows:
        whole.by_state[state_of(value)] += count
        for known, key in zip(parts, found, strict=True):
            known.setdefault(key, Part(key, None)).by_state[state_of(value)] += count
    townships, officers, sorts = parts
    _label(townships, _townships(session, townships))
    _label(officers, _officers(session, officers))
    _label(sorts, kinds.items())
    return Coverage(whole, _ordered(townships), _ordered(officers), _ordered(sorts))


def _label(parts: Mapping[object, Part], names: Iterable[tuple[object, object]]) -> None:
    for key, name in names:
        if key in parts:
            parts[key].label = name


def _townships(session: Session, parts: Mapping[object, Part]) -> Iterator[tuple[object, object]]:
    wanted = sa.select(Division.id, Division.name).where(Division.id.in_(parts))
    yield from ((key, name) for key, name in session.execute(wanted))


def _officers(session: Session, parts: Mapping[object, Part]) -> Iterator[tuple[object, object]]:
    wanted = sa.select(Officer.id, Officer.name).where(
        Officer.id.in_([key for key in parts if key is not None])
    )
    yield from ((key, name) for key, name in session.execute(wanted))


def _ordered(parts: Mapping[object, Part]) -> list[Part]:
    """The largest first; what nobody or nothing stands at last."""
    return sorted(
        parts.values(),
        key=lambda part: (part.label is None, -part.targets, str(part.label), str(part.key)),
    )


def many(session: Session, campaign_ids: Sequence[int]) -> Mapping[int, Part]:
    """The whole of each campaign, for a list of them."""
    each = (
        sa.select(CampaignTarget.campaign_id, TARGET_STATE.label("state"))
        .where(CampaignTarget.campaign_id.in_(campaign_ids), STANDS)
        .subquery()
    )
    rows = session.execute(sa.select(*each.c, sa.func.count()).group_by(*each.c))
    found = {key: Part(key, None) for key in campaign_ids}
    for key, value, count in [*rows]:
        found[key].by_state[state_of(value)] += count
    return found


def codes(session: Session, division_ids: Sequence[int]) -> Mapping[int, str]:
    rows = session.execute(
        sa.select(Division.id, Division.code).where(Division.id.in_(division_ids))
    )
    return dict(rows.all())
