"""The demo pages: in the form of real ones, read into the units that they hold, and their own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.document import read
from communique.loader import packs as loader
from communique.model import Document, Raw
from communique.source import open_sources

PAGES = sorted((Path(__file__).resolve().parent.parent / "cases" / "demo").glob("*.txt"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    packs = loader.load()
    raws = [r for r in open_sources([str(p) for p in PAGES]) if isinstance(r, Raw)]
    return {raw.source: read(raw, packs) for raw in raws}


def test_there_are_enough() -> None:
    assert len(PAGES) >= 12


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_page_is_one_article_and_its_teasers(page: Path, documents: dict[str, Document]) -> None:
    text = page.read_text(encoding="utf-8")
    units = documents[page.name].units
    block = text.partition("\n更多\n")[2].strip().split("\n\n")
    assert [u.role for u in units] == ["article"] + ["teaser"] * (len(block) // 3)
    assert units[0].title == text.splitlines()[0]
    assert [u.title for u in units[1:]] == block[1::3]
    assert all(u.lang == "zh-Hans" and u.outlet for u in units)
    assert units[0].dateline
    assert not any(line in units[0].text for line in block)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_captions_and_repeats_are_told_apart(page: Path, documents: dict[str, Document]) -> None:
    article = documents[page.name].units[0]
    words = {
        kind: [article.text[p.start : p.end] for p in article.parts if p.kind == kind]
        for kind in ("title", "lead", "caption", "repeat", "body")
    }
    assert len(words["title"]) == 1
    assert len(words["lead"]) == 1
    assert len(words["caption"]) == page.read_text("utf-8").count("ảnh")
    assert words["lead"][0] in words["repeat"], "the lead printed again is a repeat"
    assert not any("ảnh" in c for c in words["caption"])
    assert len(words["body"]) >= 4


def test_pages_are_of_the_length_of_real_ones() -> None:
    for page in PAGES:
        assert 600 <= len(page.read_text("utf-8")) <= 1500, page.name
