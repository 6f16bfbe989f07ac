"""Alembic's entry point: runs inside the connection and transaction that `storage.migrate` opened."""

from alembic import context

from storage.tables import Table, is_search

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    compare_type=True,
    include_name=lambda name, _kind, _parents: not is_search(name),
)
context.run_migrations()
