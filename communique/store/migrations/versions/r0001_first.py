"""The first form of the record. Written out, so that later changes of the schema do not change it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from communique.store.search import search_for

revision = "0001"
down_revision = None


def Text() -> sa.types.TypeEngine[str]:  # noqa: N802 - read as a type
    """Return text that every database puts in the order of its code points."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create every table and the search index."""
    op.create_table(
        "blobs",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="the bytes as they came, zstandard"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "decisions",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", Text(), nullable=False),
        sa.Column("at", Text(), nullable=False),
        sa.Column("who", Text(), nullable=False),
        sa.Column("action", Text(), nullable=False, comment="accept, correct, reject, merge, split"),
        sa.Column("item", Text(), nullable=False),
        sa.Column("item_kind", Text(), nullable=False),
        sa.Column("unit", Text(), nullable=False),
        sa.Column("source", Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("reason", Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index(op.f("ix_decisions_id"), "decisions", ["id"], unique=False)
    op.create_index(op.f("ix_decisions_unit"), "decisions", ["unit"], unique=False)
    op.create_table(
        "entries",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", Text(), nullable=False),
        sa.Column("kind", Text(), nullable=False),
        sa.Column("mark", Text(), nullable=False, comment="the key that the id is a digest of"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index(op.f("ix_entries_id"), "entries", ["id"], unique=False)
    op.create_index(op.f("ix_entries_kind"), "entries", ["kind"], unique=False)
    op.create_table(
        "log",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("at", Text(), nullable=False),
        sa.Column("action", Text(), nullable=False),
        sa.Column("what", Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_table(
        "sources",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("source", Text(), nullable=False),
        sa.Column("origin", Text(), nullable=False),
        sa.Column("place", Text(), nullable=False, comment="origin without a line number"),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media", Text(), nullable=False),
        sa.Column("url", Text(), nullable=True),
        sa.Column("state", Text(), nullable=False, comment="live, failed, superseded, forgotten"),
        sa.Column("reason", Text(), nullable=True),
        sa.Column("coder", Text(), nullable=True),
        sa.Column("read_at", Text(), nullable=False, comment="clock time; never exported"),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("sources_by_name", "sources", ["source", "digest"], unique=False)
    op.create_index("sources_by_place", "sources", ["place"], unique=False)
    op.create_index("sources_by_time", "sources", ["read_at"], unique=False)
    op.create_table(
        "entry_keys",
        sa.Column("key", Text(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entries.pk"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_entry_keys_entry"), "entry_keys", ["entry"], unique=False)
    op.create_table(
        "units",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", Text(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("source_name", Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", Text(), nullable=False),
        sa.Column("lang", Text(), nullable=False),
        sa.Column("outlet", Text(), nullable=True),
        sa.Column("title", Text(), nullable=False),
        sa.Column("text", Text(), nullable=False),
        sa.Column("url", Text(), nullable=True),
        sa.Column("dateline", Text(), nullable=True),
        sa.Column("published", Text(), nullable=True),
        sa.Column("basis", Text(), nullable=False),
        sa.Column("not_before", Text(), nullable=True),
        sa.Column("not_after", Text(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("told", Text(), nullable=False, comment="first day it can have been told; empty where unknown"),
        sa.ForeignKeyConstraint(["source"], ["sources.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index(op.f("ix_units_id"), "units", ["id"], unique=False)
    op.create_index("units_by_source", "units", ["source"], unique=False)
    op.create_index("units_by_day", "units", ["told", "source_name", "position"], unique=False)
    op.create_index("units_by_lang", "units", ["lang"], unique=False)
    op.create_index("units_by_outlet", "units", ["outlet"], unique=False)
    op.create_index("units_in_order", "units", ["source_name", "position", "id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("kind", Text(), nullable=False),
        sa.Column("type", Text(), nullable=True),
        sa.Column("status", Text(), nullable=True),
        sa.Column("date", Text(), nullable=True),
        sa.Column("first_day", Text(), nullable=True),
        sa.Column("last_day", Text(), nullable=True),
        sa.Column("day", Text(), nullable=False, comment="first day of the date, else of the telling"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("rule", Text(), nullable=False),
        sa.Column("coder", Text(), nullable=False),
        sa.Column("review", Text(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entries.pk"],
        ),
        sa.ForeignKeyConstraint(["unit"], ["units.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("claims_by_kind", "claims", ["kind", "day"], unique=False)
    op.create_index("claims_by_unit", "claims", ["unit"], unique=False)
    op.create_index(op.f("ix_claims_entry"), "claims", ["entry"], unique=False)
    op.create_index(op.f("ix_claims_id"), "claims", ["id"], unique=False)
    op.create_table(
        "claim_keys",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("key", Text(), nullable=False),
        sa.Column("reason", Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "key"),
    )
    op.create_index("claim_keys_by_key", "claim_keys", ["key"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", Text(), nullable=False),
        sa.Column("field", Text(), nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claims.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "seq"),
    )
    op.create_table(
        "links",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("key", Text(), nullable=False),
        sa.Column("role", Text(), nullable=False),
        sa.Column("kind", Text(), nullable=False, comment="of the claim"),
        sa.Column("day", Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "key", "role"),
    )
    op.create_index("links_by_key", "links", ["key", "kind", "claim", "role"], unique=False)
    search_for(op.get_bind().dialect.name).create(op.get_bind())


def downgrade() -> None:
    """There is nothing before the first form."""
    raise NotImplementedError
