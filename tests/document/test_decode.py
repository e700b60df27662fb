"""From bytes to text: what is read rightly, and what is refused in one clear line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from document_packs import DETECT, read_bytes

from communique.document.decode import decode
from communique.errors import SourceError

HANS = "两国国防部长举行会谈\n\n3月5日,越南国防部长在河内同来访的老挝国防部长举行会谈,双方就加强防务合作交换了意见。"
HANT = "兩國國防部長舉行會談\n\n3月5日,越南國防部長在河內同來訪的寮國國防部長舉行會談,雙方就加強防務合作交換了意見。"
VIET = "Hai bộ trưởng hội đàm\n\nNgày 5/3, Bộ trưởng Quốc phòng hai nước hội đàm tại Hà Nội."
CURLY = "The ministers\u2019 meeting\n\n\u201cA good start,\u201d the general said on Monday \u2013 and left."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("text", [HANS, HANT], ids=["Hans", "Hant"])
def test_chinese_without_a_label(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), DETECT, "a.txt").text == text


def test_traditional_letters_in_their_own_coding() -> None:
    assert decode(HANT.encode("big5"), DETECT, "a.txt").text == HANT


def test_other_languages() -> None:
    assert decode(VIET.encode(), DETECT, "a.txt").text == VIET
    assert decode(CURLY.encode("cp1252"), DETECT, "a.txt").text == CURLY


def test_a_reader_is_told_of_a_guess() -> None:
    document = read_bytes(HANS.encode("gb18030"))
    assert "read as gb18030" in document.notes
    assert document.units[0].title == "两国国防部长举行会谈"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030"])
def test_a_page_says_its_coding(label: str) -> None:
    story = HANS.split("\n")[-1]
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
    page = f"{head}<h1>会谈</h1><p>{story}</p><p>{story}</p>"
    assert story in read_bytes(page.encode("gb18030"), "text/html").units[0].text


@pytest.mark.parametrize("label", ["nonsense", "rot13", "hex", "utf-16", "idna"])
def test_a_wrong_label_does_no_harm(label: str) -> None:
    page = f'<meta charset="{label}"><h1>会谈</h1><p>{HANS}</p><p>{HANT}</p>'
    assert "双方就加强防务合作" in read_bytes(page.encode("gb18030"), "text/html").units[0].text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"\x00" * 1000, "binary"),
        (b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(4000), "binary"),
        (random.Random(2).randbytes(4000), "binary"),
        (HANS.encode()[:50] + b"\xff" + HANS.encode()[50:], "broken UTF-8"),
        (HANS.encode()[:-1], "broken UTF-8"),
        ("\ufeff".encode("utf-16-le") + b"a", "damaged UTF-16"),
        (b"\xc3\x28\xa0\xa1\xe2", "coding"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as told:
        read_bytes(data, source="dir/page.txt")
    line = str(told.value)
    assert line.startswith("dir/page.txt")
    assert reason in line
    assert told.value.remedy
    assert "\n" not in line


def test_broken_text_names_the_line() -> None:
    data = HANS.encode().replace("越南".encode(), b"\xe8\xb6", 1)
    with pytest.raises(SourceError) as told:
        decode(data, DETECT, "a.txt")
    assert "a.txt:3" in str(told.value)


def test_a_program_is_no_page() -> None:
    with pytest.raises(SourceError, match="binary"):
        read_bytes(Path("/bin/sh").read_bytes()[:200_000])


def test_line_ends_become_one_kind() -> None:
    assert decode(b"a\r\nb\rc\nd\x0be", DETECT, "a").text == "a\nb\nc\nd\x0be"
