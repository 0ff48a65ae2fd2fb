"""专项行动: campaigns by state, each with how far it is."""

from __future__ import annotations

from flask import render_template, request, url_for

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import presenting, queries
from training_oversight.campaigns.models import Campaign
from training_oversight.campaigns.queries import TargetState, coverage
from training_oversight.campaigns.views.blueprint import bp
from training_oversight.campaigns.workflow import CampaignState
from training_oversight.database import current_session
from training_oversight.web.components import Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged


@bp.route("")
@requires(Permission.VIEW_CAMPAIGNS)
def index() -> str:
    session, officer = current_session(), current_officer()
    counts = queries.by_state(session, officer)
    state = next(
        (one for one in CampaignState if one.value == request.args.get("state")),
        next((one for one in OFTEN if counts[one]), CampaignState.RUNNING),
    )
    page = paged(
        session,
        queries.listed(officer).where(Campaign.state == state),
        keys=[Key(Campaign.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: url_for(".index", state=state.value, at=cursor),
        total=counts[state],
    )
    return render_template(
        "campaigns/index.html",
        page=page,
        parts=coverage.many(session, [one.id for one in page.rows]),
        views=[
            Tab(one.label, url_for(".index", state=one.value), counts[one], one is state)
            for one in CampaignState
        ],
        showing=presenting,
        visited=TargetState.VISITED,
        today=clock.today(),
        may_plan=officer.may(Permission.PLAN_CAMPAIGN),
    )


# The tab that is opened first: what runs, then what is on its way there.
OFTEN = (
    CampaignState.RUNNING,
    CampaignState.SUBMITTED,
    CampaignState.APPROVED,
    CampaignState.DRAFT,
    CampaignState.CLOSED,
)
