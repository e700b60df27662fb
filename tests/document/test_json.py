"""Articles as objects: the text as the record counts it, and what their metadata say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from document_packs import read_bytes

from communique.errors import SourceError
from communique.model import Document, Raw, unit_id


def read(**fields: Any) -> Document:
    data = json.dumps({"text": "越通社万象——对话会3月23日举行。"} | fields).encode()
    return read_bytes(data, "application/json", "a1", fields.get("url"))


def test_text_is_title_blank_line_text() -> None:
    (unit,) = read(title="对话会举行").units
    assert unit.text == "对话会举行\n\n越通社万象——对话会3月23日举行。"
    assert unit.title == "对话会举行"
    assert unit.dateline == "万象"
    assert unit.source == "a1"
    assert unit.role == "article"
    assert unit.id == unit_id("a1", "article", unit.text)


def test_without_a_title_the_first_line_is_it() -> None:
    assert read(text="第一行\n\n第二行").units[0].title == "第一行"


def test_a_title_printed_again_is_a_repetition() -> None:
    unit = read(title="对话会举行", text="对话会举行\n\n对话会 3月23日举行。").units[0]
    assert [(p.kind, unit.text[p.start : p.end]) for p in unit.parts] == [
        ("title", "对话会举行"),
        ("repeat", "对话会举行"),
        ("body", "对话会 3月23日举行。"),
    ]


def test_metadata_outrank_what_is_printed() -> None:
    unit = read(outlet="example.org", lang="zh-Hant", published="2023-03-24").units[0]
    assert (unit.outlet, unit.lang, unit.published, unit.basis) == ("example.org", "zh-Hant", "2023-03-24", "metadata")


def test_without_metadata_the_text_speaks() -> None:
    unit = read().units[0]
    assert (unit.outlet, unit.lang, unit.published, unit.basis) == ("越通社", "zh-Hans", None, "unknown")


def test_a_language_without_a_script_gets_it_from_the_letters() -> None:
    assert read(lang="zh").units[0].lang == "zh-Hans"
    assert read(lang="zh", text="越南國防部長會見來賓。").units[0].lang == "zh-Hant"


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ("2024-11-21", "2024-11-21"),
        ("2024-11", "2024-11"),
        ("2024", "2024"),
        (2024, "2024"),
        ("2024-11-21T10:00:00Z", "2024-11-21"),
        ("2024-11-21 10:00:00+07:00", "2024-11-21"),
        ("2024-XX-21", "2024-XX-21"),
        ("2024-02-30", None),
        ("yesterday", None),
        (True, None),
        (None, None),
        ({"y": 2024}, None),
    ],
)
def test_published(given: object, want: str | None) -> None:
    document = read(published=given)
    assert document.units[0].published == want
    assert (document.units[0].basis == "metadata") == (want is not None)
    assert any("published" in note for note in document.notes) == (want is None and bool(given))


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/content/2019-11/19/content_1.htm", "2019-11-19"),
        ("https://example.org/cn/20210616004870-260409", "2021-06-16"),
        ("https://example.org/2021/06/16/a.html?d=20200101", "2021-06-16"),
        ("https://example.org/n3/2025/1102/c90000-2.html", "2025-11-02"),
        ("https://example.org/1163/260319172715381.htm", None),
        ("https://example.org/post-132260.vnp", None),
        ("https://example.org/20211316", None),
        ("https://example.org/2021-06-16/2020-01-02", None),
        (None, None),
    ],
)
def test_a_day_in_the_address(url: str | None, day: str | None) -> None:
    unit = read(url=url).units[0]
    assert (unit.published, unit.basis) == (day, "url" if day else "unknown")
    assert unit.url == url


def test_a_block_in_the_text_is_kept_apart() -> None:
    document = read(
        title="对话会举行", text="越通社万象——对话会3月23日举行。\n\n更多\n\n另一件事\n\n另一件事昨天发生了。"
    )
    assert [u.title for u in document.units] == ["对话会举行", "另一件事"]
    assert "另一件事" not in document.units[0].text


def test_half_letters_are_replaced_and_told() -> None:
    document = read_bytes(b'{"text": "a \\ud800 b", "title": "\\udfff"}', "application/json")
    assert document.units[0].text == "\ufffd\n\na \ufffd b"
    assert document.notes
    document.units[0].text.encode("utf-8")


@pytest.mark.parametrize("text", ["", "  \n", "\u3000"])
def test_an_empty_text(text: str) -> None:
    with pytest.raises(SourceError, match="empty"):
        read(text=text)


def test_a_kind_that_is_not_read() -> None:
    with pytest.raises(SourceError, match="no reader for image/png"):
        read_bytes(b"x", "image/png")


def test_raw_of_one_page_has_one_digest() -> None:
    assert Raw("a", b"x", "text/plain", "a").digest == Raw("b", b"x", "text/plain", "b").digest
