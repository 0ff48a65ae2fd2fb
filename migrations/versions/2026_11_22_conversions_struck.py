"""A conversion that was entered in error is struck off.

Revision ID: 2026_11_22_conversions_struck
Revises: 2026_11_22_ledger_check
"""

from __future__ import annotations

from altering import Added, alter

revision = "2026_11_22_conversions_struck"
down_revision = "2026_11_22_ledger_check"
branch_labels = None
depends_on = None


def upgrade() -> None:
    alter("conversion", columns=[Added("struck_off_at", "DATETIME")])
