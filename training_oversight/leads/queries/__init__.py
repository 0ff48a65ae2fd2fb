"""Leads, as far as an officer reads them."""

from training_oversight.leads.queries.lists import LeadFilter, counts, found, listed
from training_oversight.leads.queries.records import (
    lead_for,
    of_institution,
    of_visit,
    owing,
    readable,
)

__all__ = [
    "LeadFilter",
    "counts",
    "found",
    "lead_for",
    "listed",
    "of_institution",
    "of_visit",
    "owing",
    "readable",
]
