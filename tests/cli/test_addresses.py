"""``communique read`` of addresses, as a person meets it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import warcs
from web_server import serving

from communique import cli


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["communique", *words])
    code = 0
    try:
        cli.main()
    except SystemExit as e:
        code = int(e.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_an_address_is_read_kept_and_read_again_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with serving() as site:
        site.pages["/1.html"] = warcs.page(1)
        url = site.url("/1.html")
        code, _, err = run(monkeypatch, capsys, "read", url)
        assert code == 1
        assert "not on the public net" in err
        code, out, err = run(monkeypatch, capsys, "read", url, "--reach", "127.0.0.1", "--account", "a.jsonl")
        assert code == 0
        assert "note: " in err
        assert "outlet unknown: read by the general layout" in err
    assert [json.loads(x)["outcome"] for x in (tmp_path / "a.jsonl").read_text().splitlines()] == ["added"]
    code, out, _ = run(monkeypatch, capsys, "read", "communique.archive", "--record", "again.db")
    assert code == 0
    assert "sources read" in out
    exports = [run(monkeypatch, capsys, "export", "--record", r)[1] for r in ("communique.db", "again.db")]
    assert exports[0] == exports[1]
    assert url in exports[0]


def test_a_network_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(monkeypatch, capsys, "read", "https://a.example/", "--reach", "home")
    assert code == 1
    assert "--reach" in err


def test_reading_files_leaves_no_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_bytes(warcs.page(1))
    assert run(monkeypatch, capsys, "read", "a.html")[0] == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "communique.db"]
