"""Look a credit code up among all records of a county, closed ones included.

Revision ID: 2026_11_22_codes_of_a_county
Revises: 2026_11_22_conversions_struck
"""

from __future__ import annotations

from alembic import op

revision = "2026_11_22_codes_of_a_county"
down_revision = "2026_11_22_conversions_struck"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_institution_uscc", "institution", ["authority_id", "uscc"])
