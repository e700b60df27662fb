"""Entries that are found to be one by comparing them, and units that are copies of one report.

What was read before has no facts and no bands: it is compared once it is read again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def Text() -> sa.types.TypeEngine[str]:  # noqa: N802 - read as a type
    """Return text that every database puts in the order of its code points."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _of_entry(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], ["entries.pk"], ondelete="CASCADE")


def upgrade() -> None:
    """Add what comparing entries and units needs."""
    op.add_column("entries", sa.Column("thing", Text(), nullable=False, server_default=""))
    op.execute("UPDATE entries SET thing = id")
    op.create_index(op.f("ix_entries_thing"), "entries", ["thing"], unique=False)
    op.add_column("units", sa.Column("origin", Text(), nullable=False, server_default=""))
    op.execute("UPDATE units SET origin = id")
    op.create_index(op.f("ix_units_origin"), "units", ["origin"], unique=False)
    op.add_column("claims", sa.Column("facts", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "facts",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("digest", Text(), nullable=False),
        sa.Column("plain", sa.JSON(), nullable=False),
        _of_entry("entry"),
        sa.PrimaryKeyConstraint("entry", "digest"),
    )
    op.create_table(
        "blocks",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        _of_entry("entry"),
        sa.PrimaryKeyConstraint("block", "entry"),
    )
    op.create_index("blocks_by_entry", "blocks", ["entry"], unique=False)
    op.create_table(
        "pairs",
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("verdict", Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("but", Text(), nullable=True),
        _of_entry("a"),
        _of_entry("b"),
        sa.PrimaryKeyConstraint("a", "b"),
    )
    op.create_index("pairs_by_b", "pairs", ["b"], unique=False)
    op.create_index("pairs_by_verdict", "pairs", ["verdict"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "unit"),
    )
    op.create_index("bands_by_unit", "bands", ["unit"], unique=False)
    op.create_table(
        "slips",
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("what", Text(), nullable=False, comment="spelling or correction"),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("at", sa.JSON(), nullable=False, comment="start and end of each value in the text"),
        sa.ForeignKeyConstraint(["unit"], ["units.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("unit", "seq"),
    )
    op.create_index("slips_by_what", "slips", ["what"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", Text(), nullable=False),
        sa.Column("at", Text(), nullable=False),
        sa.Column("who", Text(), nullable=False),
        sa.Column("verdict", Text(), nullable=False, comment="same or different"),
        sa.Column("one", Text(), nullable=False, comment="a key of the one entry"),
        sa.Column("other", Text(), nullable=False, comment="a key of the other"),
        sa.Column("reason", Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    for name in ("id", "one", "other"):
        op.create_index(op.f(f"ix_judgements_{name}"), "judgements", [name], unique=False)
