"""The first schema"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("lane", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("next_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("halted_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_pace")),
    )
    op.create_table(
        "partnership",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("short_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
    )
    op.create_table(
        "seen_update",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name=op.f("pk_seen_update")),
    )
    with op.batch_alter_table("seen_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_update_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "setting",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("market", "sector", name="topic_kind", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    op.create_table(
        "cluster",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_cluster_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
    )
    with op.batch_alter_table("cluster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cluster_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("timezone", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("announcements", sa.Boolean(), nullable=False),
        sa.Column("own_leads", sa.Boolean(), nullable=False),
        sa.Column("company", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("cluster_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("company_asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("follow_offered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("asking", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("asking_about", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("browsing", sa.JSON(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("unreachable_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("feed_generation", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("stay_asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("erased_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_person_cluster_id_cluster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_person_telegram_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_cluster_id"), ["cluster_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("asking", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person_id", name=op.f("uq_draft_person_id")),
    )
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("topic_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("(partnership_id IS NULL) <> (topic_id IS NULL)", name=op.f("ck_follow_one_subject")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_follow_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_person_id_person")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_follow_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("person_id", "partnership_id", name=op.f("uq_follow_person_id_partnership_id")),
        sa.UniqueConstraint("person_id", "topic_id", name=op.f("uq_follow_person_id_topic_id")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("admin", "organiser", name="role_kind", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_invitation_created_by_person")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_invitation_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_invitation_used_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitation_digest")),
    )
    op.create_table(
        "person_lead",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_lead_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "seconds", name=op.f("pk_person_lead")),
    )
    with op.batch_alter_table("person_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_lead_seconds"), ["seconds"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("admin", "organiser", name="role_kind", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("granted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("(kind = 'admin') = (partnership_id IS NULL)", name=op.f("ck_role_scope")),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_role_granted_by_person")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_role_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("person_id", "partnership_id", name=op.f("uq_role_person_id_partnership_id")),
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_role_admin",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'admin'"),
            postgresql_where=sa.text("kind = 'admin'"),
        )

    op.create_table(
        "webinar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("uid", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "published", "cancelled", name="webinar_status", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("local_start", sa.DateTime(), nullable=False),
        sa.Column("timezone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("join_url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("last_modified", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("moved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_webinar_capacity")),
        sa.CheckConstraint("duration_minutes > 0", name=op.f("ck_webinar_duration")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_webinar_created_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar")),
        sa.UniqueConstraint("code", name=op.f("uq_webinar_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_webinar_uid")),
    )
    with op.batch_alter_table("webinar", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webinar_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_webinar_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index("ix_webinar_status_starts_at", ["status", "starts_at"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("speaker", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_agenda_item_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("webinar_id", "position", name=op.f("pk_agenda_item")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "announcement",
                "edit",
                "hosted",
                "stay",
                "reminder",
                "seat_won",
                "moved",
                "cancelled",
                "restored",
                name="delivery_kind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "claimed",
                "sending",
                "sent",
                "expired",
                "failed",
                "unreachable",
                "unknown",
                name="delivery_state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lease_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("dedup_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("settled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["delivery.id"], name=op.f("fk_delivery_merged_into_delivery")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delivery_person_id_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_delivery_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_delivery_dedup_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_due",
            ["priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "ix_delivery_lease",
            ["lease_until"],
            unique=False,
            sqlite_where=sa.text("state IN ('claimed', 'sending')"),
            postgresql_where=sa.text("state IN ('claimed', 'sending')"),
        )
        batch_op.create_index(batch_op.f("ix_delivery_merged_into"), ["merged_into"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "announced",
                "hosted",
                "moved",
                "cancelled",
                "restored",
                name="notice_kind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("first_sequence", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("notify_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expanded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_notice_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_due", ["expanded_at", "notify_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "registered",
                "waitlisted",
                "cancelled",
                name="registration_status",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("queue_number", sa.Integer(), nullable=False),
        sa.Column("promotions", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_registration_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("webinar_id", "person_id", name=op.f("uq_registration_webinar_id_person_id")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_registration_queue", ["webinar_id", "status", "queue_number"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_revision_changed_by_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_revision_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("webinar_id", "sequence", name=op.f("uq_revision_webinar_id_sequence")),
    )
    op.create_table(
        "shared_card",
        sa.Column("inline_message_id", sqlmodel.sql.sqltypes.AutoString(length=128), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("shown", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("checked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_shared_card_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("inline_message_id", name=op.f("pk_shared_card")),
    )
    with op.batch_alter_table("shared_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_card_checked_at"), ["checked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_card_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "webinar_host",
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "accepted",
                "invited",
                "declined",
                name="host_state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_webinar_host_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_host_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("webinar_id", "partnership_id", name=op.f("pk_webinar_host")),
    )
    with op.batch_alter_table("webinar_host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webinar_host_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "webinar_topic",
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_webinar_topic_topic_id_topic")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_topic_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("webinar_id", "topic_id", name=op.f("pk_webinar_topic")),
    )
    with op.batch_alter_table("webinar_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webinar_topic_topic_id"), ["topic_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("webinar_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webinar_topic_topic_id"))

    op.drop_table("webinar_topic")
    with op.batch_alter_table("webinar_host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webinar_host_partnership_id"))

    op.drop_table("webinar_host")
    with op.batch_alter_table("shared_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_card_webinar_id"))
        batch_op.drop_index(batch_op.f("ix_shared_card_checked_at"))

    op.drop_table("shared_card")
    op.drop_table("revision")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_queue")
        batch_op.drop_index(batch_op.f("ix_registration_person_id"))

    op.drop_table("registration")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_webinar_id"))
        batch_op.drop_index("ix_notice_due")

    op.drop_table("notice")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_webinar_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_person_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_merged_into"))
        batch_op.drop_index(
            "ix_delivery_lease",
            sqlite_where=sa.text("state IN ('claimed', 'sending')"),
            postgresql_where=sa.text("state IN ('claimed', 'sending')"),
        )
        batch_op.drop_index(
            "ix_delivery_due", sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'")
        )

    op.drop_table("delivery")
    op.drop_table("agenda_item")
    with op.batch_alter_table("webinar", schema=None) as batch_op:
        batch_op.drop_index("ix_webinar_status_starts_at")
        batch_op.drop_index(batch_op.f("ix_webinar_starts_at"))
        batch_op.drop_index(batch_op.f("ix_webinar_ends_at"))

    op.drop_table("webinar")
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_admin", sqlite_where=sa.text("kind = 'admin'"), postgresql_where=sa.text("kind = 'admin'")
        )
        batch_op.drop_index(batch_op.f("ix_role_person_id"))
        batch_op.drop_index(batch_op.f("ix_role_partnership_id"))

    op.drop_table("role")
    with op.batch_alter_table("person_lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_lead_seconds"))

    op.drop_table("person_lead")
    op.drop_table("invitation")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_topic_id"))
        batch_op.drop_index(batch_op.f("ix_follow_person_id"))
        batch_op.drop_index(batch_op.f("ix_follow_partnership_id"))

    op.drop_table("follow")
    op.drop_table("draft")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_seen_at"))
        batch_op.drop_index(batch_op.f("ix_person_cluster_id"))

    op.drop_table("person")
    with op.batch_alter_table("cluster", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cluster_partnership_id"))

    op.drop_table("cluster")
    op.drop_table("topic")
    op.drop_table("setting")
    with op.batch_alter_table("seen_update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seen_update_seen_at"))

    op.drop_table("seen_update")
    op.drop_table("partnership")
    op.drop_table("pace")
