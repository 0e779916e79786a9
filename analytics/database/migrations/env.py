"""What alembic runs: the migrations of the state database, on a connection given to it."""

from __future__ import annotations

from alembic import context

from analytics.database.state_tables import STATE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=STATE,
    version_table="state_version",
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
