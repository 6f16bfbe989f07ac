"""whatever the clock does"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SEEN = """
UPDATE registration SET seen_sequence = COALESCE(
    (
        SELECT MAX(revision.sequence) FROM revision
        WHERE revision.webinar_id = registration.webinar_id AND revision.changed_at < registration.changed_at
    ),
    0
)
"""


def upgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_sequence", sa.Integer(), nullable=False, server_default="0"))
    op.execute(_SEEN)
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.alter_column("seen_sequence", server_default=None)
    with op.batch_alter_table("pace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pace", schema=None) as batch_op:
        batch_op.drop_column("written_at")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("seen_sequence")
