"""Reads short texts whole and looks for what a careful coder would find, and for what they would not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import flow
from communique.loader import packs as loader
from communique.model import Claim, Raw

PACKS = loader.load()
FILES = sorted(Path(__file__).parent.glob("texts*.yaml"))
TEXTS = [text for path in FILES for text in yaml.safe_load(path.read_text(encoding="utf-8"))]


def read(text: str, published: str | None = None) -> flow.Reading:
    line = json.dumps({"id": "case", "title": "简讯", "text": text, "published": published}, ensure_ascii=False)
    done = flow.read([Raw("case", line.encode(), "application/json", "case")], PACKS)[0]
    assert isinstance(done, flow.Reading)
    return done


def fits(claim: Claim, want: dict[str, Any]) -> bool:
    """Whether a claim has every value that is asked for."""
    values = dict(claim.values)
    for key, value in want.items():
        if key == "kind":
            found: Any = claim.kind
        elif key == "who":
            roles = {f"{p['name']}/{p['role']}" for p in values.get("participants", [])}
            if not set(value) <= roles:
                return False
            continue
        elif key == "states":
            if {p["country"] for p in values.get("participants", []) if p["country"]} != set(value):
                return False
            continue
        elif key == "quote":
            found = [e.quote for e in claim.evidence]
            if value not in found:
                return False
            continue
        elif key == "country" and claim.kind == "engagement":
            found = (values.get("place") or {}).get("country")
        elif key == "city":
            found = (values.get("place") or {}).get("city")
        else:
            found = values.get(key)
        if isinstance(value, list):
            if not set(value) <= set(found or []):
                return False
        elif found != value:
            return False
    return True


@pytest.mark.parametrize("case", TEXTS, ids=[t["name"] for t in TEXTS])
def test_text(case: dict[str, Any]) -> None:
    claims = read(case["text"], case.get("published")).claims
    shown = "\n".join(f"{c.kind} {dict(c.values)} {c.rule}" for c in claims)
    for want in case.get("have", []):
        assert any(fits(c, want) for c in claims), f"wanted {want}\n{shown}"
    for want in case.get("not", []):
        assert not any(fits(c, want) for c in claims), f"must not be {want}\n{shown}"


WORDS = st.sampled_from(
    (
        "越南 俄罗斯 国防部部长 范明政 谢尔盖·拉夫罗夫 (Sergey 会见 了 与 举行 会谈 第15届 东盟国防部长会议 "
        "(ADMM) 在 河内 7月6日 2021年 , 。 ; 《 》 “ ” ( ) 将 不 同意 加强 合作 双方 他 战略伙伴关系 提升为 "
        "1950年2月3日 "
        "75周年 \n ảnh \uff11 \u200b 𠀀"
    ).split()
)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join))
def test_quotes_stand_where_they_say(text: str) -> None:
    done = read(text or "。")
    units = {u.id: u.text for u in done.document.units}
    for claim in done.claims:
        assert claim.evidence
        for e in claim.evidence:
            assert units[claim.unit][e.start : e.end] == e.quote


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join))
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text or "。") == read(text or "。")
