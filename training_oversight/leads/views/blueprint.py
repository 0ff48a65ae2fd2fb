"""The blueprint, and what its pages begin with."""

from __future__ import annotations

from flask import Blueprint, url_for

from training_oversight.accounts.guard import current_officer
from training_oversight.database import current_session
from training_oversight.leads import queries
from training_oversight.leads.models import Lead

bp = Blueprint("leads", __name__, url_prefix="/leads")


def found(lead_id: int) -> Lead:
    return queries.lead_for(current_session(), current_officer(), lead_id)


def page_of(lead: Lead) -> str:
    return url_for("leads.show", lead_id=lead.id)
