"""The first form of the record."""

from __future__ import annotations

from alembic import op

from communique.store import schema
from communique.store.search import search_for

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and the search index."""
    bind = op.get_bind()
    schema.metadata.create_all(bind)
    search_for(bind.dialect.name).create(bind)


def downgrade() -> None:
    """There is nothing before the first form."""
    raise NotImplementedError
