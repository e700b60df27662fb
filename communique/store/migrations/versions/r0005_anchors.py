"""A person's word on two entries is found again by items, where a newer reading gives these other keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def Text() -> sa.types.TypeEngine[str]:  # noqa: N802 - read as a type
    """Return text that every database puts in the order of its code points."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add it. Words given before go by the keys alone, as they did."""
    op.create_table(
        "anchors",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.Integer(), nullable=False),
        sa.Column("side", Text(), nullable=False),
        sa.Column("unit", Text(), nullable=False),
        sa.Column("item", Text(), nullable=False),
        sa.Column("item_kind", Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", Text(), nullable=False),
        sa.Column("now", Text(), nullable=True),
        sa.Column("now_unit", Text(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["judgements.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("anchors_by_judgement", "anchors", ["judgement"], unique=False)
    op.create_index(op.f("ix_anchors_now_unit"), "anchors", ["now_unit"], unique=False)
