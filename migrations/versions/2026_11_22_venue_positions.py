"""Find venues by position: what is nearest to a point is looked for in a box.

Revision ID: 2026_11_22_venue_positions
Revises: 2026_11_22_registry_in_earnest
"""

from __future__ import annotations

from alembic import op

revision = "2026_11_22_venue_positions"
down_revision = "2026_11_22_registry_in_earnest"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_venue_position", "venue", ["latitude", "longitude"])


def downgrade() -> None:
    op.drop_index("ix_venue_position", table_name="venue")
