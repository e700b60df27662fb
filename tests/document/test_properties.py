"""What must hold for every page, whatever is in it."""

from __future__ import annotations

import json

from document_packs import read_bytes, read_text
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import SourceError
from communique.model import Document, unit_id

PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            " ",
            "\u3000",
            "\0",
            "\u202e",
            "\r",
            "\ufeff",
            "\U0001f600",
            "e\u0301",
            "。",
            "{",
            "<p>",
            "</p>",
        ),
        *("越通社河内——", "图自越通社", "(图片来源:国防部)", " ảnh 1", "更多", "(完)", "越通社", "Read more"),
        *("两国举行会谈", "3月5日,两国举行会谈。", "2026年3月5日", "05/03/2026 10:00"),
        *("(VOVWORLD) - ", "新华社曼谷11月18日电(记者甲)", "VGP - ", "人民军队:", "HANOI, Nov. 1 (Xinhua) -- "),
        "(中央社河內2日專電)",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))


def told(error: SourceError) -> None:
    assert str(error).startswith("page.txt")
    assert "\n" not in str(error)


def holds(document: Document) -> None:
    assert [u.position for u in document.units] == list(range(len(document.units)))
    assert [u.role for u in document.units] == ["article"] + ["teaser"] * (len(document.units) - 1)
    for unit in document.units:
        assert unit.text.strip()
        assert unit.title in unit.text
        assert unit.id == unit_id(unit.source, unit.role, unit.text)
        last = 0
        for part in unit.parts:
            assert last <= part.start < part.end <= len(unit.text)
            assert not unit.text[last : part.start].strip()
            last = part.end
        assert not unit.text[last:].strip()
        assert [p.kind for p in unit.parts].count("title") == 1


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_plain_page(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        document = read_bytes(data)
    except SourceError as e:
        told(e)
        return
    holds(document)
    source = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    for unit in document.units:
        at = source.index(unit.text, at) + len(unit.text)
    assert read_bytes(data) == document


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), TEXTS)
def test_an_article_object(title: str, text: str) -> None:
    data = json.dumps({"title": title, "text": text}).encode()
    try:
        document = read_bytes(data, "application/json")
    except SourceError as e:
        told(e)
        return
    holds(document)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    for media in ("text/plain", "text/html", "application/json"):
        try:
            holds(read_bytes(data, media))
        except SourceError as e:
            told(e)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_an_html_page(paragraphs: list[str]) -> None:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    page = f"<html><body><h1>Ministers meet</h1><article>{body}<p>{'They agreed on patrols. ' * 4}</p></article></body>"
    try:
        holds(read_text(page, "text/html"))
    except SourceError as e:
        told(e)


def test_a_line_of_a_million_letters_is_no_title() -> None:
    document = read_text("越" * 500_000 + "。" + "南" * 500_000)
    holds(document)
    assert len(document.units[0].title) <= 300
    assert len(document.units[0].text) == 1_000_001
