"""what needs looking at"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CONDITIONS = {
    "ix_delivery_sent": sa.text("state = 'sent'"),
    "ix_delivery_troubled": sa.text("state IN ('failed', 'unknown') AND dismissed_at IS NULL"),
}


def upgrade() -> None:
    for name, condition in _CONDITIONS.items():
        op.create_index(name, "delivery", ["settled_at"], sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for name in _CONDITIONS:
        op.drop_index(name, "delivery")
