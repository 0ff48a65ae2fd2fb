"""What campaigns show on the pages of lower areas."""

from __future__ import annotations

from datetime import date

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import presenting, service
from training_oversight.campaigns.queries import hanging
from training_oversight.database import current_session
from training_oversight.inspections.models import Visit
from training_oversight.registry.listing import LISTING
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.contributions import Handover, Panel
from training_oversight.web.listings import Beside
from training_oversight.web.navigation import NavEntry, NavGroup

LABEL = Text("Campaigns")
NAVIGATION = NavEntry(
    label=LABEL,
    endpoint="campaigns.index",
    permission=Permission.VIEW_CAMPAIGNS,
    group=NavGroup.LEDGERS,
    order=1,
    active=frozenset({"campaigns", "rounds"}),
)


def _of_institution(institution: Institution, officer: Officer, _today: date) -> Markup:
    rows = hanging.of_institution(current_session(), officer, institution.id)
    if not rows:
        return Markup("")
    return Markup(
        render_template("campaigns/institution_panel.html", rows=rows, showing=presenting)
    )


def _of_visit(visit: Visit, officer: Officer, _today: date) -> Markup:
    found = hanging.of_visit(current_session(), officer, visit.id)
    if found is None:
        return Markup("")
    return Markup(render_template("campaigns/visit_panel.html", link=found))


def _answered_for(session: Session, officer: Officer, by: Officer) -> int:
    found = hanging.answered_for(session, officer, by)
    return sum(len(keys) for _campaign, keys in found)


def _hand_over(session: Session, officer: Officer, to: Officer, by: Officer) -> int:
    reason = str(Text("With all institutions of %(name)s", name=officer.name))
    return sum(
        service.hand_over(
            session, campaign, keys, officer=to, reason=reason, by=by, today=clock.today()
        )
        for campaign, keys in hanging.answered_for(session, officer, by)
    )


HANDOVER = Handover(
    "campaign_targets",
    Text("Targets of running campaigns that they answer for"),
    Permission.PLAN_CAMPAIGN,
    count=_answered_for,
    perform=_hand_over,
)
PANELS = (
    Panel(Institution, LABEL, 35, Permission.VIEW_CAMPAIGNS, _of_institution),
    Panel(Visit, LABEL, 40, Permission.VIEW_CAMPAIGNS, _of_visit),
)
PLAN = Beside(
    *(LISTING, Text("Plan a campaign"), "campaigns.scope", Permission.PLAN_CAMPAIGN),
    same_rows=True,
)
