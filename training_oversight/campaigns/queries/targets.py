"""The targets of a campaign: lists, one with its visits, those of a selection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight.accounts.models import Officer
from training_oversight.campaigns.models import Campaign, CampaignTarget, CampaignVisit
from training_oversight.campaigns.queries.states import (
    OPEN_VISIT,
    OWED,
    STANDS,
    TARGET_STATE,
    TargetState,
    has_visit,
    is_in,
    state_of,
)
from training_oversight.errors import NotFound
from training_oversight.inspections.models import Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search
from training_oversight.texts import LabelledEnum, Text

# The value of a filter for what nobody or nothing stands at.
NOBODY = "none"


class TargetView(LabelledEnum):
    """The tabs over the list of targets: each state, what is still owed, everything."""

    ALL = "all", Text("All targets")
    OWED = "owed", Text("Still to visit")
    LEFT = "left", TargetState.LEFT.label
    PLANNED = "planned", TargetState.PLANNED.label
    NOT_POSSIBLE = "not_possible", TargetState.NOT_POSSIBLE.label
    VISITED = "visited", TargetState.VISITED.label
    EXEMPT = "exempt", TargetState.EXEMPT.label
    OUT = "out", Text("Taken out")


@dataclass(frozen=True)
class TargetFilter:
    """Which targets a list shows; what is empty does not narrow it."""

    view: TargetView = TargetView.ALL
    township: str = ""
    officer: str = ""
    kind: str = ""
    found: sa.ColumnElement[bool] | None = None


@dataclass(frozen=True)
class TargetVisit:
    """A visit of a target, for a line of the list."""

    visit: Visit
    lead: str | None


def in_view(view: TargetView) -> list[sa.ColumnElement[bool]]:
    if view is TargetView.OUT:
        return [~STANDS]
    if view is TargetView.ALL:
        return [STANDS]
    if view is TargetView.OWED:
        return [STANDS, is_in(*OWED)]
    return [STANDS, is_in(state_of(view.value))]


def _narrowed(campaign_id: int, wanted: TargetFilter) -> list[sa.ColumnElement[bool]]:
    found = [CampaignTarget.campaign_id == campaign_id]
    for column, value in (
        (CampaignTarget.township_id, wanted.township),
        (CampaignTarget.officer_id, wanted.officer),
    ):
        if value:
            found.append(column.is_(None) if value == NOBODY else column == int(value))
    if wanted.kind:
        kind = CampaignTarget.kind_code
        found.append(kind.is_(None) if wanted.kind == NOBODY else kind == wanted.kind)
    if wanted.found is not None:
        found.append(wanted.found)
    return found


def found(session: Session, officer: Officer, words: str) -> sa.ColumnElement[bool] | None:
    """Targets whose institution the search box finds by these words."""
    search = Search.by(officer, words)
    if not search.typed:
        return None
    return registry.belonging(session, search, CampaignTarget.institution_id)


def listed(campaign_id: int, wanted: TargetFilter) -> sa.Select[CampaignTarget, str]:
    """The targets with how far each is."""
    return (
        sa.select(CampaignTarget, TARGET_STATE)
        .where(*_narrowed(campaign_id, wanted), *in_view(wanted.view))
        .options(
            joinedload(CampaignTarget.institution),
            joinedload(CampaignTarget.township),
            joinedload(CampaignTarget.officer),
            raiseload("*"),
        )
    )


def keys(campaign_id: int, wanted: TargetFilter) -> sa.Select[int]:
    return (
        sa.select(CampaignTarget.id)
        .where(*_narrowed(campaign_id, wanted), *in_view(wanted.view))
        .order_by(CampaignTarget.sort_key, CampaignTarget.id)
    )


def counts(session: Session, campaign_id: int, wanted: TargetFilter) -> Mapping[TargetView, int]:
    """How many each tab holds, in one query."""
    each = (
        sa.select(
            TARGET_STATE.label("state"), CampaignTarget.taken_out_on.is_not(None).label("gone")
        )
        .where(*_narrowed(campaign_id, wanted))
        .subquery()
    )
    rows = session.execute(
        sa.select(each.c.state, each.c.gone, sa.func.count()).group_by(each.c.state, each.c.gone)
    ).all()
    standing = {state_of(value): count for value, gone, count in rows if not gone}
    return {
        TargetView.ALL: sum(standing.values()),
        TargetView.OWED: sum(standing.get(one, 0) for one in OWED),
        TargetView.OUT: sum(count for _value, gone, count in rows if gone),
        **{
            view: standing.get(state, 0)
            for state in TargetState
            for view in TargetView
            if view.value == state.value
        },
    }


def visits(session: Session, target_ids: Collection[int]) -> Mapping[int, Sequence[TargetVisit]]:
    """The visits of each target, the latest first."""
    rows = session.execute(
        sa.select(CampaignVisit.target_id, Visit, Officer.name)
        .join(Visit, Visit.id == CampaignVisit.visit_id)
        .outerjoin(Officer, Officer.id == CampaignVisit.lead_id)
        .where(CampaignVisit.target_id.in_(target_ids))
        .order_by(Visit.happened_at.desc(), Visit.id.desc())
        .options(selectinload(Visit.officers), raiseload("*"))
    )
    made: dict[int, list[TargetVisit]] = defaultdict(list)
    for target_id, visit, lead in rows:
        made[target_id].append(TargetVisit(visit, lead))
    return made


def target(session: Session, officer: Officer, target_id: int) -> CampaignTarget:
    """One target with its campaign. Raises ``NotFound``, for a foreign one too."""
    wanted = (
        sa.select(CampaignTarget)
        .join(Campaign, Campaign.id == CampaignTarget.campaign_id)
        .where(CampaignTarget.id == target_id, officer.scope.clause(Campaign.division_path))
    )
    found = session.scalars(
        wanted.options(
            joinedload(CampaignTarget.campaign).joinedload(Campaign.prepared_by),
            joinedload(CampaignTarget.institution).joinedload(Institution.division),
            joinedload(CampaignTarget.township),
            joinedload(CampaignTarget.officer),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def state(session: Session, target_id: int) -> TargetState:
    """How far it is now."""
    wanted = sa.select(TARGET_STATE).where(CampaignTarget.id == target_id)
    return state_of(session.execute(wanted).scalar_one())


def chosen(
    session: Session, campaign: Campaign, target_ids: Collection[int]
) -> Sequence[tuple[CampaignTarget, TargetState]]:
    """Those of a selection that belong to the campaign, each with how far it is, by township."""
    rows = session.execute(
        sa.select(CampaignTarget, TARGET_STATE)
        .where(CampaignTarget.id.in_(target_ids), CampaignTarget.campaign_id == campaign.id, STANDS)
        .options(
            joinedload(CampaignTarget.institution),
            joinedload(CampaignTarget.township),
            joinedload(CampaignTarget.officer),
        )
        .order_by(CampaignTarget.township_id, CampaignTarget.sort_key, CampaignTarget.id)
        .execution_options(populate_existing=True)
    )
    return [(one, state_of(value)) for one, value in rows]


def to_plan(
    session: Session, campaign_id: int, target_ids: Collection[int]
) -> Sequence[CampaignTarget]:
    """Of these, the ones that are owed a visit and have none planned, by township."""
    return session.scalars(
        sa.select(CampaignTarget)
        .where(
            CampaignTarget.id.in_(target_ids),
            CampaignTarget.campaign_id == campaign_id,
            STANDS,
            is_in(*OWED),
            ~has_visit(*OPEN_VISIT),
        )
        .options(joinedload(CampaignTarget.institution), joinedload(CampaignTarget.township))
        .order_by(CampaignTarget.township_id, CampaignTarget.sort_key, CampaignTarget.id)
        .execution_options(populate_existing=True)
    ).all()


def planned_visits(
    session: Session, campaign_id: int, target_ids: Collection[int]
) -> Sequence[CampaignVisit]:
    """The visits of these targets that nobody has begun, by day."""
    return session.scalars(
        sa.select(CampaignVisit)
        .join(CampaignTarget, CampaignTarget.id == CampaignVisit.target_id)
        .join(Visit, Visit.id == CampaignVisit.visit_id)
        .where(
            CampaignTarget.id.in_(target_ids),
            CampaignTarget.campaign_id == campaign_id,
            Visit.state == VisitState.PLANNED,
        )
        .options(
            joinedload(CampaignVisit.visit).joinedload(Visit.institution),
            joinedload(CampaignVisit.target).joinedload(CampaignTarget.township),
            joinedload(CampaignVisit.visit).selectinload(Visit.officers),
        )
        .order_by(Visit.happened_at, CampaignTarget.sort_key, Visit.id)
    ).all()


def planned_by_key(
    session: Session, campaign_id: int, visit_ids: Collection[int]
) -> Sequence[CampaignVisit]:
    """Of these visits the campaign's own that nobody has begun."""
    return session.scalars(
        sa.select(CampaignVisit)
        .join(CampaignTarget, CampaignTarget.id == CampaignVisit.target_id)
        .join(Visit, Visit.id == CampaignVisit.visit_id)
        .where(
            CampaignVisit.visit_id.in_(visit_ids),
            CampaignTarget.campaign_id == campaign_id,
            Visit.state == VisitState.PLANNED,
        )
        .options(joinedload(CampaignVisit.visit))
        .order_by(CampaignVisit.visit_id)
        .execution_options(populate_existing=True)
    ).all()


def unsettled(session: Session, campaign_id: int) -> int:
    """How many targets still owe a visit, and nobody has said why."""
    wanted = sa.select(sa.func.count()).where(
        CampaignTarget.campaign_id == campaign_id,
        STANDS,
        is_in(*OWED),
        CampaignTarget.open_because == "",
    )
    return session.scalar(wanted.select_from(CampaignTarget)) or 0


def institutions_of(campaign_id: int) -> sa.Select[int]:
    """Every place that the campaign knows, those that were taken out too."""
    return sa.select(CampaignTarget.institution_id).where(CampaignTarget.campaign_id == campaign_id)
