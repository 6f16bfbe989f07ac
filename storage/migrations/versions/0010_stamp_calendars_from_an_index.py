"""Stamp calendars from an index: the table is wide, and the stamp is asked for after every write."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("webinar") as batch_op:
        batch_op.create_index("ix_webinar_stamp", ["circle", "last_modified", "sequence"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("webinar") as batch_op:
        batch_op.drop_index("ix_webinar_stamp")
