"""What the desk needs: the fields of all items in one small place, and what each account may do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
FIELDS = ("kind", "type", "status", "review", "day", "first_day", "last_day", "unit", "start", "entry")


def upgrade() -> None:
    """Add it. Whoever had an account could do everything and still can."""
    op.create_index("claims_in_columns", "claims", list(FIELDS), unique=False)
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    if op.get_bind().dialect.name == "sqlite":
        # Without figures of the new index the database would take it where an older one serves better.
        op.execute("PRAGMA analysis_limit = 1000")
        op.execute("ANALYZE")
    op.add_column("accounts", sa.Column("role", text, nullable=False, server_default="keeper"))
