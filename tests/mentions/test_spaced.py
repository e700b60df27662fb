"""Languages with blanks between words: who is named in a sentence, whatever stands around the name."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from communique import flow
from communique.loader import packs as loader
from communique.mentions import mark
from communique.model import Claim, Raw, Unit

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "cases" / "spaced" / "people.yaml").read_text(encoding="utf-8")
)
PACKS = loader.load()


def read(text: str, lang: str, source: str = "case") -> tuple[Unit, tuple[Claim, ...]]:
    """What the flow reads from a text under a title of one word."""
    value = {"id": source, "title": "News", "lang": lang, "text": text}
    raw = Raw(source, json.dumps(value, ensure_ascii=False).encode(), "application/json", source)
    reading = flow.read([raw], PACKS)[0]
    assert isinstance(reading, flow.Reading)
    return reading.document.units[0], reading.claims


def people(text: str, lang: str) -> dict[str, dict[str, Any]]:
    """The people of a text by name."""
    return {c.values["name"]: dict(c.values) for c in read(text, lang)[1] if c.kind == "person"}


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_people_are_found_with_offices_rank_and_state(case: dict[str, Any]) -> None:
    found = people(case["text"], case["lang"])
    assert sorted(found) == sorted(case["people"])
    for name, want in case["people"].items():
        assert {k: found[name][k] for k in want} == want, name


@pytest.mark.parametrize("case", [c for c in CASES if c["lang"] == "vi"], ids=lambda c: c["text"][:40])
def test_letters_taken_apart_are_read_the_same_and_quoted_as_written(case: dict[str, Any]) -> None:
    apart = unicodedata.normalize("NFD", case["text"])
    unit, claims = read(apart, "vi")
    _, whole = read(case["text"], "vi")
    assert [c.rule for c in claims] == [c.rule for c in whole]
    names = [c.values["name"] for c in claims if c.kind == "person"]
    assert sorted(unicodedata.normalize("NFC", n) for n in names) == sorted(case["people"])
    for claim in claims:
        for e in claim.evidence:
            assert unit.text[e.start : e.end] == e.quote
        if claim.kind == "person":
            assert claim.values["name"] in unit.text


def test_two_readings_give_the_same_bytes() -> None:
    for case in CASES:
        assert read(case["text"], case["lang"]) == read(case["text"], case["lang"])


def test_an_event_stands_where_a_document_tells_it_in_either_language() -> None:
    english = (
        "Vietnamese Defence Minister Phan Van Giang met Chinese Defence Minister Dong Jun in Beijing on 16 April 2025."
    )
    local = (
        "Ngày 16/4/2025, tại Bắc Kinh, Bộ trưởng Quốc phòng Việt Nam Phan Văn Giang gặp "
        "Bộ trưởng Quốc phòng Trung Quốc Đổng Quân."
    )
    told = []
    for text, lang in ((english, "en"), (local, "vi")):
        events = [c.values for c in read(text, lang)[1] if c.kind == "engagement"]
        told.append([(e["type"], e["date"], sorted(p["country"] for p in e["participants"])) for e in events])
    assert told[0] == told[1] == [("talks", "2025-04-16", ["CN", "VN"])]


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    text = "Sen. Lt. Gen. Hoang Xuan Chien met Adm. John Aquilino of the U.S. on Nov. 3. They spoke of rescue."
    unit, _ = read(text, "en")
    sentences = mark.find([[unit]], PACKS, "en")[0][0].scan.sentences
    assert [unit.text[s.start : s.end] for s in sentences][1:] == [
        "Sen. Lt. Gen. Hoang Xuan Chien met Adm. John Aquilino of the U.S. on Nov. 3.",
        "They spoke of rescue.",
    ]
