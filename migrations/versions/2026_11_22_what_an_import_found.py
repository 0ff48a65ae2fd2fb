"""What an import found, counted, and the words by which its rows are filtered.

Revision ID: 2026_11_22_what_an_import_found
Revises: 2026_11_22_sort_columns
"""

from __future__ import annotations

from altering import Added, alter

revision = "2026_11_22_what_an_import_found"
down_revision = "2026_11_22_sort_columns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    alter("import_batch", columns=[Added("tallies", "JSON", "'{}'", required=True)])
    alter("import_row", columns=[Added("marks", "TEXT", "''", required=True)])
