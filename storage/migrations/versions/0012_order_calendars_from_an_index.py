"""Order calendars from an index, as their stamp is: sorting thousands of wide rows was most of what a change cost."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SHOWN = ["circle", "starts_at", "id", "ends_at", "status", "sequence", "last_modified"]


def upgrade() -> None:
    with op.batch_alter_table("webinar") as batch_op:
        batch_op.drop_index("ix_webinar_stamp")
        batch_op.create_index("ix_webinar_shown", _SHOWN, unique=False)


def downgrade() -> None:
    with op.batch_alter_table("webinar") as batch_op:
        batch_op.drop_index("ix_webinar_shown")
        batch_op.create_index("ix_webinar_stamp", ["circle", "last_modified", "sequence"], unique=False)
