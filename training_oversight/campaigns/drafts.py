"""What an officer brings to a campaign, before it is a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training_oversight.accounts.models import Department
from training_oversight.campaigns.models import Campaign
from training_oversight.catalogue.models import Checklist
from training_oversight.inspections.models import VisitKind


@dataclass(frozen=True, kw_only=True)
class CampaignDraft:
    title: str
    begins_on: date
    ends_on: date
    kind: VisitKind
    scope: str
    scope_words: str
    superior: str = ""
    document_title: str = ""
    document_number: str = ""
    plan: str = ""
    checklist: Checklist | None = None
    departments: Sequence[Department] = ()
    based_on: Campaign | None = None
