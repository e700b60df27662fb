"""A record that is served: the pages made by hand, a hostile one and one with long names."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from hostile import HOSTILE
from support import PAGES, person, record, session, told
from webpages import serving

from communique.store import Store

LONG = "Nguyễn Phước Ưng Hoàng Thị Huyền Tôn Nữ Quỳnh Như Diễm Phượng Khuất Đình Đặng Trường"
UNBROKEN = "Wirtschaftsverteidigungszusammenarbeitsrahmenabkommensverhandlungskommission" * 2

NAMES = told(
    "names.txt",
    f"{LONG} và {UNBROKEN}",
    f"Hôm 5-5-2022, {LONG} dự kỳ họp của {UNBROKEN}. Kỳ họp thứ tám diễn ra năm 2023.",
    [
        person(LONG, LONG, "VN", offices=[UNBROKEN, "Thứ trưởng Bộ Quốc phòng"]),
        session(f"{LONG} dự kỳ họp của {UNBROKEN}", 7, "2022-05-05", "VN", UNBROKEN),
        session("Kỳ họp thứ tám diễn ra năm 2023", 8, "2023", "RU", UNBROKEN),
        {"kind": "tie", "quote": "Kỳ họp thứ tám", "a": "VN", "b": "RU", "level": UNBROKEN, "since": None},
    ],
    lang="vi",
    published="2022-05-06",
)


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record of six documents; one item accepted, one rejected."""
    made = record(tmp_path_factory.mktemp("web") / "r.db", *PAGES, HOSTILE, NAMES)
    talks = next(c for c in PAGES[1].claims if c.kind == "engagement")
    made.decide(talks.id, "accept", "reader", "as it stands")
    yield made
    made.close()


@pytest.fixture(scope="package")
def served(store: Store) -> Iterator[str]:
    """The address of the record, served."""
    with serving(store) as address:
        yield address


@pytest.fixture(scope="package")
def client(served: str) -> Iterator[httpx.Client]:
    """A program that asks the served record."""
    with httpx.Client(base_url=served, follow_redirects=True, trust_env=False) as made:
        yield made
