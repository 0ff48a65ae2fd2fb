"""The whole schema: tables, indexes, what keeps history and search

Revision ID: 2026_11_29_schema
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from altering import BYTEWISE

revision = "2026_11_29_schema"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "day_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("events_hash", BYTEWISE, nullable=False),
        sa.Column("records_hash", BYTEWISE, nullable=False),
        sa.Column("previous_hash", BYTEWISE, nullable=False),
        sa.Column("hash", BYTEWISE, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_day_seal")),
    )
    with op.batch_alter_table("day_seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_seal_day"), ["day"], unique=False)

    op.create_table(
        "division",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province",
                "prefecture",
                "county",
                "township",
                name="divisionlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", BYTEWISE, nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["division.id"], name=op.f("fk_division_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
        sa.UniqueConstraint("code", name=op.f("uq_division_code")),
        sa.UniqueConstraint("path", name=op.f("uq_division_path")),
    )
    with op.batch_alter_table("division", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_division_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", BYTEWISE, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("verb", BYTEWISE, nullable=False),
        sa.Column("from_state", BYTEWISE, nullable=True),
        sa.Column("to_state", BYTEWISE, nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", BYTEWISE, nullable=False),
        sa.Column("note", BYTEWISE, nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous_hash", BYTEWISE, nullable=False),
        sa.Column("hash", BYTEWISE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "sequence",
            name=op.f("uq_event_subject_kind_subject_id_sequence"),
        ),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_actor_id", ["actor_id", "at"], unique=False)
        batch_op.create_index("ix_event_on_day", ["on_day"], unique=False)

    op.create_table(
        "form_receipt",
        sa.Column("token", BYTEWISE, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", BYTEWISE, nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_form_receipt")),
    )
    with op.batch_alter_table("form_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_receipt_at"), ["at"], unique=False)

    op.create_table(
        "job_run",
        sa.Column("job", BYTEWISE, nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("problem", BYTEWISE, nullable=False),
        sa.Column("claimed_by", BYTEWISE, nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("job", "slot", name=op.f("pk_job_run")),
    )
    op.create_table(
        "record_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", BYTEWISE, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("from_state", BYTEWISE, nullable=False),
        sa.Column("to_state", BYTEWISE, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_state")),
    )
    with op.batch_alter_table("record_state", schema=None) as batch_op:
        batch_op.create_index(
            "ix_record_state_of", ["subject_kind", "subject_id", "id"], unique=False
        )

    op.create_table(
        "scheduler_heartbeat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduler_heartbeat")),
    )
    op.create_table(
        "stored_file",
        sa.Column("sha256", BYTEWISE, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", BYTEWISE, nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("short_name", BYTEWISE, nullable=False),
        sa.Column("address", BYTEWISE, nullable=False),
        sa.Column("hotline", BYTEWISE, nullable=False),
        sa.Column("remedies", BYTEWISE, nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["division_id"], ["division.id"], name=op.f("fk_authority_division_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
        sa.UniqueConstraint("code", name=op.f("uq_authority_code")),
    )
    with op.batch_alter_table("authority", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authority_division_id"), ["division_id"], unique=False)

    op.create_table(
        "answer_rule",
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_answer_rule_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_rule")),
    )
    with op.batch_alter_table("answer_rule", schema=None) as batch_op:
        batch_op.create_index(
            "uq_answer_rule_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_answer_rule_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "checklist",
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_checklist_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
    )
    with op.batch_alter_table("checklist", schema=None) as batch_op:
        batch_op.create_index(
            "uq_checklist_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_checklist_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "close_reason",
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("public_status", BYTEWISE, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_close_reason_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_close_reason")),
    )
    with op.batch_alter_table("close_reason", schema=None) as batch_op:
        batch_op.create_index(
            "uq_close_reason_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_close_reason_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "day_limit",
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "working_days",
                "calendar_days",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_day_limit_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_limit")),
    )
    with op.batch_alter_table("day_limit", schema=None) as batch_op:
        batch_op.create_index(
            "uq_day_limit_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_day_limit_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_department_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("authority_id", "code", name=op.f("uq_department_authority_id_code")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("sender", BYTEWISE, nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("ledger", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column(
            "datum",
            sa.Enum(
                "wgs84",
                "gcj02",
                "bd09",
                name="datum",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("apart", sa.Boolean(), nullable=False),
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
        "institution_kind",
        sa.Column("department_code", BYTEWISE, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_institution_kind_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution_kind")),
    )
    with op.batch_alter_table("institution_kind", schema=None) as batch_op:
        batch_op.create_index(
            "uq_institution_kind_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_institution_kind_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "notice_type",
        sa.Column(
            "effect",
            sa.Enum(
                "rectify",
                "stop",
                "refer",
                "inform",
                "talk",
                "assign",
                "urge",
                "ban",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "nature",
            sa.Enum(
                "order",
                "penalty",
                "coercive",
                "guidance",
                "internal",
                name="legalnature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("prefix", BYTEWISE, nullable=False),
        sa.Column("template_code", BYTEWISE, nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("default_length", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "working_days",
                "calendar_days",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("consequence", BYTEWISE, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_notice_type_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_type")),
    )
    with op.batch_alter_table("notice_type", schema=None) as batch_op:
        batch_op.create_index(
            "uq_notice_type_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_notice_type_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "number_series",
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("series", BYTEWISE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_number_series_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "series", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "phrase",
        sa.Column(
            "use",
            sa.Enum(
                "call",
                "answer",
                "lead",
                name="phraseuse",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_phrase_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index(
            "uq_phrase_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_phrase_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "refund_formula",
        sa.Column(
            "given",
            sa.Enum(
                "last",
                "first",
                "shared",
                name="givenlessons",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "rounding",
            sa.Enum(
                "nearest",
                "up",
                "down",
                name="rounding",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_refund_formula_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_formula")),
    )
    with op.batch_alter_table("refund_formula", schema=None) as batch_op:
        batch_op.create_index(
            "uq_refund_formula_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_refund_formula_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "repeat_rule",
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "days > 0 AND orders > 1", name=op.f("ck_repeat_rule_several_within_days")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_repeat_rule_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repeat_rule")),
    )
    with op.batch_alter_table("repeat_rule", schema=None) as batch_op:
        batch_op.create_index(
            "uq_repeat_rule_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_repeat_rule_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("secret", BYTEWISE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_setting_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("authority_id", "code", name=op.f("uq_setting_authority_id_code")),
    )
    op.create_table(
        "violation_type",
        sa.Column("category", BYTEWISE, nullable=False),
        sa.Column("category_en", BYTEWISE, nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "minor",
                "serious",
                "grave",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "effect",
            sa.Enum(
                "rectify",
                "stop",
                "refer",
                "inform",
                "talk",
                "assign",
                "urge",
                "ban",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("legal_basis", BYTEWISE, nullable=False),
        sa.Column("measure", BYTEWISE, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_violation_type_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation_type")),
    )
    with op.batch_alter_table("violation_type", schema=None) as batch_op:
        batch_op.create_index(
            "uq_violation_type_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_violation_type_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "visit_rule",
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("exempt", sa.JSON(), nullable=False),
        sa.Column("together_days", sa.Integer(), nullable=False),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("name_en", BYTEWISE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("most IS NULL OR most > 0", name=op.f("ck_visit_rule_some_visits")),
        sa.CheckConstraint("together_days >= 0", name=op.f("ck_visit_rule_days_together")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_visit_rule_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rule")),
    )
    with op.batch_alter_table("visit_rule", schema=None) as batch_op:
        batch_op.create_index(
            "uq_visit_rule_own",
            ["authority_id", "code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_visit_rule_shipped",
            ["code"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL AND authority_id IS NULL"),
        )

    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("password_hash", BYTEWISE, nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.Column("certificate_number", BYTEWISE, nullable=True),
        sa.Column("phone", BYTEWISE, nullable=True),
        sa.Column(
            "language",
            sa.Enum(
                "zh_CN", "en", name="language", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("borrowed_from", BYTEWISE, nullable=True),
        sa.Column("borrowed_until", sa.Date(), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("password_set_by_id", sa.Integer(), nullable=True),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shortcuts_off", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_officer_small_letters")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_officer_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_officer_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["division_id"], ["division.id"], name=op.f("fk_officer_division_id")
        ),
        sa.ForeignKeyConstraint(
            ["password_set_by_id"], ["officer.id"], name=op.f("fk_officer_password_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("username", name=op.f("uq_officer_username")),
    )
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_officer_department_id"), ["department_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_officer_division_id"), ["division_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", BYTEWISE, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("part_kind", BYTEWISE, nullable=True),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("sha256", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_by_name", BYTEWISE, nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(part_kind IS NULL) = (part_id IS NULL)",
            name=op.f("ck_attachment_part_by_kind_and_id"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["officer.id"], name=op.f("fk_attachment_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_attachment_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachment_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)
        batch_op.create_index("ix_attachment_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_calendar_day_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_calendar_day_entered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(
            "uq_calendar_day_own",
            ["authority_id", "day"],
            unique=True,
            sqlite_where=sa.text("authority_id IS NOT NULL"),
            postgresql_where=sa.text("authority_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_calendar_day_shipped",
            ["day"],
            unique=True,
            sqlite_where=sa.text("authority_id IS NULL"),
            postgresql_where=sa.text("authority_id IS NULL"),
        )

    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("title", BYTEWISE, nullable=False),
        sa.Column("superior", BYTEWISE, nullable=False),
        sa.Column("document_title", BYTEWISE, nullable=False),
        sa.Column("document_number", BYTEWISE, nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("plan", BYTEWISE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "survey",
                "routine",
                "single_case",
                "campaign",
                "random_draw",
                "re_inspection",
                "joint",
                "complaint",
                "supervision",
                "guidance",
                "desk",
                name="visitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("checklist_id", sa.Integer(), nullable=True),
        sa.Column("scope", BYTEWISE, nullable=False),
        sa.Column("scope_words", BYTEWISE, nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "running",
                "closed",
                "discarded",
                name="campaignstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("returned_note", BYTEWISE, nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("conclusion", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)",
            name=op.f("ck_campaign_closed_on_if_closed"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'running', 'closed')) = (approved_by_id IS NOT NULL) AND (approved_by_id IS NULL) = (approved_on IS NULL)",
            name=op.f("ck_campaign_approved_by_if_approved"),
        ),
        sa.CheckConstraint(
            "(state IN ('running', 'closed')) = (started_on IS NOT NULL)",
            name=op.f("ck_campaign_started_on_if_begun"),
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id",
            name=op.f("ck_campaign_approved_by_another"),
        ),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_campaign_days_in_order")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["officer.id"], name=op.f("fk_campaign_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_campaign_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["campaign.id"], name=op.f("fk_campaign_based_on_id")
        ),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_campaign_checklist_id")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["officer.id"], name=op.f("fk_campaign_prepared_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint(
            "authority_id", "year", "serial", name=op.f("uq_campaign_authority_id_year_serial")
        ),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_based_on_id"), ["based_on_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_campaign_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index("ix_campaign_list", ["division_path", "state", "id"], unique=False)

    op.create_table(
        "complaint_draft",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_complaint_draft_officer_id")
        ),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_complaint_draft")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", BYTEWISE, nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_delegation_two_people")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_delegation_in_order")),
        sa.ForeignKeyConstraint(["from_id"], ["officer.id"], name=op.f("fk_delegation_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["officer.id"], name=op.f("fk_delegation_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_to_id"), ["to_id"], unique=False)

    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", BYTEWISE, nullable=False),
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
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("file_sha256", BYTEWISE, nullable=True),
        sa.Column("file_name", BYTEWISE, nullable=True),
        sa.Column("address", BYTEWISE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.Column("claimed_by", BYTEWISE, nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
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
        "institution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("informal_name", sa.Boolean(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("former_names", sa.JSON(), nullable=False),
        sa.Column("match_name", BYTEWISE, nullable=False),
        sa.Column("search_text", BYTEWISE, nullable=False),
        sa.Column("search_phone", BYTEWISE, nullable=False),
        sa.Column("sort_key", BYTEWISE, nullable=False),
        sa.Column("sort_licence", sa.Date(), nullable=False),
        sa.Column("sort_visited", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind_code", BYTEWISE, nullable=True),
        sa.Column(
            "legal_form",
            sa.Enum(
                "company",
                "non_enterprise",
                "individual",
                "unregistered",
                name="legalform",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "offline",
                "online",
                "both",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("uscc", BYTEWISE, nullable=True),
        sa.Column("responsible_person", BYTEWISE, nullable=True),
        sa.Column("legal_representative", BYTEWISE, nullable=True),
        sa.Column("principal", BYTEWISE, nullable=True),
        sa.Column("organiser", BYTEWISE, nullable=True),
        sa.Column("registered_address", BYTEWISE, nullable=True),
        sa.Column("registered_with", BYTEWISE, nullable=True),
        sa.Column("courses", BYTEWISE, nullable=True),
        sa.Column("phone", BYTEWISE, nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("platform_id", BYTEWISE, nullable=True),
        sa.Column("platform_entered_on", sa.Date(), nullable=True),
        sa.Column("fund_bank", BYTEWISE, nullable=True),
        sa.Column("fund_account", BYTEWISE, nullable=True),
        sa.Column("industry_department_id", sa.Integer(), nullable=True),
        sa.Column("department_overridden", sa.Boolean(), nullable=False),
        sa.Column("officer_in_charge_id", sa.Integer(), nullable=True),
        sa.Column("note", BYTEWISE, nullable=False),
        sa.Column("unlicensed_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "operating",
                "ordered_to_stop",
                "ending",
                "closed",
                name="institutionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ordered_to_stop_on", sa.Date(), nullable=True),
        sa.Column("ending_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "closing_kind",
            sa.Enum(
                "stopped",
                "deregistered",
                "revoked",
                "moved_away",
                "merged",
                "entered_in_error",
                name="closingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)",
            name=op.f("ck_institution_closed_on_if_closed"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_institution_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["division_id"], ["division.id"], name=op.f("fk_institution_division_id")
        ),
        sa.ForeignKeyConstraint(
            ["industry_department_id"],
            ["department.id"],
            name=op.f("fk_institution_industry_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["institution.id"], name=op.f("fk_institution_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_in_charge_id"],
            ["officer.id"],
            name=op.f("fk_institution_officer_in_charge_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
    )
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.create_index("ix_institution_by_licence", ["sort_licence", "id"], unique=False)
        batch_op.create_index("ix_institution_by_name", ["sort_key", "id"], unique=False)
        batch_op.create_index("ix_institution_by_visit", ["sort_visited", "id"], unique=False)
        batch_op.create_index(
            "ix_institution_count",
            ["division_path", "state", "withdrawn", "officer_in_charge_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_institution_department",
            ["industry_department_id", "division_path", "state", "withdrawn"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_institution_division_id"), ["division_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_institution_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            "ix_institution_kind",
            ["kind_code", "division_path", "state", "withdrawn"],
            unique=False,
        )
        batch_op.create_index("ix_institution_match", ["authority_id", "match_name"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_institution_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(
            "ix_institution_officer",
            ["officer_in_charge_id", "division_path", "state", "withdrawn"],
            unique=False,
        )
        batch_op.create_index(
            "ix_institution_state_list", ["state", "sort_key", "id"], unique=False
        )
        batch_op.create_index("ix_institution_uscc", ["authority_id", "uscc"], unique=False)
        batch_op.create_index(
            "uq_institution_uscc_live",
            ["authority_id", "uscc"],
            unique=True,
            sqlite_where=sa.text("uscc IS NOT NULL AND state <> 'closed'"),
            postgresql_where=sa.text("uscc IS NOT NULL AND state <> 'closed'"),
        )

    op.create_table(
        "ledger_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("filename", BYTEWISE, nullable=False),
        sa.Column("file_sha256", BYTEWISE, nullable=True),
        sa.Column("sheet", BYTEWISE, nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("sender", BYTEWISE, nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("contents_gone_on", sa.Date(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_ledger_check_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_ledger_check_file_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["officer.id"], name=op.f("fk_ledger_check_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_check")),
    )
    with op.batch_alter_table("ledger_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ledger_check_division_path"), ["division_path"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", BYTEWISE, nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("department_name", BYTEWISE, nullable=False),
        sa.Column("subject_kind", BYTEWISE, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "message_waiting",
                "message_released",
                "message_sent",
                "message_handed_over",
                "message_dropped",
                "message_settled",
                "message_ready",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("channel", BYTEWISE, nullable=True),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("handed_over_by_id", sa.Integer(), nullable=True),
        sa.Column("how", BYTEWISE, nullable=False),
        sa.Column("dropped_reason", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'message_dropped') = (dropped_reason <> '')",
            name=op.f("ck_message_reason_if_dropped"),
        ),
        sa.CheckConstraint(
            "(state = 'message_handed_over') = (handed_over_on IS NOT NULL) AND (handed_over_on IS NULL) = (handed_over_by_id IS NULL) AND (handed_over_on IS NULL) = (how = '')",
            name=op.f("ck_message_how_if_handed_over"),
        ),
        sa.CheckConstraint(
            "(state = 'message_sent') = (sent_at IS NOT NULL)",
            name=op.f("ck_message_sent_at_if_sent"),
        ),
        sa.CheckConstraint(
            "(state IN ('message_waiting', 'message_ready') AND released_on IS NULL) OR (state IN ('message_released', 'message_sent', 'message_handed_over') AND released_on IS NOT NULL) OR state IN ('message_dropped', 'message_settled')",
            name=op.f("ck_message_released_on_if_released"),
        ),
        sa.CheckConstraint(
            "(released_on IS NULL) = (released_by_id IS NULL) AND (released_on IS NULL) = (channel IS NULL)",
            name=op.f("ck_message_released_by_a_person_to_a_channel"),
        ),
        sa.CheckConstraint("handed_over_on >= released_on", name=op.f("ck_message_days_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_message_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_message_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["handed_over_by_id"], ["officer.id"], name=op.f("fk_message_handed_over_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["officer.id"], name=op.f("fk_message_released_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["officer.id"], name=op.f("fk_message_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "kind",
            "subject_kind",
            "subject_id",
            name=op.f("uq_message_kind_subject_kind_subject_id"),
        ),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_department_id"), ["department_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index("ix_message_list", ["division_path", "state", "id"], unique=False)

    op.create_table(
        "officer_role",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "inspector",
                "section_head",
                "hotline",
                "liaison",
                "publisher",
                "leader",
                "administrator",
                "observer",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_officer_role_officer_id")
        ),
        sa.PrimaryKeyConstraint("officer_id", "role", name=op.f("pk_officer_role")),
    )
    op.create_table(
        "officer_session",
        sa.Column("token_hash", BYTEWISE, nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", BYTEWISE, nullable=False),
        sa.Column("device", BYTEWISE, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_officer_session_officer_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_officer_session")),
    )
    with op.batch_alter_table("officer_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_officer_session_officer_id"), ["officer_id"], unique=False
        )

    op.create_table(
        "order_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("filename", BYTEWISE, nullable=False),
        sa.Column("file_sha256", BYTEWISE, nullable=True),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(begun_at IS NULL) = (begun_by_id IS NULL)", name=op.f("ck_order_list_begun_whole")
        ),
        sa.CheckConstraint(
            "finished_at IS NULL OR begun_at IS NOT NULL", name=op.f("ck_order_list_begun_first")
        ),
        sa.CheckConstraint(
            "finished_at IS NULL OR file_sha256 IS NULL", name=op.f("ck_order_list_file_goes")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_order_list_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"], ["officer.id"], name=op.f("fk_order_list_begun_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_order_list_file_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["officer.id"], name=op.f("fk_order_list_sent_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_list")),
    )
    with op.batch_alter_table("order_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_order_list_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index("ix_order_list_latest", ["authority_id", "id"], unique=False)

    op.create_table(
        "pending_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("stranger", BYTEWISE, nullable=True),
        sa.Column("place", BYTEWISE, nullable=False),
        sa.Column("sha256", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(officer_id IS NULL) <> (stranger IS NULL)", name=op.f("ck_pending_file_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_pending_file_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_pending_file_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_file")),
        sa.UniqueConstraint(
            "officer_id", "place", "sha256", name=op.f("uq_pending_file_officer_id_place_sha256")
        ),
        sa.UniqueConstraint(
            "stranger", "place", "sha256", name=op.f("uq_pending_file_stranger_place_sha256")
        ),
    )
    with op.batch_alter_table("pending_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_file_sent_at"), ["sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("kind", BYTEWISE, nullable=False),
        sa.Column("title", BYTEWISE, nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("statuses", sa.JSON(), nullable=False),
        sa.Column("basis", BYTEWISE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                "withdrawn",
                "superseded",
                "discarded",
                name="publicationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("correction", BYTEWISE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("returned_note", BYTEWISE, nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state IN ('withdrawn', 'superseded', 'discarded')) = (ended_on IS NOT NULL)",
            name=op.f("ck_publication_ended_on_if_ended"),
        ),
        sa.CheckConstraint(
            "state = 'discarded' OR (state = 'draft') = (submitted_on IS NULL)",
            name=op.f("ck_publication_submitted_on_if_submitted"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'submitted', 'discarded') OR published_on IS NULL",
            name=op.f("ck_publication_no_batch_before"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('published', 'withdrawn', 'superseded') OR (batch IS NOT NULL AND published_on IS NOT NULL)",
            name=op.f("ck_publication_batch_if_published"),
        ),
        sa.CheckConstraint(
            "(published_on IS NULL) = (batch IS NULL) AND (published_on IS NULL) = (year IS NULL) AND (published_on IS NULL) = (approved_by_id IS NULL)",
            name=op.f("ck_publication_batch_by_approval"),
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id",
            name=op.f("ck_publication_approved_by_another"),
        ),
        sa.CheckConstraint(
            "published_on >= submitted_on AND ended_on >= published_on",
            name=op.f("ck_publication_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["officer.id"], name=op.f("fk_publication_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_publication_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["officer.id"], name=op.f("fk_publication_prepared_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint(
            "authority_id",
            "kind",
            "year",
            "batch",
            name=op.f("uq_publication_authority_id_kind_year_batch"),
        ),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            "ix_publication_public", ["state", "published_on", "id"], unique=False
        )
        batch_op.create_index(
            "uq_publication_prepared",
            ["authority_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'submitted')"),
            postgresql_where=sa.text("state IN ('draft', 'submitted')"),
        )
        batch_op.create_index(
            "uq_publication_standing",
            ["authority_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "rights_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "confirmed",
                "refused",
                "withdrawn",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", BYTEWISE, nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "coalesce(decision, '') <> 'confirmed' OR (decided_by_id <> proposed_by_id AND decided_by_id <> officer_id)",
            name=op.f("ck_rights_proposal_confirmed_by_a_second_person"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_by_id IS NULL) AND (decided_by_id IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_rights_proposal_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "proposed_by_id <> officer_id", name=op.f("ck_rights_proposal_not_for_oneself")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officer.id"], name=op.f("fk_rights_proposal_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_rights_proposal_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["officer.id"], name=op.f("fk_rights_proposal_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_proposal")),
    )
    with op.batch_alter_table("rights_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rights_proposal_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rights_proposal_officer_id"), ["officer_id"], unique=False
        )
        batch_op.create_index(
            "uq_rights_proposal_waiting",
            ["officer_id"],
            unique=True,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )

    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("listing", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("query", BYTEWISE, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_saved_filter_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint(
            "officer_id", "listing", "name", name=op.f("uq_saved_filter_officer_id_listing_name")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("saved_filter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_filter_division_path"), ["division_path"], unique=False
        )

    op.create_table(
        "campaign_department",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_department_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_campaign_department_department_id")
        ),
        sa.PrimaryKeyConstraint(
            "campaign_id", "department_id", name=op.f("pk_campaign_department")
        ),
    )
    op.create_table(
        "campaign_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "reporter_kind",
            sa.Enum(
                "township",
                "department",
                "school",
                name="reporterkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reporter", BYTEWISE, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "owed",
                "reported",
                "zero",
                "returned",
                "waived",
                name="reportstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_by_name", BYTEWISE, nullable=False),
        sa.Column("content", BYTEWISE, nullable=False),
        sa.Column("returned_note", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "state <> 'returned' OR returned_note <> ''",
            name=op.f("ck_campaign_report_why_if_returned"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('reported', 'zero', 'returned') OR reported_on IS NOT NULL",
            name=op.f("ck_campaign_report_reported_on_if_reported"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_report_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_report")),
        sa.UniqueConstraint(
            "campaign_id",
            "reporter_kind",
            "reporter",
            "due_on",
            name=op.f("uq_campaign_report_campaign_id_reporter_kind_reporter_due_on"),
        ),
    )
    with op.batch_alter_table("campaign_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_report_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            "ix_campaign_report_list", ["campaign_id", "due_on", "id"], unique=False
        )

    op.create_table(
        "campaign_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", BYTEWISE, nullable=True),
        sa.Column("sort_key", BYTEWISE, nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column(
            "origin",
            sa.Enum(
                "frozen",
                "added",
                "proposed",
                name="targetorigin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("came_in_on", sa.Date(), nullable=False),
        sa.Column("came_in_because", BYTEWISE, nullable=False),
        sa.Column("taken_out_on", sa.Date(), nullable=True),
        sa.Column("taken_out_because", BYTEWISE, nullable=False),
        sa.Column("exempt_on", sa.Date(), nullable=True),
        sa.Column("exempt_because", BYTEWISE, nullable=False),
        sa.Column("open_because", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(exempt_on IS NULL) = (exempt_because = '')",
            name=op.f("ck_campaign_target_why_if_exempt"),
        ),
        sa.CheckConstraint(
            "(taken_out_on IS NULL) = (taken_out_because = '')",
            name=op.f("ck_campaign_target_why_if_taken_out"),
        ),
        sa.CheckConstraint(
            "origin = 'frozen' OR came_in_because <> ''",
            name=op.f("ck_campaign_target_why_if_later"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_target_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_campaign_target_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_campaign_target_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["township_id"], ["division.id"], name=op.f("fk_campaign_target_township_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_target")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("campaign_target", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_target_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_campaign_target_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            "ix_campaign_target_list", ["campaign_id", "sort_key", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_campaign_target_officer_id"), ["officer_id"], unique=False
        )
        batch_op.create_index(
            "uq_campaign_target_standing",
            ["campaign_id", "institution_id"],
            unique=True,
            sqlite_where=sa.text("taken_out_on IS NULL"),
            postgresql_where=sa.text("taken_out_on IS NULL"),
        )

    op.create_table(
        "closing_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("summary", BYTEWISE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="eventstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("conclusion", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)",
            name=op.f("ck_closing_event_closed_on_if_closed"),
        ),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_closing_event_days_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_closing_event_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_closing_event_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["officer.id"], name=op.f("fk_closing_event_opened_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_event")),
        sa.UniqueConstraint(
            "authority_id", "year", "serial", name=op.f("uq_closing_event_authority_id_year_serial")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_closing_event_code")),
    )
    with op.batch_alter_table("closing_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_closing_event_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_closing_event_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            "ix_closing_event_list", ["division_path", "state", "id"], unique=False
        )
        batch_op.create_index(
            "uq_closing_event_open",
            ["institution_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("tracking_code", BYTEWISE, nullable=False),
        sa.Column("tracking_hash", BYTEWISE, nullable=True),
        sa.Column("form_mark", BYTEWISE, nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "web",
                "centre",
                "letter",
                "visit",
                "email",
                "school",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "inquiry",
                "help",
                "complaint",
                "report",
                "petition",
                name="complaintkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("place", BYTEWISE, nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("violation_code", BYTEWISE, nullable=True),
        sa.Column("words", BYTEWISE, nullable=False),
        sa.Column("happened", BYTEWISE, nullable=False),
        sa.Column("wanted", BYTEWISE, nullable=False),
        sa.Column("account", BYTEWISE, nullable=False),
        sa.Column("outside_number", BYTEWISE, nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "accepted",
                "assigned",
                "objected",
                "submitted",
                "answered",
                "closed",
                "declined",
                "merged",
                name="complaintstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sort_due", sa.Date(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column("objection_ground", BYTEWISE, nullable=True),
        sa.Column("objection_department_id", sa.Integer(), nullable=True),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("objection_decided_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.Column("declined_words", BYTEWISE, nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("platform_on", sa.Date(), nullable=True),
        sa.Column("contact_gone_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_complaint_closed_on")
        ),
        sa.CheckConstraint(
            "(state = 'declined') = (declined_on IS NOT NULL)",
            name=op.f("ck_complaint_declined_on"),
        ),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL) AND merged_into_id <> id",
            name=op.f("ck_complaint_merged_into_another"),
        ),
        sa.CheckConstraint(
            "(state IN ('answered', 'closed')) = (answered_on IS NOT NULL)",
            name=op.f("ck_complaint_answered_on_if_answered"),
        ),
        sa.CheckConstraint(
            "institution_id IS NOT NULL OR place <> ''", name=op.f("ck_complaint_somewhere")
        ),
        sa.CheckConstraint(
            "state <> 'objected' OR objection_ground IS NOT NULL",
            name=op.f("ck_complaint_ground_if_objected"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('assigned', 'objected', 'submitted') OR (department_id IS NOT NULL AND assigned_on IS NOT NULL)",
            name=op.f("ck_complaint_owned_when_handled"),
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_complaint_something_said")),
        sa.CheckConstraint(
            "(department_id IS NULL) = (assigned_on IS NULL) AND (assigned_on IS NULL) = (assigned_by_id IS NULL)",
            name=op.f("ck_complaint_assigned_whole"),
        ),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_complaint_position_whole")
        ),
        sa.CheckConstraint(
            "NOT (reachable AND contact_gone_on IS NOT NULL)",
            name=op.f("ck_complaint_gone_is_gone"),
        ),
        sa.CheckConstraint(
            "accepted_on >= received_on AND assigned_on >= received_on AND answered_on >= received_on AND closed_on >= answered_on",
            name=op.f("ck_complaint_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["officer.id"], name=op.f("fk_complaint_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by_id"], ["officer.id"], name=op.f("fk_complaint_assigned_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_complaint_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_complaint_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["division_id"], ["division.id"], name=op.f("fk_complaint_division_id")
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["officer.id"], name=op.f("fk_complaint_handler_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_complaint_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["complaint.id"], name=op.f("fk_complaint_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["objection_department_id"],
            ["department.id"],
            name=op.f("fk_complaint_objection_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["officer.id"], name=op.f("fk_complaint_received_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint(
            "authority_id", "year", "serial", name=op.f("uq_complaint_authority_id_year_serial")
        ),
        sa.UniqueConstraint("form_mark", name=op.f("uq_complaint_form_mark")),
        sa.UniqueConstraint("tracking_code", name=op.f("uq_complaint_tracking_code")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(
            "ix_complaint_department", ["department_id", "state", "sort_due", "id"], unique=False
        )
        batch_op.create_index(
            "ix_complaint_described",
            ["authority_id", "place", "received_on"],
            unique=False,
            sqlite_where=sa.text("institution_id IS NULL"),
            postgresql_where=sa.text("institution_id IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            "ix_complaint_list", ["state", "division_path", "sort_due", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index("ix_complaint_place", ["institution_id", "state", "id"], unique=False)
        batch_op.create_index(
            "ix_complaint_received", ["division_path", "received_on", "id"], unique=False
        )
        batch_op.create_index(
            "uq_complaint_outside_number",
            ["authority_id", "outside_number"],
            unique=True,
            sqlite_where=sa.text("outside_number IS NOT NULL"),
            postgresql_where=sa.text("outside_number IS NOT NULL"),
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
        sa.Column("from_kind_code", BYTEWISE, nullable=True),
        sa.Column("to_kind_code", BYTEWISE, nullable=True),
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
        sa.Column("document", BYTEWISE, nullable=False),
        sa.Column("note", BYTEWISE, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("division_path", BYTEWISE, nullable=False),
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
        "field_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("sha256", BYTEWISE, nullable=False),
        sa.Column("view_sha256", BYTEWISE, nullable=False),
        sa.Column("name", BYTEWISE, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("camera_sha256", BYTEWISE, nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_field_photo_both_or_none")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_field_photo_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_field_photo_officer_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_field_photo_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["view_sha256"], ["stored_file.sha256"], name=op.f("fk_field_photo_view_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_photo")),
        sa.UniqueConstraint("officer_id", "sha256", name=op.f("uq_field_photo_officer_id_sha256")),
    )
    with op.batch_alter_table("field_photo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_field_photo_attachment_id"), ["attachment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_field_photo_received_at"), ["received_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_field_photo_sha256"), ["sha256"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_field_photo_view_sha256"), ["view_sha256"], unique=False
        )

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("filename", BYTEWISE, nullable=False),
        sa.Column("file_sha256", BYTEWISE, nullable=True),
        sa.Column("sheet", BYTEWISE, nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("sender", BYTEWISE, nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column(
            "datum",
            sa.Enum(
                "wgs84",
                "gcj02",
                "bd09",
                name="datum",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("tallies", sa.JSON(), nullable=False),
        sa.Column("errand_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "uploaded",
                "reading",
                "previewed",
                "writing",
                "confirmed",
                "undoing",
                "undone",
                "discarded_import",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("unknown_columns", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("contents_gone_on", sa.Date(), nullable=True),
        sa.Column("left_counts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_import_batch_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["officer.id"], name=op.f("fk_import_batch_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["division_id"], ["division.id"], name=op.f("fk_import_batch_division_id")
        ),
        sa.ForeignKeyConstraint(
            ["errand_id"], ["errand.id"], name=op.f("fk_import_batch_errand_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_import_batch_file_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["officer.id"], name=op.f("fk_import_batch_undone_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["officer.id"], name=op.f("fk_import_batch_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batch_division_path"), ["division_path"], unique=False
        )

    op.create_table(
        "institution_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("reason", BYTEWISE, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
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
        "joint_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column(
            "trigger",
            sa.Enum(
                "overdue",
                "still_violating",
                "unlicensed",
                name="trigger",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", BYTEWISE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "convened",
                "concluded",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_by", BYTEWISE, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_document", BYTEWISE, nullable=True),
        sa.Column("convened_on", sa.Date(), nullable=True),
        sa.Column("convened_by_id", sa.Integer(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("conclusion", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'concluded') = (concluded_on IS NOT NULL)",
            name=op.f("ck_joint_case_concluded_on_if_concluded"),
        ),
        sa.CheckConstraint(
            "state <> 'convened' OR (decided_by IS NOT NULL AND decided_on IS NOT NULL)",
            name=op.f("ck_joint_case_decided_if_convened"),
        ),
        sa.CheckConstraint(
            "state = 'concluded' OR (state = 'convened') = (convened_on IS NOT NULL)",
            name=op.f("ck_joint_case_convened_on_if_convened"),
        ),
        sa.CheckConstraint(
            "(convened_on IS NULL) = (convened_by_id IS NULL) AND (convened_on IS NULL) = (decided_on IS NULL) AND (convened_on IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_joint_case_convened_by_a_person"),
        ),
        sa.CheckConstraint(
            "convened_on >= raised_on AND convened_on >= decided_on AND concluded_on >= raised_on AND concluded_on >= convened_on",
            name=op.f("ck_joint_case_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_joint_case_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["convened_by_id"], ["officer.id"], name=op.f("fk_joint_case_convened_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_joint_case_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["officer.id"], name=op.f("fk_joint_case_raised_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_case")),
        sa.UniqueConstraint(
            "authority_id", "year", "serial", name=op.f("uq_joint_case_authority_id_year_serial")
        ),
    )
    with op.batch_alter_table("joint_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_joint_case_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_joint_case_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_joint_case_list", ["division_path", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_joint_case_live",
            ["institution_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'concluded'"),
            postgresql_where=sa.text("state <> 'concluded'"),
        )

    op.create_table(
        "licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "school",
                "training",
                "business",
                "non_enterprise_certificate",
                "food",
                "fire",
                "other",
                name="licencetype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", BYTEWISE, nullable=True),
        sa.Column("issuer", BYTEWISE, nullable=True),
        sa.Column("scope", BYTEWISE, nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "ended_by",
            sa.Enum(
                "licence.renewed",
                "licence.changed",
                "licence.annual_check",
                "licence.suspended",
                "licence.resumed",
                "licence.revoked",
                "licence.cancelled",
                name="licenceeventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("exception_reason", BYTEWISE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_licence_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("licence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_licence_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_licence_number", ["number"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum(
                "rectify",
                "stop",
                "refer",
                "inform",
                "talk",
                "assign",
                "urge",
                "ban",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "served",
                "withdrawn",
                "revoked",
                name="noticestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "recipient",
            sa.Enum(
                "institution",
                "organiser",
                "landlord",
                name="recipient",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient_name", BYTEWISE, nullable=False),
        sa.Column("recipient_address", BYTEWISE, nullable=False),
        sa.Column("recipient_person", BYTEWISE, nullable=False),
        sa.Column("facts", BYTEWISE, nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("consequence", BYTEWISE, nullable=False),
        sa.Column("remedies", BYTEWISE, nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("returned_note", BYTEWISE, nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("series", BYTEWISE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("number", BYTEWISE, nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("content_hash", BYTEWISE, nullable=True),
        sa.Column("service_due_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", BYTEWISE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state IN ('served', 'revoked')) = (served_on IS NOT NULL)",
            name=op.f("ck_notice_served_on_if_served"),
        ),
        sa.CheckConstraint(
            "(state IN ('withdrawn', 'revoked')) = (ended_on IS NOT NULL) AND (ended_on IS NULL) = (ended_reason = '')",
            name=op.f("ck_notice_ended_if_ended"),
        ),
        sa.CheckConstraint(
            "state = 'withdrawn' OR (state = 'draft') = (submitted_on IS NULL)",
            name=op.f("ck_notice_submitted_on_if_submitted"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'served', 'revoked') OR serial IS NOT NULL",
            name=op.f("ck_notice_number_if_approved"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'submitted') OR serial IS NULL",
            name=op.f("ck_notice_no_number_before"),
        ),
        sa.CheckConstraint(
            "(serial IS NULL) = (approved_on IS NULL) AND (serial IS NULL) = (approved_by_id IS NULL) AND (serial IS NULL) = (service_due_on IS NULL) AND (serial IS NULL) = (number IS NULL)",
            name=op.f("ck_notice_number_by_approval"),
        ),
        sa.CheckConstraint(
            "(year IS NULL) = (serial IS NULL) AND (year IS NULL) = (content_hash IS NULL)",
            name=op.f("ck_notice_number_and_content_together"),
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> drafted_by_id",
            name=op.f("ck_notice_approved_by_another"),
        ),
        sa.CheckConstraint(
            "submitted_on >= drafted_on AND approved_on >= submitted_on AND served_on >= approved_on AND ended_on >= drafted_on AND ended_on >= served_on",
            name=op.f("ck_notice_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["officer.id"], name=op.f("fk_notice_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_notice_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["officer.id"], name=op.f("fk_notice_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_notice_institution_id")
        ),
        sa.ForeignKeyConstraint(["type_id"], ["notice_type.id"], name=op.f("fk_notice_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "authority_id",
            "series",
            "year",
            "serial",
            name=op.f("uq_notice_authority_id_series_year_serial"),
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_notice_drafted_by_id"), ["drafted_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_notice_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_notice_list", ["division_path", "state", "id"], unique=False)

    op.create_table(
        "public_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject_kind", BYTEWISE, nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("removed_reason", BYTEWISE, nullable=False),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("status", BYTEWISE, nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("search_text", BYTEWISE, nullable=False),
        sa.Column("township", BYTEWISE, nullable=False),
        sa.Column("sort_key", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "included OR (removed_reason <> '' AND removed_on IS NOT NULL)",
            name=op.f("ck_public_entry_removed_with_reason"),
        ),
        sa.CheckConstraint(
            "(subject_kind IS NULL) = (subject_id IS NULL)",
            name=op.f("ck_public_entry_subject_kind_and_key"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_public_entry_publication_id")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["officer.id"], name=op.f("fk_public_entry_removed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_entry")),
        sa.UniqueConstraint(
            "publication_id",
            "subject_kind",
            "subject_id",
            name=op.f("uq_public_entry_publication_id_subject_kind_subject_id"),
        ),
    )
    with op.batch_alter_table("public_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_public_entry_list", ["publication_id", "included", "sort_key", "id"], unique=False
        )
        batch_op.create_index(
            "ix_public_entry_subject", ["subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("address", BYTEWISE, nullable=False),
        sa.Column(
            "premises",
            sa.Enum(
                "shop",
                "office",
                "dwelling",
                "other",
                name="premises",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "tenure",
            sa.Enum(
                "owned",
                "rented",
                "lent",
                name="tenure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("landlord", BYTEWISE, nullable=True),
        sa.Column("lease_until", sa.Date(), nullable=True),
        sa.Column("area", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column(
            "position_source",
            sa.Enum(
                "device",
                "typed",
                "imported",
                "pinned",
                "geocoded",
                name="positionsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("position_accuracy", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_venue_both_or_none")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_venue_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_venue_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_venue_position", ["latitude", "longitude"], unique=False)
        batch_op.create_index(
            "uq_venue_main",
            ["institution_id"],
            unique=True,
            sqlite_where=sa.text("main AND ended_on IS NULL"),
            postgresql_where=sa.text("main AND ended_on IS NULL"),
        )

    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "survey",
                "routine",
                "single_case",
                "campaign",
                "random_draw",
                "re_inspection",
                "joint",
                "complaint",
                "supervision",
                "guidance",
                "desk",
                name="visitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", BYTEWISE, nullable=False),
        sa.Column(
            "approval",
            sa.Enum(
                "approved",
                "to_follow",
                "not_needed",
                "unstated",
                name="approval",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("approved_by_name", BYTEWISE, nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("outside_number", BYTEWISE, nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("client_key", BYTEWISE, nullable=True),
        sa.Column("helpers", BYTEWISE, nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("position_accuracy", sa.Integer(), nullable=True),
        sa.Column(
            "position_source",
            sa.Enum(
                "device",
                "typed",
                "imported",
                "pinned",
                "geocoded",
                name="positionsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("checklist_id", sa.Integer(), nullable=True),
        sa.Column("representative", BYTEWISE, nullable=True),
        sa.Column("representative_role", BYTEWISE, nullable=True),
        sa.Column("statement", BYTEWISE, nullable=False),
        sa.Column("minutes", BYTEWISE, nullable=False),
        sa.Column("unanswered_reason", BYTEWISE, nullable=True),
        sa.Column(
            "not_possible",
            sa.Enum(
                "closed_door",
                "refused_entry",
                "moved_out",
                name="notpossible",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "under_way",
                "done",
                "not_possible",
                name="visitstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'not_possible') = (not_possible IS NOT NULL)",
            name=op.f("ck_visit_why_if_not_possible"),
        ),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_visit_both_or_none")
        ),
        sa.CheckConstraint("ended_at >= happened_at", name=op.f("ck_visit_ended_after_begun")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_visit_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_visit_checklist_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_visit_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_visit_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint(
            "authority_id", "client_key", name=op.f("uq_visit_authority_id_client_key")
        ),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_division_path"), ["division_path"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_visit_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_visit_list", ["division_path", "happened_at", "id"], unique=False)

    op.create_table(
        "account_balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.CheckConstraint("fen >= 0", name=op.f("ck_account_balance_fen_not_negative")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_account_balance_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["closing_event.id"], name=op.f("fk_account_balance_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_balance")),
    )
    with op.batch_alter_table("account_balance", schema=None) as batch_op:
        batch_op.create_index("ix_account_balance_event", ["event_id", "as_of", "id"], unique=False)

    op.create_table(
        "campaign_visit",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["officer.id"], name=op.f("fk_campaign_visit_lead_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["campaign_target.id"], name=op.f("fk_campaign_visit_target_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_campaign_visit_visit_id")
        ),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_campaign_visit")),
    )
    with op.batch_alter_table("campaign_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_visit_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_campaign_visit_target_id"), ["target_id"], unique=False
        )

    op.create_table(
        "complaint_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "truth",
            sa.Enum(
                "true",
                "partly",
                "not",
                "not_examined",
                name="truth",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reasons", BYTEWISE, nullable=False),
        sa.Column("words", BYTEWISE, nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("returned", BYTEWISE, nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_complaint_answer_says_something")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["officer.id"], name=op.f("fk_complaint_answer_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_answer_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["officer.id"], name=op.f("fk_complaint_answer_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_answer")),
    )
    with op.batch_alter_table("complaint_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_answer_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_mark", BYTEWISE, nullable=True),
        sa.Column("reach", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_contact_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_contact")),
        sa.UniqueConstraint("complaint_id", name=op.f("uq_complaint_contact_complaint_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("complaint_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_contact_phone_mark"), ["phone_mark"], unique=False
        )

    op.create_table(
        "complaint_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("words", BYTEWISE, nullable=False),
        sa.Column("happened", BYTEWISE, nullable=False),
        sa.Column("wanted", BYTEWISE, nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("corrected_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_complaint_correction_something_said")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_correction_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by_id"],
            ["officer.id"],
            name=op.f("fk_complaint_correction_corrected_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_correction")),
    )
    with op.batch_alter_table("complaint_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_correction_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_helper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_helper_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_complaint_helper_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_helper")),
        sa.UniqueConstraint(
            "complaint_id",
            "department_id",
            name=op.f("uq_complaint_helper_complaint_id_department_id"),
        ),
    )
    with op.batch_alter_table("complaint_helper", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_helper_department_id"), ["department_id"], unique=False
        )

    op.create_table(
        "complaint_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "accept",
                "answer",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum(
                "working_days",
                "calendar_days",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "county",
                "order",
                "extension",
                "redone",
                "merged",
                name="limitbasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(length IS NULL) = (unit IS NULL)", name=op.f("ck_complaint_limit_period_whole")
        ),
        sa.CheckConstraint(
            "due_on >= starts_on", name=op.f("ck_complaint_limit_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_limit_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["officer.id"], name=op.f("fk_complaint_limit_given_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_limit")),
    )
    with op.batch_alter_table("complaint_limit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_limit_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("question", BYTEWISE, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("reply", BYTEWISE, nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(replied_at IS NULL) = (reply = '')", name=op.f("ck_complaint_question_replied_whole")
        ),
        sa.CheckConstraint("question <> ''", name=op.f("ck_complaint_question_asks_something")),
        sa.CheckConstraint(
            "(read_on IS NULL) = (read_by_id IS NULL) AND (read_on IS NULL OR replied_at IS NOT NULL)",
            name=op.f("ck_complaint_question_read_after_the_reply"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["officer.id"], name=op.f("fk_complaint_question_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_question_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["officer.id"], name=op.f("fk_complaint_question_read_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_question")),
    )
    with op.batch_alter_table("complaint_question", schema=None) as batch_op:
        batch_op.create_index(
            "ix_complaint_question_unread", ["complaint_id", "read_on", "replied_at"], unique=False
        )
        batch_op.create_index(
            "uq_complaint_question_open",
            ["complaint_id"],
            unique=True,
            sqlite_where=sa.text("replied_at IS NULL"),
            postgresql_where=sa.text("replied_at IS NULL"),
        )

    op.create_table(
        "complaint_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extension",
                "return",
                name="requestkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("ground", BYTEWISE, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "granted",
                "refused",
                name="requestresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("words", BYTEWISE, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(granted_until IS NOT NULL) = (kind = 'extension' AND result IS NOT NULL AND result = 'granted')",
            name=op.f("ck_complaint_request_until_a_day"),
        ),
        sa.CheckConstraint(
            "(kind = 'extension') = (wanted_on IS NOT NULL)",
            name=op.f("ck_complaint_request_wants_a_day"),
        ),
        sa.CheckConstraint("ground <> ''", name=op.f("ck_complaint_request_says_why")),
        sa.CheckConstraint(
            "(result IS NULL) = (decided_on IS NULL) AND (result IS NULL) = (entered_by_id IS NULL)",
            name=op.f("ck_complaint_request_decided_whole"),
        ),
        sa.CheckConstraint(
            "decided_on >= asked_on", name=op.f("ck_complaint_request_decided_after")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["officer.id"], name=op.f("fk_complaint_request_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_request_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_complaint_request_entered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_request")),
    )
    with op.batch_alter_table("complaint_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_request_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(
            "uq_complaint_request_open",
            ["complaint_id"],
            unique=True,
            sqlite_where=sa.text("result IS NULL"),
            postgresql_where=sa.text("result IS NULL"),
        )

    op.create_table(
        "complaint_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_visit_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_complaint_visit_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_visit")),
        sa.UniqueConstraint(
            "complaint_id", "visit_id", name=op.f("uq_complaint_visit_complaint_id_visit_id")
        ),
    )
    with op.batch_alter_table("complaint_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_visit_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "field_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("key", BYTEWISE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "start",
                "position",
                "answer",
                "problem",
                "photo",
                "team",
                "finish",
                "not_possible",
                name="actkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", BYTEWISE, nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("phone_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_field_act_officer_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_field_act_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_act")),
        sa.UniqueConstraint("officer_id", "key", name=op.f("uq_field_act_officer_id_key")),
    )
    with op.batch_alter_table("field_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_field_act_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("source_kind", BYTEWISE, nullable=False),
        sa.Column("source_key", sa.Integer(), nullable=True),
        sa.Column(
            "visit_id",
            sa.Integer(),
            sa.Computed("CASE WHEN source_kind = 'visit' THEN source_key END", persisted=True),
            nullable=True,
        ),
        sa.Column("checklist_item_code", BYTEWISE, nullable=True),
        sa.Column("client_key", BYTEWISE, nullable=True),
        sa.Column("violation_type_id", sa.Integer(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "minor",
                "serious",
                "grave",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", BYTEWISE, nullable=False),
        sa.Column("facts", BYTEWISE, nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "registered",
                "fixed_on_spot",
                "set_aside",
                name="findingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_note", BYTEWISE, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_by_id IS NULL)",
            name=op.f("ck_finding_decided_by_if_decided"),
        ),
        sa.CheckConstraint(
            "source_kind <> 'visit' OR source_key IS NOT NULL", name=op.f("ck_finding_which_visit")
        ),
        sa.CheckConstraint(
            "state <> 'set_aside' OR decided_note <> ''",
            name=op.f("ck_finding_set_aside_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_finding_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officer.id"], name=op.f("fk_finding_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_finding_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_finding_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["violation_type_id"], ["violation_type.id"], name=op.f("fk_finding_violation_type_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_finding_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint(
            "authority_id", "client_key", name=op.f("uq_finding_authority_id_client_key")
        ),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finding_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_finding_state", ["state", "division_path", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "new",
                "changed",
                "unchanged",
                "possible_duplicate",
                "rejected",
                "skipped",
                name="rowoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("cleaned", sa.JSON(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("marks", BYTEWISE, nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "same",
                "different",
                "skip",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("chosen_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=False),
        sa.Column("left_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_id"], ["institution.id"], name=op.f("fk_import_row_chosen_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officer.id"], name=op.f("fk_import_row_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_import_row_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_row_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(
            "ix_import_row_outcome", ["batch_id", "outcome", "number"], unique=False
        )
        batch_op.create_index(
            "ix_import_row_written", ["batch_id", "written", "number"], unique=False
        )

    op.create_table(
        "joint_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("asked", BYTEWISE, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "asked",
                "accepted",
                "done",
                "returned",
                "redirected",
                "cancelled",
                name="taskstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("return_ground", BYTEWISE, nullable=True),
        sa.Column("return_department_id", sa.Integer(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("insisted_on", sa.Date(), nullable=True),
        sa.Column("result", BYTEWISE, nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (reported_on IS NOT NULL) AND (reported_on IS NULL) = (reported_by_id IS NULL) AND (reported_on IS NULL) = (result = '')",
            name=op.f("ck_joint_task_result_if_done"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR (return_ground IS NOT NULL AND return_department_id IS NOT NULL)",
            name=op.f("ck_joint_task_ground_if_returned"),
        ),
        sa.CheckConstraint(
            "state = 'cancelled' OR (state = 'drafted') = (released_on IS NULL)",
            name=op.f("ck_joint_task_released_on_if_released"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'done') OR accepted_on IS NOT NULL",
            name=op.f("ck_joint_task_accepted_on_if_accepted"),
        ),
        sa.CheckConstraint(
            "(accepted_on IS NULL) = (accepted_by_id IS NULL)",
            name=op.f("ck_joint_task_accepted_on_and_by"),
        ),
        sa.CheckConstraint(
            "accepted_on >= released_on AND reported_on >= accepted_on AND returned_on >= released_on AND insisted_on >= returned_on",
            name=op.f("ck_joint_task_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["officer.id"], name=op.f("fk_joint_task_accepted_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["joint_case.id"], name=op.f("fk_joint_task_case_id")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_joint_task_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["joint_task.id"], name=op.f("fk_joint_task_replaces_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["officer.id"], name=op.f("fk_joint_task_reported_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["return_department_id"],
            ["department.id"],
            name=op.f("fk_joint_task_return_department_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_task")),
    )
    with op.batch_alter_table("joint_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joint_task_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_joint_task_department", ["department_id", "state", "due_on", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_joint_task_division_path"), ["division_path"], unique=False
        )

    op.create_table(
        "lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "covert",
                "township",
                "grid",
                "school",
                "platform",
                "department",
                "call",
                name="leadsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("place", BYTEWISE, nullable=False),
        sa.Column("address", BYTEWISE, nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("position_accuracy", sa.Integer(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("facts", BYTEWISE, nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "followed",
                "handed_on",
                "set_aside",
                name="leadstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("handed_to_id", sa.Integer(), nullable=True),
        sa.Column("decided_note", BYTEWISE, nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(state = 'followed') = (visit_id IS NOT NULL)", name=op.f("ck_lead_visit_if_followed")
        ),
        sa.CheckConstraint(
            "(state = 'handed_on') = (handed_to_id IS NOT NULL)",
            name=op.f("ck_lead_department_if_handed_on"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (decided_on IS NULL)", name=op.f("ck_lead_day_if_decided")
        ),
        sa.CheckConstraint(
            "institution_id IS NOT NULL OR place <> ''", name=op.f("ck_lead_some_place")
        ),
        sa.CheckConstraint(
            "state <> 'set_aside' OR decided_note <> ''", name=op.f("ck_lead_set_aside_with_reason")
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_lead_decided_whole")
        ),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_lead_both_or_none")
        ),
        sa.CheckConstraint("seen_on <= entered_on", name=op.f("ck_lead_days_in_order")),
        sa.CheckConstraint(
            "visit_id IS NULL OR institution_id IS NOT NULL", name=op.f("ck_lead_visited_place")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_lead_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officer.id"], name=op.f("fk_lead_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_lead_department_id")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_lead_division_id")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_lead_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["handed_to_id"], ["department.id"], name=op.f("fk_lead_handed_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_lead_institution_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_lead_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint(
            "authority_id", "year", "serial", name=op.f("uq_lead_authority_id_year_serial")
        ),
    )
    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.create_index("ix_lead_department", ["department_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_division_id"), ["division_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_division_path"), ["division_path"], unique=False)
        batch_op.create_index("ix_lead_handed_to", ["handed_to_id", "state", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_lead_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_lead_list", ["division_path", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lead_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "licence_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("licence_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "licence.renewed",
                "licence.changed",
                "licence.annual_check",
                "licence.suspended",
                "licence.resumed",
                "licence.revoked",
                "licence.cancelled",
                name="licenceeventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "excellent",
                "passed",
                "basically_passed",
                "failed",
                "absent",
                name="annualgrade",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("previous_until", sa.Date(), nullable=True),
        sa.Column("note", BYTEWISE, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_licence_event_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["licence_id"], ["licence.id"], name=op.f("fk_licence_event_licence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_event")),
    )
    with op.batch_alter_table("licence_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_licence_event_licence_id"), ["licence_id"], unique=False
        )

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
        sa.Column("division_path", BYTEWISE, nullable=False),
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

    op.create_table(
        "refund_announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", BYTEWISE, nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("announced_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "withdrawn_on >= announced_on",
            name=op.f("ck_refund_announcement_withdrawn_after_announced"),
        ),
        sa.ForeignKeyConstraint(
            ["announced_by_id"], ["officer.id"], name=op.f("fk_refund_announcement_announced_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["closing_event.id"], name=op.f("fk_refund_announcement_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_announcement")),
    )
    with op.batch_alter_table("refund_announcement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_refund_announcement_event_id"), ["event_id"], unique=False
        )

    op.create_table(
        "reward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", BYTEWISE, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "paid",
                "refused",
                "withdrawn",
                name="rewardstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(approved_on IS NOT NULL) = (state IN ('approved', 'paid', 'withdrawn'))",
            name=op.f("ck_reward_approved_if_claimable"),
        ),
        sa.CheckConstraint(
            "(paid_on IS NOT NULL) = (state = 'paid')", name=op.f("ck_reward_paid_on_if_paid")
        ),
        sa.CheckConstraint(
            "(approved_on IS NULL) = (approved_by_id IS NULL)",
            name=op.f("ck_reward_approved_whole"),
        ),
        sa.CheckConstraint(
            "(paid_on IS NULL) = (paid_by_id IS NULL)", name=op.f("ck_reward_paid_whole")
        ),
        sa.CheckConstraint(
            "approved_by_id <> proposed_by_id AND paid_by_id <> proposed_by_id AND paid_by_id <> approved_by_id",
            name=op.f("ck_reward_three_people"),
        ),
        sa.CheckConstraint(
            "approved_on >= proposed_on AND paid_on >= approved_on AND until_on >= approved_on AND paid_on <= until_on",
            name=op.f("ck_reward_days_in_order"),
        ),
        sa.CheckConstraint("fen > 0", name=op.f("ck_reward_something")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["officer.id"], name=op.f("fk_reward_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_reward_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_reward_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_reward_department_id")
        ),
        sa.ForeignKeyConstraint(["paid_by_id"], ["officer.id"], name=op.f("fk_reward_paid_by_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["officer.id"], name=op.f("fk_reward_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward")),
        sa.UniqueConstraint(
            "authority_id", "year", "serial", name=op.f("uq_reward_authority_id_year_serial")
        ),
    )
    with op.batch_alter_table("reward", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reward_complaint_id"), ["complaint_id"], unique=False)
        batch_op.create_index(
            "ix_reward_department", ["department_id", "state", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reward_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index("ix_reward_list", ["division_path", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_reward_live",
            ["complaint_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('refused', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('refused', 'withdrawn')"),
        )

    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "direct",
                "left",
                "post",
                "electronic",
                "by_another",
                "announcement",
                name="servicemethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("failure", BYTEWISE, nullable=False),
        sa.Column("place", BYTEWISE, nullable=False),
        sa.Column("received_by", BYTEWISE, nullable=False),
        sa.Column("receiver_role", BYTEWISE, nullable=False),
        sa.Column("witness", BYTEWISE, nullable=False),
        sa.Column("detail", BYTEWISE, nullable=False),
        sa.Column("takes_effect_on", sa.Date(), nullable=True),
        sa.Column("served_by", BYTEWISE, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "succeeded = (takes_effect_on IS NOT NULL)", name=op.f("ck_service_effect_if_served")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_service_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_service_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "visit_answer",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("item_code", BYTEWISE, nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "no",
                "na",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", BYTEWISE, nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_answer_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "item_code", name=op.f("pk_visit_answer")),
    )
    op.create_table(
        "visit_officer",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("certificate_number", BYTEWISE, nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_visit_officer_officer_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_officer_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "officer_id", name=op.f("pk_visit_officer")),
    )
    with op.batch_alter_table("visit_officer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visit_officer_officer_id"), ["officer_id"], unique=False
        )

    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column(
            "called_by",
            sa.Enum(
                "office",
                "centre",
                name="calledby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "satisfaction",
            sa.Enum(
                "satisfied",
                "dissatisfied",
                "not_said",
                "not_reached",
                "not_wanted",
                name="satisfaction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("remark", BYTEWISE, nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_by_id IS NULL) AND (decided_on IS NULL OR satisfaction = 'dissatisfied')",
            name=op.f("ck_callback_decided_if_dissatisfied"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["complaint_answer.id"], name=op.f("fk_callback_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_callback_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officer.id"], name=op.f("fk_callback_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_callback_entered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
    )
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.create_index(
            "ix_callback_answer", ["answer_id", "satisfaction", "decided_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_callback_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "own_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("words", BYTEWISE, nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_own_answer_says_something")),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["complaint_answer.id"], name=op.f("fk_own_answer_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_own_answer_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_answer")),
        sa.UniqueConstraint(
            "answer_id", "complaint_id", name=op.f("uq_own_answer_answer_id_complaint_id")
        ),
    )
    with op.batch_alter_table("own_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_own_answer_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "rectification_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("violation_type_id", sa.Integer(), nullable=False),
        sa.Column("violation_code", BYTEWISE, nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "minor",
                "serious",
                "grave",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", BYTEWISE, nullable=False),
        sa.Column("facts", BYTEWISE, nullable=False),
        sa.Column("measure", BYTEWISE, nullable=False),
        sa.Column("responsible_party", BYTEWISE, nullable=False),
        sa.Column("responsible_person", BYTEWISE, nullable=False),
        sa.Column("officer_in_charge_id", sa.Integer(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "due_basis",
            sa.Enum(
                "service",
                "on_the_spot",
                "assignment",
                "promise",
                "fixed_date",
                "re_check",
                "reopened",
                name="limitbasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("due_source", BYTEWISE, nullable=False),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=True),
        sa.Column("office_due_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("close_reason_id", sa.Integer(), nullable=True),
        sa.Column("platform_on", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "applied",
                "verified",
                "closed",
                "void",
                name="itemstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("second_due_on", sa.Date(), nullable=True),
        sa.Column(
            "second_kind",
            sa.Enum(
                "rectification",
                "settlement",
                "rest",
                name="limitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("second_met_on", sa.Date(), nullable=True),
        sa.Column("second_provisional", sa.Boolean(), nullable=False),
        sa.Column("sort_due", sa.Date(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(due_on IS NULL OR sort_due <= due_on) AND (second_due_on IS NULL OR sort_due <= second_due_on) AND (due_on IS NULL AND second_due_on IS NULL) = (sort_due = '9999-12-31')",
            name=op.f("ck_rectification_item_sorted_by_the_first_limit"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL) AND (closed_on IS NULL) = (closed_by_id IS NULL) AND (closed_on IS NULL) = (close_reason_id IS NULL)",
            name=op.f("ck_rectification_item_closed_on_if_closed"),
        ),
        sa.CheckConstraint(
            "(state IN ('verified', 'closed')) = (verified_by_id IS NOT NULL) AND (verified_by_id IS NULL) = (verified_on IS NULL)",
            name=op.f("ck_rectification_item_verified_if_verified"),
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR closed_by_id <> verified_by_id",
            name=op.f("ck_rectification_item_closed_by_another"),
        ),
        sa.CheckConstraint(
            "state <> 'open' OR applied_on IS NULL",
            name=op.f("ck_rectification_item_open_until_applied"),
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'verified') OR office_due_on IS NULL",
            name=op.f("ck_rectification_item_office_due_if_with_office"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('applied', 'verified') OR applied_on IS NOT NULL",
            name=op.f("ck_rectification_item_applied_on_if_applied"),
        ),
        sa.CheckConstraint(
            "(applied_on IS NULL) = (applied_by_id IS NULL)",
            name=op.f("ck_rectification_item_applied_on_and_by"),
        ),
        sa.CheckConstraint(
            "(second_due_on IS NULL) = (second_kind IS NULL) AND (second_due_on IS NOT NULL OR second_met_on IS NULL)",
            name=op.f("ck_rectification_item_second_limit_whole"),
        ),
        sa.CheckConstraint(
            "applied_on >= found_on", name=op.f("ck_rectification_item_applied_after_found")
        ),
        sa.CheckConstraint(
            "closed_on >= verified_on", name=op.f("ck_rectification_item_closed_after_verified")
        ),
        sa.CheckConstraint(
            "registered_on >= found_on", name=op.f("ck_rectification_item_registered_after_found")
        ),
        sa.CheckConstraint(
            "second_met_on >= found_on", name=op.f("ck_rectification_item_second_met_after_found")
        ),
        sa.CheckConstraint(
            "verified_by_id <> officer_in_charge_id",
            name=op.f("ck_rectification_item_verified_by_another"),
        ),
        sa.CheckConstraint(
            "verified_on >= found_on AND verified_on >= applied_on AND verified_on >= second_met_on",
            name=op.f("ck_rectification_item_verified_after_applied"),
        ),
        sa.ForeignKeyConstraint(
            ["applied_by_id"], ["officer.id"], name=op.f("fk_rectification_item_applied_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_rectification_item_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["close_reason_id"],
            ["close_reason.id"],
            name=op.f("fk_rectification_item_close_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["officer.id"], name=op.f("fk_rectification_item_closed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_rectification_item_finding_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_rectification_item_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_in_charge_id"],
            ["officer.id"],
            name=op.f("fk_rectification_item_officer_in_charge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"],
            ["officer.id"],
            name=op.f("fk_rectification_item_registered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["officer.id"], name=op.f("fk_rectification_item_verified_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["violation_type_id"],
            ["violation_type.id"],
            name=op.f("fk_rectification_item_violation_type_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_item")),
        sa.UniqueConstraint(
            "authority_id",
            "year",
            "serial",
            name=op.f("uq_rectification_item_authority_id_year_serial"),
        ),
        sa.UniqueConstraint("finding_id", name=op.f("uq_rectification_item_finding_id")),
    )
    with op.batch_alter_table("rectification_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_item_count",
            [
                "state",
                "division_path",
                "sort_due",
                "id",
                "institution_id",
                "due_on",
                "applied_on",
                "second_due_on",
                "second_met_on",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_item_due",
            [
                "state",
                "sort_due",
                "division_path",
                "due_on",
                "applied_on",
                "second_due_on",
                "second_met_on",
            ],
            unique=False,
        )
        batch_op.create_index("ix_item_listed", ["listed", "state", "division_path"], unique=False)
        batch_op.create_index(
            "ix_item_officer",
            ["officer_in_charge_id", "state", "division_path", "due_on"],
            unique=False,
        )
        batch_op.create_index(
            "ix_item_type", ["violation_code", "state", "sort_due", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rectification_item_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rectification_item_institution_id"), ["institution_id"], unique=False
        )

    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column(
            "entered_how",
            sa.Enum(
                "counter",
                "list",
                "sign_up",
                name="entryway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "signed_up",
                "entered",
                "agreed",
                "disputed",
                "settled",
                "withdrawn",
                name="refundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_mark", BYTEWISE, nullable=True),
        sa.Column("pupil", sa.LargeBinary(), nullable=True),
        sa.Column("pupil_mark", BYTEWISE, nullable=True),
        sa.Column("family_of_id", sa.Integer(), nullable=True),
        sa.Column("course", BYTEWISE, nullable=False),
        sa.Column("contract_fen", sa.BigInteger(), nullable=False),
        sa.Column("bought", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("formula_id", sa.Integer(), nullable=False),
        sa.Column("computed_fen", sa.BigInteger(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("agreed_fen", sa.BigInteger(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column(
            "agreed_how",
            sa.Enum(
                "talk",
                "mediation",
                "court",
                "account",
                name="refundway_agreed",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("platform_on", sa.Date(), nullable=True),
        sa.Column("family_gone_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division_path", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "state <> 'settled' OR paid_fen = coalesce(agreed_fen, computed_fen)",
            name=op.f("ck_refund_paid_if_settled"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'settled') OR agreed_fen IS NOT NULL",
            name=op.f("ck_refund_fen_if_agreed"),
        ),
        sa.CheckConstraint(
            "(agreed_fen IS NULL) = (agreed_on IS NULL)", name=op.f("ck_refund_day_if_agreed")
        ),
        sa.CheckConstraint(
            "computed_fen >= 0 AND computed_fen <= contract_fen AND agreed_fen >= 0 AND agreed_fen <= contract_fen",
            name=op.f("ck_refund_due_within_contract"),
        ),
        sa.CheckConstraint(
            "contract_fen >= 0 AND bought > 0 AND given >= 0 AND used >= 0 AND used <= bought + given",
            name=op.f("ck_refund_contract_possible"),
        ),
        sa.CheckConstraint(
            "paid_fen >= 0 AND paid_fen <= coalesce(agreed_fen, computed_fen)",
            name=op.f("ck_refund_paid_within_due"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_refund_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_refund_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_refund_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["closing_event.id"], name=op.f("fk_refund_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_of_id"], ["refund.id"], name=op.f("fk_refund_family_of_id")
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_refund_finding_id")),
        sa.ForeignKeyConstraint(
            ["formula_id"], ["refund_formula.id"], name=op.f("fk_refund_formula_id")
        ),
        sa.ForeignKeyConstraint(["handler_id"], ["officer.id"], name=op.f("fk_refund_handler_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_refund_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint(
            "authority_id", "year", "serial", name=op.f("uq_refund_authority_id_year_serial")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_refund_code")),
    )
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refund_complaint_id"), ["complaint_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_refund_division_path"), ["division_path"], unique=False
        )
        batch_op.create_index("ix_refund_event", ["event_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_refund_family_of_id"), ["family_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_refund_finding_id"), ["finding_id"], unique=False)
        batch_op.create_index("ix_refund_handler", ["handler_id", "state", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_refund_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index("ix_refund_list", ["division_path", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_refund_phone_mark"), ["phone_mark"], unique=False)
        batch_op.create_index(batch_op.f("ix_refund_pupil_mark"), ["pupil_mark"], unique=False)
        batch_op.create_index(
            "uq_refund_family",
            ["institution_id", "phone_mark", "course"],
            unique=True,
            sqlite_where=sa.text("pupil_mark IS NULL AND state <> 'withdrawn'"),
            postgresql_where=sa.text("pupil_mark IS NULL AND state <> 'withdrawn'"),
        )
        batch_op.create_index(
            "uq_refund_pupil",
            ["institution_id", "phone_mark", "course", "pupil_mark"],
            unique=True,
            sqlite_where=sa.text("pupil_mark IS NOT NULL AND state <> 'withdrawn'"),
            postgresql_where=sa.text("pupil_mark IS NOT NULL AND state <> 'withdrawn'"),
        )

    op.create_table(
        "item_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rectification",
                "settlement",
                "rest",
                name="limitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "service",
                "on_the_spot",
                "assignment",
                "promise",
                "fixed_date",
                "re_check",
                "reopened",
                name="limitbasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", BYTEWISE, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum(
                "working_days",
                "calendar_days",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(length IS NULL) = (unit IS NULL)", name=op.f("ck_item_limit_period_or_fixed")
        ),
        sa.CheckConstraint(
            "length IS NULL OR due_on > starts_on",
            name=op.f("ck_item_limit_period_after_its_start"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_item_limit_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["officer.id"], name=op.f("fk_item_limit_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_limit")),
    )
    with op.batch_alter_table("item_limit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_limit_item_id"), ["item_id"], unique=False)

    op.create_table(
        "joint_case_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "left_on >= joined_on", name=op.f("ck_joint_case_item_left_after_joined")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["joint_case.id"], name=op.f("fk_joint_case_item_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_joint_case_item_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_case_item")),
        sa.UniqueConstraint("item_id", "due_on", name=op.f("uq_joint_case_item_item_id_due_on")),
    )
    with op.batch_alter_table("joint_case_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joint_case_item_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_joint_case_item_live",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("left_on IS NULL"),
            postgresql_where=sa.text("left_on IS NULL"),
        )

    op.create_table(
        "notice_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("requirement", BYTEWISE, nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum(
                "working_days",
                "calendar_days",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(length IS NULL) = (unit IS NULL)", name=op.f("ck_notice_item_period_or_none")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_notice_item_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_item_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_item")),
        sa.UniqueConstraint("notice_id", "item_id", name=op.f("uq_notice_item_notice_id_item_id")),
    )
    with op.batch_alter_table("notice_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_item_item_id"), ["item_id"], unique=False)

    op.create_table(
        "rectification_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rectification",
                "settlement",
                "rest",
                name="limitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("text", BYTEWISE, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_rectification_report_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_rectification_report_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_report")),
    )
    with op.batch_alter_table("rectification_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rectification_report_item_id"), ["item_id"], unique=False
        )

    op.create_table(
        "refund_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("refund_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "talk",
                "mediation",
                "court",
                "account",
                name="refundway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", BYTEWISE, nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(voided_on IS NULL) = (void_reason = '')", name=op.f("ck_refund_part_reason_if_voided")
        ),
        sa.CheckConstraint("fen > 0", name=op.f("ck_refund_part_fen_above_zero")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_refund_part_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refund.id"], name=op.f("fk_refund_part_refund_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_part")),
    )
    with op.batch_alter_table("refund_part", schema=None) as batch_op:
        batch_op.create_index("ix_refund_part_refund", ["refund_id", "paid_on", "id"], unique=False)
        batch_op.create_index("ix_refund_part_way", ["way", "id"], unique=False)

    op.create_table(
        "reinspection_item",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_reinspection_item_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_reinspection_item_visit_id")
        ),
        sa.PrimaryKeyConstraint("visit_id", "item_id", name=op.f("pk_reinspection_item")),
    )
    with op.batch_alter_table("reinspection_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reinspection_item_item_id"), ["item_id"], unique=False)

    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "on_site",
                "documents",
                "platform",
                name="verificationmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum(
                "passed_check",
                "failed_check",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("verified_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", BYTEWISE, nullable=False),
        sa.CheckConstraint(
            "(mode = 'on_site') = (visit_id IS NOT NULL)",
            name=op.f("ck_verification_visit_if_on_site"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["rectification_item.id"], name=op.f("fk_verification_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["officer.id"], name=op.f("fk_verification_verified_by_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_verification_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint("item_id", "visit_id", name=op.f("uq_verification_item_id_visit_id")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_visit_id"), ["visit_id"], unique=False)

    # Not op.execute: these are no statements with parameters, whatever colons they hold.
    bind = op.get_bind()
    for statement in SQLITE if bind.dialect.name == "sqlite" else POSTGRESQL:
        bind.exec_driver_sql(statement)


SQLITE = (
    """CREATE TRIGGER day_seal_no_update BEFORE UPDATE ON day_seal BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER day_seal_no_delete BEFORE DELETE ON day_seal BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER day_seal_no_replace BEFORE INSERT ON day_seal WHEN EXISTS (SELECT 1 FROM day_seal WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM event WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id AND sequence = NEW.sequence) BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE VIEW institution_grams_cut AS SELECT id, (
  SELECT group_concat(part || hex(substr(words, place, 1)) || ' '
    || part || hex(substr(words, place, longer)), ' ')
  FROM (
    SELECT words, each.key + 1 AS place,
      CASE WHEN unicode(substr(words, each.key + 1, 1)) < 128 THEN 3 ELSE 2 END AS longer,
      CASE WHEN each.key + 1 < names THEN 'n' WHEN each.key < texts THEN 'r' ELSE 'p' END AS part
    FROM (
      SELECT search_text || char(12) || search_phone AS words,
        instr(search_text || char(12), char(12)) AS names,
        length(search_text) AS texts LIMIT 1
    ) AS whole,
    json_each('[0' || replace(hex(zeroblob(length(words) - 1)), '00', ',0') || ']') AS each
  )
) || (
  SELECT group_concat(' d' || hex(substr(division_path, 1, each.key + 1)), '')
  FROM json_each('[0' || replace(hex(zeroblob(length(division_path) - 1)), '00', ',0') || ']')
    AS each
  WHERE substr(division_path, each.key + 1, 1) = '/'
) AS grams FROM institution""",
    """CREATE VIRTUAL TABLE institution_grams USING fts5(grams, content='', detail='none', columnsize=0, tokenize='ascii')""",
    """CREATE TRIGGER institution_grams_insert AFTER INSERT ON institution BEGIN INSERT INTO institution_grams (rowid, grams) SELECT id, grams FROM institution_grams_cut WHERE id = new.id; END""",
    """CREATE TRIGGER institution_grams_delete BEFORE DELETE ON institution BEGIN INSERT INTO institution_grams (institution_grams, rowid, grams) SELECT 'delete', id, grams FROM institution_grams_cut WHERE id = old.id; END""",
    """CREATE TRIGGER institution_grams_before_update BEFORE UPDATE OF id, search_text, search_phone, division_path ON institution BEGIN INSERT INTO institution_grams (institution_grams, rowid, grams) SELECT 'delete', id, grams FROM institution_grams_cut WHERE id = old.id; END""",
    """CREATE TRIGGER institution_grams_after_update AFTER UPDATE OF id, search_text, search_phone, division_path ON institution BEGIN INSERT INTO institution_grams (rowid, grams) SELECT id, grams FROM institution_grams_cut WHERE id = new.id; END""",
    """CREATE TRIGGER licence_sort_licence_insert AFTER INSERT ON licence BEGIN UPDATE institution SET sort_licence = coalesce((SELECT max(min(coalesce(valid_until, '9999-12-31'), coalesce(ended_on, '9999-12-31'))) FROM licence WHERE institution_id = NEW.institution_id AND type IN ('school', 'training')), '9999-12-31') WHERE id = NEW.institution_id; END""",
    """CREATE TRIGGER licence_sort_licence_update AFTER UPDATE OF institution_id, type, valid_until, ended_on ON licence BEGIN UPDATE institution SET sort_licence = coalesce((SELECT max(min(coalesce(valid_until, '9999-12-31'), coalesce(ended_on, '9999-12-31'))) FROM licence WHERE institution_id = OLD.institution_id AND type IN ('school', 'training')), '9999-12-31') WHERE id = OLD.institution_id; UPDATE institution SET sort_licence = coalesce((SELECT max(min(coalesce(valid_until, '9999-12-31'), coalesce(ended_on, '9999-12-31'))) FROM licence WHERE institution_id = NEW.institution_id AND type IN ('school', 'training')), '9999-12-31') WHERE id = NEW.institution_id; END""",
    """CREATE TRIGGER licence_sort_licence_delete AFTER DELETE ON licence BEGIN UPDATE institution SET sort_licence = coalesce((SELECT max(min(coalesce(valid_until, '9999-12-31'), coalesce(ended_on, '9999-12-31'))) FROM licence WHERE institution_id = OLD.institution_id AND type IN ('school', 'training')), '9999-12-31') WHERE id = OLD.institution_id; END""",
    """CREATE TRIGGER visit_sort_visited_insert AFTER INSERT ON visit BEGIN UPDATE institution SET sort_visited = coalesce((SELECT max(happened_at) FROM visit WHERE institution_id = NEW.institution_id AND state = 'done' AND kind <> 'desk'), '1900-01-01 00:00:00.000000') WHERE id = NEW.institution_id; END""",
    """CREATE TRIGGER visit_sort_visited_update AFTER UPDATE OF institution_id, happened_at, state, kind ON visit BEGIN UPDATE institution SET sort_visited = coalesce((SELECT max(happened_at) FROM visit WHERE institution_id = OLD.institution_id AND state = 'done' AND kind <> 'desk'), '1900-01-01 00:00:00.000000') WHERE id = OLD.institution_id; UPDATE institution SET sort_visited = coalesce((SELECT max(happened_at) FROM visit WHERE institution_id = NEW.institution_id AND state = 'done' AND kind <> 'desk'), '1900-01-01 00:00:00.000000') WHERE id = NEW.institution_id; END""",
    """CREATE TRIGGER visit_sort_visited_delete AFTER DELETE ON visit BEGIN UPDATE institution SET sort_visited = coalesce((SELECT max(happened_at) FROM visit WHERE institution_id = OLD.institution_id AND state = 'done' AND kind <> 'desk'), '1900-01-01 00:00:00.000000') WHERE id = OLD.institution_id; END""",
)


POSTGRESQL = (
    """CREATE FUNCTION day_seal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
    """CREATE TRIGGER day_seal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON day_seal FOR EACH STATEMENT EXECUTE FUNCTION day_seal_append_only()""",
    """CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
    """CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_append_only()""",
    """CREATE FUNCTION institution_grams(search_text text, search_phone text, division_path text)
RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100000 AS $$
SELECT array_to_tsvector(array(
  SELECT part || encode(convert_to(gram, 'UTF8'), 'hex')
  FROM (
    SELECT one, one || coalesce(lead(one) OVER here, '')
        || CASE WHEN ascii(one) < 128 THEN coalesce(lead(one, 2) OVER here, '') ELSE '' END
        AS longer,
      CASE WHEN place < position(chr(12) IN search_text || chr(12)) THEN 'n'
        WHEN place <= length(search_text) THEN 'r' ELSE 'p' END AS part
    FROM unnest(string_to_array(search_text || chr(12) || search_phone, NULL))
      WITH ORDINALITY AS whole(one, place)
    WINDOW here AS (ORDER BY place)
  ) AS places, LATERAL (VALUES (one), (longer)) AS cut(gram)
  UNION ALL
  SELECT 'd' || encode(convert_to(substr(division_path, 1, place), 'UTF8'), 'hex')
  FROM generate_series(1, length(division_path)) AS place
  WHERE substr(division_path, place, 1) = '/'
)) $$""",
    """CREATE INDEX ix_institution_grams ON institution USING gin (institution_grams(search_text, search_phone, division_path))""",
    """CREATE FUNCTION licence_sort_licence_of(place integer) RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM institution WHERE id = place FOR NO KEY UPDATE; UPDATE institution SET sort_licence = coalesce((SELECT max(least(coalesce(valid_until, '9999-12-31'), coalesce(ended_on, '9999-12-31'))) FROM licence WHERE institution_id = place AND type IN ('school', 'training')), '9999-12-31') WHERE id = place; END $$""",
    """CREATE FUNCTION licence_sort_licence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP <> 'INSERT' THEN PERFORM licence_sort_licence_of(OLD.institution_id); END IF; IF TG_OP <> 'DELETE' THEN PERFORM licence_sort_licence_of(NEW.institution_id); END IF; RETURN NULL; END $$""",
    """CREATE TRIGGER licence_sort_licence AFTER INSERT OR DELETE OR UPDATE OF institution_id, type, valid_until, ended_on ON licence FOR EACH ROW EXECUTE FUNCTION licence_sort_licence()""",
    """CREATE FUNCTION visit_sort_visited_of(place integer) RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM institution WHERE id = place FOR NO KEY UPDATE; UPDATE institution SET sort_visited = coalesce((SELECT max(happened_at) FROM visit WHERE institution_id = place AND state = 'done' AND kind <> 'desk'), '1900-01-01 00:00:00.000000Z') WHERE id = place; END $$""",
    """CREATE FUNCTION visit_sort_visited() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP <> 'INSERT' THEN PERFORM visit_sort_visited_of(OLD.institution_id); END IF; IF TG_OP <> 'DELETE' THEN PERFORM visit_sort_visited_of(NEW.institution_id); END IF; RETURN NULL; END $$""",
    """CREATE TRIGGER visit_sort_visited AFTER INSERT OR DELETE OR UPDATE OF institution_id, happened_at, state, kind ON visit FOR EACH ROW EXECUTE FUNCTION visit_sort_visited()""",
)
