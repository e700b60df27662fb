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


@pytest.mark.parametrize(
    ("page", "types"),
    [
        (
            "Latu talks with Rojas\n\nTongan Foreign Minister Viliami Latu spoke with Chilean Foreign Minister Pablo "
            "Rojas on 5 May 2024.\n",
            ["call"],
        ),
        (
            "Chilean, Ghanaian ministers meet in Accra\n\nChilean Foreign Minister Pablo Rojas and Ghanaian Foreign "
            "Minister Kofi Mensah co-chaired the third Chile-Ghana Joint Commission in Accra on 5 May 2024.\n",
            ["session"],
        ),
        (
            "Chilean, Ghanaian ministers meet in Accra\n\nChilean Foreign Minister Pablo Rojas and Finnish Foreign "
            "Minister Matti Laine co-chaired the third Chile-Finland Joint Commission in Espoo on 5 May 2024.\n",
            ["session", "talks"],
        ),
    ],
    ids=["a call", "a round", "of others"],
)
def test_a_headline_of_talks_is_what_the_text_tells(page: str, types: list[str]) -> None:
    done = flow.read([Raw("a.txt", page.encode(), "text/plain", "a.txt")], PACKS)[0]
    assert isinstance(done, flow.Reading)
    assert sorted(c.values["type"] for c in done.claims if c.kind == "engagement") == types
