"""hear of what calendars show"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SHOWN = {
    "webinar": "INSERT OR UPDATE OR DELETE",
    "registration": "INSERT OR UPDATE OR DELETE",
    "follow": "INSERT OR UPDATE OR DELETE",
    "partnership": "INSERT OR UPDATE OR DELETE",
    "topic": "INSERT OR UPDATE OR DELETE",
    "role": "INSERT OR UPDATE OR DELETE",
    "person": "UPDATE OF feed_generation, feed_follows, feed_changed_at OR DELETE",
}
"""Tables whose rows calendars show. What everybody's taps write all the time, such as when they were seen, is not."""

_FUNCTION = """
CREATE FUNCTION convoke_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('convoke', '');
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    """PostgreSQL tells those who listen, whoever writes. A SQLite database counts its changes itself."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        for table, events in _SHOWN.items():
            op.execute(
                f"CREATE TRIGGER convoke_tell AFTER {events} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION convoke_tell()"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION convoke_tell() CASCADE")
