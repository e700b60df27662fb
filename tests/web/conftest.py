"""A record that is served: the pages made by hand, a hostile one and one with long names."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from support import PAGES, person, record, session, told
from webpages import serving

from communique.store import Store

BAD = "<script>document.title='owned'</script><img src=x onerror=alert(1)>\u202egnihtyna\u2066"
LONG = "Nguyễn Phước Ưng Hoàng Thị Huyền Tôn Nữ Quỳnh Như Diễm Phượng Khuất Đình Đặng Trường"
UNBROKEN = "Wirtschaftsverteidigungszusammenarbeitsrahmenabkommensverhandlungskommission" * 2

HOSTILE = told(
    "hostile.txt",
    f"Talks {BAD}",
    f"On Monday {BAD} met the delegation of {BAD} in the harbour. \"'><b>bold</b>{{{{7*7}}}}",
    [
        person(f"{BAD} met", f"{BAD}", "SG", offices=[BAD]),
        {
            "kind": "engagement", "quote": f"{BAD} met the delegation", "type": "talks", "status": "held",
            "scope": "bilateral", "date": "2022-02-02", "date_text": BAD, "mode": None, "mechanism": BAD, "ordinal": 3,
            "place": {"country": "SG", "city": BAD},
            "participants": [
                {"name": BAD, "country": "SG", "role": "host"}, {"name": "x", "country": BAD, "role": BAD},
            ],
        },
    ],
    lang="en",
    published="2022-02-02",
    outlet=BAD,
)  # fmt: skip

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
