"""Our own gold: every quote stands in its page, nothing is coded that the codebook does not know, no type is rare.

What fails is told by the number of its line: texts of the held-out halves are not to be shown.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.quality import GOLD, HALVES, UNSEEN, halves, lines
from bench.values import places

TYPES = frozenset(
    "visit talks session call message signing adoption establishment upgrade proposal exercise deployment aid "
    "appointment ceremony decision".split()
)
LEAST = 3
"""How often each type stands in each half of the Vietnamese and English gold together."""
LEAST_HELD = 4
"""How often each type stands in the Chinese half that is held out."""
PAGES_OF_HALF = 8
"""How many pages each half of another language has at the least."""
KNOWN: dict[str, dict[str, frozenset[str | None]]] = {
    "unit": {"role": frozenset(("article", "teaser"))},
    "engagement": {
        "type": TYPES,
        "status": frozenset("held ongoing planned proposed cancelled postponed denied".split()),
        "scope": frozenset("bilateral multilateral domestic".split()),
        "mode": frozenset(("online", "hybrid", "in_person", None)),
    },
    "mechanism": {
        "mkind": frozenset("meeting dialogue framework programme network centre group hotline organisation".split()),
        "lifecycle": frozenset(("proposed", "agreed", "active", "ended", None)),
    },
    "instrument": {"status": frozenset(("in_force", "adopted", "under_negotiation", "proposed", None))},
    "commitment": {"act": frozenset("agree pledge propose urge support welcome hope direct".split())},
}
ROLES = frozenset(
    "host guest chair attendee head_of_delegation sender recipient signatory proposer donor beneficiary subject".split()
)
PAGES = sorted(p for p in GOLD.rglob("*.jsonl"))


def name_of(path: Path) -> str:
    """Name a coding by its place under the gold."""
    return path.relative_to(GOLD).with_suffix("").as_posix()


def page_of(coding: Path) -> str:
    """Return the text of the page that a first or second coding codes."""
    folder = coding.parent.parent if coding.parent.name == "second" else coding.parent
    return (folder / f"{coding.stem}.txt").read_text(encoding="utf-8-sig")


def items(half: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of the first coding of a half."""
    for path in sorted((GOLD / half).glob("*.jsonl")):
        yield from lines(path)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_quote_stands_in_its_page(path: Path) -> None:
    text = page_of(path)
    lost = []
    for number, line in enumerate(lines(path), 1):
        said = line["title"] if line["kind"] == "unit" else line["quote"]
        found = places(text, said)
        if not found or any(text[start:end] != said for start, end in found):
            lost.append(number)
    assert lost == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_nothing_is_coded_that_the_codebook_does_not_know(path: Path) -> None:
    units, wrong = set(), []
    for number, line in enumerate(lines(path), 1):
        if line["kind"] == "unit":
            units.add(line["id"])
        elif line["unit"] not in units:
            wrong.append((number, "unit"))
        known = KNOWN.get(line["kind"], {})
        wrong += [(number, field) for field in known if field in line and line[field] not in known[field]]
        if not {p["role"] for p in line.get("participants", ())} <= ROLES:
            wrong.append((number, "participants"))
    assert wrong == []


@pytest.mark.parametrize("half", [h for h in halves() if h not in HALVES])
def test_pages_were_coded_twice(half: str) -> None:
    first = {p.name for p in (GOLD / half).glob("*.jsonl")}
    assert len(first) >= PAGES_OF_HALF
    assert {p.name for p in (GOLD / half / "second").glob("*.jsonl")} == first


@pytest.mark.parametrize("half", HALVES)
def test_no_type_is_rare_in_vietnamese_and_english(half: str) -> None:
    told = Counter(x.get("type") for language in ("en", "vi") for x in items(f"{language}-{half}"))
    assert {t: told[t] for t in TYPES if told[t] < LEAST} == {}


def test_no_type_is_rare_in_the_chinese_half_that_is_held_out() -> None:
    told = Counter(x.get("type") for x in items(UNSEEN))
    assert {t: told[t] for t in TYPES if told[t] < LEAST_HELD} == {}


@pytest.mark.parametrize("half", HALVES)
def test_a_page_of_each_half_is_in_decomposed_letters_and_its_coding_too(half: str) -> None:
    pages = sorted((GOLD / f"vi-{half}").glob("*.txt"))
    texts = {p: p.read_text(encoding="utf-8") for p in pages}
    decomposed = [p for p, text in texts.items() if not unicodedata.is_normalized("NFC", text)]
    assert len(decomposed) == 1
    told = decomposed[0].with_suffix(".jsonl").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFD", told)
