"""What the words of a sender's lists mean, where no closed choice knows them.

Revision ID: 2026_11_22_words_of_a_sender
Revises: 2026_11_22_codes_of_a_county
"""

from __future__ import annotations

from altering import Added, alter

revision = "2026_11_22_words_of_a_sender"
down_revision = "2026_11_22_codes_of_a_county"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("import_batch", "import_mapping"):
        alter(table, columns=[Added("words", "JSON", "'{}'", required=True)])
