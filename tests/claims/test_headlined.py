"""An office without a name in a headline: the home state's where the headline stands alone."""

from __future__ import annotations

import pytest

from communique import flow
from communique.loader import packs as loader
from communique.model import Raw

PACKS = loader.load()


@pytest.mark.parametrize(
    ("page", "states"),
    [
        ("Chủ tịch nước gửi điện mừng Tổng thống Fiji\n\nĐây là tin vắn trong ngày.\n", {"VN", "FJ"}),
        ("Thủ tướng gửi điện mừng Tổng thống Fiji\n\nThủ tướng Tonga Aisake Eke nói về biển.\n", None),
    ],
    ids=["alone", "of another state"],
)
def test_an_office_alone_in_a_headline(page: str, states: set[str] | None) -> None:
    done = flow.read([Raw("a.txt", page.encode(), "text/plain", "a.txt")], PACKS)[0]
    assert isinstance(done, flow.Reading)
    sent = [c for c in done.claims if c.values.get("type") == "message"]
    found = [{p["country"] for p in c.values["participants"]} for c in sent]
    assert found == ([states] if states else [])


CALLED = "Tongan Foreign Minister Viliami Latu spoke with Chilean Foreign Minister Pablo Rojas on 5 May 2024."
SAT = (
    "Chilean Foreign Minister Pablo Rojas and {} co-chaired the third Chile-{} Joint Commission in Accra on 5 May 2024."
)
GHANA, FINLAND = ("Ghanaian Foreign Minister Kofi Mensah", "Ghana"), ("Finnish Foreign Minister Matti Laine", "Finland")


@pytest.mark.parametrize(
    ("title", "text", "types"),
    [
        ("Latu talks with Rojas", CALLED, ["call"]),
        ("Chilean, Ghanaian ministers meet in Accra", SAT.format(*GHANA), ["session"]),
        ("Chilean, Ghanaian ministers meet in Accra", SAT.format(*FINLAND), ["session", "talks"]),
    ],
    ids=["a call", "a round", "of others"],
)
def test_a_headline_of_talks_is_what_the_text_tells(title: str, text: str, types: list[str]) -> None:
    page = f"{title}\n\n{text}\n"
    done = flow.read([Raw("a.txt", page.encode(), "text/plain", "a.txt")], PACKS)[0]
    assert isinstance(done, flow.Reading)
    assert sorted(c.values["type"] for c in done.claims if c.kind == "engagement") == types
