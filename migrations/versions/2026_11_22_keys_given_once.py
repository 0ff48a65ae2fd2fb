"""Give no key twice where rows can be removed: the history of one is not that of the next.

Revision ID: 2026_11_22_keys_given_once
Revises: 2026_11_22_sheets_of_a_file
"""

from __future__ import annotations

from altering import never_reuse_keys

revision = "2026_11_22_keys_given_once"
down_revision = "2026_11_22_sheets_of_a_file"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("venue", "licence", "saved_filter"):
        never_reuse_keys(table)
