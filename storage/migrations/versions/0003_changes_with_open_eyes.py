"""changes with open eyes"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEW = "changed"
_NOTICES = ("announced", "hosted", "moved", "cancelled", "restored")
_DELIVERIES = (
    *("announcement", "edit", "hosted", "stay", "reminder", "seat_won", "moved", "cancelled", "restored"),
    *("host_asked", "host_answered", "letter", "material", "alert"),
)


def _kinds(*kinds: str) -> sa.TextClause:
    return sa.text("kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))


def _allow(table: str, *kinds: str) -> None:
    name = f"ck_{table}_{table}_kind"
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.create_check_constraint(op.f(name), _kinds(*kinds))


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_person_id_person")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_proposal_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_webinar_id"), ["webinar_id"], unique=False)

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("silent", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.alter_column("silent", server_default=None)
    _allow("notice", *_NOTICES, _NEW)
    _allow("delivery", *_DELIVERIES, _NEW)


def downgrade() -> None:
    for table in ("delivery", "notice"):
        op.execute(sa.delete(sa.table(table, sa.column("kind"))).where(_kinds(_NEW)))
    _allow("delivery", *_DELIVERIES)
    _allow("notice", *_NOTICES)
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_column("silent")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_webinar_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_person_id"))

    op.drop_table("proposal")
