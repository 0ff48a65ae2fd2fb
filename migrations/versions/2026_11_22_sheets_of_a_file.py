"""The sheets of a file that was sent, so that another one can be read without sending it again.

Revision ID: 2026_11_22_sheets_of_a_file
Revises: 2026_11_22_words_of_a_sender
"""

from __future__ import annotations

from altering import Added, alter

revision = "2026_11_22_sheets_of_a_file"
down_revision = "2026_11_22_words_of_a_sender"
branch_labels = None
depends_on = None


def upgrade() -> None:
    alter("import_batch", columns=[Added("sheets", "JSON", "'[]'", required=True)])
