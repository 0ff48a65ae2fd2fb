"""When pupils were counted, and what a renewal prolonged.

Revision ID: 2026_11_22_counted_and_renewed
Revises: 2026_11_22_venue_positions
"""

from __future__ import annotations

from altering import Added, alter

revision = "2026_11_22_counted_and_renewed"
down_revision = "2026_11_22_venue_positions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    alter("institution", columns=[Added("counted_on", "DATE")])
    alter("licence_event", columns=[Added("previous_until", "DATE")])
