"""A small record made by hand: pages that we wrote, and what a reader would code from them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine

from communique import exports
from communique.model import Claim, Document, Evidence, Unit, item_id, unit_id
from communique.record import Known, KnownMechanism
from communique.store import Store, open_store

SERVER: list[str] = []
"""The PostgreSQL address under test, where one is; the fixture ``database`` puts it here."""
OPENED: list[Store] = []
SCHEMAS: set[str] = set()

KNOWN = Known.of(
    {
        "VN": {"zh": ("越南", "越"), "vi": ("Việt Nam",), "en": ("Viet Nam",)},
        "RU": {"zh": ("俄罗斯", "俄"), "en": ("Russia",)},
        "SG": {"zh": ("新加坡",)},
        "ASEAN": {"zh": ("东盟",)},
    },
    (KnownMechanism("harbour-forum", {"zh": ("海港论坛", "海港对话会"), "en": ("Harbour Forum",)}, ("HBF",)),),
)


@dataclass(frozen=True)
class Told:
    """Stands for ``communique.flow.Reading``."""

    document: Document
    claims: tuple[Claim, ...]
    misses: tuple[Any, ...] = field(default=())


def told(
    source: str,
    title: str,
    body: str,
    items: Sequence[dict[str, Any]],
    *,
    lang: str = "zh-Hans",
    published: str | None = None,
    origin: str | None = None,
    coder: str = "hand 1",
    outlet: str | None = "desk",
) -> Told:
    """Return the reading of one article; every item names its ``kind`` and a ``quote`` that stands in the text."""
    text = f"{title}\n\n{body}"
    uid = unit_id(source, "article", text)
    unit = Unit(
        uid, source, "article", title, text, lang, outlet=outlet, published=published,
        basis="metadata" if published else "unknown",
    )  # fmt: skip
    claims = []
    for item in items:
        values = {k: v for k, v in item.items() if k not in ("kind", "quote")}
        at = text.index(item["quote"])
        evidence = (Evidence(at, at + len(item["quote"]), item["quote"]),)
        claims.append(
            Claim(item_id(uid, item["kind"], evidence, values), uid, item["kind"], values, evidence, "hand/rule", coder)
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    doc = Document(source, origin or f"pages/{source}", digest, "text/plain", units=(unit,))
    return Told(doc, tuple(claims))


def session(quote: str, ordinal: int | None, date: str, host: str, mechanism: str = "HBF") -> dict[str, Any]:
    """Return a sitting of the forum that these pages made up."""
    return {
        "kind": "engagement", "quote": quote, "type": "session", "status": "held", "scope": "multilateral",
        "date": date, "date_text": date, "place": {"country": host, "city": None}, "mode": None,
        "participants": [{"name": host, "country": host, "role": "host"}], "mechanism": mechanism, "ordinal": ordinal,
    }  # fmt: skip


def person(quote: str, name: str, country: str | None = "VN", **more: Any) -> dict[str, Any]:
    """Return a person."""
    return {
        "kind": "person", "quote": quote, "name": name, "latin": more.get("latin"), "country": country,
        "offices": more.get("offices", []), "rank": None,
    }  # fmt: skip


FORUM = told(
    "forum.txt",
    "海港论坛走过五年",
    "第一届海港论坛2016年在新加坡举行。第二届海港论坛于2017年3月在越南举办。"
    "第五届海港论坛2021年在俄罗斯召开。"
    "各方同意每年举行一次海上搜救演练。",
    [
        session("第一届海港论坛2016年在新加坡举行", 1, "2016", "SG", "海港论坛"),
        session("第二届海港论坛于2017年3月在越南举办", 2, "2017-03", "VN"),
        session("第五届海港论坛2021年在俄罗斯召开", 5, "2021", "RU"),
        {
            "kind": "commitment", "quote": "各方同意每年举行一次海上搜救演练", "actors": ["VN", "RU"],
            "counterparties": [], "act": "agree", "content": "每年举行一次海上搜救演练", "topics": ["hadr"],
            "due": None,
        },
    ],
)  # fmt: skip

TALKS = told(
    "talks.txt",
    "越俄两国防长会谈",
    "2021年7月6日，越南国防部部长丁海山在河内会见俄罗斯国防部副部长伊万·彼得罗夫（Ivan Petrov）。",
    [
        person("越南国防部部长丁海山", "丁海山", "VN", offices=["国防部部长"]),
        person("伊万·彼得罗夫（Ivan Petrov）", "伊万·彼得罗夫", "RU", latin="Ivan Petrov", offices=["国防部副部长"]),
        {
            "kind": "engagement", "quote": "越南国防部部长丁海山在河内会见俄罗斯国防部副部长伊万·彼得罗夫",
            "type": "talks", "status": "held", "scope": "bilateral", "date": "2021-07-06", "date_text": "2021年7月6日",
            "place": {"country": "VN", "city": "河内"}, "mode": None, "mechanism": None, "ordinal": None,
            "participants": [
                {"name": "丁海山", "country": "VN", "role": "host"},
                {"name": "伊万·彼得罗夫", "country": "RU", "role": "guest"},
            ],
        },
    ],
    published="2021-07-06",
)  # fmt: skip

AGAIN = told(
    "again.txt",
    "丁海山会见俄方代表",
    "丁海山部长6日同伊万·彼得罗夫举行会谈，双方谈到第二届海港论坛。",
    [
        person("丁海山部长", "丁海山", "VN", offices=["部长"]),
        person("伊万·彼得罗夫", "伊万·彼得罗夫", "RU"),
        {
            "kind": "engagement", "quote": "丁海山部长6日同伊万·彼得罗夫举行会谈",
            "type": "talks", "status": "held", "scope": "bilateral", "date": "2021-07-06", "date_text": "6日",
            "place": None, "mode": None, "mechanism": None, "ordinal": None,
            "participants": [
                {"name": "丁海山", "country": "VN", "role": "attendee"},
                {"name": "伊万·彼得罗夫", "country": "RU", "role": "attendee"},
            ],
        },
        session("第二届海港论坛", 2, "2017", "VN", "海港论坛"),
    ],
    published="2021-07-07",
)  # fmt: skip

VIETNAMESE = told(
    "viet.txt",
    "Bộ trưởng Đinh Hải Sơn tiếp khách",
    "Chiều 6/7/2021, Bộ trưởng Đinh Hải Sơn tiếp đoàn Nga tại Hà Nội.",
    [person("Bộ trưởng Đinh Hải Sơn", "Đinh Hải Sơn", "VN", offices=["Bộ trưởng"])],
    lang="vi",
)

PAGES = (FORUM, TALKS, AGAIN, VIETNAMESE)


def place(path: Path) -> str:
    """Return the address of a test's record: the file itself, or its own schema of the server under test."""
    if not SERVER:
        return str(path)
    schema = "t" + hashlib.sha256(str(path).encode()).hexdigest()[:16]
    if schema not in SCHEMAS:
        SCHEMAS.add(schema)
        with create_engine(SERVER[0], poolclass=NullPool).begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    return f"{SERVER[0]}?options=-csearch_path%3D{schema}"


def opened(path: Path, *, known: Known = KNOWN, create: bool = True) -> Store:
    """Return the open record at ``path``, on the database under test; it is closed when the test ends."""
    OPENED.append(open_store(place(path), create=create, known=known))
    return OPENED[-1]


def record(path: Path, *readings: Told, known: Known = KNOWN) -> Store:
    """Return a store with readings in it (default: all pages)."""
    store = opened(path, known=known)
    for reading in readings or PAGES:
        store.add(reading)
    return store


def dump(store: Store) -> bytes:
    """Return a record as JSON Lines: equal where all that it holds is equal."""
    return b"".join(exports.pieces(store, "jsonl"))
