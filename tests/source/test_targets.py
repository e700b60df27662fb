"""Files and folders that a person names, and what they are told of those that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source import Limits, open_sources


def pages(*targets: Path, limits: Limits | None = None) -> list[Raw]:
    found = list(open_sources([str(t) for t in targets], limits=limits))
    assert all(isinstance(x, Raw) for x in found), [str(x) for x in found]
    return [x for x in found if isinstance(x, Raw)]


def told(*targets: Path, limits: Limits | None = None) -> list[str]:
    lines = [str(x) for x in open_sources([str(t) for t in targets], limits=limits) if isinstance(x, SourceError)]
    assert not any("\n" in line for line in lines)
    return lines


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_bytes_are_kept_verbatim(tmp_path: Path) -> None:
    data = "标题\r\n\r\n正文".encode("gb18030")
    (raw,) = pages(write(tmp_path, [("a.txt", data)]) / "a.txt")
    assert raw.data == data
    assert raw.source == "a.txt"
    assert raw.media == "text/plain"
    assert raw.origin == str(tmp_path / "a.txt")


def test_a_folder_is_read_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        [
            ("b.html", b"<p>b</p>"),
            ("a.txt", b"a"),
            ("sub/c.htm", b"<p>c</p>"),
            (".hidden.txt", b"x"),
            (".git/d.txt", b"x"),
            ("sheet.xls", b"x"),
        ],
    )
    found = list(open_sources([str(tmp_path)]))
    assert [x.source for x in found if isinstance(x, Raw)] == ["a.txt", "b.html", "c.htm"]
    (skipped,) = [x for x in found if isinstance(x, Skipped)]
    assert "sheet.xls: a kind of file that is not read" in str(skipped)
    assert len(found) == 4


def test_order_of_files_is_the_order_named(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", b"a"), ("b.txt", b"b")])
    assert [r.source for r in pages(tmp_path / "b.txt", tmp_path / "a.txt")] == ["b.txt", "a.txt"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("empty.jsonl", b"", "empty"),
        ("blank.jsonl", b"\n \n", "no line"),
        ("one.json", b"[]", "not an object"),
    ],
)
def test_bad_files_are_one_clear_line(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (line,) = told(write(tmp_path, [(name, data)]) / name)
    assert name in line
    assert reason in line


def test_what_is_not_there(tmp_path: Path) -> None:
    (line,) = told(tmp_path / "no.txt")
    assert "no.txt" in line
    assert "no such file" in line


def test_an_address_needs_somebody_who_fetches_it() -> None:
    (error,) = open_sources(["https://example.org/a"])
    assert "save the page" in str(error)


def test_a_folder_without_pages(tmp_path: Path) -> None:
    (line,) = told(tmp_path)
    assert "no page" in line


def test_a_huge_page_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (line,) = told(path)
    assert "200 MB" in line
    assert "split" in line


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (line,) = told(tmp_path / "pipe.txt")
    assert "regular file" in line


def test_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", b""), ("b.txt", b"text")])
    found = list(open_sources([str(tmp_path / "no"), str(tmp_path)]))
    assert [type(x) for x in found] == [SourceError, SourceError, Raw]


def test_a_folder_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [("a.txt", b"text"), ("locked/b.txt", b"text")])
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(open_sources([str(tmp_path)]))
    assert [type(x) for x in found] == [Raw, SourceError]
    assert "locked: cannot be read: permission denied" in str(found[1])


def test_the_same_page_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", b"text"), ("sub/a.txt", b"text")])
    found = list(open_sources([str(tmp_path), str(tmp_path / "a.txt")]))
    assert [type(x) for x in found] == [Raw, Skipped, Skipped]
    assert str(found[1]).endswith(f"the same as {tmp_path}/a.txt")


def test_two_pages_of_one_name_are_told_and_neither_is_lost_silently(tmp_path: Path) -> None:
    write(tmp_path, [("a.txt", b"text"), ("sub/a.txt", b"other")])
    first, second = open_sources([str(tmp_path)])
    assert isinstance(first, Raw)
    assert isinstance(second, SourceError)
    assert "rename" in str(second)


def test_a_name_that_no_line_can_hold(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/bad\xff\nname.txt"
    with open(path, "wb") as file:  # noqa: PTH123 (a name of bytes)
        file.write(b"text")
    (raw,) = pages(tmp_path)
    assert raw.source == "bad\ufffd?name.txt"
    raw.source.encode("utf-8")


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, [("sub/a.txt", b"text")])
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    assert len(pages(tmp_path)) == 1


def test_a_file_without_a_known_ending_is_looked_at(tmp_path: Path) -> None:
    write(tmp_path, [("page", b"\n <!doctype html><p>x"), ("note.md", b"# text")])
    assert [r.media for r in pages(tmp_path / "page", tmp_path / "note.md")] == ["text/html", "text/plain"]
