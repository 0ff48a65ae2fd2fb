"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.campaigns import cli, contributed, presenting, views, waiting
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

MAY = Permission.VIEW_CAMPAIGNS
PAPERS = EvidenceAddress(
    *("campaign", "campaigns.file", "campaign_id", (MAY,)), label=Text("Campaign")
)
HISTORY = (
    HistorySubject(
        *(Text("Campaign"), ("campaign",), 17, "campaigns.show", "campaign_id"), permission=MAY
    ),
    HistorySubject(
        *(Text("Target of a campaign"), ("campaign_target",), 18, "campaigns.target", "target_id"),
        permission=MAY,
    ),
    HistorySubject(
        *(Text("Report for a campaign"), ("campaign_report",), 19, "campaigns.report", "report_id"),
        permission=MAY,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *HISTORY,
        presenting.READING,
        PAPERS,
        contributed.NAVIGATION,
        *contributed.PANELS,
        contributed.PLAN,
        contributed.HANDOVER,
        *waiting.WAITING,
    )
    cli.register(app)
