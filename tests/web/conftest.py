"""A record that is served: the pages made by hand, a hostile one and one with long names."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from hostile import HOSTILE
from support import PAGES, person, record, session, told
from webpages import serving, sign_in, visitor

from communique.store import Store

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
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
    with visitor(served) as made:
        yield made


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[object]:
    """A headless Chromium; tests that ask for it are left out where Playwright is not installed."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def at(own: Store) -> Iterator[str]:
    """The address of a record that a module calls its ``own``, served."""
    with serving(own) as address:
        yield address


@pytest.fixture
def mai(at: str) -> Iterator[httpx.Client]:
    """Mai, signed in there."""
    with visitor(at) as client:
        assert sign_in(client).url.path == "/review"
        yield client
