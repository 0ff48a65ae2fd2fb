"""The register in earnest: the whole record, imports that can be taken back, errands.

Revision ID: 2026_11_22_registry_in_earnest
Revises: 2026_11_22_append_only
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from altering import Added, alter

revision = "2026_11_22_registry_in_earnest"
down_revision = "2026_11_22_append_only"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_import_mapping_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint(
            "authority_id", "sender", name=op.f("uq_import_mapping_authority_id_sender")
        ),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_setting_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("authority_id", "code", name=op.f("uq_setting_authority_id_code")),
    )
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "errand_waiting",
                "errand_running",
                "errand_done",
                "errand_failed",
                "errand_cancelled",
                name="errandstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("checkpoint", sa.JSON(), nullable=False),
        sa.Column("stop_wanted", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["officer.id"], name=op.f("fk_errand_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_errand_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_errand_file_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
    )
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_errand_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index("ix_errand_mine", ["asked_by_id", "id"], unique=False)
        batch_op.create_index("ix_errand_queue", ["state", "id"], unique=False)

    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_saved_filter_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint(
            "officer_id", "listing", "name", name=op.f("uq_saved_filter_officer_id_listing_name")
        ),
    )
    with op.batch_alter_table("saved_filter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_filter_division_path"), ["division_path"], unique=False
        )

    op.create_table(
        "conversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "to_non_profit",
                "to_non_subject",
                "other_conversion",
                name="conversionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("from_kind_code", sa.Text(), nullable=True),
        sa.Column("to_kind_code", sa.Text(), nullable=True),
        sa.Column(
            "from_legal_form",
            sa.Enum(
                "company",
                "non_enterprise",
                "individual",
                "unregistered",
                name="from_legal_form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_legal_form",
            sa.Enum(
                "company",
                "non_enterprise",
                "individual",
                "unregistered",
                name="to_legal_form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("division_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_conversion_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_conversion_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversion")),
    )
    with op.batch_alter_table("conversion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversion_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_conversion_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_conversion_list", ["division_path", "on_day", "id"], unique=False)

    op.create_table(
        "distinct_pair",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_distinct_pair_in_order")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officer.id"], name=op.f("fk_distinct_pair_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["one_id"], ["institution.id"], name=op.f("fk_distinct_pair_one_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["institution.id"], name=op.f("fk_distinct_pair_other_id")
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_distinct_pair")),
    )
    with op.batch_alter_table("distinct_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_distinct_pair_other_id"), ["other_id"], unique=False)

    op.create_table(
        "institution_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["institution.id"], name=op.f("fk_institution_merge_gone_id")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["institution.id"], name=op.f("fk_institution_merge_kept_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["officer.id"], name=op.f("fk_institution_merge_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["officer.id"], name=op.f("fk_institution_merge_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution_merge")),
    )
    with op.batch_alter_table("institution_merge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_institution_merge_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_institution_merge_gone_id"), ["gone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_institution_merge_kept_id"), ["kept_id"], unique=False)

    op.create_table(
        "licence_warning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("licence_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("division_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_licence_warning_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_licence_warning_licence_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_licence_warning_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["officer.id"], name=op.f("fk_licence_warning_seen_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_warning")),
        sa.UniqueConstraint(
            "licence_id",
            "valid_until",
            "threshold",
            name=op.f("uq_licence_warning_licence_id_valid_until_threshold"),
        ),
    )
    with op.batch_alter_table("licence_warning", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_licence_warning_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_licence_warning_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_licence_warning_open", ["officer_id", "seen_at"], unique=False)

    _alter()


def _one_of(column: str, *values: str) -> str:
    return f"CHECK ({column} IN ({', '.join(repr(value) for value in values)}))"


def _to(column: str, table: str, key: str = "id") -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table} ({key})"


def _alter() -> None:
    alter(
        "institution",
        columns=[
            Added("former_names", "JSON", "'[]'", required=True),
            Added("legal_representative", "TEXT"),
            Added("principal", "TEXT"),
            Added("registered_address", "TEXT"),
            Added("registered_with", "TEXT"),
            Added("courses", "TEXT"),
            Added("platform_entered_on", "DATE"),
            Added("fund_bank", "TEXT"),
            Added("fund_account", "TEXT"),
            Added("withdrawn", "BOOLEAN", "false", required=True),
            Added("merged_into_id", "INTEGER"),
        ],
        constraints={"fk_institution_merged_into_id": _to("merged_into_id", "institution")},
        checks={
            "ck_institution_closingkind": _one_of(
                "closing_kind",
                *("stopped", "deregistered", "revoked", "moved_away", "merged"),
                "entered_in_error",
            )
        },
    )
    op.create_index("ix_institution_merged_into_id", "institution", ["merged_into_id"])
    sources = _one_of("position_source", "device", "typed", "imported", "pinned", "geocoded")
    alter(
        "venue",
        columns=[Added("tenure", "VARCHAR(40)"), Added("lease_until", "DATE")],
        constraints={"ck_venue_tenure": _one_of("tenure", "owned", "rented", "lent")},
        checks={"ck_venue_positionsource": sources},
    )
    alter("visit", checks={"ck_visit_positionsource": sources})
    alter(
        "import_batch",
        columns=[
            Added("file_sha256", "TEXT"),
            Added("sheet", "TEXT", "''", required=True),
            Added("header_row", "INTEGER"),
            Added("sender", "TEXT", "''", required=True),
            Added("mapping", "JSON", "'{}'", required=True),
            Added("left_out", "JSON", "'[]'", required=True),
            Added("row_count", "INTEGER", "0", required=True),
            Added("errand_id", "INTEGER"),
            Added("confirmed_by_id", "INTEGER"),
            Added("undone_at", "DATETIME"),
            Added("undone_by_id", "INTEGER"),
        ],
        constraints={
            "fk_import_batch_file_sha256": _to("file_sha256", "stored_file", "sha256"),
            "fk_import_batch_errand_id": _to("errand_id", "errand"),
            "fk_import_batch_confirmed_by_id": _to("confirmed_by_id", "officer"),
            "fk_import_batch_undone_by_id": _to("undone_by_id", "officer"),
        },
        checks={
            "ck_import_batch_importstate": _one_of(
                "state",
                *("uploaded", "reading", "previewed", "writing", "confirmed", "undoing"),
                *("undone", "discarded_import"),
            )
        },
    )
    alter(
        "import_row",
        columns=[
            Added("cleaned", "JSON", "'{}'", required=True),
            Added("candidates", "JSON", "'[]'", required=True),
            Added("decision", "VARCHAR(40)"),
            Added("chosen_id", "INTEGER"),
            Added("decided_by_id", "INTEGER"),
            Added("written", "BOOLEAN", "false", required=True),
            Added("undo", "JSON", "'{}'", required=True),
            Added("left_version", "INTEGER"),
        ],
        constraints={
            "ck_import_row_decision": _one_of("decision", "same", "different", "skip"),
            "fk_import_row_chosen_id": _to("chosen_id", "institution"),
            "fk_import_row_decided_by_id": _to("decided_by_id", "officer"),
        },
        checks={
            "ck_import_row_rowoutcome": _one_of(
                "outcome",
                *("new", "changed", "unchanged", "possible_duplicate", "rejected", "skipped"),
            )
        },
    )
    op.create_index("ix_import_row_institution_id", "import_row", ["institution_id"])
    op.create_index("ix_import_row_written", "import_row", ["batch_id", "written", "number"])
