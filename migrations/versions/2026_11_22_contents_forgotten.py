"""Let what senders wrote be forgotten, and keep how much it was.

Revision ID: 2026_11_22_contents_forgotten
Revises: 2026_11_22_keys_given_once
"""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from alembic import op
from altering import Added, alter

revision = "2026_11_22_contents_forgotten"
down_revision = "2026_11_22_keys_given_once"
branch_labels = None
depends_on = None


def upgrade() -> None:
    gone, empty = Added("contents_gone_on", "DATE"), "'{}'"
    alter("import_batch", columns=[gone, Added("left_counts", "JSON", empty, required=True)])
    alter("ledger_check", columns=[Added("summary", "JSON", empty, required=True), gone])
    _sum_up()


def _sum_up() -> None:
    check = sa.table(
        "ledger_check",
        sa.column("id", sa.Integer),
        sa.column("findings", sa.JSON),
        sa.column("summary", sa.JSON),
    )
    bind = op.get_bind()
    # One at a time: an old ledger may have thousands of findings.
    for key in bind.scalars(sa.select(check.c.id)).all():
        findings = bind.scalar(sa.select(check.c.findings).where(check.c.id == key))
        summary = {
            "kinds": dict(Counter(one["kind"] for one in findings)),
            "rows": len({one["row"] for one in findings}),
            "total": len(findings),
        }
        bind.execute(sa.update(check).where(check.c.id == key).values(summary=summary))
