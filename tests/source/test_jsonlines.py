"""JSON Lines: every line is a page of its own, and a bad line does no harm to the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source import Limits, open_sources


def read(tmp_path: Path, data: bytes, limits: Limits | None = None) -> list[Raw | SourceError]:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    return list(open_sources([str(path)], limits=limits))


def test_each_line_has_its_name_bytes_and_place(tmp_path: Path) -> None:
    line = '{"id": "x1", "url": "https://example.org/1", "text": "正文"}'.encode()
    first, second, third = read(tmp_path, b"\xef\xbb\xbf" + line + b'\r\n\n{"text": "b"}\n{"id": 7, "text": "c"}')
    assert isinstance(first, Raw)
    assert (first.source, first.data, first.url) == ("x1", line, "https://example.org/1")
    assert first.origin.endswith("a.jsonl:1")
    assert isinstance(second, Raw)
    assert second.source == "a.jsonl:3"
    assert isinstance(third, Raw)
    assert third.source == "7"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1, 2]", "not an object"),
        (b'"text"', "not an object"),
        (b'{"id": "a"}', "no text"),
        (b'{"id": "a", "text": 5}', "text is no string"),
        (b'{"id": "a", "text": null}', "text is no string"),
        (b'{"id": [], "text": "x"}', "id is no string"),
        (b'{"id": "", "text": "x"}', "id is no string"),
        (b'{"id": true, "text": "x"}', "id is no string"),
        (b'{"id": "a", "text": "x"', "not JSON"),
        (b'{"text": "\xfd\xfe"}', "not UTF-8"),
        (b'{"text": ' + b"[" * 100_000, "not JSON"),
        (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "number too long"),
    ],
)
def test_a_bad_line_names_file_line_reason_and_remedy(tmp_path: Path, line: bytes, reason: str) -> None:
    bad, good = read(tmp_path, line + b'\n{"id": "good", "text": "x"}\n')
    assert isinstance(bad, SourceError)
    assert bad.where.endswith("a.jsonl:1")
    assert reason in str(bad)
    assert bad.remedy
    assert "\n" not in str(bad)
    assert isinstance(good, Raw)
    assert good.source == "good"


def test_a_line_beyond_the_limit_is_passed_over_in_pieces(tmp_path: Path) -> None:
    long = b'{"text": "' + b"a" * 3_000_000 + b'"}'
    bad, good = read(tmp_path, long + b'\n{"id": "good", "text": "x"}', Limits(page=10, line=1_000_000))
    assert "longer than" in str(bad)
    assert isinstance(good, Raw)
    assert good.source == "good"
    assert good.origin.endswith(":2")


def test_a_line_of_just_the_limit_is_read(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": "x"}).encode()
    (raw,) = read(tmp_path, line + b"\n", Limits(page=10, line=len(line)))
    assert isinstance(raw, Raw)


def test_two_articles_of_one_id(tmp_path: Path) -> None:
    first, second, third = read(
        tmp_path, b'{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n{"id": "a", "text": "x"}\n'
    )
    assert isinstance(first, Raw)
    assert isinstance(second, SourceError)
    assert isinstance(third, Skipped)
    assert "a.jsonl:1" in str(second)


def test_two_bytes_a_letter(tmp_path: Path) -> None:
    (bad,) = read(tmp_path, '{"text": "x"}\n'.encode("utf-16"))
    assert "UTF-16" in str(bad)
