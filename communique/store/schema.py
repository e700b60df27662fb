"""The tables of the record.

A claim is a row. What groups claims (``entries``: one person, one mechanism, one happening) is drawn from their
keys and can be drawn again; entries found to be one by comparing them carry one ``thing``. Decisions and the log
stand by themselves and outlive every reading.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import Text as AnyText

HEAD = "0005"

metadata = MetaData()

Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")
"""Text that every database puts in the order of its code points, so that all records are in one order."""


def _pk() -> Column[int]:
    return Column("pk", Integer, primary_key=True)


def _entry(name: str = "entry") -> Column[int]:
    return Column(name, Integer, ForeignKey("entries.pk", ondelete="CASCADE"), primary_key=True)


def _owner(table: str) -> Column[int]:
    return Column(table[:-1], Integer, ForeignKey(f"{table}.pk", ondelete="CASCADE"), nullable=False)


blobs = Table(
    "blobs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False, comment="the bytes as they came, zstandard"),
)

sources = Table(
    "sources",
    metadata,
    _pk(),
    Column("source", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("place", Text, nullable=False, comment="origin without a line number"),
    Column("digest", String(64), nullable=False),
    Column("media", Text, nullable=False),
    Column("url", Text),
    Column("state", Text, nullable=False, comment="live, failed, superseded, forgotten"),
    Column("reason", Text),
    Column("coder", Text),
    Column("read_at", Text, nullable=False, comment="clock time; never exported"),
    Column("notes", JSON, nullable=False),
    Column("misses", Integer, nullable=False, default=0),
    Index("sources_by_name", "source", "digest"),
    Index("sources_by_place", "place"),
    Index("sources_by_time", "read_at"),
)

units = Table(
    "units",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, index=True),
    _owner("sources"),
    Column("source_name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("outlet", Text),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("dateline", Text),
    Column("published", Text),
    Column("basis", Text, nullable=False),
    Column("not_before", Text),
    Column("not_after", Text),
    Column("parts", JSON, nullable=False),
    Column("told", Text, nullable=False, comment="first day it can have been told; empty where unknown"),
    Column("origin", Text, nullable=False, index=True, comment="the first of the units that are copies of one report"),
    Index("units_in_order", "source_name", "position", "id"),
    Index("units_by_source", "source"),
    Index("units_by_day", "told", "source_name", "position"),
    Index("units_by_lang", "lang"),
    Index("units_by_outlet", "outlet"),
)

entries = Table(
    "entries",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False, index=True),
    Column("mark", Text, nullable=False, comment="the key that the id is a digest of"),
    Column("thing", Text, nullable=False, index=True, comment="id of the first of the entries found to be one"),
)

entry_keys = Table(
    "entry_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("entry", Integer, ForeignKey("entries.pk"), nullable=False, index=True),
)

claims = Table(
    "claims",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, index=True),
    _owner("units"),
    Column("kind", Text, nullable=False),
    Column("type", Text),
    Column("status", Text),
    Column("date", Text),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("day", Text, nullable=False, comment="first day of the date, else of the telling"),
    Column("start", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("values", JSON, nullable=False),
    Column("coded", JSON(none_as_null=True), comment="values of the machine, where a person corrected them"),
    Column("rule", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("review", Text, nullable=False, default="machine"),
    Column("facts", JSON(none_as_null=True), comment="what an engagement is compared by"),
    Column("entry", Integer, ForeignKey("entries.pk"), index=True),
    Index("claims_by_unit", "unit"),
    Index("claims_by_kind", "kind", "day"),
    # The desk draws all items into memory from this alone, without the rest of the rows.
    Index(
        "claims_in_columns",
        "kind",
        "type",
        "status",
        "review",
        "day",
        "first_day",
        "last_day",
        "unit",
        "start",
        "entry",
    ),
)

evidence = Table(
    "evidence",
    metadata,
    Column("claim", Integer, ForeignKey("claims.pk", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("field", Text),
)

claim_keys = Table(
    "claim_keys",
    metadata,
    Column("claim", Integer, ForeignKey("claims.pk", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Index("claim_keys_by_key", "key"),
)

links = Table(
    "links",
    metadata,
    Column("claim", Integer, ForeignKey("claims.pk", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("kind", Text, nullable=False, comment="of the claim"),
    Column("day", Text, nullable=False),
    Index("links_by_key", "key", "kind", "claim", "role"),
)

decisions = Table(
    "decisions",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False, comment="accept, correct, reject"),
    Column("item", Text, nullable=False),
    Column("item_kind", Text, nullable=False),
    Column("unit", Text, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("values", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("undone", Boolean, nullable=False),
    Column("now", Text, index=True, comment="id of the item that it is on now; null: none was found"),
    Column("now_unit", Text, nullable=False, index=True, comment="id of the unit in which it was last looked for"),
)

facts = Table(
    "facts",
    metadata,
    _entry(),
    Column("digest", Text, primary_key=True),
    Column("plain", JSON, nullable=False),
    comment="what the claims of an entry say, each saying once",
)

blocks = Table(
    "blocks",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False, comment="digest of the block's name"),
    _entry(),
    Index("blocks_by_entry", "entry"),
    comment="entries that share a block are compared",
)

pairs = Table(
    "pairs",
    metadata,
    _entry("a"),
    _entry("b"),
    Column(
        "verdict",
        Text,
        nullable=False,
        comment="same or unsure; different only where a person says so",
    ),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("used", Boolean, nullable=False, comment="whether it joins the two"),
    Column("but", Text, comment="why two that seem one are left apart"),
    Index("pairs_by_b", "b"),
    Index("pairs_by_verdict", "verdict"),
    comment="what comparing two entries gave",
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False, comment="digest of a part of the MinHash"),
    Column("unit", Integer, ForeignKey("units.pk", ondelete="CASCADE"), primary_key=True),
    Index("bands_by_unit", "unit"),
    comment="units that share a band may be copies of one report",
)

slips = Table(
    "slips",
    metadata,
    Column("unit", Integer, ForeignKey("units.pk", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("what", Text, nullable=False, comment="spelling or correction"),
    Column("values", JSON, nullable=False),
    Column("at", JSON, nullable=False, comment="start and end of each value in the text"),
    Index("slips_by_what", "what"),
)

judgements = Table(
    "judgements",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("verdict", Text, nullable=False, comment="same or different"),
    Column("one", Text, nullable=False, index=True, comment="a key of the one entry"),
    Column("other", Text, nullable=False, index=True, comment="a key of the other"),
    Column("reason", Text, nullable=False),
    Column("undone", Boolean, nullable=False),
    comment="a person's word on two entries; outlives every reading",
)

anchors = Table(
    "anchors",
    metadata,
    _pk(),
    Column("judgement", Integer, ForeignKey("judgements.pk", ondelete="CASCADE"), nullable=False),
    Column("side", Text, nullable=False, comment="one or other"),
    Column("unit", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("item_kind", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("now", Text, comment="id of the item that it is now; null: none was found"),
    Column("now_unit", Text, nullable=False, index=True, comment="id of the unit in which it was last looked for"),
    Index("anchors_by_judgement", "judgement"),
    comment="items by which the entries of a judgement are found again once their keys are others",
)

accounts = Table(
    "accounts",
    metadata,
    _pk(),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, comment="argon2id"),
    Column("at", Text, nullable=False),
    Column("role", Text, nullable=False, server_default="keeper", comment="reader, reviewer, keeper"),
    Index("accounts_by_name", "name", unique=True),
    comment="who may sign in to review",
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True, comment="of the word in the cookie"),
    Column("account", Integer, ForeignKey("accounts.pk", ondelete="CASCADE"), nullable=False),
    Column("token", String(64), nullable=False, comment="stands in every form"),
    Column("until", BigInteger, nullable=False, comment="second at which it ends"),
)

attempts = Table(
    "attempts",
    metadata,
    _pk(),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    comment="signing in with a wrong password, of late",
)

log = Table(
    "log",
    metadata,
    _pk(),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", JSON, nullable=False),
)

__all__ = [
    "HEAD",
    "accounts",
    "anchors",
    "attempts",
    "bands",
    "blobs",
    "blocks",
    "claim_keys",
    "claims",
    "decisions",
    "entries",
    "entry_keys",
    "evidence",
    "facts",
    "judgements",
    "links",
    "log",
    "metadata",
    "pairs",
    "sessions",
    "slips",
    "sources",
    "units",
]
