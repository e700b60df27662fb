"""Decisions that can be taken back and know their item, what the machine had coded, and accounts for review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def Text() -> sa.types.TypeEngine[str]:  # noqa: N802 - read as a type
    """Return text that every database puts in the order of its code points."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add what reviewing needs."""
    op.add_column("claims", sa.Column("coded", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("decisions", sa.Column("undone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("decisions", sa.Column("now", Text(), nullable=True))
    op.add_column("decisions", sa.Column("now_unit", Text(), nullable=False, server_default=""))
    op.execute("UPDATE decisions SET now = item, now_unit = unit")
    for name in ("now", "now_unit"):
        op.create_index(op.f(f"ix_decisions_{name}"), "decisions", [name], unique=False)
    op.create_table(
        "accounts",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("hash", Text(), nullable=False),
        sa.Column("at", Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("accounts_by_name", "accounts", ["name"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "attempts",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("address", Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
