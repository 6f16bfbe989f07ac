"""organisers work together"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FILLED = (("partnership", "color"), ("webinar", "cancel_reason"), ("webinar_host", "answer"))
_KINDS = ("announcement", "edit", "hosted", "stay", "reminder", "seat_won", "moved", "cancelled", "restored")
_NEW_KINDS = ("host_asked", "host_answered", "letter", "material", "alert")


def _kinds(*kinds: str) -> sa.TextClause:
    return sa.text("kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("holder", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "feed_fetch",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("family", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("fetched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("interval_s", sa.Integer(), nullable=True),
        sa.Column("seen_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_fetch_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "family", name=op.f("pk_feed_fetch")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("about_person_id", sa.Integer(), nullable=True),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["about_person_id"], ["person.id"], name=op.f("fk_audit_about_person_id_person")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_audit_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_audit_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_about_person_id"), ["about_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "imported",
        sa.Column("uid", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_imported_draft_id_draft")),
        sa.ForeignKeyConstraint(["imported_by"], ["person.id"], name=op.f("fk_imported_imported_by_person")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_imported_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_imported_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_imported")),
    )
    with op.batch_alter_table("imported", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column(
            "readers",
            sa.Enum(
                "registered", "waitlisted", "both", name="readers", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_letter_webinar_id_webinar")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_letter_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("slides", "recording", name="material_kind", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("file_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("(url IS NULL) <> (file_id IS NULL)", name=op.f("ck_material_one_place")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_material_added_by_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_material_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
        sa.UniqueConstraint("webinar_id", "kind", name=op.f("uq_material_webinar_id_kind")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dismissed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.drop_constraint(op.f("ck_delivery_delivery_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_delivery_delivery_kind"), _kinds(*_KINDS, *_NEW_KINDS))

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("created_by", sa.Integer(), nullable=True))
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_draft_created_by"), ["created_by"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_draft_created_by_person"), "person", ["created_by"], ["id"])
    op.execute("UPDATE draft SET created_by = person_id")

    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("color", sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False, server_default="")
        )

    with op.batch_alter_table("webinar", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("cancel_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )

    with op.batch_alter_table("webinar_host", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("answered_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_webinar_host_answered_by_person"), "person", ["answered_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_webinar_host_asked_by_person"), "person", ["asked_by"], ["id"])

    for table, column in _FILLED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    op.execute(sa.delete(sa.table("delivery", sa.column("kind"))).where(_kinds(*_NEW_KINDS)))
    op.execute("DELETE FROM draft WHERE person_id IS NULL")
    with op.batch_alter_table("webinar_host", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_webinar_host_asked_by_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_webinar_host_answered_by_person"), type_="foreignkey")
        batch_op.drop_column("answer")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("answered_by")
        batch_op.drop_column("asked_at")
        batch_op.drop_column("asked_by")

    with op.batch_alter_table("webinar", schema=None) as batch_op:
        batch_op.drop_column("cancel_reason")

    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.drop_column("color")

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_draft_created_by_person"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_draft_created_by"))
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("created_by")

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_delivery_delivery_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_delivery_delivery_kind"), _kinds(*_KINDS))
        batch_op.drop_column("dismissed_at")

    op.drop_table("material")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_webinar_id"))

    op.drop_table("letter")
    with op.batch_alter_table("imported", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_webinar_id"))
        batch_op.drop_index(batch_op.f("ix_imported_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_imported_draft_id"))

    op.drop_table("imported")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_webinar_id"))
        batch_op.drop_index(batch_op.f("ix_audit_person_id"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))
        batch_op.drop_index(batch_op.f("ix_audit_about_person_id"))

    op.drop_table("audit")
    op.drop_table("feed_fetch")
    op.drop_table("lease")
