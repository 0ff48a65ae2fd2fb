"""Keep what was found in an old ledger, for a leader to sign.

Revision ID: 2026_11_22_ledger_check
Revises: 2026_11_22_search_index
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_ledger_check"
down_revision = "2026_11_22_search_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("division_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name="fk_ledger_check_authority_id"
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["officer.id"], name="fk_ledger_check_made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_check"),
    )
    op.create_index("ix_ledger_check_division_path", "ledger_check", ["division_path"])
