"""fewer small messages"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extras", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("extras", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("extras")
