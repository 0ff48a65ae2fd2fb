"""The targets of a campaign: their list, what is done with chosen ones, what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from flask import render_template, request, url_for

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import presenting
from training_oversight.campaigns.forms import (
    BulkForm,
)
from training_oversight.campaigns.models import Campaign, CampaignTarget
from training_oversight.campaigns.queries import coverage, targets
from training_oversight.campaigns.queries.states import state_of
from training_oversight.campaigns.queries.targets import NOBODY, TargetFilter, TargetView
from training_oversight.campaigns.views.blueprint import (
    bp,
    kinds,
    loaded,
)
from training_oversight.campaigns.workflow import CampaignState
from training_oversight.database import current_session
from training_oversight.inspections import presenting as visiting
from training_oversight.names.typed import LONGEST
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing, facets, safe_request
from training_oversight.web.addresses import asking
from training_oversight.web.choosing import Selection
from training_oversight.web.components import FilterBar, Link, Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import SIZE, Key, paged

Bulk = TypeVar("Bulk", bound=BulkForm)
FILTERS = ("township", "officer", "kind", "q")
SHOWN = 10
T = TargetView
MOVES = (
    (Text("Plan visits"), "campaigns.plan_visits"),
    (Text("Plan visits anew"), "campaigns.replan"),
    (Text("Hand targets over"), "campaigns.hand_over"),
    (Text("Exempt"), "campaigns.exempt"),
    (Text("Take out"), "campaigns.take_out"),
    (Text("Say why not visited"), "campaigns.explain"),
)


def asked() -> dict[str, str]:
    """What of the address narrows the list; the rest is left out."""
    wanted = {name: request.args.get(name, "").strip()[:LONGEST] for name in FILTERS}
    for name in ("township", "officer"):
        if wanted[name] != NOBODY and not wanted[name].isdecimal():
            wanted[name] = ""
    return {name: value for name, value in wanted.items() if value}


def view_asked(default: TargetView = T.ALL) -> TargetView:
    return next((one for one in T if one.value == request.args.get("view")), default)


def wanted_of(asked: dict[str, str], view: TargetView) -> TargetFilter:
    return TargetFilter(
        view=view,
        township=_key(asked.get("township", "")),
        officer=_key(asked.get("officer", "")),
        kind=asked.get("kind", ""),
        found=targets.found(current_session(), current_officer(), asked.get("q", "")),
    )


def _key(typed: str) -> str:
    """A key that no table can have finds nothing."""
    if typed in ("", NOBODY):
        return typed
    return str(next(iter(safe_request.keys([typed])), 0))


@bp.route("/<int:campaign_id>/targets", endpoint="targets")
@requires(Permission.VIEW_CAMPAIGNS)
def index(campaign_id: int) -> str:
    session, campaign = current_session(), loaded(campaign_id)
    narrowed, view = asked(), view_asked()
    wanted = wanted_of(narrowed, view)
    counts = targets.counts(session, campaign.id, wanted)
    page = paged(
        session,
        targets.listed(campaign.id, wanted),
        keys=[Key(CampaignTarget.sort_key), Key(CampaignTarget.id)],
        cursor=request.args.get("at"),
        address=lambda at: _address(campaign, narrowed, view, at=at),
        total=counts[view],
    )
    # Behind target and state a row carries what it is sorted by.
    rows = [(row[0], state_of(row[1])) for row in page.rows]
    shown = [one for one, _state in rows]
    return render_template(
        "campaigns/targets.html",
        campaign=campaign,
        page=page,
        rows=rows,
        visits=targets.visits(session, [one.id for one in shown]),
        visit_status=visiting.visit_status,
        kinds=kinds(),
        views=[
            Tab(one.label, _address(campaign, narrowed, one), counts[one], one is view)
            for one in TargetView
        ],
        bar=_bar(campaign, narrowed, view),
        selection=_selection(campaign, narrowed, wanted, shown, counts[view]),
        keep=[("view", view.value), *narrowed.items()],
        may_add=_may_change(campaign),
        showing=presenting,
    )


def _address(campaign: Campaign, narrowed: dict[str, str], view: TargetView, **more: object) -> str:
    values = {**narrowed, "view": view.value, **{k: v for k, v in more.items() if v}}
    return asking(".targets", values, campaign_id=campaign.id)


def _may_change(campaign: Campaign) -> bool:
    may = current_officer().may(Permission.PLAN_CAMPAIGN)
    return may and campaign.state is CampaignState.RUNNING


def _selection(
    campaign: Campaign,
    narrowed: dict[str, str],
    wanted: TargetFilter,
    shown: Sequence[CampaignTarget],
    total: int,
) -> Selection | None:
    if not _may_change(campaign) or wanted.view is T.OUT:
        return None
    everything = request.args.get("all") == "1" and total <= choosing.MOST
    here = {one.id for one in shown}
    keys = current_session().scalars(targets.keys(campaign.id, wanted)) if everything else ()
    return Selection(
        moves=[Link(label, asking(page, {"campaign_id": campaign.id})) for label, page in MOVES],
        found=Counted("%(found)s target", "%(found)s targets", found=total),
        rest=[key for key in keys if key not in here] if everything else None,
        all_url=(
            _address(campaign, narrowed, wanted.view, all="1")
            if not everything and SIZE < total <= choosing.MOST
            else None
        ),
        clear_url=_address(campaign, narrowed, wanted.view),
    )


def _bar(campaign: Campaign, narrowed: dict[str, str], view: TargetView) -> FilterBar:
    found = coverage.coverage(current_session(), campaign.id, kinds())
    boxes: Iterable[tuple[str, Text, Sequence[coverage.Part], Text]] = (
        ("township", Text("Township"), found.townships, Text("Not settled")),
        ("officer", Text("Officer of the target"), found.officers, Text("Nobody yet")),
        ("kind", Text("Kind"), found.kinds, Text("Not settled")),
    )

    def without(name: str) -> str:
        kept = {key: value for key, value in narrowed.items() if key != name}
        return _address(campaign, kept, view)

    return FilterBar(
        action=url_for(".targets", campaign_id=campaign.id),
        filters=[
            facets.box(
                name,
                label,
                [(NOBODY if one.key is None else one.key, one.label or nobody) for one in parts],
                narrowed.get(name, ""),
                without,
            )
            for name, label, parts, nobody in boxes
        ],
        search_label=Text("Institution"),
        query=narrowed.get("q", ""),
        clear_url=_address(campaign, {}, view),
        kept=[("view", view.value)],
    )
