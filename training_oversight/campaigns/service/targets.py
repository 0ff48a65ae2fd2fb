"""The targets of a campaign: frozen, added, taken out, exempt, handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import bulk, database
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service import check_at_work
from training_oversight.audit import EventType, differences
from training_oversight.audit.bulk import Entry, Inserted, record_many
from training_oversight.campaigns.models import Campaign, CampaignTarget, TargetOrigin
from training_oversight.campaigns.queries import targets
from training_oversight.campaigns.queries.states import TargetState
from training_oversight.campaigns.workflow import CampaignState
from training_oversight.errors import BadInput, NotFound, WrongState
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

P = Permission.PLAN_CAMPAIGN
AT_ONCE = 500

CAME_IN = EventType.declare("campaign_target.came_in", Text("Put among the targets"))
DECLINED = EventType.declare("campaign_target.declined", Text("Proposed, and not added"))
TAKEN_OUT = EventType.declare("campaign_target.taken_out", Text("Taken out of the targets"))
EXEMPTED = EventType.declare("campaign_target.exempted", Text("Exempt from the visit"))
OWED_AGAIN = EventType.declare("campaign_target.owed_again", Text("Not exempt any more"))
HANDED_OVER = EventType.declare("campaign_target.handed_over", Text("Target handed over"), ["to"])
EXPLAINED = EventType.declare("campaign_target.explained", Text("Said why it was not visited"))


def freeze(
    session: Session, campaign: Campaign, keys: Sequence[int], *, by: Officer, today: date
) -> int:
    """Make the places with these keys targets, in a handful of statements."""
    return _put_in(
        session, campaign, keys, CAME_IN, by=by, told=_came_in(TargetOrigin.FROZEN, today)
    )


def _came_in(origin: TargetOrigin, today: date, because: str = "") -> dict[str, object]:
    return {"origin": origin, "came_in_on": today, "came_in_because": because}


def _put_in(
    session: Session,
    campaign: Campaign,
    keys: Sequence[int],
    event: EventType,
    *,
    by: Officer,
    told: Mapping[str, object],
) -> int:
    rows = bulk.insert_new(
        session,
        CampaignTarget,
        [_row(campaign, one) | dict(told) for one in _places(session, campaign, keys)],
    )
    note = str(told.get("taken_out_because") or told["came_in_because"])
    entries = [
        Entry(
            Inserted(CampaignTarget, int(str(row["id"]))),
            event,
            differences.beginnings(CampaignTarget, row),
            note=note,
            first=True,
        )
        for row in rows
    ]
    record_many(session, entries, by=by)
    return len(rows)


def _row(campaign: Campaign, one: Institution) -> dict[str, object]:
    return {
        "campaign_id": campaign.id,
        "division_path": one.division_path,
        "institution_id": one.id,
        "township_id": one.division_id,
        "kind_code": one.kind_code,
        "sort_key": one.sort_key,
        "officer_id": one.officer_in_charge_id,
    }


def _places(session: Session, campaign: Campaign, keys: Sequence[int]) -> Sequence[Institution]:
    """The institutions with these keys; ``NotFound`` for one of another ground."""
    found: list[Institution] = []
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), AT_ONCE):
        found += session.scalars(
            sa.select(Institution)
            .where(Institution.id.in_(wanted[start : start + AT_ONCE]))
            .order_by(Institution.id)
        ).all()
    if len(found) < len(wanted) or any(
        not one.division_path.startswith(campaign.division_path) for one in found
    ):
        raise NotFound
    return found


def running(session: Session, campaign: Campaign, by: Officer) -> None:
    """Targets change only while the campaign runs; whoever does it at the same time waits."""
    authorise(by, campaign, P)
    database.locked(session, campaign)
    if campaign.state is not CampaignState.RUNNING:
        raise WrongState(
            Text(
                "The campaign is “%(state)s”: its targets change only while it runs.",
                state=campaign.state,
            )
        )


def _said(reason: str, sentence: Text) -> str:
    if not reason.strip():
        raise BadInput(sentence, {"reason": sentence})
    return reason.strip()


WHY = Text("Say why; it stands beside the target.")


def add(
    session: Session,
    campaign: Campaign,
    institution_ids: Sequence[int],
    *,
    origin: TargetOrigin,
    reason: str,
    by: Officer,
    today: date,
) -> int:
    """Put places among the targets afterwards, each with the reason."""
    running(session, campaign, by)
    because = _said(reason, WHY)
    _refuse_known(session, campaign, institution_ids)
    told = _came_in(origin, today, because)
    return _put_in(session, campaign, institution_ids, CAME_IN, by=by, told=told)


def decline(
    session: Session,
    campaign: Campaign,
    institution_ids: Sequence[int],
    *,
    reason: str,
    by: Officer,
    today: date,
) -> int:
    """What was proposed does not become a target: it stands there with the reason."""
    running(session, campaign, by)
    because = _said(reason, WHY)
    _refuse_known(session, campaign, institution_ids)
    told = _came_in(TargetOrigin.PROPOSED, today, because) | {
        "taken_out_on": today,
        "taken_out_because": because,
    }
    return _put_in(session, campaign, institution_ids, DECLINED, by=by, told=told)


def _refuse_known(session: Session, campaign: Campaign, keys: Sequence[int]) -> None:
    standing = session.scalars(
        sa.select(Institution.name).where(
            Institution.id.in_(keys),
            Institution.id.in_(
                targets.institutions_of(campaign.id).where(CampaignTarget.taken_out_on.is_(None))
            ),
        )
    ).first()
    if standing is not None:
        sentence = Text("%(name)s is a target of the campaign already.", name=standing)
        raise BadInput(sentence, {"institution_id": sentence})


def _change(
    session: Session,
    chosen: Sequence[CampaignTarget],
    event: EventType,
    values: Mapping[str, object],
    *,
    by: Officer,
    note: str = "",
    facts: Mapping[str, object] | None = None,
) -> int:
    """The same columns of many targets, each with a line in its history."""
    moved = [
        one for one in chosen if any(getattr(one, name) != value for name, value in values.items())
    ]
    entries = [
        Entry(
            one,
            event,
            differences.difference(
                {name: differences.plain(getattr(one, name)) for name in values},
                {name: differences.plain(value) for name, value in values.items()},
            ),
            note=note,
            facts=facts or {},
        )
        for one in moved
    ]
    record_many(session, entries, by=by)
    bulk.change(
        session,
        CampaignTarget,
        [{"id": one.id, **values, "version": one.version + 1} for one in moved],
    )
    for one in moved:
        session.expire(one)
    return len(moved)


def _chosen(
    session: Session, campaign: Campaign, target_ids: Sequence[int]
) -> Sequence[tuple[CampaignTarget, TargetState]]:
    found = targets.chosen(session, campaign, target_ids)
    if len(found) < len(set(target_ids)):
        raise NotFound
    return found


def take_out(
    session: Session,
    campaign: Campaign,
    target_ids: Sequence[int],
    *,
    reason: str,
    by: Officer,
    today: date,
) -> int:
    """They count in no figure any more; what was visited stays one."""
    running(session, campaign, by)
    because = _said(reason, WHY)
    chosen = _without_visits(_chosen(session, campaign, target_ids), taking_out=True)
    values = {"taken_out_on": today, "taken_out_because": because}
    return _change(session, chosen, TAKEN_OUT, values, by=by, note=because)


def exempt(
    session: Session,
    campaign: Campaign,
    target_ids: Sequence[int],
    *,
    reason: str,
    by: Officer,
    today: date,
) -> int:
    """They stay targets and owe no visit; the reason stands beside each."""
    running(session, campaign, by)
    because = _said(reason, WHY)
    chosen = _without_visits(_chosen(session, campaign, target_ids), taking_out=False)
    values = {"exempt_on": today, "exempt_because": because}
    return _change(session, chosen, EXEMPTED, values, by=by, note=because)


def _without_visits(
    chosen: Sequence[tuple[CampaignTarget, TargetState]], *, taking_out: bool
) -> list[CampaignTarget]:
    for one, state in chosen:
        if state is TargetState.VISITED:
            name = one.institution.name
            raise WrongState(
                Text("%(name)s was visited for the campaign: it stays a target.", name=name)
                if taking_out
                else Text("%(name)s was visited already: there is nothing to exempt.", name=name)
            )
    return [one for one, _state in chosen]


def owe_again(
    session: Session, campaign: Campaign, target: CampaignTarget, *, reason: str, by: Officer,
    version: int | None,
) -> None:  # fmt: skip
    """The exemption was wrong, or its reason is gone."""
    running(session, campaign, by)
    note = _said(reason, WHY)
    database.locked(session, target)
    database.seen(target, version)
    if target.exempt_on is None:
        raise WrongState(Text("This target is not exempt."))
    values = {"exempt_on": None, "exempt_because": ""}
    _change(session, [target], OWED_AGAIN, values, by=by, note=note)


def hand_over(
    session: Session,
    campaign: Campaign,
    target_ids: Sequence[int],
    *,
    officer: Officer,
    reason: str,
    by: Officer,
    today: date,
) -> int:
    """Another officer answers for their visits from now on."""
    running(session, campaign, by)
    note = _said(reason, WHY)
    check_at_work(officer, on=today, field="officer_id")
    chosen = [one for one, _state in _chosen(session, campaign, target_ids)]
    return _change(
        session, chosen, HANDED_OVER, {"officer_id": officer.id}, by=by, note=note,
        facts={"to": officer.name},
    )  # fmt: skip


def explain(
    session: Session, campaign: Campaign, target_ids: Sequence[int], *, reason: str, by: Officer
) -> int:
    """Why no visit came about: what is said of every target that is still owed one, at the end."""
    running(session, campaign, by)
    because = _said(reason, Text("Say why they were not visited."))
    chosen = [one for one, _state in _chosen(session, campaign, target_ids)]
    return _change(session, chosen, EXPLAINED, {"open_because": because}, by=by, note=because)
