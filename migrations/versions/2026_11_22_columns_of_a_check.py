"""The columns of an old ledger are settled on a page, so its file is kept for a while.

Revision ID: 2026_11_22_columns_of_a_check
Revises: 2026_11_22_contents_forgotten
"""

from __future__ import annotations

from altering import Added, alter

revision = "2026_11_22_columns_of_a_check"
down_revision = "2026_11_22_contents_forgotten"
branch_labels = None
depends_on = None


def upgrade() -> None:
    alter(
        "ledger_check",
        columns=[
            Added("file_sha256", "TEXT"),
            Added("header_row", "INTEGER"),
            Added("header", "JSON", "'[]'", required=True),
            Added("sender", "TEXT", "''", required=True),
            Added("mapping", "JSON", "'{}'", required=True),
            Added("unread", "JSON", "'[]'", required=True),
            Added("settled", "BOOLEAN", "true", required=True),
            Added("version", "INTEGER", "1", required=True),
        ],
        constraints={
            "fk_ledger_check_file_sha256": (
                "FOREIGN KEY(file_sha256) REFERENCES stored_file (sha256)"
            )
        },
    )
    alter("import_mapping", columns=[Added("ledger", "JSON", "'{}'", required=True)])
