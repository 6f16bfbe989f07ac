"""what the partnerships share"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DELIVERIES = (
    *("announcement", "edit", "hosted", "stay", "reminder", "seat_won", "moved", "cancelled", "restored"),
    *("host_asked", "host_answered", "letter", "material", "alert", "changed"),
)
_NEW = ("contact_asked", "lesson_asked", "feedback_asked", "missed", "poll_asked", "meeting_called")

_SEARCH = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE library_search
        USING fts5(stems, content='library_entry', content_rowid='id', tokenize='unicode61')
        """,
        """
        CREATE TRIGGER library_search_insert AFTER INSERT ON library_entry BEGIN
            INSERT INTO library_search(rowid, stems) VALUES (new.id, new.stems);
        END
        """,
        """
        CREATE TRIGGER library_search_delete AFTER DELETE ON library_entry BEGIN
            INSERT INTO library_search(library_search, rowid, stems) VALUES ('delete', old.id, old.stems);
        END
        """,
        """
        CREATE TRIGGER library_search_update AFTER UPDATE OF stems ON library_entry BEGIN
            INSERT INTO library_search(library_search, rowid, stems) VALUES ('delete', old.id, old.stems);
            INSERT INTO library_search(rowid, stems) VALUES (new.id, new.stems);
        END
        """,
    ),
    "postgresql": ("CREATE INDEX library_search ON library_entry USING gin (to_tsvector('simple', stems))",),
}


def _kinds(*kinds: str) -> sa.TextClause:
    return sa.text("kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))


def _allow(*kinds: str) -> None:
    name = "ck_delivery_delivery_kind"
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.create_check_constraint(op.f(name), _kinds(*kinds))


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "telegram_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("bot_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("file_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["stored_file.digest"], name=op.f("fk_telegram_file_digest_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_file")),
        sa.UniqueConstraint("digest", "bot_id", name=op.f("uq_telegram_file_digest_bot_id")),
    )
    op.create_table(
        "attendance",
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_attendance_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("webinar_id", "person_id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_person_id"), ["person_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_feedback_rating")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feedback_person_id_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_feedback_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("webinar_id", "person_id", name=op.f("uq_feedback_webinar_id_person_id")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_person_id"), ["person_id"], unique=False)

    op.create_table(
        "library_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "contact",
                "template",
                "agenda",
                "practice",
                "lesson",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "shared", "retired", name="entry_state", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column(
            "readers",
            sa.Enum(
                "organisers", "everybody", name="entry_readers", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stems", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'contact' OR readers = 'organisers'", name=op.f("ck_library_entry_contacts_are_not_public")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_library_entry_created_by_person")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_library_entry_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_library_entry_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_library_entry_code")),
    )
    with op.batch_alter_table("library_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_library_entry_created_by"), ["created_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_library_entry_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_library_entry_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("timezone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("join_url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_poll_created_by_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_poll_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("code", name=op.f("uq_poll_code")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_created_by"), ["created_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_webinar_id"), ["webinar_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "reached",
                "registered",
                "waited",
                "attended",
                "newcomers",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("cluster_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_tally_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("webinar_id", "measure", "cluster_id", "country", name=op.f("pk_tally")),
    )
    op.create_table(
        "contact",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agreed_how", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("check_asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["library_entry.id"], name=op.f("fk_contact_entry_id_library_entry")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_confirmed_at"), ["confirmed_at"], unique=False)

    op.create_table(
        "feedback_answer",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("(number IS NULL) <> (text IS NULL)", name=op.f("ck_feedback_answer_one_answer")),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_answer_feedback_id_feedback")),
        sa.PrimaryKeyConstraint("feedback_id", "position", name=op.f("pk_feedback_answer")),
    )
    op.create_table(
        "feedback_form",
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["chosen_by"], ["person.id"], name=op.f("fk_feedback_form_chosen_by_person")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["library_entry.id"], name=op.f("fk_feedback_form_entry_id_library_entry")
        ),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_feedback_form_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("webinar_id", name=op.f("pk_feedback_form")),
    )
    with op.batch_alter_table("feedback_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_form_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "library_topic",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["library_entry.id"], name=op.f("fk_library_topic_entry_id_library_entry")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_library_topic_topic_id_topic")),
        sa.PrimaryKeyConstraint("entry_id", "topic_id", name=op.f("pk_library_topic")),
    )
    with op.batch_alter_table("library_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_library_topic_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "library_version",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("keywords", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("file_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["library_entry.id"], name=op.f("fk_library_version_entry_id_library_entry")
        ),
        sa.ForeignKeyConstraint(
            ["file_digest"], ["stored_file.digest"], name=op.f("fk_library_version_file_digest_stored_file")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_library_version_made_by_person")),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_library_version")),
    )
    with op.batch_alter_table("library_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_library_version_file_digest"), ["file_digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_library_version_made_by"), ["made_by"], unique=False)

    op.create_table(
        "poll_partnership",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_poll_partnership_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_partnership_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "partnership_id", name=op.f("pk_poll_partnership")),
    )
    with op.batch_alter_table("poll_partnership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_partnership_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "poll_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("local_start", sa.DateTime(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_slot_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_slot")),
    )
    with op.batch_alter_table("poll_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_slot_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "poll_vote",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "vote",
            sa.Enum("yes", "if_need_be", "no", name="vote", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("voted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_vote_person_id_person")),
        sa.ForeignKeyConstraint(["slot_id"], ["poll_slot.id"], name=op.f("fk_poll_vote_slot_id_poll_slot")),
        sa.PrimaryKeyConstraint("slot_id", "person_id", name=op.f("pk_poll_vote")),
    )
    with op.batch_alter_table("poll_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_vote_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("webinar", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "circle",
                sa.Enum("everybody", "organisers", name="circle", native_enum=False, create_constraint=True, length=16),
                nullable=False,
                server_default="everybody",
            )
        )
    with op.batch_alter_table("webinar", schema=None) as batch_op:
        batch_op.alter_column("circle", server_default=None)
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_given_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    _allow(*_DELIVERIES, *_NEW)
    for statement in _SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute(sa.delete(sa.table("delivery", sa.column("kind"))).where(_kinds(*_NEW)))
    _allow(*_DELIVERIES)
    if op.get_bind().dialect.name == "sqlite":
        for change in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER library_search_{change}")
        op.execute("DROP TABLE library_search")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("link_given_at")
    with op.batch_alter_table("webinar", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_webinar_circle"), type_="check")
        batch_op.drop_column("circle")

    with op.batch_alter_table("poll_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_vote_person_id"))

    op.drop_table("poll_vote")
    with op.batch_alter_table("poll_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_slot_poll_id"))

    op.drop_table("poll_slot")
    with op.batch_alter_table("poll_partnership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_partnership_partnership_id"))

    op.drop_table("poll_partnership")
    with op.batch_alter_table("library_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_library_version_made_by"))
        batch_op.drop_index(batch_op.f("ix_library_version_file_digest"))

    op.drop_table("library_version")
    with op.batch_alter_table("library_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_library_topic_topic_id"))

    op.drop_table("library_topic")
    with op.batch_alter_table("feedback_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_form_entry_id"))

    op.drop_table("feedback_form")
    op.drop_table("feedback_answer")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_confirmed_at"))

    op.drop_table("contact")
    op.drop_table("tally")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_webinar_id"))
        batch_op.drop_index(batch_op.f("ix_poll_created_by"))

    op.drop_table("poll")
    with op.batch_alter_table("library_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_library_entry_webinar_id"))
        batch_op.drop_index(batch_op.f("ix_library_entry_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_library_entry_created_by"))

    op.drop_table("library_entry")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_person_id"))

    op.drop_table("feedback")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_person_id"))

    op.drop_table("attendance")
    op.drop_table("telegram_file")
    op.drop_table("stored_file")
